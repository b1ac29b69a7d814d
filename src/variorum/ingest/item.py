"""One report as it lies in what was asked for: a file, a record of a container, a page that was fetched."""

from dataclasses import dataclass

from variorum.ingest.metadata import UNSTATED, Metadata


@dataclass(frozen=True, slots=True)
class Item:
    """Bytes that should hold one report.

    shown: where it lies, relative to what was asked for (``crawl.warc.gz#41213``, ``day.jsonl#12``).
    raw: as received; what the archive keeps and ``Article.sha256`` is of. content: what of it is read as a text or
    a page; ``None`` where that is ``raw`` itself. media_type: of the content, as declared, in lower case and with
    no parameters; ``None`` where nothing declares one. What the bytes show outweighs it.
    stated: what the container says of the report; it outweighs what the page says of itself. otherwise: what is
    said of it elsewhere (the feed that lists it, its address), for where both are silent. key: the input's own
    id, ``None`` where it has none. named: whether ``shown`` is a file's name, whose stem is the outlet where
    nothing states one. stem: that outlet, where it is not the stem of ``shown`` as it stands.
    """

    shown: str
    raw: bytes
    content: bytes | str | None = None
    media_type: str | None = None
    stated: Metadata = UNSTATED
    key: str | None = None
    named: bool = True
    stem: str | None = None
    otherwise: Metadata = UNSTATED
