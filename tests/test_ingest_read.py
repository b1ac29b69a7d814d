"""What ``ingest.read`` takes in, what it refuses, and that neither hangs on the order of the paths."""

import io
import os
from pathlib import Path

import pytest

from variorum.config import Ingest
from variorum.ingest import read
from variorum.records import Intake

REPORT = """Lighthouse keeper retires after forty years

By Ana Torvald

The keeper of the Skarn lighthouse put out his lamp for the last time on Friday evening.

"I have counted nine thousand ships," said Odd Brenner, who is 71, "and only two of them waved."

The harbour board said the lamp would be run from the mainland from Monday.
"""
PAGE = """<!doctype html><html lang="en"><head><title>Keeper retires</title>
<meta property="og:site_name" content="The Skarn Courier"></head><body><article><h1>Keeper retires</h1>
<p>The keeper of the Skarn lighthouse put out his lamp for the last time on Friday evening, in front of a crowd.</p>
<p>The harbour board said the lamp would be run from the mainland from Monday, by two engineers and a computer.</p>
<p>Odd Brenner, who is 71, said he had counted nine thousand ships and that only two of them had ever waved back.</p>
</article></body></html>"""


def reasons(intake: Intake) -> list[str]:
    return [refusal.reason for refusal in intake.refused]


def test_a_text_is_kept_whole_and_its_parts_hold_every_line(tmp_path: Path) -> None:
    (tmp_path / "courier.txt").write_text(REPORT)
    (article,) = read([tmp_path / "courier.txt"]).articles
    assert article.text == REPORT
    assert (article.outlet, article.path) == ("courier", "courier.txt")
    assert article.title == "Lighthouse keeper retires after forty years"
    assert article.byline == ("Ana Torvald",)
    assert article.language == "en"
    assert [part.kind for part in article.parts] == ["title", "credit", "body", "body", "body"]
    labelled = " ".join(article.slice(part.start, part.end) for part in article.parts)
    assert labelled.split() == REPORT.split()


def test_a_folder_is_read_whole_in_order_with_paths_inside_it(tmp_path: Path) -> None:
    folder = tmp_path / "clippings"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "two.html").write_text(PAGE)
    (folder / "one.TXT").write_text(REPORT)
    (folder / ".hidden.txt").write_text(REPORT + "hidden")
    (folder / "README.txt").write_text("About these clippings.")
    (folder / "notes.md").write_text("# Notes")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    intake = read([folder])
    assert [article.path for article in intake.articles] == ["b/two.html", "one.TXT"]
    assert intake.refused == ()


def test_a_file_asked_for_by_name_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / ".report.md").write_text(REPORT)
    assert [article.path for article in read([tmp_path / ".report.md"]).articles] == [".report.md"]


@pytest.mark.parametrize("given", [REPORT, PAGE])
def test_standard_input_is_a_page_or_a_text_by_what_it_holds(given: str) -> None:
    (article,) = read(["-"], stdin=io.BytesIO(given.encode())).articles
    assert article.path is None
    assert article.outlet == ("The Skarn Courier" if given is PAGE else "standard input")


def test_a_page_saved_as_text_is_still_a_page(tmp_path: Path) -> None:
    (tmp_path / "saved.txt").write_text(PAGE)
    (article,) = read([tmp_path]).articles
    assert article.outlet == "The Skarn Courier"
    assert "<p>" not in article.text


@pytest.mark.parametrize(
    ("name", "raw", "word"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "white space"),
        ("a.txt", b"%PDF-1.7\n%", "PDF"),
        ("a.txt", b"PK\x03\x04rest", "zip"),
        ("a.txt", b"\xff\xd8\xff\xe0rest", "JPEG"),
        ("a.txt", b"some text\x00\x01\x02 and more text", "binary"),
        ("a.txt", b"*** --- ***\n", "no article"),
        ("a.html", b"<html><body></body></html>", "no article"),
        ("a.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
        ("a.html", b"<frameset><frame src='x'></frameset>", "page"),
    ],
)
def test_what_is_no_report_is_refused_with_one_sentence_and_its_first_bytes(
    tmp_path: Path, name: str, raw: bytes, word: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    intake = read([tmp_path / name])
    assert intake.articles == ()
    (refusal,) = intake.refused
    assert refusal.path == name
    assert word in refusal.reason
    assert refusal.reason.endswith(".")
    assert bytes.fromhex(refusal.first_bytes or "") == raw[:32]


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000_000)  # sparse: reading it whole would not end
    assert "too large" in reasons(read([path]))[0]


