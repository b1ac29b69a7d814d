"""What was changed from one text of a report to the next."""

from dataclasses import dataclass

from variorum.records import Span
from variorum.text import align
from variorum.text.words import WORD

_PAIRED_SHARE = 0.4  # of the words of two lines in one place, from which on one is the other, reworded


@dataclass(frozen=True, slots=True)
class Step:
    """One change. old, new: the stretches, in the earlier and in the later text; one may be empty."""

    old: Span
    new: Span


def changed(old: str, new: str) -> tuple[Step, ...]:
    """The stretches of ``old`` that are others in ``new``, in order, to the word and to the mark.

    Lines are aligned first, and words only between them, so that long texts take little and a moved word is not
    found far away.
    """
    before, after = _lines(old), _lines(new)
    found: list[Step] = []
    for block in align([old[one.start : one.end] for one in before], [new[one.start : one.end] for one in after]):
        if block.kind == "equal":
            continue
        left = _stretch(before, block.a_start, block.a_end, len(old))
        right = _stretch(after, block.b_start, block.b_end, len(new))
        if block.kind == "replace":
            found.extend(_within(old, new, left, right))
        else:
            found.append(Step(left, right))
    return tuple(found)


def _within(old: str, new: str, left: Span, right: Span) -> list[Step]:
    a, b = _pieces(old, left), _pieces(new, right)
    blocks = align([old[one.start : one.end] for one in a], [new[one.start : one.end] for one in b])
    same = sum(block.a_end - block.a_start for block in blocks if block.kind == "equal")
    if same < _PAIRED_SHARE * max(1, min(len(a), len(b))):
        return [Step(left, right)]
    return [
        Step(_stretch(a, block.a_start, block.a_end, left.end), _stretch(b, block.b_start, block.b_end, right.end))
        for block in blocks
        if block.kind != "equal"
    ]


def _lines(text: str) -> list[Span]:
    found: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found


def _pieces(text: str, within: Span) -> list[Span]:
    """Words, and every mark between them by itself."""
    found: list[Span] = []
    at = within.start
    for match in WORD.finditer(text, within.start, within.end):
        found.extend(Span(place, place + 1) for place in range(at, match.start()) if not text[place].isspace())
        found.append(Span(match.start(), match.end()))
        at = match.end()
    found.extend(Span(place, place + 1) for place in range(at, within.end) if not text[place].isspace())
    return found


def _stretch(spans: list[Span], start: int, end: int, last: int) -> Span:
    if start < end:
        return Span(spans[start].start, spans[end - 1].end)
    at = spans[start].start if start < len(spans) else last
    return Span(at, at)
