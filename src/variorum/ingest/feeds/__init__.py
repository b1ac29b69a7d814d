"""Feeds to entries: RSS, Atom and JSON Feed, and the OPML lists that name them.

In comes the text of a feed, well-formed or not, honest or not; out comes a :class:`Feed` of entries, each field of
them one clean line, with the whole report where the feed carries it. Nothing is fetched.
"""

from variorum.ingest.feeds.entry import Entry, Feed, FeedList
from variorum.ingest.feeds.items import changed, feed_items, item_of, left_out, read_feed, said
from variorum.ingest.feeds.kind import kind_of
from variorum.ingest.feeds.opml import read_opml

__all__ = [
    "Entry",
    "Feed",
    "FeedList",
    "changed",
    "feed_items",
    "item_of",
    "kind_of",
    "left_out",
    "read_feed",
    "read_opml",
    "said",
]
