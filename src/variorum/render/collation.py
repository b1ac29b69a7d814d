"""Every reading of one utterance against the base, word by word: what each prints at each place of variation.

What is shown as changed is what the edition's variants say, and nothing else. A base word that a reading does not
print, and of which no variant tells, is one that it does not reach: never an omission.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.config.quotations import Quotations
from variorum.records import Reading, Span, Utterance, Variant, VariantKind
from variorum.render.aligned import last_same_before, words_of
from variorum.render.apparatus import Apparatus
from variorum.render.quotations_view import Standing, weigh
from variorum.text import Word, align, words

Reach = Literal["same", "beyond", "gap"]

_MARKED_GAP = re.compile(r"…|\.\s?\.\s?\.")

_CONTRACTED = 3  # words more that the base may have where two printings are the same in other letters


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the base as it is printed, its punctuation with it. tight: whether no space stands before it."""

    text: str
    tight: bool


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a reading departs from words ``[at, end)`` of the base.

    at and end are equal where it adds words before ``at``. words: what it prints there. to: of words that moved,
    before which word of the base they stand now. open: whether the reading shows itself that it changed something.
    standing: of an unmarked change.
    """

    at: int
    end: int
    kind: VariantKind
    words: str
    to: int | None
    open: bool
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Collated:
    """One reading. reach: for each word of the base, whether it prints it, does not reach it, or leaves it out openly.

    Words under a departure count as reached. before, after: words it prints beyond the ends of the base.
    """

    reading: Reading
    reach: tuple[Reach, ...]
    departures: tuple[Departure, ...]
    before: str
    after: str

    def covering(self, at: int, end: int) -> tuple[Departure, ...]:
        """The departures that touch words ``[at, end)`` of the base, or the place between two words."""
        return tuple(
            one
            for one in self.departures
            if (one.at, one.end) == (at, end)
            or (one.at < end and at < one.end)
            or (at == end and one.at < at < one.end)
        )


def tokens(text: str, spans: Sequence[Span]) -> tuple[Token, ...]:
    """The words of a reading as printed. Text between two words goes with the word it touches."""
    made: list[Token] = []
    for number, span in enumerate(spans):
        found = words(text, span.start, span.end)
        starts = [_opening(text, a, b) for a, b in zip((span.start, *(w.end for w in found)), found, strict=False)]
        if found:
            starts[0] = span.start
        for at, start in enumerate(starts):
            end = starts[at + 1] if at + 1 < len(starts) else span.end
            said = " ".join(text[start:end].split())
            tight = at > 0 and not text[start - 1 : start].isspace()
            made.append(Token(("… " if number and not at else "") + said, tight))
    return tuple(made)


def _opening(text: str, before: int, word: Word) -> int:
    """Where a word begins, with the bracket or mark that opens before it."""
    between = text[before : word.start]
    space = max((at for at, char in enumerate(between) if char.isspace()), default=None)
    return word.start if space is None else before + space + 1


def collate(apparatus: Apparatus, utterance: Utterance) -> tuple[Collated, ...]:
    """Every reading that gives the words, in the order of the utterance; those that only report them are left out."""
    base = utterance.readings[utterance.base]
    base_words = words_of(apparatus, base)
    return tuple(
        _collated(apparatus, utterance, base, base_words, reading)
        for reading in utterance.readings
        if reading.agreement != "reported" or reading is base
    )


def _collated(
    apparatus: Apparatus, utterance: Utterance, base: Reading, base_words: Sequence[Word], reading: Reading
) -> Collated:
    whole = tuple[Reach, ...]("same" for _ in base_words)
    if reading is base:
        return Collated(reading, whole, (), "", "")
    own = words_of(apparatus, reading)
    departures = tuple(
        sorted(
            (_departure(apparatus, utterance, reading, variant, base_words, own) for variant in reading.variants),
            key=lambda one: (one.at, one.end),
        )
    )
    before, after = _running_on(apparatus, reading, base_words, own)
    if reading.agreement == "verbatim":
        return Collated(reading, whole, departures, before, after)
    reach = _reach(apparatus, reading, base_words, own, departures)
    return Collated(reading, reach, departures, before, after)


def _departure(
    apparatus: Apparatus,
    utterance: Utterance,
    reading: Reading,
    variant: Variant,
    base_words: Sequence[Word],
    own: Sequence[Word],
) -> Departure:
    new = last_same_before(base_words, own, variant.reading.start) + 1 if variant.reading is not None else None
    there = [
        at
        for at, word in enumerate(base_words)
        if variant.base is not None and word.start < variant.base.end and variant.base.start < word.end
    ]
    at, end = (there[0], there[-1] + 1) if there else (new or 0, new or 0)
    is_open = variant.kind == "bracketed" or reading.agreement != "altered"
    return Departure(
        at=at,
        end=end,
        kind=variant.kind,
        words=_as_printed(apparatus, reading, variant),
        to=new if variant.kind == "moved" else None,
        open=is_open,
        standing=None if is_open else weigh(apparatus, utterance, reading, variant).standing,
    )


def _as_printed(apparatus: Apparatus, reading: Reading, variant: Variant) -> str:
    """The reading's words there, in the brackets that they stand in."""
    said = " ".join(variant.reading_text.split())
    if variant.kind == "bracketed" and variant.reading is not None and said:
        text = apparatus.article(reading.article).text
        before, after = text[: variant.reading.start][-1:], text[variant.reading.end :][:1]
        if (before, after) in (("[", "]"), ("(", ")")):
            return f"{before}{said}{after}"
    return said


