"""The engine of one machine: its processes share the work, its disk holds what is kept."""

import json
import multiprocessing
import shutil
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from zlib import crc32

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from variorum.config import Batch, Ingest
from variorum.engines import lines, written
from variorum.engines.components import COMPONENTS, connected_here
from variorum.engines.contract import MANIFEST, PAIRED, GroupKernel, MapKernel
from variorum.engines.inputs import RAW
from variorum.engines.local_inputs import take
from variorum.engines.places import local_path
from variorum.engines.shipped import Grouped, Mapped
from variorum.records.tables import TABLES

_DONE = "finished.json"
_READ_ROWS = 200  # an edition may have megabytes
_MOST_FILES = 200  # open at once: a process may have 256 on some systems
_AHEAD = 3  # batches a process that are under way at a time


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one schema, worked out anew each time ``batches`` is called.

    parts: where they lie on the disk by the values of one column, that column and the file of each value.
    """

    schema: pa.Schema
    batches: Callable[[], Iterator[pa.RecordBatch]]
    parts: tuple[str, Mapping[str, Path]] | None = None


class LocalEngine:
    """See :class:`variorum.engines.contract.Engine`. To be used in a ``with`` block.

    out: the folder of the answer; the work folder lies in it. processes: how many share the work; 1 does all in this
    one. What a group verb looks at lies in files of the temporary folder, of which each process holds one at a time;
    the lesser side of a join lies in memory. So it goes as far as one machine does.
    """

    name = "local"

    def __init__(self, out: str, *, settings: Batch | None = None, ingest: Ingest | None = None, processes: int = 1):
        self.out = out
        self._out = Path(local_path(out)).absolute()
        self._settings = settings or Batch()
        self._ingest = ingest or Ingest()
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None
        self._kept: set[str] = set()

    def __enter__(self) -> "LocalEngine":
        if self._processes > 1:
            context = multiprocessing.get_context("spawn")
            # Who is stopped from the keyboard says so once, and not each of his processes.
            self._pool = ProcessPoolExecutor(
                self._processes, mp_context=context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def is_free(self) -> bool:
        if not self._out.exists() or self._work.parent.exists() or (self._out / MANIFEST).exists():
            return True
        return not any(self._out.iterdir())

    def take(self, places: Sequence[str]) -> Rows:
        take(places, settings=self._ingest)  # what is wrong with a place is told at once
        return Rows(RAW, lambda: take(places, settings=self._ingest))

    def map_articles(self, rows: Rows, kernel: MapKernel, schema: pa.Schema) -> Rows:
        return Rows(schema, lambda: self._spread(_mapped, ((kernel, schema, batch) for batch in rows.batches())))

    def propose_pairs(self, postings: Rows, kernel: GroupKernel, *, most: int) -> Rows:
        schema = pa.schema([*PAIRED, ("met", pa.int64())])

        def batches() -> Iterator[pa.RecordBatch]:
            found = list(self._grouped(postings, kernel, PAIRED, "block", ("rank",), most))
            pairs = pa.Table.from_batches(found, PAIRED).group_by(["a", "b"])
            told = pairs.aggregate([("alike", "max"), ("alike", "count")])
            named = told.select(["a", "b", "alike_max", "alike_count"]).rename_columns(schema.names)
            yield from named.cast(schema).combine_chunks().to_batches()

        return Rows(schema, batches)

    def score_pairs(self, pairs: Rows, held: Rows, kernel: MapKernel, schema: pa.Schema) -> Rows:
        for side in ("a", "b"):
            one = self.columns(held, {side: "article", f"held_{side}": "held"})
            pairs = self.joined(pairs, one, side)
        return self.map_articles(pairs, kernel, schema)

    def connect(self, pairs: Rows) -> Rows:
        return Rows(COMPONENTS, lambda: connected_here(pairs.batches()))

    def per_story(
        self, rows: Rows, kernel: GroupKernel, schema: pa.Schema, *, by: str, order: Sequence[str], tasks: int = 0
    ) -> Rows:
        return Rows(schema, lambda: self._grouped(rows, kernel, schema, by, order, None, tasks))

    def joined(self, rows: Rows, others: Rows, on: str, *, is_needed: bool = True) -> Rows:
        added = [field for field in others.schema if field.name != on]
        schema = pa.schema([*rows.schema, *(field.with_nullable(True) for field in added)])

        def batches() -> Iterator[pa.RecordBatch]:
            held = self._table(others).combine_chunks()  # once: taking from chunks copies all of them each time
            at = {key: row for row, key in enumerate(held.column(on).to_pylist())}
            for batch in rows.batches():
                places = pa.array([at.get(key) for key in batch.column(on).to_pylist()], pa.int64())
                if is_needed:
                    there = places.is_valid()
                    batch, places = batch.filter(there), places.filter(there)
                taken = held.select([field.name for field in added]).take(places).combine_chunks()
                whole = [*batch.columns, *(_chunk(taken.column(field.name), field.type) for field in added)]
                if batch.num_rows:
                    yield pa.RecordBatch.from_arrays(whole, schema=schema)

        return Rows(schema, batches)

    def where(self, rows: Rows, column: str, least: float | str, most: float | str) -> Rows:
        if rows.parts is not None and rows.parts[0] == column and least == most:
            file = rows.parts[1].get(str(least))
            return Rows(rows.schema, lambda: _lying((file,) if file else ()))

        def batches() -> Iterator[pa.RecordBatch]:
            for batch in rows.batches():
                values = batch.column(column)
                found = batch.filter(pc.and_(pc.greater_equal(values, least), pc.less_equal(values, most)))
                if found.num_rows:
                    yield found

        return Rows(rows.schema, batches)

    def columns(self, rows: Rows, names: Mapping[str, str]) -> Rows:
        schema = pa.schema([rows.schema.field(old).with_name(new) for new, old in names.items()])

        def batches() -> Iterator[pa.RecordBatch]:
            for batch in rows.batches():
                yield pa.RecordBatch.from_arrays([batch.column(old) for old in names.values()], schema=schema)

        return Rows(schema, batches)

    def filled(self, rows: Rows, column: str, other: str) -> Rows:
        at = rows.schema.get_field_index(column)

        def batches() -> Iterator[pa.RecordBatch]:
            for batch in rows.batches():
                yield batch.set_column(
                    at, rows.schema.field(at), pc.coalesce(batch.column(column), batch.column(other))
                )

        return Rows(rows.schema, batches)

    def together(self, *rows: Rows) -> Rows:
        def batches() -> Iterator[pa.RecordBatch]:
            for one in rows:
                yield from one.batches()

        return Rows(rows[0].schema, batches)

    def totals(self, rows: Rows) -> dict[str, int]:
        found = dict.fromkeys(rows.schema.names, 0)
        for batch in rows.batches():
            for name in found:
                found[name] += pc.sum(batch.column(name)).as_py() or 0
        return found

    def finished(self, step: str) -> tuple[Rows, int] | None:
        folder = self._work / step
        try:
            told = json.loads((folder / _DONE).read_text())
        except (FileNotFoundError, ValueError):
            return None
        self._kept.add(step)
        return _kept(folder, told["by"]), told["rows"]

    def keep(self, step: str, rows: Rows, *, by: str | None = None) -> tuple[Rows, int]:
        folder = self._work / step
        (folder / _DONE).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        count = 0
        with ExitStack() as stack:
            writers: dict[str, pq.ParquetWriter] = {}
            for batch in rows.batches():
                count += batch.num_rows
                for value, part in [("0", batch)] if by is None else _parted(batch, by):
                    if value not in writers:
                        file = folder / f"part-{value}.parquet"
                        writers[value] = stack.enter_context(pq.ParquetWriter(file, rows.schema, compression="zstd"))
                    writers[value].write_batch(part)
            if not writers:
                stack.enter_context(pq.ParquetWriter(folder / "part-0.parquet", rows.schema))
        beside = folder / f".{_DONE}"
        beside.write_text(json.dumps({"rows": count, "by": by}))
        beside.replace(folder / _DONE)
        self._kept.add(step)
        return _kept(folder, by), count

    def write(self, table: str, rows: Rows) -> Rows:
        folder = self._out / table
        if table == "editions":
            lines.write(folder, rows.batches())
            return Rows(rows.schema, lambda: lines.read(folder))
        shutil.rmtree(folder, ignore_errors=True)
        written.write(rows.batches(), folder, TABLES[table])
        return Rows(rows.schema, lambda: written.batches(folder, TABLES[table]))

    def tell(self, name: str, text: str | None) -> None:
        self._out.mkdir(parents=True, exist_ok=True)
        if text is None:
            (self._out / name).unlink(missing_ok=True)
            return
        beside = self._out / f".{name}.new"
        beside.write_text(text, encoding="utf-8")
        beside.replace(self._out / name)

    def forget(self) -> None:
        if not self._work.is_dir():
            return
        for folder in self._work.iterdir():
            if folder.name not in self._kept:
                (folder / _DONE).unlink(missing_ok=True)  # first: what is half removed is not finished
                shutil.rmtree(folder)

    @property
    def _work(self) -> Path:
        # Each engine keeps what it has in its own way.
        return self._out / self._settings.work_folder / self.name

    @staticmethod
    def _table(rows: Rows) -> pa.Table:
        return pa.Table.from_batches(rows.batches(), rows.schema)

    def _grouped(
        self,
        rows: Rows,
        kernel: GroupKernel,
        schema: pa.Schema,
        by: str,
        order: Sequence[str],
        most: int | None,
        tasks: int = 0,
    ) -> Iterator[pa.RecordBatch]:
        """The kernel over every group. Rows are dealt to files by their group."""
        with tempfile.TemporaryDirectory(prefix="variorum-") as place:
            files = _dealt(rows, by, Path(place), min(_MOST_FILES, max(self._settings.local_buckets, tasks)))
            yield from self._spread(_mapped_groups, ((kernel, schema, file, by, order, most) for file in files))

    def _spread(
        self, work: Callable[..., list[pa.RecordBatch]], tasks: Iterable[tuple[object, ...]]
    ) -> Iterator[pa.RecordBatch]:
        """What ``work`` makes of every task, in their order, by all processes."""
        if self._pool is None:
            for task in tasks:
                yield from work(*task)
            return
        waiting: deque[Future[list[pa.RecordBatch]]] = deque()
        for task in tasks:
            waiting.append(self._pool.submit(work, *task))
            if len(waiting) >= _AHEAD * self._processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _kept(folder: Path, by: str | None) -> Rows:
    files = {file.stem.removeprefix("part-"): file for file in sorted(folder.glob("part-*.parquet"))}
    schema = pq.read_schema(next(iter(files.values())))
    return Rows(schema, lambda: _lying(files.values()), None if by is None else (by, files))


def _lying(files: Iterable[Path]) -> Iterator[pa.RecordBatch]:
    for place in files:
        with pq.ParquetFile(place) as file:
            yield from file.iter_batches(_READ_ROWS)


def _parted(batch: pa.RecordBatch, by: str) -> Iterator[tuple[str, pa.RecordBatch]]:
    for value in batch.column(by).unique().to_pylist():
        yield value, batch.filter(pc.equal(batch.column(by), value))


def _mapped(kernel: MapKernel, schema: pa.Schema, batch: pa.RecordBatch) -> list[pa.RecordBatch]:
    return list(Mapped(kernel, schema)((batch,)))


def _mapped_groups(
    kernel: GroupKernel, schema: pa.Schema, file: Path, by: str, order: Sequence[str], most: int | None
) -> list[pa.RecordBatch]:
    with pa.OSFile(str(file)) as opened, pa.ipc.open_stream(opened) as reader:
        table = reader.read_all()
    ordered = table.sort_by([(name, "ascending") for name in (by, *order)])
    return list(Grouped(kernel, schema, by, most)(ordered.to_batches()))


def _dealt(rows: Rows, by: str, place: Path, count: int) -> list[Path]:
    """Files of the rows, all of a group in one. Rows without a value in ``by`` are in no group."""
    writers: dict[int, pa.ipc.RecordBatchStreamWriter] = {}
    try:
        for batch in rows.batches():
            coded = batch.column(by).dictionary_encode()
            bucket_of = pa.array([_bucket(value, count) for value in coded.dictionary.to_pylist()], pa.int64())
            buckets = bucket_of.take(coded.indices)
            for bucket in buckets.unique().drop_null().to_pylist():
                if bucket not in writers:
                    writers[bucket] = pa.ipc.new_stream(str(place / f"{bucket}.arrow"), rows.schema)
                writers[bucket].write_batch(batch.filter(pc.equal(buckets, bucket)))
    finally:
        for writer in writers.values():
            writer.close()
    return [place / f"{bucket}.arrow" for bucket in sorted(writers)]


def _bucket(value: object, count: int) -> int:
    return crc32(str(value).encode("utf-8", "surrogatepass")) % count


def _chunk(column: pa.ChunkedArray, kind: pa.DataType) -> pa.Array:
    return column.combine_chunks().cast(kind)
