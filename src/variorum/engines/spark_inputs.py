"""What goes into a batch run on Apache Spark: the pieces that ``local_inputs`` takes, wherever Spark can read.

Plain JSON Lines are read by Spark's own reader of text, which splits a file between workers and hands on the bytes of
a line as they are. Everything else on a path of this machine is opened by a worker where it lies, so that each worker
must see that path; what lies elsewhere (HDFS, S3 ...) comes to a worker with its bytes, file by file.

Java and Arrow bound what can be handed on: a line, or a file that is not split, has at most some two thousand million
bytes, and a worker must have room for it. A larger file is refused; a larger line stops the run, and so does a file on
such a store that Spark lists and may not open. There, too, a file of lines is taken by its name alone: one that is in
UTF-16, or packed without saying so in its name, is seen and read on a path of this machine, and has its lines refused.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, DataFrameReader, SparkSession, Window
from pyspark.sql import functions as fn

from variorum.config.ingest import Ingest
from variorum.engines.inputs import RAW, batch_of, batches, pieces
from variorum.engines.places import (
    check,
    fixed_part,
    is_kept,
    local_path,
    no_report,
    nothing_there,
    scheme_of,
    whole_inputs,
)
from variorum.errors import InputRefused, UsageError
from variorum.ingest.formats.json_export import LINES
from variorum.ingest.formats.named import bare
from variorum.ingest.formats.opened import opened
from variorum.ingest.formats.packed import GZIP
from variorum.ingest.formats.wide import narrowed
from variorum.ingest.raw import RawInput
from variorum.ingest.unfold import is_lines, is_rows, line_of, nothing, row_groups, unfolded
from variorum.ingest.walk import SUFFIXES, Candidate

RAW_COLUMNS = "shown string, kind string, number bigint, raw binary, place string, reason string"
"""The columns of ``engines.inputs.RAW`` as Spark calls them."""

_GROUP = pa.field("group", pa.int64())
_NUMBERED = pa.schema(
    [
        pa.field("file", pa.string()),
        pa.field("block", pa.int64()),
        pa.field("within", pa.int64()),
        pa.field("kind", pa.string()),
        pa.field("raw", pa.binary()),
        pa.field("reason", pa.string()),
    ]
)
_NUMBERED_COLUMNS = "file string, block bigint, within bigint, kind string, raw binary, reason string"
# Names that mean themselves to Java in any locale, and to Hadoop's patterns; other files are opened by Python.
_PLAIN = re.compile(r"[A-Za-z0-9./@+=,_-]+", re.ASCII)
_WILD = re.compile(r"[*?\[{\\]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://[^/]*)?(/.*)")
# Files that are handed on whole, by how their names end; packed lines cannot be split.
_WHOLE = SUFFIXES - LINES | {f"{suffix}.gz" for suffix in SUFFIXES}
# What ``bytes.strip`` takes for blank.
_BLANK = " \t\n\r\x0b\x0c"
_TOO_LARGE = "This file has {size:,} bytes, and a worker is handed at most {limit:,} at once: split it or unpack it."
_UNCOUNTED = "the lines of a file changed while they were counted"

Kernel = Callable[[Iterator[Any]], Iterator[Any]]


def take(session: SparkSession, places: Sequence[str], *, settings: Ingest) -> DataFrame:
    """The pieces of ``places`` as a table with the columns of ``engines.inputs.RAW``, in an order that means nothing.

    places: files, folders or patterns, as paths or as addresses of any file system that the session knows; a plain
    path is on the session's own file system. Files are listed, and what is not there told, at once; they are read
    when the table is. Raises UsageError for a place that is not there, holds no report or cannot be reached.
    """
    if not places:
        raise UsageError("no input is named")
    for place in places:
        check(place)
    is_here = {place: _is_here(session, place) for place in places}
    near = [local_path(place) for place in places if is_here[place]]
    tables = _here(session, whole_inputs(near), settings) if near else []
    for place in places:
        if not is_here[place]:
            tables += _there(session, place, settings)
    return reduce(DataFrame.unionAll, tables)


def _is_here(session: SparkSession, place: str) -> bool:
    """Whether a place is on a file system that a worker opens like any program."""
    scheme = scheme_of(place)
    if scheme is not None:
        return scheme == "file"
    java = session.sparkContext._jsc
    own = java.hadoopConfiguration().get("fs.defaultFS") if java is not None else None
    is_here = own is None or scheme_of(own) == "file"
    if not is_here and not place.startswith("/"):
        raise UsageError(f"give the whole address of what is not on this machine, and not {place}")
    return is_here


def _here(session: SparkSession, found: list[RawInput], settings: Ingest) -> list[DataFrame]:
    split = [whole for whole in found if _is_split(whole)]
    rest = [whole for whole in found if not _is_split(whole)]
    tables = []
    if split:
        places = sorted({whole.place or "" for whole in split})
        names = _table(session, [(f"file:{whole.place}", whole.shown) for whole in split])
        tables += _lines(_reader(session).text([f"file://{place}" for place in places]), names, settings)
    if rest:
        tables.append(_opened(session, rest, settings))
    return tables


def _is_split(whole: RawInput) -> bool:
    """Whether Spark's reader of text finds in a file the lines that ours does."""
    place = whole.place or ""
    name = PurePosixPath(place).name
    if whole.kind != "place" or not is_lines(whole.shown) or bare(whole.shown) != whole.shown:
        return False
    if _PLAIN.fullmatch(place) is None or name.startswith(("_", ".")) or not is_lines(name) or bare(name) != name:
        return False
    try:
        with opened(Candidate(Path(place), whole.shown), None) as given:
            return given.stream.peek(len(GZIP)) != GZIP and narrowed(given.stream) is given.stream
    except InputRefused:
        return False  # a worker will say why


