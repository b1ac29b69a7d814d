"""A line as the labeller sees it: what can be said of its shape before anybody reads it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from variorum.records import Span
from variorum.text import fold, lines
from variorum.text.words import WORD

_CLOSERS = "\"'”’»)]*"
_STOP = re.compile(r"[.!?…。][\"'”’»)\]*\s]*$")
_CUT_OFF = re.compile(r"(?:\.\s?\.\s?\.|…)[\"'”’»)\]\s]*(?:\[\+?\d+ chars\])?$|\[(?:…|\.\.\.)\]$")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.(?:\s?[A-Z]\.)*|\b(?:Jr|Sr|Inc|Ltd|Co|Corp|St|Mr|Mrs|Dr)\.)[\"'”’]*$")
# Columns at which plain-text mail and wire copy is broken, and how much of a text must look so.
_WRAP_COLUMNS = range(50, 90)
_WRAPPED_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """One line (or one paragraph of a text wrapped by hand).

    keys: its folded words. block: number of its run of lines with no blank line between.
    hint: what the page's markup says of it, ``None`` for plain text and where the markup says nothing.
    """

    span: Span
    text: str
    keys: tuple[str, ...]
    block: int
    hint: str | None = None

    @property
    def is_cut_off(self) -> bool:
        """Whether it breaks off in points, as teasers and samples do."""
        return bool(_CUT_OFF.search(self.text))

    @property
    def is_stopped(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_STOP.search(self.text)) and not self.is_cut_off

    @property
    def is_headlike(self) -> bool:
        """Whether it could be a headline: no full stop at its end, or capitals as only headlines have."""
        if self.text.endswith((":", ";", ",")):
            return False
        bare = self.text.rstrip(_CLOSERS)
        return not bare.endswith((".", "…")) or bool(_ABBREVIATED.search(self.text)) or self.is_title_case

    @property
    def is_title_case(self) -> bool:
        """Whether Nearly Every Long Word Has a Capital, in a line of at least five such words."""
        long = [match.group() for match in WORD.finditer(self.text) if len(match.group()) > 3]
        return len(long) >= 5 and sum(word[0].isupper() or word[0].isdigit() for word in long) >= 0.85 * len(long)

    def is_prose(self, words: int) -> bool:
        """Whether it reads as reporting: ``words`` words and a sentence's end, or twice as many."""
        return (len(self.keys) >= words and self.is_stopped) or len(self.keys) >= 2 * words


def read_lines(text: str, hints: Sequence[tuple[Span, str | None]] | None = None) -> tuple[Line, ...]:
    """The lines of ``text`` in order; where it was wrapped by hand, its paragraphs.

    hints: for a page, the lines and what the markup says of each; then these are the lines.
    """
    if hints is not None:
        return tuple(_line(text, span, block, hint) for block, (span, hint) in enumerate(hints))
    spans = lines(text)
    blocks = _blocks(text, spans)
    if _is_wrapped(spans, blocks):
        paragraphs: list[Span] = []
        for at, (span, block) in enumerate(zip(spans, blocks, strict=True)):
            if at and blocks[at - 1] == block:
                paragraphs[-1] = Span(paragraphs[-1].start, span.end)
            else:
                paragraphs.append(span)
        return tuple(_line(text, span, block, None) for block, span in enumerate(paragraphs))
    return tuple(_line(text, span, block, None) for span, block in zip(spans, blocks, strict=True))


def _line(text: str, span: Span, block: int, hint: str | None) -> Line:
    inner = span.of(text)
    return Line(span, inner, tuple(fold(match.group()) for match in WORD.finditer(inner)), block, hint)


def _blocks(text: str, spans: tuple[Span, ...]) -> tuple[int, ...]:
    numbers = [0] if spans else []
    for before, after in pairwise(spans):
        numbers.append(numbers[-1] + (text.count("\n", before.end, after.start) > 1))
    return tuple(numbers)


def _is_wrapped(spans: tuple[Span, ...], blocks: tuple[int, ...]) -> bool:
    """Whether the lines inside blocks end where a column ended and not where a paragraph did."""
    inner = [span for at, span in enumerate(spans[:-1]) if blocks[at] == blocks[at + 1]]
    if len(inner) < 6 or blocks[-1] < 2:
        return False
    full = sum(len(span) in _WRAP_COLUMNS for span in inner)
    longest = max(len(span) for span in spans)
    return full >= _WRAPPED_SHARE * len(inner) and longest < _WRAP_COLUMNS.stop
