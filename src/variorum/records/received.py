"""A report as it came in, before an archive or a run takes it."""

from dataclasses import dataclass

from variorum.records.article import Article


@dataclass(frozen=True, slots=True)
class Received:
    """An article with what it was read from.

    article: as read. raw: the bytes it was read from, as received; ``article.sha256`` is theirs. media_type: of
    the report in them ("text/html", "text/plain"). key: the input's own id, ``None`` where it has none.
    place: where it lay, relative to what was asked for, or the address it was fetched from; never absolute.
    folded: digest of its folded words, under which another printing of the same report is the same.
    """

    article: Article
    raw: bytes
    media_type: str
    key: str | None
    place: str
    folded: str
