"""Which articles of a block are alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories
from variorum.stories.held import SPACE
from variorum.stories.slips import STEPS, Slip, Slips, side_by_side

_ROWS = 512  # slips compared in one go: small blocks cost little each, and the tables stay in the processor's cache


def meetings(slips: Sequence[Slip], *, settings: Stories) -> list[tuple[str, str, float]]:
    """Pairs of articles of one block that are alike, by their heaviest words and by days.

    slips: those of the block, of its ``settings.most_posted`` least ranks, in any order, which changes nothing.
    Returns (a, b, alike) with a < b, sorted; alike in [0, 1], an estimate that is low rather than high, and
    ``settings.rungs[0]`` at the least. Of each article at most its ``settings.most_compared`` best pairs, and those of
    which it is one of the other's best.

    A report in another language has no words to compare: it is as alike as the share of the other's names and numbers
    that it has, where ``settings.foreign_names`` of them stand for ``settings.alike``. Two of them are not compared.

    In a block over all time only pairs are wanted one of which gives no day; two that give theirs meet in their span.
    Where it is full its word is no sign of one event and nothing says that two are of one year, so that they must be
    ``settings.timeless_alike``.
    """
    return all_meetings([slips], settings=settings)


def all_meetings(blocks: Sequence[Sequence[Slip]], *, settings: Stories) -> list[tuple[str, str, float]]:
    """The pairs of several blocks as :func:`meetings` finds those of each, every one once, sorted.

    Many small blocks at once take half the time that they take one by one, or less.
    """
    found: dict[tuple[str, str], float] = {}
    for some in _shelves(blocks):
        block = _laid_out(some)
        alike = _wanted(_alike(block, settings), block, settings)
        places, rows, others = np.nonzero(np.triu(alike, 1))
        values = alike[places, rows, others].tolist()
        starts = block.starts[places]
        for one, other, value in zip((starts + rows).tolist(), (starts + others).tolist(), values, strict=True):
            a, b = block.read.articles[one], block.read.articles[other]
            found[(a, b) if a < b else (b, a)] = value
    return sorted((a, b, alike) for (a, b), alike in found.items())


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Blocks side by side, the smaller filled up with rows that have no weights.

    read: the slips of all, one block after another. starts, sizes: shape ``(n,)``, of each block its first slip and
    their number. block, row: of each slip. days: shape ``(n, m)``, m being the size of the largest.
    """

    read: Slips
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    block: NDArray[np.int64]
    row: NDArray[np.int64]
    days: NDArray[np.float64]


def _shelves(blocks: Sequence[Sequence[Slip]]) -> Iterator[list[Sequence[Slip]]]:
    """Blocks of about the same size, as many as are compared in one go."""
    shelf: list[Sequence[Slip]] = []
    for slips in sorted((slips for slips in blocks if len(slips) > 1), key=len):
        if shelf and (len(shelf) + 1) * len(slips) > _ROWS:
            yield shelf
            shelf = []
        shelf.append(slips)
    if shelf:
        yield shelf


def _laid_out(blocks: Sequence[Sequence[Slip]]) -> _Blocks:
    read = side_by_side([slip for slips in blocks for slip in slips])
    sizes = np.array([len(slips) for slips in blocks], np.int64)
    starts = np.cumsum(sizes) - sizes
    block = np.repeat(np.arange(len(blocks)), sizes)
    row = np.arange(len(block)) - starts[block]
    days = np.repeat(read.days[starts][:, None], sizes.max(), axis=1)
    days[block, row] = read.days
    return _Blocks(read, starts, sizes, block, row, days)


def _alike(blocks: _Blocks, settings: Stories) -> NDArray[np.float64]:
    """Every pair's likeness by words, shape ``(n, m, m)``.

    Of whole numbers, so that the sums are exact and a pair is as alike in one block as in another.
    """
    read = blocks.read
    keys = blocks.block[read.owners] * SPACE + read.keys
    order = keys.argsort()
    begins = np.ones(len(keys) + 1, np.bool_)
    np.not_equal(keys[order[1:]], keys[order[:-1]], out=begins[1:-1])
    # What only one article has is in no product; without it the table is small enough to be written out.
    shared = ~(begins[:-1] & begins[1:])
    kept = order[shared]
    columns = np.cumsum(begins[:-1][shared]) - 1
    owners = read.owners[kept]
    block, row = blocks.block[owners], blocks.row[owners]
    firsts = np.ones(len(block), np.bool_)
    np.not_equal(block[1:], block[:-1], out=firsts[1:])
    columns -= columns[firsts][np.cumsum(firsts) - 1] if len(columns) else 0
    table = np.zeros((*blocks.days.shape, int(columns.max(initial=0)) + 1))
    table[block, row, columns] = read.weights[kept]
    alike: NDArray[np.float64] = table @ table.transpose(0, 2, 1)
    alike /= STEPS**2
    if read.foreign.any():
        named = np.zeros_like(table)
        named[block, row, columns] = read.named[kept]
        _put_foreign(alike, blocks, table * named, settings)
    return alike


def _put_foreign(alike: NDArray[np.float64], blocks: _Blocks, names: NDArray[np.float64], settings: Stories) -> None:
    read = blocks.read
    foreign = np.zeros(blocks.days.shape, np.bool_)
    foreign[blocks.block, blocks.row] = read.foreign
    wholes = np.ones(blocks.days.shape)
    squares = np.where(read.named, np.square(read.weights), 0)
    wholes[blocks.block, blocks.row] = np.maximum(np.bincount(read.owners, squares, minlength=len(read.articles)), 1)
    shares = np.square(names) @ (names > 0).transpose(0, 2, 1) / wholes[:, :, None]
    shares *= settings.alike / settings.foreign_names
    rows, columns = foreign[:, :, None], foreign[:, None, :]
    alike[:] = np.where(columns, shares, np.where(rows, shares.transpose(0, 2, 1), alike))
    alike[rows & columns] = 0


def _wanted(alike: NDArray[np.float64], blocks: _Blocks, settings: Stories) -> NDArray[np.float64]:
    """Likeness by words and days of the pairs that are wanted, 0 elsewhere; the same shape."""
    days, most = blocks.days, settings.most_compared
    beyond = np.abs(days[:, :, None] - days[:, None, :]) - settings.near_days
    np.copyto(beyond, 0, where=~(beyond > 0))  # nor where one gives no day
    alike = np.minimum(alike / (1 + beyond / settings.halving_days), 1).round(6)
    dated: NDArray[np.bool_] = ~np.isnan(days)
    timeless = np.isnan(days.sum(axis=1))
    alike[timeless[:, None, None] & dated[:, :, None] & dated[:, None, :]] = 0
    spread = days.max(axis=1) - days.min(axis=1)
    alike[~timeless & (spread >= 2 * settings.window_days)] = 0
    least = np.where(timeless & (blocks.sizes >= settings.most_posted), settings.timeless_alike, settings.rungs[0])
    alike[alike < np.maximum(least, settings.rungs[0])[:, None, None]] = 0
    alike[:, np.arange(days.shape[1]), np.arange(days.shape[1])] = 0
    if days.shape[1] > most + 1:
        articles = blocks.read.articles
        turns = np.zeros(days.shape, np.int64)
        turns[blocks.block, blocks.row] = np.argsort(sorted(range(len(articles)), key=articles.__getitem__))
        order = np.lexsort((np.broadcast_to(turns[:, None, :], alike.shape), -alike))
        best = np.zeros(alike.shape, np.bool_)
        np.put_along_axis(best, order[:, :, :most], True, axis=2)
        alike[~(best | best.transpose(0, 2, 1))] = 0
    return alike
