"""Paths to articles: reads, decodes, labels, and refuses what is no report, with the reason."""

import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.credits import credits
from variorum.ingest.cut import cut
from variorum.ingest.decode import decode
from variorum.ingest.head import authors
from variorum.ingest.languages import language
from variorum.ingest.links import addresses
from variorum.ingest.metadata import Metadata
from variorum.ingest.parts import label
from variorum.ingest.walk import STANDARD_INPUT, Candidate, walk, why
from variorum.records import Article, Intake, Part, Refusal
from variorum.text import digest, lines
from variorum.text import words as words_of

_PAGE_SUFFIXES = frozenset((".html", ".htm", ".xhtml"))
_OPENS_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|meta|"
    r"title|script|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_HAS_TAGS = re.compile(r"<[a-zA-Z!/][^<>]{0,2000}>")
_UNSTATED = Metadata(None, (), None, None, None, None, None)
_STANDARD_INPUT_OUTLET = "standard input"


@dataclass(frozen=True, slots=True)
class _Read:
    """An input that was read: its article, and the words under which another is the same."""

    article: Article
    folded: str


def read(
    paths: Iterable[str | Path],
    *,
    settings: Ingest | None = None,
    stdin: BinaryIO | None = None,
    tick: Callable[[int, int], None] | None = None,
) -> Intake:
    """The articles that ``paths`` hold, every line of them labelled, and the inputs that hold none.

    paths: files, folders, ``-`` for standard input. stdin: read in its place. tick: called with the
    number of inputs done and of all. The order of the answer, and which of two copies of a report is
    kept, do not depend on the order of ``paths``.
    """
    found: list[_Read] = []
    turned_away: list[Refusal] = []
    for one in _each(paths, settings or Ingest(), stdin, tick):
        if isinstance(one, Refusal):
            turned_away.append(one)
        else:
            found.append(one)
    articles = tuple(_without_copies(found, turned_away))
    return Intake(articles, tuple(sorted(turned_away, key=lambda refusal: (refusal.path, refusal.reason))))


def stream(
    paths: Iterable[str | Path],
    *,
    settings: Ingest | None = None,
    stdin: BinaryIO | None = None,
    tick: Callable[[int, int], None] | None = None,
) -> Iterator[Article | Refusal]:
    """The articles and the refusals of ``paths`` one by one, in the order of ``paths``, copies and all.

    Arguments as for :func:`read`; one input at a time is held in memory.
    """
    for one in _each(paths, settings or Ingest(), stdin, tick):
        yield one if isinstance(one, Refusal) else one.article


def article_of(text: str, *, settings: Ingest | None = None) -> Article:
    """A text at hand as an article, or a part of one; offsets are those of ``text``.

    Where no line of it can be told for an article's body, every line is taken for one.
    """
    settings = settings or Ingest()
    parts = label(text, settings=settings)
    if not any(part.kind == "body" for part in parts):
        parts = tuple(Part(line.start, line.end, "body") for line in lines(text))
    return _compose(text.encode("utf-8", "replace"), STANDARD_INPUT, text, parts, _UNSTATED, settings)


def _each(
    paths: Iterable[str | Path],
    settings: Ingest,
    stdin: BinaryIO | None,
    tick: Callable[[int, int], None] | None,
) -> Iterator[_Read | Refusal]:
    candidates, refused = walk(paths)
    yield from refused
    for done, candidate in enumerate(candidates, start=1):
        try:
            yield _article(_bytes(candidate, stdin, settings), candidate.shown, settings)
        except InputRefused as refusal:
            yield Refusal(candidate.shown, refusal.reason, refusal.first_bytes.hex() or None)
        if tick is not None:
            tick(done, len(candidates))


def _bytes(candidate: Candidate, stdin: BinaryIO | None, settings: Ingest) -> bytes:
    """What the input holds. Never reads more than one byte past the limit."""
    limit = settings.largest_bytes
    try:
        if candidate.shown == STANDARD_INPUT:
            raw = (stdin or sys.stdin.buffer).read(limit + 1)
        else:
            state = candidate.path.stat()
            if not stat.S_ISREG(state.st_mode):
                raise InputRefused("This is no regular file.")
            with candidate.path.open("rb") as file:
                raw = file.read(settings.first_bytes if state.st_size > limit else limit + 1)
                if state.st_size > limit:
                    raise InputRefused(_too_large(state.st_size, limit), first_bytes=raw)
    except OSError as error:
        raise InputRefused(why(error)) from error
    head = raw[: settings.first_bytes]
    if len(raw) > limit:
        raise InputRefused(_too_large(None, limit), first_bytes=head)
    if not raw.strip():
        raise InputRefused(
            "This file is empty." if not raw else "This file holds nothing but white space.", first_bytes=head
        )
    return raw


