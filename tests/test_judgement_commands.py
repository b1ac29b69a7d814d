"""Notes from the command line: on the page of a story's edition, and written out as a labelled set."""

import json
from pathlib import Path

import pytest
from lxml import html as lxml_html
from norby import ONE, THREE, TWO

from variorum import pipeline
from variorum.cli import main
from variorum.edition.findings import findings
from variorum.records import Edition, Judgement
from variorum.store import Archive


def run(*arguments: object) -> int:
    """The exit status of a command."""
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def judged(story: str, wanted: str, **says: object) -> tuple[Edition, Judgement]:
    """Judge the finding of the story's edition whose line has the words wanted."""
    with Archive("variorum.db", access="write") as archive:
        edition = pipeline.edition(archive, story).only
        (found,) = (one for one in findings(edition).values() if f"{one.kind}: {one.says}".startswith(wanted))
        return edition, pipeline.judge(archive, story, found.kind, found.id, **says)  # type: ignore[arg-type]


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """The id of a story in an archive in the working folder."""
    (tmp_path / "clippings").mkdir()
    for name, text in (("gazette", ONE), ("herald", TWO)):
        (tmp_path / f"clippings/{name}.txt").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("add", "clippings") == 0
    capsys.readouterr()
    assert run("stories", "--json") == 0
    return str(json.loads(capsys.readouterr().out.splitlines()[0])["story"])


def notes(file: str) -> list[str]:
    tree = lxml_html.document_fromstring(Path(file).read_text("utf-8"))
    return [" ".join(str(one.text_content()).split()) for one in tree.xpath("//ul[@class='editor-notes']/li")]


def test_a_note_is_on_the_page_of_the_edition_and_stays_when_a_report_comes_in(
    story: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("edition", story, "--html", "bare.html", "--json", "bare.json", "--quiet") == 0
    _, made = judged(story, "reading: herald", verdict="wrong", comment="Two sentences of hers.", by="Maud")
    assert made.holds.startswith("altered")
    assert run("edition", story, "--html", "noted.html", "--json", "noted.json", "--quiet") == 0
    (note,) = notes("noted.html")
    assert note.startswith("marked wrong by Maud")
    assert note.endswith("Two sentences of hers.")
    assert notes("bare.html") == []
    assert Path("bare.json").read_bytes() == Path("noted.json").read_bytes(), "notes are kept apart from evidence"
    assert run("verify", "noted.json", "clippings") == 0

    Path("clippings/third.txt").write_text(THREE, "utf-8")
    assert run("add", "clippings/third.txt") == 0
    assert run("edition", story, "--html", "anew.html", "--quiet") == 0
    assert notes("anew.html") == [note]
    assert "On findings this edition no longer makes" not in Path("anew.html").read_text("utf-8")
    assert run("check") == 0
    capsys.readouterr()


def test_a_note_on_a_report_that_was_changed_stands_at_the_end(story: str) -> None:
    judged(story, "reading: herald", verdict="wrong", by="Maud")
    Path("clippings/herald.txt").write_text(TWO.replace("We would keep", "We will keep"), "utf-8")
    assert run("add", "clippings") == 0
    assert run("edition", story, "--html", "anew.html", "--quiet") == 0
    (note,) = notes("anew.html")
    assert note.startswith("Reading of a quotation: herald: “We would keep")
    assert "On findings this edition no longer makes" in Path("anew.html").read_text("utf-8")


def test_judgements_are_written_as_a_labelled_set(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    edition, wrong = judged(story, "reading: herald", verdict="wrong", by="Maud")
    claim = f"claim: {edition.claims[0].text}"[:60]
    _, right = judged(story, claim, verdict="right", comment="<b>“yes”</b>\nand\u2028no")
    capsys.readouterr()
    assert run("export", "--judgements", "set.jsonl") == 0
    assert "Written: set.jsonl (2 judgements)" in capsys.readouterr().out
    head, *rows = [json.loads(line) for line in Path("set.jsonl").read_text("utf-8").rstrip("\n").split("\n")]
    assert head["format"] == "variorum/judgements/1"
    assert [row["id"] for row in rows] == [wrong.id, right.id]
    assert [row["verdict"] for row in rows] == ["wrong", "right"]
    assert set(rows[0]) == {
        *("id", "kind", "verdict", "comment", "starred", "by", "at", "changed_at", "release", "story"),
        *("says", "holds", "spans", "base"),
    }
    assert set(rows[0]) - set(rows[1]) == {"base"}, "only a reading has one"
    (base,) = rows[0]["base"]
    assert (base["outlet"], base["text"].startswith("We will keep the bridge closed")) == ("gazette", True)
    assert base["text"] != rows[0]["spans"][0]["text"]
    articles = {article.id: article for article in edition.articles}
    for row in rows:
        assert row["story"] == story
        for span in row["spans"]:
            article = articles[span["article"]]
            assert span["text"] == article.text[span["start"] : span["end"]]
            assert (span["outlet"], span["title"], span["url"]) == (article.outlet, article.title, article.url)
    for arguments in (("export", "--judgements"), ("export", "--judgements", "-")):
        assert run(*arguments) == 0
        assert capsys.readouterr().out == Path("set.jsonl").read_text("utf-8")


def test_the_base_of_a_judged_reading_is_left_out_where_no_edition_has_the_reading_now(
    story: str, capsys: pytest.CaptureFixture[str]
) -> None:
    judged(story, "reading: herald", verdict="wrong", by="Maud")
    Path("clippings/herald.txt").write_text(TWO.replace("We would keep", "We will keep"), "utf-8")
    assert run("add", "clippings") == 0
    for _ in range(2):
        capsys.readouterr()
        assert run("export", "--judgements") == 0
        row = json.loads(capsys.readouterr().out.splitlines()[1])
        assert row["base"] == []
        assert "We would keep" in row["spans"][0]["text"]
        assert run("edition", story, "--html", "anew.html", "--quiet") == 0


@pytest.mark.usefixtures("story")
def test_an_archive_without_notes_gives_a_set_of_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "--judgements") == 0
    (head,) = capsys.readouterr().out.splitlines()
    assert json.loads(head)["format"] == "variorum/judgements/1"


@pytest.mark.usefixtures("story")
def test_an_export_that_cannot_be_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, status, says in (
        (("export",), 2, "a FILE is wanted"),
        (("export", "--judgements", "nowhere/set.jsonl"), 2, "the folder does not exist"),
        (("export", "--judgements", "--archive", "none.db"), 1, "there is no archive at none.db"),
    ):
        assert run(*arguments) == status
        printed = capsys.readouterr()
        assert says in printed.err
        assert printed.out == ""
