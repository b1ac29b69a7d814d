"""Bytes that come once, from the front: what follows can be looked at before it is taken."""

from collections.abc import Callable
from dataclasses import dataclass

_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Line:
    """One line with no line end. place: offset of its first byte. is_whole: ``False`` where only its head is here."""

    raw: bytes
    place: int
    is_whole: bool


class Stream:
    """A forward reader over ``read(n)``, which gives at most ``n`` bytes and none at the end.

    place: offset of the next byte. Holds at most one chunk more than what was asked for.
    """

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._held = b""
        self._at = 0
        self.place = 0

    def peek(self, most: int) -> bytes:
        """The next ``most`` bytes, fewer at the end; they stay."""
        if len(self._held) - self._at < most:
            self._fill(most)
        return self._held[self._at : self._at + most]

    def read(self, most: int) -> bytes:
        """The next ``most`` bytes, fewer at the end."""
        taken = self.peek(most)
        self._pass(len(taken))
        return taken

    def some(self, most: int = _CHUNK) -> bytes:
        """Any number of bytes that are at hand, at least one but at the end: what costs no waiting for more."""
        if self._at == len(self._held):
            self._more(most)
        taken = self._held[self._at : self._at + most]
        self._pass(len(taken))
        return taken

    def put_back(self, taken: bytes) -> None:
        """Bytes that were taken last, to be taken again."""
        self._held, self._at = taken + self._held[self._at :], 0
        self.place -= len(taken)

    def skip(self, count: int) -> int:
        """Pass over ``count`` bytes in constant memory; how many there were."""
        left = count
        while left and (taken := self.some(min(left, _CHUNK))):
            left -= len(taken)
        return count - left

    def line(self, most: int) -> Line | None:
        """The next line, whatever ends it; of one longer than ``most`` its head, the rest passed over.

        ``None`` at the end. A carriage return alone ends no line.
        """
        place, pieces, size = self.place, [], 0
        is_open = True
        while is_open and (self._at < len(self._held) or self._more()):
            end = self._held.find(b"\n", self._at) + 1
            is_open = not end
            end = end or len(self._held)
            if size <= most:
                pieces.append(self._held[self._at : min(end, self._at + most + 2 - size)])
            size += end - self._at
            self._pass(end - self._at)
        if not size:
            return None
        raw = b"".join(pieces)
        raw = raw[:-1] if raw.endswith(b"\n") else raw
        raw = raw[:-1] if raw.endswith(b"\r") else raw
        return Line(raw[:most], place, size <= most + 2 and len(raw) <= most)

    def pass_to(self, mark: bytes) -> bool:
        """Go on to where ``mark`` begins; whether there is one."""
        while True:
            seen = self.peek(_CHUNK)
            at = seen.find(mark)
            if at >= 0:
                self._pass(at)
                return True
            if len(seen) < _CHUNK:
                self._pass(len(seen))
                return False
            self._pass(len(seen) - len(mark) + 1)

    def _more(self, most: int = _CHUNK) -> bool:
        self._held, self._at = self._read(most), 0
        return bool(self._held)

    def _pass(self, count: int) -> None:
        self._at += count
        self.place += count

    def _fill(self, most: int) -> None:
        pieces = [self._held[self._at :]]
        size = len(pieces[0])
        while size < most and (piece := self._read(min(most - size, 1 << 20))):
            pieces.append(piece)
            size += len(piece)
        self._held, self._at = b"".join(pieces), 0
