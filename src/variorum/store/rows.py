"""An article as a row and back, and the digests under which it is known again."""

import json
import zlib
from dataclasses import replace
from typing import Any

import msgspec

from variorum.errors import ArchiveError
from variorum.records import Article, PartKind, Received
from variorum.store.clock import stamp
from variorum.text import digest

# What a report tells. Menus, adverts and "most read" boxes change with every look at a page, and no report with them.
_TOLD: tuple[PartKind, ...] = ("title", "standfirst", "body", "caption", "credit")
_LONGEST_KEY = 500  # characters; an index takes no more


def told(article: Article) -> str:
    """Digest of what an article tells, white space aside: two printings with one digest are one report."""
    return digest(*(" ".join(article.slice(part.start, part.end).split()) for part in article.parts_of(*_TOLD)))


def searched(article: Article) -> str:
    """What an article is found by: all it tells, its title apart."""
    parts = article.parts_of("standfirst", "body", "caption")
    return "\n".join(article.slice(part.start, part.end) for part in parts)


def row(received: Received, added_at: str, sketch: bytes | None, day: int | None) -> dict[str, Any]:
    """The columns of an article that has just come in, not yet in any story."""
    article = received.article
    return {
        "id": article.id,
        "key": short_key(received.key),
        "outlet": article.outlet,
        **described(article),
        "place": received.place,
        "language": article.language,
        "sha256": article.sha256,
        "media_type": received.media_type,
        "text": article.text,
        "told": told(article),
        "added_at": added_at,
        "current": True,
        "sketch": sketch,
        "day": day,
    }


def described(article: Article) -> dict[str, Any]:
    """The columns that say of an article what its text does not."""
    return {
        "title": article.title,
        "url": article.url,
        "published_at": stamp(article.published.at) if article.published else None,
        "published_precision": article.published.precision if article.published else None,
        "record": msgspec.json.encode(replace(article, text="")).decode(),
    }


def short_key(key: str | None) -> str | None:
    """An input's own id, as long as an index takes it; ``None`` for none."""
    return key[:_LONGEST_KEY] if key else None


def article(record: str, text: str) -> Article:
    """The article of a row. Raises ArchiveError where the row holds none."""
    try:
        return replace(msgspec.json.decode(record, type=Article), text=text)
    except (msgspec.DecodeError, ValueError) as error:
        raise ArchiveError(f"an article's record cannot be read: {error}; `variorum check` says which") from error


def packed(raw: bytes, level: int) -> bytes:
    """Bytes as they lie in an archive."""
    return zlib.compress(raw, level)


def unpacked(held: bytes, size: int | None = None) -> bytes:
    """Bytes as they were. size: how many they must be; more are never made. Raises ArchiveError on damage."""
    try:
        opened = zlib.decompressobj()
        raw = opened.decompress(held, 0 if size is None else size + 1)
    except zlib.error as error:
        raise ArchiveError("bytes in the archive are damaged; `variorum check` says which") from error
    if not opened.eof or (size is not None and len(raw) != size):
        raise ArchiveError("bytes in the archive are damaged; `variorum check` says which")
    return raw


def ids(held: str) -> tuple[str, ...]:
    """The ids in a column that holds a list of them."""
    return tuple(json.loads(held))
