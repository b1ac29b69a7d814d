"""Reports in JSON: a line each, a list of them, or one object."""

import json
import re
from collections.abc import Iterator
from itertools import chain

from variorum.ingest.decode import narrow
from variorum.ingest.formats.asked import Asked
from variorum.ingest.formats.export import Broken, Record, reports
from variorum.ingest.formats.json_values import Value, values
from variorum.ingest.formats.named import suffix_of
from variorum.ingest.formats.stream import Stream
from variorum.ingest.item import Item
from variorum.records import Refusal

LINES = frozenset((".jsonl", ".ndjson"))
NOTHING = "There is no object in this JSON file."
BOM = b"\xef\xbb\xbf"
_OURS = re.compile(rb'\s*\{\s*"format"\s*:\s*"(variorum/[a-z]{1,20}/\d)"')
_LONG = "This {what} is too long to be a report: it has more than {limit:,} bytes."


def is_ours(head: bytes) -> bool:
    """Whether a file begins as what this program writes: an edition, or a descent."""
    return _OURS.match(head.removeprefix(BOM)) is not None


def json_reports(stream: Stream, shown: str, asked: Asked) -> Iterator[Item | Refusal]:
    """The reports of a JSON file. ``Item.raw`` is the bytes of the line or the object, as they lie."""
    if stream.peek(len(BOM)) == BOM:
        stream.skip(len(BOM))
    records = _lines(stream, asked) if _is_lines(stream, asked.name) else _objects(stream, asked)
    first = next(records, None)
    if first is None:
        yield Refusal(shown, NOTHING)
        return
    yield from reports(chain((first,), records), shown, asked)


def _is_lines(stream: Stream, name: str) -> bool:
    """By name; where that does not say, by whether the first line is an object and something follows."""
    if suffix_of(name) in LINES:
        return True
    head, end, after = stream.peek(65_536).lstrip().partition(b"\n")
    return bool(end) and bool(after.strip()) and isinstance(record(head, 1, "line"), Record)


def _lines(stream: Stream, asked: Asked) -> Iterator[Record | Broken]:
    number = 0
    limit = asked.settings.largest_bytes
    while (line := stream.line(limit)) is not None:
        number += 1
        if not line.is_whole:
            head = line.raw[: asked.settings.first_bytes]
            yield Broken(number, head, too_long("line", limit))
        elif line.raw.strip():
            yield record(line.raw, number, "line")


def _objects(stream: Stream, asked: Asked) -> Iterator[Record | Broken]:
    for number, value in enumerate(values(stream, asked.settings), start=1):
        yield _broken(value, number, asked) or record(value.raw, number, "value")


def _broken(value: Value, number: int, asked: Asked) -> Broken | None:
    reason = {
        "whole": None,
        "long": too_long("object", asked.settings.largest_bytes),
        "deep": f"This object is nested deeper than {asked.settings.export_depth} levels.",
        "unfinished": "This breaks off inside an object: a bracket or a quotation mark is never closed.",
        "stray": "What stands here is no JSON: from here on nothing is read.",
    }[value.state]
    return None if reason is None else Broken(number, value.raw[: asked.settings.first_bytes], reason)


def too_long(what: str, limit: int) -> str:
    """Why a line, row or object of more than ``limit`` bytes is no report."""
    return _LONG.format(what=what, limit=limit)


def record(raw: bytes, number: int, what: str) -> Record | Broken:
    """One object of an export. number: its line, row or element. what: which of these it is, for a refusal."""
    try:
        held = json.loads(narrow(raw), strict=False)
    except RecursionError:
        return Broken(number, raw, f"This {what} is nested too deeply to be a report.")
    except ValueError:
        return Broken(number, raw, f"This {what} is no JSON.")
    if not isinstance(held, dict):
        return Broken(number, raw, f"This {what} is JSON and no object.")
    return Record(number, raw, held)
