"""A web page to lines of text: trafilatura says what the article is, the markup says what the rest is."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml.html import HtmlElement

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.blocks import LINK_JOIN, Block, blocks
from variorum.ingest.decode import cleaned
from variorum.ingest.head import is_byline, is_dated
from variorum.ingest.links import links
from variorum.ingest.metadata import Metadata, metadata
from variorum.ingest.tree import parse
from variorum.records import Link, PartKind, Span
from variorum.text import align, fold
from variorum.text.words import WORD

_SET_ASIDE = frozenset(("advert", "promo", "teaser", "navigation", "paywall"))
# A container that its name sets aside may hold this share of what trafilatura calls the article before
# the name is not believed ("promo-wide-layout" around a whole report).
_BELIEVED_SHARE = 0.2
_BELIEVED_WORDS = 120
_PROSE_WORDS = 12
_MENU_WORDS = 6
_MENU_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text, its lines with what is known of each, and what it states of itself.

    hints: every line of ``text`` in order; ``None`` where the markup says nothing.
    """

    text: str
    hints: tuple[tuple[Span, PartKind | None], ...]
    metadata: Metadata
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A block to be printed. kind: ``None`` for what is article text unless its words say otherwise."""

    text: str
    kind: PartKind | None
    is_article: bool


def read_page(markup: str, *, settings: Ingest | None = None) -> Page:
    """The text and metadata of an HTML page.

    markup: the page, decoded. Article text is what trafilatura keeps, in page order; title, standfirst,
    captions, bylines, adverts, boxes and menus stand around it as lines with a hint. A line is a block
    of the page; blank lines are between. Raises InputRefused when the page has no article.
    """
    settings = settings or Ingest()
    tree = parse(markup, settings)
    stated = metadata(tree, settings=settings)
    kept = _kept_lines(tree, settings)
    if not kept:
        raise InputRefused("This page has no article that can be told from what is around it.")
    placed = _place(blocks(tree), kept, stated, settings)
    starts = accumulate((len(block.text) + 2 for block in placed), initial=0)
    hints = tuple(
        (Span(start, start + len(block.text)), block.kind) for start, block in zip(starts, placed, strict=False)
    )
    text = "\n\n".join(block.text for block in placed)
    return Page(text, hints, stated, links(tree, text, stated.url, settings=settings))


def _kept_lines(tree: HtmlElement, settings: Ingest) -> list[str]:
    """The lines trafilatura takes for the article, in its order."""
    from trafilatura import bare_extraction

    # It logs every page it finds nothing in; the refusal says so.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    is_large = sum(1 for _ in tree.iter()) > settings.page_fast_elements
    found = bare_extraction(tree, include_comments=False, fast=is_large)
    text = getattr(found, "text", None) or ""
    return [line for raw in cleaned(text).split("\n") if (line := " ".join(raw.split()))]


def _keys(text: str) -> tuple[str, ...]:
    return tuple(fold(match.group()) for match in WORD.finditer(text))


def _place(found: Sequence[Block], kept: Sequence[str], stated: Metadata, settings: Ingest) -> list[_Kept]:
    """The blocks to print, in page order, with the article's own marked; each text once."""
    shares, missing = _shares([_keys(block.text) for block in found], [_keys(line) for line in kept], settings)
    is_article = [share >= settings.page_kept_share for share in shares]
    if not any(is_article) or _words(missing, kept) > _words(range(len(kept)), kept) / 2:
        # The article is not in the visible text (pages that carry it in JSON): print it as extracted.
        is_article = [False] * len(found)
        missing = list(range(len(kept)))
    title = _title_at(found, stated)
    believed = _believed(found, is_article)
    first = next((at for at, inside in enumerate(is_article) if inside), len(found))
    last = max((at for at, inside in enumerate(is_article) if inside), default=-1)
    printed: list[_Kept] = []
    if last < 0:
        head = [_Kept(found[title].text, "title", False)] if title is not None else []
        return head + [_Kept(kept[at], None, True) for at in missing]
    for at, block in enumerate(found):
        kind = _kind(block, at, is_article[at], -1 if title is None else title, first, last, believed, stated)
        if is_article[at] or not block.is_hidden:
            printed.append(_Kept(block.text, kind, is_article[at]))
    return _bounded(_joined(_once(printed)), settings)


