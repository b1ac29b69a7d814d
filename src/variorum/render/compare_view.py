"""A comparison as a list, a table or a file shows it: one story in parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from variorum.coverage.readable import Unread
from variorum.records import Article, Cell, Claim, ConflictKind, Edition, Lineage, Stance
from variorum.render.apparatus import is_compared

Part = Literal["agreed", "disputed", "only-in", "left-out", "heard"]
Why = Unread | Literal["language", "near"]
"""Why it is unknown whether a report has a claim; ``near``: it comes near it without plainly stating it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of one report. stance, speaker, speaker_id: as the claim they belong to has them.

    speaker: as a reader names them, ``None`` where the report states it itself or has only a pronoun for them.
    speaker_id: the name's id, ``None`` where the speaker is no known name.
    """

    article: Article
    start: int
    end: int
    stance: Stance | None = None
    speaker: str | None = None
    speaker_id: str | None = None

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with everybody's statement of it."""

    claim: Claim
    statements: tuple[Statement, ...]

    @property
    def by_report(self) -> list[tuple[Article, list[Statement]]]:
        """The statements gathered by report, in the order of the reports."""
        gathered: dict[str, list[Statement]] = {}
        for statement in self.statements:
            gathered.setdefault(statement.article.id, []).append(statement)
        return [(own[0].article, own) for own in gathered.values()]

    def has(self, article: Article | None) -> bool:
        """Whether the report states the claim, or denies it."""
        return any(statement.article is article for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute, with every place where it stands."""

    value: str
    statements: tuple[Statement, ...]
    lineages: int
    outlets: int

    def has(self, article: Article | None) -> bool:
        """Whether the report stands on this side."""
        return any(statement.article is article for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict, or a claim that one report tells and another denies. claims: those it touches."""

    id: str
    kind: ConflictKind
    about: str
    sides: tuple[Side, ...]
    claims: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ReportedAlone:
    """The claims of one lineage only, under the report they are printed from and in its order."""

    article: Article
    claims: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """A claim a report was not found to have. carried: by how many other lineages. why: ``None`` where it is left out,
    else why that is unknown."""

    told: Told
    carried: int
    why: Why | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What other lineages carry and one report does not. others: how many other lineages there are."""

    article: Article
    others: int
    claims: tuple[Lack, ...]
    unknown: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class HeardIn:
    """What one report gives a speaker: quotations, indirect ones too, and words between quotation marks."""

    article: Article
    quotations: int
    words: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """One speaker over all reports that give them a voice, in the order of the reports."""

    speaker: str
    speaker_id: str | None
    reports: tuple[HeardIn, ...]

    @property
    def quotations(self) -> int:
        return sum(one.quotations for one in self.reports)

    @property
    def words(self) -> int:
        return sum(one.words for one in self.reports)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What one report makes of one claim. why: of a state that is unknown. statement: its words, where it has any."""

    told: Told
    article: Article
    cell: Cell
    why: Why | None
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One story in parts. ours: the report the parts are narrowed to, ``None`` for all.

    lineages: those with a report that was compared, in the order of their numbers from 1.
    """

    edition: Edition
    ours: Article | None
    lineages: tuple[Lineage, ...]
    agreed: tuple[Told, ...]
    disputed: tuple[Dispute, ...]
    only_in: tuple[ReportedAlone, ...]
    left_out: tuple[LeftOut, ...]
    heard: tuple[Hearing, ...]
    treatments: tuple[Treatment, ...]

    def lineage(self, article: Article) -> int | None:
        """The number of the lineage a report belongs to; ``None`` for one that was not compared."""
        found = (number for number, one in enumerate(self.lineages, start=1) if article.id in one.articles)
        return next(found, None) if is_compared(article) else None

    def by_lineage(self, articles: Iterable[Article]) -> list[list[Article]]:
        """Reports gathered by lineage, in the order of the edition; each once, those not compared last."""
        wanted = {article.id for article in articles}
        gathered: dict[int, list[Article]] = {}
        for article in self.edition.articles:
            if article.id in wanted:
                gathered.setdefault(self.lineage(article) or len(self.lineages) + 1, []).append(article)
        return [gathered[number] for number in sorted(gathered)]
