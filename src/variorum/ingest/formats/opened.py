"""An input opened to be read once, from the front."""

import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.formats.stream import Stream
from variorum.ingest.formats.whole import taken
from variorum.ingest.walk import STANDARD_INPUT, Candidate, why


@dataclass(frozen=True, slots=True)
class Opened:
    """An input. file: what can be sought in, ``None`` for what comes once. size: in bytes, where it is known."""

    stream: Stream
    file: BinaryIO | None = None
    size: int | None = None

    def sought(self, settings: Ingest) -> BinaryIO:
        """The input as something that can be sought in; what comes once is held, up to the limit of one report."""
        return BytesIO(taken(self.stream, settings)) if self.file is None else self.file


def held(raw: bytes) -> Opened:
    """An input that is in memory already."""
    file = BytesIO(raw)
    return Opened(Stream(file.read), file, len(raw))


@contextmanager
def opened(candidate: Candidate, stdin: BinaryIO | None) -> Iterator[Opened]:
    """The input that ``candidate`` names. Raises InputRefused, also while it is read, where the system will not."""
    if candidate.shown == STANDARD_INPUT:
        given = stdin or sys.stdin.buffer
        yield Opened(Stream(lambda most: _read(given, most)))
        return
    try:
        state = candidate.path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise InputRefused("This is no regular file.")
        file = candidate.path.open("rb")
    except (OSError, ValueError) as error:
        raise InputRefused(why(error)) from error
    with file:
        yield Opened(Stream(lambda most: _read(file, most)), file, state.st_size)


def _read(file: BinaryIO, most: int) -> bytes:
    try:
        return file.read(most)
    except OSError as error:
        raise InputRefused(why(error)) from error
