"""Pieces of Markdown, and article text made safe to stand in them."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from variorum.render.screen_text import on_one_line

_ANYWHERE = re.compile(r"([\\`*_\[\]{}|~^$=])")
_FIRST = re.compile(r"^([#+\-]|\d+(?=[.)]))")
# A colon or point inside a word makes an address or an emoji ("https://", "www.", ":smile:"); 10:30 stays.
_INSIDE = re.compile(r"(?<=\S):(?=[^\s\d])|(?<!\S):(?=\S)|(?<=www)\.", re.IGNORECASE)
_URL_SAFE = ":/?#@!$&'()*+,;=%-._~"


def escaped(text: str) -> str:
    """Article text on one line, with nothing left in it that Markdown or HTML could read as theirs."""
    made = on_one_line(text).replace("&", "\0")
    made = _ANYWHERE.sub(r"\\\1", made)
    made = _INSIDE.sub(lambda found: f"\\{found.group()}", made)
    made = made.replace("\0", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    made = re.sub(r"@(?=\w)", "@<!-- -->", made)  # a backslash does not keep a wiki from seeing a mention
    first = _FIRST.match(made)
    if first is None:
        return made
    at = first.end() if first.group()[0].isdigit() else 0
    return f"{made[:at]}\\{made[at:]}"


def spaced(text: str) -> str:
    """Escaped text that keeps a space at either end, so that pieces join as they stood."""
    made = escaped(text)
    if not made:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{made}{' ' if text[-1].isspace() else ''}"


def strong(text: str) -> str:
    """Article text in bold; nothing for nothing."""
    made = escaped(text)
    return f"**{made}**" if made else ""


def struck(text: str) -> str:
    """Article text struck through; nothing for nothing."""
    made = escaped(text)
    return f"~~{made}~~" if made else ""


def link(text: str, address: str) -> str:
    """A link of escaped text to an address, which must be one that may be followed."""
    return f"[{text}](<{quote(address, safe=_URL_SAFE)}>)"


def bullets(lines: Iterable[str], marker: str = "-") -> str:
    """A list, one line an entry."""
    return "\n".join(f"{marker} {line}" for line in lines)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a head; the cells must be escaped already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
