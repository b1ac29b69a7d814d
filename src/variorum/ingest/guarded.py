"""Reports that are taken in by the thousand, unattended: none of them may end the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from variorum.config.ingest import Ingest
from variorum.errors import ArchiveError, InputRefused
from variorum.ingest.compose import compose
from variorum.ingest.formats import items
from variorum.ingest.formats.asked import Listed
from variorum.ingest.item import Item
from variorum.ingest.walk import Candidate
from variorum.records import Received, Refusal


def composed(item: Item, *, settings: Ingest) -> Received:
    """The article that ``item`` holds. Raises InputRefused, and nothing else, where none could be made of it."""
    try:
        return compose(item, settings=settings)
    except InputRefused:
        raise
    except Exception as error:
        raise InputRefused(_fault(error), first_bytes=item.raw[: settings.first_bytes]) from error


def reports(
    candidate: Candidate,
    stdin: BinaryIO | None = None,
    *,
    settings: Ingest,
    fields: Mapping[str, str] | None = None,
    tell: Callable[[str], None] | None = None,
    listed: Listed | None = None,
) -> Iterator[Received | Refusal]:
    """The reports that a file holds, and what of it could not be read. Arguments as for :func:`items`.

    Raises ArchiveError where the archive that is asked what it knows fails, and nothing else.
    """
    found = items(candidate, stdin, settings=settings, fields=fields, tell=tell, listed=listed)
    yield from received(found, candidate.shown, settings=settings)


def received(
    found: Iterator[Item | Received | Refusal], shown: str, *, settings: Ingest
) -> Iterator[Received | Refusal]:
    """``found`` with an article made of every item. shown: the name of the input that they come from.

    Raises ArchiveError where what finds them does, and nothing else.
    """
    try:
        for item in found:
            if not isinstance(item, Item):
                yield item
                continue
            try:
                yield composed(item, settings=settings)
            except InputRefused as refusal:
                yield Refusal(item.shown, refusal.reason, refusal.first_bytes.hex() or None)
    except ArchiveError:
        raise
    except Exception as error:  # noqa: BLE001 - the edge of one file in a run that goes on for months
        yield Refusal(shown, _fault(error))


def _fault(error: Exception) -> str:
    return f"This could not be read, by a fault of this program and not of the report ({type(error).__name__})."
