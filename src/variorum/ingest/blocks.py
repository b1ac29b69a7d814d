"""The visible text of a page, block by block in page order, with what its markup says of each block."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from variorum.ingest.decode import cleaned
from variorum.records import PartKind

_NEVER = frozenset(
    "script style head title meta link base svg math canvas iframe object embed applet select option optgroup datalist "
    "textarea input audio video source track map area param frame frameset noframes".split()
)
_UNSEEN = frozenset(("template", "noscript"))
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q ruby rb rp rt s samp small span "
    "strike strong sub sup time tt u var wbr amp-img img picture label".split()
)
# What a tag says by itself.
_TAGS: dict[str, PartKind] = {
    "nav": "navigation", "menu": "navigation", "footer": "navigation", "form": "navigation", "button": "navigation",
    "dialog": "navigation", "figcaption": "caption", "caption": "caption", "aside": "teaser",
    "address": "credit", "h1": "title",
}  # fmt: skip
# What a class, an id or a role says, word by word; the first that matches counts.
_WORDS: tuple[tuple[PartKind, frozenset[str]], ...] = (
    ("paywall", frozenset("paywall regwall paygate piano meter barrier".split())),
    ("advert", frozenset(
        "ad ads advert adverts advertisement advertising adslot dfp outbrain taboola sponsored sponsor".split())),
    ("teaser", frozenset(
        "related recirc recirculation recommended recommendations trending popular mostread readmore readnext readalso "
        "alsoread morestories teaser teasers sidebar rail river latest upnext".split())),
    ("promo", frozenset(
        "newsletter newsletters subscribe subscription signup promo promos promotion donate donation membership cta "
        "appeal follow".split())),
    ("navigation", frozenset(
        "nav navbar navigation menu breadcrumb breadcrumbs topbar toolbar cookie cookies consent gdpr share sharing "
        "social footer masthead tags topics comments comment disqus pagination search login modal popup banner skip "
        "contentinfo kicker".split())),
    ("caption", frozenset("caption captions figcaption imagecaption photocaption credit-image".split())),
    ("credit", frozenset("byline bylines author authors dateline timestamp pubdate datepublished published".split())),
    ("standfirst", frozenset("standfirst dek deck subtitle subheadline subheading strapline".split())),
)  # fmt: skip
_PAIRS = {
    ("most", "read"), ("read", "more"), ("read", "next"), ("read", "also"), ("also", "read"), ("more", "stories"),
    ("sign", "up"),
    ("sub", "title"), ("sub", "headline"), ("image", "caption"), ("photo", "caption"), ("ad", "slot"), ("up", "next"),
}  # fmt: skip
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ATTRIBUTE_CHARACTERS = 500
LINK_JOIN = " | "


@dataclass(frozen=True, slots=True)
class Block:
    """A run of visible text between two block-level tags, white space collapsed.

    hint: what its markup says it is. holder: number of the element that says so, for counting how much
    of an article a container holds. parent: number of the element it stands in. link_share: share of
    its characters inside links. is_hidden: kept from sight by markup. is_alone: whether the element
    that gives the hint is the block's own.
    """

    text: str
    tag: str
    hint: PartKind | None
    holder: int
    parent: int
    link_share: float
    is_hidden: bool
    is_alone: bool


@dataclass(slots=True)
class _Open:
    """An element that is open while the tree is walked."""

    number: int
    tag: str
    hint: PartKind | None
    holder: int
    is_hidden: bool
    in_link: bool
    in_article: bool


@dataclass(slots=True)
class _Run:
    """Text collected since the last block-level tag."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    was_link: bool = False
    at: _Open | None = None

    def add(self, piece: str | None, where: _Open) -> None:
        if not piece:
            return
        if piece.strip():
            self.was_link = where.in_link
            if self.at is None:
                self.at = where
            if where.in_link:
                self.linked += len(piece.strip())
        self.pieces.append(piece)

    def part(self) -> None:
        """Keep a link apart from one right before it: a menu's entries are parted by its style alone."""
        if self.pieces and self.was_link:
            self.pieces.append(LINK_JOIN)

    def flush(self) -> Iterator[Block]:
        text = " ".join(cleaned("".join(self.pieces)).split())
        where, linked = self.at, self.linked
        self.pieces, self.linked, self.at, self.was_link = [], 0, None, False
        if text and where is not None:
            share = min(1.0, linked / len(text))
            yield Block(
                text,
                where.tag,
                where.hint,
                where.holder,
                where.number,
                share,
                where.is_hidden,
                where.holder == where.number,
            )


def blocks(tree: HtmlElement) -> tuple[Block, ...]:
    """The blocks of visible text of ``tree`` in page order; text in scripts and styles is none."""
    found: list[Block] = []
    run = _Run()
    stack: list[_Open] = [_Open(0, "html", None, 0, False, False, False)]
    walk = etree.iterwalk(tree, events=("start", "end"))
    for number, (event, element) in enumerate(walk, start=1):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _NEVER or not tag:
                walk.skip_subtree()
                stack.append(stack[-1])
                continue
            opened = _opened(element, tag, number, stack[-1])
            if tag not in _INLINE or (opened.hint != stack[-1].hint and opened.hint in ("credit", "caption")):
                found.extend(run.flush())
            stack.append(opened)
            if tag == "a":
                run.part()
            run.add(element.text, opened)
        else:
            opened = stack.pop()
            if (tag and tag not in _INLINE and tag not in _NEVER) or (
                opened.hint != stack[-1].hint and opened.hint in ("credit", "caption")
            ):
                found.extend(run.flush())
            run.add(element.tail if element is not tree else None, stack[-1])
    found.extend(run.flush())
    return tuple(found)


def _opened(element: HtmlElement, tag: str, number: int, parent: _Open) -> _Open:
    hint = _hint(element, tag, parent)
    # What an outer box says (a list of other stories) holds for everything in it, headings included.
    outranked = parent.hint in ("paywall", "advert", "teaser", "promo", "navigation")
    is_inline = tag in _INLINE
    return _Open(
        number=parent.number if is_inline else number,
        tag=parent.tag if is_inline else tag,
        hint=parent.hint if hint is None or outranked else hint,
        holder=parent.holder if hint is None or outranked else number,
        is_hidden=parent.is_hidden or _is_hidden(element, tag),
        in_link=parent.in_link or tag == "a",
        in_article=parent.in_article or tag in ("article", "main"),
    )


def _hint(element: HtmlElement, tag: str, parent: _Open) -> PartKind | None:
    if tag in ("body", "html", "article", "main"):
        return None
    if tag == "header":
        return None if parent.in_article else "navigation"
    if tag in _TAGS:
        return _TAGS[tag]
    if tag == "time":
        return "credit"
    named = " ".join((element.get(name) or "")[:_ATTRIBUTE_CHARACTERS] for name in ("class", "id", "role", "itemprop"))
    if not named.strip():
        return None
    tokens = [token.lower() for token in _TOKEN.findall(named)]
    known = set(tokens) | {a + b for a, b in itertools.pairwise(tokens) if (a, b) in _PAIRS}
    return next((kind for kind, marks in _WORDS if known & marks), None)


def _is_hidden(element: HtmlElement, tag: str) -> bool:
    return (
        tag in _UNSEEN
        or element.get("hidden") is not None
        or bool(_HIDDEN_STYLE.search((element.get("style") or "")[:_ATTRIBUTE_CHARACTERS]))
    )
