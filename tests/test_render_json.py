"""The exchange format, written and read back."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sealed import editions

from variorum.errors import FormatError
from variorum.records import Editions, Published, Refusal, Span
from variorum.records.formed import decoded, formed
from variorum.records.plain import plain as plain_record
from variorum.render.json import dump, load, plain

# The format as DESIGN.md fixes it, key by key, in its order.
KEYS: dict[str, list[str]] = {
    "$": ["format", "editions", "alone", "refused"],
    "$.refused": ["path", "reason", "first_bytes"],
    "story": ["id", "headline", "first_published", "last_published"],
    "articles": [
        *("id", "siglum", "outlet", "title", "byline", "url", "path", "published"),
        *("language", "sha256", "text", "parts", "credits", "cut"),
    ],
    "articles.published": ["at", "precision"],
    "articles.parts": ["start", "end", "kind"],
    "articles.credits": ["agency", "start", "end", "of"],
    "articles.cut": ["start", "reason"],
    "names": ["id", "name", "kind", "forms", "mentions"],
    "names.forms": ["text", "articles"],
    "names.mentions": ["article", "start", "end"],
    "utterances": ["id", "speaker", "speaker_text", "base", "readings"],
    "utterances.readings": [
        *("article", "spans", "text", "mode", "marks", "cue", "speaker_span", "agreement", "variants"),
    ],
    "utterances.readings.variants": ["kind", "base_text", "reading_text", "base", "reading"],
    "stemma": ["borrowings", "lineages"],
    "stemma.borrowings": ["a", "b", "directed", "kind", "spans"],
    "stemma.borrowings.spans": ["a", "b", "likeness"],
    "stemma.lineages": ["articles", "exemplar", "evidence"],
    "stemma.lineages.exemplar": ["kind", "name"],
    "claims": ["id", "text", "article", "start", "end", "voices", "outlets", "lineages", "status"],
    "claims.voices": ["article", "start", "end", "stance", "speaker"],
    "conflicts": ["id", "kind", "about", "positions"],
    "conflicts.positions": ["value", "voices"],
    "conflicts.positions.voices": ["article", "start", "end"],
    "coverage": ["articles", "rows"],
    "coverage.rows": ["claim", "cells"],
    "coverage.rows.cells": ["state", "place"],
    "heard": ["name", "speaker_text", "article", "quotations", "words"],
    "labels": ["name", "article", "text", "own_voice", "mentions"],
    "labels.mentions": ["start", "end"],
    "timeline": ["when", "precision", "article", "start", "end", "claim"],
    "digest": ["article", "start", "end", "text", "claims", "lineages", "disputed"],
}
EDITION_KEYS = [
    *("story", "articles", "names", "utterances", "stemma", "claims"),
    *("conflicts", "coverage", "heard", "labels", "timeline", "digest"),
]


def _objects(value: Any, path: str) -> list[tuple[str, dict[str, Any]]]:
    if isinstance(value, list):
        return [found for item in value for found in _objects(item, path)]
    if not isinstance(value, dict):
        return []
    inner = [found for key, item in value.items() for found in _objects(item, f"{path}.{key}".lstrip("."))]
    return [(path, value), *inner]


def test_an_edition_has_the_fields_of_the_format_in_their_order_and_no_others() -> None:
    written = json.loads(dump(editions()))
    assert list(written) == KEYS["$"]
    assert [list(row) for row in written["refused"]] == [KEYS["$.refused"]]
    seen = set()
    for edition in written["editions"]:
        assert list(edition) == EDITION_KEYS
        for path, found in _objects(edition, ""):
            if path:
                assert list(found) == KEYS[path], path
                seen.add(path)
    assert seen == {path for path in KEYS if not path.startswith("$")}, "the fixture leaves a kind of object out"


def test_what_is_written_is_read_back_as_the_same_records() -> None:
    given = editions()
    back = load(dump(given))
    assert dump(back) == dump(given)
    assert back.editions[0].utterances == given.editions[0].utterances
    assert back.editions[0].labels == given.editions[0].labels
    assert back.loners == ()


def test_a_clock_of_the_page_is_not_exported_and_times_are_utc() -> None:
    local = datetime(2030, 1, 2, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert plain_record(Published(local, "minute", 120)) == {"at": "2030-01-01T23:30:00Z", "precision": "minute"}
    assert formed({"at": "2030-01-01T23:30:00Z", "precision": "minute"}, Published).at == local.astimezone(UTC)


def test_letters_stand_as_themselves_and_half_a_surrogate_pair_does_not_stop_the_writing() -> None:
    odd = Editions((), (), (Refusal("é.txt", "Half a pair: \ud83d, a whole one: 🕊", None),))
    written = dump(odd)
    assert "é.txt" in written
    assert "🕊" in written
    assert load(written.encode("utf-8")).refused == odd.refused


@given(st.text(max_size=40))
def test_any_text_survives_writing_and_reading(text: str) -> None:
    odd = Editions((), (), (Refusal(text, text, None),))
    assert load(dump(odd)).refused == odd.refused


def test_writing_twice_gives_the_same_letters() -> None:
    assert dump(editions()) == dump(replace(editions()))


def _changed(path: str, value: object) -> str:
    """The fixture with the value at a path such as ``editions.0.story.id`` replaced, or added."""
    written = plain(editions())
    *way, last = path.split(".")
    at: Any = written
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[int(last) if isinstance(at, list) else last] = value
    return json.dumps(written)


@pytest.mark.parametrize(
    ("path", "value", "where", "wanted"),
    [
        ("editions.0.colour", "red", "$.editions[0]", "unknown key"),
        ("note", "", "$", "unknown key"),
        ("format", "variorum/edition/2", "$.format", "variorum/edition/1"),
        ("editions.0.articles.0.text", None, "$.editions[0].articles[0].text", "a string"),
        ("editions.0.articles.0.parts.0.start", True, "$.editions[0].articles[0].parts[0].start", "a whole number"),
        ("editions.0.articles.0.parts.0.start", 0.5, "$.editions[0].articles[0].parts[0].start", "a whole number"),
        ("editions.0.articles.0.parts.0.kind", "poem", "$.editions[0].articles[0].parts[0].kind", "one of title"),
        ("editions.0.articles.0.published.at", "13 May", "$.editions[0].articles[0].published.at", "a time such as"),
        (
            "editions.0.articles.0.published.at",
            "2031-02-30T00:00:00Z",
            "$.editions[0].articles[0].published.at",
            "calendar",
        ),
        ("editions.0.utterances.0.readings.0.spans.0", [3], "readings[0].spans[0]", "a pair [start, end]"),
        ("editions.0.utterances.0.readings.0.spans.0", [5, 3], "readings[0].spans[0]", "0 <= start <= end"),
        ("editions.0.labels.0.mentions.0", [1, 2], "labels[0].mentions[0]", "start and end"),
        ("editions.0.coverage.rows.0.cells.0.place", 10**400, "cells[0].place", "a finite number"),
        ("editions.0.digest", {}, "$.editions[0].digest", "a list"),
        ("editions.0.stemma", [], "$.editions[0].stemma", "an object"),
        ("editions.0.digest.0.disputed", "yes", "digest[0].disputed", "true or false"),
    ],
)
def test_a_file_that_departs_from_the_format_is_refused_with_the_place_and_what_was_wanted(
    path: str, value: object, where: str, wanted: str
) -> None:
    with pytest.raises(FormatError) as caught:
        load(_changed(path, value))
    assert where in str(caught.value)
    assert wanted in str(caught.value)


def test_a_missing_key_is_named() -> None:
    written = plain(editions())
    del written["editions"][0]["claims"][0]["status"]
    with pytest.raises(FormatError, match=r"\$\.editions\[0\]\.claims\[0\]: the key status is missing"):
        load(json.dumps(written))


@pytest.mark.parametrize("hostile", ["[" * 200_000, '{"a":' * 200_000, "{", "", "NaN", "9" * 6000, '{"a":1,"a":2}'])
def test_hostile_text_is_refused_in_one_sentence(hostile: str) -> None:
    with pytest.raises(FormatError) as caught:
        decoded(hostile)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(FormatError, match="not UTF-8"):
        load(dump(editions()).encode("utf-16"))


def test_a_byte_order_mark_is_passed_over() -> None:
    assert load(b"\xef\xbb\xbf" + dump(editions()).encode()).alone == editions().alone


def test_a_record_holds_nothing_the_format_cannot_write() -> None:
    with pytest.raises(TypeError, match="set"):
        plain_record((Span(0, 1), {1}))
