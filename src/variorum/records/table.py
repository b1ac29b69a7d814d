"""What a table is: columns with their meanings, and rows put into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

REPLACEMENT = "\ufffd"
"""Stands where a text has half of a surrogate pair, which UTF-8 cannot hold: one character for one, offsets stay."""
_HALVES = dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    name: as written. type: Arrow's. says: its meaning and unit, in plain sentences. nullable: whether a row may have
    nothing there. field: the record and the field it is taken from unchanged, ``None`` where it is none's.
    """

    name: str
    type: pa.DataType
    says: str
    nullable: bool = False
    field: tuple[type, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    name: as written. says: what a row is. key: the columns that tell the rows of one ``date`` apart, by which they
    are sorted. columns: in order; the first is ``date`` where the table is partitioned by it.
    """

    name: str
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def is_dated(self) -> bool:
        """Whether the table is partitioned by ``date``."""
        return self.columns[0].name == "date"

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema; every column carries its ``description``."""
        fields = (
            pa.field(column.name, column.type, column.nullable, {"description": column.says}) for column in self.columns
        )
        return pa.schema(list(fields))


def batch_of(table: Table, rows: Sequence[Mapping[str, object]]) -> pa.RecordBatch:
    """Rows as one batch with the table's schema.

    rows: each with the table's columns and no other, of plain values. Halves of surrogate pairs become U+FFFD.
    Raises ValueError when a row has a column too many or too few, or nothing where something is wanted.
    """
    schema = table.schema
    wanted = set(schema.names)
    for row in rows:
        if row.keys() != wanted:
            raise ValueError(f"a row of {table.name} has the wrong columns: {sorted(row.keys() ^ wanted)}")
    try:
        batch = pa.RecordBatch.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        batch = pa.RecordBatch.from_pylist([whole_letters(row) for row in rows], schema=schema)
    for column, field in zip(batch.columns, schema, strict=True):
        if column.null_count and not field.nullable:
            raise ValueError(f"a row of {table.name} has nothing in {field.name}")
    return batch


def whole_letters(value: Any) -> Any:
    """A plain value with U+FFFD for every half of a surrogate pair in any text it holds."""
    if isinstance(value, str):
        return value.translate(_HALVES)
    if isinstance(value, Mapping):
        return {key: whole_letters(inner) for key, inner in value.items()}
    return [whole_letters(inner) for inner in value] if isinstance(value, list | tuple) else value
