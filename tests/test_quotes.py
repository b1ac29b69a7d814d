"""Quotations of one article: who is given which words, in whatever state the marks are."""

import csv
import io
import json
import re
from bisect import bisect_right
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import report

import variorum
from variorum.cli.main import variorum as program
from variorum.language import annotate
from variorum.quotations.extract import extract
from variorum.records import Quotation

ARTICLE = """Island asks for a new lamp on the reef
The light has been dark since March. “We wrote to the ministry twice,” council leader Davit Lorne said on Monday.

“The second time we enclosed a photograph of the dark,” he said. “Nobody answered it.”

Ilse Marrack, the transport minister, called the delay “a failure of nerve” and promised money.

"The lamp will be burning by Friday," Marrack told reporters. She said that the ministry had lost both letters.

According to the harbour master, four ships have touched the reef since the spring.

“I have sailed here for thirty years,” said Tom Reyl, a pilot. “You learn to see without eyes.

“But you should not have to,” Reyl said.

Nella Brandt, whose brother was on the ferry, said: “They came out in the dark with two lifejackets.”

The inquiry will open in June, the ministry said in a statement.
"""
PARAGRAPHS = [match.span() for match in re.finditer(r"[^\n]+", ARTICLE)]
MARKS = [at for at, char in enumerate(ARTICLE) if char in '“”"']


def only(text: str) -> Quotation:
    (found,) = variorum.quotes(text)
    return found


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("“", "”"), ('"', '"'), ("“", "’’"), ('"', "”"), ("``", "''"), ("«", "»"), ("„", "“"), ("‘", "’"), ("“", '"'),
        ("‘‘", "’’"), ("”", "”"),
    ],
)  # fmt: skip
def test_whatever_the_marks_are_the_quotation_is_the_same(opening: str, closing: str) -> None:
    text = f"Orlov closed the bridge. {opening}We will test every cable on it by spring,{closing} Nadia Orlov said."
    found = only(text)
    assert found.text.rstrip(",") == "We will test every cable on it by spring"
    assert (found.mode, found.marks, found.speaker_text) == ("direct", "closed", "Nadia Orlov")
    assert found.cue is not None and found.cue.of(text) == "said"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Hugh Hill, a doctor, said: “The ward was empty when I came in.”", "Hugh Hill"),
        ("“The ward was empty when I came in,” said Hugh Hill, a doctor at the hospital.", "Hugh Hill"),
        ("The doctor, Hugh Hill, said the ward was empty when he came in.", "Hugh Hill"),
        ("According to Hugh Hill, the ward was empty that night.", "Hugh Hill"),
        ("The ward was empty that night, according to Dr. Hugh Hill.", "Hugh Hill"),
        ("In a statement, Hugh Hill said that the ward was empty.", "Hugh Hill"),
        ("Hill's lawyer, Maria Gomez, said: “My client was asleep when it happened.”", "Maria Gomez"),
    ],
)
def test_the_speaker_is_named_where_the_phrase_names_one(text: str, speaker: str) -> None:
    assert [found.speaker for found in variorum.quotes(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "“The ward was empty that night,” said a spokesman for Hugh Hill.",
        "“The ward was empty that night,” said Hugh Hill's lawyer.",
        "“The ward was empty that night,” Hugh Hill and Maria Gomez said in a letter.",
        "Hugh Hill and Peter Marsh met at the hospital. “The ward was empty that night,” he said.",
    ],
)
def test_nobody_is_named_who_may_not_have_spoken(text: str) -> None:
    assert variorum.quotes(text)[-1].speaker is None


def test_a_role_is_the_person_the_article_gives_it_to() -> None:
    *_, last = variorum.quotes(
        "Mayor Nadia Orlov closed the bridge on Monday.\n\n“We will test every cable on it by spring,” the mayor said."
    )
    assert (last.speaker_text, last.speaker) == ("the mayor", "Nadia Orlov")
    *_, last = variorum.quotes(
        "Mayor Nadia Orlov met mayor Peter Marsh.\n\n“We will test every cable on it by spring,” the mayor said."
    )
    assert last.speaker is None


def test_a_document_and_a_post_speak_too() -> None:
    report_says, post = variorum.quotes(
        "The report said that the cables had not been tested for years.\n\n"
        "“Nobody drives over my bridge until I say so,” Nadia Orlov wrote in a post on Monday."
    )
    assert (report_says.speaker_text, report_says.mode) == ("The report", "indirect")
    assert (post.speaker_text, post.mode) == ("Nadia Orlov", "direct")


def test_a_quotation_broken_by_its_cue_is_one_and_two_speakers_in_a_paragraph_are_two() -> None:
    one = only("“We will test every cable,” Nadia Orlov said, “and we will do it by spring.”")
    assert len(one.spans) == 2
    first, second = variorum.quotes(
        "“We will test every cable,” Nadia Orlov said, but Peter Marsh replied: “You have had ten years to do it.”"
    )
    assert (first.speaker, second.speaker) == ("Nadia Orlov", "Peter Marsh")


def test_part_of_a_report_in_marks_is_mixed_and_shows_which_part() -> None:
    found = only("Nadia Orlov called the bridge “a danger to every child in this city” and closed it.")
    assert found.mode == "mixed"
    assert [span.of("Nadia Orlov called the bridge “a danger to every child in this city” and closed it.")
            for span in found.quoted] == ["a danger to every child in this city"]  # fmt: skip


