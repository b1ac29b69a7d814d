"""What it means for a report that a feed lists it: its id, and what is known of its page from outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from variorum.ingest.feeds import Entry, Feed, said
from variorum.ingest.metadata import Metadata
from variorum.records import Fetched

_IS_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:\S")


def entry_key(entry: Entry, url: str | None) -> str | None:
    """An id that no entry of another feed has: a feed's own numbers go under its address."""
    if entry.key is None or url is None or _IS_URI.match(entry.key):
        return entry.key
    return f"{url}#{entry.key}"


def once(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries without those whose page another leads to as well."""
    seen: set[str] = set()
    for entry in entries:
        if entry.url is None or entry.url not in seen:
            yield entry
        if entry.url is not None:
            seen.add(entry.url)


def otherwise(fetched: Fetched, listed: tuple[Entry, Feed] | None, feed_url: str | None) -> Metadata:
    """What is known of a page from outside it.

    Its outlet is the publisher that the feed names for it; the feed's own name only where both are of one site,
    since a feed that gathers from many is no outlet; else its host.
    """
    host = _host(fetched.url)
    if listed is None or feed_url is None:
        return Metadata(None, (), host, fetched.url, None, None, None)
    entry, feed = listed
    told = said(entry, feed)
    is_own = any(_is_one_site(host, _host(other)) for other in (feed.url, feed_url) if other)
    outlet = entry.outlet or (feed.title if is_own else None) or host
    return Metadata(told.title, told.authors, outlet, fetched.url, told.published, told.language, told.summary)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_one_site(one: str, other: str) -> bool:
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))
