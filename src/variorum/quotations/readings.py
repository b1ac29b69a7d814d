"""A reading held against the base: what was replaced, left out, put in, moved or bracketed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.quotations.equivalence import same_words
from variorum.quotations.units import Unit
from variorum.records import Agreement, Span, Variant, VariantKind
from variorum.text import Block, Word, align

_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|\[[^\]]{0,3}\]")
_STRUCK = re.compile(r"[—–*_-]{1,6}(?=\W|[a-z]{1,3}\b)")
_TRIMMED_TOO = 3  # words more on the base's side from which an end is cut as well as changed
_KINDS: dict[str, VariantKind] = {"replace": "replaced", "delete": "omitted", "insert": "added"}


@dataclass(frozen=True, slots=True)
class Compared:
    """How a reading stands to the base, and where it departs from it.

    fuller: whether the reading has words beyond the base's ends, so that the base cannot speak for it.
    """

    agreement: Agreement
    variants: tuple[Variant, ...]
    fuller: bool


def compare(base: Unit, base_text: str, reading: Unit, reading_text: str) -> Compared:
    """Hold one printing of an utterance against another.

    base_text, reading_text: the two articles' whole texts.

    What no mark announces and changes a word is *altered*; what a bracket announces is *bracketed*;
    words cut at the ends, or in the middle under an ellipsis, are *trimmed*.
    """
    blocks = _eased(_slid(align(base.keys, reading.keys), base.keys, reading.keys), base, reading)
    variants: list[Variant] = []
    cut = fuller = False
    for at, block in enumerate(blocks):
        first, last = at == 0, at == len(blocks) - 1
        edge = first or last
        if block.kind == "replace" and _masked(block, base, reading, base_text, reading_text):
            continue
        if block.kind == "equal":
            variants.extend(_brackets(block, base, base_text, reading, reading_text))
        elif (
            block.kind == "delete"
            and not _spliced(reading, first, last)
            and (edge or _elided(reading, reading_text, block))
        ):
            cut = True
        elif block.kind == "insert" and edge:
            fuller = True  # the outlet prints more of the speech than the base does: no departure from it
        else:
            shown = _nearest_words(block, first=first) if edge and block.kind == "replace" else block
            variants.append(_variant(shown, base, base_text, reading, reading_text))
    variants = _moved(variants)
    if any(variant.kind != "bracketed" for variant in variants):
        return Compared("altered", tuple(variants), fuller)
    if variants:
        return Compared("bracketed", tuple(variants), fuller)
    return Compared("trimmed" if cut else "verbatim", (), fuller)


def _slid(blocks: Sequence[Block], base: Sequence[str], reading: Sequence[str]) -> list[Block]:
    """The alignment with gaps moved to the ends where the words allow it.

    "The report says that the driver slept" trimmed to "the driver slept" lacks its beginning, not its
    middle; an alignment may match the wrong "the".
    """
    ahead = _slid_to_front(list(blocks), base, reading)
    mirrored = [_mirrored(block, len(base), len(reading)) for block in reversed(ahead)]
    behind = _slid_to_front(mirrored, base[::-1], reading[::-1])
    return [_mirrored(block, len(base), len(reading)) for block in reversed(behind)]


def _mirrored(block: Block, base: int, reading: int) -> Block:
    return Block(block.kind, base - block.a_end, base - block.a_start, reading - block.b_end, reading - block.b_start)


def _slid_to_front(blocks: list[Block], base: Sequence[str], reading: Sequence[str]) -> list[Block]:
    at = 0 if blocks and blocks[0].kind == "equal" else 1
    if len(blocks) < at + 3 or [block.kind == "equal" for block in blocks[at : at + 3]] != [True, False, True]:
        return blocks
    run, gap, rest = blocks[at : at + 3]
    size = run.a_end - run.a_start
    if gap.kind == "delete" and list(base[gap.a_end - size : gap.a_end]) == list(reading[run.b_start : run.b_end]):
        start = gap.a_end - size
        front = _front(0, start, 0, run.b_start)
        return [*front, Block("equal", start, rest.a_end, run.b_start, rest.b_end), *blocks[at + 3 :]]
    if gap.kind == "insert" and list(reading[gap.b_end - size : gap.b_end]) == list(base[run.a_start : run.a_end]):
        start = gap.b_end - size
        front = _front(0, run.a_start, 0, start)
        return [*front, Block("equal", run.a_start, rest.a_end, start, rest.b_end), *blocks[at + 3 :]]
    return blocks


def _front(a_start: int, a_end: int, b_start: int, b_end: int) -> list[Block]:
    if a_start == a_end and b_start == b_end:
        return []
    kind: Literal["replace", "delete", "insert"] = (
        "insert" if a_start == a_end else "delete" if b_start == b_end else "replace"
    )
    return [Block(kind, a_start, a_end, b_start, b_end)]


def _nearest_words(block: Block, *, first: bool) -> Block:
    """At an end that the outlet also trimmed, only as many of the base's words as it put others for."""
    size = block.b_end - block.b_start
    if block.a_end - block.a_start <= size + _TRIMMED_TOO:
        return block
    if first:
        return Block("replace", block.a_end - size, block.a_end, block.b_start, block.b_end)
    return Block("replace", block.a_start, block.a_start + size, block.b_start, block.b_end)


