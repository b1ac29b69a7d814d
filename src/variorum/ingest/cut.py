"""Where a report breaks off, so that what would have followed is unknown and not left out."""

import re
from collections.abc import Sequence

from variorum.records import Cut, Part

_POINTS = re.compile(r"(?:\.\s?\.\s?\.|…)[\"'”’»)\]\s]*(?:\[\+?\d+ chars\])?$|\[(?:…|\.\.\.)\]$|\[\+\d+ chars\]$")
_MORE = re.compile(
    r"(?:(?<=[.…\]])|(?<=[.…\]] ))[\s\[(]*(?:read (?:more|on|the (?:full|rest)[^.]{0,40})|continue reading|"
    r"(?:full|more) story|more|"
    r"keep reading|see more)\W*$",
    re.IGNORECASE,
)
# Words and marks after which no English sentence can end.
_INSIDE = re.compile(
    r"(?:[,;–—(]|\b(?:the|a|an|of|and|or|but|with|from|into|that|which|whose|his|her|their|its|our|my|was|were|is|"
    r"are|had|has))$"
)
# Words from which a last line without any stop broke off, rather than being a heading or a name.
_BROKEN_WORDS = 8
# A shorter line that ends in points trails off on purpose.
_POINTED_WORDS = 6


def cut(text: str, parts: Sequence[Part]) -> Cut | None:
    """Where the readable text ends before the report does; ``None`` for a report that is whole.

    text, parts: the article's. A paywall's line counts only when no body comes after it; points count
    only at the end of the last line of body.
    """
    body = [part for part in parts if part.kind == "body"]
    if not body:
        return None
    last = body[-1]
    line = text[last.start : last.end]
    if any(part.kind == "paywall" and part.start >= last.end for part in parts):
        return Cut(last.end, "A paywall stands after this line.")
    more = _MORE.search(line)
    if more is not None:
        return Cut(last.start + more.start(), "The text breaks off with a link to the rest.")
    if _POINTS.search(line) and len(line.split()) >= _POINTED_WORDS:
        return Cut(last.end, "The text breaks off with points of omission.")
    if len(line.split()) >= _BROKEN_WORDS and _INSIDE.search(line):
        return Cut(last.end, "The text breaks off inside a sentence.")
    return None
