"""Which quoted sentences of two articles are the same words."""

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.config import Quotations as Settings
from variorum.quotations.equivalence import same_words
from variorum.quotations.units import Unit, content, repeats, tells
from variorum.text import Block, align, tiles

FRAGMENT_WORDS = 7
"""Words below which a quoted fragment says too little to join two sentences."""

_LONG_RUN = 4  # words; a single word beside a longer shared run is part of the same sentence


@dataclass(frozen=True, slots=True)
class Match:
    """How two units correspond. a_at, b_at: the stretch of each one's words that is shared, ends exclusive.

    likeness: share of the shorter's words in shared runs, in [0, 1]. shared: number of shared words.
    """

    a: int
    b: int
    a_at: tuple[int, int]
    b_at: tuple[int, int]
    likeness: float
    shared: int


def match(a: int, b: int, one: Unit, other: Unit, settings: Settings) -> Match | None:
    """The match of two units, or ``None`` when they are not readings of one utterance.

    Words decide, not likeness of meaning: enough of the shorter must stand in shared runs, and enough
    of its content words, names aside, must be shared, unless nearly all of it is. A fragment
    counts by its own length, so three words of a long sentence are a reading of it when they are all there.
    """
    runs = _runs(_joined(one.keys, other.keys), one.keys, settings)
    moved = _elsewhere(one.keys, other.keys, runs, settings)
    in_order = sum(end - start for start, end, _, _ in runs)
    shared = in_order + sum(end - start for start, end, _, _ in moved)
    if shared < settings.shared_share_moved * min(len(one.keys), len(other.keys)):
        moved, shared = [], in_order
    runs += moved
    shorter = min((one, other), key=lambda unit: (len(unit.keys), unit.order))
    fewest = min(settings.shared_words, len(shorter.keys))
    if not runs or shared < fewest:
        return None
    # One word more at an end is no place to tell where another sentence begins.
    firm = [run for run in runs if run[1] - run[0] > 1]
    a_at = min(run[0] for run in firm), max(run[1] for run in firm)
    b_at = min(run[2] for run in firm), max(run[3] for run in firm)
    likeness = min(1.0, shared / len(shorter.keys))
    longer = other if shorter is one else one
    wanted = set(content(sorted(shorter.plain), settings.content_rarity))
    if len(shorter.keys) < FRAGMENT_WORDS:
        # A fragment of few words must be all there, and be more than a turn of phrase.
        telling = len(wanted) > 1 or (bool(wanted) and len(shorter.keys) > settings.telling_run)
        if likeness < 1.0 or not telling or _two_speakers(one, other):
            return None
    wanted = wanted or set(shorter.keys)
    kept = len(wanted & set(longer.keys)) / len(wanted)  # in any order: clauses move
    least = settings.shared_share_short if len(shorter.keys) < settings.short_words else _least(one, other, settings)
    if likeness >= settings.shared_nearly_all and shared >= settings.sentence_words:
        return Match(a, b, a_at, b_at, likeness, shared)
    if likeness < least or kept < settings.shared_content:
        return None
    return Match(a, b, a_at, b_at, likeness, shared)


def _two_speakers(one: Unit, other: Unit) -> bool:
    return one.speaker is not None and other.speaker is not None and one.speaker != other.speaker


def _least(one: Unit, other: Unit, settings: Settings) -> float:
    """The share that must be shared: least where both articles name one speaker, most where they name two."""
    if one.speaker is None or other.speaker is None:
        return settings.shared_share_unsure
    return settings.shared_share if one.speaker == other.speaker else settings.shared_share_apart


def _joined(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The alignment with the same words in other letters taken as equal ("city's", "city has")."""
    made: list[Block] = []
    for block in align(a, b):
        same = block.kind == "equal" or (
            block.kind == "replace" and same_words(a[block.a_start : block.a_end], b[block.b_start : block.b_end])
        )
        if same and made and made[-1].kind == "equal":
            made[-1] = Block("equal", made[-1].a_start, block.a_end, made[-1].b_start, block.b_end)
        else:
            made.append(Block("equal" if same else block.kind, block.a_start, block.a_end, block.b_start, block.b_end))
    return made


def _runs(blocks: Sequence[Block], keys: Sequence[str], settings: Settings) -> list[tuple[int, int, int, int]]:
    """Shared runs of two words and more, when one of them means something.

    A word here and there is shared by any two sentences, and counts for nothing.
    """
    runs = [
        block
        for at, block in enumerate(blocks)
        if block.kind == "equal" and (block.a_end - block.a_start > 1 or _stands_between(blocks, at))
    ]
    if not any(tells(keys[block.a_start : block.a_end], settings) for block in runs):
        return []
    return [(block.a_start, block.a_end, block.b_start, block.b_end) for block in runs]


def _stands_between(blocks: Sequence[Block], at: int) -> bool:
    """Whether one shared word stands beside a long shared run, one word of others between them, or two put for one."""
    for gap, run in ((at - 1, at - 2), (at + 1, at + 2)):
        if min(gap, run) < 0 or max(gap, run) >= len(blocks):
            continue
        sizes = blocks[gap].a_end - blocks[gap].a_start, blocks[gap].b_end - blocks[gap].b_start
        put_for_another = max(sizes) <= 1 or (min(sizes) == 1 and max(sizes) == 2)
        if put_for_another and blocks[run].a_end - blocks[run].a_start > _LONG_RUN:
            return True
    return False


def _elsewhere(
    a: Sequence[str], b: Sequence[str], runs: Sequence[tuple[int, int, int, int]], settings: Settings
) -> list[tuple[int, int, int, int]]:
    """Shared runs that stand in another order than those found: clauses that were moved."""
    left: list[str | None] = list(a)
    right: list[str | None] = list(b)
    for a_start, a_end, b_start, b_end in runs:
        left[a_start:a_end] = [None] * (a_end - a_start)
        right[b_start:b_end] = [None] * (b_end - b_start)
    return [
        (tile.a, tile.a + tile.size, tile.b, tile.b + tile.size)
        for tile in tiles(left, right, settings.moved_words)
        if tells(a[tile.a : tile.a + tile.size], settings)
    ]


def pairs(found: Sequence[Unit], settings: Settings) -> list[Match]:
    """The matches between units of different articles, and between repeats inside one, best first.

    Candidates share a pair of neighbouring words; so a story of fifty reports does not align every
    sentence with every other.
    """
    index: dict[tuple[str, str], list[int]] = {}
    for at, unit in enumerate(found):
        for pair in set(zip(unit.keys, unit.keys[1:], strict=False)):
            index.setdefault(pair, []).append(at)
    candidates = {
        (low, high)
        for places in index.values()
        for position, low in enumerate(places)
        for high in places[position + 1 :]
    }
    matches = []
    for low, high in sorted(candidates):
        one, other = found[low], found[high]
        made = match(low, high, one, other, settings)
        if made is None:
            continue
        if one.article == other.article and not repeats(one.keys, other.keys):
            continue
        matches.append(made)
    return sorted(matches, key=lambda m: (-m.likeness * min(m.shared, 12), found[m.a].order, found[m.b].order))
