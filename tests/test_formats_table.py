"""Tables of reports: which separators and encodings, what a broken row costs, what is bounded."""

import csv
import gzip
import io
import json
import tracemalloc
from pathlib import Path

import pytest
from containers import FERRY, MILL, taken

from variorum.config import Ingest


def table(*rows: tuple[str, ...], delimiter: str = ",") -> str:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return held.getvalue()


HEADING = ("Id", "Headline", "Body", "Source", "Pub Date")
ROWS = (
    ("n-1", "Last ferry leaves", FERRY, "The Skarn Courier", "2025-02-03"),
    ("n-2", "Mill to close", MILL, "Norby Post", "03/02/2025"),
)


@pytest.mark.parametrize(
    ("name", "delimiter", "codec"),
    [
        ("day.csv", ",", "utf-8"),
        ("day.csv", ";", "cp1252"),
        ("day.csv", "\t", "utf-16"),
        ("day.tsv", "\t", "utf-8-sig"),
        ("day.csv.gz", ",", "utf-8"),
    ],
)
def test_every_row_is_a_report_whatever_parts_its_cells(tmp_path: Path, name: str, delimiter: str, codec: str) -> None:
    raw = table(HEADING, *ROWS, delimiter=delimiter).encode(codec)
    (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    (ferry, mill), refused = taken(tmp_path)
    assert refused == []
    assert (ferry.key, ferry.place, ferry.article.outlet) == ("n-1", f"{name}#2", "The Skarn Courier")
    assert ferry.article.text == f"Last ferry leaves\n\n{FERRY}"
    assert ferry.article.published is not None
    # The row's first line: its body runs over five.
    assert (mill.place, mill.article.published) == (f"{name}#7", None)


def test_a_row_is_kept_as_a_json_object_since_cut_out_of_its_table_it_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(table(HEADING, *ROWS))
    (ferry, _), _ = taken(tmp_path)
    assert json.loads(ferry.raw) == dict(zip(HEADING, ROWS[0], strict=True))


def test_a_map_names_columns_and_a_column_that_is_not_there_is_one_refusal(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(table(("nr", "words", "paper"), ("7", FERRY, "Courier")))
    (one,), _ = taken(tmp_path, fields={"key": "nr", "text": "words", "outlet": "paper"})
    assert (one.key, one.article.text, one.article.outlet) == ("7", FERRY, "Courier")
    found, (refusal,) = taken(tmp_path, fields={"text": "story"})
    assert found == []
    assert (refusal.path, refusal.reason) == (
        "day.csv", "There is no field “story” here; there are: nr, words, paper.",
    )  # fmt: skip


def test_columns_that_are_not_read_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(table(("text", "mood"), (FERRY, "sad"), (MILL, "")))
    told: list[str] = []
    taken(tmp_path, tell=told)
    assert told == ["day.csv: 1 field was not read: mood (1)"]


def test_a_mark_that_is_never_closed_spoils_its_row_and_no_other(tmp_path: Path) -> None:
    spoilt = '3,"It began' + "\n"
    (tmp_path / "day.csv").write_text(table(("id", "text"), ("1", FERRY)) + spoilt + table(("4", MILL), ("5", FERRY)))
    found, refused = taken(tmp_path)
    assert [one.key for one in found] == ["1", "4", "5"]
    assert [(one.path, "quotation mark" in one.reason) for one in refused] == [("day.csv#7", True)]


def test_a_mark_open_at_the_end_is_refused_and_not_read_as_if_it_were_closed(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(table(("id", "text"), ("1", FERRY)) + f'2,"{MILL}')
    found, refused = taken(tmp_path)
    assert [one.key for one in found] == ["1"]
    assert refused[0].path == "day.csv#7"


def test_a_row_with_more_cells_than_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(f"id,text\n1,Rain, wind and hail\n2,{FERRY.splitlines()[0]}\n")
    found, refused = taken(tmp_path)
    assert [one.key for one in found] == ["2"]
    assert [(one.path, one.reason) for one in refused] == [
        ("day.csv#2", "This row has 3 cells, and the table 2 columns.")
    ]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("", "no row"),
        ("\n\n , \n", "no row"),
        (f"id,text,text\n1,2,{MILL}", "same name"),
        (",".join(map(str, range(2_000))), "columns"),
        ("day,tide,wind\n1,2,3", "no column of this table is known to hold a text; there are: day, tide, wind"),
    ],
)
def test_a_heading_that_names_nothing_or_one_thing_twice_is_refused(tmp_path: Path, raw: str, word: str) -> None:
    (tmp_path / "day.csv").write_text(raw)
    found, refused = taken(tmp_path)
    assert found == []
    assert len(refused) == 1
    assert word in refused[0].reason.lower()


def test_nuls_controls_and_broken_bytes_are_cleaned(tmp_path: Path) -> None:
    raw = (
        f"id,text,source\n1\x00,{FERRY.splitlines()[0]}\x00\x1b,a\u202eb\n".encode() + b"2,\xff\xfe caf\xe9 is open,x\n"
    )
    (tmp_path / "day.csv").write_bytes(raw)
    found, refused = taken(tmp_path)
    assert refused == []
    text = " ".join(f"{one.key} {one.article.outlet} {one.article.text}" for one in found)
    assert not any(char in text for char in "\x00\x1b\u202e")
    assert "café" in text


def test_cells_and_rows_larger_than_any_report_are_refused_in_little_memory(tmp_path: Path) -> None:
    with (tmp_path / "day.csv").open("w") as file:
        file.write("id,text\n" + table(("0", FERRY)) + "1,")
        for _ in range(30):
            file.write("x" * 1_000_000)
        file.write('\n2,"')
        for _ in range(30):
            file.write(("y" * 9_999 + "\n") * 100)
        file.write('"\n' + table(("3", FERRY)))
    tracemalloc.start()
    found, refused = taken(tmp_path / "day.csv", settings=Ingest(largest_bytes=1_000_000, table_unclosed=2))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.path for one in refused[:2]] == ["day.csv#7", "day.csv#8"]
    assert [one.key for one in found] == ["0", "3"]
    assert len(refused) == 1_001
    assert refused[-1].path == "day.csv"
    assert refused[-1].reason.startswith("Another 2,00")
    assert most < 25_000_000


def test_quotation_marks_opened_on_every_line_end_in_bounded_time(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text("id,text\n" + '1,"x\n' * 20_001)
    found, refused = taken(tmp_path, settings=Ingest(largest_bytes=100_000))
    assert found == []
    assert 0 < len(refused) <= 20
