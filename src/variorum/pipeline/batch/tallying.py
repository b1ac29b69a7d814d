"""Tallies of rows as an engine can add them up: a digest of 128 bits in four columns of 32."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from variorum.records.tally import Tally, tally

_LANES = ("a", "b", "c", "d")
_BITS = 32
TALLIED = pa.schema([(name, pa.int64()) for name in ("rows", *_LANES)])


@dataclass(frozen=True, slots=True)
class Tallying:
    """Rows of any table to one row of ``TALLIED`` a batch."""

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        yield tallied(rows)


def tallied(rows: pa.RecordBatch) -> pa.RecordBatch:
    """The tally of a batch as one row of ``TALLIED``: sums of fewer than 2**31 such rows are exact."""
    found = tally(rows)
    whole = found.high << 64 | found.low
    lanes = (whole >> _BITS * at & (1 << _BITS) - 1 for at in range(len(_LANES)))
    return pa.RecordBatch.from_pylist([dict(zip(TALLIED.names, (found.rows, *lanes), strict=True))], TALLIED)


def added_up(totals: Mapping[str, int]) -> Tally:
    """The tally of all rows, from the totals of ``TALLIED``."""
    whole = sum(totals[name] << _BITS * at for at, name in enumerate(_LANES)) % (1 << 128)
    return Tally(totals["rows"], whole >> 64, whole & (1 << 64) - 1)
