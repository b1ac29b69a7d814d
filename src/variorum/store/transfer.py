"""An archive as one file that any release and either database can take: gzipped JSON Lines.

The first line names the format and counts the rows of every table, then comes a line a row, table after table;
the last has the number of rows and the sha256 of all lines before it. Bytes are base64.
"""

import base64
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, BinaryIO, NoReturn

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from variorum.config import Store
from variorum.errors import ArchiveError, FormatError, UsageError
from variorum.store import judgements, rows
from variorum.store.adding import index
from variorum.store.tables import METADATA, STORIES
from variorum.text import digest

FORMAT = "variorum/archive/1"
_AT_ONCE = 200
_LONGEST_LINE = 128 * 1024 * 1024  # bytes; a report's own bytes are at most 20 MB, packed and then half as long again


def export(connection: Connection, file: BinaryIO, *, release: str) -> int:
    """Write everything an archive holds, as it stands when the transaction begins. Returns the number of rows.

    The same archive gives the same bytes.
    """
    counts = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in _tables()
    }
    hashed, written = sha256(), 0
    with gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        for line in _lines(connection, {"format": FORMAT, "release": release, "rows": counts}):
            hashed.update(line)
            packed.write(line)
            written += 1
        packed.write(_line({"end": written - 1, "sha256": hashed.hexdigest()}))
    return written - 1


def take(connection: Connection, file: BinaryIO) -> int:
    """Read what :func:`export` wrote into an empty archive. Returns the number of rows.

    To be called in a transaction that writes. Raises FormatError, one sentence, where the file is none, ends early,
    or does not have the digest it names; then nothing of it may be kept. Raises it too where the archive holds
    something already.
    """
    for table in _tables():
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise FormatError("an archive can only be brought into an empty one; this one holds something already")
    lines = _read(file)
    tables = {table.name: table for table in _tables()}
    wanted = _head(next(lines, b""))
    hashed, counts = sha256(_line(wanted)), dict.fromkeys(wanted["rows"], 0)
    end: dict[str, Any] | None = None
    waiting: list[dict[str, Any]] = []
    merged: list[tuple[str, str]] = []
    for number, line in enumerate(lines, start=2):
        row = _object(line, number)
        if "end" in row:
            end = row
            break
        hashed.update(line)
        name, columns = row.get("in"), row.get("row")
        if name not in tables or not isinstance(columns, dict):
            _refuse(f"line {number} is a row of no table this release knows")
        counts[name] = counts.get(name, 0) + 1
        if waiting and (waiting[0]["in"] != name or len(waiting) == _AT_ONCE):
            _put(connection, tables, waiting)
        if name == "stories" and columns.get("merged_into"):  # it may come before what it became part of
            merged.append((str(columns.get("id")), str(columns["merged_into"])))
            columns = {**columns, "merged_into": None}
        waiting.append({"in": name, "row": columns, "at": number})
    _put(connection, tables, waiting)
    for story, into in merged:
        connection.execute(update(STORIES).where(STORIES.c.id == story).values(merged_into=into))
    if end is None or next(lines, None) is not None:
        _refuse("it ends before its last line" if end is None else "something stands after its last line")
    if end.get("sha256") != hashed.hexdigest() or counts != wanted["rows"]:
        _refuse("it is not as it was written: its digest is another")
    _restart_numbers(connection)
    return sum(counts.values())


def _tables() -> list[Table]:
    return list(METADATA.sorted_tables)


def _lines(connection: Connection, head: dict[str, Any]) -> Iterator[bytes]:
    yield _line(head)
    for table in _tables():
        keys = [_lettered(connection, column) for column in table.primary_key.columns]
        asked = select(table).order_by(*keys)
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(asked).mappings():
            columns = {
                name: base64.b64encode(value).decode() if isinstance(value, bytes) else value
                for name, value in row.items()
            }
            yield _line({"in": table.name, "row": columns})


def _lettered(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """A column in the order of its letters' numbers: two databases have two ideas of an alphabet."""
    is_text = isinstance(column.type, String | Text) and connection.dialect.name != "sqlite"
    return column.collate("C") if is_text else column


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _read(file: BinaryIO) -> Iterator[bytes]:
    try:
        with io.BufferedReader(gzip.GzipFile(fileobj=file)) as packed:
            while line := packed.readline(_LONGEST_LINE):
                if not line.endswith(b"\n"):
                    _refuse("a line of it is too long, or it ends in the middle of one")
                yield line
    except (OSError, EOFError, zlib.error):
        _refuse("it is no gzip file, or it is damaged")


def _head(line: bytes) -> dict[str, Any]:
    head = _object(line, 1)
    if head.get("format") != FORMAT:
        _refuse(f"its format is {str(head.get('format'))[:40]!r}, not {FORMAT!r}")
    counts = head.get("rows")
    if not isinstance(counts, dict) or not all(isinstance(count, int) for count in counts.values()):
        _refuse("its first line counts no rows")
    return head


def _object(line: bytes, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        _refuse(f"line {number} is no JSON")
    if not isinstance(value, dict):
        _refuse(f"line {number} is no object")
    return value


def _put(connection: Connection, tables: dict[str, Table], waiting: list[dict[str, Any]]) -> None:
    if not waiting:
        return
    table = tables[waiting[0]["in"]]
    ready = [_columns(table, one["row"], one["at"]) for one in waiting]
    first = waiting[0]["at"]
    try:
        _check(table, ready)
        connection.execute(insert(table), ready)
        if table.name == "articles":
            for row in ready:
                index(connection, row["seq"], rows.article(row["record"], row["text"]))
    except (IntegrityError, DataError, ArchiveError, UsageError, OverflowError, TypeError, ValueError):
        _refuse(f"what stands at line {first} and after it cannot be a row of {table.name}")
    except StatementError as error:
        if isinstance(error, DBAPIError):
            raise
        _refuse(f"what stands at line {first} and after it cannot be a row of {table.name}")
    waiting.clear()


def _check(table: Table, ready: list[dict[str, Any]]) -> None:
    """Hold digests against what they are of. Raises an error of ours or ValueError where a row cannot be kept."""
    for row in ready:
        if table.name == "raws" and sha256(rows.unpacked(row["packed"], row["size"])).hexdigest() != row["sha256"]:
            raise ValueError(row["sha256"])
        if table.name == "articles" and (digest(row["outlet"], row["text"]) != row["id"] or row["seq"] is None):
            raise ValueError(row["id"])
        if table.name == "judgements":
            judgements.refuse_unbounded(judgements.formed(row), Store())


def _columns(table: Table, row: dict[str, Any], number: int) -> dict[str, Any]:
    if set(row) != set(table.c.keys()):
        _refuse(f"line {number} has other columns than {table.name} have")
    try:
        return {
            name: base64.b64decode(value, validate=True)
            if isinstance(table.c[name].type, LargeBinary) and value is not None
            else value
            for name, value in row.items()
        }
    except (ValueError, TypeError):
        _refuse(f"line {number} has bytes that are no base64")


def _restart_numbers(connection: Connection) -> None:
    """PostgreSQL counts rows by itself and has not seen those that came with a number."""
    if connection.dialect.name == "sqlite":
        return
    for table, column in (("articles", "seq"), ("changes", "number")):
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), "  # noqa: S608 - constants only
                f"coalesce((SELECT max({column}) FROM {table}), 0) + 1, false)"
            )
        )


def _refuse(why: str) -> NoReturn:
    raise FormatError(f"this is no export of an archive that can be read: {why}")
