"""A report's text as HTML: every character as received, parts labelled, cited stretches marked.

Nothing is written into the text: labels of parts and the marks that lead back to what cites a
stretch are attributes, which the style sheet prints. The text content of the result is the text.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from variorum.records import Article, Part, PartKind
from variorum.render.apparatus import Cited

PART_LABELS: dict[PartKind, str] = {
    "title": "Headline",
    "standfirst": "Standfirst",
    "body": "Body",
    "caption": "Caption",
    "credit": "Credit line",
    "advert": "Advert",
    "promo": "Promotion",
    "teaser": "Teaser for another story",
    "repeat": "Repeated",
    "navigation": "Page furniture",
    "paywall": "Paywall notice",
}
READ = frozenset[PartKind](("title", "standfirst", "body"))

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_CLOSING, _NOTHING = Markup("</span>"), Markup("")
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


def printable(text: str) -> Markup:
    """Text escaped for HTML, character for character.

    A carriage return is written as a reference, or a browser would drop it; a NUL and a lone
    surrogate cannot stand in HTML and become U+FFFD, one for one, so that offsets keep.
    """
    return escape(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)).replace("\r", Markup("&#13;"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text to be marked, and how. start, end: offsets.

    opening, again: the start tags of its first piece and of any later one. closing: the end tag of each. before: what
    stands before its words, without a letter of its own; after: what stands behind them, likewise.
    """

    start: int
    end: int
    opening: Markup
    again: Markup
    closing: Markup = _CLOSING
    before: Markup = _NOTHING
    after: Markup = _NOTHING


Around = Callable[[int, int], tuple[Markup, Markup]]
"""What stands before and after the paragraph ``[start, end)``, as markup, its own tags included."""


def marked(article: Article, cited: Iterable[Cited]) -> Markup:
    """The whole text of an article, its parts as blocks, its lines as paragraphs, with ``cited`` marked.

    A cited stretch that crosses a paragraph or another stretch is printed in pieces; the first
    carries its id, the others name it in ``data-of``.
    """
    return woven(article, [stretch_of(c) for c in cited])


def stretch_of(cited: Cited) -> Stretch:
    """A cited stretch with its id and the ways back to what cites it."""
    classes = " ".join(("cited", *(f"by-{role}" for role in cited.roles)))
    tag = Markup('<span class="{}" {}="{}">')
    backs = (
        Markup('<a class="back" href="{}" data-short="{}" aria-label="{}" title="{}"></a>').format(
            back.href, back.short, f"Back to {back.title}", back.title
        )
        for back in cited.backs
    )
    return Stretch(
        cited.start,
        cited.end,
        opening=tag.format(classes, "id", cited.id),
        again=tag.format(classes, "data-of", cited.id),
        after=Markup("").join(backs),
    )


def woven(article: Article, stretches: Iterable[Stretch], around: Around | None = None) -> Markup:
    """The whole text of an article, its parts as blocks, its lines as paragraphs, with ``stretches`` marked.

    Of two that cover the same characters the one given first is the outer. around: what stands about each
    paragraph; ``<p dir="auto">`` by default.
    """
    weave = _Weave(article.text, sorted(stretches, key=lambda s: (s.start, -s.end)), around or _paragraph)
    at = 0
    for part in _joined(article):
        weave.lines(at, part.start)
        label = Markup("") if part.kind in READ else Markup(' data-label="{}"').format(PART_LABELS[part.kind])
        weave.pieces.append(Markup('<div class="part part-{}"{}>').format(part.kind, label))
        weave.lines(part.start, part.end)
        weave.pieces.append(Markup("</div>"))
        at = part.end
    weave.lines(at, len(article.text))
    weave.leftovers()
    return Markup("").join(weave.pieces)


def _paragraph(_start: int, _end: int) -> tuple[Markup, Markup]:
    return Markup('<p dir="auto">'), Markup("</p>")


