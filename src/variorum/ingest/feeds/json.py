"""JSON Feed, 1 and 1.1, to a feed."""

from __future__ import annotations

from typing import Any

import msgspec

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.feeds.clean import address, key, line, name
from variorum.ingest.feeds.entry import Entry, Feed
from variorum.ingest.feeds.whole import is_whole
from variorum.ingest.published import published


def read_json(text: str, base: str | None, *, settings: Ingest) -> Feed:
    """The feed that ``text`` holds. base: its own address. Raises InputRefused for what is none."""
    try:
        held = msgspec.json.decode(text.lstrip("\ufeff").encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        raise InputRefused("This looks like a JSON feed, and no JSON can be read in it.") from None
    listed = held.get("items") if isinstance(held, dict) else None
    if not isinstance(listed, list):
        raise InputRefused("This JSON feed lists no items.")
    language = line(held.get("language"), 20)
    entries = [item for item in listed if isinstance(item, dict)]
    return Feed(
        title=line(held.get("title"), settings.outlet_characters),
        url=address(held.get("home_page_url"), base, settings),
        entries=tuple(
            _entry(item, at, base, language, settings)
            for at, item in enumerate(entries[: settings.feed_entries], start=1)
        ),
        left=max(0, len(entries) - settings.feed_entries),
    )


def _entry(item: dict[str, Any], place: int, base: str | None, language: str | None, settings: Ingest) -> Entry:
    url = address(item.get("url"), base, settings)
    id = item.get("id")
    html = _whole(item.get("content_html"), settings)
    text = None if html else _whole(item.get("content_text"), settings)
    summary = next(
        (
            found
            for field in ("summary", "content_text", "content_html")
            if (found := line(item.get(field), 2 * settings.title_characters))
        ),
        None,
    )
    published_at, updated = item.get("date_published"), item.get("date_modified")
    return Entry(
        key=key(str(id) if isinstance(id, int | float) else id, settings) or url,
        url=url,
        title=line(item.get("title"), settings.title_characters),
        outlet=None,
        published=published(published_at) if isinstance(published_at, str) else None,
        updated=published(updated) if isinstance(updated, str) else None,
        authors=_authors(item, settings),
        html=html,
        text=text,
        summary=summary,
        language=line(item.get("language"), 20) or language,
        place=place,
    )


def _whole(value: object, settings: Ingest) -> str | None:
    return value if isinstance(value, str) and is_whole(value, is_summary=False, settings=settings) else None


def _authors(item: dict[str, Any], settings: Ingest) -> tuple[str, ...]:
    """The authors of 1.1, or the one author of 1."""
    held = item.get("authors")
    several = held if isinstance(held, list) else [item.get("author")]
    found = (name(one.get("name"), settings) for one in several[:100] if isinstance(one, dict))
    return tuple(dict.fromkeys(one for one in found if one))[: settings.authors]
