"""Where the reader of feeds is plugged in; the formats only recognise one."""

from collections.abc import Iterator
from importlib import import_module

from variorum.config.ingest import Ingest
from variorum.ingest.item import Item
from variorum.records import Refusal

_READER = "variorum.ingest.feeds"


def feed_items(raw: bytes, shown: str, *, settings: Ingest) -> Iterator[Item | Refusal]:
    """The reports of a feed (RSS, Atom, JSON Feed, OPML), as ``variorum.ingest.feeds.feed_items`` reads it."""
    try:
        reader = import_module(_READER)
    except ModuleNotFoundError as error:
        if error.name != _READER:
            raise
        yield Refusal(shown, "This is a feed, and feeds are not read yet.", raw[: settings.first_bytes].hex())
        return
    yield from reader.feed_items(raw, shown, settings=settings)
