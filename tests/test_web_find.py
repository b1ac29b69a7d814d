"""Addresses that people share: they lead to the same finding after a report joined its story."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from received import received
from room import StillDesk, filled, grounding, visited
from starlette.testclient import TestClient

from variorum import pipeline
from variorum.records import Claim, Conflict, Edition, Received, Utterance
from variorum.store import Archive, stories

Asked = dict[str, str | int]


def story_of(archive: Archive) -> str:
    with archive.reading() as connection:
        return stories.stories(connection, order="newest", limit=1)[0].id


def edition_of(archive: Archive, story: str) -> Edition:
    made = pipeline.held(archive, pipeline.standing(archive, story))
    assert made is not None
    return made


@contextmanager
def analysed(folder: Path, reports: list[Received]) -> Iterator[tuple[Archive, str, TestClient]]:
    """A room whose one story has its edition."""
    with filled(folder / "a.db", reports) as archive:
        pipeline.edition(archive, story_of(archive))
        with visited(archive) as client:
            yield archive, story_of(archive), client


def numbers(page: str) -> dict[str, str]:
    """Where the numbers of findings lead, and the place of each on the page."""
    found = re.findall(r'<a class="number" href="([^"]+)" data-here="([^"]+)"', page)
    return {place: unescape(href) for href, place in found}


def location(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 307, answer.text
    return answer.headers["location"]


def by_place(edition: Edition) -> dict[str, Claim | Conflict | Utterance]:
    return {
        **{f"claim-{one.id}": one for one in edition.claims},
        **{f"dispute-{one.id}": one for one in edition.conflicts},
        **{f"quotation-{one.id}": one for one in edition.utterances},
    }


def steering(edition: Edition) -> Utterance:
    """The utterance of a captain's words that every report prints."""
    (found,) = (one for one in edition.utterances if "steering" in one.readings[one.base].text)
    return found


def resting(finding: Claim | Conflict | Utterance) -> set[tuple[str, int, int]]:
    if isinstance(finding, Claim):
        return {(voice.article, voice.start, voice.end) for voice in finding.voices}
    if isinstance(finding, Conflict):
        return {(one.article, one.start, one.end) for position in finding.positions for one in position.voices}
    return {(one.article, span.start, span.end) for one in finding.readings for span in one.spans}


def test_every_number_on_the_page_of_an_edition_leads_to_its_own_place(tmp_path: Path) -> None:
    with analysed(tmp_path, grounding()) as (_, story, client):
        found = numbers(client.get(f"/stories/{story}").text)
        assert {place.partition("-")[0] for place in found} == {"claim", "dispute", "quotation"}
        assert all(location(client, href) == f"/stories/{story}#{place}" for place, href in found.items())


@pytest.mark.parametrize("last", [0, 1, 2])
def test_a_link_made_before_a_report_joined_leads_to_the_same_finding_after(tmp_path: Path, last: int) -> None:
    reports = grounding()
    joining = reports.pop(last)
    with analysed(tmp_path, reports) as (archive, story, client):
        before = by_place(edition_of(archive, story))
        shared = numbers(client.get(f"/stories/{story}").text)
        list(pipeline.add(archive, [joining]))
        pipeline.edition(archive, story)
        after = by_place(edition_of(archive, story))
        assert set(shared) - set(after), "no id changed, and the test shows nothing"
        for place, href in shared.items():
            to = location(client, href).removeprefix(f"/stories/{story}#")
            assert type(after[to]) is type(before[place])
            assert resting(before[place]) & resting(after[to]), (place, to)


def test_the_page_of_a_quotation_is_found_after_a_report_joined_and_its_old_address_says_so(tmp_path: Path) -> None:
    first, second, third = grounding()
    with analysed(tmp_path, [first, second]) as (archive, story, client):
        page = client.get(f"/stories/{story}").text
        links = re.findall(r'href="([^"]+)" aria-label="Quotation \d+ word by word"', page)
        before = steering(edition_of(archive, story))
        (shared,) = (one for one in map(unescape, links) if location(client, one).endswith(f"/quotations/{before.id}"))
        list(pipeline.add(archive, [third]))
        pipeline.edition(archive, story)
        gone = client.get(f"/stories/{story}/quotations/{before.id}")
        assert gone.status_code == 404
        assert "the quotation may have another address" in gone.text
        assert f'href="/stories/{story}#quotations"' in gone.text
        problem = client.get(f"/stories/{story}/quotations/{before.id}.json")
        assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
        after = steering(edition_of(archive, story))
        assert after.id != before.id
        assert location(client, shared) == f"/stories/{story}/quotations/{after.id}"
        assert client.get(shared.replace("/find?", "/find.json?"), follow_redirects=True).json()["lineages"] == 2


