"""RSS and Atom, in all their kinds, to a feed."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from xml.parsers import expat

from lxml import etree

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.feeds.clean import address, key, line, name
from variorum.ingest.feeds.entry import Entry, Feed
from variorum.ingest.feeds.tree import local_name, xml_of
from variorum.ingest.feeds.whole import is_whole
from variorum.ingest.published import published
from variorum.records import Published

_MARKUP = frozenset(("text/html", "application/xhtml+xml"))
_YEARS = range(1600, 2200)
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def read_xml(text: str, base: str | None, *, settings: Ingest) -> Feed:
    """The feed that ``text`` holds. base: its own address, against which relative links are read.

    Raises InputRefused for what is no feed, and for what is made to do harm.
    """
    import feedparser

    tree, is_mended = xml_of(text, settings)
    left = _shorten(tree, settings.feed_entries)
    _name_authors(tree, settings)
    raw = etree.tostring(tree, encoding="utf-8", xml_declaration=True)
    _check(raw)
    headers = {"content-type": "application/xml; charset=utf-8"} | ({"content-location": base} if base else {})
    parsed = feedparser.parse(
        io.BytesIO(raw), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.version and not parsed.entries:
        raise InputRefused("This looks like a feed, and no feed can be read in it.")
    about: dict[str, Any] = parsed.feed
    is_rss = str(parsed.version).startswith("rss")
    language = line(dict.get(about, "language"), 20)
    return Feed(
        title=line(dict.get(about, "title"), settings.outlet_characters),
        url=address(dict.get(about, "link"), base, settings),
        entries=tuple(
            _entry(entry, at, base, language, is_rss, settings) for at, entry in enumerate(parsed.entries, start=1)
        ),
        left=left,
        pause_seconds=_pause(about),
        is_mended=is_mended,
    )


def _check(raw: bytes) -> None:
    """Raises InputRefused for what the feed parser would read by its second way, which is not bounded in time."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(raw, True)
    except expat.ExpatError:
        raise InputRefused("This looks like a feed, and no feed can be read in it.") from None


def _shorten(tree: etree._Element, most: int) -> int:
    """Take the entries beyond the first ``most`` out of ``tree``; how many they were."""
    entries = [element for element in tree.iter() if local_name(element) in ("item", "entry")]
    for element in entries[most:]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return max(0, len(entries) - most)


def _name_authors(tree: etree._Element, settings: Ingest) -> None:
    """Leave the name alone of an author that is given as RSS wants it, "mail@paper.example (Name)".

    The parser takes such a line apart by itself, and wrongly where the address does not end as those of 1999 did.
    """
    for element in tree.iter("author", "managingEditor", "{http://purl.org/dc/elements/1.1/}creator"):
        if len(element) == 0 and "@" in (element.text or ""):
            element.text = name(element.text, settings) or ""


def _entry(
    entry: dict[str, Any], place: int, base: str | None, language: str | None, is_rss: bool, settings: Ingest
) -> Entry:
    # dict.get throughout: the parser's own ``get`` puts other fields in the place of missing ones.
    url = address(dict.get(entry, "link"), base, settings)
    # The parser resolves a link that cannot be read to the feed itself.
    url = None if url == base else url
    html, text, summary = _contents(entry, settings)
    updated = _time(entry, "updated")
    return Entry(
        key=key(dict.get(entry, "id"), settings) or url,
        url=url,
        title=line(dict.get(entry, "title"), settings.title_characters),
        outlet=_outlet(entry, settings),
        # What RSS takes from Dublin Core as the one date of an entry is the day it was published.
        published=_time(entry, "published") or (updated if is_rss else None),
        updated=updated,
        authors=_authors(entry, settings),
        html=html,
        text=text,
        summary=summary,
        language=_language(entry) or language,
        place=place,
    )


def _contents(entry: dict[str, Any], settings: Ingest) -> tuple[str | None, str | None, str | None]:
    """The whole report as markup or as text, where the entry carries it, and its summary."""
    summary = dict.get(entry, "summary")
    short = line(summary, 2 * settings.title_characters)
    held = [
        (str(content.get("type")), value)
        for content in dict.get(entry, "content") or ()
        if isinstance(value := content.get("value"), str)
    ]
    for kind, value in sorted(held, key=lambda one: len(one[1]), reverse=True):
        if is_whole(value, is_summary=False, settings=settings):
            return (value, None, short) if _is_markup(kind, value) else (None, value, short)
    if isinstance(summary, str) and is_whole(summary, is_summary=True, settings=settings):
        kind = str((dict.get(entry, "summary_detail") or {}).get("type"))
        return (summary, None, None) if _is_markup(kind, summary) else (None, summary, None)
    return None, None, short or (line(held[0][1], 2 * settings.title_characters) if held else None)


def _is_markup(kind: str, value: str) -> bool:
    return kind in _MARKUP or ("</p>" in value or "<br" in value)


def _outlet(entry: dict[str, Any], settings: Ingest) -> str | None:
    """Who is named as the origin of the entry: the publisher, where the feed only passes the report on."""
    origin = dict.get(entry, "source")
    return line(dict.get(origin, "title"), settings.outlet_characters) if isinstance(origin, dict) else None


def _authors(entry: dict[str, Any], settings: Ingest) -> tuple[str, ...]:
    held = [one.get("name") for one in dict.get(entry, "authors") or () if isinstance(one, Mapping)]
    found = (name(one, settings) for one in held or [dict.get(entry, "author")])
    return tuple(dict.fromkeys(one for one in found if one))[: settings.authors]


def _time(entry: dict[str, Any], field: str) -> Published | None:
    """A time as the entry prints it, to the unit it prints; as the parser reads it where only that can."""
    stated = dict.get(entry, field)
    found = published(stated) if isinstance(stated, str) else None
    if found is not None:
        return found
    parsed = dict.get(entry, f"{field}_parsed")
    if parsed is None or parsed[0] not in _YEARS:
        return None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return Published(datetime(year, month, day, hour, minute, second, tzinfo=UTC), "second")
    except (ValueError, OverflowError, TypeError):
        return None


def _language(entry: dict[str, Any]) -> str | None:
    details = [*(dict.get(entry, "content") or ()), dict.get(entry, "summary_detail"), dict.get(entry, "title_detail")]
    return next((found for one in details if one and (found := line(one.get("language"), 20))), None)


def _pause(about: dict[str, Any]) -> float | None:
    """Seconds that the feed wants between two looks: RSS's ``ttl``, in minutes, or the syndication module's."""
    stated: list[float] = []
    ttl = str(dict.get(about, "ttl") or "").strip()
    if ttl.isascii() and ttl.isdigit() and len(ttl) < 9:
        stated.append(float(ttl) * 60)
    period = _PERIODS.get(str(dict.get(about, "sy_updateperiod") or "").strip().lower())
    if period is not None:
        times = str(dict.get(about, "sy_updatefrequency") or "").strip()
        stated.append(period / max(1, int(times) if times.isascii() and times.isdigit() and len(times) < 6 else 1))
    return max(stated, default=None)
