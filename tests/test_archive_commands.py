"""The commands on an archive, as a user has them: add, list, search, make an edition, compare revisions, move."""

import json
import os
from pathlib import Path

import pytest
from norby import ONE, THREE, TWO

from variorum.cli import main

ELSEWHERE = (
    "Whale calf counted off Skarn\n\nBiologists counted a whale calf off the Skarn lighthouse, the first in nine "
    "years. The calf swam beside its mother, said biologist Ana Torvald of the Skarn marine station.\n"
)


def run(*arguments: object) -> int:
    """The exit status of a command."""
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with clippings of two stories."""
    (tmp_path / "clippings").mkdir()
    for name, text in (("gazette", ONE), ("herald", TWO), ("skarn-post", ELSEWHERE)):
        (tmp_path / f"clippings/{name}.txt").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def filled(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The same with everything in an archive."""
    assert run("add", "clippings") == 0
    capsys.readouterr()
    return folder


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_add_says_what_it_kept_and_the_second_time_that_it_knew(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "clippings/empty.txt").touch()
    assert run("add", "clippings") == 0
    printed = capsys.readouterr().out
    assert printed.count("\nnew ") + printed.startswith("new ") == 3
    assert "refused   empty.txt: This file is empty." in printed
    assert "variorum.db: 3 new, 0 known already, 1 refused" in printed
    assert run("add", "clippings") == 0
    assert "0 new, 3 known already" in capsys.readouterr().out
    assert (folder / "variorum.db").exists()


@pytest.mark.usefixtures("folder")
def test_add_of_nothing_readable_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", "nowhere") == 1
    assert "There is no such file or folder." in capsys.readouterr().out
    assert run("stories") == 0
    assert "No such story" in capsys.readouterr().out


@pytest.mark.usefixtures("filled")
def test_stories_are_listed_for_people_and_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stories") == 0
    printed = capsys.readouterr().out
    assert "1 story" in printed
    assert "2 reports, 2 outlets" in printed
    assert run("stories", "--all", "--json") == 0
    both = rows(capsys)
    assert sorted(len(row["articles"]) for row in both) == [1, 2]  # type: ignore[arg-type]
    (several,) = (row for row in both if len(row["articles"]) == 2)  # type: ignore[arg-type]
    assert several["headline"] in ("Bridge to stay shut until spring", "Norby mayor closes bridge")
    assert set(several["articles"][0]) == {"id", "key", "outlet", "title", "published"}  # type: ignore[index]


@pytest.mark.usefixtures("filled")
def test_search_finds_articles_and_the_story_they_are_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("search", "broken", "cable") == 0
    printed = capsys.readouterr().out
    assert "2 reports" in printed
    assert "gazette" in printed
    assert run("search", "whale", "--json") == 0
    (hit,) = rows(capsys)
    assert (hit["outlet"], len(str(hit["story"]))) == ("skarn-post", 16)
    assert run("search", "zeppelin") == 1
    assert run("search", "--", "-cable") == 2


def story(capsys: pytest.CaptureFixture[str]) -> str:
    assert run("stories", "--json") == 0
    return str(rows(capsys)[0]["story"])


@pytest.mark.usefixtures("filled")
def test_an_edition_is_made_once_and_made_anew_when_a_report_comes_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    id = story(capsys)
    assert run("edition", id[:6], "--json", "one.json", "--html", "one.html") == 0
    assert "2 reports, 2 independent voices" in capsys.readouterr().out
    assert run("verify", "one.json", "clippings") == 0
    assert run("stories") == 0
    assert "2 outlets, 2 voices" in capsys.readouterr().out, "an edition was made, so the number is exact"

    # Read again, it takes no model at all.
    with monkeypatch.context() as patch:
        patch.setattr("variorum.language.annotate_all", lambda *_, **__: pytest.fail("it was made again"))
        assert run("edition", id, "--json", "two.json", "--html", "two.html", "--quiet") == 0
    assert Path("one.json").read_bytes() == Path("two.json").read_bytes()
    assert Path("one.html").read_bytes() == Path("two.html").read_bytes()

    Path("clippings/third.txt").write_text(THREE, "utf-8")
    assert run("add", "clippings/third.txt") == 0
    assert f"→ {id}" in capsys.readouterr().out
    analysed = []
    from variorum import language

    whole = language.annotate_all

    def watched(articles, **options):  # type: ignore[no-untyped-def]
        wanted = list(articles)
        analysed.extend(wanted)
        return whole(wanted, **options)

    with monkeypatch.context() as patch:
        patch.setattr("variorum.language.annotate_all", watched)
        assert run("edition", id, "--json", "three.json") == 0
    assert "3 reports" in capsys.readouterr().out
    assert [article.outlet for article in analysed] == ["third"], "only the report that came in is analysed"
    assert run("verify", "three.json", "clippings") == 0


@pytest.mark.usefixtures("filled")
def test_an_edition_of_changed_settings_or_code_is_never_an_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from variorum.config import Settings
    from variorum.pipeline import release

    settings = Settings()
    before = release.made_by(settings, "edition", "a")
    assert release.made_by(settings, "edition", "a") == before
    other = replace(settings, claims=replace(settings.claims, same_claim=0.123))
    assert release.made_by(other, "edition", "a") != before
    monkeypatch.setattr(release, "release", lambda: "another")
    assert release.made_by(settings, "edition", "a") != before


@pytest.mark.parametrize(("wanted", "says"), [("zzzz", "no story"), ("a", "too short")])
@pytest.mark.usefixtures("filled")
def test_an_edition_of_no_story_is_refused(capsys: pytest.CaptureFixture[str], wanted: str, says: str) -> None:
    assert run("edition", wanted) == 2
    assert says in capsys.readouterr().err


