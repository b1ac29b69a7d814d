"""One report as it was received, with every part of it labelled."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from variorum.records.span import Span

PartKind = Literal[
    "title",
    "standfirst",
    "body",
    "caption",
    "credit",
    "advert",
    "promo",
    "teaser",
    "repeat",
    "navigation",
    "paywall",
]
PublishedPrecision = Literal["second", "minute", "hour", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled stretch of an article: nothing is deleted, everything is named.

    start, end: offsets into the article's text. kind: what the stretch is.
    """

    start: int
    end: int
    kind: PartKind

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Credit:
    """A news agency named as origin.

    agency: its name in full, however the credit abbreviates it. start, end: offsets of the credit in
    the article's text. of: ``text`` is evidence of descent, ``picture`` is not.
    """

    agency: str
    start: int
    end: int
    of: Literal["text", "picture"]


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a report breaks off, so that what would follow is unknown and not left out.

    start: offset at which the readable text ends. reason: one plain sentence.
    """

    start: int
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """When a report says it was published.

    at: aware UTC datetime. precision: the finest unit the page gave; finer fields of ``at`` are zero.
    utc_offset_minutes: the page's own clock, when it gave one; needed to read "today" as its
    reporter meant it, not part of the exchange format.
    """

    at: datetime
    precision: PublishedPrecision
    utc_offset_minutes: int | None = None

    def local_date(self) -> date:
        """The calendar date on the page's own clock (UTC where the page gave none)."""
        return (self.at + timedelta(minutes=self.utc_offset_minutes or 0)).date()


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a page's article text. start, end: the words that carry it. url: where it leads, unchecked."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """One outlet's report of an event.

    id: digest of outlet and text. siglum: its letter in one edition, ``None`` outside one.
    outlet: who printed it, as the page names itself; the file's stem where it does not.
    title: its headline, ``None`` when it has none. byline: its authors, as printed. url: its address,
    where the page gives one; unchecked. path: relative to what was asked for, never absolute;
    ``None`` when it came from no file. published: when it says it was published, ``None`` when it does not.
    language: ISO 639-1 code, ``None`` when the text is too short to tell.
    sha256: of the bytes read. text: whole, as received (for a page: as extracted).
    parts: in order, not overlapping; together they hold every character but line ends and margins.
    credits: agencies it names as origin. cut: where it breaks off, ``None`` when it is whole. links: of its
    article text; evidence of descent, not part of the exchange format.
    """

    id: str
    siglum: str | None
    outlet: str
    title: str | None
    byline: tuple[str, ...]
    url: str | None
    path: str | None
    published: Published | None
    language: str | None
    sha256: str
    text: str
    parts: tuple[Part, ...]
    credits: tuple[Credit, ...] = ()
    cut: Cut | None = None
    links: tuple[Link, ...] = ()

    def parts_of(self, *kinds: PartKind) -> tuple[Part, ...]:
        """The parts of the given kinds, in the order they stand."""
        return tuple(part for part in self.parts if part.kind in kinds)

    def kind_at(self, offset: int) -> PartKind | None:
        """The kind of the part that holds the character at ``offset``; ``None`` between parts."""
        for part in self.parts:
            if part.start <= offset < part.end:
                return part.kind
        return None

    def slice(self, start: int, end: int) -> str:
        """The words that stand at ``[start, end)``."""
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that could not be read, kept so that nothing is lost silently.

    path: relative to what was asked for. reason: one clear sentence.
    first_bytes: the first 32 bytes in hexadecimal, ``None`` when nothing could be opened.
    """

    path: str
    reason: str
    first_bytes: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of a set of paths: the articles that could be read, and the inputs that could not."""

    articles: tuple[Article, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The reports of one event, in the order of their sigla. id: digest of their ids, sorted."""

    id: str
    articles: tuple[Article, ...]

    def article(self, id: str) -> Article:
        """The report with that id. Raises KeyError when it is not of this story."""
        for article in self.articles:
            if article.id == id:
                return article
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class Gathering:
    """Articles sorted into stories. alone: ids of those that share no story with any other."""

    stories: tuple[Story, ...]
    alone: tuple[str, ...]
