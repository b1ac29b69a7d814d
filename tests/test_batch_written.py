"""A table on the disk: the same rows are the same files, whole or not there at all."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sealed import editions

from variorum.edition.tables import rows_of
from variorum.engines.written import read, write
from variorum.errors import UsageError
from variorum.records.table import Table, batch_of
from variorum.records.tables import CLAIMS, CONFLICTS, REFUSED, TABLES
from variorum.records.tally import Tally, tally

CLAIM: Any = rows_of(editions().only)["claims"][0]
DAYS = ("2031-10-07", "2031-10-08", "unknown")


def claims(count: int) -> list[dict[str, Any]]:
    """Rows of many days, some longer than others."""
    long = "long " * 40
    return [
        CLAIM | {"date": DAYS[at % 3], "claim": f"c{at}", "text": f"{long if at % 7 == 0 else ''}Claim {at}."}
        for at in range(count)
    ]


def batches(rows: list[dict[str, Any]], size: int, table: Table = CLAIMS, *, seed: int = 0) -> Iterator[pa.RecordBatch]:
    shuffled = random.Random(seed).sample(rows, len(rows))
    for start in range(0, len(rows), size):
        yield batch_of(table, shuffled[start : start + size])


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_table_is_a_folder_a_day(tmp_path: Path) -> None:
    rows = claims(30)
    assert write(batches(rows, 7), tmp_path / "claims", CLAIMS) == tally(batch_of(CLAIMS, rows))
    assert sorted(files(tmp_path)) == [f"claims/date={day}/part-00000.parquet" for day in DAYS]
    written = pq.ParquetFile(tmp_path / "claims/date=unknown/part-00000.parquet")
    assert written.schema_arrow.names == CLAIMS.schema.names[1:]
    assert written.schema_arrow.field("status").metadata[b"description"] == b"`corroborated`, `single` or `disputed`."
    assert written.metadata.row_group(0).column(0).compression == "ZSTD"
    claim = written.read(["claim"])[0].to_pylist()
    assert claim == sorted(claim)
    back = read(tmp_path / "claims", CLAIMS)
    assert back.schema.equals(CLAIMS.schema)
    assert sorted(back.to_pylist(), key=str) == sorted(rows, key=str)


@pytest.mark.parametrize("run_bytes", [1, 5_000, 1 << 26])
def test_the_same_rows_are_the_same_files(tmp_path: Path, run_bytes: int) -> None:
    rows = [*claims(200), *claims(3)]
    first = write(batches(rows, 200), tmp_path / "first", CLAIMS, group_bytes=4_000)
    other = write(batches(rows, 3, seed=8), tmp_path / "other", CLAIMS, run_bytes=run_bytes, group_bytes=4_000)
    assert first == other
    assert files(tmp_path / "first") == files(tmp_path / "other")
    groups = pq.ParquetFile(tmp_path / "first/date=unknown/part-00000.parquet").metadata
    assert groups.num_row_groups > 5
    assert read(tmp_path / "other", CLAIMS).num_rows == len(rows)


def test_a_table_not_dated_is_one_folder(tmp_path: Path) -> None:
    rows = [{"path": f"{at}.txt", "reason": "The file is empty.", "first_bytes": None} for at in range(9)]
    write(batches(rows, 2, REFUSED), tmp_path / "refused", REFUSED, run_bytes=1)
    assert list(files(tmp_path)) == ["refused/part-00000.parquet"]
    assert read(tmp_path / "refused", REFUSED).to_pylist() == rows


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_table_without_rows_has_its_columns_all_the_same(tmp_path: Path, table: Table) -> None:
    assert write([batch_of(table, [])], tmp_path / table.name, table) == Tally()
    assert read(tmp_path / table.name, table).schema.equals(table.schema)
    assert len(files(tmp_path)) == 1


def test_files_are_cut_where_they_would_grow_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.engines.written._FILE_BYTES", 9_000)
    rows = claims(200)
    whole = write(batches(rows, 50), tmp_path / "claims", CLAIMS, group_bytes=2_000)
    written = [path.name for path in sorted((tmp_path / "claims/date=unknown").iterdir())]
    assert written == [f"part-{number:05}.parquet" for number in range(len(written))]
    assert len(written) > 2
    assert tally(read(tmp_path / "claims", CLAIMS)) == whole


def test_a_table_is_whole_or_not_there(tmp_path: Path) -> None:
    def breaking() -> Iterator[pa.RecordBatch]:
        yield from batches(claims(50), 10)
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        write(breaking(), tmp_path / "claims", CLAIMS, run_bytes=1)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_cleared_and_what_a_whole_one_left_is_kept(tmp_path: Path) -> None:
    left = tmp_path / ".claims.making/table/date=2031-10-07"
    left.mkdir(parents=True)
    (left / "part-00000.parquet").write_bytes(b"half a file")
    whole = write(batches(claims(9), 3), tmp_path / "claims", CLAIMS)
    assert tally(read(tmp_path / "claims", CLAIMS)) == whole
    assert [path.name for path in tmp_path.iterdir()] == ["claims"]
    with pytest.raises(UsageError, match="claims is there already"):
        write(batches(claims(3), 3), tmp_path / "claims", CLAIMS)
    assert tally(read(tmp_path / "claims", CLAIMS)) == whole


@pytest.mark.parametrize("day", ["../../elsewhere", "2031-10-07/..", "", "2031-1-1", "2031-10-07\n"])
def test_a_date_that_is_no_day_never_becomes_a_folder(tmp_path: Path, day: str) -> None:
    with pytest.raises(ValueError, match="which is no day"):
        write([batch_of(CLAIMS, [CLAIM | {"date": day}])], tmp_path / "claims", CLAIMS)
    assert list(tmp_path.iterdir()) == []


def test_numbers_in_a_key_sort_as_numbers(tmp_path: Path) -> None:
    rows = [row | {"lineage": at} for at in range(120) for row in rows_of(editions().only)["lineages"][:1]]
    write(batches(rows, 7, TABLES["lineages"]), tmp_path / "lineages", TABLES["lineages"], run_bytes=2_000)
    (path,) = (tmp_path / "lineages").rglob("*.parquet")
    assert pq.ParquetFile(path).read(["lineage"])[0].to_pylist() == list(range(120))


def test_tables_of_conflicts_keep_their_sides(tmp_path: Path) -> None:
    rows = rows_of(editions().only)["conflicts"]
    write([batch_of(CONFLICTS, rows)], tmp_path / "conflicts", CONFLICTS)
    assert sorted(read(tmp_path / "conflicts", CONFLICTS).to_pylist(), key=str) == sorted(rows, key=str)
