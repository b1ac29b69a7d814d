"""One screen an edition: the findings in plain words, safe from whatever an article holds."""

import io
import unicodedata
from dataclasses import replace

import pytest
from edition_fixture import EDITION, EDITIONS, bare, report, tainted
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from variorum.records import Editions
from variorum.render.screen_text import in_encoding, on_one_line
from variorum.render.terminal import show

HOSTILE = "\x1b[31m\x1b]0;owned\x07\x9b2J\r\b\u202e\u2066[bold red]x[/bold red][link=http://e]y[/link]:smile:\x00"


def _screen(editions: Editions, *, width: int = 80, encoding: str = "utf-8", terminal: bool = False) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    console = Console(file=stream, width=width, force_terminal=terminal, no_color=not terminal, highlight=False)
    show(editions, console)
    stream.flush()
    return raw.getvalue().decode(encoding)


SCREEN = _screen(EDITIONS)


def test_an_edition_fits_on_one_screen_of_eighty_columns() -> None:
    lines = SCREEN.splitlines()
    assert len(lines) <= 56
    assert max(map(len, lines)) <= 80


def test_the_letters_and_the_voices_are_explained_before_they_are_used() -> None:
    head = " ".join(SCREEN.split("IN BRIEF")[0].split())
    assert "8 reports, 4 independent voices (1 in another language, not compared)" in head
    assert "A letter is a report, listed below." in head
    assert "Reports that go back to one text are one voice" in head


def test_a_changed_word_is_marked_without_colour_and_weighed_by_voices() -> None:
    words = " ".join(SCREEN.split())
    assert (
        "Ines Calloway, altered in D: “We [-will-] {+would+} take the water down by …” [so 1 voice, otherwise" in words
    )
    assert "[-hurry-] {+rush+}" in words


def test_a_dispute_shows_every_position_with_who_holds_it() -> None:
    words = " ".join(SCREEN.split())
    assert "four metres [A+B+C] / six metres [D+E]" in words
    assert "Tuesday [A+B+C D+E] / Wednesday [G]" in words


def test_copies_are_shown_as_one_voice_with_the_evidence() -> None:
    words = " ".join(SCREEN.split())
    assert "A+B+C from Northern Press: A and C credit their text to Northern Press" in words
    assert "F G: on their own" in words


def test_what_is_told_by_one_voice_what_is_left_out_and_what_is_unknown_are_told_apart() -> None:
    assert "TOLD BY ONE VOICE ONLY  A 1, D 2, G 1" in SCREEN
    assert "F cut off: what would follow is unknown, not left out." in SCREEN
    assert "LEFT OUT" in SCREEN


def test_reports_lone_reports_and_refused_inputs_are_listed() -> None:
    assert "  A Tarn Valley Courier Reservoir lowered after crack found in Brackwater dam" in SCREEN
    assert "reports/lindar-gazette.txt" in SCREEN
    assert "clippings/scan.pdf: A PDF is not read: save its text first." in SCREEN


def test_what_does_not_fit_is_counted() -> None:
    conflict = EDITION.conflicts[0]
    many = tuple(replace(conflict, id=str(number), about=f"matter {number}") for number in range(9))
    screen = _screen(replace(EDITIONS, editions=(replace(EDITION, conflicts=many),)))
    assert "… and 3 disputes more" in screen


def test_disputes_over_wording_are_counted_and_shown_as_quotations() -> None:
    wording = replace(EDITION.conflicts[0], kind="wording")
    screen = _screen(replace(EDITIONS, editions=(replace(EDITION, conflicts=(wording,)),)))
    assert "1 dispute over the words of a quotation, below" in screen
    assert "four metres [A+B+C]" not in screen


@pytest.mark.parametrize("terminal", [False, True])
def test_nothing_an_article_holds_reaches_the_terminal_as_a_command(terminal: bool) -> None:
    screen = _screen(tainted(EDITIONS, HOSTILE), terminal=terminal)
    plain = _screen(EDITIONS, terminal=terminal)
    controls = {char for char in screen if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\n"}
    assert controls == {char for char in plain if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\n"}
    assert controls == ({"\x1b"} if terminal else set())
    assert "31m" not in screen.replace("\x1b[31m", "")  # red is our own colour for words left out
    assert "owned" not in screen
    assert "[bold red]x[/bold red]" in " ".join(screen.split())
    assert "\x1b]8" not in screen, "a link was made of article text"


def test_nothing_printed_is_wider_than_the_screen_whatever_the_letters() -> None:
    wide = _screen(tainted(EDITIONS, " 大坝出现裂缝 é̂ 🕊️"), width=60)
    from rich.cells import cell_len

    assert max(cell_len(line) for line in wide.splitlines()) <= 60


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_a_terminal_of_another_encoding_gets_plainer_letters_and_no_error(encoding: str) -> None:
    screen = _screen(tainted(EDITIONS, " café — “dämm” 大坝"), encoding=encoding)
    assert "[-will" in screen
    if encoding == "ascii":
        assert '"damm"' in screen


def test_without_findings_nothing_is_claimed() -> None:
    one = report("A", "Courier", [("title", "Dam holds"), ("body", "The dam holds.")])
    other = report("B", "Post", [("body", "The dam was said to hold.")])
    screen = " ".join(_screen(Editions((bare(one, other),), (), ())).split())
    assert "nothing was found that cannot all be right; that is no proof" in screen
    assert "none was found in different words" in screen
    assert "every report was found to stand on its own" in screen


def test_no_story_at_all_is_said() -> None:
    assert _screen(Editions((), ("0123456789abcdef",), ())).startswith("No two of the reports tell of the same event")
    assert _screen(Editions((), (), ())).startswith("Nothing could be read")


@given(st.text())
def test_text_on_one_line_holds_no_control_character(text: str) -> None:
    line = on_one_line(text)
    assert all(unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn") for char in line)
    assert "\n" not in line
    assert on_one_line(line) == line


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "utf-8"]))
def test_text_for_an_encoding_can_be_encoded(text: str, encoding: str) -> None:
    in_encoding(on_one_line(text), encoding).encode(encoding)


def test_an_escape_goes_with_its_arguments() -> None:
    assert on_one_line("a\x1b[31;1mred\x1b[0m \x1b]8;;http://e\x1b\\link\x1b]8;;\x07 \x9b5mb") == "ared link b"
