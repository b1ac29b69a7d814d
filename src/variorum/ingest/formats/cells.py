"""Cells of typed tables as JSON can say them, the same whatever wrote them and wherever they are read."""

import math
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa


def plain(batch: Any) -> Any:
    """A record batch with its times to the microsecond, which is what Python's have, and its dictionaries undone."""
    wanted = [_plain(field.type) for field in batch.schema]
    columns = [
        column if kind.equals(column.type) else column.cast(kind, safe=False)
        for column, kind in zip(batch.columns, wanted, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _plain(kind: Any) -> Any:
    if pa.types.is_dictionary(kind):
        return _plain(kind.value_type)
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", kind.tz)
    if pa.types.is_time64(kind):
        return pa.time64("us")
    if pa.types.is_duration(kind):
        return pa.duration("us")
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        return pa.list_(_plain(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _plain(field.type)) for field in kind])
    return kind


def said(value: object) -> object:
    """A cell as JSON can say it; ``None`` for what is empty or no number.

    Times come in ISO 8601, those with a zone in UTC. Bytes are read as UTF-8, others written in hexadecimal; what is
    a whole number is written as one whatever type held it; a span of time is a number of microseconds.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, bytes):
        return _text(value)
    if isinstance(value, Mapping):
        return {str(name): said(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [said(held) for held in value]
    return str(value)


def _moment(value: datetime) -> str:
    """Midnight to the microsecond is how a bare date is kept in a column of times: no hour is claimed from it."""
    at = value if value.tzinfo is None else value.astimezone(UTC)
    if at.time() == time():
        return at.date().isoformat()
    return at.isoformat().replace("+00:00", "Z")


def _number(value: Decimal) -> object:
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else str(value)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.hex()
