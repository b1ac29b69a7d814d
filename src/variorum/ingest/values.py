"""Values that others state of a report, as what they can safely be printed as: bounded, cleaned, or none."""

import html
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from variorum.config.ingest import Ingest
from variorum.ingest.decode import cleaned
from variorum.ingest.published import published
from variorum.records import Published

_NOT_A_NAME = re.compile(r"https?:|www\.|@|[<>{}]|\.com\b", re.IGNORECASE)
# Names and numbers of hosts; in the domain name system none is longer.
_HOST = re.compile(r"[\w.:-]{1,253}")
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;|]|\band\b|&)\s*")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_FIGURES = re.compile(r"\s*\d{9,19}(?:\.\d{1,9})?\s*", re.ASCII)
# What exports count in, by how many there are in a second; the first that gives a year of the web's counts.
_PER_SECOND = (1, 1_000, 1_000_000, 1_000_000_000)
_WEB = (datetime(1990, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp())


def one_line(value: object, longest: int) -> str | None:
    """One clean line of at most ``longest`` characters; ``None`` for anything that is no text."""
    if not isinstance(value, str):
        return None
    line = " ".join(cleaned(html.unescape(value[: 4 * longest])).split())[:longest].strip()
    return line or None


def names(value: object, longest: int) -> Iterator[str]:
    """The names in a person, an organisation (an object with a ``name``), a text, or a list of them."""
    for one in value if isinstance(value, list) else [value]:
        name = one_line(one.get("name") if isinstance(one, dict) else one, longest)
        if name:
            yield name


def listed(stated: str) -> list[str]:
    """The names in one line that joins them as bylines do."""
    return _BETWEEN_NAMES.split(stated)


def authors(found: list[str], settings: Ingest) -> tuple[str, ...]:
    """Of what should be names those that are, each once and none too long."""
    bare = (_BY.sub("", given)[: settings.author_characters].strip() for given in found)
    kept = [name for name in bare if name and not _NOT_A_NAME.search(name)]
    return tuple(dict.fromkeys(kept))[: settings.authors]


def address(value: object, settings: Ingest) -> str | None:
    """A web address; ``None`` for what is none, is too long, or holds what no address prints."""
    url = value.strip() if isinstance(value, str) else ""
    if not url or len(url) > settings.url_characters or not url.isprintable() or " " in url:
        return None
    try:
        split = urlsplit(url)
        return url if split.scheme in ("http", "https") and _HOST.fullmatch(split.hostname or "") else None
    except ValueError:
        return None


def host(url: str | None) -> str | None:
    """Who answers at a web address, by its name; ``None`` where there is none."""
    try:
        return ((urlsplit(url).hostname or "").removeprefix("www.") or None) if url else None
    except ValueError:
        return None


def stamped(value: object) -> Published | None:
    """The time that an export states: as :func:`published` reads it, or counted since 1970.

    value: a text, or a number of seconds, milliseconds, microseconds or nanoseconds that lands in 1990 to 2099.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and 10_000_000 <= value <= 99_991_231:
        return published(str(value))  # 20240131
    if isinstance(value, str):
        return _counted(float(value)) if _FIGURES.fullmatch(value) else published(value)
    return _counted(float(value)) if isinstance(value, int | float) and abs(value) < 1e20 else None


def _counted(number: float) -> Published | None:
    if not math.isfinite(number):
        return None
    seconds = next((number / per for per in _PER_SECOND if _WEB[0] <= number / per < _WEB[1]), None)
    if seconds is None:
        return None
    return Published(datetime.fromtimestamp(int(seconds), UTC), "second")
