"""What a table holds, in one number that does not depend on the order of its rows or on who wrote them.

Every row is written out in one canonical form and digested; the digests are added up. So parts of a table can be
tallied where they lie and the tallies added, in any order, and two tables that hold the same rows, each as often,
have the same tally, whatever their partitions, files and row groups. A row more, a row less, a row twice or a letter
changed shows. Against somebody who forges rows on purpose a sum is no proof, and is not meant as one.

The canonical form knows only what a value is, not how it is laid out: text however it is encoded (large, as a view,
by a dictionary), whole numbers of any width, fractions as the double they are, lists of any layout in their order,
structs by the names of their fields, times as microseconds in UTC, a date as its ``YYYY-MM-DD``. Columns go by their
names. So a table is the same after another engine wrote it and read it back.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_WORD = 1 << 64
_DIGEST_BYTES = 16
# The first byte of a value says of what sort it is, so that an empty text is no empty list; 0 is nothing at all.
_NUMBER, _FRACTION, _TIME, _FLAG, _TEXT, _LIST, _STRUCT = range(1, 8)


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows counted and added up.

    rows: how many. high, low: the upper and the lower 64 bits of the sum of their digests, modulo 2**128.
    """

    rows: int = 0
    high: int = 0
    low: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        low = self.low + other.low
        return Tally(self.rows + other.rows, (self.high + other.high + low // _WORD) % _WORD, low % _WORD)

    @property
    def digest(self) -> str:
        """The sum as 32 hexadecimal digits."""
        return f"{self.high:016x}{self.low:016x}"

    @classmethod
    def of(cls, rows: int, digest: str) -> "Tally":
        """The tally that has that many rows and that digest, as a manifest or another process gives them."""
        return cls(rows, int(digest[:16], 16), int(digest[16:], 16))


def tally(batch: pa.RecordBatch | pa.Table) -> Tally:
    """The tally of a batch of rows, or of a whole table. Raises TypeError on a column of a type no table has."""
    if isinstance(batch, pa.Table):
        return sum((tally(part) for part in batch.to_batches()), Tally())
    return added_up(row_digests(written_out(batch)))


def added_up(digests: Sequence[bytes]) -> Tally:
    """The tally of the rows that have these digests, in any order."""
    total = sum(int.from_bytes(digest, "big") for digest in digests)
    return Tally(len(digests), (total >> 64) % _WORD, total % _WORD)


def row_digests(rows: pa.Array) -> list[bytes]:
    """BLAKE2b of each row written out, 16 bytes."""
    return [hashlib.blake2b(row, digest_size=_DIGEST_BYTES).digest() for row in rows.to_pylist()]


def written_out(batch: pa.RecordBatch) -> pa.Array:
    """Every row in its canonical form, as bytes: one a row, in the order of the batch.

    The columns' names stand in it, so that two columns that change places do not go unseen.
    """
    names = sorted(batch.schema.names)
    if len(set(names)) < len(names):
        raise ValueError("a table has two columns of one name")
    head = "\0".join(names).encode("utf-8")
    columns = [_written(batch.column(name)) for name in names]
    return _joined([pa.scalar(head, pa.large_binary()), *columns]) if columns else pa.array([], pa.large_binary())


def _written(array: pa.Array) -> pa.Array:
    """Each value of the array as bytes: of what sort it is, or that it is nothing, then the value."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return _written(array.dictionary_decode())
    if pa.types.is_date(kind):
        return _written(pc.strftime(array, format="%Y-%m-%d"))
    if any(is_kind(kind) for is_kind in _TEXTS):
        return _text(array)
    if any(is_kind(kind) for is_kind in _LISTS):
        return _list(array)
    return _struct(array) if pa.types.is_struct(kind) else _plain(array)


def _plain(array: pa.Array) -> pa.Array:
    kind = array.type
    if pa.types.is_floating(kind):
        # Adding nothing makes of -0.0 the 0.0 it equals; every NaN is one NaN.
        values = np.asarray(pc.fill_null(pc.cast(array, pa.float64()), 0.0)) + 0.0
        return _fixed(array, _FRACTION, np.where(np.isnan(values), np.nan, values).view(np.int64))
    if kind == pa.uint64():  # by its bits, as an engine without unsigned numbers holds it
        return _fixed(array, _NUMBER, np.asarray(pc.fill_null(array, 0)).view(np.int64))
    if pa.types.is_timestamp(kind):
        sort, whole = _TIME, pc.cast(array, pa.timestamp("us", kind.tz), safe=False).cast(pa.int64())
    elif pa.types.is_boolean(kind) or pa.types.is_integer(kind):
        sort, whole = (_FLAG if pa.types.is_boolean(kind) else _NUMBER), pc.cast(array, pa.int64())
    else:
        raise TypeError(f"a column of {kind} cannot be tallied")
    return _fixed(array, sort, np.asarray(pc.fill_null(whole, 0)))


def _text(array: pa.Array) -> pa.Array:
    if pa.types.is_fixed_size_binary(array.type):
        array = array.cast(pa.binary())
    values = pc.fill_null(array.cast(pa.large_binary()), b"")
    return _joined([_fixed(array, _TEXT, np.asarray(pc.binary_length(values), dtype=np.int64)), values])


def _struct(array: pa.StructArray) -> pa.Array:
    children = {array.type.field(at).name: child for at, child in enumerate(array.flatten())}
    sorts = _rows(_sorts(array, _STRUCT).reshape(-1, 1))
    return _joined([sorts, *(_written(children[name]) for name in sorted(children))])


def _list(array: pa.Array) -> pa.Array:
    lengths = np.asarray(pc.fill_null(pc.list_value_length(array), 0), dtype=np.int64)
    inside = _written(pc.list_flatten(array))
    head = _fixed(array, _LIST, lengths)
    if not len(inside):
        return head
    # The values of one list stand together, list after list: it is enough to know where each list's last one ends.
    ends = np.concatenate([[0], np.cumsum(lengths)])
    offsets = np.frombuffer(inside.buffers()[1], dtype=np.int64)[inside.offset :][ends]
    return _joined([head, _bytes(offsets, inside.buffers()[2])])


def _sorts(array: pa.Array, sort: int) -> NDArray[np.uint8]:
    there = np.asarray(pc.is_valid(array).to_numpy(zero_copy_only=False), dtype=np.bool_)
    return np.where(there, sort, 0).astype(np.uint8)


def _fixed(array: pa.Array, sort: int, values: NDArray[np.int64]) -> pa.Array:
    """A byte for the sort of each value, and eight for the value."""
    made = np.empty((len(values), 9), dtype=np.uint8)
    made[:, 0] = _sorts(array, sort)
    made[:, 1:] = values.astype("<i8").reshape(-1, 1).view(np.uint8)
    return _rows(made)


def _rows(matrix: NDArray[np.uint8]) -> pa.Array:
    offsets = np.arange(len(matrix) + 1, dtype=np.int64) * matrix.shape[1]
    return _bytes(offsets, pa.py_buffer(np.ascontiguousarray(matrix)))


def _bytes(offsets: NDArray[np.int64], letters: Any) -> pa.Array:
    buffers = [None, pa.py_buffer(np.ascontiguousarray(offsets)), letters]
    return pa.Array.from_buffers(pa.large_binary(), len(offsets) - 1, buffers)


def _joined(parts: list[Any]) -> pa.Array:
    return pc.binary_join_element_wise(*parts, pa.scalar(b"", pa.large_binary()))


_TEXTS = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
    pa.types.is_fixed_size_binary,
)
_LISTS = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
