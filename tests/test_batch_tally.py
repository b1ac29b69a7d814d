"""A table's tally: the same for the same rows however they lie, another for any other rows."""

import hashlib
import pickle
import random
import struct
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from edition_fixture import tainted
from sealed import editions

from variorum.edition.tables import article_rows, refusal_row, rows_of
from variorum.engines.written import read, write
from variorum.records import Refusal
from variorum.records.table import batch_of
from variorum.records.tables import ARTICLES, TABLES
from variorum.records.tally import Tally, tally

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EDITION = editions().only
REFUSED = [refusal_row(Refusal(path, "The file is empty.", first)) for path, first in (("a", None), ("b", ""))]
ROWS: dict[str, list[Any]] = {"articles": article_rows(EDITION), "refused": REFUSED, **rows_of(EDITION)}
BATCHES = {name: batch_of(TABLES[name], rows) for name, rows in ROWS.items()}
EVERY = pytest.mark.parametrize("name", TABLES)


def of(**columns: Any) -> Tally:
    return tally(pa.RecordBatch.from_pydict({name: pa.array(*given) for name, given in columns.items()}))


def by_hand(value: Any, kind: pa.DataType) -> bytes:
    """One value written out as the module says, a value at a time."""
    if pa.types.is_struct(kind):
        names = sorted(kind.field(at).name for at in range(kind.num_fields))
        inner = (by_hand(value and value[name], kind.field(name).type) for name in names)
        return (b"\0" if value is None else b"\7") + b"".join(inner)
    if value is None:
        return bytes(9)
    if isinstance(value, bool | int):
        return bytes([4 if isinstance(value, bool) else 1]) + struct.pack("<q", value)
    if isinstance(value, float):
        return b"\2" + struct.pack("<d", value)
    if isinstance(value, datetime):
        return b"\3" + struct.pack("<q", (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1))
    if isinstance(value, str):
        return b"\5" + struct.pack("<q", len(value.encode())) + value.encode()
    return b"\6" + struct.pack("<q", len(value)) + b"".join(by_hand(inner, kind.value_type) for inner in value)


@EVERY
def test_a_tally_is_the_sum_of_what_its_module_says(name: str) -> None:
    schema = TABLES[name].schema
    names = sorted(schema.names)
    for row in ROWS[name]:
        written = "\0".join(names).encode() + b"".join(by_hand(row[key], schema.field(key).type) for key in names)
        assert tally(batch_of(TABLES[name], [row])).digest == hashlib.blake2b(written, digest_size=16).hexdigest()


@EVERY
def test_order_and_parts_do_not_count(name: str) -> None:
    rows, whole = ROWS[name], tally(BATCHES[name])
    assert len(rows) > 1 or name == "stories"
    for seed in range(5):
        order = random.Random(seed).sample(rows, len(rows))
        cut = seed % (len(rows) + 1)
        parts = [tally(batch_of(TABLES[name], part)) for part in (order[:cut], order[cut:])]
        assert parts[0] + parts[1] == parts[1] + parts[0] == whole
    assert tally(pa.Table.from_batches([BATCHES[name].slice(0, 1), BATCHES[name].slice(1)])) == whole


@EVERY
def test_a_row_more_or_less_or_twice_shows(name: str) -> None:
    rows, whole = ROWS[name], tally(BATCHES[name])
    twice = tally(batch_of(TABLES[name], [*rows, rows[0]]))
    assert (twice.rows, twice.digest == whole.digest) == (whole.rows + 1, False)
    assert tally(batch_of(TABLES[name], rows[1:])).digest != whole.digest
    assert tally(batch_of(TABLES[name], [rows[0]] * 2)).digest != Tally().digest


