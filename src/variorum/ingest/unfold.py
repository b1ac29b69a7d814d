"""A whole input that holds a report a line or a row, taken apart into these."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.formats.export import Broken, Record
from variorum.ingest.formats.json_export import BOM, LINES, NOTHING, too_long
from variorum.ingest.formats.kinds import PARQUET_SUFFIX
from variorum.ingest.formats.named import bare, suffix_of
from variorum.ingest.formats.opened import Opened, held, opened
from variorum.ingest.formats.packed import GZIP, unpacked
from variorum.ingest.formats.stream import Stream
from variorum.ingest.formats.wide import narrowed
from variorum.ingest.raw import RawInput
from variorum.ingest.walk import Candidate


def is_lines(name: str) -> bool:
    """Whether a file of that name holds a report a line. What stands in it is not asked, as it may be split."""
    return suffix_of(name) in LINES


def is_rows(name: str) -> bool:
    """Whether a file of that name holds a report a row, and can be read group of rows by group."""
    return suffix_of(name) == PARQUET_SUFFIX and bare(name) == name


def unfolded(given: RawInput, *, settings: Ingest, group: int | None = None) -> Iterator[RawInput]:
    """The lines or rows of a whole input; anything else as it is.

    group: the one row group of a Parquet file that is wanted, counted from 0; ``None`` for all of them. Blank lines
    are counted and not given. Raises nothing: what cannot be read is a piece that is refused.
    """
    if given.kind not in ("place", "bytes") or not (is_lines(given.shown) or is_rows(given.shown)):
        yield given
        return
    head = b""
    try:
        with _opened(given) as found:
            head = found.stream.peek(settings.first_bytes)
            if is_rows(given.shown):
                yield from _rows(found, given.shown, settings, group)
            else:
                yield from _lines(found.stream, given.shown, settings)
    except InputRefused as refusal:
        yield RawInput(given.shown, "refused", raw=head or None, reason=refusal.reason)


def row_groups(given: RawInput, *, settings: Ingest) -> Iterator[tuple[RawInput, int | None]]:
    """A Parquet file that lies at a place once for each row group, with its index; anything else once, with none."""
    if given.kind != "place" or not is_rows(given.shown):
        yield given, None
        return
    from variorum.ingest.formats.parquet import groups

    try:
        with _opened(given) as found:
            indices = [group.index for group in groups(found.sought(settings), settings)]
    except InputRefused:
        yield given, None  # taking it apart will say why
        return
    for index in indices:
        yield given, index


def line_of(shown: str, number: int, raw: bytes, size: int, *, settings: Ingest) -> RawInput | None:
    """One line as a piece; ``None`` for a blank one.

    raw: its bytes without the newline that ends it; only the first of them where it is longer than a report may be
    with its carriage return. size: how many it has.
    """
    limit = settings.largest_bytes
    line = raw[:-1] if raw.endswith(b"\r") and size == len(raw) else raw
    if size - (len(raw) - len(line)) > limit:
        return _long(shown, number, line, settings)
    return RawInput(shown, "line", number, line) if line.strip() else None


def _opened(given: RawInput) -> AbstractContextManager[Opened]:
    if given.kind == "bytes":
        return nullcontext(held(given.raw or b""))
    return opened(Candidate(Path(given.place or ""), given.shown), None)


def _lines(stream: Stream, shown: str, settings: Ingest) -> Iterator[RawInput]:
    packed = stream.peek(len(GZIP)) == GZIP
    plain = narrowed(unpacked(stream, settings) if packed else stream)
    if plain.peek(len(BOM)) == BOM:
        plain.skip(len(BOM))
    number = 0
    is_empty = True
    while (line := plain.line(settings.largest_bytes)) is not None:
        number += 1
        if not line.is_whole:
            is_empty = False
            yield _long(shown, number, line.raw, settings)
        elif line.raw.strip():
            is_empty = False
            yield RawInput(shown, "line", number, line.raw)
    if is_empty:
        yield nothing(shown)


def nothing(shown: str) -> RawInput:
    """A file of lines with no line in it that is not blank."""
    return RawInput(shown, "refused", reason=NOTHING)


def _long(shown: str, number: int, line: bytes, settings: Ingest) -> RawInput:
    reason = too_long("line", settings.largest_bytes)
    return RawInput(shown, "refused", number, line[: settings.first_bytes], reason=reason)


def _rows(found: Opened, shown: str, settings: Ingest, group: int | None) -> Iterator[RawInput]:
    # Imported here: few inputs are Parquet, and what reads it takes a while to load.
    from variorum.ingest.formats.parquet import groups, rows

    file = found.sought(settings)
    for one in groups(file, settings):
        if group is None or one.index == group:
            for row in rows(file, one, settings):
                yield _row(row, shown)


def _row(row: Record | Broken, shown: str) -> RawInput:
    if isinstance(row, Record):
        return RawInput(shown, "row", row.place, row.raw)
    return replace(RawInput(shown, "refused", row.place, reason=row.reason), raw=row.raw or None)
