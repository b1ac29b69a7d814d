"""The feed that a page links: what to read instead of a page that is a list of reports and no report."""

from __future__ import annotations

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.feeds.clean import address

_TYPES = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"))


def feed_of(markup: str, url: str, *, settings: Ingest) -> str | None:
    """The address of the first feed that a page says is another form of it; ``None`` where it names none.

    markup: the page, decoded. url: its address.
    """
    if "alternate" not in markup.lower():
        return None  # nor is a tree made of every page that is read as one already

    from variorum.ingest.tree import parse

    try:
        tree = parse(markup, settings)
    except InputRefused:
        return None
    for link in tree.iter("link"):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in _TYPES:
            feed = address(link.get("href"), url, settings)
            if feed is not None:
                return feed
    return None
