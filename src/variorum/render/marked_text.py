"""A report's text as HTML: every character as received, parts labelled, cited stretches marked.

Nothing is written into the text: labels of parts and the marks that lead back to what cites a
stretch are attributes, which the style sheet prints. The text content of the result is the text.
"""

import re
from collections.abc import Iterable, Sequence
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
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


def printable(text: str) -> Markup:
    """Text escaped for HTML, character for character.

    A carriage return is written as a reference, or a browser would drop it; a NUL and a lone
    surrogate cannot stand in HTML and become U+FFFD, one for one, so that offsets keep.
    """
    return escape(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)).replace("\r", Markup("&#13;"))


def marked(article: Article, cited: Iterable[Cited]) -> Markup:
    """The whole text of an article, its parts as blocks, its lines as paragraphs, with ``cited`` marked.

    A cited stretch that crosses a paragraph or another stretch is printed in pieces; the first
    carries its id, the others name it in ``data-of``.
    """
    weave = _Weave(article.text, sorted(cited, key=lambda c: (c.start, -c.end)))
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


@dataclass(slots=True)
class _Weave:
    """Writes a text in order, opening and closing the marks of cited stretches as it goes."""

    text: str
    cited: Sequence[Cited]
    pieces: list[Markup]
    seen: set[str]

    def __init__(self, text: str, cited: Sequence[Cited]) -> None:
        self.text = text
        self.cited = cited
        self.pieces = []
        self.seen = set()

    def lines(self, start: int, end: int) -> None:
        at = start
        for line in _LINE.finditer(self.text, start, end):
            self.pieces.append(printable(self.text[at : line.start()]))
            self.pieces.append(Markup('<p dir="auto">'))
            self.line(line.start(), line.end())
            self.pieces.append(Markup("</p>"))
            at = line.end()
        self.pieces.append(printable(self.text[at:end]))

    def line(self, start: int, end: int) -> None:
        here = [c for c in self.cited if c.start < end and (c.end > start or c.start == c.end >= start)]
        cuts = sorted({start, end, *(min(max(p, start), end) for c in here for p in (c.start, c.end))})
        stack: list[Cited] = []
        for left, right in zip(cuts, [*cuts[1:], end], strict=True):
            reopen: list[Cited] = []
            while any(c.end <= left for c in stack):
                top = stack.pop()
                self._close(top, left)
                if top.end > left:
                    reopen.append(top)
            for c in reversed(reopen):
                self._begin(c, stack)
            for c in here:
                if c.start == c.end == left and c.id not in self.seen:
                    self._begin(c, [])
                    self._close(c, left)
                elif c.start < c.end and max(c.start, start) == left and c.end > left:
                    self._begin(c, stack)
            self.pieces.append(printable(self.text[left:right]))
        while stack:
            self._close(stack.pop(), end)

    def _begin(self, cited: Cited, stack: list[Cited]) -> None:
        classes = " ".join(("cited", *(f"by-{role}" for role in cited.roles)))
        name = "data-of" if cited.id in self.seen else "id"
        self.seen.add(cited.id)
        self.pieces.append(Markup('<span class="{}" {}="{}">').format(classes, name, cited.id))
        stack.append(cited)

    def _close(self, cited: Cited, at: int) -> None:
        if at >= cited.end or not self.text[at : cited.end].strip():
            for back in cited.backs:
                self.pieces.append(
                    Markup('<a class="back" href="{}" data-short="{}" aria-label="{}" title="{}"></a>').format(
                        back.href, back.short, f"Back to {back.title}", back.title
                    )
                )
        self.pieces.append(Markup("</span>"))

    def leftovers(self) -> None:
        """Anchors for stretches that hold no letter at all, so that no link leads nowhere."""
        for c in self.cited:
            if c.id not in self.seen:
                self.pieces.append(Markup('<span id="{}"></span>').format(c.id))


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