def test_while_the_edition_is_made_the_address_shows_that_it_is(tmp_path: Path) -> None:
    desk = StillDesk()
    with filled(tmp_path / "a.db", grounding()) as archive, visited(archive, desk) as client:
        story = story_of(archive)
        report = grounding()[0].article
        start = report.text.index("The ferry Astrid ran")
        address = f"/stories/{story}/find?kind=claim&article={report.id}&start={start}&end={start + 20}"
        assert client.get(address).status_code == 202
        assert desk.wanted == [story]
        pipeline.edition(archive, story)
        assert location(client, address).startswith(f"/stories/{story}#claim-")


def test_words_on_which_no_such_finding_rests_lead_to_the_report(tmp_path: Path) -> None:
    with analysed(tmp_path, grounding()) as (archive, story, client):
        edition = edition_of(archive, story)
        article = edition.articles[0]
        report = f"/stories/{story}/reports/{article.id}"
        claim = next(one for one in edition.claims if "62" in one.text)
        voice = next(one for one in claim.voices if one.article == article.id)
        asked = f"/stories/{story}/find?kind=quotation&article={article.id}"
        to = location(client, f"{asked}&start={voice.start}&end={voice.end}")
        assert to == f"{report}#A-{voice.start}-{voice.end}"
        assert f'id="A-{voice.start}-{voice.end}"' in client.get(report).text
        assert location(client, f"{asked}&start={voice.start + 1}&end={voice.start + 3}") == report


def test_words_of_a_text_that_was_replaced_lead_to_the_story(tmp_path: Path) -> None:
    text = "The ferry Astrid sank off Skarn on Tuesday with 62 people aboard, the coastguard said."
    before = received(text, "Skarn Courier", url="https://courier.example/9", place="a")
    after = received(text.replace("sank", "ran aground"), "Skarn Courier", url="https://courier.example/9")
    with analysed(tmp_path, [*grounding(), before, after]) as (archive, _, client):
        story = pipeline.standing(archive, after.article.id).story
        asked = f"/stories/{story}/find?kind=claim&article={before.article.id}&start=0&end=9"
        assert location(client, asked) == f"/stories/{story}"


def test_words_of_a_report_in_another_story_are_looked_for_there(tmp_path: Path) -> None:
    odd = received("A sheep was found on the roof of the chapel in Lundgate.", "Brekka Post", title="Sheep on roof")
    with analysed(tmp_path, [*grounding(), odd]) as (archive, story, client):
        other = pipeline.standing(archive, odd.article.id).story
        assert other != story
        query = f"kind=quotation&article={odd.article.id}&start=0&end=7"
        assert location(client, f"/stories/{story}/find?{query}") == f"/stories/{other}/find?{query}"
        assert location(client, f"/stories/{story}/find?{query}&page=1") == f"/stories/{other}/find?{query}&page=1"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"kind": "rumour"}, 422), ({"kind": ""}, 422), ({"article": ""}, 422), ({"start": "x"}, 422),
        ({"start": 9, "end": 3}, 422), ({"start": -1}, 422), ({"end": 9_000_000}, 422), ({"end": "9" * 5_000}, 422),
        ({"article": "0" * 16}, 404), ({"article": "<b>"}, 404),
    ],
)  # fmt: skip
def test_what_cannot_be_found_is_refused_in_a_sentence(tmp_path: Path, changed: Asked, status: int) -> None:
    with filled(tmp_path / "a.db", grounding()) as archive, visited(archive) as client:
        asked: Asked = {"kind": "claim", "article": grounding()[0].article.id, "start": 0, "end": 9, **changed}
        answer = client.get(f"/stories/{story_of(archive)}/find.json", params=asked)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert re.search(r"is wanted|are wanted|has \d+ characters\.|no report", answer.json()["detail"])


def test_a_filter_in_the_address_names_reports_by_what_stays_theirs(tmp_path: Path) -> None:
    first, second, third = grounding()
    with analysed(tmp_path, [second, third]) as (archive, story, client):
        choice = re.compile(r'data-article="([^"]+)" data-siglum="([^"]+)"')
        before = dict(choice.findall(client.get(f"/stories/{story}").text))
        list(pipeline.add(archive, [first]))
        pipeline.edition(archive, story)
        after = dict(choice.findall(client.get(f"/stories/{story}").text))
        assert set(before) < set(after)
        assert any(after[article] != siglum for article, siglum in before.items()), "no letter was dealt anew"


def test_the_page_to_be_mailed_keeps_its_numbers_on_itself(tmp_path: Path) -> None:
    with analysed(tmp_path, grounding()) as (_, story, client):
        mailed = client.get(f"/stories/{story}/edition.html").text
        hrefs = re.findall(r'<a class="number" href="([^"]+)"', mailed)
        assert hrefs
        assert all(href.startswith("#") for href in hrefs)
        assert "/find?" not in mailed
