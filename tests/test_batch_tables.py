"""The tables of a batch: rows that say what the edition says, under columns that agree with the records."""

import dataclasses
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pytest
from edition_fixture import tainted
from sealed import editions as sealed_editions

from variorum import pipeline
from variorum.edition.tables import Row, article_row, article_rows, borrowing_row, day, refusal_row, rows_of
from variorum.records import (
    Article,
    Borrowing,
    Cut,
    Edition,
    Exemplar,
    Headline,
    Lineage,
    Published,
    Refusal,
    Utterance,
)
from variorum.records.table import Table, batch_of
from variorum.records.tables import ARTICLES, CLAIMS, REFUSED, STRUCTS, TABLES

REPORTS = Path(__file__).parents[1] / "examples/unlit-reef/reports"
PLAIN = {
    str: pa.string(),
    int: pa.int32(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", "UTC"),
}
LOOKED_UP = {"speaker_name"}
"""Fields of a struct that its record does not have."""
TOLD_OTHERWISE = {
    (Article, "published"): "the columns of Published",
    (Article, "cut"): "the columns of Cut",
    (Article, "links"): "evidence of descent only",
    (Published, "utc_offset_minutes"): "all times are UTC",
    (Utterance, "readings"): "the rows of quotations",
    (Lineage, "exemplar"): "the columns of Exemplar",
}
NAMED = {
    (Headline, "id"): "edition",
    (Published, "at"): "published",
    (Cut, "start"): "cut_start",
    (Cut, "reason"): "cut_reason",
    (Exemplar, "kind"): "exemplar_kind",
    (Exemplar, "name"): "exemplar_name",
}
"""Fields of a record that lies flat in the row of another."""
COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


@cache
def example() -> Edition:
    return pipeline.read(REPORTS).only


@cache
def invented() -> Edition:
    return sealed_editions().only


def tables_of(edition: Edition) -> dict[str, list[Row]]:
    refused = [refusal_row(Refusal("empty.txt", "The file is empty.", ""))]
    return {"articles": article_rows(edition), "refused": refused, **rows_of(edition)}


def arrow(hint: Any) -> pa.DataType:
    """The Arrow type a record's field should have."""
    if get_origin(hint) is Literal:
        return pa.string()
    if get_origin(hint) is tuple:
        return pa.list_(pa.field("element", arrow(get_args(hint)[0]), False))
    if hint not in STRUCTS:
        return PLAIN[hint]
    made = STRUCTS[hint]
    fields = {made.field(at).name: made.field(at).type for at in range(made.num_fields)}
    hints = {name: hint for name, hint in get_type_hints(hint).items() if not name.startswith("__")}
    assert set(fields) - LOOKED_UP == set(hints)
    assert {name: fields[name] for name in hints} == {name: arrow(bare(inner)) for name, inner in hints.items()}
    return made


def bare(hint: Any) -> Any:
    return next(part for part in get_args(hint) if part is not NoneType) if is_optional(hint) else hint


def is_optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)


@pytest.mark.parametrize("column", [column for _, column in COLUMNS if column.field], ids=lambda column: column.name)
def test_a_column_taken_from_a_record_agrees_with_it(column: Any) -> None:
    record, field = column.field
    hint = get_type_hints(record)[field]
    assert column.type == arrow(bare(hint))
    is_part_that_may_be_missing = record in (Published, Cut)
    assert column.nullable == (is_optional(hint) or is_part_that_may_be_missing)
    assert column.name == NAMED.get((record, field), record.__name__.lower() if field == "id" else field)


def test_every_field_of_a_record_that_has_a_table_stands_in_it() -> None:
    taken = {column.field for _, column in COLUMNS if column.field is not None}
    records = {record for record, _ in taken}
    fields = {(record, field.name) for record in records for field in dataclasses.fields(record)}
    assert len(records) > 9
    assert fields - taken == set(TOLD_OTHERWISE)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_column_is_described_where_a_reader_of_the_file_finds_it(table: Table) -> None:
    assert table.is_dated == (table.name != "refused")
    assert set(table.key) <= set(table.schema.names)
    for field in table.schema:
        assert field.metadata[b"description"].decode().endswith("."), field.name


