"""Units that state one fact, brought together."""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

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
    report = np.unique([unit.place[0] for unit in units], return_inverse=True)[1]
    apart = report[:, None] != report[None, :]  # what one report says twice, nobody else has said
    linked = sparse.csr_array(((alike >= settings.same_claim) & apart).astype(np.int8))
    count, component = connected_components(linked, directed=False)
    held: list[list[int]] = [[] for _ in range(count)]
    for at, of in enumerate(component.tolist()):
        held[of].append(at)
    found = [group for each in held for group in _linked(each, units, alike, differ, settings)]
    return tuple(sorted(found))


def _linked(
    ats: Sequence[int], units: Sequence[Unit], alike: Floats, differ: Callable[[Unit, Unit], bool], settings: Claims
) -> list[tuple[int, ...]]:
    """Average linkage within one connected component; sums of likeness are kept, not taken again."""
    if len(ats) == 1:
        return [(ats[0],)]
    of = [units[at] for at in ats]
    inner = alike[np.ix_(ats, ats)]
    barred = _barred(of, inner, differ, settings)
    sums = inner.astype(np.float64)
    members: dict[int, list[int]] = {at: [at] for at in range(len(of))}
    grown = [0] * len(of)
    queue: list[tuple[float, _Place, _Place, int, int, int, int]] = []

    def offer(a: int) -> None:
        for b in members:
            mean = sums[a, b] / (len(members[a]) * len(members[b]))
            own = len(members[a]) == len(members[b]) == 1 and of[a].report is of[b].report
            if a != b and not own and mean >= settings.same_claim and not barred[a, b]:
                first, second = sorted((a, b), key=lambda at: of[at].place)
                entry = (-round(mean, 6), of[first].place, of[second].place, first, second, grown[first], grown[second])
                heappush(queue, entry)

    for a in range(len(of)):
        offer(a)
    while queue:
        _, _, _, a, b, when_a, when_b = heappop(queue)
        if a not in members or b not in members or (grown[a], grown[b]) != (when_a, when_b):
            continue
        members[a] += members.pop(b)
        sums[a] += sums[b]
        sums[:, a] += sums[:, b]
        barred[a] |= barred[b]
        barred[:, a] |= barred[:, b]
        grown[a] += 1
        offer(a)
    return [tuple(sorted(ats[at] for at in each)) for each in members.values()]


def _barred(
    units: Sequence[Unit], alike: Floats, differ: Callable[[Unit, Unit], bool], settings: Claims
) -> NDArray[np.bool_]:
    """Which two may not meet. Asked only where they might: of pairs at all alike."""
    barred = np.zeros(alike.shape, dtype=np.bool_)
    rows, columns = np.nonzero(np.triu(alike, 1) >= settings.at_all_alike)
    for a, b in zip(rows.tolist(), columns.tolist(), strict=True):
        if units[a].overlaps(units[b]) or differ(units[a], units[b]):
            barred[a, b] = barred[b, a] = True
    return barred
