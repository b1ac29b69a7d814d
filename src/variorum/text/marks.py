"""Stretches between quotation marks, in whatever state the marks are.

Real pages mix them (``“…’’``, ``"…”``, ``''``), open without closing, close without opening, and
repeat the opening mark at each paragraph of one long quotation. The reading here is local on
purpose: a broken mark can spoil its own paragraph and the one that continues it, never the rest.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from variorum.records import Span
from variorum.text.lines import trimmed

_DOUBLE = re.compile(r"``|''|’’|‘‘|,,|[\"“”„«»＂]")
_SINGLE = re.compile(r"[‘’']")
_INK = re.compile(r"\S")
_LONGEST_SINGLE = 1200  # code points; a closing single mark further off belongs to something else
_MARKS = frozenset('“”„«»"＂')
_OPENERS = frozenset(("“", "„", "«", "``", "‘‘", ",,"))
_CLOSERS = frozenset(("”", "»", "''", "’’"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words between marks, without the marks.

    opening, closing: where the marks themselves stand; ``None`` for a mark that is not there (the start
    of words up to a closing mark that nothing opened is a guess).
    continues: whether it opens a paragraph and carries on from one left open before it.
    kind: double or single marks.
    """

    span: Span
    opening: Span | None
    closing: Span | None
    continues: bool
    kind: Literal["double", "single"]

    @property
    def opened(self) -> bool:
        """Whether an opening mark stands at the start."""
        return self.opening is not None

    @property
    def closed(self) -> bool:
        """Whether a closing mark stands at the end."""
        return self.closing is not None


def stretches(text: str, paragraphs: Iterable[Span]) -> tuple[Stretch, ...]:
    """The quoted stretches of ``text``, paragraph by paragraph, in reading order.

    paragraphs: spans of ``text``; a stretch never crosses one. A stretch left open runs to the end of
    its paragraph. Single marks outside double ones are read as quotation marks, as British papers and
    headlines use them; apostrophes are told apart by what stands around them.
    """
    found: list[Stretch] = []
    open_before = False
    for paragraph in paragraphs:
        double = _double(text, paragraph, open_before)
        inside = [
            *double,
            *(
                one
                for gap in _between(paragraph, double)
                for one in _single(text, gap, open_before and gap.start == paragraph.start)
            ),
        ]
        inside.sort(key=lambda stretch: stretch.span.start)
        found.extend(inside)
        last = inside[-1] if inside else None
        open_before = last is not None and not last.closed and last.span.end >= paragraph.end - 1
    return tuple(found)


def balanced(text: str, span: Span) -> Span:
    """The span with the mark beside it whose partner it holds: ``“green” groups`` for ``green” groups``."""
    start, end = span.start, span.end
    inside = [match.group() for match in _DOUBLE.finditer(text, start, end)]
    if len(inside) % 2:
        before, after = text[start - 1 : start], text[end : end + 1]
        if before in _MARKS and before and not text[start - 2 : start - 1].isalnum():
            return Span(start - 1, end)
        if after in _MARKS and after:
            return Span(start, end + 1)
    return span


def _between(paragraph: Span, taken: Iterable[Stretch]) -> Iterator[Span]:
    """What is left of the paragraph beside the stretches and their marks."""
    at = paragraph.start
    for stretch in taken:
        first = stretch.opening.start if stretch.opening is not None else stretch.span.start
        if first > at:
            yield Span(at, first)
        at = stretch.closing.end if stretch.closing is not None else stretch.span.end
    if at < paragraph.end:
        yield Span(at, paragraph.end)


def _double(text: str, paragraph: Span, open_before: bool) -> list[Stretch]:
    found: list[Stretch] = []
    start: int | None = None
    opening = Span(0, 0)
    seen_any = False
    for match in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        mark = match.group()
        role = _role(text, match.start(), match.end(), mark, paragraph, start is not None)
        if role == "open":
            if start is not None and match.start() > start:
                found.append(_stretch(text, Span(start, match.start()), opening, None, paragraph, open_before))
            start, opening = match.end(), Span(*match.span())
        elif role == "close":
            if start is not None and match.start() > start:
                closing = Span(*match.span())
                found.append(_stretch(text, Span(start, match.start()), opening, closing, paragraph, open_before))
            elif start is None and not seen_any:
                orphan = _orphan(text, paragraph, Span(*match.span()))
                if orphan is not None:
                    found.append(orphan)
            start = None
        seen_any = True
    if start is not None and start < paragraph.end:
        found.append(_stretch(text, Span(start, paragraph.end), opening, None, paragraph, open_before))
    return [stretch for stretch in found if len(stretch.span) and text[stretch.span.start : stretch.span.end].strip()]


