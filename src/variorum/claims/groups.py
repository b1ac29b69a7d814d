"""Units that state one fact, brought together."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from variorum.claims.units import Unit
from variorum.config.claims import Claims

Floats = NDArray[np.float32]
_Place = tuple[str, int, int]


def chosen(units: Sequence[Unit], alike: Floats, *, settings: Claims) -> tuple[int, ...]:
    """Indices of the units to group: of overlapping stretches the ones that find the best partner elsewhere.

    Pairs are taken from the most alike down, whole sentences before clauses of equal merit; a stretch
    that overlaps one already taken is out. Sentences of which nothing was taken stay whole.
    """
    taken: set[int] = set()
    out: set[int] = set()
    beside = _overlapping(units)
    for a, b in _pairs(units, alike, settings):
        if a in out or b in out or (b in beside[a]):
            continue
        for at in (a, b):
            taken.add(at)
            out |= beside[at] - taken
    for at, unit in enumerate(units):
        if unit.whole and at not in out:
            taken.add(at)
            out |= beside[at]
    rest = [at for at in range(len(units)) if at not in out and at not in taken]
    for at in sorted(rest, key=lambda at: (units[at].place[0], units[at].start, -units[at].end)):
        if at not in out:
            taken.add(at)
            out |= beside[at]
    return tuple(sorted(taken))


def _pairs(units: Sequence[Unit], alike: Floats, settings: Claims) -> list[tuple[int, int]]:
    rows, columns = np.nonzero(np.triu(alike, 1) >= settings.same_claim)
    graded: list[tuple[float, _Place, _Place, int, int]] = []
    for a, b in zip(rows.tolist(), columns.tolist(), strict=True):
        if units[a].report is units[b].report:
            continue
        bonus = settings.whole_sentence * (units[a].whole + units[b].whole) / 2
        first, second = sorted((units[a].place, units[b].place))
        graded.append((-round(float(alike[a, b]) + bonus, 6), first, second, a, b))
    return [(a, b) for _, _, _, a, b in sorted(graded)]


def _overlapping(units: Sequence[Unit]) -> list[set[int]]:
    by_sentence: dict[tuple[str, int], list[int]] = {}
    for at, unit in enumerate(units):
        by_sentence.setdefault((unit.place[0], unit.sentence), []).append(at)
    return [
        {other for other in by_sentence[unit.place[0], unit.sentence] if other != at and units[other].overlaps(unit)}
        for at, unit in enumerate(units)
    ]


def groups(
    units: Sequence[Unit], alike: Floats, differ: Callable[[Unit, Unit], bool], *, settings: Claims
) -> tuple[tuple[int, ...], ...]:
    """Units brought together by average linkage, as tuples of indices; singletons included.

    differ: whether a figure, name, date or negation keeps two units from being one claim. A group never
    holds two such units. Two groups join while the mean likeness over all pairs between them is at least
    ``same_claim``, the most alike first, so no chain of near neighbours grows into a blob.
    """
    members: dict[int, list[int]] = {at: [at] for at in range(len(units))}
    barred = _barred(units, alike, differ, settings)
    linked = {at: {int(o) for o in np.nonzero(alike[at] >= settings.same_claim)[0] if o != at} for at in members}
    while True:
        best: tuple[float, tuple[tuple[str, int, int], ...], int, int] | None = None
        for a in members:
            for b in linked[a]:
                if b <= a or b not in members:
                    continue
                mean = float(alike[np.ix_(members[a], members[b])].mean())
                if mean < settings.same_claim or any(
                    (min(x, y), max(x, y)) in barred for x in members[a] for y in members[b]
                ):
                    continue
                key = (-round(mean, 6), tuple(sorted(units[at].place for at in (*members[a], *members[b]))), a, b)
                if best is None or key < best:
                    best = key
        if best is None:
            break
        _, _, a, b = best
        members[a] = members[a] + members.pop(b)
        linked[a] |= linked.pop(b)
        linked[a].discard(a)
        for others in linked.values():
            if b in others:
                others.discard(b)
                others.add(a)
        linked[a].discard(a)
    return tuple(tuple(sorted(each)) for _, each in sorted(members.items()))


def _barred(
    units: Sequence[Unit], alike: Floats, differ: Callable[[Unit, Unit], bool], settings: Claims
) -> set[tuple[int, int]]:
    """Pairs that may not meet. Asked only where they might: pairs at all alike."""
    rows, columns = np.nonzero(np.triu(alike, 1) >= settings.at_all_alike)
    return {
        (a, b)
        for a, b in zip(rows.tolist(), columns.tolist(), strict=True)
        if units[a].overlaps(units[b]) or differ(units[a], units[b])
    }
