"""A table on the disk: Parquet, a folder a day, the same rows always as the same files.

    OUT/claims/date=2025-03-18/part-00000.parquet
    OUT/claims/date=unknown/part-00000.parquet
    OUT/refused/part-00000.parquet

Rows come in any order and in batches of any size. They are sorted in runs that fit into memory, runs that do not are
laid aside on the disk and merged, and cut into row groups and files by what the rows hold: so neither how many rows
there are nor how they came decides how much memory is wanted, or what the files look like.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from variorum.errors import UsageError
from variorum.records.table import Table
from variorum.records.tables import UNKNOWN_DATE
from variorum.records.tally import Tally, added_up, row_digests, written_out

# Rows sorted at once. Sorting holds them three times over.
_RUN_BYTES = 64 << 20
# One row group: what a reader holds of one file at the least. One part file: what one task of a cluster likes to read.
_GROUP_BYTES, _FILE_BYTES = 16 << 20, 256 << 20
# What is held of each run while runs are merged, and how many are merged at once: the two together are a run's size.
_HEAD_BYTES, _MOST_RUNS = 1 << 20, 64
_DAY = re.compile(rf"\d{{4}}-\d\d-\d\d|{UNKNOWN_DATE}", re.ASCII)
# Columns that are not written: where a row belongs, and how many bytes it has.
_ORDER, _BYTES = "\0order", "\0bytes"


def write(
    rows: Iterable[pa.RecordBatch], folder: Path, table: Table, *, run_bytes: int = _RUN_BYTES,
    group_bytes: int = _GROUP_BYTES,
) -> Tally:  # fmt: skip
    """Write a table and count it.

    rows: of the table, with its columns. folder: is made, and is there only when the table is whole; until
    then a folder beside it, whose name begins with a point. run_bytes: how much is sorted at once, roughly a quarter of
    the memory wanted. group_bytes: size of a row group before it is compressed. A table without rows is one file
    without rows, so that who reads it finds its columns.
    Raises UsageError when the folder is there already, ValueError on a ``date`` that is no day.
    """
    if folder.exists():
        raise UsageError(f"{folder} is there already; nothing was written over it")
    making = folder.with_name(f".{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    (making / "runs").mkdir(parents=True)
    try:
        tallied: list[Tally] = []
        sorted_rows = _in_order(_keyed(rows, table, tallied), making / "runs", run_bytes)
        _write_files(_groups(sorted_rows, table, group_bytes), making / "table", table)
        (making / "table").rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return sum(tallied, Tally())


def read(folder: Path, table: Table) -> pa.Table:
    """A written table, whoever wrote it, with the table's columns and types, in no order to rely on."""
    return pa.Table.from_batches(batches(folder, table), table.schema)


def batches(folder: Path, table: Table) -> Iterator[pa.RecordBatch]:
    """What :func:`read` gives, a few rows at a time."""
    parts = ds.partitioning(pa.schema([("date", pa.string())]), flavor="hive") if table.is_dated else None
    # Older Spark writes times in 96 bits, which Arrow would read as nanoseconds and so not before 1677.
    kind = ds.ParquetFileFormat(coerce_int96_timestamp_unit="us")
    found = ds.dataset(folder, format=kind, partitioning=parts)
    for batch in found.to_batches(columns=table.schema.names):
        yield batch.cast(table.schema)


def _keyed(batches: Iterable[pa.RecordBatch], table: Table, tallied: list[Tally]) -> Iterator[pa.Table]:
    """The batches with the two columns by which rows are sorted and cut. tallied: grows by each batch's tally."""
    schema = table.schema
    for batch in batches:
        if not batch.num_rows:
            continue
        rows = batch.select(schema.names).cast(schema)
        written = written_out(rows)
        digests = row_digests(written)
        tallied.append(added_up(digests))
        sizes = pc.binary_length(written).cast(pa.int64())
        yield (
            pa.Table.from_batches([rows])
            .append_column(_ORDER, _order(rows, table, digests))
            .append_column(_BYTES, sizes)
        )


def _order(rows: pa.RecordBatch, table: Table, digests: list[bytes]) -> pa.Array:
    """Bytes that sort as day, key and, where two rows have one key, content sort."""
    parts = []
    for name in (*(["date"] if table.is_dated else []), *table.key):
        column = rows.column(name)
        if pa.types.is_integer(column.type):
            column = pc.utf8_lpad(column.cast(pa.string()), 12, "0")
        parts.append(pc.fill_null(column.cast(pa.binary()), b""))
    return pc.binary_join_element_wise(*parts, pa.array(digests, pa.binary()), b"\0")


