"""A page that a browser saved with everything in it: MHTML, of which only the page itself is read."""

import email
import re
from dataclasses import replace
from email.message import Message
from email.policy import compat32
from itertools import islice

from variorum.errors import InputRefused
from variorum.ingest.decode import decode
from variorum.ingest.formats.asked import Asked
from variorum.ingest.formats.headers import parted
from variorum.ingest.formats.named import stem_of
from variorum.ingest.item import Item
from variorum.ingest.metadata import UNSTATED
from variorum.ingest.values import address

_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)


def mhtml_item(raw: bytes, content: bytes, shown: str, asked: Asked) -> Item:
    """The page in a saved page. raw: as it lies, packed or not. content: unpacked.

    Raises InputRefused where there is none, or more parts or deeper nesting than a browser writes.
    """
    settings = asked.settings
    # Before parsing: the time of the parser grows with the depth of what it parses.
    if len(_BOUNDARY.findall(content)) > settings.mime_boundaries:
        raise InputRefused("This saved page has parts within parts, deeper than any browser writes.")
    try:
        message: Message = email.message_from_bytes(content, policy=compat32)
        parts = list(islice(message.walk(), settings.mime_parts + 1))
    except RecursionError:
        raise InputRefused("This saved page has parts within parts, deeper than any browser writes.") from None
    if len(parts) > settings.mime_parts:
        raise InputRefused(f"This saved page has more than {settings.mime_parts:,} parts.")
    page = _root(message, parts)
    if page is None:
        raise InputRefused("This saved page holds no page.")
    payload = page.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        raise InputRefused("The page in this saved page is empty.")
    charset = parted(_header(page, "content-type"))[1].get("charset")
    url = address(_header(message, "snapshot-content-location"), settings) or address(
        _header(page, "content-location"), settings
    )
    return Item(
        shown=shown,
        raw=raw,
        content=decode(payload, charset=charset, settings=settings),
        media_type="text/html",
        stated=replace(UNSTATED, url=url),
        stem=stem_of(asked.name),
    )


def _root(message: Message, parts: list[Message]) -> Message | None:
    """The part that is the page: the one named as the start, or that stands at the message's address, or the first."""
    pages = [part for part in parts if not part.is_multipart() and parted(_header(part, "content-type"))[0] in _PAGES]
    start = parted(_header(message, "content-type"))[1].get("start")
    named = [part for part in pages if start and _header(part, "content-id") == start]
    place = _header(message, "snapshot-content-location") or _header(message, "content-location")
    placed = [part for part in pages if place and _header(part, "content-location") == place]
    return next(iter((*named, *placed, *pages)), None)


def _header(part: Message, name: str) -> str:
    """A header's value on one line; empty where it has none."""
    return " ".join(str(part.get(name, "")).split())