def _eased(blocks: Sequence[Block], base: Unit, reading: Unit) -> list[Block]:
    """The alignment with blocks that are the same words in other letters made equal, word for word."""
    made = []
    for block in blocks:
        a, b = base.keys[block.a_start : block.a_end], reading.keys[block.b_start : block.b_end]
        if block.kind == "replace" and same_words(a, b):
            block = Block("equal", block.a_start, block.a_end, block.b_start, block.b_end)
        made.append(block)
    return made


def _spliced(reading: Unit, first: bool, last: bool) -> bool:
    """Whether words are missing where the outlet ran on, inside its marks, with others of the same speech."""
    return (first and reading.spliced_before) or (last and reading.spliced_after)


def _elided(reading: Unit, text: str, block: Block) -> bool:
    """Whether an ellipsis, or a break between two quoted pieces, stands where the words are missing."""
    if not 0 < block.b_start < len(reading.words):
        return True
    start, end = reading.words[block.b_start - 1].end, reading.words[block.b_start].start
    broken = any(start <= span.start <= end for span in reading.spans)
    return broken or bool(_ELLIPSIS.search(text, start, end))


def _brackets(block: Block, base: Unit, base_text: str, reading: Unit, text: str) -> list[Variant]:
    """Words that one of the two prints in square brackets though both have them."""
    if block.a_end - block.a_start != block.b_end - block.b_start:
        return []
    found = []
    for a, b in zip(range(block.a_start, block.a_end), range(block.b_start, block.b_end), strict=True):
        if _in_brackets(text, reading.words[b]) and not _in_brackets(base_text, base.words[a]):
            one = Block("replace", a, a + 1, b, b + 1)
            found.append(_variant(one, base, base_text, reading, text))
    return found


def _masked(block: Block, base: Unit, reading: Unit, base_text: str, text: str) -> bool:
    """Whether one of the two prints an oath with letters struck out ("f—", "s***"): it says so itself."""
    if block.a_end - block.a_start != 1:
        return False
    first, other = base.words[block.a_start], reading.words[block.b_start]
    struck = _STRUCK.match(text, other.end) or _STRUCK.match(base_text, first.end)
    return bool(struck) and first.key[:1] == other.key[:1] and min(len(first.key), len(other.key)) <= 2


def _in_brackets(text: str, word: Word) -> bool:
    opening, closing = (
        text.rfind("[", max(0, word.start - 60), word.start),
        text.rfind("]", max(0, word.start - 60), word.start),
    )
    return opening > closing and text.find("]", word.end, word.end + 60) >= 0


def _in_parentheses(text: str, found: Sequence[Word]) -> bool:
    """Whether exactly these words stand in round brackets, as some outlets mark what they put in."""
    if not found:
        return False
    before, after = text[: found[0].start].rstrip(), text[found[-1].end : found[-1].end + 3].lstrip(" ’'s")
    return before[-1:] == "(" and after[:1] == ")"


def _variant(block: Block, base: Unit, base_text: str, reading: Unit, text: str) -> Variant:
    base_span = _span(base.words, block.a_start, block.a_end)
    reading_span = _span(reading.words, block.b_start, block.b_end)
    inside = reading.words[block.b_start : block.b_end]
    of_base = base.words[block.a_start : block.a_end]
    bracketed = any(_in_brackets(text, word) for word in inside) or any(
        _in_brackets(base_text, word) for word in of_base
    )
    bracketed = bracketed or (block.kind != "delete" and _in_parentheses(text, inside))
    bracketed = bracketed or (block.kind == "replace" and _in_parentheses(base_text, of_base))
    return Variant(
        kind="bracketed" if bracketed else _KINDS[block.kind],
        base_text=base_span.of(base_text) if base_span is not None else "",
        reading_text=reading_span.of(text) if reading_span is not None else "",
        base=base_span,
        reading=reading_span,
    )


def _span(found: Sequence[Word], start: int, end: int) -> Span | None:
    return Span(found[start].start, found[end - 1].end) if start < end else None


def _moved(variants: Sequence[Variant]) -> list[Variant]:
    """An omission and an addition of the same words are one move."""
    made = list(variants)
    for gone in [variant for variant in variants if variant.kind == "omitted"]:
        for come in [variant for variant in made if variant.kind == "added"]:
            if gone in made and gone.base_text.casefold() == come.reading_text.casefold() and " " in gone.base_text:
                made[made.index(gone)] = Variant("moved", gone.base_text, come.reading_text, gone.base, come.reading)
                made.remove(come)
    return made
