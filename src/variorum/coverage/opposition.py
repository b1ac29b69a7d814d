"""Which report holds against a claim what a conflict says cannot be right beside it."""

from collections.abc import Sequence

from variorum.config.coverage import Coverage
from variorum.coverage.presence import Presence
from variorum.records import Claim, Comparison, Place, Position, Span


def opposed(comparison: Comparison, presence: Presence, settings: Coverage) -> dict[str, dict[str, int]]:
    """Claim id to the articles that hold another position than the claim's own, with the offset of it.

    A report contradicts a claim only when the claim is about what they differ on: the statement in which the
    claim's position stands is a fair part of the claim and more than its "he said", and the report's statement
    is among the claim's voices or comes near it. Two reports that put one meeting on different days do not
    contradict all that was said at it. A conflict of wording is about the words of a quotation, not about what
    happened, and opposes nobody.
    """
    contrary: dict[str, dict[str, int]] = {}
    for conflict in comparison.conflicts:
        if conflict.kind == "wording":
            continue
        for own in conflict.positions:
            held = {place.article for place in own.voices}
            others = [place for other in conflict.positions if other is not own for place in other.voices]
            for claim in _about(own, comparison.claims, presence, settings):
                for place in others:
                    if place.article not in held and _answers(place, claim, presence, settings):
                        at = contrary.setdefault(claim.id, {})
                        at[place.article] = min(at.get(place.article, place.start), place.start)
    return contrary


def _about(position: Position, claims: Sequence[Claim], presence: Presence, settings: Coverage) -> list[Claim]:
    """The claims whose own words are, for a fair part, the statement in which the position stands."""
    found: dict[str, Claim] = {}
    for place in position.voices:
        for claim in claims:
            if claim.article != place.article or not claim.start <= place.start < place.end <= claim.end:
                continue
            statement = presence.statement(place)
            told = min(statement.end, claim.end) - max(statement.start, claim.start)
            if told >= settings.opposed_share * (claim.end - claim.start) and not presence.is_frame(place):
                found[claim.id] = claim
    return [found[id] for id in sorted(found)]


def _answers(place: Place, claim: Claim, presence: Presence, settings: Coverage) -> bool:
    """Whether what stands at ``place`` is told of the same thing as the claim."""
    span = Span(place.start, place.end)
    if any(voice.article == place.article and span.overlaps(Span(voice.start, voice.end)) for voice in claim.voices):
        return True
    cited = Place(claim.article, claim.start, claim.end)
    return presence.alike(cited, presence.stretch(place)) >= settings.opposed_likeness
