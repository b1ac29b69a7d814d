"""The JSON Schema agrees with the records, and holds the editions the tests make."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from sealed import editions

from variorum.render.json import dump
from variorum.render.schema import drawn, schema

WRITTEN = dump(editions())


def _objects(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [found for item in part for found in _objects(item)]
    if not isinstance(part, dict):
        return []
    inner = [found for item in part.values() for found in _objects(item)]
    return [part, *inner] if part.get("type") == "object" else inner


def test_the_schema_in_the_package_is_what_the_records_make_of_it() -> None:
    assert schema() == drawn()


def test_it_is_a_schema_of_its_dialect() -> None:
    Draft202012Validator.check_schema(schema())


def test_no_object_takes_a_key_it_does_not_name_and_every_key_is_wanted_and_explained() -> None:
    found = _objects(schema())
    assert len(found) > 25
    for part in found:
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
        assert part["description"].endswith(".")
    for name, definition in schema()["$defs"].items():
        for key, shape in definition.get("properties", {}).items():
            assert name == "Mention" or shape["description"].endswith("."), f"{name}.{key}"


def test_an_edition_is_valid() -> None:
    Draft202012Validator(schema()).validate(json.loads(WRITTEN))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", "variorum/edition/2"),
        ("editions.0.colour", "red"),
        ("editions.0.articles.0.sha256", "abc"),
        ("editions.0.articles.0.parts.0.kind", "poem"),
        ("editions.0.articles.0.parts.0.start", -1),
        ("editions.0.utterances.0.readings.0.spans.0", [1, 2, 3]),
        ("editions.0.coverage.rows.0.cells.0.place", 1.5),
        ("editions.0.story.first_published", "yesterday"),
    ],
)
def test_what_departs_from_the_format_is_not_valid(path: str, value: object) -> None:
    written = json.loads(WRITTEN)
    *way, last = path.split(".")
    at: Any = written
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[int(last) if isinstance(at, list) else last] = value
    with pytest.raises(ValidationError):
        Draft202012Validator(schema()).validate(written)
