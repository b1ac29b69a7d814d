"""A batch's manifest: read back strictly, equal where the results are."""

import json
from typing import Any

import pytest

from variorum.errors import FormatError
from variorum.records.manifest import Made, Manifest, Run, Stage, Taken, Timed, Written, from_json, to_json
from variorum.records.tally import Tally


def manifest(**changed: Any) -> Manifest:
    given: dict[str, Any] = {
        "release": "0123456789abcdef",
        "settings": {"stories": {"window_days": 4, "cuts": (0.4, 0.5)}, "ingest": {"fields": {}}},
        "inputs": Taken("ab" * 16, {"line": 12, "bytes": 2}),
        "tables": {"claims": Written.of(Tally(3, 1, 2)), "conflicts": Written.of(Tally())},
        "editions": Made(2, "cd" * 16),
        "refused": {"The file is empty.": 1},
        "stages": (Stage("read", "ef" * 16, 14),),
        "run": Run("local", None, 2.5, (Timed("read", 1.25, 14),)),
    }
    return Manifest(**(given | changed))


def test_a_manifest_is_read_back_as_it_was_written() -> None:
    text = to_json(manifest())
    assert to_json(from_json(text)) == to_json(from_json(text.encode())) == text
    assert from_json(text).tables == manifest().tables
    assert next(iter(json.loads(text).items())) == ("format", "variorum/batch/1")
    turned = dict(reversed(manifest().tables.items()))
    assert to_json(manifest(tables=turned)) == text


def test_two_runs_agree_where_only_the_engine_and_the_clock_differ() -> None:
    elsewhere = manifest(run=Run("spark", 200, 0.5))
    assert manifest().agrees_with(from_json(to_json(elsewhere)))
    assert not manifest().agrees_with(manifest(editions=Made(3, "cd" * 16)))
    assert not manifest().agrees_with(manifest(settings={}))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("variorum/batch/1", "variorum/batch/2"), 'wanted "variorum/batch/1"'),
        (('"stories": 2', '"stories": "2"'), "Expected `int`, got `str`"),
        (('"stories": 2', '"stories": 2, "colour": 1'), "unknown field `colour`"),
        (('"stories": 2', '"stories": 2, "stories": 2'), "twice"),
        (('"engine": "local",', ""), "missing required field `engine`"),
        (('"seconds": 2.5', '"seconds": NaN'), "NaN"),
        (("{", "["), "not JSON"),
    ],
)
def test_what_is_no_manifest_is_refused(change: tuple[str, str], told: str) -> None:
    text = to_json(manifest())
    assert change[0] in text
    with pytest.raises(FormatError, match=told):
        from_json(text.replace(change[0], change[1], 1))
