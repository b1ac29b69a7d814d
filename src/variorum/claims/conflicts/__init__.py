"""What cannot all be right: one module a kind, and each only compares statements of one and the same event.

In come the story's units with their likeness, the events they mention and the collated utterances; out go
the conflicts of all kinds, each with its positions and no verdict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.claims.conflicts.actors import name_pairs, nested_places, place_swaps
from variorum.claims.conflicts.dates import date_pairs
from variorum.claims.conflicts.numbers import number_pairs
from variorum.claims.conflicts.places import place_pairs
from variorum.claims.conflicts.polarity import polarity_pairs
from variorum.claims.conflicts.sameness import Sameness
from variorum.claims.conflicts.statements import conflicts
from variorum.claims.conflicts.wording import wording_conflicts
from variorum.claims.events import events, offices
from variorum.claims.likeness import Floats, likeness
from variorum.claims.reports import Report
from variorum.claims.units import Unit, nameless
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
    roles = offices(told.reports)
    happenings = [event for report in told.reports for event in events(report, roles)]
    same = Sameness(told.units, told.alike, happenings, told.titles, settings=settings)
    nested = nested_places(told.reports)
    bare = [nameless(unit) for unit in told.units]
    bare_alike = likeness(bare, bare, settings=settings, with_figures=False)
    places = (
        *place_pairs(happenings, same, told.titles, nested),
        *place_swaps(told.units, bare_alike, told.titles, nested, settings=settings),
    )
    texts = {report.article.id: report.article.text for report in told.reports}
    return (
        *conflicts("number", number_pairs(told.units, told.alike, settings=settings)),
        *conflicts("date", date_pairs(happenings, same, settings=settings)),
        *conflicts("place", places),
        *conflicts("name", name_pairs(told.units, bare_alike, told.titles, settings=settings)),
        *conflicts("polarity", polarity_pairs(happenings, same)),
        *sorted(wording_conflicts(utterances, texts, told.titles), key=lambda conflict: conflict.id),
    )


__all__ = ["Told", "find"]
