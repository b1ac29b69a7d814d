"""The critical edition of one story: everything the JSON has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from variorum.errors import UsageError
from variorum.records.annotation import Name
from variorum.records.article import Article, Refusal
from variorum.records.claim import Claim, Conflict, Heading
from variorum.records.coverage import CoverageMatrix, Heard, Label
from variorum.records.stemma import Stemma
from variorum.records.utterance import Utterance
from variorum.registry import shown_as_html

FORMAT = "variorum/edition/1"


@dataclass(frozen=True, slots=True)
class Headline:
    """A story's head.

    id: the digest of its articles' ids, a hyphen, and the seal over the whole edition. headline: the title of
    one of its articles. first_published, last_published: the outermost times its articles give in
    UTC, ``None`` when none gives one.
    """

    id: str
    headline: str
    first_published: datetime | None
    last_published: datetime | None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something dated.

    when: ISO 8601 date, time or interval. precision: the finest unit the text allows.
    article: id of the article that says so. start, end: offsets of the words there.
    claim: id of the claim it belongs to, ``None`` when it belongs to none.
    """

    when: str
    precision: str
    article: str
    start: int
    end: int
    claim: str | None


@dataclass(frozen=True, slots=True)
class Extract:
    """A line of the digest: an article's own words.

    article: its id. start, end: offsets into its text. text: the words, as printed.
    claims: ids of the claims they carry. lineages: on how many lineages they rest.
    disputed: whether one of the claims is.
    """

    article: str
    start: int
    end: int
    text: str
    claims: tuple[str, ...]
    lineages: int
    disputed: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """The critical edition of one story.

    story: its head. articles: the reports, in the order of their sigla. names: everybody and everything
    named. utterances: what was said, in every report's wording. stemma: who borrowed from whom.
    claims: what is reported, strongest first. conflicts: what cannot all be right.
    coverage: which report carries which claim. heard: who is given a voice. labels: who is called what.
    timeline: what happened when. digest: a short account in the reports' own words.
    headings: the headlines held against the reports, for display; the exchange format does not carry them.
    """

    story: Headline
    articles: tuple[Article, ...]
    names: tuple[Name, ...]
    utterances: tuple[Utterance, ...]
    stemma: Stemma
    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]
    coverage: CoverageMatrix
    heard: tuple[Heard, ...]
    labels: tuple[Label, ...]
    timeline: tuple[TimelineEntry, ...]
    digest: tuple[Extract, ...]
    headings: tuple[Heading, ...] = ()

    def article(self, id: str) -> Article:
        """The article with that id. Raises KeyError when the edition has none."""
        for article in self.articles:
            if article.id == id:
                return article
        raise KeyError(id)

    def name(self, id: str) -> Name:
        """The name with that id. Raises KeyError when the edition has none."""
        for name in self.names:
            if name.id == id:
                return name
        raise KeyError(id)

    def _repr_html_(self) -> str | None:
        return shown_as_html(self)


@dataclass(frozen=True, slots=True)
class Editions:
    """What one reading gives: an edition a story, the articles that share no story, the inputs refused.

    editions: one a story. alone: ids of the articles that share no story with another.
    refused: the inputs that could not be read.
    loners: the articles behind ``alone``, for display; the exchange format carries their ids only.
    """

    editions: tuple[Edition, ...]
    alone: tuple[str, ...]
    refused: tuple[Refusal, ...]
    loners: tuple[Article, ...] = ()

    @property
    def only(self) -> Edition:
        """The edition, where there is exactly one. Raises UsageError otherwise."""
        if len(self.editions) != 1:
            raise UsageError(f"{len(self.editions)} stories were read, not one; take one from `editions`")
        return self.editions[0]

    def __getattr__(self, name: str) -> Any:
        """Every field of the one edition, so that ``read(...).claims`` works for a folder of one story."""
        if name in Edition.__dataclass_fields__:
            return getattr(self.only, name)
        raise AttributeError(name)

    def __iter__(self) -> Iterator[Edition]:
        return iter(self.editions)

    def __len__(self) -> int:
        return len(self.editions)

    def _repr_html_(self) -> str | None:
        return shown_as_html(self)