def _words(indices: Sequence[int], kept: Sequence[str]) -> int:
    return sum(len(kept[at].split()) for at in indices)


def _is_dear(a: Sequence[str], b: Sequence[str], settings: Ingest) -> bool:
    """Whether to align two sequences would take more time or memory than a page is worth."""
    counts = Counter(b)
    return len(a) * len(b) > settings.page_cells or sum(counts[member] for member in a) > settings.page_pairs


def _shares(
    page: Sequence[tuple[str, ...]], kept: Sequence[tuple[str, ...]], settings: Ingest
) -> tuple[list[float], list[int]]:
    """For each block the share of its words that trafilatura kept, and which kept lines no block holds.

    Whole lines are aligned first and words only between them, so that a word of a menu is never taken
    for a word of the article. Where there are too many lines for that, a block counts as kept that is a kept line.
    """
    shares = [0.0] * len(page)
    missing: list[int] = []
    if _is_dear([" ".join(keys) for keys in page], [" ".join(keys) for keys in kept], settings):
        known, printed = set(kept), set(page)
        return [float(bool(keys) and keys in known) for keys in page], [
            at for at, keys in enumerate(kept) if keys and keys not in printed
        ]
    for step in align([" ".join(keys) for keys in page], [" ".join(keys) for keys in kept]):
        if step.kind == "equal":
            shares[step.a_start : step.a_end] = [1.0 if page[at] else 0.0 for at in range(step.a_start, step.a_end)]
        elif step.kind == "insert":
            missing.extend(range(step.b_start, step.b_end))
        elif step.kind == "replace":
            missing.extend(
                _word_shares(page, kept, step.a_start, step.a_end, step.b_start, step.b_end, shares, settings)
            )
    return shares, missing


def _word_shares(
    page: Sequence[tuple[str, ...]],
    kept: Sequence[tuple[str, ...]],
    a_start: int,
    a_end: int,
    b_start: int,
    b_end: int,
    shares: list[float],
    settings: Ingest,
) -> Iterator[int]:
    a_of = [at for at in range(a_start, a_end) for _ in page[at]]
    b_of = [at for at in range(b_start, b_end) for _ in kept[at]]
    a_hits: dict[int, int] = {}
    b_hits: dict[int, int] = {}
    a_words = [word for at in range(a_start, a_end) for word in page[at]]
    b_words = [word for at in range(b_start, b_end) for word in kept[at]]
    if _is_dear(a_words, b_words, settings):
        return iter(range(b_start, b_end))
    for step in align(a_words, b_words):
        if step.kind == "equal":
            for at in range(step.a_start, step.a_end):
                a_hits[a_of[at]] = a_hits.get(a_of[at], 0) + 1
            for at in range(step.b_start, step.b_end):
                b_hits[b_of[at]] = b_hits.get(b_of[at], 0) + 1
    for at, hits in a_hits.items():
        shares[at] = hits / len(page[at])
    return (at for at in range(b_start, b_end) if kept[at] and b_hits.get(at, 0) < len(kept[at]) / 2)


def _title_at(found: Sequence[Block], stated: Metadata) -> int | None:
    """The block that prints the title: the one with its words, in a heading if any is."""
    wanted = _keys(stated.title or "")
    if not wanted:
        return next((at for at, block in enumerate(found) if block.tag == "h1" and not block.is_hidden), None)
    same = [at for at, block in enumerate(found) if not block.is_hidden and _keys(block.text) == wanted]
    return next(
        (at for at in same if found[at].tag == "h1"), next((at for at in same if found[at].tag in ("h2", "h3")), None)
    )


