"""Which column or field of an export holds what: asked for by name, or under the names that exports use."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused, UsageError
from variorum.ingest.decode import cleaned
from variorum.ingest.item import Item
from variorum.ingest.metadata import Metadata
from variorum.ingest.values import address, authors, listed, names, one_line, stamped

FIELDS = ("key", "text", "html", "title", "outlet", "url", "published", "byline", "language")
"""What we read of a record, by our names."""

# Other names that exports give them, in the order they are tried; capitals, spaces and underlines aside.
_CUSTOMARY = {
    "key": ("id", "guid", "uuid", "articleid"),
    "text": ("body", "content", "fulltext", "articletext", "articlebody", "maintext"),
    "html": ("bodyhtml", "contenthtml"),
    "title": ("headline",),
    "outlet": ("source", "publisher", "publication"),
    "url": ("link",),
    "published": ("date", "pubdate", "publishedat", "publisheddate", "datepublished", "publicationdate"),
    "byline": ("author", "authors"),
    "language": ("lang",),
}
_LOOSE = re.compile(r"[\s_-]+")
_MARKUP = re.compile(r"\s*<(?:p|div|article|section|figure|h[1-6]|span|ul|blockquote)\b[^<>]{0,2000}>", re.IGNORECASE)
_NAME_CHARACTERS = 60
_NAMES_SHOWN = 12


def checked(fields: Mapping[str, str] | None) -> Mapping[str, str] | None:
    """A caller's map, as it was given. Raises UsageError where it names what is no field of ours."""
    for ours, column in (fields or {}).items():
        if ours not in FIELDS:
            raise UsageError(f"there is no field {ours!r} to read; there are {', '.join(FIELDS)}")
        if not column:
            raise UsageError(f"no column is named for the field {ours!r}")
    return fields


def parsed(written: str) -> Mapping[str, str]:
    """A map as it is typed: ``key=id,text=body,outlet=source.name``. Raises UsageError where it is none."""
    fields: dict[str, str] = {}
    for pair in written.split(","):
        ours, equals, column = (piece.strip() for piece in pair.partition("="))
        if not equals:
            raise UsageError(f"{pair.strip()!r} names no column: a map looks like text=body,outlet=source")
        if ours in fields:
            raise UsageError(f"the field {ours!r} is mapped twice")
        fields[ours] = column
    checked(fields)
    return fields


@dataclass(frozen=True, slots=True)
class Found:
    """What one record holds. values: by our names. read: the record's own names that gave them."""

    values: Mapping[str, object]
    read: frozenset[str]


def find(record: Mapping[str, object], fields: Mapping[str, str] | None) -> Found:
    """Our fields in ``record``. What ``fields`` names comes first; the rest stands under its customary names.

    A dot in a named column leads into an object (``source.name``) where no column has the dot in its own name.
    """
    values: dict[str, object] = {}
    read: set[str] = set()
    for ours, column in (fields or {}).items():
        found, top = _at(record, column)
        if top is not None:
            values[ours] = found
            read.add(top)
    loose = {_LOOSE.sub("", name).casefold(): name for name in reversed(list(record))}
    for ours in FIELDS:
        if ours in (fields or {}):
            continue
        for name in (ours, *_CUSTOMARY[ours]):
            if (own := loose.get(name)) is not None and own not in read and not _is_blank(record[own]):
                values[ours] = record[own]
                read.add(own)
                break
    return Found(values, frozenset(read))


def has(record: Mapping[str, object], column: str) -> bool:
    """Whether a column, or a path of dots, stands in a record, whatever it holds."""
    return _at(record, column)[1] is not None


def item(found: Found, raw: bytes, shown: str, stem: str, settings: Ingest) -> Item:
    """One record as an item. Raises InputRefused where it holds no text, or an id that cannot be one."""
    content, media_type = _content(found.values)
    return Item(
        shown=shown,
        raw=raw,
        content=content,
        media_type=media_type,
        stated=_stated(found.values, settings),
        key=_key(found.values.get("key"), settings),
        stem=stem,
    )


def shown_names(record: Iterable[str]) -> str:
    """The names of a record's columns for a message, the first dozen of them."""
    known = [one_line(name, _NAME_CHARACTERS) or "(no name)" for name in record]
    more = len(known) - _NAMES_SHOWN
    return ", ".join(known[:_NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _at(record: Mapping[str, object], column: str) -> tuple[object, str | None]:
    """What stands at a column and the top name that led there; ``None`` where it does not stand."""
    if column in record:
        return record[column], column
    top, *steps = column.split(".")
    held: object = record
    for step in (top, *steps):
        if not isinstance(held, Mapping) or step not in held:
            return None, None
        held = held[step]
    return held, top


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value == [] or value == {}


def _content(values: Mapping[str, object]) -> tuple[str, str | None]:
    text = values.get("text")
    if isinstance(text, list) and text and all(isinstance(piece, str) for piece in text):
        text = "\n\n".join(text)
    if isinstance(text, str) and text.strip():
        # Many exports put a page's markup where its text should stand.
        is_markup = _MARKUP.match(text) and "</" in text
        return cleaned(text), "text/html" if is_markup else None
    html = values.get("html")
    if isinstance(html, str) and "<" in html:  # a field of this name may hold the name of a file
        return cleaned(html), "text/html"
    raise InputRefused("This record holds no text.")


def _stated(values: Mapping[str, object], settings: Ingest) -> Metadata:
    byline = values.get("byline")
    found = listed(byline) if isinstance(byline, str) else list(names(byline, settings.author_characters))
    short = (one_line(name, settings.author_characters) for name in found)
    return Metadata(
        title=one_line(values.get("title"), settings.title_characters),
        authors=authors([name for name in short if name], settings),
        outlet=next(names(values.get("outlet"), settings.outlet_characters), None),
        url=address(values.get("url"), settings),
        published=stamped(values.get("published")),
        language=one_line(values.get("language"), 20),
        summary=None,
    )


def _key(value: object, settings: Ingest) -> str | None:
    """The input's own id. One that is too long is refused: cut, it could be another report's."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    written = str(value) if isinstance(value, int) and abs(value) < 10**40 else value
    if not isinstance(written, str) or len(written) > settings.key_characters:
        raise InputRefused(f"The id of this record has more than {settings.key_characters:,} characters.")
    return " ".join(cleaned(written).split()) or None