def _in_order(tables: Iterable[pa.Table], scratch: Path, run_bytes: int) -> Iterator[pa.Table]:
    """All rows in order, a few at a time."""
    runs: list[Path] = []
    names = (scratch / f"{number:06}.arrow" for number in count())
    held: list[pa.Table] = []
    held_bytes = 0
    for table in tables:
        held.append(table)
        held_bytes += table.nbytes
        if held_bytes >= run_bytes:
            runs.append(_laid_aside(_heads(_sorted(held)), next(names)))
            held, held_bytes = [], 0
    if not runs:
        return _heads(_sorted(held)) if held else iter(())
    if held:
        runs.append(_laid_aside(_heads(_sorted(held)), next(names)))
    while len(runs) > _MOST_RUNS:
        merged = _laid_aside(_merged([_run(run) for run in runs[:_MOST_RUNS]]), next(names))
        for run in runs[:_MOST_RUNS]:
            run.unlink()
        runs = [*runs[_MOST_RUNS:], merged]
    return _merged([_run(run) for run in runs])


def _sorted(tables: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(tables).sort_by(_ORDER).combine_chunks()


def _heads(table: pa.Table) -> Iterator[pa.Table]:
    """The table in pieces of about the size that is held of a run."""
    rows = max(1, table.num_rows * _HEAD_BYTES // max(1, table.nbytes))
    for start in range(0, table.num_rows, rows):
        yield table.slice(start, rows)


def _laid_aside(pieces: Iterator[pa.Table], path: Path) -> Path:
    first = next(pieces)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, first.schema) as writer:
        writer.write_table(first)
        for piece in pieces:
            writer.write_table(piece)
    return path


def _run(path: Path) -> Iterator[pa.Table]:
    with pa.OSFile(str(path), "rb") as source, pa.ipc.open_file(source) as reader:
        for at in range(reader.num_record_batches):
            yield pa.Table.from_batches([reader.get_batch(at)])


def _merged(runs: list[Iterator[pa.Table]]) -> Iterator[pa.Table]:
    """Runs as one. Every row up to the least of the last rows at hand can go: none before it can still come."""
    heads: list[tuple[pa.Table, Iterator[pa.Table]]] = [(next(run), run) for run in runs]
    while heads:
        bound = min(head[_ORDER][-1].as_py() for head, _ in heads)
        going, staying = [], []
        for head, run in heads:
            ready = pc.sum(pc.less_equal(head[_ORDER], pa.scalar(bound, pa.binary()))).as_py()
            going.append(head.slice(0, ready))
            rest: pa.Table | None = head.slice(ready) if ready < head.num_rows else next(run, None)
            if rest is not None:
                staying.append((rest, run))
        heads = staying
        yield _sorted(going)


def _groups(tables: Iterator[pa.Table], table: Table, group_bytes: int) -> Iterator[tuple[str, pa.Table]]:
    """Row groups with their day: rows are added to one until it has ``group_bytes`` or the day is over."""
    held: list[pa.Table] = []
    day, room = "", group_bytes
    for rows in tables:
        for new_day, part in _by_day(rows, table):
            if held and new_day != day:
                yield day, pa.concat_tables(held)
                held, room = [], group_bytes
            day = new_day
            ends = np.cumsum(np.asarray(part[_BYTES]))
            start = 0
            while start < part.num_rows:
                before = ends[start - 1] if start else 0
                end = min(int(np.searchsorted(ends, before + room)) + 1, part.num_rows)
                held.append(part.slice(start, end - start))
                room -= int(ends[end - 1] - before)
                start = end
                if room <= 0:
                    yield day, pa.concat_tables(held)
                    held, room = [], group_bytes
    if held:
        yield day, pa.concat_tables(held)


def _by_day(rows: pa.Table, table: Table) -> Iterator[tuple[str, pa.Table]]:
    if not table.is_dated:
        yield "", rows
        return
    days = pc.run_end_encode(rows["date"].combine_chunks())
    start = 0
    for end, day in zip(days.run_ends.to_pylist(), days.values.to_pylist(), strict=True):
        yield day, rows.slice(start, end - start)
        start = end


def _write_files(groups: Iterator[tuple[str, pa.Table]], folder: Path, table: Table) -> None:
    columns = [name for name in table.schema.names if name != "date"]
    schema = pa.schema([table.schema.field(name) for name in columns])
    writer: Any = None
    at, number, room = "", 0, 0
    folder.mkdir()
    try:
        for day, group in groups:
            if writer is None or day != at or room <= 0:
                if writer is not None:
                    writer.close()
                number = number + 1 if writer is not None and day == at else 0
                at, room = day, _FILE_BYTES
                writer = _writer(_named(folder, day, number, table), schema)
            writer.write_table(group.select(columns).combine_chunks(), row_group_size=group.num_rows)
            room -= pc.sum(group[_BYTES]).as_py()
        if writer is None:
            writer = _writer(_named(folder, UNKNOWN_DATE, 0, table), schema)
    finally:
        if writer is not None:
            writer.close()


def _writer(path: Path, schema: pa.Schema) -> Any:
    return pq.ParquetWriter(path, schema, compression="zstd")


def _named(folder: Path, day: str, number: int, table: Table) -> Path:
    if table.is_dated:
        if not _DAY.fullmatch(day):
            raise ValueError(f"{table.name} has a row of the date {day!r}, which is no day")
        folder = folder / f"date={day}"
        folder.mkdir(exist_ok=True)
    return folder / f"part-{number:05}.parquet"
