"""Exports in JSON: a line, an element or a file each; what they state of a report; what is no report."""

import gzip
import hashlib
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from containers import FERRY, MILL, json_lines, page, taken

from variorum.config import Ingest
from variorum.errors import UsageError
from variorum.ingest import read, receive
from variorum.ingest.formats.fields import parsed
from variorum.records import Published

DAY = (
    {
        "id": "n-1",
        "title": "Last ferry leaves",
        "text": FERRY,
        "outlet": "The Skarn Courier",
        "url": "https://courier.example/ferry",
        "published": "2025-02-03T04:05:06+01:00",
        "byline": ["Ana Torvald", "Odd Brenner"],
        "language": "en",
    },
    {"id": 2, "headline": "Mill to close", "body": MILL, "source": {"name": "Norby Post"}, "author": "By Per Aas"},
)


def test_every_line_is_a_report_with_what_it_states(tmp_path: Path) -> None:
    (tmp_path / "day.jsonl").write_bytes(json_lines(*DAY))
    (ferry, mill), refused = taken(tmp_path / "day.jsonl")
    assert refused == []
    article = ferry.article
    assert (ferry.key, ferry.place, article.path) == ("n-1", "day.jsonl#1", "day.jsonl#1")
    assert (article.outlet, article.title, article.language) == ("The Skarn Courier", "Last ferry leaves", "en")
    assert article.byline == ("Ana Torvald", "Odd Brenner")
    assert article.url == "https://courier.example/ferry"
    assert article.published == Published(datetime(2025, 2, 3, 3, 5, 6, tzinfo=UTC), "second", 60)
    assert article.text == f"Last ferry leaves\n\n{FERRY}"
    assert [part.kind for part in article.parts] == ["title", "body", "body", "body"]
    assert ferry.raw == json_lines(DAY[0]).rstrip(b"\n")
    assert article.sha256 == hashlib.sha256(ferry.raw).hexdigest()
    assert (mill.key, mill.article.outlet, mill.article.byline) == ("2", "Norby Post", ("Per Aas",))


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("named", ["day.json", "day", "day.json.gz"])
def test_a_list_in_one_file_is_read_element_by_element(tmp_path: Path, named: str, indent: int | None) -> None:
    raw = json.dumps(DAY, indent=indent).encode()
    (tmp_path / named).write_bytes(gzip.compress(raw) if named.endswith(".gz") else raw)
    found, refused = taken(tmp_path / named)
    assert refused == []
    assert [(one.place, one.key) for one in found] == [(f"{named}#1", "n-1"), (f"{named}#2", "2")]
    assert all(json.loads(one.raw) in DAY and one.raw in raw for one in found)


def test_one_object_is_one_report_and_objects_may_follow_each_other(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(DAY[0], indent=1))
    (tmp_path / "two.json").write_text("\n".join(json.dumps(record, indent=1) for record in DAY))
    found, refused = taken(tmp_path / "one.json", tmp_path / "two.json")
    assert refused == []
    assert [one.place for one in found] == ["one.json#1", "two.json#1", "two.json#2"]


def test_quotation_marks_and_brackets_inside_words_do_not_part_a_list(tmp_path: Path) -> None:
    tricky = {"text": FERRY + ' }]{["\\" \\\\', "id": '\\"}'}
    (tmp_path / "day.json").write_text(json.dumps([tricky, DAY[1]]))
    found, refused = taken(tmp_path / "day.json")
    assert refused == []
    assert [one.key for one in found] == ['\\"}', "2"]


