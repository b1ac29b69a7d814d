"""Claims made of groups: the wording to show, the voices, how many independent ones."""

from collections.abc import Mapping, Sequence, Set

import numpy as np

from variorum.claims.difference import differ_as_said
from variorum.claims.likeness import Floats
from variorum.claims.stance import Attributed, Place, Spans, stance
from variorum.claims.units import Unit
from variorum.records import Claim, ClaimStatus, Conflict, Position, Stemma, Voice
from variorum.text import digest

_ORDER: dict[ClaimStatus, int] = {"corroborated": 0, "disputed": 0, "single": 1}
_SHORT_CHARACTERS = 160  # a claim's wording that can be taken in at a glance
_DANGLING = frozenset(
    ("he", "she", "it", "they", "this", "that", "these", "those", "who", "which", "his", "her", "their")
)


def claim(
    group: Sequence[int],
    units: Sequence[Unit],
    alike: Floats,
    stemma: Stemma,
    given: Mapping[str, Sequence[Attributed]],
    conflicts: Sequence[Conflict],
    against: frozenset[Place],
) -> Claim:
    """The claim of one group of units.

    against: the units whose words another report prints to the contrary (:func:`contested`).
    outlets and lineages count those who state or attribute it, not those who deny it, unless all do.
    """
    members = [units[at] for at in group]
    voices = sorted(
        (_voice(unit, given.get(unit.place[0], ())) for unit in members),
        key=lambda voice: (voice.article, voice.start, voice.end),
    )
    holding = [voice for voice in voices if voice.stance != "denies"] or voices
    outlets = {unit.report.article.id: unit.report.article.outlet for unit in members}
    articles = frozenset(voice.article for voice in holding)
    shown = units[_clearest(group, units, alike)]
    lineages = stemma.voices(articles)
    return Claim(
        id=digest("claim", *(f"{voice.article}:{voice.start}:{voice.end}" for voice in voices)),
        text=shown.text,
        article=shown.place[0],
        start=shown.start,
        end=shown.end,
        voices=tuple(voices),
        outlets=len({outlets[article] for article in articles}),
        lineages=lineages,
        status=_status(voices, conflicts, lineages, {units[at].place for at in group} & against),
    )


def contested(
    units: Sequence[Unit], printed: Mapping[tuple[Place, Place], tuple[Spans, Spans]], conflicts: Sequence[Conflict]
) -> frozenset[Place]:
    """Units of which two sides of a conflict of wording have the contrary sense, or another figure.

    printed: which two units print one utterance, and where (:func:`variorum.claims.stance.share_utterances`). Such a
    conflict is of what was said; over any other, that it was said is not in dispute.
    """
    held = {unit.place: unit for unit in units}
    wordings = [conflict for conflict in conflicts if conflict.kind == "wording"]
    found: set[Place] = set()
    for (a, b), said in printed.items():
        sided = a in held and b in held and any(_are_sides(a, b, conflict) for conflict in wordings)
        if sided and differ_as_said(held[a], held[b], *said):
            found.update((a, b))
    return frozenset(found)


def _are_sides(a: Place, b: Place, conflict: Conflict) -> bool:
    """Whether the two units hold places of two positions."""
    mine, theirs = ({at for at, position in enumerate(conflict.positions) if _in(unit, position)} for unit in (a, b))
    return bool(mine and theirs) and not mine & theirs


def _in(unit: Place, position: Position) -> bool:
    article, start, end = unit
    return any(place.article == article and place.start < end and start < place.end for place in position.voices)


def by_strength(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Most independent voices first, then most outlets, most voices, and by id."""
    return tuple(sorted(claims, key=lambda c: (_ORDER[c.status], -c.lineages, -c.outlets, -len(c.voices), c.id)))


def _voice(unit: Unit, given: Sequence[Attributed]) -> Voice:
    kind, speaker = stance(unit, given)
    return Voice(unit.place[0], unit.start, unit.end, kind, speaker)


def _status(voices: Sequence[Voice], conflicts: Sequence[Conflict], lineages: int, against: Set[Place]) -> ClaimStatus:
    """Disputed when most of its voices hold a position of a conflict: a day or a figure that stands in one
    report's sentence is not what the others state."""
    held = {voice for voice in voices if (voice.article, voice.start, voice.end) in against}
    held |= {
        voice
        for conflict in conflicts
        if conflict.kind != "wording"  # that it was said is not in dispute
        for position in conflict.positions
        for place in position.voices
        for voice in voices
        if voice.article == place.article and voice.start < place.end and place.start < voice.end
    }
    if len(held) * 2 > len(voices):
        return "disputed"
    return "corroborated" if lineages >= 2 else "single"


def _clearest(group: Sequence[int], units: Sequence[Unit], alike: Floats) -> int:
    """The unit to show: like the others, short, and one that needs nothing before it to be understood."""
    central = {at: float(np.mean([alike[at, other] for other in group if other != at] or [1.0])) for at in group}

    def rank(at: int) -> tuple[float, tuple[str, int, int]]:
        unit = units[at]
        first = unit.report.annotation.tokens[unit.first].text.casefold()
        burden = 0.15 * (first in _DANGLING) + 0.1 * max(0.0, len(unit.text) / _SHORT_CHARACTERS - 1)
        burden += 0.1 * (not unit.names) + 0.1 * unit.report.is_quoted(unit.start + 1)
        return (round(burden - central[at], 6), unit.place)

    return min(group, key=rank)
