"""An export of many reports, record by record: which become items, which are refused, what in them is not read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from variorum.errors import InputRefused
from variorum.ingest.formats.asked import Asked
from variorum.ingest.formats.fields import find, has, item, shown_names
from variorum.ingest.formats.named import stem_of
from variorum.ingest.item import Item
from variorum.ingest.values import one_line
from variorum.records import Refusal

# Refusals of one input printed one by one before any of its records was a report; more of them are one sentence.
_SINGLY = 20
_NAME_CHARACTERS = 60
# Of quotations that this program lists: an export of ours is no report.
_OURS = frozenset(("spans", "marks", "speaker_span"))


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an export. place: its number of line or element. raw: its bytes. values: by its own names."""

    place: int
    raw: bytes
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that cannot be read, and why."""

    place: int
    raw: bytes
    reason: str


@dataclass(slots=True)
class _Unread:
    """How many records have a field that was not read, by its name; so many names and no more are told apart."""

    most: int
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, record: Mapping[str, object], read: frozenset[str]) -> None:
        for name, value in record.items():
            if name not in read and value not in (None, "") and (name in self.counts or len(self.counts) < self.most):
                self.counts[name] += 1

    def sentence(self, shown: str) -> str:
        fields = "1 field was" if len(self.counts) == 1 else f"{len(self.counts):,} fields were"
        listed = ", ".join(
            f"{one_line(name, _NAME_CHARACTERS) or '(no name)'} ({count:,})"
            for name, count in sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0]))[:12]
        )
        return f"{shown}: {fields} not read: {listed}{', …' if len(self.counts) > 12 else ''}"


def reports(records: Iterable[Record | Broken], shown: str, asked: Asked) -> Iterator[Item | Refusal]:
    """The reports among ``records``, and what is refused of them.

    Where no record at all is a report, that is said once and not a thousand times; so is a column that was asked
    for and stands in none of the first records.
    """
    taken = iter(records)
    if asked.only_bytes:
        yield from (Item(f"{shown}#{one.place}", one.raw) for one in taken)
        return
    first = _first(taken, asked)
    known = list(dict.fromkeys(name for one in first if isinstance(one, Record) for name in one.values))
    missing = _missing(first, asked)
    if missing is not None:
        yield Refusal(shown, f"There is no field “{missing}” here; there are: {shown_names(known)}.")
        return
    if set(known) >= _OURS:
        yield Refusal(shown, "This is a list of quotations that this program wrote, and no report.")
        return
    unread = _Unread(asked.settings.export_names)
    yield from _settled(_items(chain(first, taken), shown, asked, unread), shown, known, asked)
    if unread.counts:
        asked.say(unread.sentence(shown))


def lone(one: Record | Broken, shown: str, asked: Asked) -> Item | Refusal:
    """One record judged by itself, with nothing known of those beside it."""
    if isinstance(one, Record) and set(one.values) >= _OURS:
        one = Broken(one.place, one.raw, "This is a quotation that this program wrote, and no report.")
    return _item(one, shown, asked)


def _first(taken: Iterator[Record | Broken], asked: Asked) -> list[Record | Broken]:
    """So many records that every column asked for was seen, or that it can be said to be missing."""
    first: list[Record | Broken] = []
    size = 0
    wanted = set((asked.fields or {}).values())
    for one in taken:
        first.append(one)
        size += len(one.raw)
        if isinstance(one, Record):
            wanted = {column for column in wanted if not has(one.values, column)}
        if not wanted or len(first) >= asked.settings.export_look or size > asked.settings.largest_bytes:
            break
    return first


def _missing(first: list[Record | Broken], asked: Asked) -> str | None:
    records = [one for one in first if isinstance(one, Record)]
    columns = (asked.fields or {}).values()
    return next((column for column in columns if records and not any(has(one.values, column) for one in records)), None)


def _items(records: Iterable[Record | Broken], shown: str, asked: Asked, unread: _Unread) -> Iterator[Item | Refusal]:
    for one in records:
        yield _item(one, shown, asked, unread)


def _item(one: Record | Broken, shown: str, asked: Asked, unread: _Unread | None = None) -> Item | Refusal:
    at = f"{shown}#{one.place}"
    head = one.raw[: asked.settings.first_bytes].hex() or None
    if isinstance(one, Broken):
        return Refusal(at, one.reason, head)
    found = find(one.values, asked.fields)
    try:
        made = item(found, one.raw, at, stem_of(asked.name), asked.settings)
    except InputRefused as refusal:
        return Refusal(at, refusal.reason, head)
    if unread is not None:
        unread.add(one.values, found.read)
    return made


def _settled(found: Iterator[Item | Refusal], shown: str, known: list[str], asked: Asked) -> Iterator[Item | Refusal]:
    """``found``, with refusals held back until there is a report among them."""
    held: list[Refusal] = []
    for one in found:
        if isinstance(one, Item):
            yield from held
            yield one
            yield from _counted(found, shown, asked.settings.export_look)
            return
        held.append(one)
        if len(held) >= asked.settings.export_look:
            break
    if len(held) <= _SINGLY:
        yield from held
        return
    names = f" Their fields are: {shown_names(known)}." if known else ""
    reason = f"None of the first {len(held):,} records is a report. The first: {held[0].reason}{names}"
    yield Refusal(shown, reason)


def _counted(found: Iterator[Item | Refusal], shown: str, most: int) -> Iterator[Item | Refusal]:
    """``found``, with refusals past ``most`` told of in one sentence."""
    refused = 0
    for one in found:
        refused += isinstance(one, Refusal)
        if isinstance(one, Item) or refused <= most:
            yield one
    if refused > most:
        yield Refusal(shown, f"Another {refused - most:,} records of this file are no reports.")
