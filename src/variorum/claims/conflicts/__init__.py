"""What cannot all be right: one module a kind, and each only compares statements of one and the same thing.

In come the story's units with their likeness and the collated utterances; out go the conflicts of all kinds, each
with its positions and no verdict. ``slots`` finds the values that can be compared, ``matching`` which of them answer
one question, and ``numbers``, ``dates``, ``places`` and ``persons`` whether the answers can both be right;
``happenings`` finds one event told in other words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.claims.conflicts.dates import date_pairs
from variorum.claims.conflicts.happenings import Happenings
from variorum.claims.conflicts.matching import Matching
from variorum.claims.conflicts.numbers import number_pairs
from variorum.claims.conflicts.persons import name_pairs
from variorum.claims.conflicts.places import place_pairs
from variorum.claims.conflicts.polarity import polarity_pairs
from variorum.claims.conflicts.slots import slots
from variorum.claims.conflicts.statements import conflicts
from variorum.claims.conflicts.wording import wording_conflicts
from variorum.claims.likeness import Floats
from variorum.claims.reports import Report
from variorum.claims.units import Unit
from variorum.config.claims import Claims
from variorum.records import Conflict, Utterance


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A story laid out for comparison. alike: likeness of each two units. titles: name ids to the names to show."""

    reports: Sequence[Report]
    units: Sequence[Unit]
    alike: Floats
    titles: Mapping[str, str]


def find(told: Told, utterances: Sequence[Utterance], *, settings: Claims) -> tuple[Conflict, ...]:
    """Every conflict of the story, by kind and then by id."""
    matching = Matching(slots(told.units), told.units, told.alike, settings=settings)
    happenings = Happenings(told.reports, told.titles, settings=settings)
    dated = (
        *date_pairs(told.units, matching, settings=settings),
        *happenings.dates(),
    )
    placed = (
        *place_pairs(told.reports, told.units, matching, told.titles, settings=settings),
        *happenings.places(),
    )
    texts = {report.article.id: report.article.text for report in told.reports}
    return (
        *conflicts("number", number_pairs(told.units, matching, settings=settings)),
        *conflicts("date", dated),
        *conflicts("place", placed),
        *conflicts("name", name_pairs(told.units, matching, told.titles, settings=settings)),
        *conflicts("polarity", polarity_pairs(told.units, told.alike, settings=settings)),
        *sorted(wording_conflicts(utterances, texts, told.titles), key=lambda conflict: conflict.id),
    )


__all__ = ["Told", "find"]