def _role(text: str, start: int, end: int, mark: str, paragraph: Span, is_open: bool) -> str:
    """Whether a mark opens or closes. A straight mark is read by its neighbours, then by the state."""
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    can_open = not after.isspace() and (before.isspace() or (not before.isalnum() and before not in ".,!?…;:"))
    can_close = not before.isspace()
    if mark in ("''", "’’") and after.isalnum() and not before.isalnum() and not is_open:
        return "open"
    if mark == "”" and not is_open and can_open and before.isspace():
        return "open"  # the wrong key at the start of a quotation
    if mark == "“" and is_open and not can_open and can_close:
        return "close"  # German order, or the wrong key at the end
    if mark == ",," and not (before.isspace() and after.isalnum()):
        return "none"
    if mark in _OPENERS:
        return "open"
    if mark in _CLOSERS:
        return "close"
    if mark in ('"', "＂") and before.isdigit() and not is_open:
        return "none"  # inches
    if is_open:
        return "close" if can_close or not can_open else "open"
    return "open" if can_open or not can_close else "close"


def _stretch(
    text: str, words: Span, opening: Span, closing: Span | None, paragraph: Span, open_before: bool
) -> Stretch:
    at_start = _opens_paragraph(text, paragraph, opening.start)
    return Stretch(trimmed(text, words.start, words.end), opening, closing, open_before and at_start, "double")


def _opens_paragraph(text: str, paragraph: Span, at: int) -> bool:
    """Whether nothing but white space stands before ``at`` in the paragraph; looks no further than its first word."""
    return _INK.search(text, paragraph.start, at) is None


def _orphan(text: str, paragraph: Span, closing: Span) -> Stretch | None:
    """Words before a closing mark that nothing opened: back to the last cue comma or colon, else none.

    "saying, No country has done this." leaves its start to be read off the punctuation.
    """
    first = max(paragraph.start, closing.start - _LONGEST_SINGLE)
    before = text[first : closing.start]
    cue = None
    for match in re.finditer(
        r"\b\w+(?:ing|ed|id|ys|rote|old|ote|ells|lls|ds)\b[^.!?\n]{0,40}?[,:]\s+(?=[A-Z“\"])", before
    ):
        cue = match
    if cue is None:
        return None
    start = first + cue.end()
    return Stretch(Span(start, closing.start), None, closing, False, "double") if start < closing.start else None


def _single(text: str, paragraph: Span, open_before: bool) -> list[Stretch]:
    found: list[Stretch] = []
    start: int | None = None
    for match in _SINGLE.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        before = text[at - 1] if at > paragraph.start else " "
        after = text[at + 1] if at + 1 < paragraph.end else " "
        if before.isalnum() and after.isalnum():
            continue  # an apostrophe inside a word
        opens = (before.isspace() or before in "([—–-:") and not after.isspace() and match.group() != "’"
        if start is None:
            if opens and _closes_later(text, at + 1, paragraph.end):
                start = at + 1
        elif not before.isspace() and not _plural_possessive(text, at, paragraph.end):
            at_start = _opens_paragraph(text, paragraph, start - 1)
            opening, closing = Span(start - 1, start), Span(at, at + 1)
            found.append(Stretch(Span(start, at), opening, closing, open_before and at_start, "single"))
            start = None
    return found


def _closes_later(text: str, start: int, end: int) -> bool:
    """Whether a mark that can close follows; else an opening single mark is an apostrophe ('90s, 'em)."""
    return any(
        not text[match.start() - 1].isspace() and (match.start() + 1 >= end or not text[match.start() + 1].isalnum())
        for match in _SINGLE.finditer(text, start + 1, min(end, start + _LONGEST_SINGLE))
    )


def _plural_possessive(text: str, at: int, end: int) -> bool:
    """Whether the mark after an s is more likely "the workers' demand" than a closing mark."""
    if text[at - 1] not in "sS" or at + 2 >= end or text[at + 1] != " " or not text[at + 2].islower():
        return False
    return any(
        not text[match.start() - 1].isspace() and (match.start() + 1 >= end or not text[match.start() + 1].isalnum())
        for match in _SINGLE.finditer(text, at + 1, min(end, at + _LONGEST_SINGLE))
    )
