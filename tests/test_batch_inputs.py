"""What goes into a batch run: the same pieces, and the same reports of them, on one machine and on Spark."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from containers import FERRY, MILL, http, json_lines, packed, page, taken, warc_record, zipped

from variorum.config import Ingest
from variorum.engines import local_inputs
from variorum.engines.inputs import RAW, batches, pieces
from variorum.errors import UsageError
from variorum.ingest.raw import RawInput, of_raw
from variorum.records import Received, Refusal

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SETTINGS = Ingest(largest_bytes=1_000)
TIDE = "The tide gate at Holm was closed on Sunday.\n\n“It held,” said Ine Dahl.\n\nTwo cellars took in water."


def record(number: int, text: str = FERRY) -> dict[str, object]:
    return {
        "id": f"r{number}",
        "title": f"Ferry note {number}",
        "text": f"{text}\n\nNote {number}.",
        "source": "Courier",
    }


def rows(count: int) -> pa.Table:
    return pa.table(
        {
            "id": list(range(count)),
            "text": [f"{MILL}\n\nNote {number}." for number in range(count)],
            "published": [datetime(2025, 2, 3, 4, 5, number, tzinfo=UTC) for number in range(count)],
            "authors": [["Ine Dahl", "Per Aas"]] * count,
            "source": ["The Norby Post"] * count,
            "nothing": pa.array([None] * count, type=pa.string()),
        }
    )


def shelf(root: Path) -> Path:
    """A folder with one of everything, and of what goes wrong in each."""
    lines = [json.dumps(record(number)).encode() for number in range(20)]
    lines[3:3] = [b"", b"   ", b"{broken", b'{"title": "no text"}', b"[1]", b'{"text": "' + b"x" * 1_500 + b'"}']
    lines[20:20] = [b"x" * 999, b"x" * 1_000, b"x" * 1_001, b"\xff\xfe\xfd no UTF-8 \x80", b"a\rb"]
    lines[30] = json.dumps(record(19), ensure_ascii=False).encode("cp1252")
    files: dict[str, bytes] = {
        "day.jsonl": b"\n".join(lines),
        "crlf.jsonl": b"\r\n".join([*lines[:8], b"y" * 999, b"y" * 1_000, b"y" * 1_001]) + b"\r\n",
        "marked.ndjson": b"\xef\xbb\xbf" + b"\n".join(lines[:4]) + b"\n\n\n",
        "marked twice.jsonl": b"\xef\xbb\xbf\xef\xbb\xbf" + lines[0],
        "MARKED.JSONL": b"\xef\xbb\xbf\n" + lines[0] + b"\r",
        "wide.jsonl": b"\xff\xfe" + "\n".join(json.dumps(record(number)) for number in range(2)).encode("utf-16-le"),
        "packed.jsonl.gz": gzip.compress(b"\n".join(lines), mtime=0),
        "torn.jsonl.gz": gzip.compress(b"\n".join(lines), mtime=0)[:-20],
        "disguised.jsonl": gzip.compress(lines[0], mtime=0),
        "empty.jsonl": b"",
        "blank.jsonl": b"\n \n\r\n",
        "mark.jsonl": b"\xef\xbb\xbf",
        "long blank.jsonl": b" " * 1_500 + b"\n",
        "blank-long.jsonl": b" " * 1_001 + b"\r\n",
        "blank-limit.jsonl": b" " * 1_000 + b"\r\n",
        "quotations.jsonl": json_lines({"text": "We will", "spans": [], "marks": "closed", "speaker_span": None}),
        "deep/per cent %41 #1 é.jsonl": b"\n".join(lines[:2]),
        "deep/year=2025/part-0.jsonl": b"\n".join(lines[:2]),
        "deep/_temporary/part-1.jsonl": lines[0],
        "deep/_SUCCESS": b"",
        "deep/.hidden.jsonl": lines[0],
        "deep/part-3.jsonl._COPYING_": lines[0],
        "README.txt": b"How this folder came to be.",
        "crawl.warc.gz": packed(*(warc_record(http(page(f"Page {at}", text=f"{TIDE} {at}."))) for at in range(3))),
        "torn.warc.gz": packed(warc_record(http(page())))[:-30],
        "note.txt": f"Tide gate holds\n\n{TIDE}".encode(),
        "page.html": page().encode(),
        "empty.txt": b"",
        "large.txt": b"word " * 1_000,
        "table.csv": b"title,text\nGate,The gate at Holm held on Sunday.\nMill,The mill at Norby closes in June.\n",
        "list.json": json.dumps([record(50), {"title": "no text"}]).encode(),
        "ours.json": b'{"format": "variorum/edition/1", "editions": []}',
        "box.zip": zipped({"a.txt": TIDE, "b.jsonl": json_lines(record(51))}),
        "noparquet.parquet": b"PAR1 and then nothing",
        "empty.parquet": b"",
    }
    for name, raw in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    pq.write_table(rows(20), root / "day.parquet", row_group_size=6)
    pq.write_table(rows(3).drop(["text"]), root / "textless.parquet")
    pq.write_table(rows(0), root / "rowless.parquet")
    return root


Pieces = list[RawInput]


def on_one(*places: Path | str, settings: Ingest = SETTINGS) -> Pieces:
    found = [piece for batch in local_inputs.take([str(place) for place in places], settings=settings)
             for piece in pieces(batch)]  # fmt: skip
    return in_order(found)


def on_spark(spark: "SparkSession", *places: Path | str, settings: Ingest = SETTINGS) -> Pieces:
    from variorum.engines import spark_inputs

    table = spark_inputs.take(spark, [str(place) for place in places], settings=settings).toArrow()
    return in_order([piece for batch in table.cast(RAW).to_batches() for piece in pieces(batch)])


def in_order(found: Pieces) -> Pieces:
    return sorted(found, key=lambda piece: (piece.shown, piece.number, piece.kind, piece.place or "", piece.raw or b""))


def read(found: Pieces, **more: Any) -> list[Received | Refusal]:
    return [one for piece in found for one in of_raw(piece, settings=SETTINGS, **more)]


def paths(found: list[Received | Refusal]) -> tuple[set[str], dict[str, str]]:
    """Where the reports lie, and why what is refused is."""
    reports = {one.place for one in found if isinstance(one, Received)}
    return reports, {one.path: one.reason for one in found if isinstance(one, Refusal)}


@pytest.fixture(params=[200, 1_000_000])
def split(request: pytest.FixtureRequest, spark: "SparkSession") -> Iterator["SparkSession"]:
    """Spark cutting files after so many bytes."""
    wanted = {"spark.sql.files.maxPartitionBytes": str(request.param), "spark.sql.files.openCostInBytes": "0"}
    before = {name: spark.conf.get(name) for name in wanted}
    for name, value in wanted.items():
        spark.conf.set(name, value)
    yield spark
    for name, value in before.items():
        spark.conf.set(name, str(value))


@pytest.fixture
def far(spark: "SparkSession", tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """The address of a file as on a store that only Spark reaches."""
    root = tmp_path_factory.getbasetemp()
    java: Any = spark.sparkContext._jsc
    java.hadoopConfiguration().set("fs.viewfs.mounttable.far.link./store", root.as_uri())
    return lambda path: f"viewfs://far/store/{path.relative_to(root)}"


def test_spark_takes_what_one_machine_takes(tmp_path: Path, split: "SparkSession") -> None:
    root = shelf(tmp_path / "in")
    alone, together = on_one(root), on_spark(split, root)
    assert together == alone
    assert len(alone) > 120
    assert read(together) == read(alone)


@pytest.mark.parametrize("split", [200], indirect=True)
def test_files_on_a_store_that_workers_cannot_open_give_the_same_reports(
    tmp_path: Path, split: "SparkSession", far: Callable[[Path], str]
) -> None:
    root = shelf(tmp_path / "in")
    (root / "wide.jsonl").unlink()  # only where a file can be opened first is it seen to be wide
    (root / "disguised.jsonl").unlink()
    alone, found = on_one(root), on_spark(split, far(root))
    assert [piece for piece in found if piece.kind != "bytes"] == [piece for piece in alone if piece.kind != "place"]
    assert paths(read(found)) == paths(read(alone))
    assert read(found) == read(alone)
    days = on_spark(split, far(root / "day.*"), far(root / "deep/year=2025/part-0.jsonl"))
    assert days == on_one(root / "day.*", root / "deep/year=2025/part-0.jsonl")
    (only,) = on_spark(split, far(root / "note.txt"))
    assert (only.shown, only.kind, only.raw) == ("note.txt", "bytes", (root / "note.txt").read_bytes())


def test_a_file_too_large_to_hand_to_a_worker_is_refused(
    tmp_path: Path, spark: "SparkSession", far: Callable[[Path], str]
) -> None:
    (tmp_path / "small.txt").write_text(TIDE)
    (tmp_path / "large.warc").write_bytes(warc_record(http(page())) * 3)
    found = on_spark(spark, far(tmp_path), settings=Ingest(handed_bytes=500))
    assert [(piece.shown, piece.kind) for piece in found] == [("large.warc", "refused"), ("small.txt", "bytes")]
    assert "at most 500 at once" in str(found[0].reason)


@pytest.mark.parametrize("place", ["nowhere.jsonl", "nowhere/*.jsonl", "hollow", "-", "https://courier.example/a", ""])
def test_a_place_that_holds_nothing_is_the_callers_mistake(tmp_path: Path, spark: "SparkSession", place: str) -> None:
    (tmp_path / "hollow").mkdir()
    (tmp_path / "hollow" / "picture.png").write_bytes(b"\x89PNG")
    given = str(tmp_path / place) if place[:1] in ("n", "h") and ":" not in place else place
    with pytest.raises(UsageError) as alone:
        on_one(given)
    with pytest.raises(UsageError) as together:
        on_spark(spark, given)
    assert str(alone.value) == str(together.value)


@pytest.mark.parametrize("name", ["nowhere", "*.txt", "hollow"])
def test_a_place_on_a_store_that_holds_nothing_is_too(
    tmp_path: Path, spark: "SparkSession", far: Callable[[Path], str], name: str
) -> None:
    (tmp_path / "hollow").mkdir()
    (tmp_path / "hollow" / "picture.png").write_bytes(b"\x89PNG")
    with pytest.raises(UsageError, match=r"^there is no .*viewfs://far/"):
        on_spark(spark, far(tmp_path / name))


def test_a_store_that_cannot_be_reached_is_told_in_one_sentence(spark: "SparkSession") -> None:
    with pytest.raises(UsageError, match=r'^Spark cannot read nosuch://far/a: No FileSystem for scheme "nosuch"$'):
        on_spark(spark, "nosuch://far/a")
    with pytest.raises(UsageError, match=r"^only the Spark engine reads nosuch: nosuch://far/a$"):
        on_one("nosuch://far/a")


def test_a_plain_path_is_on_the_sessions_own_file_system(
    tmp_path: Path, spark: "SparkSession", far: Callable[[Path], str]
) -> None:
    (tmp_path / "note.txt").write_text(TIDE)
    address = far(tmp_path / "note.txt")
    java: Any = spark.sparkContext._jsc
    before = java.hadoopConfiguration().get("fs.defaultFS")
    java.hadoopConfiguration().set("fs.defaultFS", "viewfs://far/")
    try:
        (piece,) = on_spark(spark, address.removeprefix("viewfs://far"))
        with pytest.raises(UsageError, match=r"^give the whole address of what is not on this machine, and not note"):
            on_spark(spark, "note.txt")
        (here,) = on_spark(spark, (tmp_path / "note.txt").as_uri())
    finally:
        java.hadoopConfiguration().set("fs.defaultFS", before)
    assert (piece.shown, piece.raw, piece.place) == ("note.txt", TIDE.encode(), None)
    assert (here.shown, here.raw, here.place) == ("note.txt", None, str(tmp_path / "note.txt"))


def test_the_places_may_be_named_in_any_order_and_more_than_once(tmp_path: Path, spark: "SparkSession") -> None:
    root = shelf(tmp_path / "in")
    places = [root / "deep", root / "day.jsonl", root / "deep" / "year=2025", root / "day.jsonl"]
    found = on_spark(spark, *places)
    assert found == on_one(*places) == on_one(*reversed(places))
    assert len([piece for piece in found if piece.shown == "day.jsonl"]) == 2 * len(on_one(root / "day.jsonl"))


def test_each_line_is_judged_by_itself(tmp_path: Path) -> None:
    found, refused = paths(read(on_one(shelf(tmp_path / "in"))))
    assert {"day.jsonl#1", "day.jsonl#31", "packed.jsonl.gz#31", "crlf.jsonl#1", "marked.ndjson#1"} <= found
    assert {"MARKED.JSONL#2", "wide.jsonl#2", "disguised.jsonl#1", "deep/year=2025/part-0.jsonl#2"} <= found
    assert {"deep/per cent %41 #1 é.jsonl#1", "day.parquet#1", "day.parquet#20", "note.txt", "page.html"} <= found
    assert {"table.csv#2", "list.json#1", "box.zip#a.txt", "box.zip#b.jsonl#1"} <= found
    assert sum(path.startswith("crawl.warc.gz#") for path in found) == 3
    assert not any("hidden" in path or "_" in path or "README" in path for path in found | set(refused))
    broken, long = "This line is no JSON.", "This line is too long to be a report: it has more than 1,000 bytes."
    for name in ("day.jsonl", "packed.jsonl.gz", "torn.jsonl.gz"):
        assert refused[f"{name}#6"] == broken
        assert refused[f"{name}#7"] == "This record holds no text."
        assert refused[f"{name}#8"] == "This line is JSON and no object."
        assert refused[f"{name}#9"] == refused[f"{name}#23"] == long
        assert (
            refused[f"{name}#21"] == refused[f"{name}#22"] == refused[f"{name}#24"] == refused[f"{name}#25"] == broken
        )
    assert refused["crlf.jsonl#9"] == refused["crlf.jsonl#10"] == broken
    assert refused["crlf.jsonl#11"] == refused["long blank.jsonl#1"] == refused["blank-long.jsonl#1"] == long
    empty = "There is no object in this JSON file."
    for name in ("empty", "blank", "mark", "blank-limit"):
        assert refused[f"{name}.jsonl"] == empty
    assert refused["torn.jsonl.gz"] == "This breaks off: the end of what was packed is missing."
    assert refused["quotations.jsonl#1"] == "This is a quotation that this program wrote, and no report."
    assert refused["ours.json"] == "This is what variorum itself wrote, and no report."
    assert refused["noparquet.parquet"] == refused["empty.parquet"] == "This is no Parquet file, or it is damaged."
    assert refused["rowless.parquet"] == "There is no row in this Parquet file."
    assert [refused[f"textless.parquet#{at}"] for at in (1, 2, 3)] == ["This record holds no text."] * 3
    assert refused["empty.txt"] == "This file is empty."


def test_a_refusal_shows_the_first_bytes(tmp_path: Path) -> None:
    found = read(on_one(shelf(tmp_path / "in")))
    first = {one.path: one.first_bytes for one in found if isinstance(one, Refusal)}
    assert first["day.jsonl#6"] == b"{broken".hex()
    assert first["day.jsonl#9"] == (b'{"text": "' + b"x" * 22).hex()
    assert first["empty.jsonl"] is None


def test_batch_gives_the_reports_that_reading_gives(tmp_path: Path) -> None:
    root = shelf(tmp_path / "in")
    reports, _ = taken(root, settings=SETTINGS)
    hidden = {one.place for one in reports if "/_" in one.place or one.place.startswith("textless")}
    wanted = sorted((one for one in reports if one.place not in hidden), key=lambda one: one.place)
    found = sorted((one for one in read(on_one(root)) if isinstance(one, Received)), key=lambda one: one.place)
    assert [one.place for one in found] == [one.place for one in wanted]
    assert [asdict(one) for one in found] == [asdict(one) for one in wanted]


def test_columns_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "odd.jsonl").write_bytes(json_lines({"leader": TIDE, "paper": {"name": "The Holm Bell"}}))
    (one,) = read(on_one(tmp_path), fields={"text": "leader", "outlet": "paper.name"})
    assert isinstance(one, Received)
    assert one.article.outlet == "The Holm Bell"


def test_a_pattern_shows_files_from_where_it_begins(tmp_path: Path, spark: "SparkSession") -> None:
    for day in ("mon", "tue"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "a.jsonl").write_bytes(json_lines(record(1)))
        (tmp_path / day / "b.txt").write_text(TIDE)
    found = on_one(tmp_path / "*" / "a.jsonl")
    assert [piece.at for piece in found] == ["mon/a.jsonl#1", "tue/a.jsonl#1"]
    assert on_spark(spark, tmp_path / "*" / "a.jsonl") == found
    assert len(on_one(tmp_path / "**")) == len(on_one(tmp_path / "*")) == len(on_one(tmp_path)) == 4


def test_what_cannot_be_opened_is_refused_and_the_rest_read(tmp_path: Path, spark: "SparkSession") -> None:
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nothing")
    (tmp_path / "gone.parquet").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "good.jsonl").write_bytes(json_lines(record(1)))
    (tmp_path / "bad-\udcff.jsonl").write_bytes(json_lines(record(2)))
    found = on_one(tmp_path)
    assert on_spark(spark, tmp_path) == found
    reports, refused = paths(read(found))
    assert reports == {"good.jsonl#1"}
    assert refused == {
        "gone.jsonl": "This file is gone, or is a link that leads to nothing.",
        "gone.parquet": "This file is gone, or is a link that leads to nothing.",
        "loop": "This link leads back to a folder it stands in.",
        "bad-�.jsonl": "The name of this file is no UTF-8, so that it cannot be handed on: rename it.",
    }


def test_batches_are_bounded_in_rows_and_bytes() -> None:
    held = [RawInput("a.jsonl", "line", number, b"x" * 10) for number in range(1, 26)]
    by_rows = list(batches(held, settings=Ingest(batch_rows=10)))
    assert [batch.num_rows for batch in by_rows] == [10, 10, 5]
    assert [batch.num_rows for batch in batches(held, settings=Ingest(batch_bytes=35))] == [3] * 8 + [1]
    assert [batch.num_rows for batch in batches(held[:2], settings=Ingest(batch_bytes=5))] == [1, 1]
    assert [piece for batch in by_rows for piece in pieces(batch)] == held
    assert all(batch.schema.equals(RAW) for batch in by_rows)


Change = Callable[[pa.Table], pa.Table]


@pytest.mark.parametrize("options", [{}, {"version": "1.0"}, {"compression": "gzip"}, {"use_dictionary": False}])
def test_a_row_has_the_same_bytes_however_its_file_was_written(tmp_path: Path, options: dict[str, Any]) -> None:
    pq.write_table(rows(5), tmp_path / "plain.parquet")
    pq.write_table(
        rows(5).select(reversed(rows(5).column_names)), tmp_path / "other.parquet", row_group_size=2, **options
    )
    plain, other = on_one(tmp_path / "plain.parquet"), on_one(tmp_path / "other.parquet")
    assert [piece.raw for piece in plain] == [piece.raw for piece in other]
    assert json.loads(plain[1].raw or b"") == {
        "authors": ["Ine Dahl", "Per Aas"], "id": 1, "published": "2025-02-03T04:05:01Z", "source": "The Norby Post",
        "text": f"{MILL}\n\nNote 1.",
    }  # fmt: skip
