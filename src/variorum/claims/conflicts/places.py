"""One event in two places."""

from collections.abc import Iterator, Mapping, Sequence

from variorum.claims.conflicts.actors import exclude
from variorum.claims.conflicts.sameness import Sameness, pairs
from variorum.claims.conflicts.statements import Compared, Statement
from variorum.claims.events import Event
from variorum.claims.reports import Named


def place_pairs(
    events: Sequence[Event], same: Sameness, titles: Mapping[str, str], nested: frozenset[frozenset[str]]
) -> Iterator[Compared]:
    """Pairs of mentions of one event in different articles that both say where, and whether they agree.

    nested: pairs of places of which some report of the story puts one inside the other.
    """
    for one, other in pairs([event for event in events if len({place.id for place in event.places}) == 1]):
        here, there = one.places[0], other.places[0]
        if one.way(here) != other.way(there):
            continue
        agree = here.id == there.id
        if (agree or exclude(here, there, titles, nested)) and same.event(one, other):
            about = same.about("the place of", one, other)
            yield Compared(_statement(one, here), _statement(other, there), "agree" if agree else "differ", about)


def _statement(event: Event, place: Named) -> Statement:
    words = event.report.article.text[place.start : place.end]
    return Statement(event.report.article.id, place.start, place.end, " ".join(words.split()))
