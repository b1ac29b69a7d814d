"""Inputs as a batch run hands them on: in pieces that any worker can make articles of, each by itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from variorum.config.ingest import Ingest
from variorum.ingest.formats import held_items, items
from variorum.ingest.formats.asked import Asked
from variorum.ingest.formats.export import Broken, lone
from variorum.ingest.formats.json_export import is_ours, record
from variorum.ingest.guarded import received
from variorum.ingest.item import Item
from variorum.ingest.walk import Candidate
from variorum.records import Received, Refusal

RawKind = Literal["line", "row", "bytes", "place", "refused"]


@dataclass(frozen=True, slots=True)
class RawInput:
    """A piece of what was asked for.

    shown: the name of its file relative to what was asked for. kind: what it is: one line of JSON ("line"), one row
    of a Parquet file as JSON ("row"), a whole input that is here ("bytes") or lies at a place ("place"), or what could
    not be taken ("refused"). number: of the line or row, from 1; 0 for a whole input. raw: the bytes of the line, the
    row or the input; of what is refused the first of them; ``None`` where nothing could be opened, and for a place.
    place: the path to open, ``None`` but for a place. reason: why it is refused, one clear sentence, else ``None``.
    """

    shown: str
    kind: RawKind
    number: int = 0
    raw: bytes | None = None
    place: str | None = None
    reason: str | None = None

    @property
    def at(self) -> str:
        """Where it lies, as an article's ``path`` says it."""
        return f"{self.shown}#{self.number}" if self.number else self.shown


def of_raw(
    given: RawInput,
    *,
    settings: Ingest,
    fields: Mapping[str, str] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Iterator[Received | Refusal]:
    """The reports in one piece, and what of it could not be read.

    fields: the column or field that holds each of ours, by our name (``formats.fields.FIELDS``). tell: called with
    one sentence on what was passed over and is no fault. Nothing is known here of the pieces beside it, so that each
    line or row that is no report is one refusal, also where none is a report. Raises nothing.
    """
    return received(_items(given, settings, fields, tell), given.at, settings=settings)


def _items(
    given: RawInput, settings: Ingest, fields: Mapping[str, str] | None, tell: Callable[[str], None] | None
) -> Iterator[Item | Received | Refusal]:
    raw = given.raw or b""
    if given.kind == "refused":
        yield Refusal(given.at, given.reason or "This could not be read.", raw[: settings.first_bytes].hex() or None)
    elif given.kind == "place":
        candidate = Candidate(Path(given.place or ""), given.shown)
        yield from items(candidate, settings=settings, fields=fields, tell=tell)
    elif given.kind == "bytes":
        yield from held_items(raw, given.shown, settings=settings, fields=fields, tell=tell)
    else:
        one = record(raw, given.number, given.kind)
        if is_ours(raw):
            one = Broken(given.number, raw, "This is what variorum itself wrote, and no report.")
        yield lone(one, given.shown, Asked(settings, given.shown, fields))
