"""The objects of a JSON file one after the other, found by their brackets, so that no file is too large."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from variorum.config.ingest import Ingest
from variorum.ingest.formats.stream import Stream

State = Literal["whole", "long", "deep", "unfinished", "stray"]
_MARK = re.compile(rb'["\\{}\[\]]')
_BETWEEN = b" \t\r\n,"
_STRAY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Value:
    """One value that stands in the list, or by itself. raw: its bytes, or the head of what is not whole."""

    raw: bytes
    state: State


def values(stream: Stream, settings: Ingest) -> Iterator[Value]:
    """The objects of one list, or those that follow each other with no list around them.

    Objects are told apart by brackets outside strings; whether each is JSON is for who reads it. Ends where the list
    does; after what is neither value nor comma, since nothing says where to go on, it ends with a ``stray``.
    """
    while stream.peek(1) in (b" ", b"\t", b"\r", b"\n"):
        stream.skip(1)
    in_list = stream.peek(1) == b"["
    stream.skip(in_list)
    scan = _Scan(settings, in_list)
    while not scan.is_over and (chunk := stream.some()):
        yield from scan.feed(chunk)
    yield from scan.end()


class _Scan:
    """Where in the file the reading stands: how many brackets are open, and the bytes of the value so far."""

    def __init__(self, settings: Ingest, in_list: bool) -> None:
        self.is_over = False
        self._in_list = in_list
        self._most, self._deepest = settings.largest_bytes, settings.export_depth
        self._depth = self._size = 0
        self._is_deep = self._in_string = self._is_escaped = False
        self._pieces: list[bytes] = []

    def feed(self, chunk: bytes) -> Iterator[Value]:
        """The values that end in ``chunk``."""
        start, at = 0, int(self._is_escaped)
        self._is_escaped = False
        while (mark := _MARK.search(chunk, at)) is not None:
            at = mark.end()
            if self._depth == 0:
                if (over := self._between(chunk[start : mark.start()], mark[0])) is not None:
                    yield from over
                    return
                start = mark.start()
            if self._in_string or mark[0] in b'"\\':
                at += self._within_string(mark[0], at == len(chunk))
                continue
            self._depth += 1 if mark[0] in b"{[" else -1
            self._is_deep |= self._depth > self._deepest
            if self._depth == 0:
                self._add(chunk[start:at])
                yield self._closed()
                start = at
        if self._depth:
            self._add(chunk[start:])
        elif stray := chunk[start:].strip(_BETWEEN):
            self.is_over = True
            yield Value(stray[:_STRAY_BYTES], "stray")

    def end(self) -> Iterator[Value]:
        """The value that was never closed, where there is one."""
        if self._depth:
            yield Value(b"".join(self._pieces)[:_STRAY_BYTES], "unfinished")

    def _between(self, passed: bytes, sign: bytes) -> list[Value] | None:
        """What ends the reading between two values: nothing at the list's own end, else what should not be there."""
        stray = passed.strip(_BETWEEN)
        if not stray and sign in b"{[":
            return None
        self.is_over = True
        is_end = not stray and self._in_list and sign == b"]"
        return [] if is_end else [Value((stray or sign)[:_STRAY_BYTES], "stray")]

    def _within_string(self, sign: bytes, is_last: bool) -> int:
        """How many bytes after ``sign`` are no marks: the one that a backslash escapes."""
        if sign == b'"':
            self._in_string = not self._in_string
        elif sign == b"\\" and self._in_string:
            self._is_escaped = is_last
            return 1
        return 0

    def _add(self, piece: bytes) -> None:
        if self._size <= self._most:
            self._pieces.append(piece)
        self._size += len(piece)

    def _closed(self) -> Value:
        state: State = "long" if self._size > self._most else "deep" if self._is_deep else "whole"
        value = Value(b"".join(self._pieces), state)
        self._pieces, self._size, self._is_deep = [], 0, False
        return value
