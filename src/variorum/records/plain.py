"""Records as plain values: what the exchange format writes, and what an edition's seal is taken over.

A record becomes an object with its fields in their order, a tuple a list, a :class:`Span` the pair
``[start, end]``, a time ISO 8601 in UTC with ``Z``. The few places where the format departs from the
records stand here, so that writing, reading, the seal and the schema cannot disagree about them.
"""

import dataclasses
from datetime import UTC, datetime
from functools import cache
from typing import Any

from variorum.records.article import Article, Published
from variorum.records.coverage import Label
from variorum.records.edition import FORMAT, Edition, Editions
from variorum.records.span import Span
from variorum.records.stemma import Borrowing

# What the program needs and the format does not carry.
_INTERNAL = frozenset(
    {
        (Published, "utc_offset_minutes"),
        (Editions, "loners"),
        (Borrowing, "share"),
        (Borrowing, "reasons"),
        (Article, "links"),
        (Edition, "headings"),
    }
)
# Spans the format writes as {"start": s, "end": e}, because a list of them stands under "mentions",
# as the mentions of names do.
_SPANS_AS_OBJECTS = frozenset({(Label, "mentions")})


@cache
def exported(kind: type) -> tuple[str, ...]:
    """The fields of a record that the format carries, in the order it writes them."""
    return tuple(field.name for field in dataclasses.fields(kind) if (kind, field.name) not in _INTERNAL)


def spans_as_objects(kind: type, field: str) -> bool:
    """Whether the spans of that field are written as objects rather than as pairs."""
    return (kind, field) in _SPANS_AS_OBJECTS


def plain(record: object) -> Any:
    """Any record, or tuple of records, as dictionaries, lists, strings, numbers, booleans and ``None``.

    Editions begin with the key ``format``. Raises TypeError on a value no record may hold.
    """
    if record is None or isinstance(record, str | int | float):
        return record
    if isinstance(record, tuple):
        return [plain(item) for item in record]
    if isinstance(record, Span):
        return [record.start, record.end]
    if isinstance(record, datetime):
        return record.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return _object(record)
    raise TypeError(f"a record may not hold a {type(record).__name__}")


def _object(record: Any) -> dict[str, Any]:
    kind: type = record.__class__
    made: dict[str, Any] = {"format": FORMAT} if kind is Editions else {}
    for name in exported(kind):
        value = getattr(record, name)
        if spans_as_objects(kind, name):
            made[name] = [{"start": span.start, "end": span.end} for span in value]
        else:
            made[name] = plain(value)
    return made
