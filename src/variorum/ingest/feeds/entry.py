"""A feed and its entries, as they are read from any of the formats."""

from dataclasses import dataclass

from variorum.records import Published


@dataclass(frozen=True, slots=True)
class Entry:
    """One report that a feed lists, and what the feed says of it.

    key: the feed's own id of it; its address where it has none. url: of its page, ``None`` where it gives none on
    the web. title: on one line. outlet: who the entry says published it, ``None`` where it says nothing; then it
    is the feed's own. published, updated: as the feed states them. authors: names. html, text: the whole report,
    in markup or without, ``None`` where the feed carries at most a summary. summary: on one line. language: as
    declared. place: its number in the feed, counted from 1.
    """

    key: str | None
    url: str | None
    title: str | None
    outlet: str | None
    published: Published | None
    updated: Published | None
    authors: tuple[str, ...]
    html: str | None
    text: str | None
    summary: str | None
    language: str | None
    place: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of reports. title: what it calls itself. url: of the page it belongs to. entries: in its order.

    left: entries beyond the settings' number, which were not read. pause_seconds: how long it asks to be left
    alone between two looks, ``None`` where it does not say. is_mended: whether it is not well-formed, and so may
    be the beginning of one.
    """

    title: str | None
    url: str | None
    entries: tuple[Entry, ...]
    left: int = 0
    pause_seconds: float | None = None
    is_mended: bool = False


@dataclass(frozen=True, slots=True)
class FeedList:
    """The feeds that an OPML file lists, in its order, each once. left: those beyond the settings' number."""

    urls: tuple[str, ...]
    left: int = 0