@EVERY
def test_a_change_in_any_column_shows(name: str) -> None:
    table, rows, whole = TABLES[name], ROWS[name], tally(BATCHES[name])
    for column in table.schema:
        other: Any = {"string": "other", "int32": 7_777, "double": 0.123, "bool": None}.get(str(column.type), [])
        if pa.types.is_timestamp(column.type):
            other = datetime(1999, 1, 1, tzinfo=UTC)
        elif pa.types.is_struct(column.type):
            other = {"start": 1, "end": 7_777}
        elif other == [] and not rows[0][column.name]:
            continue
        elif other is None:
            other = not rows[0][column.name]
        changed = [rows[0] | {column.name: other}, *rows[1:]]
        assert tally(batch_of(table, changed)).digest != whole.digest, column.name


def test_a_tally_is_what_a_manifest_says_of_it() -> None:
    whole = tally(BATCHES["claims"])
    assert Tally.of(whole.rows, whole.digest) == whole
    assert (Tally().rows, Tally().digest) == (0, "0" * 32)
    most = Tally(1, 2**64 - 1, 2**64 - 1)
    assert most + Tally(1, 0, 1) == Tally(2, 0, 0)
    # Written down here: a tally that changes from one release to the next would tell two equal tables apart.
    known = pa.RecordBatch.from_pydict({"b": ["one", None], "a": [[1, 2], []]})
    assert tally(known).digest == "dba131ad739ffc6303f65c748f1dc85d"


def test_how_a_value_is_laid_out_does_not_count() -> None:
    text = ["2031-10-07", "2031-10-08"]
    days = [date(2031, 10, 7), date(2031, 10, 8)]
    plain = of(date=[text])
    for kind in (pa.large_string(), pa.string_view(), pa.binary(), pa.dictionary(pa.int32(), pa.string())):
        assert tally(pa.RecordBatch.from_pydict({"date": pa.array(text).cast(kind)})) == plain, kind
    assert of(date=[days, pa.date32()]) == plain
    assert of(n=[[1, 2], pa.int32()]) == of(n=[[1, 2], pa.int64()]) == of(n=[[1, 2], pa.uint8()])
    assert of(n=[[2**63 + 1], pa.uint64()]) == of(n=[[-(2**63) + 1], pa.int64()])
    assert of(n=[[[1], [2, 3]], pa.list_(pa.int32())]) == of(n=[[[1], [2, 3]], pa.large_list(pa.int64())])
    assert of(n=[[[1, 2]], pa.list_(pa.int32())]) == of(n=[[[1, 2]], pa.list_(pa.int32(), 2)])
    assert of(n=[[0.0, float("nan")]]) == of(n=[[-0.0, -float("nan")]])
    moment = [datetime(2031, 10, 7, 14, 5, 0, 120, UTC)]
    micro = of(at=[moment, pa.timestamp("us", "UTC")])
    assert of(at=[moment, pa.timestamp("ns", "UTC")]) == micro == of(at=[moment, pa.timestamp("us", "Asia/Tokyo")])
    assert of(at=[[moment[0].replace(tzinfo=None)], pa.timestamp("us")]) == micro
    one, other = pa.array([1, 2]), pa.array(["x", "y"])
    straight = pa.StructArray.from_arrays([one, other], ["a", "b"])
    turned = pa.StructArray.from_arrays([other, one], ["b", "a"])
    assert of(s=[straight]) == of(s=[turned])
    assert of(a=[one], b=[other]) == of(b=[other], a=[one])


