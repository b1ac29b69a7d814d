"""A reading held against the base: what was replaced, left out, put in, moved or bracketed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.config import Quotations as Settings
from variorum.quotations.equivalence import same_words
from variorum.quotations.units import ELLIPSIS, Unit, tells
from variorum.records import Agreement, Span, Variant, VariantKind
from variorum.text import Block, Tile, Word, align, tiles

_STRUCK = re.compile(r"[—–*_-]{1,6}(?=\W|[a-z]{1,3}\b)")
_CONTRACTED = 3  # words that one word in other letters may stand for
_DASH = re.compile(r"--|[—–]|\s-\s")
_SIC = re.compile(r"\s*[\[(]\s?sic\s?[\])]", re.I)
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


def compare(base: Unit, base_text: str, reading: Unit, reading_text: str, settings: Settings) -> Compared:
    """Hold one printing of an utterance against another.

    base_text, reading_text: the two articles' whole texts.

    What no mark announces and changes a word is *altered*; what a bracket announces is *bracketed*;
    words cut at the ends, or in the middle under an ellipsis, are *trimmed*.
    """
    blocks = _eased(_slid(align(base.keys, reading.keys), base.keys, reading.keys), base, reading)
    blocks = _dissolved(blocks, base.keys, settings)
    moves, blocks = _moves(blocks, base, reading, settings)
    variants = [_move(tile, base, base_text, reading, reading_text) for tile in moves]
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
            and (edge or _gap_marked(reading, reading_text, block.b_start))
        ):
            cut = True
        elif edge and block.kind == "replace" and _other_words(block, settings):
            cut = fuller = True  # each goes on with words of its own: what the other leaves out, not what it changed
        elif block.kind in ("insert", "delete") and _stammered(block, base, base_text, reading, reading_text):
            continue
        elif block.kind == "insert" and (edge or _gap_marked(base, base_text, block.a_start)):
            fuller = True  # the outlet prints more of the speech than the base does: no departure from it
        else:
            shown = _nearest_words(block, first=first) if edge and block.kind == "replace" else block
            variants.append(_variant(shown, base, base_text, reading, reading_text))
    variants.sort(key=lambda variant: (variant.base or variant.reading or Span(0, 0)).start)
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
    """The alignment with blocks that are the same words in other letters made equal, word for word.

    At the ends of a reading that was trimmed, a part of the block is enough: "because they are followers" and
    "They’re followers".
    """
    made: list[Block] = []
    for at, block in enumerate(blocks):
        a, b = base.keys[block.a_start : block.a_end], reading.keys[block.b_start : block.b_end]
        if block.kind != "replace":
            made.append(block)
        elif same_words(a, b):
            made.append(Block("equal", block.a_start, block.a_end, block.b_start, block.b_end))
        elif at == 0 and (cut := _beyond(a, b)) is not None:
            a_cut, b_cut = block.a_start + cut[0], block.b_start + cut[1]
            made.extend(_front(block.a_start, a_cut, block.b_start, b_cut))
            made.append(Block("equal", a_cut, block.a_end, b_cut, block.b_end))
        elif at == len(blocks) - 1 and (cut := _beyond(a[::-1], b[::-1])) is not None:
            a_cut, b_cut = block.a_end - cut[0], block.b_end - cut[1]
            made.append(Block("equal", block.a_start, a_cut, block.b_start, b_cut))
            made.extend(_front(a_cut, block.a_end, b_cut, block.b_end))
        else:
            made.append(block)
    return made


def _beyond(a: Sequence[str], b: Sequence[str]) -> tuple[int, int] | None:
    """How many words one of the two has before those that both have in other letters; ``None`` where none are."""
    for cut in range(1, max(len(a), len(b))):
        if cut < len(a) <= cut + _CONTRACTED and _same(a[cut:], b):
            return cut, 0
        if cut < len(b) <= cut + _CONTRACTED and _same(a, b[cut:]):
            return 0, cut
    return None


def _same(a: Sequence[str], b: Sequence[str]) -> bool:
    """As ``same_words``, for words in either order alike."""
    return same_words(a, b) or same_words(a[::-1], b[::-1])


def _dissolved(blocks: Sequence[Block], keys: Sequence[str], settings: Settings) -> list[Block]:
    """The alignment without stray words that two different passages happen to share ("the", "and")."""
    made: list[Block] = []
    for at, block in enumerate(blocks):
        stray = block.kind == "equal" and not tells(keys[block.a_start : block.a_end], settings)
        beside = [blocks[near] for near in (at - 1, at + 1) if 0 <= near < len(blocks)]
        lost = stray and len(beside) == 2
        lost = lost and all(other.kind == "replace" and _size(other) >= settings.moved_words for other in beside)
        kind: Literal["equal", "replace"] = "replace" if lost else "equal"
        one = Block(kind, block.a_start, block.a_end, block.b_start, block.b_end) if lost else block
        if made and made[-1].kind != "equal" and one.kind != "equal":
            last = made.pop()
            one = Block("replace", last.a_start, one.a_end, last.b_start, one.b_end)
        made.append(one)
    return made


def _size(block: Block) -> int:
    return max(block.a_end - block.a_start, block.b_end - block.b_start)


def _other_words(block: Block, settings: Settings) -> bool:
    """Whether so many words stand on either side that they are no wording of each other."""
    return min(block.a_end - block.a_start, block.b_end - block.b_start) > settings.telling_run


def _spliced(reading: Unit, first: bool, last: bool) -> bool:
    """Whether words are missing where the outlet ran on, inside its marks, with others of the same speech."""
    return (first and reading.spliced_before) or (last and reading.spliced_after)


def _gap_marked(unit: Unit, text: str, at: int) -> bool:
    """Whether an ellipsis, or a break between two quoted pieces, stands before the unit's word ``at``."""
    if not 0 < at < len(unit.words):
        return True
    start, end = unit.words[at - 1].end, unit.words[at].start
    broken = any(start <= span.start <= end for span in unit.spans)
    return broken or bool(ELLIPSIS.search(text, start, end))


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
    """Whether one of the two shows itself what it does: strikes letters out of an oath ("f—", "s***"), says "sic"."""
    if block.a_end - block.a_start != 1:
        return False
    first, other = base.words[block.a_start], reading.words[block.b_start]
    if _SIC.match(text, other.end) or _SIC.match(base_text, first.end):
        return True  # "throug (sic)": one of the two shows that it keeps a slip, the other mends it
    struck = _STRUCK.match(text, other.end) or _STRUCK.match(base_text, first.end)
    return bool(struck) and first.key[:1] == other.key[:1] and min(len(first.key), len(other.key)) <= 2


