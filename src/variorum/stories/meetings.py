"""Which articles of a block are alike."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories
from variorum.stories.slips import STEPS, Slip, Slips, side_by_side


def meetings(slips: Sequence[Slip], *, settings: Stories) -> list[tuple[str, str, float]]:
    """Pairs of articles of one block that are alike, by their heaviest words and by days.

    slips: those of the block, of its least ranks, in any order, which changes nothing.
    Returns (a, b, alike) with a < b, sorted; alike in [0, 1], an estimate that is low rather than high, and
    ``settings.rungs[0]`` at the least. Of each article at most its ``settings.most_compared`` best pairs, and those of
    which it is one of the other's best.

    A report in another language has no words to compare: it is as alike as the share of the other's names and numbers
    that it has, where ``settings.foreign_names`` of them stand for ``settings.alike``. Two of them are not compared.

    In a block over all time only pairs are wanted one of which gives no day; two that give theirs meet in their span.
    Where it is full its word is no sign of one event and nothing says that two are of one year, so that they must be
    ``settings.timeless_alike``.
    """
    if len(slips) < 2:
        return []
    read = side_by_side(slips)
    undated = np.isnan(read.days)
    if not undated.any() and np.ptp(read.days) >= 2 * settings.window_days:
        return []
    alike = _alike(read, settings)
    if undated.any():
        alike[~undated[:, None] & ~undated] = 0
        if len(slips) >= settings.most_posted:
            alike[alike < settings.timeless_alike] = 0
    wanted = _best(alike, read.articles, settings)
    pairs = []
    for one, other in np.argwhere(np.triu(wanted | wanted.T, 1)).tolist():
        a, b = sorted((read.articles[one], read.articles[other]))
        pairs.append((a, b, float(alike[one, other])))
    return sorted(pairs)


def _alike(read: Slips, settings: Stories) -> NDArray[np.float64]:
    """Every pair's likeness, shape ``(n, n)``; what is below the least that is wanted is 0, as is the diagonal.

    Of whole numbers, so that the sums are exact and a pair is as alike in one block as in another.
    """
    order = read.keys.argsort(kind="stable")
    keys = read.keys[order]
    begins = np.append(True, keys[1:] != keys[:-1])
    lone = begins & np.append(begins[1:], True)
    # What only one article has is in no product; without it the table is small enough to be written out.
    kept = order[~lone]
    columns = np.cumsum(begins[~lone]) - 1
    table = np.zeros((len(read.articles), int(columns[-1]) + 1 if len(columns) else 1))
    table[read.owners[kept], columns] = read.weights[kept]
    alike: NDArray[np.float64] = (table @ table.T) / STEPS**2
    if read.foreign.any():
        named = np.zeros(table.shape[1], np.bool_)
        named[columns] = read.named[kept]
        alike = _with_foreign(alike, read, np.where(named, table, 0), settings)
    days = read.days
    beyond = np.nan_to_num(np.abs(days[:, None] - days)) - settings.near_days
    alike /= 1 + np.maximum(beyond, 0) / settings.halving_days
    alike = np.minimum(alike, 1).round(6)
    alike[alike < settings.rungs[0]] = 0
    np.fill_diagonal(alike, 0)
    return alike


def _with_foreign(
    alike: NDArray[np.float64], read: Slips, names: NDArray[np.float64], settings: Stories
) -> NDArray[np.float64]:
    weights = np.where(read.named, np.square(read.weights), 0)
    wholes = np.bincount(read.owners, weights, minlength=len(read.articles))
    shared = np.square(names) @ (names > 0).T
    shares = shared / np.maximum(wholes, 1)[:, None] * (settings.alike / settings.foreign_names)
    both = read.foreign[:, None] & read.foreign
    found = np.where(read.foreign, shares, np.where(read.foreign[:, None], shares.T, alike))
    return np.where(both, 0, found)


def _best(alike: NDArray[np.float64], articles: Sequence[str], settings: Stories) -> NDArray[np.bool_]:
    """Which pairs are among the best of their row, those equally alike in the order of their ids."""
    most = settings.most_compared
    if len(alike) <= most + 1:
        return alike > 0
    by_id = np.argsort(sorted(range(len(articles)), key=articles.__getitem__))
    order = np.lexsort((np.broadcast_to(by_id, alike.shape), -alike))
    wanted = np.zeros(alike.shape, np.bool_)
    np.put_along_axis(wanted, order[:, :most], True, axis=1)
    return wanted & (alike > 0)
