"""Kernels as Spark's Python workers run them: over an iterator of batches, with nothing of Spark in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from variorum.engines.contract import GroupKernel, MapKernel
from variorum.engines.groups import groups


@dataclass(frozen=True, slots=True)
class Mapped:
    """A kernel over batches as they come."""

    kernel: MapKernel
    schema: pa.Schema

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for made in self.kernel(batch):
                yield made.cast(self.schema)


@dataclass(frozen=True, slots=True)
class Grouped:
    """A kernel over groups, out of a partition that is sorted by them. most: rows of a group that are looked at."""

    kernel: GroupKernel
    schema: pa.Schema
    by: str
    most: int | None = None

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for group in groups(batches, self.by, most=self.most):
            for made in self.kernel(group):
                yield made.cast(self.schema)
