"""An input that holds one report: a text or a page, packed or not."""

from io import BytesIO

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.formats.asked import Asked
from variorum.ingest.formats.named import stem_of, suffix_of
from variorum.ingest.formats.packed import unpacked
from variorum.ingest.formats.stream import Stream
from variorum.ingest.item import Item

_PAGES = frozenset((".html", ".htm", ".xhtml"))


def whole_item(stream: Stream, shown: str, asked: Asked, *, is_packed: bool, is_mhtml: bool = False) -> Item:
    """The one report of an input. ``Item.raw`` is its bytes as they lie, still packed where they were."""
    settings = asked.settings
    raw = taken(stream, settings)
    if not is_packed and not is_mhtml:
        return Item(shown, raw, stem=stem_of(asked.name))
    content = taken(unpacked(Stream(BytesIO(raw).read), settings), settings) if is_packed else raw
    if is_mhtml:
        from variorum.ingest.formats.mhtml import mhtml_item  # the parser of mail is slow to import

        return mhtml_item(raw, content, shown, asked)
    media_type = "text/html" if suffix_of(asked.name) in _PAGES else None
    return Item(shown, raw, content=content, media_type=media_type, stem=stem_of(asked.name))


def taken(stream: Stream, settings: Ingest) -> bytes:
    """All that follows. Raises InputRefused a byte past the limit, and where there is nothing."""
    raw = stream.read(settings.largest_bytes + 1)
    head = raw[: settings.first_bytes]
    if len(raw) > settings.largest_bytes:
        raise InputRefused(too_large(None, settings.largest_bytes), first_bytes=head)
    if not raw.strip():
        reason = "This file is empty." if not raw else "This file holds nothing but white space."
        raise InputRefused(reason, first_bytes=head)
    return raw


def too_large(size: int | None, limit: int) -> str:
    """Why so large an input is no report. size: in bytes, ``None`` where only that it is larger is known."""
    has = "more" if size is None else f"{size:,} bytes"
    return f"This file is too large to be a report: it has {has}, and the limit is {limit:,} bytes."
