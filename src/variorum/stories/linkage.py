"""Sorting a few articles by average linkage, with an eye to contrast."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    is ours: where two groups are each far more alike within than between, they tell two events of one kind. Reprints
    of one text are one text in it: that they are alike says nothing of their event.
    """
    count = len(alike)
    if count < 2:
        return (tuple(range(count)),) if count else ()
    pairs = alike[np.triu_indices(count, 1)]
    if pairs.max() < cut:
        return tuple((row,) for row in range(count))
    if all_one(float(pairs.min()), float(pairs.max()), cut, contrast, settings=settings):
        return (tuple(range(count)),)
    members = [[row] for row in range(count)]
    return _joined(_Groups(alike.copy(), [1] * count, [1] * count, [0.0] * count, members), cut, contrast, settings)


def sorted_further(
    between: NDArray[np.float64],
    insides: Sequence[NDArray[np.float64]],
    cut: float,
    contrast: float,
    *,
    settings: Stories,
) -> tuple[tuple[int, ...], ...]:
    """As :func:`sorted_out`, where the rows of ``between`` are groups already.

    insides: for each of them, the likeness of every pair of some of its articles, which speak for it.
    """
    sizes = [len(inside) for inside in insides]
    within = [float(inside.sum()) / 2 for inside in insides]
    one_text = [total >= settings.reprinted * size * (size - 1) / 2 for total, size in zip(within, sizes, strict=True)]
    texts = [1 if one else size for one, size in zip(one_text, sizes, strict=True)]
    within = [0.0 if one else total for one, total in zip(one_text, within, strict=True)]
    members = [[row] for row in range(len(sizes))]
    return _joined(_Groups(between.copy(), sizes, texts, within, members), cut, contrast, settings)


@dataclass(slots=True)
class _Groups:
    """Groups of rows. between: mean likeness of every two, shape ``(n, n)``. sizes: their rows. texts: their different
    texts. within: the sum of the likenesses of every two texts."""

    between: NDArray[np.float64]
    sizes: list[int]
    texts: list[int]
    within: list[float]
    members: list[list[int]]


def _joined(groups: _Groups, cut: float, contrast: float, settings: Stories) -> tuple[tuple[int, ...], ...]:
    between, sizes, texts, within = groups.between, groups.sizes, groups.texts, groups.within
    members = groups.members
    count = len(between)
    np.fill_diagonal(between, -1.0)
    open_pairs = between.copy()
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


def _cohesion(within: float, texts: int, settings: Stories) -> float:
    """A group's mean likeness, averaged with that of a few pairs that are only just alike."""
    pairs = texts * (texts - 1) / 2
    return (within + settings.contrast_pairs * settings.alike) / (pairs + settings.contrast_pairs)
