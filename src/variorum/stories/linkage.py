"""Sorting a few articles by average linkage, with an eye to contrast."""

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories


def sorted_out(
    alike: NDArray[np.float64], cut: float, contrast: float, *, settings: Stories
) -> tuple[tuple[int, ...], ...]:
    """Groups of the rows of ``alike``, each in order, in the order of their first rows.

    alike: likeness of every pair, shape ``(n, n)``, symmetric, zeros on the diagonal.
    cut: mean likeness from which two groups are one. contrast: share of their own mean likeness that two groups
    must reach between them.

    Average and not single linkage: a report that looks back on two events must not chain them into one. The contrast
    is ours: where two groups are each far more alike within than between, they tell two events of one kind.
    """
    count = len(alike)
    between = alike.copy()
    np.fill_diagonal(between, -1.0)
    if count < 2:
        return (tuple(range(count)),) if count else ()
    pairs = alike[np.triu_indices(count, 1)]
    if pairs.max() < cut:
        return tuple((row,) for row in range(count))
    if all_one(float(pairs.min()), float(pairs.max()), cut, contrast, settings=settings):
        return (tuple(range(count)),)
    open_pairs = between.copy()
    sizes, texts, within = [1] * count, [1] * count, [0.0] * count
    members = [[row] for row in range(count)]
    gone = np.eye(count, dtype=np.bool_)  # a row for each group: itself, and whatever was joined to another
    while True:
        one, other = divmod(int(open_pairs.argmax()), count)
        if open_pairs[one, other] < cut:
            break
        likeness = float(between[one, other])
        if min(texts[one], texts[other]) > 1 and likeness < contrast * min(
            _cohesion(within[at], texts[at], settings) for at in (one, other)
        ):
            open_pairs[one, other] = open_pairs[other, one] = -1.0
            continue
        if max(texts[one], texts[other]) > 1 or likeness < settings.reprinted:
            within[one] += within[other] + likeness * texts[one] * texts[other]
            texts[one] += texts[other]
        mean = (between[one] * sizes[one] + between[other] * sizes[other]) / (sizes[one] + sizes[other])
        gone[:, other] = True
        mean[gone[one]] = -1.0
        sizes[one] += sizes[other]
        members[one] += members[other]
        members[other] = []
        for table in (between, open_pairs):
            table[one] = table[:, one] = mean
            table[other] = table[:, other] = -1.0
    return tuple(sorted(tuple(sorted(rows)) for rows in members if rows))


def all_one(least: float, most: float, cut: float, contrast: float, *, settings: Stories) -> bool:
    """Whether pairs between ``least`` and ``most`` alike are one group in whatever order they are joined."""
    return least >= cut and least >= contrast * max(most, settings.alike)


def _cohesion(within: float, size: int, settings: Stories) -> float:
    """A group's mean likeness, averaged with that of a few pairs that are only just alike."""
    pairs = size * (size - 1) / 2
    return (within + settings.contrast_pairs * settings.alike) / (pairs + settings.contrast_pairs)
