"""What is reported, by whom, and what cannot all be right."""

from dataclasses import dataclass
from typing import Literal

from variorum.records.annotation import Place
from variorum.records.span import Span

Stance = Literal["states", "attributes", "denies"]
ClaimStatus = Literal["corroborated", "single", "disputed"]
ConflictKind = Literal["number", "date", "place", "name", "polarity", "wording"]


@dataclass(frozen=True, slots=True)
class Voice:
    """One article's statement of a claim.

    article: its id. start, end: offsets of the statement in its text. stance: whether the article
    states it as fact, attributes it to somebody, or denies it. speaker: name id or words of whom it is
    attributed to, ``None`` when it is the article's own.
    """

    article: str
    start: int
    end: int
    stance: Stance
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Statements that say the same thing.

    id: unique in its edition. text: one of the statements, as printed. article: id of the article it is
    cited from. start, end: offsets of ``text`` there. voices: everybody's statement of it.
    outlets, lineages: on how many of each it rests, those who deny it left out unless all do; lineages
    are what counts.
    status: corroborated by two lineages or more, carried by a single one, or disputed.
    """

    id: str
    text: str
    article: str
    start: int
    end: int
    voices: tuple[Voice, ...]
    outlets: int
    lineages: int
    status: ClaimStatus


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a conflict. value: what it says, in plain words. voices: every place where it stands."""

    value: str
    voices: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that cannot all be right. There is no verdict.

    id: unique in its edition. kind: what sort of thing they differ on. about: what they differ on, in
    plain words. positions: the sides, two or more.
    """

    id: str
    kind: ConflictKind
    about: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A headline held against its own report, and by that against the others.

    article: its id. start, end: offsets of the headline in its text. own: where its own report comes
    nearest to saying the same, ``None`` where no sentence comes near. claim: id of the claim it tells, ``None`` when
    it tells none.
    unsupported: figures of the headline that no figure of its report agrees with; empty where the report breaks off.
    """

    article: str
    start: int
    end: int
    own: Place | None
    claim: str | None
    unsupported: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ``claims.compare`` gives: claims, strongest first, conflicts, and the headlines held against them."""

    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]
    headings: tuple[Heading, ...] = ()
