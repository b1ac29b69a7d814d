"""Groups out of rows that come sorted, however many batches they lie in."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_ROWS = 2_000
_BYTES = 32 << 20


def whole_groups(
    batches: Iterable[pa.RecordBatch], by: str, *, most: int | None = None, rows: int = _ROWS
) -> Iterator[pa.Table]:
    """The rows of one value of the column ``by`` after the other, never those of one value in two tables.

    batches: with equal values of ``by`` next to each other. most: rows of a group that are held and given, the first;
    the rest of it passes by, so that a group may be of any size. rows: of a table, from which on it is given.
    """
    held: list[pa.RecordBatch] = []
    rows_held, bytes_held = 0, 0
    open_key: object = None
    open_rows = 0  # of the group that the last batch ended with
    for batch in batches:
        if not batch.num_rows:
            continue
        starts = _starts(batch.column(by))
        is_same = bool(held) and batch.column(by)[0].as_py() == open_key
        if not is_same and (rows_held >= rows or bytes_held >= _BYTES):
            yield pa.Table.from_batches(held)
            held, rows_held, bytes_held = [], 0, 0
        before = open_rows if is_same else 0
        open_key = batch.column(by)[batch.num_rows - 1].as_py()
        last = starts[-1]
        open_rows = batch.num_rows - last + (before if last == 0 else 0)
        kept = batch if most is None else _cut(batch, starts, before, most)
        if rows_held >= rows or bytes_held >= _BYTES:
            # Full, but its last group goes on: what belongs to that goes with it, the rest waits.
            end = int(starts[1]) if len(starts) > 1 else batch.num_rows
            goes_on = batch.slice(0, end) if most is None else _cut(batch.slice(0, end), starts[:1], before, most)
            held.append(goes_on)
            if end == batch.num_rows:
                continue
            yield pa.Table.from_batches(held)
            rest = batch.slice(end)
            kept = rest if most is None else _cut(rest, starts[1:] - end, 0, most)
            held, rows_held, bytes_held = [], 0, 0
        held.append(kept)
        rows_held += kept.num_rows
        bytes_held += kept.nbytes
    if held:
        yield pa.Table.from_batches(held)


def groups(table: pa.Table, by: str) -> Iterator[pa.Table]:
    """Each group of a table of whole groups."""
    if table.num_rows:
        starts = _starts(table.column(by))
        for start, end in pairwise([*starts.tolist(), table.num_rows]):
            yield table.slice(start, end - start)


def sizes(table: pa.Table, by: str) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """How many rows each group of a table of whole groups has."""
    return np.diff(np.append(_starts(table.column(by)), table.num_rows)) if table.num_rows else np.empty(0, np.int64)


def _starts(column: pa.Array | pa.ChunkedArray) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Where a group begins."""
    changed = pc.not_equal(column.slice(0, len(column) - 1), column.slice(1))
    found = np.asarray(pc.indices_nonzero(changed), dtype=np.int64) + 1
    return np.concatenate([np.zeros(1, np.int64), found])


def _cut(
    batch: pa.RecordBatch, starts: "np.ndarray[tuple[int], np.dtype[np.int64]]", before: int, most: int
) -> pa.RecordBatch:
    """The first ``most`` rows of each group, of the first of which ``before`` rows came earlier."""
    lengths = np.diff(np.append(starts, batch.num_rows))
    place = np.arange(batch.num_rows) - np.repeat(starts, lengths)
    place[: int(lengths[0])] += before
    return batch if place.max(initial=0) < most else batch.filter(pa.array(place < most))
