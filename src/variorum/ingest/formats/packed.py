"""Packed bytes unpacked within bounds: gzip, member by member, and the encodings of the web."""

import zlib
from collections.abc import Callable, Iterator

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.formats.stream import Stream

GZIP = b"\x1f\x8b\x08"
_CHUNK = 65_536
_EITHER = 32 + zlib.MAX_WBITS  # gzip or zlib, as the bytes say
_BOMB = "This unpacks to more than {ratio:,} times its size, which no report does: it is not read further."
_DAMAGED = "This is damaged: it cannot be unpacked from here on."
_BREAKS_OFF = "This breaks off: the end of what was packed is missing."


def first_unpacked(packed: bytes, most: int) -> bytes:
    """At most ``most`` of the first bytes that ``packed``, a beginning, gives; none where it gives none."""
    try:
        return zlib.decompressobj(_EITHER).decompress(packed, most)
    except zlib.error:
        return b""


def unpacked(stream: Stream, settings: Ingest) -> Stream:
    """What a gzip stream holds, its members joined. Reading it raises InputRefused where it cannot go on."""
    pieces = (piece for _, member in members(stream, settings) for piece in _pieces(member))
    return Stream(lambda _: next(pieces, b""))


def members(stream: Stream, settings: Ingest) -> Iterator[tuple[int, Stream]]:
    """The members of a gzip stream: the place each begins at, and its bytes, to be read before the next is asked for.

    Reading a member raises InputRefused where it is damaged, breaks off or is a bomb; the next one asked for is
    then the next that is whole enough to begin. What follows the last member and is none is passed over, as gzip does.
    """
    while stream.peek(len(GZIP)) == GZIP:
        place = stream.place
        member = _Member(stream, settings)
        yield place, Stream(member.read)
        if not member.is_done and not member.is_broken:
            _drain(member)
        if member.is_broken and not _find_next(stream):
            return


def _pieces(stream: Stream) -> Iterator[bytes]:
    while piece := stream.some():
        yield piece


def _drain(member: "_Member") -> None:
    try:
        while member.read(_CHUNK):
            pass
    except InputRefused:
        return  # what reads the members has stopped asking of this one


def _find_next(stream: Stream) -> bool:
    """Go to the next member of an archive's records. A few chance bytes that look like one begin with no record."""
    while stream.pass_to(GZIP):
        if first_unpacked(stream.peek(4_096), 5) == b"WARC/":
            return True
        stream.skip(1)
    return False


class _Member:
    """One member of a gzip stream, unpacked as it is read."""

    def __init__(self, stream: Stream, settings: Ingest) -> None:
        self._stream, self._settings = stream, settings
        self._inflate = zlib.decompressobj(_EITHER)
        self._packed = self._given = 0
        self._waiting = b""
        self.is_done = self.is_broken = False

    def read(self, most: int) -> bytes:
        """At least one byte and at most ``most``; none at the end."""
        while not self.is_done:
            chunk = self._waiting or self._stream.some(16_384)
            self._packed += 0 if self._waiting else len(chunk)
            try:
                piece = self._inflate.decompress(chunk, max(1, min(most, _CHUNK)))
            except zlib.error:
                self._stream.put_back(chunk)
                if self._packed <= len(chunk):
                    self._stream.skip(1)  # else the search for the next member would find this one
                self._waiting = b""
                raise self._broken(_DAMAGED) from None
            self._waiting = self._inflate.unconsumed_tail
            if not chunk and not piece and not self._inflate.eof:
                raise self._broken(_BREAKS_OFF)
            if self._inflate.eof:
                self._stream.put_back(self._inflate.unused_data)
                self.is_done = True
            self._given += len(piece)
            if self._given > self._settings.largest_bytes and self._given > self._settings.packed_ratio * self._packed:
                raise self._broken(_BOMB.format(ratio=self._settings.packed_ratio))
            if piece:
                return piece
        return b""

    def _broken(self, reason: str) -> InputRefused:
        self.is_broken = self.is_done = True
        self._stream.put_back(self._waiting)
        self._waiting = b""
        return InputRefused(reason)


def undone(payload: bytes, encoding: str, settings: Ingest) -> bytes:
    """The bytes that HTTP sent under a content encoding. Raises InputRefused for one that cannot be undone.

    encoding: gzip, x-gzip, deflate, br or identity. Servers name encodings they did not use: bytes that do not
    begin like the encoding are taken as they are.
    """
    if encoding in ("", "identity", "none", "utf-8"):
        return payload
    if encoding in ("gzip", "x-gzip"):
        if not payload.startswith(GZIP):
            return payload
        return _whole(zlib.decompressobj(_EITHER).decompress, payload, settings)
    if encoding == "deflate":
        bare = not first_unpacked(payload[:4_096], 1)  # some servers send it without zlib's frame
        return _whole(zlib.decompressobj(-zlib.MAX_WBITS if bare else _EITHER).decompress, payload, settings)
    if encoding == "br":
        return _brotli(payload, settings)
    raise InputRefused(f"This was sent in an encoding that is not read: {encoding[:40]}.")


def _whole(decompress: Callable[[bytes, int], bytes], payload: bytes, settings: Ingest) -> bytes:
    """One packed payload in one piece; what a server cut off is as long as it is."""
    try:
        found = decompress(payload, settings.largest_bytes + 1)
    except zlib.error:
        raise InputRefused(_DAMAGED) from None
    return _bounded(found, settings)


def _brotli(payload: bytes, settings: Ingest) -> bytes:
    import brotli

    try:
        found = brotli.Decompressor().process(payload, output_buffer_limit=settings.largest_bytes + 1)
    except brotli.error:
        raise InputRefused(_DAMAGED) from None
    return _bounded(found, settings)


def _bounded(found: bytes, settings: Ingest) -> bytes:
    if len(found) > settings.largest_bytes:
        raise InputRefused(f"This unpacks to more than the limit of {settings.largest_bytes:,} bytes.")
    return found
