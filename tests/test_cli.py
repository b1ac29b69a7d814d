"""The command line: what goes in, what comes out, and the exit status."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from variorum.cli import main

ONE = (
    "Bridge to stay shut until spring\n\nThe mayor of Norby, Nadia Orlov, closed the old bridge on Monday after "
    "engineers found 31 broken cables. “We will keep the bridge closed until every cable on it has been tested,” "
    "Orlov said.\n\nSome 4,000 people cross the bridge every day.\n"
)
TWO = (
    "Norby mayor closes bridge\n\nNadia Orlov, the mayor of Norby, shut the old bridge on Tuesday. Engineers had "
    "found 31 broken cables. “We would keep the bridge closed until every cable on it has been tested,” Orlov "
    "said.\n\nFerries will carry people over the river.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clippings").mkdir()
    (tmp_path / "clippings/gazette.txt").write_text(ONE, "utf-8")
    (tmp_path / "clippings/herald.txt").write_text(TWO, "utf-8")
    return tmp_path


def run(*arguments: str | Path) -> int:
    """The exit status of a command."""
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def test_read_writes_every_output_and_says_where(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [folder / "e.html", folder / "e.json", folder / "e.md"]
    assert run("read", folder / "clippings", "--html", files[0], "--json", files[1], "--markdown", files[2]) == 0
    printed = capsys.readouterr().out
    assert "2 reports, 2 independent voices" in printed
    assert all(f"Written: {file}" in printed for file in files)
    written = json.loads(files[1].read_text("utf-8"))
    assert written["format"] == "variorum/edition/1"
    assert [article["path"] for article in written["editions"][0]["articles"]] == ["gazette.txt", "herald.txt"]
    assert files[0].read_text("utf-8").startswith("<!doctype html>")


def test_an_output_to_the_pipe_is_all_that_is_printed(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run("read", folder / "clippings", "--json", "-") == 0
    assert json.loads(capfdbinary.readouterr().out)["editions"]


def test_verify_holds_and_one_changed_letter_does_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edition = folder / "e.json"
    run("read", folder / "clippings", "--json", edition, "--quiet")
    assert run("verify", edition, folder / "clippings") == 0
    assert "holds" in capsys.readouterr().out
    edition.write_text(edition.read_text("utf-8").replace("every cable", "every kable", 1), "utf-8")
    assert run("verify", edition) == 1
    assert "does not hold" in capsys.readouterr().out


def test_verify_notices_that_a_report_file_was_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("read", folder / "clippings", "--json", folder / "e.json", "--quiet")
    (folder / "clippings/herald.txt").write_text(TWO + "One more line.\n", "utf-8")
    assert run("verify", folder / "e.json", folder / "clippings") == 1
    assert "herald.txt" in capsys.readouterr().out


def test_what_cannot_be_read_is_said_and_the_others_get_their_edition(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "clippings/empty.txt").write_text("", "utf-8")
    assert run("read", folder / "clippings", folder / "nothing-here") == 0
    printed = capsys.readouterr().out
    assert "2 reports" in printed
    assert "empty.txt: This file is empty" in printed
    assert "nothing-here" in printed


def test_bad_usage_ends_with_two_and_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", folder / "nothing-here") == 2
    assert capsys.readouterr().err.startswith("variorum: nothing-here: ")
    assert run("read", folder / "clippings", "--html", folder / "no/such/e.html") == 2
    assert "the folder does not exist" in capsys.readouterr().err
    assert run("read", folder / "clippings", "--json", "-", "--html", "-") == 2
    assert run("verify", folder / "nothing.json") == 2
    assert run("read") == 2


def test_a_file_that_is_no_edition_fails_with_one_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "e.json").write_text("[1, 2", "utf-8")
    assert run("verify", folder / "e.json") == 1
    assert "This is no edition" in capsys.readouterr().out


def test_help_loads_no_model_and_no_heavy_package() -> None:
    code = (
        "import sys\nfrom variorum.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'onnxruntime', 'scipy', 'trafilatura', 'jinja2', 'rich', 'numpy'} & set(sys.modules)\n"
        "sys.exit(repr(heavy) if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "read" in done.stdout


def test_the_package_reads_from_python_and_shows_itself_in_a_notebook(folder: Path) -> None:
    import variorum

    editions = variorum.read(folder / "clippings")
    assert len(editions) == 1
    assert editions.conflicts == editions.only.conflicts
    assert "<iframe" in (editions.only._repr_html_() or "")
    with pytest.raises(AttributeError):
        _ = editions.nonsense
