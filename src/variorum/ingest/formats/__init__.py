"""Which reports an input holds: a file of its own is one, a container many.

In comes a candidate, out come its items one by one, each bounded, with one refusal for whatever could not be read.
What a format is, its own module says; :mod:`~variorum.ingest.formats.kinds` tells them apart.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.formats.asked import Asked, Listed
from variorum.ingest.formats.json_export import is_ours, json_reports
from variorum.ingest.formats.kinds import HEAD_BYTES, Kind, kind_of
from variorum.ingest.formats.opened import Opened, held, opened
from variorum.ingest.formats.packed import GZIP, first_unpacked, unpacked
from variorum.ingest.formats.stream import Stream
from variorum.ingest.formats.table import table_reports
from variorum.ingest.formats.warc import warc_reports
from variorum.ingest.formats.whole import taken, too_large, whole_item
from variorum.ingest.formats.wide import narrowed
from variorum.ingest.formats.zipped import zip_reports
from variorum.ingest.item import Item
from variorum.ingest.walk import Candidate
from variorum.records import Received, Refusal

__all__ = ["digests", "held_items", "items"]

_OURS = "This is what variorum itself wrote, and no report."
_PACKED_TWICE = "This is packed within what is packed, which is not read: unpack it first."
_MANY: frozenset[Kind] = frozenset(("warc", "json", "table", "parquet"))
# Packed bytes that are enough to see what they begin with once unpacked.
_PACKED_HEAD_BYTES = 16_384


def items(
    candidate: Candidate,
    stdin: BinaryIO | None = None,
    *,
    settings: Ingest,
    fields: Mapping[str, str] | None = None,
    tell: Callable[[str], None] | None = None,
    listed: Listed | None = None,
) -> Iterator[Item | Received | Refusal]:
    """The reports that ``candidate`` holds, one by one, and what in it could not be read.

    stdin: read in place of standard input. fields: the column or field of an export that holds each of ours, by our
    name (``formats.fields.FIELDS``). tell: called with one sentence on what was passed over and is no fault.
    listed: reads a feed with its pages, which makes articles at once; without it a feed gives what it carries whole.
    """
    yield from _items(candidate, stdin, Asked(settings, candidate.shown, fields, tell, listed=listed))


def held_items(
    raw: bytes,
    shown: str,
    *,
    settings: Ingest,
    fields: Mapping[str, str] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Iterator[Item | Received | Refusal]:
    """The reports of a whole input that is held in memory: what :func:`items` gives of a file with these bytes."""
    candidate = Candidate(Path(shown), shown)
    yield from _told(held(raw), candidate, Asked(settings, shown, fields, tell))


def digests(path: Path, shown: str, wanted: Collection[str], *, settings: Ingest | None = None) -> dict[str, str]:
    """The SHA-256 of the bytes of reports that lie in a container, in hexadecimal, by the name each is shown under.

    path: the container. shown: its own name, with which those in ``wanted`` begin. What it does not hold is left out.
    """
    asked = Asked(settings or Ingest(), shown, only_bytes=True)
    found: dict[str, str] = {}
    for one in _items(Candidate(path, shown), None, asked):
        if isinstance(one, Item) and one.shown in wanted:
            found[one.shown] = sha256(one.raw).hexdigest()
            if len(found) == len(wanted):
                break
    return found


def _items(candidate: Candidate, stdin: BinaryIO | None, asked: Asked) -> Iterator[Item | Received | Refusal]:
    try:
        with opened(candidate, stdin) as given:
            yield from _told(given, candidate, asked)
    except InputRefused as refusal:
        yield Refusal(candidate.shown, refusal.reason)


def _told(given: Opened, candidate: Candidate, asked: Asked) -> Iterator[Item | Received | Refusal]:
    """What an input holds; what is said of it as a whole comes with the bytes it begins with."""
    first = b""
    try:
        first = given.stream.peek(asked.settings.first_bytes)
        for one in _reports(given, candidate, asked):
            if isinstance(one, Refusal) and one.path == candidate.shown:
                one = replace(one, first_bytes=first.hex() or None)
            yield one
    except InputRefused as refusal:
        yield Refusal(candidate.shown, refusal.reason, first.hex() or None)


def _reports(given: Opened, candidate: Candidate, asked: Asked) -> Iterator[Item | Received | Refusal]:
    shown, settings = candidate.shown, asked.settings
    head, is_packed = _head(given.stream, settings)
    kind = kind_of(head, asked.name)
    if kind == "json" and is_ours(head):
        if candidate.is_asked:
            raise InputRefused(_OURS)
        asked.say(f"{shown}: passed over: it is what variorum itself wrote")
        return
    if kind not in _MANY and kind != "zip" and given.size is not None and given.size > settings.largest_bytes:
        raise InputRefused(too_large(given.size, settings.largest_bytes))
    if kind == "zip" and not is_packed:
        yield from zip_reports(given.sought(settings), shown, asked, _inside)
        return
    if kind == "parquet" and not is_packed:
        yield from _rows(given.sought(settings), shown, asked)
        return
    yield from _read(given.stream, kind, shown, asked, is_packed=is_packed)


def _rows(file: BinaryIO, shown: str, asked: Asked) -> Iterator[Item | Refusal]:
    # Imported here: few inputs are Parquet, and what reads it takes a while to load.
    from variorum.ingest.formats.parquet import parquet_reports

    yield from parquet_reports(file, shown, asked)


def _inside(stream: Stream, shown: str, asked: Asked) -> Iterator[Item | Received | Refusal]:
    """The reports of a member of an archive."""
    head, is_packed = _head(stream, asked.settings)
    kind = kind_of(head, asked.name)
    if kind == "json" and is_ours(head):
        asked.say(f"{shown}: passed over: it is what variorum itself wrote")
        return
    yield from _read(stream, kind, shown, asked, is_packed=is_packed)


def _head(stream: Stream, settings: Ingest) -> tuple[bytes, bool]:
    """How an input begins once unpacked, and whether it is packed."""
    head = stream.peek(min(HEAD_BYTES, settings.largest_bytes + 1))
    if not head.startswith(GZIP):
        return head, False
    return first_unpacked(stream.peek(_PACKED_HEAD_BYTES), HEAD_BYTES), True


def _read(
    stream: Stream, kind: Kind, shown: str, asked: Asked, *, is_packed: bool
) -> Iterator[Item | Received | Refusal]:
    """The reports of a stream of a kind that is read from the front."""
    settings = asked.settings
    if kind == "warc":
        yield from warc_reports(stream, shown, asked, is_packed=is_packed)
    elif kind in ("json", "table"):
        plain = narrowed(unpacked(stream, settings) if is_packed else stream)
        yield from json_reports(plain, shown, asked) if kind == "json" else table_reports(plain, shown, asked)
    elif kind == "parquet":
        # Read from its end, so that one that comes from the front only is held, up to the limit of one report.
        yield from _rows(BytesIO(taken(unpacked(stream, settings) if is_packed else stream, settings)), shown, asked)
    elif kind == "feed":
        raw = taken(stream, settings)
        held = taken(unpacked(Stream(BytesIO(raw).read), settings), settings) if is_packed else raw
        if asked.listed is not None:
            yield from asked.listed(held, shown)
            return
        # Imported here: feedparser is seldom wanted.
        from variorum.ingest.feeds import feed_items

        yield from feed_items(held, shown, settings=settings)
    elif kind == "xml":
        if b"<!ENTITY" in stream.peek(HEAD_BYTES):
            raise InputRefused("This declares XML entities, which can be made to grow without end: it is not read.")
        raise InputRefused("This is XML, and neither a page nor a feed.")
    elif kind in ("zip", "gzip"):
        raise InputRefused(_PACKED_TWICE)
    else:
        yield whole_item(stream, shown, asked, is_packed=is_packed, is_mhtml=kind == "mhtml")