@pytest.mark.usefixtures("filled")
def test_a_changed_report_replaces_the_old_in_its_story_and_both_can_be_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    id = story(capsys)
    Path("clippings/gazette.txt").write_text(ONE.replace("31 broken", "33 broken"), "utf-8")
    assert run("add", "clippings") == 0
    printed = capsys.readouterr().out
    assert "revision" in printed
    assert "0 new, 1 revision, 2 known already" in printed
    assert run("stories", "--json") == 0
    (row,) = rows(capsys)
    assert (row["story"], len(row["articles"])) == (id, 2)  # type: ignore[arg-type]
    assert run("revisions", "gazette.txt") == 0
    printed = capsys.readouterr().out
    assert "2 revisions" in printed
    assert "[-31-]{+33+}" in printed
    assert run("revisions", "gazette.txt", "--json") == 0
    first, second = rows(capsys)
    assert first["changes"] == []
    assert [(change["was"], change["is"]) for change in second["changes"]] == [("31", "33")]  # type: ignore[attr-defined]
    assert run("revisions", "https://unknown.example/") == 2


@pytest.mark.usefixtures("filled")
def test_an_archive_is_checked_exported_and_brought_in_elsewhere(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    id = story(capsys)
    assert run("check") == 0
    assert "variorum.db holds: 3 articles" in capsys.readouterr().out
    assert run("export", "all.jsonl.gz") == 0
    assert run("import", "all.jsonl.gz", "--archive", "other.db") == 0
    monkeypatch.setenv("VARIORUM_ARCHIVE", "other.db")
    capsys.readouterr()
    assert story(capsys) == id
    assert run("check") == 0
    assert run("import", "all.jsonl.gz") == 1
    assert "holds something already" in capsys.readouterr().err
    assert run("export", "no/folder.gz") == 2
    assert run("import", "nothing.gz", "--archive", "third.db") == 2
    assert not Path("third.db").exists()
    Path("broken.gz").write_bytes(Path("all.jsonl.gz").read_bytes()[:-40])
    assert run("import", "broken.gz", "--archive", "fourth.db") == 1
    assert "damaged" in capsys.readouterr().err
    assert not Path("fourth.db").exists(), "all of it, or nothing"


def test_what_an_archive_prints_cannot_move_the_cursor(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = ONE.replace("Bridge to stay", "\x1b[2JBridge \u202eto stay\x07")
    (folder / "clippings/gazette.txt").write_text(hostile, "utf-8")
    for command in (["add", "clippings"], ["stories", "--all"], ["search", "bridge"], ["revisions", "gazette.txt"]):
        run(*command)
    printed = capsys.readouterr().out
    assert "\x1b[2J" not in printed
    assert "\u202e" not in printed
    assert "\x07" not in printed


@pytest.mark.usefixtures("filled")
def test_a_list_can_be_cut_and_dated(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stories", "--all", "--limit", "1") == 0
    assert "2 stories, 1 of them here" in capsys.readouterr().out
    assert run("stories", "--since", "2999-01-01") == 0
    assert "No such story" in capsys.readouterr().out
    assert run("stories", "--since", "yesterday") == 2
    assert "no date such as" in capsys.readouterr().err


@pytest.mark.usefixtures("filled")
def test_a_read_only_archive_is_listed_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    if os.getuid() == 0:
        pytest.skip("root may write everything")
    Path("variorum.db").chmod(0o444)
    assert run("stories") == 0
    assert "2 outlets, at most 2 voices" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_a_report_that_was_replaced_leads_to_what_stands_in_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    for text in (ONE, ELSEWHERE):
        title, _, body = text.partition("\n\n")
        report = {"title": title, "text": body, "url": "https://gazette.example/live", "outlet": "Gazette"}
        Path("day.jsonl").write_text(json.dumps(report), "utf-8")
        assert run("add", "day.jsonl", "--json") == 0
    row = rows(capsys)[1]
    assert row["outcome"] == "revision"
    assert run("edition", row["revises"], "--quiet", "--json", "one.json") == 0
    assert "whale" in Path("one.json").read_text("utf-8")
    assert run("check") == 0
    capsys.readouterr()
    assert run("stories", "--all", "--json") == 0
    assert [len(row["articles"]) for row in rows(capsys)] == [1]  # type: ignore[arg-type]


@pytest.mark.usefixtures("filled")
def test_a_file_that_is_not_there_fails_a_run_that_kept_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", "clippings", "nowhere.txt") == 1
    assert "3 known already, 1 refused" in capsys.readouterr().out
    assert run("watch", "ftp://x.example/feed") == 2
    assert "cannot be watched" in capsys.readouterr().err


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "command",
    [
        ["stories", "--limit", "99999999999999999999"],
        ["stories", "--since", "0001-01-01T00:00+14:00"],
        ["revisions", "\udcff"],
        ["edition", "\udcff\udcff\udcff\udcff"],
    ],
)
def test_odd_arguments_end_in_one_sentence(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*command) in (1, 2)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("typed", "says"), [("text", "names no column"), ("headline=h", "no field 'headline'"), ("text=a,text=b", "twice")]
)
def test_a_map_that_is_none_is_refused(typed: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", "clippings", "--map", typed) == 2
    assert says in capsys.readouterr().err
    assert not Path("variorum.db").exists()


@pytest.mark.usefixtures("folder")
def test_a_feed_that_declares_entities_is_refused_for_that(capsys: pytest.CaptureFixture[str]) -> None:
    declared = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    Path("bomb.xml").write_text(f"<?xml version='1.0'?>{declared}<rss><channel><title>&b;</title></channel></rss>")
    assert run("add", "bomb.xml") == 1
    assert "declares XML entities" in capsys.readouterr().out
