"""From JSON text back to records, strictly: nothing unknown, nothing missing, nothing of another type.

The types are read off the records themselves, so a field added there is wanted here at once. Not
msgspec's conversion, because that passes over unknown keys, and an edition that carries a key nobody
checks is an edition that says something ``verify`` never saw.
"""

import dataclasses
import json
import math
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NoReturn, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from variorum.errors import FormatError
from variorum.records.edition import FORMAT, Editions
from variorum.records.plain import exported, spans_as_objects
from variorum.records.span import Span

T = TypeVar("T")

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z", re.ASCII)
_TOO_DEEP = "the text nests deeper than any edition does"


def decoded(text: str | bytes) -> Any:
    """JSON text as plain values. Bytes must be UTF-8, with or without a byte order mark.

    Raises FormatError, one sentence, on anything that is not JSON, and on what JSON parsers read
    differently from each other: a key given twice, ``NaN``, nesting without end.
    """
    try:
        letters = text.decode("utf-8") if isinstance(text, bytes) else text
    except UnicodeDecodeError as error:
        raise FormatError(f"$: the file is not UTF-8 (byte {error.start} cannot be read)") from error
    try:
        return json.loads(letters.removeprefix("\ufeff"), object_pairs_hook=_unrepeated, parse_constant=_constant)
    except RecursionError as error:
        raise FormatError(f"$: {_TOO_DEEP}") from error
    except json.JSONDecodeError as error:
        fault = error.msg.lower().removesuffix(" at")
        raise FormatError(f"$: not JSON: {fault} at line {error.lineno}, column {error.colno}") from error
    except ValueError as error:  # CPython refuses to read whole numbers of thousands of digits
        raise FormatError("$: a number has more digits than any edition holds") from error


def formed(value: object, kind: type[T], where: str = "$") -> T:
    """The plain value as a record of that kind.

    where: JSON path of the value, for the message. Raises FormatError with the path of the first
    thing that is wrong, what was wanted there and what stands there instead.
    """
    if kind is Editions and isinstance(value, dict):
        value = _tagged(value, where)
    return cast(T, _record(value, kind, where))


def _tagged(value: dict[str, Any], where: str) -> dict[str, Any]:
    tag = value.get("format")
    if tag != FORMAT:
        _refuse(f"{where}.format", f'"{FORMAT}"', tag)
    return {key: inner for key, inner in value.items() if key != "format"}


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise FormatError(f"$: an object has the key {json.dumps(key[:40])} twice")
        made[key] = value
    return made


def _constant(name: str) -> NoReturn:
    raise FormatError(f"$: {name} is not a number JSON knows")


@cache
def fields_of(kind: type) -> dict[str, Any]:
    """The exported fields of a record with their types, in the order of the format."""
    hints = get_type_hints(kind)
    return {name: hints[name] for name in exported(kind)}


def _record(value: object, kind: type, where: str) -> object:
    if not isinstance(value, dict):
        _refuse(where, "an object", value)
    hints = fields_of(kind)
    for key in value:
        if key not in hints:
            raise FormatError(f"{where}: unknown key {json.dumps(key[:40])}; wanted only {', '.join(hints)}")
    made: dict[str, object] = {}
    for name, hint in hints.items():
        if name not in value:
            raise FormatError(f"{where}: the key {name} is missing")
        read = _spans if spans_as_objects(kind, name) else _value
        made[name] = read(value[name], hint, f"{where}.{name}")
    return kind(**made)


def _value(value: object, hint: Any, where: str) -> object:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        inner = next(part for part in get_args(hint) if part is not NoneType)
        return None if value is None else _value(value, inner, where)
    if origin is tuple:
        if not isinstance(value, list):
            _refuse(where, "a list", value)
        item = get_args(hint)[0]
        return tuple(_value(inner, item, f"{where}[{index}]") for index, inner in enumerate(value))
    if origin is Literal:
        if not isinstance(value, str) or value not in get_args(hint):
            _refuse(where, "one of " + ", ".join(get_args(hint)), value)
        return value
    if dataclasses.is_dataclass(hint):
        return _record(value, cast(type, hint), where)
    return _READERS[hint](value, where)


def _spans(value: object, _hint: object, where: str) -> tuple[Span, ...]:
    if not isinstance(value, list):
        _refuse(where, "a list", value)
    found = []
    for index, item in enumerate(value):
        at = f"{where}[{index}]"
        if not isinstance(item, dict) or set(item) != {"start", "end"}:
            _refuse(at, "an object with start and end, and nothing else", item)
        found.append(_span([item["start"], item["end"]], at))
    return tuple(found)


def _span(value: object, where: str) -> Span:
    if not isinstance(value, list) or len(value) != 2:
        _refuse(where, "a pair [start, end]", value)
    start, end = _whole(value[0], f"{where}[0]"), _whole(value[1], f"{where}[1]")
    if not 0 <= start <= end:
        raise FormatError(f"{where}: a span needs 0 <= start <= end")
    return Span(start, end)


def _string(value: object, where: str) -> str:
    if not isinstance(value, str):
        _refuse(where, "a string", value)
    return value


def _whole(value: object, where: str) -> int:
    if type(value) is not int:
        _refuse(where, "a whole number", value)
    return value


def _number(value: object, where: str) -> float:
    if type(value) not in (int, float) or not _finite(cast(float, value)):
        _refuse(where, "a finite number", value)
    return float(cast(float, value))


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number no float can hold
        return False


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        _refuse(where, "true or false", value)
    return value


def _time(value: object, where: str) -> datetime:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        _refuse(where, "a time such as 2024-05-31T08:30:00Z", value)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        _refuse(where, "a time the calendar has", value)


_READERS: dict[Any, Callable[[object, str], object]] = {
    str: _string,
    int: _whole,
    float: _number,
    bool: _flag,
    datetime: _time,
    Span: _span,
}


def _refuse(where: str, wanted: str, value: object) -> NoReturn:
    raise FormatError(f"{where}: wanted {wanted}, got {_shown(value)}")


def _shown(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "the string " + json.dumps(value[:40])
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"
