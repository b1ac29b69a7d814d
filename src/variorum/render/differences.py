"""Where the words of one joined place depart from those of its counterpart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.config.render import Render
from variorum.records import Span
from variorum.text import Word, align, words

DifferenceKind = Literal["only", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that stand otherwise in the counterpart.

    kind: ``only`` where nothing stands for them there, ``changed`` where other words do. text: the words themselves.
    other: what the counterpart has instead, empty for ``only``.
    """

    kind: DifferenceKind
    start: int
    end: int
    text: str
    other: str


@dataclass(frozen=True, slots=True)
class Held:
    """One place held against another. same: share of the longer one's words that are the same, in [0, 1].

    here, there: the differences in either. marked: whether so many words are the same that the differences are
    worth marking; where not, ``here`` and ``there`` are empty.
    """

    same: float
    marked: bool
    here: tuple[Difference, ...]
    there: tuple[Difference, ...]


def held(text: str, spans: Sequence[Span], other_text: str, other_spans: Sequence[Span]) -> Held:
    """The words of ``text`` in ``spans`` against those of ``other_text`` in ``other_spans``."""
    a = [word for span in spans for word in words(text, span.start, span.end)]
    b = [word for span in other_spans for word in words(other_text, span.start, span.end)]
    blocks = align([word.key for word in a], [word.key for word in b])
    equal = sum(block.a_end - block.a_start for block in blocks if block.kind == "equal")
    same = equal / max(len(a), len(b), 1)
    if same < Render().marked_share:
        return Held(same, False, (), ())
    here: list[Difference] = []
    there: list[Difference] = []
    for block in blocks:
        if block.kind != "equal":
            mine, theirs = a[block.a_start : block.a_end], b[block.b_start : block.b_end]
            here.extend(_differences(text, spans, mine, _printed(other_text, theirs)))
            there.extend(_differences(other_text, other_spans, theirs, _printed(text, mine)))
    return Held(same, True, tuple(here), tuple(there))


def _printed(text: str, found: Sequence[Word]) -> str:
    return text[found[0].start : found[-1].end] if found else ""


def _differences(text: str, spans: Sequence[Span], found: Sequence[Word], other: str) -> list[Difference]:
    """The words as one stretch in each of the spans they lie in."""
    kind: DifferenceKind = "changed" if other else "only"
    stretches = ([word for word in found if span.start <= word.start < span.end] for span in spans)
    return [
        Difference(kind, inside[0].start, inside[-1].end, text[inside[0].start : inside[-1].end], other)
        for inside in stretches
        if inside
    ]
