"""Groups out of rows that come sorted: one at a time, however many batches they lie in."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc


def groups(batches: Iterable[pa.RecordBatch], by: str, *, most: int | None = None) -> Iterator[pa.Table]:
    """The rows of each value of the column ``by``, in the order they come.

    batches: with equal values of ``by`` next to each other. most: rows of a group that are held and given; the rest of
    it passes by, so that a group may be of any size.
    """
    held: list[pa.RecordBatch] = []
    count = 0
    key: object = None
    for batch in batches:
        if not batch.num_rows:
            continue
        column = batch.column(by)
        begins = [0, *(at + 1 for at in _changes(column)), batch.num_rows]
        for start, end in pairwise(begins):
            here = column[start].as_py()
            if held and here != key:
                yield pa.Table.from_batches(held)
                held, count = [], 0
            key = here
            size = end - start if most is None else min(end - start, most - count)
            if size > 0:
                held.append(batch.slice(start, size))
                count += size
    if held:
        yield pa.Table.from_batches(held)


def _changes(column: pa.Array) -> list[int]:
    """Where a value is followed by another one."""
    if len(column) < 2:
        return []
    differs = pc.not_equal(column.slice(0, len(column) - 1), column.slice(1))
    found: list[int] = pc.indices_nonzero(differs).to_pylist()
    return found
