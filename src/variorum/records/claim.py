"""What is reported, by whom, and what cannot all be right."""

from dataclasses import dataclass
from typing import Literal

from variorum.records.annotation import Place

Stance = Literal["states", "attributes", "denies"]
ClaimStatus = Literal["corroborated", "single", "disputed"]
ConflictKind = Literal["number", "date", "place", "name", "polarity", "wording"]


@dataclass(frozen=True, slots=True)
class Voice:
    """One article's statement of a claim. speaker: name id or words of whom it is attributed to."""

    article: str
    start: int
    end: int
    stance: Stance
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Statements that say the same thing. text: one of them, cited from ``article`` at ``[start, end)``.

    outlets, lineages: on how many of each it rests; lineages are what counts.
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
    """One side of a conflict: its value in plain words, and where it stands."""

    value: str
    voices: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that cannot all be right. about: what they differ on, in plain words. No verdict."""

    id: str
    kind: ConflictKind
    about: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ``claims.compare`` gives: claims, strongest first, and conflicts."""

    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]