def test_a_line_that_is_no_report_is_refused_with_its_place_and_stops_nothing(tmp_path: Path) -> None:
    lines = [
        json.dumps(DAY[0]),
        "{'id': 3}",
        '["a list"]',
        "",
        '{"id": 4, "text": "   "}',
        '{"id": 5, "text": 7}',
        "[" * 100_000,
        json.dumps({"id": "x" * 3_000, "text": FERRY}),
        json.dumps(DAY[1]),
    ]
    (tmp_path / "day.jsonl").write_text("\n".join(lines))
    found, refused = taken(tmp_path / "day.jsonl")
    assert [one.place for one in found] == ["day.jsonl#1", "day.jsonl#9"]
    assert [(one.path, one.reason) for one in refused] == [
        ("day.jsonl#2", "This line is no JSON."),
        ("day.jsonl#3", "This line is JSON and no object."),
        ("day.jsonl#5", "This record holds no text."),
        ("day.jsonl#6", "This record holds no text."),
        ("day.jsonl#7", "This line is nested too deeply to be a report."),
        ("day.jsonl#8", "The id of this record has more than 2,000 characters."),
    ]
    assert refused[0].first_bytes == b"{'id': 3}".hex()


def test_a_file_of_a_thousand_lines_with_no_report_is_refused_once(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_bytes(json_lines(*({"level": "info", "line": at} for at in range(5_000))))
    found, (refusal,) = taken(tmp_path / "log.jsonl")
    assert found == []
    assert refusal.path == "log.jsonl"
    assert "None of the first 1,000 records is a report" in refusal.reason
    assert "level, line" in refusal.reason


def test_an_element_that_never_ends_and_what_is_no_json_are_refused_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text(json.dumps(DAY)[:-40])
    (tmp_path / "odd.json").write_text(f"[{json.dumps(DAY[0])}, oops, {json.dumps(DAY[1])}]")
    (tmp_path / "deep.json").write_text(f"[{json.dumps(DAY[0])}, {'[' * 5_000}{']' * 5_000}, {json.dumps(DAY[1])}]")
    found, refused = taken(*(tmp_path / name for name in ("cut.json", "odd.json", "deep.json")))
    assert [one.place for one in found] == ["cut.json#1", "odd.json#1", "deep.json#1", "deep.json#3"]
    assert [one.path for one in refused] == ["cut.json#2", "odd.json#2", "deep.json#2"]
    assert ["never closed" in refused[0].reason, "no JSON" in refused[1].reason, "nested" in refused[2].reason]


def test_a_map_says_which_field_holds_what_and_wins_over_the_customary_names(tmp_path: Path) -> None:
    record = {"text": "A teaser.", "raw": {"plain": FERRY}, "source": "feed 7", "site": {"name": "Skarn Courier"}}
    (tmp_path / "day.jsonl").write_bytes(json_lines(record))
    (one,), _ = taken(tmp_path / "day.jsonl", fields={"text": "raw.plain", "outlet": "site.name"})
    assert (one.article.text, one.article.outlet) == (FERRY, "Skarn Courier")


def test_a_mapped_field_that_is_nowhere_is_one_refusal_that_names_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "day.jsonl").write_bytes(json_lines(*DAY))
    found, (refusal,) = taken(tmp_path / "day.jsonl", fields={"text": "story"})
    assert found == []
    assert refusal.path == "day.jsonl"
    assert refusal.reason.startswith("There is no field “story” here; there are: id, title, text, outlet")


def test_a_map_to_what_is_no_field_of_ours_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'colour'"):
        list(receive([tmp_path], fields={"colour": "text"}))


def test_a_map_can_be_typed() -> None:
    assert parsed("key=id, text=raw.plain") == {"key": "id", "text": "raw.plain"}
    for typed, word in (("text", "names no column"), ("text=", "no column"), ("colour=x", "colour"), ("", "names no"),
                        ("text=a,text=b", "twice")):  # fmt: skip
        with pytest.raises(UsageError, match=word):
            parsed(typed)


def test_fields_that_are_not_read_are_counted_and_told_of_once(tmp_path: Path) -> None:
    records = [{**DAY[0], "sentiment": at, "tags": ["a"], "empty": ""} for at in range(3)]
    del records[2]["tags"]
    (tmp_path / "day.jsonl").write_bytes(json_lines(*records))
    told: list[str] = []
    taken(tmp_path / "day.jsonl", tell=told)
    assert told == ["day.jsonl: 2 fields were not read: sentiment (3), tags (2)"]


