"""What an archive tells of what it holds."""

from dataclasses import dataclass
from typing import Literal

from variorum.records.article import Article
from variorum.records.outlet import Found
from variorum.records.placed import Placement
from variorum.records.received import Received


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a report that was added.

    article: id under which the archive has it. outcome: whether it is ``new``, the ``same`` as one that was there, or
    a ``revision`` of what stood at its address. of: id of what it is a revision of, else ``None``.
    """

    article: str
    outcome: Literal["new", "same", "revision"]
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A report that is in the archive, on the disk, and in its story.

    placement: how it came there, ``None`` where it was there before. story: the story that holds it now.
    """

    received: Received
    kept: Kept
    placement: Placement | None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One text that stood at an address. number: from 1. seen_at: when it was first seen there, ISO 8601 UTC."""

    number: int
    seen_at: str
    article: Article


@dataclass(frozen=True, slots=True)
class ListedStory:
    """A story as lists show it.

    articles, outlets: how many, superseded revisions aside. headline: of its earliest report that has one.
    first_published, last_published, last_added: ISO 8601 UTC; the first two ``None`` where no report is dated.
    arrivals: how many reports came out in each of the equal parts of the time from the first to the last, empty where
    all came at once. outlet_names: the first outlets that told it. found: ``None`` until the story as it stands was
    looked at.
    """

    id: str
    headline: str | None
    articles: int
    outlets: int
    first_published: str | None
    last_published: str | None
    last_added: str | None
    arrivals: tuple[int, ...] = ()
    outlet_names: tuple[str, ...] = ()
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as lists show it.

    key: the input's own id. published: ISO 8601 UTC, no finer than the report
    said: 2025-03-03 where it gave the day only. story: ``None`` before it has one.
    """

    id: str
    key: str | None
    outlet: str
    title: str | None
    published: str | None
    url: str | None
    story: str | None


@dataclass(frozen=True, slots=True)
class Voices:
    """On how many lineages a story rests.

    is_final: whether retellings were looked for too, which takes an edition; without it there may be fewer.
    """

    lineages: int
    is_final: bool
