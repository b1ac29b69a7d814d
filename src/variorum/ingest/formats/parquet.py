"""Reports in Parquet: a row each, read a few at a time out of each row group."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.formats.asked import Asked
from variorum.ingest.formats.cells import plain, said
from variorum.ingest.formats.export import Broken, Record, reports
from variorum.ingest.formats.fields import shown_names
from variorum.ingest.formats.json_export import too_long
from variorum.ingest.item import Item
from variorum.records import Refusal

# What damaged or hostile files make the library raise; its own errors are kinds of the first two as well.
_FAULTS = (pa.ArrowException, OSError, ValueError, OverflowError, KeyError, IndexError, NotImplementedError)
_NO_PARQUET = "This is no Parquet file, or it is damaged."
_DAMAGED = "From here on this row group is damaged, or is packed in a way that is not read."
_BOMB = "This unpacks to more than {ratio:,} times its size, which no report does: it is not read."
_NOTHING = "There is no row in this Parquet file."


@dataclass(frozen=True, slots=True)
class Group:
    """A row group. index: from 0. first: the number of its first row in the file, from 1. rows: how many it has."""

    index: int
    first: int
    rows: int


def parquet_reports(file: BinaryIO, shown: str, asked: Asked) -> Iterator[Item | Refusal]:
    """The reports of a Parquet file, which can be sought in.

    ``Item.raw`` is the row as a JSON object, UTF-8, sorted by column, without what is empty; ``shown`` ends with the
    number of the row. Raises InputRefused where the file as a whole cannot be read.
    """
    found = groups(file, asked.settings)
    yield from reports((one for group in found for one in rows(file, group, asked.settings)), shown, asked)


def groups(file: BinaryIO, settings: Ingest) -> tuple[Group, ...]:
    """The row groups that hold rows. Raises InputRefused for what is no Parquet file, or none that can be read."""
    opened = _opened(file)
    try:
        names = opened.schema_arrow.names
        held = [opened.metadata.row_group(index) for index in range(opened.metadata.num_row_groups)]
        counts = [group.num_rows for group in held]
        unpacked = sum(group.total_byte_size for group in held)
    except _FAULTS:
        raise InputRefused(_NO_PARQUET) from None
    if len(names) > settings.export_names:
        raise InputRefused(f"This table has more than {settings.export_names:,} columns.")
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise InputRefused(f"More than one column of this table has the same name: {shown_names(twice)}.")
    if any(count < 0 for count in counts) or unpacked < 0:
        raise InputRefused(_NO_PARQUET)
    if unpacked > max(settings.largest_bytes, settings.packed_ratio * file.seek(0, 2)):
        raise InputRefused(_BOMB.format(ratio=settings.packed_ratio))
    if not any(counts):
        raise InputRefused(_NOTHING)
    starts = [1 + sum(counts[:index]) for index in range(len(counts))]
    return tuple(Group(at, first, count) for at, (first, count) in enumerate(zip(starts, counts, strict=True)) if count)


def rows(file: BinaryIO, group: Group, settings: Ingest) -> Iterator[Record | Broken]:
    """The rows of one row group; from where it is damaged on, one that says so."""
    number, end = group.first, group.first + group.rows
    try:
        opened = _opened(file)
        for batch in opened.iter_batches(settings.parquet_rows, row_groups=[group.index], use_threads=False):
            # A damaged group may give more rows than it says, under numbers that are the next group's.
            for held in islice(_held(batch), end - number):
                yield _record(held, number, settings)
                number += 1
    except (*_FAULTS, InputRefused):
        pass  # what is missing is told of below
    if number < end:
        yield Broken(number, b"", _DAMAGED)


def _opened(file: BinaryIO) -> Any:
    file.seek(0)
    try:
        # Buffered, a column is unpacked as it is read; else all of it in a row group is held at once.
        return pq.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
    except _FAULTS:
        raise InputRefused(_NO_PARQUET) from None


def _held(batch: Any) -> Iterator[dict[str, object] | None]:
    """The rows of a batch by column; ``None`` for one that holds what cannot be read."""
    whole = _values(batch)
    for at in range(batch.num_rows):
        # One bad cell spoils the answer for all; then each row is asked for by itself.
        alone = whole[at : at + 1] if whole is not None else _values(batch.slice(at, 1))
        yield alone[0] if alone else None


def _values(batch: Any) -> list[dict[str, object]] | None:
    try:
        found: list[dict[str, object]] = plain(batch).to_pylist()
    except _FAULTS:
        return None
    return found


def _record(held: dict[str, object] | None, number: int, settings: Ingest) -> Record | Broken:
    if held is None:
        return Broken(number, b"", "This row holds what cannot be read: text that is no UTF-8, or no time there is.")
    try:
        values = {name: value for name in sorted(held) if (value := said(held[name])) is not None}
    except RecursionError:
        return Broken(number, b"", "This row is nested too deeply to be a report.")
    raw = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")
    if len(raw) > settings.largest_bytes:
        return Broken(number, raw[: settings.first_bytes], too_long("row", settings.largest_bytes))
    return Record(number, raw, values)
