"""The JSON Schema of ``variorum/edition/1``, shipped as a file, and how it is drawn from the records.

The file is what other programs validate against, so it stands in the package and changes only with
the format's number; :func:`drawn` says what the records would have it be, and a test that both agree.
"""

import dataclasses
import inspect
import json
import re
from datetime import datetime
from functools import cache
from importlib.resources import files
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from variorum.records import FORMAT, Editions, Span
from variorum.records.formed import fields_of
from variorum.records.plain import spans_as_objects

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FILE = "edition-1.schema.json"
_SHA256 = "^[0-9a-f]{64}$"
_TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{6})?Z$"


def schema() -> dict[str, Any]:
    """The schema that stands in the package."""
    read: dict[str, Any] = json.loads((files("variorum.render") / _FILE).read_text("utf-8"))
    return read


def drawn() -> dict[str, Any]:
    """The schema as the records have it: one definition a record, no key beyond its fields, all wanted."""
    definitions: dict[str, Any] = {}
    _define(Editions, definitions)
    top = definitions.pop("Editions")
    tag = {"format": {"const": FORMAT, "description": "The format and its number."}}
    return {
        "$schema": DIALECT,
        "$id": "urn:variorum:edition:1",
        "title": FORMAT,
        **top,
        "properties": {**tag, **top["properties"]},
        "required": ["format", *top["required"]],
        "$defs": dict(sorted(definitions.items())),
    }


@cache
def meanings(kind: type) -> dict[str, str]:
    """What a record's docstring says of each of its fields, by name.

    A field is explained by a sentence that begins with its name, or with several, and a colon:
    ``start, end: offsets into the article's text.``
    """
    names = set(kind.__annotations__)
    told = " ".join((inspect.getdoc(kind) or "").split())
    marks = [
        mark
        for mark in re.finditer(r"(?:^|(?<=[.;)] ))(\w+(?:, \w+)*): ", told)
        if set(mark.group(1).split(", ")) <= names
    ]
    found: dict[str, str] = {}
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(told)
        meaning = told[mark.end() : end].strip().rstrip(";")
        for name in mark.group(1).split(", "):
            found[name] = meaning[:1].upper() + meaning[1:]
    return found


def summary(kind: type) -> str:
    """The first sentences of a record's docstring, up to the first field it explains."""
    told = " ".join((inspect.getdoc(kind) or "").split())
    names = "|".join(kind.__annotations__)
    return re.split(rf"(?:^|(?<=[.;)] ))(?:{names})(?:, (?:{names}))*: ", told)[0].strip()


def _define(kind: type, definitions: dict[str, Any]) -> None:
    if kind.__name__ in definitions:
        return
    definitions[kind.__name__] = {}  # its place, should a record ever hold its like
    explained = meanings(kind)
    properties = {}
    for name, hint in fields_of(kind).items():
        shape = _mentions(definitions) if spans_as_objects(kind, name) else _shape(hint, definitions)
        if name == "sha256":
            shape = {**shape, "pattern": _SHA256}
        if name in explained:
            shape = {"description": _unquoted(explained[name]), **shape}
        properties[name] = shape
    definitions[kind.__name__] = {
        "description": _unquoted(summary(kind)),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _mentions(definitions: dict[str, Any]) -> dict[str, Any]:
    offset = {"type": "integer", "minimum": 0}
    definitions["Mention"] = {
        "description": "A half-open stretch of an article's text.",
        "type": "object",
        "properties": {"start": offset, "end": offset},
        "required": ["start", "end"],
        "additionalProperties": False,
    }
    return {"type": "array", "items": {"$ref": "#/$defs/Mention"}}


def _shape(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        inner = _shape(next(part for part in get_args(hint) if part is not NoneType), definitions)
        return {"anyOf": [inner, {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _shape(get_args(hint)[0], definitions)}
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if hint is Span:
        return _span(definitions)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        _define(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return dict(_PLAIN[hint])


def _span(definitions: dict[str, Any]) -> dict[str, Any]:
    definitions["Span"] = {
        "description": _unquoted(summary_of_span()),
        "type": "array",
        "items": {"type": "integer", "minimum": 0},
        "minItems": 2,
        "maxItems": 2,
    }
    return {"$ref": "#/$defs/Span"}


def summary_of_span() -> str:
    """What a span is, out of its own docstring."""
    return " ".join((inspect.getdoc(Span) or "").split("\n\n")[0].split())


def _unquoted(told: str) -> str:
    """A docstring's words as plain text, with JSON's name for nothing."""
    return told.replace("``None``", "null").replace("``", "")


_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 0},
    float: {"type": "number", "minimum": 0, "maximum": 1},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "pattern": _TIME},
}
