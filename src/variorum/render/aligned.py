"""Readings beside their base, word by word: which words both print, and whether one prints the other's."""

from collections.abc import Sequence

from variorum.records import Reading, Utterance, Variant
from variorum.render.apparatus import Apparatus
from variorum.text import Word, align, words


def words_of(apparatus: Apparatus, reading: Reading) -> list[Word]:
    """The words of a reading, stretch after stretch, with offsets into its report's text."""
    text = apparatus.article(reading.article).text
    return [word for span in reading.spans for word in words(text, span.start, span.end)]


def same_words(base: Sequence[Word], other: Sequence[Word]) -> dict[int, int]:
    """Indices of the words of ``base`` that ``other`` prints too, each with its index there."""
    return {
        block.a_start + step: block.b_start + step
        for block in align([word.key for word in base], [word.key for word in other])
        if block.kind == "equal"
        for step in range(block.a_end - block.a_start)
    }


def last_same_before(base: Sequence[Word], other: Sequence[Word], offset: int) -> int:
    """Index of the last word of ``base`` that ``other`` prints before ``offset`` of its text; -1 for none."""
    same = same_words(base, other)
    return max((i for i, j in same.items() if other[j].start < offset), default=-1)


def has_base(apparatus: Apparatus, utterance: Utterance, other: Reading, variant: Variant) -> bool:
    """Whether ``other`` prints the base's words where ``variant`` departs from them.

    Where the variant adds, that the words on either side of the place stand together in ``other``.
    """
    base = utterance.readings[utterance.base]
    base_words, other_words = words_of(apparatus, base), words_of(apparatus, other)
    same = same_words(base_words, other_words)
    if variant.base is not None and len(variant.base):
        there = [i for i, w in enumerate(base_words) if w.start < variant.base.end and variant.base.start < w.end]
        return bool(there) and all(i in same for i in there)
    departing = next((r for r in utterance.readings if any(v is variant for v in r.variants)), None)
    if departing is None or variant.reading is None:
        return False
    before = last_same_before(base_words, words_of(apparatus, departing), variant.reading.start)
    sides = [i for i in (before, before + 1) if 0 <= i < len(base_words)]
    return bool(sides) and all(i in same for i in sides) and (len(sides) < 2 or same[sides[1]] == same[sides[0]] + 1)
