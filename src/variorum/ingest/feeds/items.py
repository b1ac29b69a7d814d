"""Entries of a feed to items: what it carries whole can be read, what it only announces has a page elsewhere."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.decode import decode
from variorum.ingest.feeds.entry import Entry, Feed
from variorum.ingest.feeds.json import read_json
from variorum.ingest.feeds.kind import kind_of
from variorum.ingest.feeds.xml import read_xml
from variorum.ingest.fetch.address import shown as printable
from variorum.ingest.item import Item
from variorum.ingest.metadata import Metadata
from variorum.records import Refusal


def read_feed(text: str, base: str | None, *, settings: Ingest) -> Feed:
    """The feed that ``text`` holds, of whichever kind. base: its own address, ``None`` where it has none.

    Raises InputRefused for what is no feed, and for one that is made to do harm.
    """
    kind = kind_of(text)
    if kind == "xml feed":
        return read_xml(text, base, settings=settings)
    if kind == "json feed":
        return read_json(text, base, settings=settings)
    raise InputRefused("This is no feed.")


def feed_items(raw: bytes, shown: str, *, settings: Ingest) -> Iterator[Item | Refusal]:
    """The reports that the feed in ``raw`` carries whole, and a refusal for each that it only announces.

    shown: what the feed is called in what was asked for; its entries are ``<shown>#<number>``. Nothing is fetched.
    """
    try:
        feed = read_feed(decode(raw, settings=settings), None, settings=settings)
    except InputRefused as refusal:
        yield Refusal(shown, refusal.reason, raw[: settings.first_bytes].hex() or None)
        return
    if not feed.entries:
        yield Refusal(shown, "This feed lists no report.")
    for entry in feed.entries:
        place = f"{shown}#{entry.place}"
        item = item_of(entry, feed, place)
        if item is not None:
            yield replace(item, named=True)
        elif entry.url is None:
            yield Refusal(place, "Only a summary stands in the feed, and no address of its page.")
        else:
            reason = f"Only a summary stands in the feed; its page was not fetched: {printable(entry.url)}"
            yield Refusal(place, reason)
    if feed.left:
        yield Refusal(shown, left_out(feed))


def left_out(feed: Feed) -> str:
    """The sentence for the entries of a feed that were not read."""
    return f"This feed lists {feed.left:,} more reports than are read of one feed ({len(feed.entries):,})."


def item_of(entry: Entry, feed: Feed, shown: str) -> Item | None:
    """The report that an entry carries; ``None`` where it carries at most a summary."""
    if entry.html is not None:
        return Item(
            shown=shown,
            raw=entry.html.encode("utf-8", "replace"),
            content=_page(entry, entry.html),
            media_type="text/html",
            stated=said(entry, feed),
            key=entry.key,
            named=False,
        )
    if entry.text is not None:
        return Item(
            shown=shown,
            raw=entry.text.encode("utf-8", "replace"),
            content=entry.text,
            media_type="text/plain",
            stated=said(entry, feed),
            key=entry.key,
            named=False,
        )
    return None


def said(entry: Entry, feed: Feed) -> Metadata:
    """What a feed says of a report: the publisher it names for it comes before its own title."""
    return Metadata(
        title=entry.title,
        authors=entry.authors,
        outlet=entry.outlet or feed.title,
        url=entry.url,
        published=entry.published,
        language=entry.language,
        summary=entry.summary,
    )


def changed(entry: Entry) -> datetime | None:
    """When an entry was last changed, as far as the feed says."""
    stated = entry.updated or entry.published
    return stated.at if stated else None


def _page(entry: Entry, markup: str) -> str:
    """An entry's markup as the page it was cut from: under its title, so that the title can be cited as well."""
    link = f'<link rel="canonical" href="{html.escape(entry.url)}">' if entry.url else ""
    title = f"<h1>{html.escape(entry.title)}</h1>" if entry.title else ""
    return f"<!DOCTYPE html><html><head>{link}</head><body><article>{title}{markup}</article></body></html>"
