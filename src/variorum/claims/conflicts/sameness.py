"""Whether two mentions are of one event."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import log

from variorum.claims.events import SAID, Event
from variorum.claims.likeness import Floats
from variorum.claims.units import Unit
from variorum.config.claims import Claims
from variorum.text import rarity

# Kinds of event that a person takes part in many times a week with others: both sides must be the same.
_BETWEEN = frozenset(("meeting", "agreement", "debate", "dinner", "interview"))
_RARE = 3.0  # rarity of a noun that helps to tell one event from another: in fewer than one article in twenty


def pairs(events: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Every two mentions of one kind of event in different articles."""
    by_kind: dict[str, list[Event]] = {}
    for event in events:
        by_kind.setdefault(event.kind, []).append(event)
    for each in by_kind.values():
        for one, other in combinations(each, 2):
            if one.report is not other.report:
                yield one, other


class Sameness:
    """Answers whether two events are one, from who takes part and how alike their statements are."""

    def __init__(
        self,
        units: Sequence[Unit],
        alike: Floats,
        events: Sequence[Event],
        titles: Mapping[str, str],
        *,
        settings: Claims,
    ) -> None:
        """events: all of the story, by which the common is told from the telling. titles: name ids to names."""
        self._units = units
        self._alike = alike
        self._titles = titles
        self._settings = settings
        self._at: dict[tuple[str, int], list[int]] = {}
        for index, unit in enumerate(units):
            self._at.setdefault((unit.place[0], unit.sentence), []).append(index)
        self._sentences = max(1, len({(unit.place[0], unit.sentence) for unit in units}))
        self._seen: Counter[str] = Counter()
        for key in {(key, e.report.article.id, e.sentence) for e in events for key in (e.kind, *e.names, *e.nouns)}:
            self._seen[key[0]] += 1

    def likeness(self, one: Event, other: Event) -> float:
        """The likeness of the most alike stretches that hold the two; 0.0 where either stands in none."""
        rows, columns = self._around(one), self._around(other)
        return max((float(self._alike[a, b]) for a in rows for b in columns), default=0.0)

    def _around(self, event: Event) -> list[int]:
        held = self._at.get((event.report.article.id, event.sentence), [])
        return [at for at in held if self._units[at].first <= event.token < self._units[at].last]

    def event(self, one: Event, other: Event) -> bool:
        """Whether the two mentions are of one event.

        Of one kind, both told as past, with participants in common and no two persons set against each
        other. What they share must tell the event from the rest of the story (``evidence``), the less the
        more alike the statements are.
        """
        return one.is_negative == other.is_negative and one.tense_agrees(other) and self._one(one, other)

    def event_but_for_yes_and_no(self, one: Event, other: Event) -> bool:
        """The same for an event and its denial, which share more than their subject or are alike throughout."""
        if "future" in (one.tense, other.tense) or not self._one(one, other):
            return False
        likeness = self.likeness(one, other)
        beyond = self._shared(one, other) - (one.subject & other.subject)
        return likeness >= self._settings.same_statement or (likeness >= self._settings.same_denied and bool(beyond))

    def _one(self, one: Event, other: Event) -> bool:
        settings = self._settings
        if one.kind != other.kind or (one.people - other.people and other.people - one.people):
            return False
        if one.kind in _BETWEEN and len(one.people & other.people) >= 2:
            return True
        likeness = self.likeness(one, other)
        if not self._shared(one, other) and (one.names or other.names):
            return False
        if one.kind == SAID:
            return likeness >= settings.same_saying
        if one.kind in _BETWEEN:
            return likeness >= settings.same_statement
        if likeness >= settings.same_statement:
            return True
        evidence = self.evidence(one, other)
        if likeness >= settings.same_event:
            return evidence >= settings.telling_evidence
        return evidence >= settings.plain_evidence

    def _shared(self, one: Event, other: Event) -> set[str]:
        nouns = {word for word, weight in one.nouns.items() if word in other.nouns and weight >= _RARE}
        return nouns | (one.names & other.names)

    def evidence(self, one: Event, other: Event) -> float:
        """How much kind and shared participants tell: inverse sentence frequencies in the story, summed."""
        return sum(log(self._sentences / max(1, self._seen[key])) for key in {one.kind, *self._shared(one, other)})

    def about(self, question: str, one: Event, other: Event) -> str:
        """The question in plain words: "the day of the meeting between X and Y"."""
        people = sorted(self._titles[id] for id in (one.people & other.people or one.names & other.names))
        token = one.report.annotation.tokens[one.token]
        kind = one.kind if one.in_family or one.kind == SAID else f"event told as “{token.text}”"
        if not people:
            nouns = sorted(word for word in one.nouns if word in other.nouns and rarity(word) >= _RARE)
            return f"{question} the {kind}" + (f" ({', '.join(nouns)})" if nouns else "")
        joint = " between " if one.kind in _BETWEEN and len(people) > 1 else " with "
        listed = " and ".join((", ".join(people[:-1]), people[-1])) if len(people) > 1 else people[0]
        return f"{question} the {kind}{joint}{listed}"