def test_what_is_different_is_told_apart() -> None:
    maybe = pa.list_(pa.string())
    different = [
        of(a=[["x"]]), of(b=[["x"]]), of(a=[[None], pa.string()]), of(a=[[""]]), of(a=[["\0"]]), of(a=[["x", "x"]]),
        of(a=[["xy", ""]]), of(a=[["x", "y"]]), of(a=[[1]]), of(a=[[True]]), of(a=[[[]], maybe]),
        of(a=[[[None]], maybe]), of(a=[[[""]], maybe]), of(a=[[["", ""]], maybe]), of(a=[[["x", "y"]], maybe]),
        of(a=[[["y", "x"]], maybe]), of(a=[[["xy"]], maybe]), of(a=[["x"]], b=[["y"]]), of(a=[["y"]], b=[["x"]]),
        of(a=[[0.1]]), of(a=[[0.1 + 2e-17]]), of(a=[[5e-324]]), of(a=[[{"b": None}], pa.struct([("b", pa.string())])]),
        of(a=[[None], pa.struct([("b", pa.string())])]), of(a=[[{"b": ""}], pa.struct([("b", pa.string())])]),
    ]  # fmt: skip
    assert len({(one.rows, one.digest) for one in different}) == len(different)


def test_what_lies_under_a_null_and_outside_a_slice_does_not_count() -> None:
    names = pa.array(["hidden", "seen", "outside"])
    hidden = pa.StructArray.from_arrays([names], ["b"], mask=pa.array([True, False, False])).slice(0, 2)
    assert tally(pa.RecordBatch.from_arrays([hidden], ["a"])) == of(a=[[None, {"b": "seen"}], hidden.type])
    lists = pa.ListArray.from_arrays(pa.array([0, 2, 3, 3]), names, mask=pa.array([True, False, False]))
    assert tally(pa.RecordBatch.from_arrays([lists], ["a"])) == of(a=[[None, ["outside"], []], lists.type])
    assert tally(pa.RecordBatch.from_arrays([lists.slice(1)], ["a"])) == of(a=[[["outside"], []], lists.type])


def test_a_column_no_table_has_is_refused() -> None:
    with pytest.raises(TypeError, match="a column of decimal128"):
        of(a=[[1], pa.decimal128(5)])
    with pytest.raises(ValueError, match="two columns of one name"):
        tally(pa.RecordBatch.from_arrays([pa.array([1]), pa.array([1])], ["a", "a"]))


@EVERY
def test_a_table_has_its_tally_after_parquet(name: str, tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_batches([BATCHES[name]]), tmp_path / "one.parquet", row_group_size=2)
    assert tally(pq.read_table(tmp_path / "one.parquet")) == tally(BATCHES[name])
    assert write([BATCHES[name]], tmp_path / name, TABLES[name]) == tally(BATCHES[name])
    assert tally(read(tmp_path / name, TABLES[name])) == tally(BATCHES[name])


def test_a_table_has_its_tally_after_spark(spark: "SparkSession", tmp_path: Path) -> None:
    for name, batch in BATCHES.items():
        table, ours, theirs = TABLES[name], tmp_path / "ours" / name, tmp_path / "theirs" / name
        ours.parent.mkdir(exist_ok=True)
        whole = write([batch], ours, table)
        seen = spark.read.parquet(str(ours))
        writer = seen.repartition(3).write
        (writer.partitionBy("date") if table.is_dated else writer).parquet(str(theirs))
        assert tally(read(theirs, table)) == whole, name
        assert tally(seen.toArrow()) == whole, name
        made = spark.createDataFrame(pa.Table.from_batches([batch]))
        assert tally(made.toArrow()) == whole, name
        assert pc.count(read(theirs, table)[0]).as_py() == whole.rows


def test_hostile_rows_made_by_sparks_workers_have_the_tally_they_have_here(spark: "SparkSession") -> None:
    from pyspark.sql.pandas.types import from_arrow_schema

    rows = article_rows(tainted(EDITION, "\0\ud800\u202e<script>"))
    ours = batch_of(ARTICLES, rows)
    given = spark.createDataFrame(
        [(number, pickle.dumps(row)) for number, row in enumerate(rows)], "at long, row binary"
    )

    def made(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield batch_of(ARTICLES, [pickle.loads(row) for row in batch.column("row").to_pylist()])  # noqa: S301

    theirs = given.repartition(3).mapInArrow(made, from_arrow_schema(ARTICLES.schema)).toArrow()
    assert tally(theirs) == tally(ours)
