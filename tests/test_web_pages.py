"""The pages of the reading room, as a browser and as a program asks for them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import validate
from received import received
from room import StillDesk, filled, grounding, harbour, visited
from starlette.testclient import TestClient

from variorum import pipeline
from variorum.config import Web
from variorum.edition.verify import verify
from variorum.records import Refusal
from variorum.render import json as exchange
from variorum.store import Archive, stories
from variorum.web.desk import Progress


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, str]]:
    """An archive with two stories and a single report, and the id of the story whose edition is made."""
    place = tmp_path_factory.mktemp("room") / "read.db"
    with filled(place, [*grounding(), *harbour()]) as archive:
        with archive.reading() as connection:
            found = stories.stories(connection, order="newest", limit=None)
        story = next(one.id for one in found if "Skarn" in (one.headline or ""))
        pipeline.edition(archive, story)
        yield archive, story


@pytest.fixture
def client(read: tuple[Archive, str]) -> Iterator[TestClient]:
    with visited(read[0]) as client:
        yield client


@pytest.fixture
def described(client: TestClient) -> dict[str, object]:
    return client.get("/openapi.json").json()


def told(client: TestClient, address: str) -> list[str]:
    """The headlines a list of stories has."""
    return [one["headline"] for one in client.get(address).json()["stories"]]


def test_the_first_page_lists_stories_of_several_reports_the_last_told_first(client: TestClient) -> None:
    page = client.get("/stories")
    assert page.status_code == 200
    assert page.text.index("North pier to close for two years") < page.text.index("Ferry runs aground off Skarn")
    assert "Sheep on chapel roof" not in page.text
    assert "Sheep on chapel roof" in client.get("/stories?alone=1").text
    assert client.get("/").headers["location"] == "/stories"


def test_a_story_shows_its_outlets_its_voices_and_what_was_found(client: TestClient) -> None:
    analysed, not_yet = (
        next(one for one in client.get("/stories.json").json()["stories"] if word in one["headline"])
        for word in ("Skarn", "pier")
    )
    assert (analysed["outlets"], analysed["lineages"], analysed["lineages_final"]) == (3, 2, True)
    assert analysed["conflicts"] >= 1
    assert analysed["altered_quotations"] == 0  # one voice against one: neither reading is better supported
    assert not_yet["lineages"] is None
    assert not_yet["conflicts"] is None
    page = client.get("/stories").text
    assert "2 voices" in page
    assert "voices not counted yet" in page
    assert re.search(r'aria-label="3 reports 5 to 6 March 2024[^"]*"', page)


def test_stories_shown_without_voices_are_handed_to_the_desk(read: tuple[Archive, str]) -> None:
    desk = StillDesk()
    with visited(read[0], desk) as client:
        listed = {one["headline"]: one["story"] for one in client.get("/stories.json").json()["stories"]}
    assert desk.counted == [listed["North pier to close for two years"]]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("q=lifeboat", ["Ferry runs aground off Skarn"]),
        ("q=lifeb", ["Ferry runs aground off Skarn"]),  # while it is typed
        ("q=piles+-crowns", []),
        ('q="north pier"', ["North pier to close for two years"]),
        ("q=sheep", ["Sheep on chapel roof"]),  # who searches wants single reports too
        ("outlet=Norby+Mirror", ["North pier to close for two years"]),
        ("outlet=Skarn+Courier&flag=disputed", ["Ferry runs aground off Skarn"]),
        ("flag=altered", []),
        ("since=2024-04-01", ["North pier to close for two years"]),
        ("until=2024-03-06", ["Ferry runs aground off Skarn"]),
        ("until=2024-03-05", []),
        ("until=9999-12-31&outlet=Norby+Mirror", ["North pier to close for two years"]),
        ("since=0001-01-01&outlet=Norby+Mirror", ["North pier to close for two years"]),
        ("outlet=Nobody", []),
    ],
)
def test_stories_are_searched_and_filtered_by_the_address(client: TestClient, query: str, wanted: list[str]) -> None:
    assert told(client, f"/stories.json?{query}") == wanted
    page = client.get(f"/stories?{query}")
    assert page.status_code == 200
    assert [line for line in wanted if line not in page.text] == []


@pytest.mark.parametrize("query", ["since=yesterday", "flag=false", 'q=-"', "q=-ferry", "until=2024-02-31"])
def test_an_address_that_makes_no_sense_says_what_was_wanted_and_lists_nothing(client: TestClient, query: str) -> None:
    page = client.get(f"/stories?{query}")
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert 'class="story"' not in page.text
    assert client.get(f"/stories.json?{query}").status_code == 422


def test_a_report_that_was_searched_for_shows_the_words_where_they_stand(client: TestClient) -> None:
    (story,) = client.get("/stories.json?q=lifeboat").json()["stories"]
    (hit, other) = story["hits"]
    assert (hit["text"], other["text"], story["more_hits"]) == ("Lifeboats", "lifeboat", 1)
    text = client.get(f"/stories/{story['story']}/reports/{hit['article']}.json").json()["article"]["text"]
    assert text[hit["start"] : hit["end"]] == "Lifeboats"
    page = client.get("/stories?q=lifeboat").text
    assert "The Skarn <mark>lifeboat</mark> took off all of them" in page
    assert "and 1 more report" in page


def test_the_list_goes_on_where_it_ended_and_misses_nothing(tmp_path: Path) -> None:
    reports = [
        received(f"{town} council voted on {n} new boats for the {town} ferry.", f"{town} {paper}", place=f"{n}{paper}",
                 title=f"{town} buys boats", published=f"2024-05-{n:02d}")
        for n, town in enumerate(("Ansel", "Brekka", "Corvik", "Danby", "Ellery"), start=1)
        for paper in ("Post", "Mail")
    ]  # fmt: skip
    with filled(tmp_path / "many.db", reports) as archive, visited(archive, web=Web(listed=2)) as client:
        seen, address = [], "/stories.json?alone=1"
        while address:
            answer = client.get(address).json()
            seen += [one["story"] for one in answer["stories"]]
            address = answer["next"]
        assert len(seen) == len(set(seen)) == answer["total"]
        assert 'rel="next"' in client.get("/stories?alone=1").text


def test_an_edition_is_shown_and_its_data_is_the_exchange_format(client: TestClient, read: tuple[Archive, str]) -> None:
    page = client.get(f"/stories/{read[1]}")
    assert page.status_code == 200
    assert "Ferry runs aground off Skarn" in page.text
    assert "2 independent voices" in page.text
    data = client.get(f"/stories/{read[1]}.json").text
    loaded = exchange.load(data)
    assert [one.outlet for one in loaded.editions[0].articles] == ["Reuters", "Skarn Courier", "Brekka Post"]
    assert verify(data).is_sound


def test_links_to_words_lead_to_the_pages_of_reports(client: TestClient, read: tuple[Archive, str]) -> None:
    page = client.get(f"/stories/{read[1]}").text
    ids = set(re.findall(r' id="([^"]+)"', page))
    inside = re.findall(r'href="#([^"]+)"', page)
    assert inside
    assert set(inside) <= ids
    assert re.search(rf'href="/stories/{read[1]}/reports/\w+#A-\d+-\d+"', page)


def test_a_page_that_stands_is_not_sent_twice(client: TestClient, read: tuple[Archive, str]) -> None:
    first = client.get(f"/stories/{read[1]}")
    again = client.get(f"/stories/{read[1]}", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    data = client.get(f"/stories/{read[1]}.json", headers={"if-none-match": first.headers["etag"]})
    assert data.status_code == 200
    # What the open page asks once a minute, to tell whether it is still the last.
    asked = client.head(f"/stories/{read[1]}")
    assert asked.content == b""
    assert f'data-tag="{asked.headers["etag"].replace(chr(34), "&#34;")}"' in first.text


def test_a_page_made_for_one_editor_is_sent_to_no_other(client: TestClient, read: tuple[Archive, str]) -> None:
    address, finding = f"/stories/{read[1]}", noted(client, read[1])[1]

    def asked(editor: str, tag: str = "") -> Any:
        return client.get(address, headers={"cookie": f"variorum-editor={editor}", "if-none-match": tag})

    before = asked("Ines")
    assert asked("Odd", before.headers["etag"]).status_code == 304, "nobody noted anything: it is one page"
    client.post(f"{address}/note", json={"kind": "claim", "finding": finding, "starred": True, "by": "Ines"})
    hers = asked("Ines", before.headers["etag"])
    his = asked("Odd", hers.headers["etag"])
    assert (hers.status_code, his.status_code) == (200, 200)
    assert ("Change your note" in hers.text, "Change your note" in his.text) == (True, False)
    assert asked("Ines", hers.headers["etag"]).status_code == 304
    assert asked("Anybody", his.headers["etag"]).status_code == 304
    assert {page.headers["cache-control"] for page in (hers, his)} == {"private, no-cache"}
    odd = asked('%00%ff%22"\\012%0d%0aSet-Cookie:%20a=b')
    assert (odd.status_code, odd.headers.get("set-cookie")) == (200, None)


def test_a_story_is_found_by_the_beginning_of_its_id_and_by_a_report(
    client: TestClient, read: tuple[Archive, str]
) -> None:
    archive, story = read
    with archive.reading() as connection:
        report = stories.members(connection, story)[0].id
    for wanted in (story[:8], report):
        assert client.get(f"/stories/{wanted}").headers["location"] == f"/stories/{story}"
        assert client.get(f"/stories/{wanted}.json").headers["location"] == f"/stories/{story}.json"


def test_an_edition_that_is_not_made_is_asked_for_and_its_reports_are_shown(tmp_path: Path) -> None:
    desk = StillDesk()
    with filled(tmp_path / "a.db", grounding()) as archive, visited(archive, desk) as client:
        story = client.get("/stories.json").json()["stories"][0]["story"]
        desk.told[story] = Progress("Analysing", 1, 3)
        page, data = client.get(f"/stories/{story}"), client.get(f"/stories/{story}.json")
        assert (page.status_code, data.status_code) == (202, 202)
        assert page.headers["retry-after"] == "2"
        assert desk.wanted == [story, story]
        assert "Analysing, 1 of 3" in page.text
        assert "Steering blamed for Skarn grounding" in page.text
        assert (data.json()["done"], data.json()["total"]) == (1, 3)
        desk.told[story] = Progress("Analysing", failed="the model is not installed")
        failed = client.get(f"/stories/{story}")
        assert "the model is not installed" in failed.text
        assert "retry-after" not in failed.headers


def test_when_a_report_joins_the_edition_before_is_shown_as_such(tmp_path: Path) -> None:
    first, second, third = grounding()
    desk = StillDesk()
    with filled(tmp_path / "a.db", [first, second]) as archive:
        with archive.reading() as connection:
            story = stories.stories(connection, order="newest", limit=1)[0].id
        pipeline.edition(archive, story)
        list(pipeline.add(archive, [third]))
        with visited(archive, desk) as client:
            page = client.get(f"/stories/{story}")
            assert page.status_code == 202
            assert desk.wanted == [story]
            assert "1 report came in since this edition was made (<bdi>Brekka Post</bdi>)" in page.text
            assert client.get(f"/stories/{story}.json").json()["state"] == "being made"
            listed = client.get("/stories.json").json()["stories"][0]
            assert listed["lineages"] is None  # what was found of two reports is not shown of three


def test_a_story_goes_by_the_headline_of_its_edition(client: TestClient, read: tuple[Archive, str]) -> None:
    listed = {one["story"]: one["headline"] for one in client.get("/stories.json").json()["stories"]}
    edition = client.get(f"/stories/{read[1]}.json").json()["editions"][0]
    assert listed[read[1]] == edition["story"]["headline"]


def test_a_story_of_one_report_leads_to_the_report(client: TestClient) -> None:
    (alone,) = client.get("/stories.json?q=sheep").json()["stories"]
    assert client.get(alone["url"]).headers["location"].startswith(f"{alone['url']}/reports/")
    assert client.get(f"{alone['url']}.json").status_code == 202


def test_the_whole_matrix_has_a_page_of_its_own(read: tuple[Archive, str]) -> None:
    archive, story = read
    with visited(archive, web=Web(drawn_cells=3)) as client:
        page = client.get(f"/stories/{story}").text
        assert f'href="/stories/{story}/coverage"' in page
        assert '<table class="matrix">' not in page
        whole = client.get(f"/stories/{story}/coverage")
        assert '<table class="matrix">' in whole.text
        data = client.get(f"/stories/{story}/coverage.json").json()
        assert {row["claim"] for row in data["coverage"]["rows"]} <= set(data["claims"])


def test_an_edition_can_be_taken_away_as_one_file(client: TestClient, read: tuple[Archive, str]) -> None:
    mailed = client.get(f"/stories/{read[1]}/edition.html")
    assert mailed.headers["content-disposition"] == f'attachment; filename="variorum-{read[1]}.html"'
    assert "Reports in full" in mailed.text
    assert "/static/" not in mailed.text


def test_words_are_given_with_what_stands_around_them(client: TestClient, read: tuple[Archive, str]) -> None:
    archive, story = read
    with archive.reading() as connection:
        report = stories.members(connection, story)[0].id
    text = archive.articles([report])[report].text
    start = text.index("62 people")
    found = client.get(f"/reports/{report}/words.json?start={start}&end={start + 9}").json()
    assert (found["text"], found["outlet"]) == ("62 people", "Reuters")
    assert found["before"].endswith("on Tuesday with ")
    for query in ("", "start=x&end=3", f"start=5&end={len(text) + 1}", "start=9&end=3"):
        assert client.get(f"/reports/{report}/words.json?{query}").status_code == 422
    assert client.get("/reports/0000000000000000/words.json?start=0&end=1").status_code == 404


def test_an_outlet_has_its_figures_with_what_they_are_out_of(client: TestClient) -> None:
    assert [one["outlet"] for one in client.get("/outlets.json").json()["outlets"]][:2] == [
        "Brekka Post",
        "Skarn Courier",
    ]
    courier = client.get("/outlet.json?name=Skarn+Courier").json()
    assert (courier["reports"], courier["stories"], courier["reports_compared"]) == (2, 2, 1)
    assert [one["other"] for one in courier["agencies"]] == ["Reuters"]
    agency = client.get("/outlet.json?name=Reuters").json()
    assert (agency["stories_first"], agency["stories_timed"]) == (1, 1)
    post = client.get("/outlet.json?name=Brekka+Post").json()
    assert post["stories_timed"] == 0  # it gives a day, which says nothing of who was first
    assert (post["quotations_compared"], post["quotations_altered"], post["quotations_differing"]) == (1, 0, 1)
    page = client.get("/outlet?name=Brekka+Post").text
    assert "say nothing of how far an outlet is to be trusted" in page
    assert client.get("/outlet?name=Nobody").status_code == 404
    assert "No outlet fits" in client.get("/outlets?q=zzz").text


def test_what_could_not_be_read_is_listed(tmp_path: Path) -> None:
    refusal = Refusal("<b>odd</b>.txt", "empty: no text", None)
    with filled(tmp_path / "a.db", [refusal]) as archive, visited(archive) as client:
        assert client.get("/refused.json").json()["refused"][0]["place"] == "<b>odd</b>.txt"
        assert "&lt;b&gt;odd&lt;/b&gt;.txt" in client.get("/refused").text
        assert "There is no story here yet" in client.get("/stories").text


@pytest.mark.parametrize(
    "address", ["/nothing", "/stories/ffffffffffffffff", "/outlet?name=x", "/stories/ab", "/static/x.css"]
)
def test_what_is_not_there_is_a_page_for_readers_and_problem_details_for_programs(
    client: TestClient, address: str
) -> None:
    page = client.get(address, headers={"accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1>Not Found</h1>" in page.text
    problem = client.get(address, headers={"accept": "application/json"})
    assert problem.headers["content-type"] == "application/problem+json"
    assert set(problem.json()) == {"type", "title", "status", "detail"}


def test_the_description_is_openapi_and_every_answer_fits_it(
    client: TestClient, described: dict[str, object], read: tuple[Archive, str]
) -> None:
    validate(described)
    components = {"components": described["components"]}
    edition = client.get(f"/stories/{read[1]}.json").json()["editions"][0]
    ids = {"article": edition["articles"][0]["id"], "utterance": edition["utterances"][0]["id"]}
    asked = {
        "/outlet.json": "?name=Brekka+Post",
        "/stories/{story}/note.json": f"?kind=claim&finding={edition['claims'][0]['id']}",
        "/stories/{story}/find.json": f"?kind=claim&article={ids['article']}&start=0&end=30",
    }
    given = {"kind": "story", "finding": edition["story"]["id"], "starred": True, "by": "Described"}
    ids["note"] = client.post(f"/stories/{read[1]}/note", json=given).json()["id"]
    for path, methods in described["paths"].items():
        if "get" not in methods or "{job}" in path:  # intakes are held against it where they are made
            continue
        address = path.format(story=read[1], **ids)
        answer = client.get(address + asked.get(path, ""), follow_redirects=True)
        assert answer.status_code == 200, path
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json(), {**schema, **components}, cls=jsonschema.Draft202012Validator)
    assert "openapi.json" in client.get("/api").text


def noted(client: TestClient, story: str) -> tuple[str, str]:
    """The address of the form for the first claim that the edition's page gives, and what it asks for."""
    page = client.get(f"/stories/{story}").text
    found = re.search(rf'href="(/stories/{story}/note\?kind=claim&amp;finding=([^"]+))"', page)
    assert found
    return found[1].replace("&amp;", "&"), found[2]


