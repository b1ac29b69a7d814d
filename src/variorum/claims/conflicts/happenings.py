"""Days and places of one happening, however the reports word it.

Who meets whom tells a meeting from everything else in a story, and so may the kind of a happening with what takes part
in it, where the story has few of that kind: "hosted the chancellor on Monday" and "after a meeting with the
Bordurian leader on Tuesday" are held together though they share hardly a word.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import log

from variorum.claims.conflicts.dates import dated, verdict
from variorum.claims.conflicts.places import exclude, nested_places
from variorum.claims.conflicts.statements import Compared, Statement
from variorum.claims.events import SAID, Event, events, offices
from variorum.claims.reports import Report
from variorum.config.claims import Claims
from variorum.text import rarity

# Happenings of which a person has many in a week, with others: both sides must be the same.
_BETWEEN = frozenset(("meeting", "agreement", "debate", "dinner", "interview"))
_DATING = frozenset(("day", "weekday"))
_ATTRIBUTIVE = frozenset(("amod", "compound"))  # "look at the House-passed bill on Friday" dates no passing
_RARE = 3.0  # rarity of a noun that helps to tell one event from another: in fewer than one article in twenty


class Happenings:
    """The happenings of a story, and which mentions are of one."""

    def __init__(self, reports: Sequence[Report], titles: Mapping[str, str], *, settings: Claims) -> None:
        """titles: name ids to the names to show."""
        roles = offices(reports)
        self._events = [event for report in reports for event in events(report, roles) if event.kind != SAID]
        self._titles = titles
        self._settings = settings
        self._nested = nested_places(reports)
        self._sentences = max(1, sum(len(report.annotation.sentences) for report in reports))
        self._seen: Counter[str] = Counter()
        for key, _, _ in {(k, e.report.article.id, e.sentence) for e in self._events for k in _keys(e)}:
            self._seen[key] += 1

    def dates(self) -> Iterator[Compared]:
        """Pairs of datings of one happening in different articles, with whether they agree."""
        days = {
            event: times[0]
            for event in self._events
            if event.report.annotation.tokens[event.token].dep not in _ATTRIBUTIVE
            and len(times := [time for time in event.times if time.precision in _DATING]) == 1
        }
        for one, other in self._one([*days], self._settings.telling_evidence):
            found = verdict(days[one], days[other], self._settings)
            if found is not None:
                about = self._about("the day of", one, other)
                yield Compared(
                    dated(one.report.article.id, days[one]), dated(other.report.article.id, days[other]), found, about
                )

    def places(self) -> Iterator[Compared]:
        """Pairs of places of one happening in different articles, with whether they agree."""
        placed = [event for event in self._events if len({place.id for place in event.places}) == 1]
        for one, other in self._one(placed, self._settings.placing_evidence):
            here, there = one.places[0], other.places[0]
            if one.way(here) != other.way(there):
                continue
            agree = here.id == there.id
            # A small model takes many a town for somebody; that the other report has a place there sets it right.
            if "place" not in (here.kind, there.kind) or "facility" in (here.kind, there.kind):
                continue
            if agree or exclude(here, there, self._titles, self._nested):
                about = self._about("the place of", one, other)
                found: tuple[Statement, Statement] = (_placed(one), _placed(other))
                yield Compared(*found, "agree" if agree else "differ", about)

    def _one(self, found: Sequence[Event], evidence: float) -> Iterator[tuple[Event, Event]]:
        """Every two mentions in different articles that are of one happening."""
        for one, other in combinations(found, 2):
            if one.report is other.report or one.kind != other.kind or one.is_negative != other.is_negative:
                continue
            if not one.tense_agrees(other) or (one.people - other.people and other.people - one.people):
                continue
            if one.kind in _BETWEEN:
                if len(one.people & other.people) >= 2:
                    yield one, other
            elif self._evidence(one, other) >= evidence:
                yield one, other

    def _shared(self, one: Event, other: Event) -> set[str]:
        nouns = {word for word, weight in one.nouns.items() if word in other.nouns and weight >= _RARE}
        return nouns | (one.names & other.names)

    def _evidence(self, one: Event, other: Event) -> float:
        """How much kind and shared participants tell: inverse sentence frequencies in the story, summed."""
        shared = self._shared(one, other)
        if not shared:
            return 0.0
        return sum(log(self._sentences / max(1, self._seen[key])) for key in sorted({one.kind, *shared}))

    def _about(self, question: str, one: Event, other: Event) -> str:
        """The question in plain words: "the day of the meeting between X and Y"."""
        people = sorted(self._titles[id] for id in (one.people & other.people or one.names & other.names))
        token = one.report.annotation.tokens[one.token]
        kind = one.kind if one.in_family else f"event told as “{token.text}”"
        if not people:
            nouns = sorted(word for word in one.nouns if word in other.nouns and rarity(word) >= _RARE)
            return f"{question} the {kind}" + (f" ({', '.join(nouns)})" if nouns else "")
        joint = " between " if one.kind in _BETWEEN and len(people) > 1 else " with "
        listed = " and ".join((", ".join(people[:-1]), people[-1])) if len(people) > 1 else people[0]
        return f"{question} the {kind}{joint}{listed}"


def _keys(event: Event) -> tuple[str, ...]:
    return (event.kind, *event.names, *event.nouns)


def _placed(event: Event) -> Statement:
    place, article = event.places[0], event.report.article
    return Statement(article.id, place.start, place.end, " ".join(article.text[place.start : place.end].split()))
