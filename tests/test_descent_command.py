"""``variorum descent``: lineages, edges and passages of any articles."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from test_descent import EDITED, OWN, WIRE, report

import variorum
from variorum.cli.main import variorum as program
from variorum.descent import trace
from variorum.records import Descended, Story
from variorum.render import stemma_graph
from variorum.render.descent_rows import COLUMNS

SVG = "{http://www.w3.org/2000/svg}"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("clippings")
    (made / "gazette.txt").write_text("Mayor resigns over parking fees\n\n" + WIRE.replace("\n", "\n\n"), "utf-8")
    (made / "herald.txt").write_text("Tarn Bridge mayor gone\n\n" + EDITED.replace("\n", "\n\n"), "utf-8")
    (made / "courier.txt").write_text("Keys of the quay\n\n" + OWN.replace("\n", "\n\n"), "utf-8")
    return made


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(folder.parent)
    return lambda *arguments: CliRunner().invoke(program, ["descent", *map(str, arguments)])


def test_it_prints_lineages_and_edges_with_their_evidence(run: Run, folder: Path) -> None:
    printed = run(folder).stdout
    assert printed.startswith("3 articles, 2 lineages")
    assert "copied" in printed
    assert "share" in printed and "(strong)" in printed


def test_every_row_of_the_csv_slices_from_both_articles(run: Run, folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(folder, "--words-only", "--csv", "-").stdout)))
    assert rows and tuple(rows[0]) == COLUMNS
    for row in rows:
        for side in "ab":
            text = (folder / row[f"{side}_path"]).read_text("utf-8")
            assert text[int(row[f"{side}_start"]) : int(row[f"{side}_end"])] == row[f"{side}_text"]
    assert {row["kind"] for row in rows} >= {"verbatim"}
    assert {row["related"] for row in rows if row["kind"] == "verbatim"} == {"verbatim"}


def test_a_shared_quotation_is_listed_and_said_to_be_one(run: Run, folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(folder, "--words-only", "--csv", "-").stdout)))
    speech = [row for row in rows if "I signed what I was given" in row["a_text"]]
    assert {row["kind"] for row in speech} <= {"quotation"}


def test_the_json_names_articles_edges_lineages_and_passages(run: Run, folder: Path) -> None:
    made = json.loads(run(folder, "--words-only", "--json", "-").stdout)
    assert made["format"] == "variorum/descent/1"
    ids = {article["id"] for article in made["articles"]}
    assert len(ids) == 3
    (edge,) = made["edges"]
    assert {edge["a"], edge["b"]} <= ids
    assert edge["evidence"][0]["kind"] == "shared"
    assert sorted(id for lineage in made["lineages"] for id in lineage["articles"]) == sorted(ids)
    assert made["retellings"] is False


def test_one_article_stands_on_its_own(run: Run, folder: Path) -> None:
    assert run(folder / "courier.txt", "--words-only").stdout.startswith("1 article, 1 lineage")


def test_a_file_that_cannot_be_written_is_refused_before_the_work(run: Run, folder: Path) -> None:
    failed = run(folder, "--csv", folder / "nowhere" / "p.csv")
    assert failed.exit_code != 0
    assert "the folder does not exist" in str(failed.exception)


def test_two_outputs_cannot_share_standard_output(run: Run, folder: Path) -> None:
    assert "standard output" in str(run(folder, "--csv", "-", "--json", "-").exception)


def test_two_outputs_cannot_share_a_file(run: Run, folder: Path) -> None:
    assert "one file" in str(run(folder, "--csv", "x", "--json", "x").exception)


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    done = run(folder, tmp_path, "--words-only")
    assert "empty.txt" in done.stderr
    assert done.stdout.startswith("3 articles")


def test_the_same_folder_gives_the_same_bytes_twice(run: Run, folder: Path) -> None:
    first, second = (run(folder, "--json", "-").stdout for _ in range(2))
    assert first == second


def test_python_gives_what_the_command_writes(folder: Path) -> None:
    found = variorum.trace(folder, retellings=False)
    assert len(found.articles) == 3
    assert len(found.stemma.lineages) == 2
    assert found.article(found.stemma.borrowings[0].a).outlet in ("gazette", "herald")


# The drawing


def drawn(count: int, lone: int) -> ElementTree.Element:
    start = datetime(2031, 1, 1, tzinfo=UTC)
    lines = WIRE.splitlines(keepends=True)
    articles = [
        report(
            "".join(lines[: 4 + at % 4]) + f"Ward {at} adds a line.\n", f"Reprint {at}", at=start + timedelta(hours=at)
        )
        for at in range(count)
    ]
    articles += [
        report(f"Story {at} of weekly {at} on quite another matter {at}.\n", f"<b>Weekly & {at}", at=start)
        for at in range(lone)
    ]
    stemma = trace(Story("story", tuple(articles)), {})
    text = stemma_graph.svg(Descended(tuple(articles), stemma, (), (), True, ()))
    return ElementTree.fromstring(text)  # noqa: S314


@pytest.mark.parametrize(("count", "lone"), [(3, 2), (35, 25)])
def test_every_report_is_drawn_once_inside_the_picture(count: int, lone: int) -> None:
    picture = drawn(count, lone)
    letters = [text.text for text in picture.iter(f"{SVG}text") if "letter" in (text.get("class") or "").split()]
    assert len(letters) == len(set(letters)) == count + lone
    width, height = float(picture.get("width", 0)), float(picture.get("height", 0))
    for box in picture.iter(f"{SVG}g"):
        if (box.get("class") or "").startswith("box"):
            x, y = map(float, (box.get("transform") or "")[len("translate(") : -1].split())
            frame = box.find(f"{SVG}rect")
            assert frame is not None
            assert x + float(frame.get("width", 0)) <= width
            assert y + float(frame.get("height", 0)) <= height


def test_no_two_reports_of_a_drawing_stand_on_one_another() -> None:
    for box in drawn(35, 5).iter(f"{SVG}g"):
        places = [(float(c.get("cx", 0)), float(c.get("cy", 0))) for c in box.findall(f"{SVG}g/{SVG}circle")]
        for at, (x, y) in enumerate(places):
            assert all(abs(x - u) >= 100 or abs(y - v) >= 36 for u, v in places[:at])


def test_the_larger_the_share_the_thicker_the_line() -> None:
    widths = {float(path.get("stroke-width", 0)) for path in drawn(8, 0).iter(f"{SVG}path") if path.get("stroke-width")}
    assert len(widths) > 1


def test_an_outlets_name_never_becomes_markup() -> None:
    names = [text.text or "" for text in drawn(2, 1).iter(f"{SVG}text")]
    assert any("<b>Weekly &" in name for name in names)
