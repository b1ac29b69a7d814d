"""What feeds put into their fields, as one line, an address, or a name that may be shown and kept."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin, urlsplit

from variorum.config.ingest import Ingest
from variorum.ingest.decode import cleaned

_TAG = re.compile(r"<!--.*?(?:-->|$)|</?[a-zA-Z][^<>]{0,2000}>", re.DOTALL)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_NOT_A_NAME = re.compile(r"https?:|www\.|[<>{}]|\.(?:com|org|net)\b", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"^\S+@\S+\s*\((?P<name>[^()]+)\)$")
_NAME_AND_MAIL = re.compile(r"^(?P<name>[^<>@()]+?)\s*[<(]\S+@\S+[>)]$")
_UNKEPT = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufffd]")


def line(value: object, longest: int) -> str | None:
    """One line with no markup and no reference in it; ``None`` for anything that holds no letter or figure.

    Titles are escaped once, twice or not at all, whatever the format says, so references are read twice.
    """
    if not isinstance(value, str):
        return None
    text = value[: 8 * longest]
    for _ in range(2):
        text = html.unescape(_TAG.sub(" ", _SCRIPT.sub(" ", text)))
    found = " ".join(cleaned(_TAG.sub(" ", text)).split())[:longest].strip()
    return found if any(char.isalnum() for char in found) else None


def address(value: object, base: str | None, settings: Ingest) -> str | None:
    """The web address that a link leads to; ``None`` for one that is none (``javascript:``, ``file:``)."""
    if not isinstance(value, str) or len(value) > settings.url_characters:
        return None
    try:
        url = urljoin(base or "", html.unescape(value.strip()))
        split = urlsplit(url)
        is_web = split.scheme in ("http", "https") and bool(split.hostname) and "@" not in split.netloc
    except ValueError:
        return None
    return url if is_web and not _UNKEPT.search(url) and len(url) <= settings.url_characters else None


def key(value: object, settings: Ingest) -> str | None:
    """A feed's id of an entry, as it stands; ``None`` for one that cannot be kept."""
    if not isinstance(value, str) or len(value) > settings.url_characters:
        return None
    return cleaned(value.strip()).replace("\n", " ") or None


def name(value: object, settings: Ingest) -> str | None:
    """One author's name, without the mail address that RSS wants beside it; ``None`` where it is no name."""
    found = line(value, settings.author_characters)
    match = _MAIL_AND_NAME.match(found or "") or _NAME_AND_MAIL.match(found or "")
    found = match["name"].strip() if match else found
    return None if found is None or "@" in found or _NOT_A_NAME.search(found) else found