def _opened(session: SparkSession, wholes: list[RawInput], settings: Ingest) -> DataFrame:
    """Inputs that workers open where they lie; the row groups of a Parquet file go to several."""
    table = pa.Table.from_batches(list(batches(wholes, settings=settings)), schema=RAW)
    most = int(session.conf.get("spark.sql.shuffle.partitions") or 1)
    given = session.createDataFrame(table).repartition(max(1, min(len(wholes), most)))
    if not any(is_rows(whole.shown) for whole in wholes):
        return given.mapInArrow(_unfolding(settings), RAW_COLUMNS)
    grouped = given.mapInArrow(_grouping(settings), RAW_COLUMNS + ", group bigint").repartition(most)
    return grouped.mapInArrow(_unfolding(settings), RAW_COLUMNS)


def _grouping(settings: Ingest) -> Kernel:
    def kernel(held: Iterator[Any]) -> Iterator[Any]:
        for batch in held:
            for given in pieces(batch):
                found = list(row_groups(given, settings=settings))
                one = batch_of([piece for piece, _ in found])
                yield one.append_column(_GROUP, pa.array([group for _, group in found], type=pa.int64()))

    return kernel


def _unfolding(settings: Ingest) -> Kernel:
    def kernel(held: Iterator[Any]) -> Iterator[Any]:
        yield from batches(_unfold(held), settings=settings)

    def _unfold(held: Iterator[Any]) -> Iterator[RawInput]:
        for batch in held:
            groups = batch.column("group").to_pylist() if "group" in batch.schema.names else [None] * batch.num_rows
            for given, group in zip(pieces(batch), groups, strict=True):
                yield from unfolded(given, settings=settings, group=group)

    return kernel


def _reader(session: SparkSession) -> DataFrameReader:
    # Left to itself, Spark ends a line at a carriage return, too.
    return session.read.option("lineSep", "\n").option("recursiveFileLookup", "true")