@pytest.mark.parametrize("edition", [example, invented])
def test_every_row_of_an_edition_fits_its_table(edition: Any) -> None:
    for name, rows in tables_of(edition()).items():
        batch = batch_of(TABLES[name], rows)
        assert batch.schema.equals(TABLES[name].schema, check_metadata=True)
        assert batch.to_pylist() == [{key: row[key] for key in batch.schema.names} for row in rows]


@pytest.mark.parametrize("edition", [example, invented])
def test_whatever_a_row_prints_stands_where_the_row_says(edition: Any) -> None:
    tables: Any = tables_of(edition())
    texts = {row["article"]: row["text"] for row in tables["articles"]}
    base = {(row["story"], row["utterance"]): row["article"] for row in tables["utterances"]}

    def at(article: str, span: Any) -> str:
        return texts[article][span["start"] : span["end"]]

    for row in tables["claims"]:
        assert row["text"] == at(row["article"], row)
        assert all(at(voice["article"], voice) for voice in row["voices"])
    for row in tables["quotations"]:
        assert row["text"] == " ".join(at(row["article"], span) for span in row["spans"])
        for span, printed in (("cue", "cue_text"), ("speaker_span", "speaker_text")):
            assert row[printed] == (at(row["article"], row[span]) if row[span] else None)
        for variant in row["variants"]:
            if variant["reading"]:
                assert variant["reading_text"] == at(row["article"], variant["reading"])
            if variant["base"]:
                assert variant["base_text"] == at(base[row["story"], row["utterance"]], variant["base"])
    for row in tables["conflicts"]:
        assert len(row["positions"]) > 1
        assert all(at(voice["article"], voice) for position in row["positions"] for voice in position["voices"])
    for row in tables["borrowings"]:
        assert all(at(row["a"], span["a"]) and at(row["b"], span["b"]) for span in row["spans"])
    for row in tables["articles"]:
        assert all(at(row["article"], credit) for credit in row["credits"])
        assert row["characters"] == len(row["text"]) >= row["words"] > 0
    assert len(tables["quotations"]) > 4 < len(tables["claims"])


@pytest.mark.parametrize("edition", [example, invented])
def test_tables_join(edition: Any) -> None:
    tables: Any = tables_of(edition())
    (story,) = tables["stories"]
    known = {row["article"]: row for row in tables["articles"]}
    lineages = {row["lineage"]: row["articles"] for row in tables["lineages"]}
    utterances = {row["utterance"]: row for row in tables["utterances"]}
    assert {row["story"] for rows in tables.values() for row in rows if "story" in row} == {story["story"]}
    assert all(id in lineages[row["lineage"]] for id, row in known.items())
    assert sorted(id for articles in lineages.values() for id in articles) == sorted(known)
    for row in tables["quotations"]:
        assert row["outlet"] == known[row["article"]]["outlet"]
        utterance = utterances[row["utterance"]]
        assert row["is_base"] == (row["reading"] == utterance["base"])
        assert not row["is_base"] or (row["text"], row["article"]) == (utterance["text"], utterance["article"])
    for row in utterances.values():
        readings = [r for r in tables["quotations"] if r["utterance"] == row["utterance"]]
        assert row["readings"] == len(readings)
        assert row["altered"] == sum(r["agreement"] == "altered" for r in readings)
        assert row["outlets"] == len({r["outlet"] for r in readings})
        assert row["lineages"] == len({known[r["article"]]["lineage"] for r in readings})
        assert {r["speaker_name"] for r in readings} == {row["speaker_name"]}
    assert story["altered"] == sum(row["altered"] for row in utterances.values())
    for name in ("articles", "lineages", "claims", "conflicts", "utterances"):
        assert story[name] == len(tables[name])
    for status in ("corroborated", "disputed"):
        assert story[status] == sum(row["status"] == status for row in tables["claims"])


