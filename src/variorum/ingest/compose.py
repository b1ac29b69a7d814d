"""One item to one article: decodes, tells a page from a text, labels every line."""

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.credits import credits
from variorum.ingest.cut import cut
from variorum.ingest.decode import cleaned, decode
from variorum.ingest.head import authors
from variorum.ingest.item import Item
from variorum.ingest.languages import language
from variorum.ingest.links import addresses
from variorum.ingest.metadata import UNSTATED, Metadata
from variorum.ingest.parts import label
from variorum.ingest.values import host
from variorum.ingest.walk import STANDARD_INPUT
from variorum.records import Article, Part, PartKind, Received, Span
from variorum.text import digest, lines
from variorum.text import words as words_of

PAGE_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_PAGE_SUFFIXES = frozenset((".html", ".htm", ".xhtml"))
_OPENS_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|meta|"
    r"title|script|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_HAS_TAGS = re.compile(r"<[a-zA-Z!/][^<>]{0,2000}>")
_STANDARD_INPUT_OUTLET = "standard input"
_UNNAMED_OUTLET = "unnamed"
_UNNAMED_OUTLET = "unnamed"


def article_of(text: str, *, settings: Ingest | None = None) -> Article:
    """A text at hand as an article, or a part of one; offsets are those of ``text``.

    Where no line of it can be told for an article's body, every line is taken for one.
    """
    settings = settings or Ingest()
    parts = label(text, settings=settings)
    if not any(part.kind == "body" for part in parts):
        parts = tuple(Part(line.start, line.end, "body") for line in lines(text))
    item = Item(STANDARD_INPUT, text.encode("utf-8", "replace"))
    return _article(item, text, parts, UNSTATED, settings)


def compose(item: Item, *, settings: Ingest) -> Received:
    """The article that ``item`` holds. Raises InputRefused where it holds none."""
    head = item.raw[: settings.first_bytes]
    content = item.raw if item.content is None else item.content
    text = decode(content, settings=settings) if isinstance(content, bytes) else cleaned(content)
    is_page = _is_page(text, item)
    if is_page:
        # Imported here: lxml and trafilatura cost a second, and plain texts need neither.
        from variorum.ingest.page import read_page

        try:
            page = read_page(text, settings=settings)
        except InputRefused as refusal:
            raise InputRefused(refusal.reason, first_bytes=head) from refusal
        text, stated, found = page.text, _filled(_joined(item.stated, page.metadata), item.otherwise), page.links
        parts = label(text, page.hints, settings=settings)
    else:
        stated, found = _filled(item.stated, item.otherwise), addresses(text, settings=settings)
        text, hints = _headed(text, stated.title)
        parts = label(text, hints, settings=settings)
    folded = digest(*(word.key for word in words_of(text)))
    if not any(part.kind == "body" for part in parts) or not any(char.isalnum() for char in text):
        raise InputRefused("This holds no article.", first_bytes=head)
    inside = tuple(link for link in found if any(p.kind == "body" and p.start <= link.start < p.end for p in parts))
    article = replace(_article(item, text, parts, stated, settings), links=inside)
    return Received(article, item.raw, "text/html" if is_page else "text/plain", item.key, item.shown, folded)


def _joined(container: Metadata, page: Metadata) -> Metadata:
    """What the container says of a report, and where it is silent, what the page does."""
    return Metadata(
        title=container.title or page.title,
        authors=container.authors or page.authors,
        outlet=container.outlet or page.outlet,
        url=container.url or page.url,
        published=container.published or page.published,
        language=container.language or page.language,
        summary=container.summary or page.summary,
    )


def _filled(stated: Metadata, otherwise: Metadata) -> Metadata:
    """What a report states, and where it is silent, what is said of it elsewhere.

    A page that names no outlet is called by its host, which a name from elsewhere does better than.
    """
    host = (urlsplit(stated.url).hostname or "").removeprefix("www.") if stated.url else ""
    if otherwise.outlet and stated.outlet == host:
        stated = replace(stated, outlet=None)
    return _joined(stated, otherwise)


def _headed(text: str, title: str | None) -> tuple[str, list[tuple[Span, PartKind | None]] | None]:
    """A text under the title its container gives it, so that the title can be cited like any other words."""
    if title is None:
        return text, None
    printed = lines(text)
    wanted = [word.key for word in words_of(title)]
    is_opening = bool(printed) and [word.key for word in words_of(text, printed[0].start, printed[0].end)] == wanted
    if is_opening and len(printed) == 1:
        return text, None  # a report of one sentence, which its container repeats as the title
    if not is_opening:
        text = f"{title}\n\n{text}"
    first, *rest = lines(text)
    return text, [(first, "title"), *((line, None) for line in rest)]


def _article(item: Item, text: str, parts: tuple[Part, ...], stated: Metadata, settings: Ingest) -> Article:
    from_input = item.shown.partition("#")[0] == STANDARD_INPUT
    stem = " ".join(cleaned(item.stem or Path(item.shown).stem).split())[: settings.outlet_characters]
    named = _STANDARD_INPUT_OUTLET if from_input else stem or _UNNAMED_OUTLET
    outlet = stated.outlet or (host(stated.url) or "")[: settings.outlet_characters] or named
    body = "\n".join(text[part.start : part.end] for part in parts if part.kind == "body")
    return Article(
        id=digest(outlet, text),
        siglum=None,
        outlet=outlet,
        title=stated.title or _title(text, parts, settings),
        byline=stated.authors or _byline(text, parts, settings),
        url=stated.url,
        path=None if from_input or not item.named else item.shown,
        published=stated.published,
        language=language(body, stated.language, settings=settings),
        sha256=sha256(item.raw).hexdigest(),
        text=text,
        parts=parts,
        credits=credits(text, parts),
        cut=cut(text, parts),
    )


def _is_page(text: str, item: Item) -> bool:
    """Whether the text is markup: by how it opens, or by its name or type where it has any tags at all."""
    if _OPENS_PAGE.match(text[:10_000]):
        return True
    if item.media_type in PAGE_TYPES or Path(item.shown).suffix.lower() in _PAGE_SUFFIXES:
        return bool(_HAS_TAGS.search(text[:200_000]))
    return False


def _title(text: str, parts: tuple[Part, ...], settings: Ingest) -> str | None:
    part = next((part for part in parts if part.kind == "title"), None)
    return None if part is None else " ".join(text[part.start : part.end].split())[: settings.title_characters]


def _byline(text: str, parts: tuple[Part, ...], settings: Ingest) -> tuple[str, ...]:
    for part in parts:
        found = authors(text[part.start : part.end]) if part.kind == "credit" else ()
        if found:
            return tuple(name[: settings.author_characters] for name in found[: settings.authors])
    return ()