def _lines(text: DataFrame, names: DataFrame, settings: Ingest) -> list[DataFrame]:
    """The lines of files that Spark splits, and one refusal for each file that has none.

    text: as Spark reads it. names: the files wanted (``file``) and what each is shown as (``shown``). A line's number
    is its place in its block, which one task reads in order, and the lines in the blocks before, which are counted
    first.
    """
    raw = fn.col("value").cast("binary")
    size = fn.octet_length("value")
    # One more than the limit, for the carriage return that may end it.
    held = fn.when(size <= settings.largest_bytes + 1, raw).otherwise(fn.substring(raw, 1, settings.first_bytes))
    own = size - fn.col("value").endswith("\r").cast("int")
    is_said = (own > settings.largest_bytes) | (fn.octet_length(fn.btrim("value", fn.lit(_BLANK))) > 0)
    lines = text.select(
        fn.regexp_replace("_metadata.file_path", "^file:/+", "file:/").alias("file"),
        fn.col("_metadata.file_block_start").alias("block"),
        held.alias("raw"),
        size.alias("size"),
        is_said.alias("is_said"),
    )
    blocks = lines.groupBy("file", "block").agg(fn.count("*").alias("lines"), fn.count_if("is_said").alias("said"))
    before = Window.partitionBy("file").orderBy("block").rowsBetween(Window.unboundedPreceding, -1)
    spots = blocks.select("file", "block", fn.coalesce(fn.sum("lines").over(before), fn.lit(0)).alias("before"))
    named = spots.join(names, "file", "left")
    numbered = lines.drop("is_said").mapInArrow(_numbering(settings), _NUMBERED_COLUMNS)
    told = numbered.join(fn.broadcast(named), ["file", "block"], "left").where(
        fn.col("shown").isNotNull() | fn.col("before").isNull()
    )
    said = blocks.where("said > 0").select("file").distinct()
    empty = names.join(said, "file", "left_anti").select("shown")
    return [told.select(*_raw_columns(_counted())), empty.mapInArrow(_nothing(settings), RAW_COLUMNS)]


def _counted() -> Column:
    """The number of a line; one whose block was not counted must not pass for the first of its file."""
    return fn.when(fn.col("before").isNull(), fn.raise_error(fn.lit(_UNCOUNTED)).cast("bigint")).otherwise(
        fn.col("before") + fn.col("within")
    )


def _raw_columns(number: Column) -> list[Column]:
    none = fn.lit(None).cast("string")
    return [
        fn.col("shown"),
        fn.col("kind"),
        number.alias("number"),
        fn.col("raw"),
        none.alias("place"),
        fn.col("reason"),
    ]


def _numbering(settings: Ingest) -> Kernel:
    """Numbers the lines of each block from 1, in the order in which its one task reads them."""

    def kernel(held: Iterator[Any]) -> Iterator[Any]:
        last: tuple[str, int] | None = None
        within = 0
        for batch in held:
            found: list[tuple[object, ...]] = []
            columns = (batch.column(name).to_pylist() for name in ("file", "block", "raw", "size"))
            for file, block, raw, size in zip(*columns, strict=True):
                within = within + 1 if last == (file, block) else 1
                last = file, block
                line = line_of("", within, raw, size, settings=settings)
                if line is not None:
                    found.append((file, block, within, line.kind, line.raw, line.reason))
            yield pa.RecordBatch.from_arrays(
                [pa.array([row[at] for row in found], type=field.type) for at, field in enumerate(_NUMBERED)],
                schema=_NUMBERED,
            )

    return kernel


def _nothing(settings: Ingest) -> Kernel:
    def kernel(held: Iterator[Any]) -> Iterator[Any]:
        for batch in held:
            yield from batches(map(nothing, batch.column("shown").to_pylist()), settings=settings)

    return kernel


def _there(session: SparkSession, place: str, settings: Ingest) -> list[DataFrame]:
    """The pieces of a place that only Spark can reach. Its list of files is the driver's, as Spark's own is."""
    listing = _load(_whole(session), place)
    path = _path(place)
    is_pattern = _WILD.search(path) is not None
    root = fixed_part(path, _WILD) if is_pattern else path
    found = sorted(listing.inputFiles())
    is_file = not is_pattern and [_path(unquote(file)) for file in found] == [root.rstrip("/")]
    shown = {file: name for file in found if (name := _shown(unquote(file), root, is_file=is_file)) is not None}
    if not shown:
        raise no_report(place)
    split = {file: name for file, name in shown.items() if is_lines(name) and bare(name) == name}
    tables = []
    if split:
        text = _only(_reader(session), LINES).text(place)
        tables += _lines(text, _table(session, split.items()), settings)
    if len(split) == len(shown):
        return tables
    whole = (_whole(session) if is_file else _only(_whole(session), _WHOLE)).load(place)
    held = whole.where(fn.col("length") <= settings.handed_bytes).select("path", "content")
    tables.append(held.mapInArrow(_holding(root, settings, is_file=is_file), RAW_COLUMNS))
    # Spark passes over files with nothing in them.
    sizes = listing.select(fn.col("_metadata.file_path").alias("file"), fn.col("length").alias("size"))
    rest = _table(session, ((file, name) for file, name in shown.items() if file not in split))
    sized = rest.join(sizes, "file", "left").select("shown", fn.coalesce("size", fn.lit(0)).alias("size"))
    unheld = sized.where((fn.col("size") == 0) | (fn.col("size") > settings.handed_bytes))
    tables.append(unheld.mapInArrow(_without_bytes(settings), RAW_COLUMNS))
    return tables


