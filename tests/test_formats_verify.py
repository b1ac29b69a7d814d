"""Editions of reports that lie in containers: verified against the very bytes, wherever those lie."""

import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from containers import http, json_lines, packed, warc_record, zipped

from variorum.cli import main

ONE = (
    "The mayor of Norby, Nadia Orlov, closed the old bridge on Monday after engineers found 31 broken cables. "
    "“We will keep the bridge closed until every cable on it has been tested,” Orlov said.\n\n"
    "Some 4,000 people cross the bridge every day.\n"
)
TWO = (
    "Nadia Orlov, the mayor of Norby, shut the old bridge on Tuesday. Engineers had found 31 broken cables. “We would "
    "keep the bridge closed until every cable on it has been tested,” Orlov said.\n\nFerries will carry people.\n"
)


def run(*arguments: str | Path) -> int:
    """The exit status of a command."""
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def _parquet(*texts: str) -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table({"outlet": ["Gazette", "Herald"], "text": list(texts)}), held)
    return held.getvalue()


def _containers() -> dict[str, bytes]:
    plain = "text/plain; charset=utf-8"
    records = (
        warc_record(http(ONE, media_type=plain), url="https://gazette.example/1"),
        warc_record(http(TWO, media_type=plain), url="https://herald.example/1"),
    )
    return {
        "day.jsonl": json_lines({"text": ONE, "outlet": "Gazette"}, {"text": TWO, "outlet": "Herald"}),
        "day.json": json.dumps([{"text": ONE, "outlet": "Gazette"}, {"text": TWO, "outlet": "Herald"}]).encode(),
        "day.csv": f'outlet;text\nGazette;"{ONE}"\nHerald;"{TWO}"\n'.encode(),
        "day.parquet": _parquet(ONE, TWO),
        "crawl.warc.gz": packed(*records),
        "all.zip": zipped({"gazette.txt": ONE, "clips/day.jsonl": json_lines({"text": TWO, "outlet": "Herald"})}),
    }


@pytest.mark.parametrize("name", sorted(_containers()))
def test_an_edition_of_reports_in_a_container_holds_and_a_changed_letter_in_it_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / name).write_bytes(_containers()[name])
    edition = tmp_path / "e.json"
    assert run("read", folder, "--json", edition, "--quiet") == 0
    paths = [article["path"] for article in json.loads(edition.read_text("utf-8"))["editions"][0]["articles"]]
    assert len(paths) == 2
    assert all(path.startswith(f"{name}#") for path in paths)
    assert run("verify", edition, folder) == 0
    assert "2 files compared, 0 not at hand" in capsys.readouterr().out
    changed = _containers()[name]
    if name == "day.csv" or name.startswith("day.json"):
        changed = changed.replace("31 broken cables. “We will".encode(), "32 broken cables. “We will".encode())
        changed = changed.replace(b"31 broken cables. \\u201cWe will", b"32 broken cables. \\u201cWe will")
    elif name == "day.parquet":
        changed = _parquet(ONE.replace("31 broken", "32 broken"), TWO)
    else:
        changed = zipped({"gazette.txt": ONE + " "}) if name == "all.zip" else packed(warc_record(http("x")))
    (folder / name).write_bytes(changed)
    assert run("verify", edition, folder) == 1
    assert "does not have the bytes that were read" in capsys.readouterr().out


def test_an_edition_left_in_the_folder_it_was_made_of_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "day.jsonl").write_bytes(_containers()["day.jsonl"])
    edition = tmp_path / "e.json"
    run("read", tmp_path, "--json", edition, "--quiet")
    first = edition.read_bytes()
    assert run("read", tmp_path, "--json", edition, "--quiet") == 0
    assert edition.read_bytes() == first


def test_a_container_that_is_not_at_hand_is_absent_and_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "day.jsonl").write_bytes(_containers()["day.jsonl"])
    run("read", tmp_path / "day.jsonl", "--json", tmp_path / "e.json", "--quiet")
    (tmp_path / "day.jsonl").unlink()
    (tmp_path / "empty").mkdir()
    assert run("verify", tmp_path / "e.json", tmp_path / "empty") == 0
    assert "0 files compared, 2 not at hand" in capsys.readouterr().out


def test_quotations_are_never_written_over_an_export_of_reports(tmp_path: Path) -> None:
    raw = _containers()["day.jsonl"]
    (tmp_path / "day.jsonl").write_bytes(raw)
    assert run("quotes", "--json", tmp_path / "day.jsonl") == 0
    assert (tmp_path / "day.jsonl").read_bytes() == raw
    listed = tmp_path / "quotes.jsonl"
    assert run("quotes", tmp_path / "day.jsonl", "--json", listed) == 0
    first = listed.read_bytes()
    assert first
    assert run("quotes", tmp_path / "day.jsonl", "--json", listed) == 0
    assert listed.read_bytes() == first
