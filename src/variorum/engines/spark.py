"""The engine of many machines: the same kernels, shipped to the workers of an Apache Spark session.

``mapInArrow`` carries every kernel. Groups are made by a shuffle and a sort and cut out of the stream by the kernel's
shell, not by ``applyInArrow``: that costs a call from the JVM for every group, which is more than a block's whole work,
and holds a group whole even where only its first rows count.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException, PySparkRuntimeError
from pyspark.sql import SparkSession
from pyspark.sql import functions as fn
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from variorum.config import Batch, Ingest
from variorum.engines.components import COMPONENTS, connected_here
from variorum.engines.contract import MANIFEST, PAIRED, GroupKernel, MapKernel
from variorum.engines.shipped import Grouped, Mapped
from variorum.engines.spark_connect import connected
from variorum.engines.spark_inputs import take
from variorum.errors import UsageError
from variorum.records.tables import UNKNOWN_DATE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

FAILURES = (PySparkException, Py4JJavaError)
"""What Spark raises where a job cannot be done."""

_DONE = "finished.json"

_WHILE_RUNNING = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(64 << 20),
    # What a site may have set otherwise, and what would then stay of an earlier answer, or be lost without a word.
    "spark.sql.sources.partitionOverwriteMode": "static",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    # A join by broadcast collects one side to the driver; here nothing but counts may go there (those of the lines in
    # each block of a file are joined so, by a hint).
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.adaptive.autoBroadcastJoinThreshold": "-1",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.skewJoin.enabled": "true",
}


@contextmanager
def opened(master: str | None, given: SparkSession | None = None) -> Iterator[SparkSession]:
    """A Spark session; one that was there before goes on, one that was made here is stopped.

    master: as Spark spells it, ``local[2]`` or ``spark://host:7077``; ``None`` leaves it to ``spark-submit``.
    Raises UsageError where there is no Java to run Spark, or the master cannot be had.
    """
    present = given or SparkSession.getActiveSession()
    if present is not None:
        yield present
        return
    builder = SparkSession.builder.appName("variorum").config("spark.ui.showConsoleProgress", "false")
    if master is not None:
        builder = builder.master(master)
        if master.startswith("local"):
            # Workers of the same machine run what runs this; elsewhere it is for the cluster to say.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        made = builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise UsageError("Spark needs Java 17 or 21, and none could be started; is JAVA_HOME right?") from error
    made.sparkContext.setLogLevel("ERROR")
    try:
        yield made
    finally:
        made.stop()


class SparkEngine:
    """See :class:`variorum.engines.contract.Engine`. To be used in a ``with`` block; rows are Spark's data frames.

    session: stays as it was given; a few of its SQL settings are others while the engine is used. out: where the
    answer goes, any path or URL that Spark can write; the work folder lies in it.
    """

    name = "spark"

    def __init__(self, session: SparkSession, out: str, *, settings: Batch | None = None, ingest: Ingest | None = None):
        self._session = session
        self.out = out.rstrip("/")
        self._settings = settings or Batch()
        self._ingest = ingest or Ingest()
        self._before: dict[str, str | None] = {}
        self._kept: set[str] = set()
        self._connected = 0

    def __enter__(self) -> SparkEngine:
        for name, value in _WHILE_RUNNING.items():
            self._before[name] = self._session.conf.get(name, None)
            self._session.conf.set(name, value)
        return self

    def __exit__(self, *_: object) -> None:
        for name, value in self._before.items():
            if value is None:
                self._session.conf.unset(name)
            else:
                self._session.conf.set(name, value)

    def is_free(self) -> bool:
        path, files = self._hadoop(self.out)
        if not files.exists(path):
            return True
        names = {status.getPath().getName() for status in files.listStatus(path)}
        return not names or bool(names & {MANIFEST, self._settings.work_folder})

    def take(self, places: Sequence[str]) -> DataFrame:
        return take(self._session, places, settings=self._ingest)

    def map_articles(self, rows: DataFrame, kernel: MapKernel, schema: pa.Schema) -> DataFrame:
        return rows.mapInArrow(Mapped(kernel, schema), from_arrow_schema(schema))

    def propose_pairs(self, postings: DataFrame, kernel: GroupKernel, *, most: int) -> DataFrame:
        found = self._grouped(postings, kernel, PAIRED, "block", ("rank",), most)
        return found.groupBy("a", "b").agg(fn.max("alike").alias("alike"), fn.count("*").alias("met"))

    def score_pairs(self, pairs: DataFrame, held: DataFrame, kernel: MapKernel, schema: pa.Schema) -> DataFrame:
        for side in ("a", "b"):
            one = held.select(fn.col("article").alias(side), fn.col("held").alias(f"held_{side}"))
            pairs = pairs.join(one, side)
        return self.map_articles(pairs, kernel, schema)

    def connect(self, pairs: DataFrame) -> DataFrame:
        if pairs.count() <= self._settings.one_task_pairs:
            return pairs.select("a", "b").coalesce(1).mapInArrow(connected_here, from_arrow_schema(COMPONENTS))
        self._connected += 1
        step = f"connect-{self._connected}"

        def put_by(name: str, rows: DataFrame) -> DataFrame:
            place = self._at(f"{step}-{name}")
            rows.write.mode("overwrite").parquet(place)
            return self._session.read.schema(rows.schema).parquet(place)

        return connected(pairs, put_by)

    def per_story(
        self, rows: DataFrame, kernel: GroupKernel, schema: pa.Schema, *, by: str, order: Sequence[str], tasks: int = 0
    ) -> DataFrame:
        return self._grouped(rows.where(fn.col(by).isNotNull()), kernel, schema, by, order, None, tasks)

    def joined(self, rows: DataFrame, others: DataFrame, on: str, *, is_needed: bool = True) -> DataFrame:
        return rows.join(others, on, "inner" if is_needed else "left")

    def where(self, rows: DataFrame, column: str, least: float | str, most: float | str) -> DataFrame:
        return rows.where(fn.col(column).between(least, most))

    def columns(self, rows: DataFrame, names: Mapping[str, str]) -> DataFrame:
        return rows.select(*(fn.col(old).alias(new) for new, old in names.items()))

    def filled(self, rows: DataFrame, column: str, other: str) -> DataFrame:
        return rows.withColumn(column, fn.coalesce(column, other))

    def together(self, *rows: DataFrame) -> DataFrame:
        whole = rows[0]
        for one in rows[1:]:
            whole = whole.unionByName(one)
        return whole

    def totals(self, rows: DataFrame) -> dict[str, int]:
        found = rows.agg(*(fn.sum(name).alias(name) for name in rows.columns)).first()
        return dict.fromkeys(rows.columns, 0) if found is None else {name: found[name] or 0 for name in rows.columns}

    def finished(self, step: str) -> tuple[DataFrame, int] | None:
        text = self._told(self._at(f"{step}/{_DONE}"))
        if text is None:
            return None
        try:
            told = json.loads(text)
        except ValueError:
            return None
        self._kept.add(step)
        schema = StructType.fromJson(told["columns"])
        return self._session.read.schema(schema).parquet(self._at(f"{step}/rows")), int(told["rows"])

    def keep(self, step: str, rows: DataFrame, *, by: str | None = None) -> tuple[DataFrame, int]:
        self._tell(self._at(f"{step}/{_DONE}"), None)
        writer = rows.write.mode("overwrite")
        (writer.partitionBy(by) if by else writer).parquet(self._at(f"{step}/rows"))
        # Columns are told and not read off the files: of no rows by the values of a column there is no file.
        kept = self._session.read.schema(rows.schema).parquet(self._at(f"{step}/rows"))
        count = kept.count()
        told = {"rows": count, "columns": rows.schema.jsonValue()}
        self._tell(self._at(f"{step}/{_DONE}"), json.dumps(told))
        self._kept.add(step)
        return kept, count

    def write(self, table: str, rows: DataFrame) -> DataFrame:
        place = f"{self.out}/{table}"
        is_dated = "date" in rows.columns
        # Rebalanced by Spark itself, which also cuts a day that has much more than others.
        laid = rows.hint("rebalance", "date") if is_dated else rows
        writer = laid.write.mode("overwrite")
        if table == "editions":
            writer.partitionBy("date").text(place)
            if not self._has_folders(place):
                return self._session.createDataFrame([], rows.schema)
            found = self._session.read.text(place)
            return found.select(fn.col("date").cast("string").alias("date"), fn.col("value").alias("edition"))
        (writer.partitionBy("date") if is_dated else writer).parquet(place)
        if is_dated and not self._has_folders(place):
            # Of no days there would be no file, and nobody could tell what columns the table has.
            rows.drop("date").limit(0).write.mode("overwrite").parquet(f"{place}/date={UNKNOWN_DATE}")
        return self._session.read.schema(rows.schema).parquet(place).select(*rows.columns)

    def _has_folders(self, place: str) -> bool:
        path, files = self._hadoop(place)
        return any(status.isDirectory() for status in files.listStatus(path))

    def tell(self, name: str, text: str | None) -> None:
        self._tell(f"{self.out}/{name}", text)

    def forget(self) -> None:
        path, files = self._hadoop(self._work)
        if files.exists(path):
            for status in files.listStatus(path):
                if status.getPath().getName() not in self._kept:
                    self._tell(
                        f"{self._work}/{status.getPath().getName()}/{_DONE}", None
                    )  # first: then it is not finished
                    files.delete(status.getPath(), True)

    def _tell(self, place: str, text: str | None) -> None:
        path, files = self._hadoop(place)
        if text is None:
            files.delete(path, False)
            return
        beside, _ = self._hadoop(f"{place}.new")
        written = files.create(beside, True)
        try:
            written.write(bytearray(text.encode("utf-8")))
        finally:
            written.close()
        files.delete(path, False)
        files.rename(beside, path)

    def _told(self, place: str) -> str | None:
        path, files = self._hadoop(place)
        if not files.exists(path):
            return None
        opened = files.open(path)
        try:
            jvm: Any = self._session._jvm
            return str(jvm.org.apache.commons.io.IOUtils.toString(opened, "UTF-8"))
        finally:
            opened.close()

    def _hadoop(self, place: str) -> tuple[Any, Any]:
        """A path and the file system it lies on."""
        jvm: Any = self._session._jvm
        path = jvm.org.apache.hadoop.fs.Path(place)
        return path, path.getFileSystem(self._session._jsc.hadoopConfiguration())

    @property
    def _work(self) -> str:
        # Each engine keeps what it has in its own way.
        return f"{self.out}/{self._settings.work_folder}/{self.name}"

    def _at(self, step: str) -> str:
        return f"{self._work}/{step}"

    def _grouped(
        self,
        rows: DataFrame,
        kernel: GroupKernel,
        schema: pa.Schema,
        by: str,
        order: Sequence[str],
        most: int | None,
        tasks: int = 0,
    ) -> DataFrame:
        dealt = rows.repartition(tasks, by) if tasks else rows.repartition(by)
        inside = dealt.sortWithinPartitions(by, *order)
        return inside.mapInArrow(Grouped(kernel, schema, by, most), from_arrow_schema(schema))
