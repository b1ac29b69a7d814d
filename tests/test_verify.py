"""The proof of an edition: what is printed stands where it is cited, and a changed letter shows."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sealed import editions, files

from variorum.edition.seal import seal, seal_all, seal_of
from variorum.edition.verify import Report, verify
from variorum.records import Edition, Intake
from variorum.render.json import dump, plain

WRITTEN = plain(editions())


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every string and number."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))
    elif value is not None:
        yield path


LEAVES = tuple(_leaves(WRITTEN))


def _sound(report: Report) -> Report:
    assert report.failures == ()
    assert report.is_sound
    return report


def _copy() -> dict[str, Any]:
    copied: dict[str, Any] = json.loads(json.dumps(WRITTEN))
    return copied


def _at(written: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        written = written[step]
    return written


def _resealed(edition: Edition) -> str:
    """An edition changed on purpose by somebody who knows how to seal."""
    return dump(seal_all(replace(editions(), editions=(edition,))))


def _only(report: Report, words: str) -> None:
    assert any(words in failure.what for failure in report.failures), report.failures
    assert not any("seal" in failure.what for failure in report.failures)


def test_a_sound_edition_is_found_sound_and_counted() -> None:
    report = _sound(verify(dump(editions())))
    assert (report.editions, report.articles) == (1, 8)
    assert report.citations > 100
    assert report.references > 50


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_one_changed_letter_or_number_anywhere_in_an_edition_is_found(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(LEAVES))
    written = _copy()
    value = _at(written, path)
    changed: object
    if isinstance(value, bool):
        changed = not value
    elif isinstance(value, str):
        at = data.draw(st.integers(0, max(len(value) - 1, 0)))
        was = value[at : at + 1]
        letter = data.draw(st.characters(exclude_characters=was))
        changed = value[:at] + letter + value[at + 1 :]
    else:
        changed = value + data.draw(st.sampled_from((-7, -1, 1, 12)))
    _at(written, path[:-1])[path[-1]] = changed
    assert not verify(json.dumps(written)).is_sound


@given(st.sampled_from(LEAVES), st.data())
@settings(max_examples=60, deadline=None)
def test_one_letter_left_out_is_found(path: tuple[str | int, ...], data: st.DataObject) -> None:
    written = _copy()
    value = _at(written, path)
    if not isinstance(value, str) or not value:
        return
    at = data.draw(st.integers(0, len(value) - 1))
    _at(written, path[:-1])[path[-1]] = value[:at] + value[at + 1 :]
    assert not verify(json.dumps(written)).is_sound


def test_rewriting_the_json_without_changing_it_breaks_no_seal() -> None:
    written = json.dumps(WRITTEN, sort_keys=True, separators=(",", ":")).replace("1.0}", "1}")
    _sound(verify(written))


def test_a_seal_covers_everything_but_itself_and_sealing_twice_changes_nothing() -> None:
    edition = editions().editions[0]
    assert seal_all(editions()) == editions()
    written = plain(editions())
    assert seal_of(written["editions"][0], written) == edition.story.id.partition("-")[2]
    other = replace(edition, story=replace(edition.story, headline="Another"))
    assert seal(other).story.id != edition.story.id
    assert seal(other).story.id.partition("-")[0] == edition.story.id.partition("-")[0]


EDITION = editions().editions[0]


def test_a_quotation_that_is_not_what_stands_in_the_report_is_found_under_a_fresh_seal() -> None:
    water = EDITION.utterances[0]
    lie = replace(water.readings[1], text="Everybody may drink")
    told = replace(water, readings=(water.readings[0], lie, *water.readings[2:]))
    report = verify(_resealed(replace(EDITION, utterances=(told, *EDITION.utterances[1:]))))
    _only(report, "Everybody may drink")
    assert [failure.where for failure in report.failures] == ["$.editions[0].utterances[0].readings[1].text"]


def test_a_reading_called_altered_must_show_where() -> None:
    water = EDITION.utterances[0]
    bare = replace(water.readings[3], variants=())
    told = replace(water, readings=(*water.readings[:3], bare, *water.readings[4:]))
    _only(verify(_resealed(replace(EDITION, utterances=(told, *EDITION.utterances[1:])))), "called altered")


def test_a_variant_must_stand_in_both_reports() -> None:
    water = EDITION.utterances[0]
    altered = water.readings[3]
    for change in ({"base_text": "may"}, {"reading_text": "must"}, {"base": None}, {"reading": None}):
        variant = replace(altered.variants[0], **change)
        bent = replace(altered, variants=(variant, *altered.variants[1:]))
        told = replace(water, readings=(*water.readings[:3], bent, *water.readings[4:]))
        _only(verify(_resealed(replace(EDITION, utterances=(told, *EDITION.utterances[1:])))), "It prints")


def test_a_base_must_be_a_reading() -> None:
    told = replace(EDITION.utterances[0], base=7)
    _only(verify(_resealed(replace(EDITION, utterances=(told, *EDITION.utterances[1:])))), "no reading 7")


def test_a_claim_counted_on_more_lineages_than_its_voices_come_to_is_found() -> None:
    claim = replace(EDITION.claims[1], lineages=5)
    _only(verify(_resealed(replace(EDITION, claims=(EDITION.claims[0], claim, *EDITION.claims[2:])))), "5 lineages")


def test_who_denies_a_claim_is_not_counted_for_it() -> None:
    claim = EDITION.claims[1]
    against = replace(claim.voices[-1], stance="denies")
    fewer = replace(claim, voices=(*claim.voices[:-1], against), outlets=claim.outlets - 1, lineages=claim.lineages - 1)
    coverage = replace(EDITION.coverage, rows=())
    edition = replace(EDITION, claims=(EDITION.claims[0], fewer, *EDITION.claims[2:]), coverage=coverage, digest=())
    _sound(verify(_resealed(edition)))
    _only(
        verify(_resealed(replace(edition, claims=(replace(fewer, outlets=claim.outlets), *EDITION.claims[2:])))),
        "It counts 5 outlets, and its voices come to 4",
    )


def test_a_report_in_two_lineages_or_in_none_is_found() -> None:
    first, *others = EDITION.stemma.lineages
    twice = replace(EDITION.stemma, lineages=(first, replace(first), *others))
    _only(verify(_resealed(replace(EDITION, stemma=twice))), "another lineage already")
    never = replace(EDITION.stemma, lineages=tuple(others))
    _only(verify(_resealed(replace(EDITION, stemma=never))), "belongs to no lineage")


def test_words_taken_out_of_a_report_are_missed_by_its_own_digest() -> None:
    article = EDITION.articles[7]
    shorter = replace(article, text=article.text.replace("presa", "pared"))
    _only(
        verify(_resealed(replace(EDITION, articles=(*EDITION.articles[:7], shorter)))),
        "not the digest of this outlet and text",
    )


def test_a_stretch_of_a_report_that_is_in_no_part_is_found() -> None:
    article = replace(EDITION.articles[0], parts=EDITION.articles[0].parts[:-1])
    _only(verify(_resealed(replace(EDITION, articles=(article, *EDITION.articles[1:])))), "is in no part")


def test_a_row_must_have_a_cell_for_every_report() -> None:
    row = EDITION.coverage.rows[0]
    rows = (replace(row, cells=row.cells[:-1]), *EDITION.coverage.rows[1:])
    _only(verify(_resealed(replace(EDITION, coverage=replace(EDITION.coverage, rows=rows)))), "7 cells for 8")


def test_an_id_that_leads_nowhere_is_found() -> None:
    heard = replace(EDITION.heard[0], name="n77")
    _only(verify(_resealed(replace(EDITION, heard=(heard,)))), "“n77”, which this edition does not hold")


def test_a_cell_must_agree_with_the_voices_of_its_claim() -> None:
    row = EDITION.coverage.rows[0]
    for column, state in ((0, "omits"), (0, "unknown"), (6, "reports"), (7, "attributes")):
        cell = replace(row.cells[column], state=state, place=None)
        cells = (*row.cells[:column], cell, *row.cells[column + 1 :])
        coverage = replace(EDITION.coverage, rows=(replace(row, cells=cells), *EDITION.coverage.rows[1:]))
        _only(verify(_resealed(replace(EDITION, coverage=coverage))), "The article is said")


def test_a_mention_that_is_no_form_of_the_name_is_found() -> None:
    name = EDITION.names[0]
    moved = replace(name.mentions[0], end=name.mentions[0].end - 1)
    bent = replace(name, mentions=(moved, *name.mentions[1:]))
    _only(verify(_resealed(replace(EDITION, names=(bent, *EDITION.names[1:])))), "is no form of the name")


def test_a_headline_nobody_printed_is_found() -> None:
    story = replace(EDITION.story, headline="Dam bursts, thousands flee")
    _only(verify(_resealed(replace(EDITION, story=story))), "stands in none of the articles")


def test_a_story_is_known_by_its_reports() -> None:
    story = replace(EDITION.story, id="0123456789abcdef")
    _only(verify(_resealed(replace(EDITION, story=story))), "not the digest of the ids")


def test_a_digest_line_rests_on_its_strongest_claim() -> None:
    line = replace(EDITION.digest[0], lineages=4)
    _only(verify(_resealed(replace(EDITION, digest=(line,)))), "its strongest claim has 3")


def test_files_at_hand_are_compared_and_others_are_only_said_to_be_absent(tmp_path: Path) -> None:
    for path, raw in list(files().items())[:3]:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    report = _sound(verify(dump(editions()), base=tmp_path))
    assert len(report.compared) == 3
    assert len(report.absent) == 5


def test_a_file_that_was_changed_since_is_found(tmp_path: Path) -> None:
    path, raw = next(iter(files().items()))
    (tmp_path / path).parent.mkdir()
    (tmp_path / path).write_bytes(raw + b" ")
    report = verify(dump(editions()), folders=(tmp_path,))
    assert [failure.where for failure in report.failures] == ["$.editions[0].articles[0].sha256"]


@pytest.mark.parametrize("path", ["/etc/hostname", "../secret.txt", "a/../../b", "C:\\Windows\\win.ini", "\\\\host\\x"])
def test_a_path_that_leads_out_of_the_folder_is_not_followed(path: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    article = replace(EDITION.articles[0], path=path)
    changed = _resealed(replace(EDITION, articles=(article, *EDITION.articles[1:])))
    report = verify(changed, base=tmp_path / "in")
    _only(report, "leads out of what was read")
    assert report.compared == ()


@pytest.mark.parametrize("path", ["nul\x00byte", "x" * 5000, "."])
def test_a_path_no_file_can_have_is_absent(path: str, tmp_path: Path) -> None:
    article = replace(EDITION.articles[0], path=path)
    changed = _resealed(replace(EDITION, articles=(article, *EDITION.articles[1:])))
    assert path in _sound(verify(changed, base=tmp_path)).absent


def test_the_reports_that_share_no_story_are_held_against_a_fresh_reading() -> None:
    given = editions()
    whole = Intake(given.loners + EDITION.articles, given.refused)
    _sound(verify(dump(given), reread=whole))
    other = seal_all(replace(given, alone=("0123456789abcdef",)))
    assert [failure.where for failure in verify(dump(other), reread=whole).failures] == ["$.alone[0]"]
    reworded = seal_all(replace(given, refused=(replace(given.refused[0], reason="It is dull."),)))
    assert [failure.where for failure in verify(dump(reworded), reread=whole).failures] == ["$.refused[0]"]


def test_an_id_among_the_lone_reports_must_be_one_and_stand_once() -> None:
    given = editions()
    lone = given.alone[0]
    for alone in ((lone, lone), ("xyz",), (EDITION.articles[0].id,)):
        assert not verify(dump(replace(given, alone=alone))).is_sound


def test_the_first_bytes_of_a_refused_file_are_compared(tmp_path: Path) -> None:
    (tmp_path / "clippings").mkdir()
    (tmp_path / "clippings/scan.pdf").write_bytes(bytes.fromhex("255044462d312e37"))
    _sound(verify(dump(editions()), base=tmp_path))
    (tmp_path / "clippings/scan.pdf").write_bytes(b"GIF89a")
    assert not verify(dump(editions()), base=tmp_path).is_sound


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "[]",
        "null",
        "{}",
        '"' + "x" * 1000,
        "[" * 100_000,
        '{"format":' * 50_000,
        b"\xff\xfe\x00{",
        "1e999",
        "8" * 9000,
    ],
)
def test_hostile_files_are_one_plain_failure(hostile: str | bytes) -> None:
    report = verify(hostile)
    assert len(report.failures) == 1
    assert report.failures[0].where.startswith("$")
    assert "\n" not in report.failures[0].what


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=12,
    )
)
@settings(max_examples=50, deadline=None)
def test_any_json_value_is_answered_without_an_exception(value: object) -> None:
    assert not verify(json.dumps(value)).is_sound


@given(st.sampled_from(LEAVES), st.sampled_from([None, [], {}, -1, 10**30, 1e308, "", "\x00", "é" * 100, True]))
@settings(max_examples=100, deadline=None)
def test_any_value_anywhere_is_answered_without_an_exception(path: tuple[str | int, ...], value: object) -> None:
    written = _copy()
    was = _at(written, path)
    _at(written, path[:-1])[path[-1]] = value
    assert verify(json.dumps(written)).is_sound == (type(was) is type(value) and was == value)