def test_a_finding_marked_wrong_says_so_and_stays(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", grounding()) as archive, visited(archive) as client:
        story = client.get("/stories.json").json()["stories"][0]["story"]
        pipeline.edition(archive, story)
        address, finding = noted(client, story)
        assert "Keep note" in client.get(address).text
        told = {"kind": "claim", "finding": finding, "verdict": "wrong", "comment": "<b>a hoax</b>", "by": "Maud"}
        kept = client.post(f"/stories/{story}/note", data=told, headers={"origin": "http://localhost"})
        assert (kept.status_code, kept.headers["location"]) == (303, f"/stories/{story}#claim-{finding}")
        page = client.get(f"/stories/{story}").text
        assert "marked wrong by <bdi>Maud</bdi>" in page
        assert "&lt;b&gt;a hoax&lt;/b&gt;" in page
        assert f'id="claim-{finding}"' in page
        assert 'value="Maud"' in client.get(address).text  # the name is remembered
        assert "a hoax" in client.get(f"/stories/{story}/edition.html").text
        assert client.get("/notes.json?only=wrong").json()["total"] == 1
        assert client.get("/notes.json?only=right").json()["total"] == 0
        assert "a hoax" in client.get("/notes").text
        client.post(f"/stories/{story}/note", data={**told, "verdict": "", "comment": ""})
        assert client.get("/notes.json").json()["total"] == 0


def test_a_program_notes_as_json_and_is_told_what_was_wanted(client: TestClient, read: tuple[Archive, str]) -> None:
    address, finding = f"/stories/{read[1]}/note", noted(client, read[1])[1]
    note = {"kind": "claim", "finding": finding, "starred": True}
    kept = client.post(address, json=note)
    assert (kept.status_code, kept.json()["starred"], kept.json()["verdict"]) == (200, True, None)
    assert client.post(address, json={**note, "starred": False}).status_code == 200
    for wrong, status in (
        ([], 422), ({"kind": 3}, 422), ({**note, "verdict": "maybe"}, 422), ({**note, "finding": "nothing"}, 409),
        ({**note, "kind": "rumour"}, 404), ({**note, "comment": "x" * 100_000}, 409),
    ):  # fmt: skip
        answer = client.post(address, json=wrong)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert client.post(address, json=note, headers={"origin": "https://evil.example"}).status_code == 403
    for odd in (b"[" * 50_000, b'{"kind":' * 10_000, b'{"kind":' + b"9" * 5_000 + b"}", b"\xff\xfe"):
        assert client.post(address, content=odd, headers={"content-type": "application/json"}).status_code == 422


@pytest.mark.parametrize("named", ["undefined", "punycode", "unicode_escape", "utf-16"])
def test_a_form_is_read_as_our_pages_send_it_and_in_no_other_encoding(
    client: TestClient, read: tuple[Archive, str], named: str
) -> None:
    fields = {"kind": "story", "by": "\\ud800", "starred": "1"}
    parts = "".join(f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items())
    for address in (f"/stories/{read[1]}/note", "/add"):
        for encoding, statuses in ((named, (415,)), ("UTF-8", (303, 422))):
            kind = {"content-type": f"multipart/form-data; boundary=b; charset={encoding}"}
            answer = client.post(address, content=f"{parts}--b--\r\n".encode(), headers=kind)
            assert answer.status_code in statuses, (address, encoding)


def test_a_report_two_reports_and_a_quotation_have_pages(client: TestClient, read: tuple[Archive, str]) -> None:
    story = read[1]
    edition = client.get(f"/stories/{story}.json").json()["editions"][0]
    agency, copy, post = (one["id"] for one in edition["articles"])
    report = client.get(f"/stories/{story}/reports/{copy}")
    assert report.status_code == 200
    assert "All saved as ferry strikes rocks" in report.text
    assert client.get(f"/reports/{copy}").headers["location"] == f"/stories/{story}/reports/{copy}"
    sides = client.get(f"/stories/{story}/beside?report={agency}&report={post}")
    assert sides.status_code == 200
    both = client.get(f"/stories/{story}/beside.json?report={agency}&report={copy}").json()
    assert [one["id"] for one in both["articles"]] == [agency, copy]
    assert any(one["kind"] == "verbatim" for one in both["joins"])
    for query, status in ((f"report={agency}", 422), (f"report={agency}&report={agency}", 422), ("report=x", 404)):
        assert client.get(f"/stories/{story}/beside?{query}").status_code == status
    utterance = next(one for one in edition["utterances"] if len(one["readings"]) > 2)
    words = client.get(f"/stories/{story}/quotations/{utterance['id']}")
    assert "did not" in words.text
    assert client.get(f"/stories/{story}/quotations/none").status_code == 404


def test_a_room_over_either_database_lists_searches_shows_and_notes(place: str) -> None:
    with filled(place, [*grounding(), *harbour()]) as archive, visited(archive) as client:
        assert len(told(client, "/stories.json")) == 2
        assert told(client, "/stories.json?q=lifeb") == ["Ferry runs aground off Skarn"]
        assert told(client, "/stories.json?alone=1&outlet=Brekka+Post&until=2024-03-01") == ["Sheep on chapel roof"]
        story = client.get("/stories.json?q=lifeboat").json()["stories"][0]["story"]
        pipeline.edition(archive, story)
        assert told(client, "/stories.json?flag=disputed") == ["Ferry runs aground off Skarn"]
        finding = noted(client, story)[1]
        note = {"kind": "claim", "finding": finding, "verdict": "wrong", "by": "Maud"}
        assert client.post(f"/stories/{story}/note", json=note).status_code == 200
        assert "marked wrong by <bdi>Maud</bdi>" in client.get(f"/stories/{story}").text
        assert client.get("/outlet.json?name=Skarn+Courier").json()["stories"] == 2


def test_a_text_that_was_replaced_is_shown_with_what_was_changed(tmp_path: Path) -> None:
    first = "The ferry Astrid sank off Skarn on Tuesday with 62 people aboard, the coastguard said."
    before = received(first, "Skarn Courier", url="https://courier.example/9", place="a")
    after = received(first.replace("sank", "ran aground"), "Skarn Courier", url="https://courier.example/9")
    with filled(tmp_path / "a.db", [before, after]) as archive, visited(archive) as client:
        page = client.get(f"/reports/{before.article.id}", follow_redirects=True)
        assert page.status_code == 200
        assert re.search(r"<del>.*sank.*</del> <ins>.*ran aground.*</ins>", page.text)
        assert f"/reports/{after.article.id}" in page.text
        data = client.get(f"/reports/{before.article.id}.json", follow_redirects=True).json()
        assert [(one["was"], one["is"]) for one in data["changes"]] == [("sank", "ran aground")]
        story = client.get("/stories.json?alone=1").json()["stories"][0]["story"]
        pipeline.edition(archive, story)
        report = client.get(f"/stories/{story}/reports/{after.article.id}")  # a story of one report has a page as well
        assert report.status_code == 200
        assert f"/reports/{before.article.id}" in report.text
        assert client.get(f"/stories/{story}/reports/ffffffffffffffff").status_code == 404


def test_static_files_are_kept_by_their_digest(client: TestClient) -> None:
    page = client.get("/stories").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        assert "immutable" in client.get(address).headers["cache-control"]
    for odd in ("..%2Fapp.py", "..%5Croom.css", f"{'a' * 5_000}.css", "room.css%00", "%00.css", "__init__.py"):
        assert client.get(f"/static/{odd}").status_code == 404, odd


def test_nobody_is_told_where_an_archive_lies_that_fails(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", grounding()) as archive, visited(archive) as client:
        (tmp_path / "a.db").write_bytes(b"no archive any more" * 1_000)
        answer = client.get("/stories.json")
        assert answer.status_code == 503
        assert answer.json()["detail"].startswith("the archive: ")
        assert str(tmp_path) not in client.get("/stories").text


def test_every_page_of_the_nav_and_the_foot_is_there(client: TestClient) -> None:
    page = client.get("/stories").text
    for address in re.findall(r'<a href="(/[a-z]+)"', page):
        assert client.get(address).status_code == 200, address


def test_data_of_odd_characters_is_json(tmp_path: Path) -> None:
    odd = received("The ferry's notice was odd.", "Pap\u202eer", title="odd \x07 \u2028 </script>", place="a.txt")
    with filled(tmp_path / "a.db", [odd]) as archive, visited(archive) as client:
        assert json.loads(client.get("/stories.json?alone=1").content)["total"] == 1
        assert "</script>" not in re.sub(r"<script [^>]*></script>", "", client.get("/stories?alone=1").text)
