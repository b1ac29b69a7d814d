"""Reports that are taken in by the thousand, unattended: none of them may end the run."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.compose import compose
from variorum.ingest.formats import items
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


def reports(candidate: Candidate, *, settings: Ingest) -> Iterator[Received | Refusal]:
    """The reports that a file holds, and what of it could not be read. Raises nothing."""
    try:
        for item in items(candidate, None, settings=settings):
            if isinstance(item, Refusal):
                yield item
                continue
            try:
                yield composed(item, settings=settings)
            except InputRefused as refusal:
                yield Refusal(item.shown, refusal.reason, refusal.first_bytes.hex() or None)
    except Exception as error:  # noqa: BLE001 - the edge of one file in a run that goes on for months
        yield Refusal(candidate.shown, _fault(error))


def _fault(error: Exception) -> str:
    return f"This could not be read, by a fault of this program and not of the report ({type(error).__name__})."