def _believed(found: Sequence[Block], is_article: Sequence[bool]) -> set[int]:
    """Containers set aside by name whose name is believed even where trafilatura kept their text."""
    held: dict[int, int] = {}
    total = 0
    for block, inside in zip(found, is_article, strict=True):
        if inside:
            count = len(block.text.split())
            total += count
            held[block.holder] = held.get(block.holder, 0) + count
    return {holder for holder, count in held.items() if count <= min(_BELIEVED_WORDS, _BELIEVED_SHARE * total)}


def _kind(
    block: Block, at: int, is_article: bool, title: int, first: int, last: int, believed: set[int], stated: Metadata
) -> PartKind | None:
    """What a block is. title, first, last: where the title and the article's own first and last block stand."""
    if at == title:
        return "title"
    hint = None if block.hint == "title" else block.hint
    if is_article:
        return _article_kind(block, hint, at - first, believed, stated)
    if hint in (None, "navigation") and (_is_made_by(block, stated) or is_byline(block.text) or is_dated(block.text)):
        return "credit"
    if hint is not None:
        return "promo" if hint == "standfirst" and at > first else hint
    if _keys(block.text) == _keys(stated.summary or "") or (
        0 <= title < at < first and block.link_share < 0.3 and len(block.text.split()) >= _PROSE_WORDS // 2
    ):
        return "standfirst" if at < first else "promo"
    if first < at < last:
        return "teaser" if block.link_share > 0.5 else "promo"
    return "navigation" if at < first or block.link_share > 0.5 else "promo"


def _article_kind(
    block: Block, hint: PartKind | None, place: int, believed: set[int], stated: Metadata
) -> PartKind | None:
    """What markup may say of a block trafilatura kept: of prose, only that it is a caption or the standfirst."""
    is_prose = len(block.text.split()) >= _PROSE_WORDS and block.text.rstrip("\"'”’»)").endswith((".", "!", "?"))
    if _is_made_by(block, stated):
        return "credit"
    if hint == "standfirst":
        is_summary = _keys(block.text) == _keys(stated.summary or "")
        return "standfirst" if is_summary or (place == 0 and block.is_alone) else None
    if hint == "caption" or (hint is not None and block.holder in believed and not is_prose):
        return hint
    return None


def _is_made_by(block: Block, stated: Metadata) -> bool:
    """Whether a block is an author's name and nothing else."""
    return _keys(block.text) in [_keys(name) for name in stated.authors]


def _once(printed: Sequence[_Kept]) -> list[_Kept]:
    """Menus and boxes that a page prints several times (for small screens, at its foot) once."""
    article = {_keys(block.text) for block in printed if block.kind not in _SET_ASIDE}
    seen: set[tuple[str, ...]] = set()
    kept: list[_Kept] = []
    for block in printed:
        keys = _keys(block.text)
        if block.kind in _SET_ASIDE and block.kind != "advert":
            if keys in seen or keys in article:
                continue
            seen.add(keys)
        kept.append(block)
    return kept


def _joined(printed: Sequence[_Kept]) -> list[_Kept]:
    """The entries of a menu on one line."""
    kept: list[_Kept] = []
    for block in printed:
        before = kept[-1] if kept else None
        if (
            before is not None
            and block.kind == before.kind == "navigation"
            and len(block.text.split()) <= _MENU_WORDS
            and len(before.text) + len(block.text) <= _MENU_CHARACTERS
        ):
            kept[-1] = _Kept(before.text + LINK_JOIN + block.text, "navigation", False)
        else:
            kept.append(block)
    return kept


def _bounded(printed: Sequence[_Kept], settings: Ingest) -> list[_Kept]:
    """What is not the article, up to the settings' number of characters; nearest to it is kept first."""
    first = next((at for at, block in enumerate(printed) if block.is_article), len(printed))
    kept = list(printed[first:])
    room = settings.page_residue_characters
    for block in reversed(printed[:first]):
        room -= len(block.text)
        if room >= 0 or block.kind in ("title", "standfirst"):
            kept.insert(0, block)
    room = settings.page_residue_characters
    bounded = []
    for block in kept:
        if not block.is_article and block.kind in _SET_ASIDE:
            room -= len(block.text)
            if room < 0:
                continue
        bounded.append(block)
    return bounded
