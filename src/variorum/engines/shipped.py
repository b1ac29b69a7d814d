"""Kernels as a worker runs them, over an iterator of batches: the same on every engine, with nothing of Spark in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from variorum.engines.contract import GroupKernel, MapKernel
from variorum.engines.groups import whole_groups

_ROWS = 1_000
_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Mapped:
    """A kernel over batches as they come."""

    kernel: MapKernel
    schema: pa.Schema

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return gathered((made for batch in batches for made in self.kernel(batch)), self.schema)


@dataclass(frozen=True, slots=True)
class Grouped:
    """A kernel over groups, out of rows that are sorted by them. most: rows of a group that are looked at."""

    kernel: GroupKernel
    schema: pa.Schema
    by: str
    most: int | None = None

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        some = whole_groups(batches, self.by, most=self.most)
        return gathered((made for table in some for made in self.kernel(table)), self.schema)


def gathered(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The same rows with the columns of ``schema``, in batches that are worth their overhead."""
    held: list[pa.RecordBatch] = []
    rows, size = 0, 0
    for batch in batches:
        if batch.num_rows:
            held.append(batch.cast(schema))
            rows, size = rows + batch.num_rows, size + batch.nbytes
        if rows >= _ROWS or size >= _BYTES:
            yield _one(held)
            held, rows, size = [], 0, 0
    if held:
        yield _one(held)


def _one(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return batches[0] if len(batches) == 1 else pa.concat_batches(batches)
