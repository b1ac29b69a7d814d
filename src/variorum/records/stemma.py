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


SharedKind = Literal["verbatim", "quotation", "statement", "common"]


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """Two stretches of the same words, small edits aside.

    a, b: where they stand in the texts of the two articles. words: how many words are the same; run: at most how many
    of them in a row, without an edit. likeness: share of the longer stretch that is the same, in [0, 1].
    kind: ``verbatim`` for words of the reporters' own, the only kind that counts as borrowed; ``quotation`` for words
    that either article, or another of the collection, sets between quotation marks; ``statement`` for somebody's
    words printed without marks (a post, a transcript); ``common`` for what many unrelated articles have.
    """

    a: Span
    b: Span
    words: int
    run: int
    likeness: float
    kind: SharedKind


@dataclass(frozen=True, slots=True)
class Shared:
    """What two articles have in the same words.

    a, b: their ids. passages: in the order of ``a``; no word is in two of them. words: how many words of verbatim
    passages are the same; a_share, b_share: what share of each article's words outside quotations that is.
    """

    a: str
    b: str
    passages: tuple[SharedPassage, ...]
    words: int
    a_share: float
    b_share: float

    @property
    def borrowed(self) -> tuple[SharedPassage, ...]:
        """The passages that count: the verbatim ones."""
        return tuple(passage for passage in self.passages if passage.kind == "verbatim")


EvidenceKind = Literal[
    "shared", "chain", "named", "credit", "linked", "time", "contained", "spelling", "corrected", "localised"
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason why two reports are held to go together, or which of them gave to the other.

    kind: ``shared`` and ``chain`` are of the tie itself; ``named`` (one names the other as having reported it),
    ``credit`` (one credits the other, an agency), ``linked``, ``time``, ``contained`` (one text stands wholly inside
    the other), ``spelling`` (one keeps the other's spelling against its own habit), ``corrected`` (a misspelt word
    is right in the other) and ``localised`` (one adds what readers elsewhere need) are of its direction.
    strength: ``strong`` decides by itself, ``fair`` where nothing speaks against it, ``weak`` only beside others.
    says: one plain sentence. giver: id of the article that by this gave to the other; ``None`` where it tells nothing
    of that. article, span: where to check it, ``None`` where no single place shows it.
    """

    kind: EvidenceKind
    strength: Literal["strong", "fair", "weak"]
    says: str
    giver: str | None = None
    article: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Borrowing:
    """Two articles that share text, or tell alike.

    a, b: their ids. directed: whether evidence says ``a`` gave to ``b``; without it, nothing is said of
    which came first. kind: ``verbatim`` for shared words, ``retold`` for a chain of paraphrase. spans: the
    evidence. share: of the shorter report, the part that corresponds, in [0, 1]. reasons: for the tie, and then for
    its direction, the strongest first. These two are not part of the edition's format; ``variorum descent`` has them.
    """

    a: str
    b: str
    directed: bool
    kind: Literal["verbatim", "retold"]
    spans: tuple[Passage, ...]
    share: float = 0.0
    reasons: tuple[Evidence, ...] = ()


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
