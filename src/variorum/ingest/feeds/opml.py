"""OPML, in which feed readers keep their lists, to the addresses of the feeds."""

from __future__ import annotations

from variorum.config.ingest import Ingest
from variorum.ingest.feeds.clean import address
from variorum.ingest.feeds.entry import FeedList
from variorum.ingest.feeds.tree import local_name, xml_of


def read_opml(text: str, base: str | None, *, settings: Ingest, most: int) -> FeedList:
    """The feeds that ``text`` lists, in its order, each once and up to ``most``.

    base: its own address. Raises InputRefused for what is made to do harm, and for nesting no list has.
    """
    found: dict[str, None] = {}
    tree, _ = xml_of(text, settings)
    for element in tree.iter():
        if local_name(element) != "outline":
            continue
        named = {str(name).lower(): value for name, value in element.attrib.items()}
        url = address(named.get("xmlurl"), base, settings)
        if url is not None:
            found.setdefault(url)
    urls = tuple(found)
    return FeedList(urls[:most], max(0, len(urls) - most))
