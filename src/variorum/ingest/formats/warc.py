"""Reports in web archives: WARC files as crawlers write them, packed record by record or not."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.decode import cleaned
from variorum.ingest.formats.asked import Asked
from variorum.ingest.formats.headers import Headers, NoHeaders, headers, parted
from variorum.ingest.formats.http import REPORT_TYPES, Answer, answer, text_of
from variorum.ingest.formats.named import stem_of
from variorum.ingest.formats.packed import members
from variorum.ingest.formats.stream import Stream
from variorum.ingest.item import Item
from variorum.ingest.metadata import UNSTATED
from variorum.ingest.values import address
from variorum.records import Refusal

MAGIC = b"WARC/"
_OPENS = re.compile(rb"WARC/\d\.\d{1,3}")
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)
# Bytes of a record in which its HTTP headers end.
_HEAD_BYTES = 131_072

At = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class _Record:
    """One record. block: its bytes, or where it is too large only the head of them. length: as it says."""

    headers: Headers
    block: bytes
    length: int


class _Damaged(Exception):
    """The file's frame of records is broken here; the text is one sentence."""


class _PassedOver(Exception):
    """A record that is no report, as most of a crawl are; the text says what it is."""


def warc_reports(stream: Stream, shown: str, asked: Asked, *, is_packed: bool) -> Iterator[Item | Refusal]:
    """The pages and texts that a web archive holds: responses with status 200, and resources.

    ``Item.raw`` is the payload as it lay (without HTTP headers, its encodings not undone), ``key`` the record's id;
    ``shown`` ends with the offset in the file at which the record begins, and for the second and later records packed
    together, how far into what was packed. Other records, other statuses, pictures and the like are counted and
    told of, not refused. Where the file is damaged the next whole record is looked for; each damage is one refusal.
    """
    passed: Counter[str] = Counter()
    for place, member in members(stream, asked.settings) if is_packed else iter(((None, stream),)):
        yield from _member(member, _places(shown, place), asked, passed)
    if stream.peek(1):
        yield Refusal(f"{shown}#{stream.place}", "From here on this file holds no record that can be read.")
    if passed:
        listed = ", ".join(f"{what} ({count:,})" for what, count in sorted(passed.items()))
        asked.say(f"{shown}: passed over: {listed}")


def _places(shown: str, member: int | None) -> At:
    """How a place inside a member is shown. member: where it begins in the file; ``None`` for what is not packed."""
    if member is None:
        return lambda inner: f"{shown}#{inner}"
    return lambda inner: f"{shown}#{member}+{inner}" if inner else f"{shown}#{member}"


def _member(stream: Stream, at: At, asked: Asked, passed: Counter[str]) -> Iterator[Item | Refusal]:
    """The reports of one packed member, or of a whole file that is not packed."""
    while True:
        place = stream.place
        try:
            record = _next(stream, asked.settings)
            if record is None:
                return
        except _Damaged as damage:
            yield Refusal(at(place), str(damage))
            if not _find_next(stream, place):
                return
            continue
        except InputRefused as refusal:
            yield Refusal(at(place), refusal.reason)
            return
        try:
            yield _item(record, at(place), asked)
        except _PassedOver as what:
            passed[str(what)] += 1
        except InputRefused as refusal:
            yield Refusal(at(place), refusal.reason, record.block[: asked.settings.first_bytes].hex() or None)


def _find_next(stream: Stream, place: int) -> bool:
    if stream.place == place:
        stream.skip(1)
    try:
        return stream.pass_to(MAGIC)
    except InputRefused:
        return False  # the damage before it was told of


def _next(stream: Stream, settings: Ingest) -> _Record | None:
    """The next record, taken whole with the empty lines that end it; ``None`` at the end."""
    opening = stream.line(100)
    if opening is None:
        return None
    if _OPENS.fullmatch(opening.raw) is None:
        raise _Damaged("No record begins here where one should.")
    try:
        found = headers(stream)
    except NoHeaders:
        raise _Damaged("The headers of this record cannot be read.") from None
    stated = found.get("content-length", "")
    if _LENGTH.fullmatch(stated) is None:
        raise _Damaged("This record does not say how long it is.")
    length = int(stated)
    most = length if length <= settings.largest_bytes + _HEAD_BYTES else _HEAD_BYTES
    block = stream.read(most)
    if len(block) < most or stream.skip(length - most) < length - most:
        raise _Damaged(f"This record breaks off: it says that it has {length:,} bytes.")
    if (ends := stream.peek(4)) and not ends.startswith((b"\r\n", b"\n")):
        raise _Damaged(f"This record does not end where it says, after {length:,} bytes.")
    while stream.peek(1) in (b"\r", b"\n"):
        stream.skip(1)
    return _Record(found, block, length)


def _item(record: _Record, shown: str, asked: Asked) -> Item:
    """The report in a record. Raises _PassedOver for one that holds none, InputRefused for one that cannot be read."""
    settings = asked.settings
    kind = record.headers.get("warc-type", "").lower()
    sent, payload = _payload(kind, record)
    media_type = parted(sent.get("content-type", ""))[0]
    if media_type not in REPORT_TYPES and media_type:
        raise _PassedOver(f"of type {_word(media_type)}")
    url = address(record.headers.get("warc-target-uri", "").strip("<>"), settings)
    if media_type == "text/plain" and (url or "").endswith("/robots.txt"):
        raise _PassedOver("robots.txt")
    if len(payload) > settings.largest_bytes or record.length > len(record.block):
        reason = f"This page is too large to be a report: the limit is {settings.largest_bytes:,} bytes."
        raise InputRefused(reason)
    if "warc-truncated" in record.headers:
        raise InputRefused("The crawler cut this page off, so that what it leaves out cannot be told.")
    if not payload.strip():
        raise _PassedOver("with nothing in them")
    return Item(
        shown=shown,
        raw=payload,
        content=text_of(payload, sent, settings),
        media_type=media_type or None,
        stated=replace(UNSTATED, url=url),
        key=_key(record.headers.get("warc-record-id"), settings),
        stem=stem_of(asked.name),
    )


def _payload(kind: str, record: _Record) -> tuple[Headers, bytes]:
    """What came with the payload and the payload; of a response, what stands after its HTTP headers."""
    if kind == "resource":
        return {"content-type": record.headers.get("content-type", "")}, record.block
    if kind != "response":
        raise _PassedOver(f"{_word(kind) or 'untyped'} records")
    if parted(record.headers.get("content-type", "application/http"))[0] != "application/http":
        raise _PassedOver("responses that are not of the web")
    stream = Stream(BytesIO(record.block).read)
    try:
        told: Answer = answer(stream)
    except NoHeaders:
        raise InputRefused("The HTTP headers of this record cannot be read.") from None
    if told.status != 200:
        raise _PassedOver(f"status {told.status or 'unknown'}")
    return told.headers, record.block[stream.place :]


def _word(stated: str) -> str:
    """A word that a file says, for a tally."""
    return "".join(char for char in cleaned(stated)[:40] if char.isprintable())


def _key(stated: str | None, settings: Ingest) -> str | None:
    key = "".join(cleaned(stated or "").strip("<> ").split())
    return key if 0 < len(key) <= settings.key_characters else None