def test_a_storys_id_is_without_its_seal_and_its_editions_id_with_it() -> None:
    (row,) = rows_of(invented(), left_out=3)["stories"]
    assert row["edition"] == invented().story.id
    assert str(row["edition"]).split("-")[0] == row["story"]
    assert row["left_out"] == 3


def test_a_speaker_is_given_by_name_wherever_an_id_is() -> None:
    names = {name.id: name.name for name in example().names}
    rows: Any = rows_of(example())
    told = [row["speaker_name"] for row in rows["utterances"] if row["speaker"] is not None]
    assert "Ilse Marrack" in told
    assert set(told) <= set(names.values())
    voices = [voice for row in rows["claims"] for voice in row["voices"] if voice["speaker"] is not None]
    assert voices
    assert all(voice["speaker_name"] == names.get(voice["speaker"], voice["speaker"]) for voice in voices)


def test_a_day_is_the_day_in_utc() -> None:
    late = datetime(2031, 10, 8, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert (day(late), day(None)) == ("2031-10-07", "unknown")
    dated = dataclasses.replace(invented().articles[0], published=Published(late, "minute", 120))
    row = batch_of(ARTICLES, [article_row(dated, story=None)]).to_pylist()[0]
    assert row["date"] == "2031-10-07"
    assert row["published"] == datetime(2031, 10, 7, 22, 30, tzinfo=UTC)


def test_a_report_that_no_edition_has_has_no_letter_in_one() -> None:
    row = article_row(invented().articles[0], story="f00d")
    assert (row["story"], row["lineage"], row["siglum"], row["in_edition"]) == ("f00d", None, None, False)


def test_a_borrowing_between_two_stories_has_none() -> None:
    row = borrowing_row(Borrowing("a", "b", False, "verbatim", ()), date="unknown", story=None)
    assert batch_of(TABLES["borrowings"], [row]).to_pylist()[0]["story"] is None


def test_half_of_a_surrogate_pair_is_replaced_and_no_offset_moves() -> None:
    first = invented().articles[0]
    broken = dataclasses.replace(
        first, text="Crack \ud83d\ude00 found\udc80\n" + first.text, title="\udfff", byline=("A\ud800B",)
    )
    row = batch_of(ARTICLES, [article_row(broken, story=None)]).to_pylist()[0]
    assert len(row["text"]) == row["characters"] == len(broken.text)
    assert row["text"].startswith("Crack \ufffd\ufffd found\ufffd\n" + first.text[:40])
    assert (row["title"], row["byline"]) == ("\ufffd", ["A\ufffdB"])
    refused = refusal_row(Refusal(b"caf\xe9.txt".decode("utf-8", "surrogateescape"), "The file is empty."))
    assert batch_of(REFUSED, [refused]).to_pylist()[0]["path"] == "caf\ufffd.txt"


@pytest.mark.parametrize("payload", ["\0", "\ud800", "<script>", "\u202e", "é" * 100_000, "'; DROP TABLE claims; --"])
def test_whatever_an_article_holds_becomes_rows(payload: str) -> None:
    edition = tainted(invented(), payload)
    for name, rows in tables_of(edition).items():
        assert batch_of(TABLES[name], rows).num_rows == len(rows)
    titles = batch_of(ARTICLES, article_rows(edition)).column("title").to_pylist()
    assert any(payload.replace("\ud800", "\ufffd") in (title or "") for title in titles)


def test_a_row_with_other_columns_than_its_table_is_refused() -> None:
    row = rows_of(invented())["claims"][0]
    with pytest.raises(ValueError, match=r"claims has the wrong columns: \['colour'\]"):
        batch_of(CLAIMS, [row | {"colour": "red"}])
    with pytest.raises(ValueError, match=r"claims has the wrong columns: \['status'\]"):
        batch_of(CLAIMS, [{key: value for key, value in row.items() if key != "status"}])
    with pytest.raises(ValueError, match="claims has nothing in status"):
        batch_of(CLAIMS, [row | {"status": None}])
    assert batch_of(CLAIMS, []).num_rows == 0
