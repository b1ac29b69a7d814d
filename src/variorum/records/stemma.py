"""Who borrowed from whom, and how many independent voices there are."""

from dataclasses import dataclass
from typing import Literal

from variorum.records.span import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Two stretches that correspond.

    a, b: where they stand in the texts of the two articles. likeness: in [0, 1], 1.0 when the words
    are the same.
    """

    a: Span
    b: Span
    likeness: float


@dataclass(frozen=True, slots=True)
class Borrowing:
    """Two articles that share text, or tell alike.

    a, b: their ids. directed: whether evidence says ``a`` gave to ``b``; without it, nothing is said of
    which came first. kind: ``verbatim`` for shared words, ``retold`` for a chain of paraphrase. spans: the evidence.
    """

    a: str
    b: str
    directed: bool
    kind: Literal["verbatim", "retold"]
    spans: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Exemplar:
    """What a lineage goes back to.

    kind: ``article``, ``agency``, ``lost`` (a report that is not in the collection) or ``none`` (an
    article that stands on its own). name: id of the article or name of the agency, else ``None``.
    """

    kind: Literal["article", "agency", "lost", "none"]
    name: str | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """Articles that go back to one exemplar and so count as one voice.

    articles: their ids. exemplar: what they go back to. evidence: why they are held to, in plain sentences.
    """

    articles: tuple[str, ...]
    exemplar: Exemplar
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stemma:
    """The whole descent. Every article of the story is in exactly one lineage.

    borrowings: pairs of articles that share text or tell alike. lineages: the independent voices.
    """

    borrowings: tuple[Borrowing, ...]
    lineages: tuple[Lineage, ...]

    def lineage_of(self, article: str) -> int:
        """Index of the lineage that holds the article. Raises KeyError when none does."""
        for index, lineage in enumerate(self.lineages):
            if article in lineage.articles:
                return index
        raise KeyError(article)

    def voices(self, articles: set[str] | frozenset[str]) -> int:
        """On how many lineages the given articles rest."""
        return sum(1 for lineage in self.lineages if articles & set(lineage.articles))
