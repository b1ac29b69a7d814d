"""Stretches between quotation marks, in whatever state the marks are.

Real pages mix them (``“…’’``, ``"…”``, ``''``), open without closing, close without opening, and
repeat the opening mark at each paragraph of one long quotation. The reading here is local on
purpose: a broken mark can spoil its own paragraph and the one that continues it, never the rest.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from variorum.records import Span

_DOUBLE = re.compile(r"``|''|’’|‘‘|,,|[\"“”„«»＂]")
_SINGLE = re.compile(r"[‘’']")
_INK = re.compile(r"\S")
_LONGEST_SINGLE = 1200  # code points; a closing single mark further off belongs to something else
_OPENERS = frozenset(("“", "„", "«", "``", "‘‘", ",,"))
_CLOSERS = frozenset(("”", "»", "''", "’’"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words between marks, without the marks.

    closed: whether a closing mark stands at the end. opened: whether an opening mark stands at the
    start (``False`` for words up to a closing mark that nothing opened: their start is a guess).
    continues: whether it opens a paragraph and carries on from one left open before it.
    kind: double or single marks.
    """

    span: Span
    closed: bool
    opened: bool
    continues: bool
    kind: Literal["double", "single"]


def stretches(text: str, paragraphs: Iterable[Span]) -> tuple[Stretch, ...]:
    """The quoted stretches of ``text``, paragraph by paragraph, in reading order.

    paragraphs: spans of ``text``; a stretch never crosses one. A stretch left open runs to the end of
    its paragraph. Where a paragraph holds no double marks, single marks are read as quotation marks,
    as British papers and headlines use them; apostrophes are told apart by what stands around them.
    """
    found: list[Stretch] = []
    open_before = False
    for paragraph in paragraphs:
        inside = _double(text, paragraph, open_before)
        if not inside:
            inside = _single(text, paragraph, open_before)
        found.extend(inside)
        last = inside[-1] if inside else None
        open_before = last is not None and not last.closed and last.span.end >= paragraph.end - 1
    return tuple(found)


def _double(text: str, paragraph: Span, open_before: bool) -> list[Stretch]:
    found: list[Stretch] = []
    start: int | None = None
    opening = 0
    seen_any = False
    for match in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        mark = match.group()
        role = _role(text, match.start(), match.end(), mark, paragraph, start is not None)
        if role == "open":
            if start is not None and match.start() > start:
                found.append(_stretch(text, start, match.start(), False, opening, paragraph, open_before))
            start, opening = match.end(), match.start()
        elif role == "close":
            if start is not None and match.start() > start:
                found.append(_stretch(text, start, match.start(), True, opening, paragraph, open_before))
            elif start is None and not seen_any:
                orphan = _orphan(text, paragraph, match.start())
                if orphan is not None:
                    found.append(orphan)
            start = None
        seen_any = True
    if start is not None and start < paragraph.end:
        found.append(_stretch(text, start, paragraph.end, False, opening, paragraph, open_before))
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
    text: str, start: int, end: int, closed: bool, opening: int, paragraph: Span, open_before: bool
) -> Stretch:
    at_start = _opens_paragraph(text, paragraph, opening)
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Stretch(Span(start, end), closed, True, open_before and at_start, "double")


def _opens_paragraph(text: str, paragraph: Span, at: int) -> bool:
    """Whether nothing but white space stands before ``at`` in the paragraph; looks no further than its first word."""
    return _INK.search(text, paragraph.start, at) is None


def _orphan(text: str, paragraph: Span, closing: int) -> Stretch | None:
    """Words before a closing mark that nothing opened: back to the last cue comma or colon, else none.

    "saying, No country has done this." leaves its start to be read off the punctuation.
    """
    first = max(paragraph.start, closing - _LONGEST_SINGLE)
    before = text[first:closing]
    cue = None
    for match in re.finditer(
        r"\b\w+(?:ing|ed|id|ys|rote|old|ote|ells|lls|ds)\b[^.!?\n]{0,40}?[,:]\s+(?=[A-Z“\"])", before
    ):
        cue = match
    if cue is None:
        return None
    start = first + cue.end()
    return Stretch(Span(start, closing), True, False, False, "double") if start < closing else None


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
            found.append(Stretch(Span(start, at), True, True, open_before and at_start, "single"))
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
