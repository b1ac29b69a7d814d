"""Runs of words that two sequences share in whatever order (greedy string tiling, Wise 1993)."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tile:
    """A shared run: where it begins in either sequence, and how long it is."""

    a: int
    b: int
    size: int


def tiles(a: Sequence[Hashable], b: Sequence[Hashable], least: int) -> tuple[Tile, ...]:
    """The longest run of equal members, then the longest of what is left, down to runs of ``least``.

    ``None`` equals nothing, so a sequence with members masked out is tiled without them. No member is in two
    tiles. Ties go to the run that begins first. O(len(a) * len(b)) for each tile found.
    """
    left, right = list(a), list(b)
    found: list[Tile] = []
    while True:
        best = longest_run(left, right)
        if best is None or best.size < least:
            return tuple(found)
        found.append(best)
        left[best.a : best.a + best.size] = [None] * best.size
        right[best.b : best.b + best.size] = [None] * best.size


def longest_run(a: Sequence[Hashable], b: Sequence[Hashable]) -> Tile | None:
    """The longest run of equal members, the first of several; ``None`` where nothing is shared."""
    places: dict[Hashable, list[int]] = {}
    for at, member in enumerate(b):
        if member is not None:
            places.setdefault(member, []).append(at)
    best: Tile | None = None
    ending: dict[int, int] = {}  # length of the run that ends at each place of b
    for at, member in enumerate(a):
        now: dict[int, int] = {}
        for place in places.get(member, ()) if member is not None else ():
            size = ending.get(place - 1, 0) + 1
            now[place] = size
            if best is None or size > best.size:
                best = Tile(at - size + 1, place - size + 1, size)
        ending = now
    return best
