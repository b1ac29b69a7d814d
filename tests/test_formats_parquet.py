"""Reports in Parquet: a row each, whatever its columns are of, and never more of them held than one can bear."""

import gzip
import io
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from containers import FERRY, MILL, taken, zipped

from variorum.config import Ingest
from variorum.ingest import receive
from variorum.ingest.formats.parquet import groups, rows
from variorum.records import Received


def parquet(columns: dict[str, Any], **options: Any) -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table(columns), held, **options)
    return held.getvalue()


def said(columns: dict[str, Any], tmp_path: Path, **options: Any) -> dict[str, Any]:
    """The row that one row of ``columns`` is kept as."""
    (tmp_path / "day.parquet").write_bytes(parquet({"text": [FERRY], **columns}, **options))
    (one,), refused = taken(tmp_path / "day.parquet")
    assert refused == []
    found: dict[str, Any] = json.loads(one.raw)
    assert found.pop("text") == FERRY
    return found


def test_each_row_is_a_report(tmp_path: Path) -> None:
    columns = {
        "id": [7, 8], "headline": ["Last ferry leaves", "Mill to close"], "content": [FERRY, MILL],
        "source": ["The Skarn Courier", None], "published": [datetime(2025, 2, 3, 4, 5, 6, tzinfo=UTC), None],
        "author": [["Ine Dahl"], []], "url": [None, "https://post.example/mill"],
    }  # fmt: skip
    (tmp_path / "day.parquet").write_bytes(parquet(columns, row_group_size=1))
    found, refused = taken(tmp_path)
    assert refused == []
    assert [(one.place, one.key, one.article.title, one.article.outlet) for one in found] == [
        ("day.parquet#1", "7", "Last ferry leaves", "The Skarn Courier"),
        ("day.parquet#2", "8", "Mill to close", "post.example"),
    ]
    assert found[0].article.byline == ("Ine Dahl",)
    assert found[0].article.published is not None
    assert found[0].article.published.at == datetime(2025, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert found[0].article.text.endswith(FERRY)


def test_columns_that_are_not_read_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "day.parquet").write_bytes(parquet({"leader": [FERRY], "shelf": [3]}))
    told: list[str] = []
    (one,), _ = taken(tmp_path, fields={"text": "leader"}, tell=told)
    assert told == ["day.parquet: 1 field was not read: shelf (1)"]
    _, (refusal,) = taken(tmp_path, fields={"text": "lead"})
    assert refusal.reason == "There is no field “lead” here; there are: leader, shelf."
    assert one.article.text == FERRY


def test_times_are_kept_as_finely_as_they_are_given_and_no_finer(tmp_path: Path) -> None:
    oslo = timezone(timedelta(hours=2))
    assert said({"a": [datetime(2025, 6, 1, 9, 30, tzinfo=oslo)]}, tmp_path) == {"a": "2025-06-01T07:30:00Z"}
    assert said({"a": [datetime(2025, 6, 1, 9, 30)]}, tmp_path) == {"a": "2025-06-01T09:30:00"}
    assert said({"a": [date(2025, 6, 1)]}, tmp_path) == {"a": "2025-06-01"}
    assert said({"a": [datetime(2025, 6, 1, tzinfo=UTC)]}, tmp_path) == {"a": "2025-06-01"}
    nanos = pa.array([1_748_770_200_000_000_123], type=pa.timestamp("ns", tz="UTC"))
    assert said({"a": nanos}, tmp_path) == {"a": "2025-06-01T09:30:00Z"}
    assert said({"a": pa.array([[1_748_770_200_000_000_123]], type=pa.list_(pa.timestamp("ns")))}, tmp_path) == {
        "a": ["2025-06-01T09:30:00"]
    }


def test_cells_of_every_kind_can_be_said(tmp_path: Path) -> None:
    columns = {
        "b": [b"caf\xc3\xa9"], "c": [b"\xff\x00"], "d": [Decimal("3.50")], "e": pa.array([2**63 + 1], pa.uint64()),
        "f": [float("nan")], "g": [True], "h": [None], "i": [{"name": "Courier", "no": None}], "j": [[("k", 1)]],
        "l": pa.array(["Courier"]).dictionary_encode(), "m": [Decimal("4.00")], "n": [timedelta(seconds=2)],
    }  # fmt: skip
    columns["j"] = pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int32()))
    assert said(columns, tmp_path) == {
        "b": "café", "c": "ff00", "d": "3.50", "e": 2**63 + 1, "g": True, "i": {"name": "Courier", "no": None},
        "j": [["k", 1]], "l": "Courier", "m": 4, "n": 2_000_000,
    }  # fmt: skip


def test_a_row_that_cannot_be_read_spoils_no_other(tmp_path: Path) -> None:
    bad = pa.Array.from_buffers(
        pa.string(), 3, [None, pa.array([0, 3, 5, 8], pa.int32()).buffers()[1], pa.py_buffer(b"one\xff\xfetwo")]
    )
    (tmp_path / "day.parquet").write_bytes(parquet({"id": bad, "text": [FERRY, MILL, f"{MILL} Again."]}))
    found, (refusal,) = taken(tmp_path)
    assert [one.place for one in found] == ["day.parquet#1", "day.parquet#3"]
    assert refusal.path == "day.parquet#2"
    assert refusal.reason == "This row holds what cannot be read: text that is no UTF-8, or no time there is."


