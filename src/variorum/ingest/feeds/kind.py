"""What bytes are: a feed, a list of feeds, or something else. The bytes are asked, not what they are declared as."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["xml feed", "json feed", "opml"]

_HEAD = 4_096
# Comments, declarations and processing instructions that may stand before the first element.
_PROLOG = re.compile(
    r"\ufeff?\s*(?:<\?[^>]{0,500}\?>\s*|<!--.{0,3000}?-->\s*|<!DOCTYPE[^>\[]{0,500}(?:\[.*?\])?>\s*)*",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(r"<(?:[\w.-]{1,30}:)?(rss|feed|RDF|opml)[\s>/]", re.I)
_RDF = re.compile(r"purl\.org/rss/1\.0|my\.netscape\.com/rdf|purl\.org/net/rss|<(?:\w+:)?channel\b", re.I)
_JSON = re.compile(r'\s*\{.*"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org(?:\\?/)version', re.S)


def kind_of(text: str) -> Kind | None:
    """Which kind of list ``text`` is, by its first element or its first keys; ``None`` for none.

    A page about feeds that quotes one is none: what counts is the first thing that stands in it.
    """
    start = text[:_HEAD]
    match = _PROLOG.match(start)
    root = _ROOT.match(start, match.end() if match else 0)
    if root is not None:
        name = root[1].lower()
        if name == "opml":
            return "opml"
        return "xml feed" if name != "rdf" or _RDF.search(text[: 4 * _HEAD]) else None
    if start.lstrip("\ufeff \t\r\n").startswith("{"):
        # The version may stand behind the entries: keys of JSON have no order.
        return "json feed" if _JSON.match(start) or _JSON.match("{" + text[-_HEAD:]) else None
    return None