def _joined(article: Article) -> list[Part]:
    """The parts, those set aside for one reason and standing together as one block under one label."""
    blocks: list[Part] = []
    for part in article.parts:
        before = blocks[-1] if blocks else None
        if before and before.kind == part.kind not in READ and not article.text[before.end : part.start].strip():
            blocks[-1] = Part(before.start, part.end, part.kind)
        else:
            blocks.append(part)
    return blocks


class _Weave:
    """Writes a text in order, opening and closing the marks of stretches as it goes."""

    def __init__(self, text: str, stretches: Sequence[Stretch], around: Around) -> None:
        self.text = text
        self.stretches = stretches
        self.around = around
        self.pieces: list[Markup] = []
        self.seen: set[int] = set()  # by place in memory: two stretches may be alike in every field

    def lines(self, start: int, end: int) -> None:
        at = start
        for line in _LINE.finditer(self.text, start, end):
            self.pieces.append(printable(self.text[at : line.start()]))
            before, after = self.around(line.start(), line.end())
            self.pieces.append(before)
            self.line(line.start(), line.end())
            self.pieces.append(after)
            at = line.end()
        self.pieces.append(printable(self.text[at:end]))

    def line(self, start: int, end: int) -> None:
        here = [s for s in self.stretches if s.start < end and (s.end > start or s.start == s.end >= start)]
        cuts = sorted({start, end, *(min(max(p, start), end) for s in here for p in (s.start, s.end))})
        stack: list[Stretch] = []
        for left, right in zip(cuts, [*cuts[1:], end], strict=True):
            reopen: list[Stretch] = []
            while any(s.end <= left for s in stack):
                top = stack.pop()
                self._close(top, left)
                if top.end > left:
                    reopen.append(top)
            for s in reversed(reopen):
                self._begin(s, stack)
            for s in here:
                if s.start == s.end == left and id(s) not in self.seen:
                    self._begin(s, [])
                    self._close(s, left)
                elif s.start < s.end and max(s.start, start) == left and s.end > left:
                    self._begin(s, stack)
            self.pieces.append(printable(self.text[left:right]))
        while stack:
            self._close(stack.pop(), end)

    def _begin(self, stretch: Stretch, stack: list[Stretch]) -> None:
        if id(stretch) in self.seen:
            self.pieces.append(stretch.again)
        else:
            self.pieces.append(stretch.opening + stretch.before)
        self.seen.add(id(stretch))
        stack.append(stretch)

    def _close(self, stretch: Stretch, at: int) -> None:
        if stretch.after and (at >= stretch.end or not self.text[at : stretch.end].strip()):
            self.pieces.append(stretch.after)
        self.pieces.append(stretch.closing)

    def leftovers(self) -> None:
        """Anchors for stretches that hold no letter at all, so that no link leads nowhere."""
        for s in self.stretches:
            if id(s) not in self.seen:
                self.pieces.append(s.opening + s.closing)


def in_context(text: str, start: int, end: int, *, reach: int = 140) -> tuple[str, str, str]:
    """The words before, at and after ``[start, end)``, within its line and as far as its sentence goes.

    reach: most characters shown on either side; where more stands there an ellipsis tells so.
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before, after = text[line_start:start], text[end:line_end]
    stops = list(re.finditer(r"[.!?][”\"’']*\s+(?=[^a-z\s.])", text[line_start : start + 1]))
    if stops:
        before = before[stops[-1].end() :]
    if len(before) > reach:
        before = "… " + before[-reach:].partition(" ")[2]
    stop = re.search(r"[.!?][”\"’']*(?=\s+[^a-z\s.]|\s*$)", after)
    closed = re.search(r"[.!?][”\"’']*\s*$", text[start:end])
    after = "" if closed and after[:1].isspace() else after[: stop.end()] if stop else after
    if len(after) > reach:
        after = after[:reach].rpartition(" ")[0] + " …"
    return before.lstrip(), text[start:end], after.rstrip()
