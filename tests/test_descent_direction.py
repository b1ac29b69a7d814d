"""Which way a text went: links, spelling, corrections, additions, and what outweighs what."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from test_descent import WIRE, report, traced

from variorum import ingest
from variorum.config import Ingest
from variorum.descent.direction import giver
from variorum.ingest.links import addresses
from variorum.records import Article, Borrowing, Evidence, Link
from variorum.text import spelling


def edge(a: Article, b: Article) -> Borrowing:
    (borrowing,) = traced(a, b).borrowings
    return borrowing


def kinds(borrowing: Borrowing) -> dict[str, str | None]:
    return {reason.kind: reason.giver for reason in borrowing.reasons}


# Links


def test_a_link_to_the_other_report_says_where_the_text_came_from() -> None:
    giver_ = replace(report(WIRE, "Gazette"), url="https://www.gazette.example/news/mayor-resigns/")
    taker = report(WIRE, "Herald")
    taker = replace(taker, links=(Link(0, 9, "http://gazette.example/news/mayor-resigns"),))
    found = edge(giver_, taker)
    assert (found.directed, found.a) == (True, giver_.id)
    linked = next(reason for reason in found.reasons if reason.kind == "linked")
    assert (linked.strength, linked.article, linked.span and linked.span.end) == ("strong", taker.id, 9)


def test_a_link_to_an_outlets_front_page_says_nothing() -> None:
    one = replace(report(WIRE, "Gazette"), url="https://gazette.example/")
    other = replace(report(WIRE, "Herald"), links=(Link(0, 9, "https://gazette.example/"),))
    assert "linked" not in kinds(edge(one, other))


def test_a_pages_links_are_read_with_the_words_that_carry_them(tmp_path: Path) -> None:
    told = "The mayor of Tarn Bridge resigned on Monday after auditors found that parking fees had gone missing. "
    (tmp_path / "page.html").write_text(
        "<html><head><title>Mayor resigns</title></head><body><nav><a href='/sport'>Sport</a></nav><article>"
        f"<h1>Mayor resigns</h1><p>{told * 3}</p><p>{told} It was first told by <a href='https://gazette.example/a'>"
        f"the Gazette of Dunmere</a>.</p><p>{told} <a href='javascript:alert(1)'>Do not click here</a></p></article>"
        "</body></html>",
        "utf-8",
    )
    (article,) = ingest.read([tmp_path]).articles
    assert [(article.text[link.start : link.end], link.url) for link in article.links] == [
        ("the Gazette of Dunmere", "https://gazette.example/a")
    ]


def test_an_address_printed_in_a_text_is_a_link() -> None:
    (link,) = addresses("First told here: https://gazette.example/a/b?c=1.", settings=Ingest())
    assert link.url == "https://gazette.example/a/b?c=1"


# Wording


def test_a_misspelt_word_that_is_right_in_the_other_is_weak_evidence_and_decides_nothing_alone() -> None:
    one = report(WIRE.replace("Prosecutors in Dunmere have opened", "Prosecutors in Dunmere have oppened"), "Gazette")
    found = edge(one, report(WIRE, "Herald"))
    assert kinds(found)["corrected"] == one.id
    assert not found.directed


@pytest.mark.parametrize(("printed", "other"), [("meters", "meter"), ("Dunmere", "Dunmore"), ("council", "counsel")])
def test_another_word_another_name_or_another_ending_is_no_correction(printed: str, other: str) -> None:
    text = WIRE.replace("county", "council")
    assert "corrected" not in kinds(edge(report(text.replace(printed, other), "Gazette"), report(text, "Herald")))


def test_a_measure_added_for_readers_elsewhere_tells_who_took() -> None:
    long = WIRE + "The quay is 3 miles from the town hall, and nobody walked it with the money in a single night.\n"
    taker = report(long.replace("3 miles", "3 miles (4.8 km)"), "Herald")
    giver_ = report(long, "Gazette")
    assert kinds(edge(giver_, taker))["localised"] == giver_.id


def test_two_weak_pieces_of_evidence_decide_together() -> None:
    long = WIRE + "The quay is 3 miles from the town hall, and nobody walked it with the money in a single night.\n"
    giver_ = report(
        long.replace("Prosecutors in Dunmere have opened", "Prosecutors in Dunmere have oppened"), "Gazette"
    )
    taker = report(long.replace("3 miles", "3 miles (4.8 km)"), "Herald")
    found = edge(giver_, taker)
    assert (found.directed, found.a) == (True, giver_.id)


def test_a_report_that_spells_against_its_own_habit_has_the_words_from_elsewhere() -> None:
    shared = WIRE + "Neighbors say the color of the meters changed when labor leaders met in the town center at dawn.\n"
    own = "Our readers favour a grey theatre in the centre of the harbour, whatever the neighbours say of its colour.\n"
    american, british = report(shared, "Gazette"), report(shared + own, "Herald")
    assert kinds(edge(american, british))["spelling"] == american.id


@pytest.mark.parametrize(
    ("word", "way"),
    [("colour", "British"), ("Color", "American"), ("centre", "British"), ("theaters", "American"), ("grey", "British"),
     ("four", None), ("doctor", None), ("meter", None), ("story", None), ("check", None), ("organize", None)],
)  # fmt: skip
def test_whose_spelling_a_word_has(word: str, way: str | None) -> None:
    assert spelling(word) == way


# What outweighs what

ONE, OTHER = report("One.\n", "Gazette"), report("Other.\n", "Herald")


def found(*evidence: tuple[Literal["strong", "fair", "weak"], Article]) -> str | None:
    reasons = [Evidence("time", strength, "", giver=of.id) for strength, of in evidence]
    return giver(reasons, ONE, OTHER)


def test_fair_evidence_decides_where_nothing_speaks_against_it() -> None:
    assert found(("fair", ONE)) == ONE.id
    assert found(("fair", ONE), ("fair", OTHER)) is None
    assert found(("fair", ONE), ("weak", OTHER)) is None


def test_strong_evidence_outweighs_weak_but_not_fair() -> None:
    assert found(("strong", ONE), ("weak", OTHER)) == ONE.id
    assert found(("strong", ONE), ("fair", OTHER)) is None
    assert found(("strong", ONE), ("strong", OTHER)) is None


def test_no_evidence_no_direction() -> None:
    assert found() is None
    assert found(("weak", ONE)) is None