def _stammered(block: Block, base: Unit, base_text: str, reading: Unit, text: str) -> bool:
    """Whether the words one of the two has more only begin again, as speakers do: "this -- this ridiculous idea"."""
    if block.kind == "insert":
        found, words_of, first, last = reading, text, block.b_start, block.b_end
    else:
        found, words_of, first, last = base, base_text, block.a_start, block.a_end
    size, own = last - first, found.keys[first:last]
    again = own in (found.keys[max(0, first - size) : first], found.keys[last : last + size])
    start = found.words[max(0, first - 1)].start
    return again and bool(_DASH.search(words_of, start, found.words[min(last, len(found.words) - 1)].end))


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
    if block.kind == "delete" and block.a_end - block.a_start <= 2:
        # "[Orlov] no longer deserves" for "she (Orlov) no longer deserves": the bracket stands for the word.
        near = reading.words[max(0, block.b_start - 1) : block.b_start + 1]
        bracketed = bracketed or any(_in_brackets(text, word) for word in near)
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


def _moves(blocks: Sequence[Block], base: Unit, reading: Unit, settings: Settings) -> tuple[list[Tile], list[Block]]:
    """Clauses that stand elsewhere in the reading, and the alignment without them."""
    gone: list[str | None] = [None] * len(base.keys)
    come: list[str | None] = [None] * len(reading.keys)
    for block in blocks:
        if block.kind != "equal":
            gone[block.a_start : block.a_end] = base.keys[block.a_start : block.a_end]
            come[block.b_start : block.b_end] = reading.keys[block.b_start : block.b_end]
    found = [
        tile
        for tile in tiles(gone, come, settings.moved_words)
        if tells(base.keys[tile.a : tile.a + tile.size], settings)
    ]
    if not found:
        return [], list(blocks)
    made: list[Block] = []
    for block in blocks:
        if block.kind == "equal":
            made.append(block)
            continue
        left = _outside(block.a_start, block.a_end, [(tile.a, tile.a + tile.size) for tile in found])
        right = _outside(block.b_start, block.b_end, [(tile.b, tile.b + tile.size) for tile in found])
        if len(left) <= 1 and len(right) <= 1:
            made.extend(_front(*(left or [(block.a_start,) * 2])[0], *(right or [(block.b_start,) * 2])[0]))
        else:
            made.extend(Block("delete", start, end, block.b_start, block.b_start) for start, end in left)
            made.extend(Block("insert", block.a_end, block.a_end, start, end) for start, end in right)
    return found, made


def _outside(start: int, end: int, holes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    left = [(start, end)]
    for first, last in holes:
        left = [
            part
            for one in left
            for part in ((one[0], min(one[1], first)), (max(one[0], last), one[1]))
            if part[0] < part[1]
        ]
    return left


def _move(tile: Tile, base: Unit, base_text: str, reading: Unit, text: str) -> Variant:
    base_span = _span(base.words, tile.a, tile.a + tile.size)
    reading_span = _span(reading.words, tile.b, tile.b + tile.size)
    words = base_span.of(base_text) if base_span else "", reading_span.of(text) if reading_span else ""
    return Variant("moved", *words, base_span, reading_span)