def _whole(session: SparkSession) -> DataFrameReader:
    return session.read.format("binaryFile").option("recursiveFileLookup", "true")


def _table(session: SparkSession, names: Iterable[tuple[str, str]]) -> DataFrame:
    """Files, as Spark's metadata name them, and what each is shown as."""
    files, shown = zip(*names, strict=True)
    return session.createDataFrame(
        pa.table({"file": pa.array(files, pa.string()), "shown": pa.array(shown, pa.string())})
    )


def _load(reader: DataFrameReader, place: str) -> DataFrame:
    try:
        return reader.load(place)
    except AnalysisException as error:
        if error.getCondition() == "PATH_NOT_FOUND":
            raise nothing_there(place) from None
        raise UsageError(f"Spark cannot read {place}: {error.getCondition()}") from None
    except Py4JJavaError as error:
        told = str(error.java_exception.getMessage() or error.java_exception.getClass().getName())
        raise UsageError(f"Spark cannot read {place}: {told.splitlines()[0][:300]}") from None


def _path(place: str) -> str:
    """An address without what says how, and on which machine, it is reached."""
    match = _ADDRESS.fullmatch(place)
    return place if match is None else match[1]


def _only(reader: DataFrameReader, suffixes: frozenset[str]) -> DataFrameReader:
    """Only files whose names end so, in small letters or capitals."""
    either = ("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in suffix) for suffix in sorted(suffixes))
    return reader.option("pathGlobFilter", f"*{{{','.join(either)}}}")


def _shown(path: str, root: str, *, is_file: bool) -> str | None:
    """What a file is shown as; ``None`` for one that is passed over."""
    if is_file:
        return PurePosixPath(path).name
    shown = _path(path)[len(root.rstrip("/")) + 1 :]
    return shown if is_kept(shown) else None


def _holding(root: str, settings: Ingest, *, is_file: bool) -> Kernel:
    """Whole files with their bytes, those of lines or rows taken apart."""

    def kernel(held: Iterator[Any]) -> Iterator[Any]:
        yield from batches(_unfold(held), settings=settings)

    def _unfold(held: Iterator[Any]) -> Iterator[RawInput]:
        for batch in held:
            for path, content in zip(batch.column("path"), batch.column("content"), strict=True):
                shown = _shown(path.as_py(), root, is_file=is_file)
                if shown is not None and not (is_lines(shown) and bare(shown) == shown):
                    yield from unfolded(RawInput(shown, "bytes", raw=content.as_py()), settings=settings)

    return kernel


def _without_bytes(settings: Ingest) -> Kernel:
    """Files that come without their bytes: there are none, or too many."""

    def kernel(held: Iterator[Any]) -> Iterator[Any]:
        for batch in held:
            found = zip(batch.column("shown").to_pylist(), batch.column("size").to_pylist(), strict=True)
            yield from batches((piece for shown, size in found for piece in _unheld(shown, size)), settings=settings)

    def _unheld(shown: str, size: int) -> Iterator[RawInput]:
        if size:
            yield RawInput(shown, "refused", reason=_TOO_LARGE.format(size=size, limit=settings.handed_bytes))
        else:
            yield from unfolded(RawInput(shown, "bytes", raw=b""), settings=settings)

    return kernel