def test_a_time_that_is_no_time_is_refused_with_its_row(tmp_path: Path) -> None:
    times = pa.array([2**62, 0], type=pa.timestamp("us", tz="UTC"))
    (tmp_path / "day.parquet").write_bytes(parquet({"text": [FERRY, MILL], "published": times}))
    found, (refusal,) = taken(tmp_path)
    assert ([one.place for one in found], refusal.path) == (["day.parquet#2"], "day.parquet#1")


def test_a_row_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "day.parquet").write_bytes(parquet({"text": [FERRY, "word " * 1_000]}))
    found, (refusal,) = taken(tmp_path, settings=Ingest(largest_bytes=3_000))
    assert len(found) == 1
    assert refusal.reason == "This row is too long to be a report: it has more than 3,000 bytes."
    assert refusal.first_bytes == b'{"text":"word word word word word'[:32].hex()


@pytest.mark.parametrize("cut", [0, 3, 4, 200, -1, -5])
def test_what_breaks_off_is_refused_in_one_sentence(tmp_path: Path, cut: int) -> None:
    raw = parquet({"text": [FERRY, MILL]})
    (tmp_path / "day.parquet").write_bytes(raw[:cut] if cut else b"PAR1")
    found, (refusal,) = taken(tmp_path)
    assert found == []
    assert refusal.reason == "This is no Parquet file, or it is damaged."


def test_a_damaged_row_group_leaves_the_others(tmp_path: Path) -> None:
    texts = [f"{FERRY}\n\nNote {number}." for number in range(9)]
    raw = bytearray(parquet({"text": texts}, row_group_size=3, compression="gzip", use_dictionary=False))
    held = pq.ParquetFile(io.BytesIO(bytes(raw))).metadata
    start = held.row_group(1).column(0).data_page_offset
    raw[start : start + held.row_group(1).column(0).total_compressed_size] = b"\xff" * (
        held.row_group(1).column(0).total_compressed_size
    )
    (tmp_path / "day.parquet").write_bytes(raw)
    found, (refusal,) = taken(tmp_path)
    assert [one.place for one in found] == [f"day.parquet#{number}" for number in (1, 2, 3, 7, 8, 9)]
    assert (refusal.path, refusal.reason) == (
        "day.parquet#4",
        "From here on this row group is damaged, or is packed in a way that is not read.",
    )


def test_every_byte_of_a_file_may_be_wrong(tmp_path: Path) -> None:
    raw = parquet({"id": [1, 2], "text": [FERRY, MILL], "published": [date(2025, 1, 1)] * 2}, compression="none")
    for at in range(0, len(raw), 7):
        spoilt = raw[:at] + bytes([raw[at] ^ 0x5A]) + raw[at + 1 :]
        (tmp_path / "day.parquet").write_bytes(spoilt)
        found, refused = taken(tmp_path)
        assert found or refused
        assert not any("fault of this program" in refusal.reason for refusal in refused), at


def test_a_file_that_unpacks_without_end_is_not_read(tmp_path: Path) -> None:
    raw = parquet({"text": ["x" * 1_000_000] * 3}, compression="zstd", use_dictionary=False)
    (tmp_path / "day.parquet").write_bytes(raw)
    assert len(raw) < 3_000
    _, (refusal,) = taken(tmp_path, settings=Ingest(largest_bytes=100_000, packed_ratio=20))
    assert refusal.reason == "This unpacks to more than 20 times its size, which no report does: it is not read."


def test_a_file_of_too_many_or_equally_named_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wide.parquet").write_bytes(parquet({f"c{number}": [1] for number in range(12)}))
    _, (refusal,) = taken(tmp_path, settings=Ingest(export_names=10))
    assert refusal.reason == "This table has more than 10 columns."
    held = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([pa.array([FERRY]), pa.array([MILL])], names=["text", "text"]), held)
    (tmp_path / "wide.parquet").write_bytes(held.getvalue())
    _, (refusal,) = taken(tmp_path)
    assert refusal.reason == "More than one column of this table has the same name: text."


def test_it_is_read_packed_in_an_archive_and_from_standard_input(tmp_path: Path) -> None:
    raw = parquet({"text": [FERRY]})
    (tmp_path / "a.zip").write_bytes(zipped({"day.parquet": raw}))
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress(raw, mtime=0))
    found, refused = taken(tmp_path)
    assert ([one.place for one in found], refused) == (["a.zip#day.parquet#1", "b.parquet.gz#1"], [])
    (one,) = receive(["-"], stdin=io.BytesIO(raw))
    assert isinstance(one, Received)
    assert one.article.text == FERRY


def test_row_groups_can_be_read_apart(tmp_path: Path) -> None:
    (tmp_path / "day.parquet").write_bytes(parquet({"text": [FERRY, MILL, FERRY]}, row_group_size=2))
    settings = Ingest()
    with (tmp_path / "day.parquet").open("rb") as file:
        found = groups(file, settings)
        assert [(group.index, group.first, group.rows) for group in found] == [(0, 1, 2), (1, 3, 1)]
        assert [one.place for group in reversed(found) for one in rows(file, group, settings)] == [3, 1, 2]