def test_standard_input_is_not_read_past_the_limit() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1) -> bytes:
            assert size > 0
            self.taken += size
            return b"x" * size

    endless = Endless()
    intake = read(["-"], stdin=endless, settings=Ingest(largest_bytes=1000))  # type: ignore[arg-type]
    assert "too large" in reasons(intake)[0]
    assert endless.taken <= 1001


def test_paths_that_lead_nowhere_are_refused_and_never_shown_absolute(tmp_path: Path) -> None:
    (tmp_path / "empty folder").mkdir()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    intake = read([tmp_path / name for name in ("empty folder", "gone.txt", "self.txt", "no such.txt", "nul\0.txt")])
    assert [(refusal.path, refusal.reason.split(".")[0].split("(")[0].strip()) for refusal in intake.refused] == [
        ("empty folder", "There is no report in this folder"),
        ("gone.txt", "This link leads to nothing"),
        ("no such.txt", "There is no such file or folder"),
        ("nul\0.txt", "This is no path a file can have"),
        ("self.txt", "This link leads back to itself"),
    ]
    assert not any(str(tmp_path) in refusal.path + refusal.reason for refusal in intake.refused)


def test_a_loop_of_folders_is_refused_once_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "clippings"
    (folder / "deeper").mkdir(parents=True)
    (folder / "deeper" / "one.txt").write_text(REPORT)
    (folder / "deeper" / "back").symlink_to(folder)
    (folder / "deeper" / "self.txt").symlink_to(folder / "deeper" / "self.txt")
    intake = read([folder])
    assert [article.path for article in intake.articles] == ["deeper/one.txt"]
    assert [refusal.path for refusal in intake.refused] == ["deeper/back", "deeper/self.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "locked.txt").write_text(REPORT)
    (tmp_path / "locked.txt").chmod(0)
    assert "permission" in reasons(read([tmp_path / "locked.txt"]))[0]


def test_a_pipe_that_nobody_writes_to_does_not_hang_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert reasons(read([tmp_path])) == ["This is no regular file."]


def test_the_same_bytes_twice_are_one_report_read_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b copy.txt").write_text(REPORT)
    intake = read([tmp_path / "b copy.txt", tmp_path / "a.txt"])
    assert [article.path for article in intake.articles] == ["a.txt"]
    assert [(refusal.path, refusal.reason) for refusal in intake.refused] == [
        ("b copy.txt", "This is the same report as a.txt.")
    ]


def test_the_same_words_from_one_outlet_are_one_report(tmp_path: Path) -> None:
    (tmp_path / "morning.html").write_text(PAGE)
    (tmp_path / "evening.html").write_text(PAGE.replace("lighthouse", "LIGHTHOUSE").replace("<article>", "<article >"))
    intake = read([tmp_path])
    assert [article.path for article in intake.articles] == ["evening.html"]
    assert reasons(intake) == ["This is the same report as evening.html."]


def test_the_same_words_from_two_outlets_are_a_reprint_and_stay(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html").write_text(PAGE.replace("The Skarn Courier", "Northern Echoes"))
    intake = read([tmp_path])
    assert [article.outlet for article in intake.articles] == ["The Skarn Courier", "Northern Echoes"]
    assert len({article.id for article in intake.articles}) == 2


def test_the_order_of_the_paths_changes_nothing(tmp_path: Path) -> None:
    for name in ("c", "a", "b"):
        (tmp_path / f"{name}.txt").write_text(REPORT + f"\nThis closing line was added by the desk of paper {name}.\n")
    paths = sorted(tmp_path.iterdir())
    assert read(paths) == read(paths[::-1]) == read([paths[1], paths[0], paths[2]])


def test_progress_counts_every_input_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_bytes(b"")
    seen: list[tuple[int, int]] = []
    read([tmp_path], tick=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
