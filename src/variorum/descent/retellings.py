"""Which reports of a story retell each other, or one that is not there: beyond what independent accounts show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

import numpy as np

from variorum.config import Descent
from variorum.descent.chains import Chain, Told, chain, covered, with_moved
from variorum.descent.specifics import Own, own

_Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Retelling:
    """Two reports that tell alike. a, b: indices into the story's reports.

    a_own, b_own: the details each has and the other has not. taker: the one that has next to none, ``None`` where
    both have some and only their chain is denser than the story's others.
    """

    a: int
    b: int
    chain: Chain
    a_own: Own
    b_own: Own
    taker: int | None


def retellings(telling: Sequence[Told | None], besides: Iterable[_Pair], *, settings: Descent) -> tuple[Retelling, ...]:
    """The pairs that tell so much alike that one retells the other, or both a third.

    telling: by index; ``None`` for a report that cannot be compared. besides: pairs known to share text, lower index
    first; they go together already, and are no measure of how alike independent reports are.

    Reports of one event share facts, quotations and often an order of importance, and reports from one press release
    share far more, so likeness alone tells little. Either one report has next to nothing of its own beside another,
    names, figures and quotations counted: then it hangs from the nearest such, unless a stranger to that one is as
    near. Or two reports follow each other much further than the other reports of an ordinary story do.
    """
    story = _Told(telling, frozenset(besides), settings)
    held = story.held()
    takers = {
        taker: giver for taker, giver in ((one, story.nearest(one, held)) for one, _ in held) if giver is not None
    }
    found = []
    for a, b in story.chains:
        taker = next((one for one, other in ((a, b), (b, a)) if takers.get(one) == other), None)
        if (a, b) not in story.besides and (taker is not None or story.is_dense((a, b))):
            found.append(Retelling(a, b, story.whole(a, b), story.own(a, b), story.own(b, a), taker))
    return tuple(found)


class _Told:
    """A story's reports held against each other. What costs much is only reckoned for pairs that come that far."""

    def __init__(self, telling: Sequence[Told | None], besides: frozenset[_Pair], settings: Descent) -> None:
        self._telling = {place: told for place, told in enumerate(telling) if told is not None}
        self._settings = settings
        self._owned: dict[_Pair, Own] = {}
        self._wholes: dict[_Pair, Chain] = {}
        self.besides = besides
        self.chains = {
            (a, b): chain(self._telling[a], self._telling[b], settings=settings)
            for a, b in combinations(sorted(self._telling), 2)
        }

    def own(self, taker: int, giver: int) -> Own:
        """What one report has and the other has not."""
        if (taker, giver) not in self._owned:
            one, other = self._telling[taker].specifics, self._telling[giver].specifics
            self._owned[taker, giver] = own(one, other, settings=self._settings)
        return self._owned[taker, giver]

    def whole(self, one: int, other: int) -> Chain:
        """The chain of two reports with the pieces that were moved."""
        pair = min(one, other), max(one, other)
        if pair not in self._wholes:
            a, b = (self._telling[place] for place in pair)
            self._wholes[pair] = with_moved(self.chains[pair], a, b, settings=self._settings)
        return self._wholes[pair]

    def held(self) -> tuple[_Pair, ...]:
        """Reports with next to nothing of their own beside another, each with that other."""
        return tuple(
            to
            for pair, links in self.chains.items()
            if pair not in self.besides and links.strength >= self._settings.least_strength
            for to in (pair, pair[::-1])
            if self._is_held(to, links)
        )

    def _is_held(self, to: _Pair, links: Chain) -> bool:
        """Whether the first of two reports has next to nothing of its own beside the second.

        Two independent reports may leave each other little; then they leave each other about as much. So the second
        must have far more that the first lacks, or as good as nothing either, or the two must tell the same sentence
        by sentence.
        """
        settings = self._settings
        least = self.own(*to).share
        if least > settings.own_share or self._fewest(to) < settings.chain_sentences:
            return False
        most = self.own(*to[::-1]).share
        return (
            most <= settings.held_share
            or most >= settings.fuller_share
            or least <= settings.fuller_part * most
            or links.strength >= settings.close_strength
        )

    def _fewest(self, pair: _Pair) -> int:
        return min(len(self._telling[place].spans) for place in pair)

    def nearest(self, taker: int, held: Sequence[_Pair]) -> int | None:
        """Of the reports that hold all that one tells, the nearest.

        None where a stranger to that one is about as near, nor, with no stranger to measure by, where it is far.
        """
        best = min((giver for one, giver in held if one == taker), key=lambda giver: self._apart(taker, giver))
        strangers = [
            self._apart(taker, other)
            for other in self._telling
            if other not in (taker, best) and not self._go_together(other, best, held)
        ]
        nearest = min(strangers) - self._settings.nearer_by if strangers else self._settings.near
        return best if self._apart(taker, best) <= nearest else None

    def _apart(self, taker: int, giver: int) -> float:
        """How far a report is from having been made from another: details of its own, and what is told otherwise."""
        settings, links = self._settings, self.whole(taker, giver)
        followed = links.sentences / max(1, len(self._telling[taker].spans))
        return (
            self.own(taker, giver).share
            - settings.covered_weight * covered(self._telling[taker], self._telling[giver])
            - settings.followed_weight * followed
            - settings.chain_weight * log(links.strength + 0.05)
        )

    def _go_together(self, one: int, other: int, held: Sequence[_Pair]) -> bool:
        return (one, other) in held or (other, one) in held or (min(one, other), max(one, other)) in self.besides

    def is_dense(self, pair: _Pair) -> bool:
        """Whether a chain is dense beyond what the story's other reports show, if those tell as differently as most."""
        settings, links = self._settings, self.chains[pair]
        if links.strength < settings.chain_strength:
            return False
        others = [one.strength for at, one in self.chains.items() if at != pair and at not in self.besides]
        usual = float(np.quantile(others, 0.75)) if len(others) >= settings.dense_pairs else float("inf")
        return (
            usual <= settings.usual_strength
            and links.strength >= settings.dense_beyond * usual
            and links.sentences >= max(settings.chain_sentences, settings.chain_share * self._fewest(pair))
            and min(self.own(*pair).share, self.own(*pair[::-1]).share) <= settings.dense_own_share
        )
