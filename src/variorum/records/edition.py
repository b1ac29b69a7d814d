"""The critical edition of one story: everything the JSON has."""

from dataclasses import dataclass
from datetime import datetime

from variorum.records.annotation import Name
from variorum.records.article import Article, Refusal
from variorum.records.claim import Claim, Conflict
from variorum.records.coverage import CoverageMatrix, Heard, Label
from variorum.records.stemma import Stemma
from variorum.records.utterance import Utterance

FORMAT = "variorum/edition/1"


@dataclass(frozen=True, slots=True)
class Headline:
    """A story's head. id: the story's own digest, a hyphen, and the seal over the whole edition."""

    id: str
    headline: str
    first_published: datetime | None
    last_published: datetime | None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something dated. when: ISO 8601 date, time or interval. claim: id of the claim it belongs to."""

    when: str
    precision: str
    article: str
    start: int
    end: int
    claim: str | None


@dataclass(frozen=True, slots=True)
class Extract:
    """A line of the digest: an article's own words, with the claims they carry."""

    article: str
    start: int
    end: int
    text: str
    claims: tuple[str, ...]
    lineages: int
    disputed: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """The critical edition of one story."""

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


@dataclass(frozen=True, slots=True)
class Editions:
    """What one reading gives: an edition a story, the articles that share no story, the inputs refused.

    loners: the articles behind ``alone``, for display; the exchange format carries their ids only.
    """

    editions: tuple[Edition, ...]
    alone: tuple[str, ...]
    refused: tuple[Refusal, ...]
    loners: tuple[Article, ...] = ()
