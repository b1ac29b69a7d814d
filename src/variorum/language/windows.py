"""Paragraphs as the attribution tagger sees them: word pieces, their case, and where they stand to the marks.

The tagger never sees which marks a page uses. Every mark that opens or closes a quoted stretch becomes the
same piece, every stray one is left out, and each piece says whether it stands inside a stretch. So curly,
straight, single, doubled, foreign and mismatched marks are read alike, and nothing of a paragraph's
marks is seen from another paragraph.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.errors import ModelMissing
from variorum.language.models import tokenizer
from variorum.records import Span
from variorum.text import Stretch, sentences

_WORD = re.compile(r"\w+")
_STRAY = frozenset('“”„«»"＂`')
_OUTSIDE, _INSIDE, _INSIDE_UNCLOSED, _OPENS, _CLOSES, _CONTINUES = range(6)
_LOWER, _CAPITAL, _UPPER, _MIXED = range(4)
_UNBOUND = 1 << 30

MARK_STATES = 6
MARKS = frozenset((_OPENS, _CLOSES, _CONTINUES))
"""The states of pieces that are quotation marks themselves."""
CASES = 4


@dataclass(frozen=True, slots=True)
class Window:
    """A paragraph, or as much of one as the tagger takes at once.

    ids: word pieces, with the first and last that the encoder adds. offsets: their spans in the article's
    text, (-1, -1) for the two added. marks, cases: for each piece, where it stands to the quotation marks
    and how its word is capitalised.
    """

    span: Span
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    marks: tuple[int, ...]
    cases: tuple[int, ...]


def windows(text: str, paragraph: Span, stretches: Sequence[Stretch], *, longest: int) -> list[Window]:
    """The paragraph as windows of at most ``longest`` word pieces, cut between sentences where it can be.

    stretches: the quoted stretches of the paragraph, in reading order.
    """
    pieces = _pieces(text, paragraph, stretches)
    room = longest - 2
    if len(pieces) <= room:
        return [_passage(paragraph, pieces)] if pieces else []
    starts = [piece[1] for piece in pieces]
    ends = [bisect_left(starts, span.start) for span in sentences(text, paragraph.start, paragraph.end)]
    made, at = [], 0
    while at < len(pieces):
        limit = min(at + room, len(pieces))
        if limit < len(pieces):
            cut = ends[bisect_left(ends, limit + 1) - 1] if ends else 0
            limit = cut if cut > at else limit
        part = pieces[at:limit]
        made.append(_passage(Span(part[0][1], part[-1][2]), part))
        at = limit
    return made


def _passage(span: Span, pieces: Sequence[tuple[int, int, int, int, int]]) -> Window:
    first, last = _piece("[CLS]"), _piece("[SEP]")
    ids, starts, ends, marks, cases = zip(*pieces, strict=True)
    return Window(
        span,
        (first, *ids, last),
        ((-1, -1), *zip(starts, ends, strict=True), (-1, -1)),
        (_OUTSIDE, *marks, _OUTSIDE),
        (_LOWER, *cases, _LOWER),
    )


def _piece(written: str) -> int:
    number: int | None = tokenizer(_UNBOUND).token_to_id(written)
    if number is None:
        raise ModelMissing(f"the word pieces have no {written}")
    return number


def _pieces(text: str, paragraph: Span, stretches: Sequence[Stretch]) -> list[tuple[int, int, int, int, int]]:
    """(id, start, end, mark state, case) of each piece of the paragraph."""
    vocabulary = tokenizer(_UNBOUND)
    inside = paragraph.of(text)
    states = [_OUTSIDE] * len(inside)
    marks: dict[int, int] = {}
    for stretch in stretches:
        state = _INSIDE if stretch.closed and stretch.opened else _INSIDE_UNCLOSED
        first, last = stretch.span.start - paragraph.start, stretch.span.end - paragraph.start
        states[first:last] = [state] * (last - first)
        for mark, role in ((stretch.opening, _CONTINUES if stretch.continues else _OPENS), (stretch.closing, _CLOSES)):
            if mark is not None:
                for at in range(mark.start - paragraph.start, mark.end - paragraph.start):
                    marks[at] = role if at == mark.start - paragraph.start else -1
    cases = [_LOWER] * len(inside)
    for word in _WORD.finditer(inside):
        if (case := _case(word.group())) != _LOWER:
            cases[word.start() : word.end()] = [case] * (word.end() - word.start())
    mark_id = _piece('"')
    encoding = vocabulary.encode(inside, add_special_tokens=False)
    found = []
    for id, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
        role = marks.get(start, 0)
        if role == -1 or (not role and inside[start:end] and set(inside[start:end]) <= _STRAY):
            continue
        found.append(
            (
                mark_id if role else id,
                paragraph.start + start,
                paragraph.start + end,
                role or states[start],
                cases[start],
            )
        )
    return found


def _case(word: str) -> int:
    if word[0].isupper():
        if len(word) > 1 and word.isupper():
            return _UPPER
        return _CAPITAL
    return _MIXED if any(char.isupper() for char in word) else _LOWER