def test_a_name_in_marks_is_no_quotation() -> None:
    assert variorum.quotes("The city closed the “Bridge of Sighs” on Monday.") == ()


def test_a_transcript_gives_the_words_without_the_name_before_them() -> None:
    asked, answered = variorum.quotes(
        "ORLOV: We will test every cable on the bridge by spring.\n\nMARSH: You have had ten years to do it."
    )
    assert (asked.speaker_text, answered.speaker_text) == ("ORLOV", "MARSH")
    assert answered.text.startswith("You have had")


def test_nested_marks_are_part_of_the_words() -> None:
    found = only("“He told me ‘never again’ and I believed every word of it,” said Nadia Orlov.")
    assert "‘never again’" in found.text and found.speaker == "Nadia Orlov"


Found = tuple[int, tuple[tuple[int, int], ...], str, str, str | None]


def by_paragraph(text: str) -> list[tuple[set[int], Found]]:
    """The quotations of a text: the paragraphs each stands in, and what it is, told from its first paragraph on."""
    starts = [match.start() for match in re.finditer(r"[^\n]+", text)]
    article = report(text)
    made = []
    for one in extract(article, annotate(article)):
        own = [bisect_right(starts, span.start) - 1 for span in one.spans]
        spans = tuple((span.start - starts[own[0]], span.end - starts[own[0]]) for span in one.spans)
        made.append((set(own), (own[0], spans, one.mode, one.marks, one.speaker_text)))
    return made


@pytest.mark.parametrize("edit", ["remove", "double", "swap"])
def test_a_broken_mark_changes_nothing_outside_its_paragraph_and_its_continuation(edit: str) -> None:
    before = by_paragraph(ARTICLE)
    swapped = {"“": "”", "”": "“", '"': "”"}
    for at in MARKS:
        new = {"remove": "", "double": ARTICLE[at] * 2, "swap": swapped[ARTICLE[at]]}[edit]
        broken = next(number for number, (start, end) in enumerate(PARAGRAPHS) if start <= at < end)
        touched = {broken, broken + 1}
        after = by_paragraph(ARTICLE[:at] + new + ARTICLE[at + 1 :])
        spared = [[found for own, found in side if not own & touched] for side in (before, after)]
        assert spared[0] == spared[1], (edit, ARTICLE[at - 20 : at + 20])
        assert len(spared[0]) >= 7


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="“”\"'‘’«»„`,. \nabcdWe said Orlov:—[]…", max_size=300))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    for found in variorum.quotes(text):
        assert all(0 <= span.start < span.end <= len(text) for span in found.spans)
        assert found.text == " ".join(span.of(text) for span in found.spans)


@pytest.mark.parametrize("unit", ["“We will go,” she said. ", "“a ", '"a" ', "‘a’ ", "don't 'a ", "“”", "``''", "x"])
def test_a_hostile_paragraph_is_read_in_bounded_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert len(variorum.quotes(text)) < 10_000


# ------------------------------------------------------------------ the command
@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gazette.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "herald.txt").write_text(
        "A title of some length here\n\n=SUM(A1) is “not a word”, Nadia Orlov said.\n", "utf-8"
    )
    (tmp_path / "empty.txt").write_text("", "utf-8")
    return tmp_path


def test_rows_say_whose_words_stand_where(folder: Path) -> None:
    result = CliRunner().invoke(program, ["quotes", str(folder), "--json"])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["path"] for row in rows} == {"gazette.txt", "herald.txt"}
    assert list(rows[0]) == ("path key outlet spans text mode marks cue speaker_span speaker_text speaker".split())
    first = next(row for row in rows if row["text"].startswith("We wrote to the ministry"))
    (span,) = first["spans"]
    assert ARTICLE[span[0] : span[1]] == first["text"]
    assert (first["speaker"], first["outlet"], first["key"]) == ("Davit Lorne", "gazette", None)
    assert ARTICLE[slice(*first["cue"])] == "said"
    assert "empty.txt: This file is empty." in result.stderr


def test_csv_holds_the_same_rows_and_no_formula(folder: Path) -> None:
    target = folder / "out.csv"
    result = CliRunner().invoke(program, ["quotes", str(folder), "--csv", str(target)])
    assert "Written:" in result.stdout
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8"))))
    assert len(rows) == int(result.stdout.split()[0])
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_an_article_after_an_option_is_read_and_never_written_over(folder: Path) -> None:
    article = folder / "gazette.txt"
    result = CliRunner().invoke(program, ["quotes", "--json", str(article)])
    assert article.read_text("utf-8") == ARTICLE
    assert json.loads(result.stdout.splitlines()[0])["path"] == "gazette.txt"


def test_the_list_names_who_says_what(folder: Path) -> None:
    shown = CliRunner().invoke(program, ["quotes", str(folder / "gazette.txt")]).stdout
    assert "Davit Lorne" in shown and "he (Davit Lorne)" in shown
    assert re.search(r"\d+ quotations in 1 article\n$", shown)


def test_nothing_named_and_nothing_there_are_told_apart(tmp_path: Path) -> None:
    assert "no article is named" in str(CliRunner().invoke(program, ["quotes"]).exception)
    missing = CliRunner().invoke(program, ["quotes", str(tmp_path / "none.txt")])
    assert missing.exit_code == 2 and "There is no such file" in missing.stderr
