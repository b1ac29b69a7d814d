"""Which values of two reports answer one question, and whether the answers agree.

What stands around two values, how alike their statements are but for them, the verb over them and what is counted say
how near they are. A pair whose answers differ is put aside where one of the reports gives the other's answer in
any related sentence: then the two are not of one thing, or the report knows both.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from variorum.claims.conflicts.slots import Slot, SlotKind, alike_around
from variorum.claims.conflicts.statements import Statement, Verdict, clipped
from variorum.claims.likeness import Floats, likeness
from variorum.claims.units import Unit, nameless
from variorum.config.claims import Claims

Judge = Callable[[Slot, Slot], tuple[Verdict, float] | None]
"""Whether two values of one kind agree or differ, and the nearness from which on they answer one question; ``None``
where they cannot be held together."""


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """Two values. nearness: how near they are, from 0 to 5. least: from where on they answer one question."""

    one: Slot
    other: Slot
    verdict: Verdict
    nearness: float
    least: float

    @property
    def is_near(self) -> bool:
        """Whether the two answer one question."""
        return self.nearness >= self.least


class Matching:
    """The values of a story held against each other."""

    def __init__(self, slots: Sequence[Slot], units: Sequence[Unit], alike: Floats, *, settings: Claims) -> None:
        """alike: likeness of each two units, figures aside."""
        self._units = units
        bare = [nameless(unit) for unit in units]
        but_for_names = likeness(bare, bare, settings=settings, with_figures=False)
        # Where a name may be what differs, names say nothing for or against.
        self._alike: dict[SlotKind, Floats] = {
            "number": alike, "date": alike, "place": but_for_names, "name": but_for_names,
        }  # fmt: skip
        self._settings = settings
        self._vectors = np.stack([unit.vector for unit in units]) if units else np.zeros((0, 384), dtype=np.float32)
        self._held: dict[SlotKind, dict[str, list[Slot]]] = defaultdict(lambda: defaultdict(list))
        for slot in slots:
            self._held[slot.kind][slot.place[0]].append(slot)

    def matches(self, kind: SlotKind, judge: Judge) -> Iterator[Match]:
        """Pairs of one kind that differ and answer one question, and the pairs that agree with one of those.

        judge: says what the kind knows of two values, the question aside.
        """
        near = list(self._near(kind, judge))
        agreeing: dict[Slot, list[Match]] = defaultdict(list)
        for match in near:
            if match.verdict == "agree":
                agreeing[match.one].append(match)
                agreeing[match.other].append(match)
        told: dict[Slot, None] = {}
        for match in near:
            if match.verdict == "differ" and match.is_near and not self._is_explained(match, agreeing):
                told.update(dict.fromkeys((match.one, match.other)))
                yield match
        yield from dict.fromkeys(match for slot in told for match in agreeing[slot] if match.is_near)

    def _is_explained(self, match: Match, agreeing: Mapping[Slot, Sequence[Match]]) -> bool:
        """Whether either report gives the other's answer where it may be to the same question.

        A figure anywhere in a related sentence; days and places, of which a report has few, only where they are as
        near.
        """
        is_number = match.one.kind == "number"
        least = 0.0 if is_number else match.nearness - self._settings.explained_within
        return any(
            any(mine.report is known for known in (rival.one.report, rival.other.report)) and rival.nearness >= least
            for mine, theirs in ((match.one, match.other), (match.other, match.one))
            for rival in agreeing.get(theirs, ())
        )

    def _near(self, kind: SlotKind, judge: Judge) -> Iterator[Match]:
        """Pairs in different reports that may have to do with each other, in the order of the articles' ids."""
        settings = self._settings
        held = self._held[kind]
        order = sorted(held)
        for at, article in enumerate(order):
            for beside in order[at + 1 :]:
                for one, other in self._in_near_sentences(held[article], held[beside]):
                    judged = judge(one, other)
                    if judged is None:
                        continue
                    alike = self._likeness(one, other)
                    nearness = round(self._nearness(one, other, alike), 6)
                    if nearness >= settings.related_values:
                        least = judged[1] if alike >= settings.least_alike[kind] else inf
                        yield Match(one, other, judged[0], nearness, least)

    def _in_near_sentences(self, mine: Sequence[Slot], theirs: Sequence[Slot]) -> Iterator[tuple[Slot, Slot]]:
        """Pairs whose sentences have to do with each other at all, which leaves few of many."""
        cosine = self._vectors[[slot.whole for slot in mine]] @ self._vectors[[slot.whole for slot in theirs]].T
        # Rounded, because the last bits of a product depend on what else is multiplied beside it.
        rows, columns = np.nonzero(np.round(cosine, 4) >= self._settings.near_sentences)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            yield mine[row], theirs[column]

    def _likeness(self, one: Slot, other: Slot) -> float:
        """The likeness of the most alike stretches that hold the two."""
        alike = self._alike[one.kind]
        return float(max(alike[a, b] for a in (one.unit, one.whole) for b in (other.unit, other.whole)))

    def _nearness(self, one: Slot, other: Slot, alike: float) -> float:
        """How near two values are by what stands around them, by their statements, and by the verb over them."""
        nearness = 2 * alike_around(one, other) + 2 * alike
        nearness += 0.5 * bool(one.verb and one.verb == other.verb)
        return nearness + 0.5 * bool(one.kind == "number" and one.figure.subject == other.figure.subject is not None)


def shorter_line(match: Match, units: Sequence[Unit]) -> str:
    """The shorter of the two statements that hold the values, on one line: the question in plain words."""
    lines = (clipped(units[slot.unit].text) for slot in (match.one, match.other))
    return min(lines, key=lambda line: (len(line), line))


def printed(slot: Slot) -> Statement:
    """The value as its article prints it."""
    article = slot.report.article
    return Statement(article.id, slot.start, slot.end, " ".join(article.text[slot.start : slot.end].split()))


def of_others(one: Slot, other: Slot, units: Sequence[Unit]) -> bool:
    """Whether the statements that hold two values name different persons, the values themselves aside."""
    persons = [
        {named.id for named in slot.report.named_in(unit.start, unit.end) if named.kind == "person"}
        - ({slot.named.id} if slot.kind in ("name", "place") else set())
        for slot, unit in ((one, units[one.unit]), (other, units[other.unit]))
    ]
    return all(persons) and not persons[0] & persons[1]