def _reach(
    apparatus: Apparatus,
    reading: Reading,
    base_words: Sequence[Word],
    own: Sequence[Word],
    departures: Sequence[Departure],
) -> tuple[Reach, ...]:
    """Unequal words that no variant tells of are the same in other letters, or not reached at an end."""
    made: list[Reach] = ["beyond"] * len(base_words)
    blocks = align([word.key for word in base_words], [word.key for word in own])
    other_words = Quotations().telling_run
    for number, block in enumerate(blocks):
        edge = number in (0, len(blocks) - 1)
        size, own_size = block.a_end - block.a_start, block.b_end - block.b_start
        told = any(one.at < block.a_end and block.a_start < one.end for one in departures)
        other = told or size > own_size + _CONTRACTED or (edge and min(size, own_size) > other_words)
        reach: Reach = "beyond"
        if block.kind == "equal" or (block.kind == "replace" and not other):
            reach = "same"
        elif block.kind == "delete" and not edge and _marked(apparatus, reading, own, block.b_start):
            reach = "gap"
        made[block.a_start : block.a_end] = [reach] * (block.a_end - block.a_start)
    for one in departures:
        made[one.at : one.end] = ["same"] * (one.end - one.at)
    return tuple(made)


def _marked(apparatus: Apparatus, reading: Reading, own: Sequence[Word], at: int) -> bool:
    """Whether an ellipsis, or the break between two stretches, stands before the reading's word ``at``."""
    if not 0 < at < len(own):
        return False
    start, end = own[at - 1].end, own[at].start
    if any(start <= span.start <= end for span in reading.spans[1:]):
        return True
    return bool(_MARKED_GAP.search(apparatus.article(reading.article).text, start, end))


def _running_on(
    apparatus: Apparatus, reading: Reading, base_words: Sequence[Word], own: Sequence[Word]
) -> tuple[str, str]:
    """What a reading prints before the first and after the last word it has in common, where no variant tells of it."""
    blocks = align([word.key for word in base_words], [word.key for word in own])
    told = [variant.reading for variant in reading.variants if variant.reading is not None]
    text = apparatus.article(reading.article).text

    def beyond(found: Sequence[Word]) -> str:
        free = [word for word in found if not any(s.start < word.end and word.start < s.end for s in told)]
        return " ".join(text[free[0].start : free[-1].end].split()) if free else ""

    first, last = (blocks[0], blocks[-1]) if blocks else (None, None)
    return (
        beyond(own[first.b_start : first.b_end]) if first and first.kind == "insert" else "",
        beyond(own[last.b_start : last.b_end]) if last and last is not first and last.kind == "insert" else "",
    )


def places(found: Sequence[Collated]) -> tuple[tuple[int, int], ...]:
    """The places of variation, as stretches of the base's words, in order."""
    return tuple(sorted({(one.at, one.end) for row in found for one in row.departures}))


def stretches(row: Collated) -> Iterator[tuple[int, int, Reach]]:
    """The stretches of the base that a reading does not print without having changed them."""
    start = 0
    for at in range(1, len(row.reach) + 1):
        if at == len(row.reach) or row.reach[at] != row.reach[start]:
            if row.reach[start] != "same":
                yield start, at, row.reach[start]
            start = at