def _too_large(size: int | None, limit: int) -> str:
    has = "more" if size is None else f"{size:,} bytes"
    return f"This file is too large to be a report: it has {has}, and the limit is {limit:,} bytes."


def _article(raw: bytes, shown: str, settings: Ingest) -> _Read:
    head = raw[: settings.first_bytes]
    decoded = decode(raw, settings=settings)
    if _is_page(decoded, shown):
        # Imported here: lxml and trafilatura cost a second, and plain texts need neither.
        from variorum.ingest.page import read_page

        try:
            page = read_page(decoded, settings=settings)
        except InputRefused as refusal:
            raise InputRefused(refusal.reason, first_bytes=head) from refusal
        text, stated, found = page.text, page.metadata, page.links
        parts = label(text, page.hints, settings=settings)
    else:
        text, stated, found = decoded, _UNSTATED, addresses(decoded, settings=settings)
        parts = label(text, settings=settings)
    folded = digest(*(word.key for word in words_of(text)))
    if not any(part.kind == "body" for part in parts) or not any(char.isalnum() for char in text):
        raise InputRefused("This holds no article.", first_bytes=head)
    inside = tuple(link for link in found if any(p.kind == "body" and p.start <= link.start < p.end for p in parts))
    return _Read(replace(_compose(raw, shown, text, parts, stated, settings), links=inside), folded)


def _compose(raw: bytes, shown: str, text: str, parts: tuple[Part, ...], stated: Metadata, settings: Ingest) -> Article:
    from_file = shown != STANDARD_INPUT
    stem = Path(shown).stem[: settings.outlet_characters] if from_file else _STANDARD_INPUT_OUTLET
    outlet = stated.outlet or stem
    body = "\n".join(text[part.start : part.end] for part in parts if part.kind == "body")
    return Article(
        id=digest(outlet, text),
        siglum=None,
        outlet=outlet,
        title=stated.title or _title(text, parts, settings),
        byline=stated.authors or _byline(text, parts, settings),
        url=stated.url,
        path=shown if from_file else None,
        published=stated.published,
        language=language(body, stated.language, settings=settings),
        sha256=sha256(raw).hexdigest(),
        text=text,
        parts=parts,
        credits=credits(text, parts),
        cut=cut(text, parts),
    )


def _is_page(text: str, shown: str) -> bool:
    """Whether the text is markup: by how it opens, or by its name where it has any tags at all."""
    if _OPENS_PAGE.match(text[:10_000]):
        return True
    return Path(shown).suffix.lower() in _PAGE_SUFFIXES and bool(_HAS_TAGS.search(text[:200_000]))


def _title(text: str, parts: tuple[Part, ...], settings: Ingest) -> str | None:
    part = next((part for part in parts if part.kind == "title"), None)
    return None if part is None else " ".join(text[part.start : part.end].split())[: settings.title_characters]


def _byline(text: str, parts: tuple[Part, ...], settings: Ingest) -> tuple[str, ...]:
    for part in parts:
        found = authors(text[part.start : part.end]) if part.kind == "credit" else ()
        if found:
            return tuple(name[: settings.author_characters] for name in found[: settings.authors])
    return ()


def _without_copies(found: list[_Read], refused: list[Refusal]) -> Iterator[Article]:
    """The articles by path, each report once: equal bytes, or equal words of one outlet, are one report.

    Equal words in two outlets are a reprint, which is what an edition is to show.
    """
    by_bytes: dict[str, Article] = {}
    by_words: dict[tuple[str, str], Article] = {}
    for one in sorted(found, key=lambda one: (one.article.path or "", one.article.id)):
        article = one.article
        same = by_bytes.get(article.sha256) or by_words.get((article.outlet, one.folded))
        if same is not None:
            shown = article.path or STANDARD_INPUT
            reason = f"This is the same report as {same.path or 'the one from standard input'}."
            refused.append(Refusal(shown, reason))
            continue
        by_bytes[article.sha256] = article
        by_words[article.outlet, one.folded] = article
        yield article
