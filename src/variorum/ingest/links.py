"""Where an article's text links to: what a report says of where it has a thing from, in its own markup."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from variorum.config.ingest import Ingest
from variorum.records import Link

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ADDRESS = re.compile(r"https?://[^\s<>\"“”()\[\]]{4,2000}")
_LONGEST = 2000


def links(tree: HtmlElement, text: str, base: str | None, *, settings: Ingest) -> tuple[Link, ...]:
    """The links of a page whose words stand in its text, in the order of the page.

    base: the page's own address, against which relative links are read. Links whose words cannot be placed, that
    lead nowhere on the web, or beyond the first ``settings.page_links`` are left out.
    """
    found: list[Link] = []
    at = 0
    for element in islice(tree.iter("a"), settings.page_links):
        words = " ".join(element.text_content().split())
        url = _absolute(element.get("href") or "", base)
        if url is None or not 2 <= len(words) <= _LONGEST:
            continue
        start = text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        found.append(Link(start, at, url))
    return tuple(found)


def addresses(text: str, *, settings: Ingest) -> tuple[Link, ...]:
    """The web addresses printed in a plain text."""
    found = []
    for match in islice(_ADDRESS.finditer(text), settings.page_links):
        url = match.group().rstrip(".,;:!?'’")
        found.append(Link(match.start(), match.start() + len(url), url))
    return tuple(found)


def _absolute(href: str, base: str | None) -> str | None:
    """The address a link leads to; ``None`` for one that is no web page, or cannot be read as an address."""
    if len(href) > _LONGEST:
        return None
    try:
        url = urljoin(base or "", href.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