@pytest.mark.parametrize(
    ("stated", "at"),
    [
        (1_738_555_506, "2025-02-03T04:05:06"),
        (1_738_555_506_789, "2025-02-03T04:05:06"),
        ("1738555506", "2025-02-03T04:05:06"),
        (1_738_555_506.25, "2025-02-03T04:05:06"),
        (20_250_203, "2025-02-03T00:00:00"),
        ("Mon, 03 Feb 2025 04:05:06 GMT", "2025-02-03T04:05:06"),
        ("2025-02-03 04:05:06+00:00", "2025-02-03T04:05:06"),
        ("03/02/2025", None),
        (0, None),
        (-1, None),
        (True, None),
        (1e300, None),
        (float("nan"), None),
        (10**400, None),
        ("9" * 5_000, None),
        ({"$date": 5}, None),
    ],
)
def test_dates_of_exports_are_read_where_they_can_mean_one_time_only(
    tmp_path: Path, stated: object, at: str | None
) -> None:
    (tmp_path / "day.jsonl").write_bytes(json_lines({"text": FERRY, "date": stated}))
    (one,), _ = taken(tmp_path / "day.jsonl")
    published = one.article.published
    assert (published.at.isoformat()[:19] if published else None) == at


def test_markup_in_a_text_field_is_read_as_a_page(tmp_path: Path) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (FERRY + "\n\n" + MILL).split("\n\n"))
    (tmp_path / "day.jsonl").write_bytes(json_lines({"content": body, "outlet": "Courier"}, {"html": page()}))
    found, refused = taken(tmp_path / "day.jsonl")
    assert refused == []
    assert [one.media_type for one in found] == ["text/html", "text/html"]
    assert not any("<p>" in one.article.text for one in found)
    assert found[1].article.outlet == "The Skarn Courier"


def test_without_an_outlet_the_host_stands_for_it_and_then_the_files_name(tmp_path: Path) -> None:
    records = ({"text": FERRY, "link": "https://www.courier.example/1"}, {"text": MILL, "link": "javascript:alert(1)"})
    (tmp_path / "day.jsonl.gz").write_bytes(gzip.compress(json_lines(*records)))
    found, _ = taken(tmp_path / "day.jsonl.gz")
    assert [(one.article.outlet, one.article.url) for one in found] == [
        ("courier.example", "https://www.courier.example/1"),
        ("day", None),
    ]


def test_what_would_spoil_a_page_or_a_terminal_is_cleaned_from_every_field(tmp_path: Path) -> None:
    bad = "a\u202eb\x00c\x1b[31m\ud800"
    record = dict.fromkeys(("id", "title", "outlet", "byline", "language", "url"), bad) | {"text": bad + FERRY}
    (tmp_path / "day.jsonl").write_text(json.dumps(record))
    (one,), _ = taken(tmp_path / "day.jsonl")
    shown = (one.key or "", one.article.title or "", one.article.outlet, *one.article.byline, one.article.text)
    assert not any(char in text for text in shown for char in "\u202e\x00\x1b\ud800")
    assert one.article.url is None


def test_titles_outlets_and_names_are_bounded(tmp_path: Path) -> None:
    record = {"title": "t" * 9_000, "outlet": "o" * 9_000, "byline": ["Ana " * 900] * 90, "text": FERRY}
    (tmp_path / "day.jsonl").write_bytes(json_lines(record))
    (one,), _ = taken(tmp_path / "day.jsonl")
    assert len(one.article.title or "") == 500
    assert len(one.article.outlet) == 120
    assert len(one.article.byline) <= 12
    assert all(len(name) <= 100 for name in one.article.byline)


def test_a_line_longer_than_any_report_is_refused_in_little_memory_and_the_next_is_read(tmp_path: Path) -> None:
    with (tmp_path / "day.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(60):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n' + json_lines(DAY[0]))
    tracemalloc.start()
    found, (refusal,) = taken(tmp_path / "day.jsonl", settings=Ingest(largest_bytes=1_000_000))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.place for one in found] == ["day.jsonl#2"]
    assert (refusal.path, "too long" in refusal.reason) == ("day.jsonl#1", True)
    assert most < 12_000_000


