"""The pages of notes: the way from a note to what it was made on, and what is never lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html as lxml_html
from received import received
from room import filled, grounding, visited
from starlette.testclient import TestClient

from variorum import pipeline
from variorum.records import Edition, FindingKind
from variorum.render.notes_view import spoken_of
from variorum.store import Archive, stories

FORM = {"origin": "http://localhost", "accept": "text/html"}


@dataclass
class Kept:
    """An archive with a story whose edition is made, and a reader in its room."""

    archive: Archive
    client: TestClient
    story: str
    edition: Edition

    def note(self, kind: FindingKind, finding: str, **says: object) -> dict[str, str]:
        given = {"kind": kind, "finding": finding, "verdict": "wrong", "by": "Maud", **says}
        return self.client.post(f"/stories/{self.story}/note", json=given).json()

    def leads(self, note: str) -> str:
        answer = self.client.get(f"/notes/{note}")
        assert answer.status_code == 303
        return answer.headers["location"]

    def correct(self, was: str, now: str) -> None:
        post = next(one for one in self.edition.articles if one.outlet == "Brekka Post")
        assert was in post.text
        text = post.text.removeprefix("Steering blamed for Skarn grounding").lstrip().replace(was, now)
        again = received(
            text, "Brekka Post", title="Steering blamed for Skarn grounding", url="https://post.example/3",
            published="2024-03-06",
        )  # fmt: skip
        (added,) = pipeline.add(self.archive, [again])
        assert added.kept.outcome == "revision"

    def id(self, kind: FindingKind, words: str = "") -> str:
        return next(id for (of, id), one in spoken_of(self.edition).items() if of == kind and words in one.says)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    with filled(tmp_path / "a.db", grounding()) as archive, visited(archive) as client:
        with archive.reading() as connection:
            (listed,) = stories.stories(connection, order="newest", limit=None)
        yield Kept(archive, client, listed.id, pipeline.edition(archive, listed.id).only)


def parsed(text: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(text)


def told(element: lxml_html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


@pytest.mark.parametrize(
    ("kind", "words", "place"),
    [("claim", "", "claim-"), ("conflict", "", "dispute-"), ("quotation", "", "quotation-"), ("story", "", "notes"),
     ("reading", "Brekka Post: “The", "quotation-"), ("reading", "the base reading", "notes"), ("voice", "", "voices")],
)  # fmt: skip
def test_a_note_leads_to_its_finding_on_the_page_of_the_edition(
    kept: Kept, kind: FindingKind, words: str, place: str
) -> None:
    made = kept.note(kind, kept.id(kind, words))
    address = kept.leads(made["id"])
    page, mark, anchor = address.partition("#")
    assert (page, mark) == (f"/stories/{kept.story}", "#")
    assert anchor.startswith(place)
    (spot,) = parsed(kept.client.get(page).text).xpath("//*[@id=$id]", id=anchor)
    assert "marked wrong by Maud" in told(spot)
    assert kept.client.get(f"/notes/{made['id']}.json").json() == made


def test_the_list_leads_there_and_says_whose_reports_and_which_story(kept: Kept) -> None:
    made = kept.note("claim", kept.id("claim"))
    (row,) = parsed(kept.client.get("/notes").text).xpath("//ol[@class='note-list']/li")
    assert row.xpath(".//a/@href") == [f"/notes/{made['id']}"]
    assert "in “Ferry runs aground off Skarn”" in told(row)
    articles = {span["article"] for span in made["spans"]}  # type: ignore[index]
    for article in kept.edition.articles:
        assert (article.outlet in told(row)) == (article.id in articles)


def test_a_note_on_a_corrected_report_leads_to_where_it_stands_now(kept: Kept) -> None:
    steering = kept.note("reading", kept.id("reading", "Brekka Post: “The steering"))
    figure = kept.note("claim", kept.id("claim", "64 people"))
    kept.correct("64", "65")
    for note in (steering, figure):
        assert kept.leads(note["id"]) == f"/stories/{kept.story}", "no edition of the story as it is now"
    pipeline.edition(kept.archive, kept.story)
    assert re.fullmatch(rf"/stories/{kept.story}#quotation-\w+", kept.leads(steering["id"]))
    assert kept.leads(figure["id"]) == f"/stories/{kept.story}#notes"
    page = parsed(kept.client.get(f"/stories/{kept.story}").text)
    (notes,) = page.xpath("//section[@id='notes']")
    assert "64 people" in told(notes)
    assert "steering" not in told(notes)
    (reading,) = page.xpath("//li[contains(@class, 'reading')][contains(@class, 'marked-wrong')]")
    assert "Brekka Post" in told(reading)
    for row in parsed(kept.client.get("/notes").text).xpath("//ol[@class='note-list']/li"):
        (address,) = row.xpath(".//a/@href")
        assert kept.client.get(address, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("note", ["0" * 16, "x", "%2e%2e", "'", "a" * 3_000])
def test_a_note_that_is_not_there_is_not_found(kept: Kept, note: str) -> None:
    assert kept.client.get(f"/notes/{note}").status_code == 404
    assert kept.client.get(f"/notes/{note}.json").headers["content-type"] == "application/problem+json"


def test_what_was_typed_into_a_stale_form_is_handed_back(kept: Kept) -> None:
    comment = "</textarea><script>alert(1)</script>\nSee the recording."
    given = {"kind": "claim", "finding": "gone", "verdict": "wrong", "comment": comment, "by": "Maud", "starred": "1"}
    answer = kept.client.post(f"/stories/{kept.story}/note", data=given, headers=FORM)
    assert answer.status_code == 409
    assert answer.headers["content-type"].startswith("text/html")
    page = parsed(answer.text)
    (words,) = page.xpath("//textarea[@readonly]")
    assert words.text_content().strip() == f"Marked wrong\nStarred\nBy Maud\n{comment}"
    assert words.xpath("ancestor::label")
    assert not page.xpath("//main//script")
    assert "has no claim" in told(page)
    assert page.xpath(f"//main//a[@href='/stories/{kept.story}']")
    program = kept.client.post(f"/stories/{kept.story}/note", json={**given, "starred": True})
    assert (program.status_code, program.headers["content-type"]) == (409, "application/problem+json")


def test_a_form_shows_all_that_its_finding_is_made_of(kept: Kept) -> None:
    finding = next(one for (kind, _), one in spoken_of(kept.edition).items() if kind == "claim" and len(one.spans) > 1)
    asked = {"kind": "claim", "finding": finding.id}
    page = parsed(kept.client.get(f"/stories/{kept.story}/note", params=asked).text)
    rows = [told(row) for row in page.xpath("//ul[@class='note-list resting']/li")]
    assert len(rows) == len(finding.spans)
    for row, place in zip(rows, finding.spans, strict=True):
        article = kept.edition.article(place.article)
        words = " ".join(article.text[place.start : place.end].split())
        assert row == f"{article.outlet} {article.siglum} {words}"
    assert "That these statements say the same" in told(page)


def test_a_form_of_a_finding_of_many_places_shows_the_first_and_says_how_many_more(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("variorum.web.pages.notes._PLACES", 1)
    monkeypatch.setattr("variorum.web.pages.notes._LETTERS", 9)
    page = parsed(kept.client.get(f"/stories/{kept.story}/note?kind=story&finding={kept.edition.story.id}").text)
    first, more = (told(row) for row in page.xpath("//ul[@class='note-list resting']/li"))
    assert first.endswith("…")
    assert more == "and 2 more"


def test_a_page_to_mail_can_be_had_without_notes(kept: Kept) -> None:
    address, rail = f"/stories/{kept.story}/edition.html", "As one page, without notes"
    bare = kept.client.get(address).text
    assert rail not in kept.client.get(f"/stories/{kept.story}").text
    kept.note("claim", kept.id("claim"), comment="Two desks, one source.")
    page = parsed(kept.client.get(f"/stories/{kept.story}").text)
    (without,) = page.xpath("//nav[@class='rail']//a[text()=$text]/@href", text=rail)
    assert "Two desks" in kept.client.get(address).text
    assert kept.client.get(without).text == bare
