"""Which reports an input holds: a file of its own is one, a container many."""

import stat
import sys
from collections.abc import Iterator
from typing import BinaryIO

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.item import Item
from variorum.ingest.walk import STANDARD_INPUT, Candidate, why
from variorum.records import Refusal


def items(candidate: Candidate, stdin: BinaryIO | None, *, settings: Ingest) -> Iterator[Item | Refusal]:
    """The reports that ``candidate`` holds, one by one, and what in it could not be read."""
    try:
        yield Item(candidate.shown, _bytes(candidate, stdin, settings))
    except InputRefused as refusal:
        yield Refusal(candidate.shown, refusal.reason, refusal.first_bytes.hex() or None)


def _bytes(candidate: Candidate, stdin: BinaryIO | None, settings: Ingest) -> bytes:
    """What the input holds. Never reads more than one byte past the limit."""
    limit = settings.largest_bytes
    try:
        if candidate.shown == STANDARD_INPUT:
            raw = (stdin or sys.stdin.buffer).read(limit + 1)
        else:
            state = candidate.path.stat()
            if not stat.S_ISREG(state.st_mode):
                raise InputRefused("This is no regular file.")
            with candidate.path.open("rb") as file:
                raw = file.read(settings.first_bytes if state.st_size > limit else limit + 1)
                if state.st_size > limit:
                    raise InputRefused(_too_large(state.st_size, limit), first_bytes=raw)
    except OSError as error:
        raise InputRefused(why(error)) from error
    head = raw[: settings.first_bytes]
    if len(raw) > limit:
        raise InputRefused(_too_large(None, limit), first_bytes=head)
    if not raw.strip():
        raise InputRefused(
            "This file is empty." if not raw else "This file holds nothing but white space.", first_bytes=head
        )
    return raw


def _too_large(size: int | None, limit: int) -> str:
    has = "more" if size is None else f"{size:,} bytes"
    return f"This file is too large to be a report: it has {has}, and the limit is {limit:,} bytes."