def test_the_same_holds_for_an_object_of_a_list(tmp_path: Path) -> None:
    with (tmp_path / "day.json").open("wb") as file:
        file.write(b'[{"text": "' + b"x" * 30_000_000 + b'"},\n' + json.dumps(DAY[0]).encode() + b"]")
    found, (refusal,) = taken(tmp_path / "day.json", settings=Ingest(largest_bytes=1_000_000))
    assert [one.place for one in found] == ["day.json#2"]
    assert (refusal.path, "too long" in refusal.reason) == ("day.json#1", True)


def test_lines_in_any_encoding_of_spreadsheets_are_read(tmp_path: Path) -> None:
    text = FERRY + " Zoë’s café."
    lines = (json.dumps({"text": text, "id": "é"}, ensure_ascii=False) + "\n") * 2
    for codec in ("utf-8-sig", "cp1252", "utf-16", "utf-32"):
        (tmp_path / "day.jsonl").write_bytes(lines.encode(codec))
        found, refused = taken(tmp_path / "day.jsonl")
        assert (len(found), refused) == (2, []), codec
        assert all(one.article.text == text and one.key == "é" for one in found), codec


def test_the_same_line_twice_is_one_report(tmp_path: Path) -> None:
    (tmp_path / "day.jsonl").write_bytes(json_lines(DAY[0], DAY[0], DAY[1]))
    intake = read([tmp_path / "day.jsonl"])
    assert [article.path for article in intake.articles] == ["day.jsonl#1", "day.jsonl#3"]
    assert [refusal.reason for refusal in intake.refused] == ["This is the same report as day.jsonl#1."]


def test_what_the_program_itself_wrote_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(FERRY)
    (tmp_path / "edition.json").write_text('{"format": "variorum/edition/1", "editions": []}')
    (tmp_path / "descent.json").write_text('{\n "format": "variorum/descent/1",\n "articles": []}')
    told: list[str] = []
    found, refused = taken(tmp_path, tell=told)
    assert [one.place for one in found] == ["ferry.txt"]
    assert refused == []
    assert [sentence.partition(":")[0] for sentence in told] == ["descent.json", "edition.json"]
    _, (refusal,) = taken(tmp_path / "edition.json")
    assert (refusal.path, refusal.reason) == ("edition.json", "This is what variorum itself wrote, and no report.")


def test_quotations_that_the_program_listed_are_no_reports(tmp_path: Path) -> None:
    row = {"path": "a.txt", "outlet": "a", "spans": [[0, 4]], "text": "Nobody", "marks": "closed", "speaker_span": None}
    (tmp_path / "quotes.jsonl").write_bytes(json_lines(row, row))
    found, (refusal,) = taken(tmp_path)
    assert found == []
    assert "quotations" in refusal.reason


@pytest.mark.parametrize(
    "raw", [b"", b"  \n", b"null", b"7", b'"text"', b"[]", b"[1, 2]", b"{", b"}", b'{"a"', b"\xff"]
)
def test_json_that_holds_no_object_is_refused_once(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "odd.json").write_bytes(raw)
    found, refused = taken(tmp_path / "odd.json")
    assert found == []
    assert len(refused) == 1
    assert refused[0].reason.endswith(".")


def test_a_report_of_one_sentence_that_is_its_own_title_is_a_report(tmp_path: Path) -> None:
    sentence = "The parliament of Holm was dissolved on Friday after thirty years."
    (tmp_path / "day.jsonl").write_bytes(json_lines({"title": sentence, "text": sentence}))
    (one,), _ = taken(tmp_path)
    assert (one.article.text, [part.kind for part in one.article.parts]) == (sentence, ["body"])


def test_the_name_of_a_page_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "day.jsonl").write_bytes(json_lines({"html": "pages/ferry.html"}, {"articleBody": FERRY}))
    found, refused = taken(tmp_path)
    assert [one.place for one in found] == ["day.jsonl#2"]
    assert [one.reason for one in refused] == ["This record holds no text."]
