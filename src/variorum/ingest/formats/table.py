"""Reports in a table: CSV and TSV, as spreadsheets, archives and scripts write them."""

import csv
import json
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.decode import narrow
from variorum.ingest.formats.asked import Asked
from variorum.ingest.formats.export import Broken, Record, reports
from variorum.ingest.formats.fields import find, shown_names
from variorum.ingest.formats.named import suffix_of
from variorum.ingest.formats.stream import Stream
from variorum.ingest.item import Item
from variorum.records import Refusal

SUFFIXES = frozenset((".csv", ".tsv"))
_DELIMITERS = (",", ";", "\t", "|")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row, or why it cannot be read. line: the number of the line it begins on."""

    line: int
    cells: tuple[str, ...] = ()
    reason: str | None = None
    head: bytes = b""


def table_reports(stream: Stream, shown: str, asked: Asked) -> Iterator[Item | Refusal]:
    """The reports of a table whose first row names its columns.

    ``Item.raw`` is the row as a JSON object in the columns' order, UTF-8: cut out of its table, a row of CSV
    says nothing of what its cells are. ``shown`` ends with the number of the line that the row begins on.
    """
    rows = _Rows(stream, suffix_of(asked.name), asked.settings).rows()
    heading = next(rows, None)
    try:
        names = _names(heading, asked)
    except InputRefused as refusal:
        yield Refusal(shown, refusal.reason)
        return
    yield from reports((_record(row, names, asked.settings) for row in rows), shown, asked)


def _names(heading: _Row | None, asked: Asked) -> tuple[str, ...]:
    if heading is None or heading.reason is not None:
        raise InputRefused("This table has no row that names its columns." if heading is None else str(heading.reason))
    most = asked.settings.export_names
    if len(heading.cells) > most:
        raise InputRefused(f"This table has more than {most:,} columns.")
    names = tuple(name.strip() or f"column {number}" for number, name in enumerate(heading.cells, start=1))
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise InputRefused(f"More than one column of this table has the same name: {shown_names(twice)}.")
    known = find(dict.fromkeys(names, "any"), asked.fields).values
    if not (asked.fields or asked.only_bytes) and "text" not in known and "html" not in known:
        raise InputRefused(f"No column of this table is known to hold a text; there are: {shown_names(names)}.")
    return names


def _record(row: _Row, names: tuple[str, ...], settings: Ingest) -> Record | Broken:
    if row.reason is None and len(row.cells) > len(names):
        reason = f"This row has {len(row.cells):,} cells, and the table {len(names):,} columns."
        return Broken(row.line, row.head, reason)
    if row.reason is not None:
        return Broken(row.line, row.head, row.reason)
    values = dict(zip(names, row.cells, strict=False))
    raw = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
    if len(raw) > settings.largest_bytes:
        return Broken(row.line, row.head, "This row is too long to be a report.")
    return Record(row.line, raw, values)


class _Rows:
    """The rows of a table, each with the line it begins on; a quotation mark never closed spoils one row only."""

    def __init__(self, stream: Stream, suffix: str, settings: Ingest) -> None:
        self._stream, self._settings = stream, settings
        self._number = 0
        self._again: deque[str] = deque()
        self._passed: list[str] = []
        self._size = 0
        self._unclosed = 0
        self._long = False
        self._delimiter = "\t" if suffix == ".tsv" else self._guessed()

    def rows(self) -> Iterator[_Row]:
        # The module's own bound on a cell is global, and lower than a long report.
        csv.field_size_limit(max(csv.field_size_limit(), self._settings.largest_bytes))
        reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)
        while True:
            begins = self._number + 1
            self._passed, self._size, self._long = [], 0, False
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _TooLong) as error:
                yield self._spoilt(begins, str(error))
                reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)
                continue
            if any(cell.strip() for cell in cells):
                yield _Row(begins, tuple(cells), head=self._head())

    def _spoilt(self, begins: int, error: str) -> _Row:
        """A row that cannot be read. What an unclosed mark swallowed is read again from its second line on."""
        head = self._head()
        is_unclosed = "unexpected end" in error or len(self._passed) > 1
        if self._long and len(self._passed) <= 1:
            return _Row(begins, reason="This row is too long to be a report.", head=head)
        if not is_unclosed:
            return _Row(begins, reason="In this row something stands after a closing quotation mark.", head=head)
        self._unclosed += 1
        if self._unclosed > self._settings.table_unclosed:
            reason = "A quotation mark is not closed in this row, as in many above: what it holds back is not read."
            return _Row(begins, reason=reason, head=head)
        self._again.extendleft(reversed(self._passed[1:]))
        self._number = begins
        return _Row(begins, reason="A quotation mark in this row is not closed where it should be.", head=head)

    def _head(self) -> bytes:
        return self._passed[0].encode("utf-8", "replace")[: self._settings.first_bytes] if self._passed else b""

    def _lines(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else self._next()
            if line is None:
                return
            self._number += 1
            self._passed.append(line)
            self._size += len(line)
            if self._long or self._size > self._settings.largest_bytes:
                self._long = True
                raise _TooLong
            yield line

    def _next(self) -> str | None:
        found = self._stream.line(self._settings.largest_bytes)
        if found is None:
            return None
        self._long = not found.is_whole
        text = narrow(found.raw) + "\n"
        return text.removeprefix(_BOM) if found.place == 0 else text

    def _guessed(self) -> str:
        """What parts the cells of the heading: spreadsheets of half of Europe write semicolons."""
        heading = narrow(self._stream.peek(4_096).partition(b"\n")[0])
        return max(_DELIMITERS, key=lambda sign: (heading.count(sign), -_DELIMITERS.index(sign)))


class _TooLong(Exception):
    """More lines belong to one row than a report can have."""
