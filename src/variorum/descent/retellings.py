"""Which reports of a story retell each other, or one that is not there: beyond what independent accounts show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from variorum.config import Descent
from variorum.descent.retold import Chain, Told, chain
from variorum.descent.specifics import Own, own


@dataclass(frozen=True, slots=True)
class Retelling:
    """Two reports that tell alike. a, b: indices into the story's reports.

    a_own, b_own: the details each has and the other has not. contained: whether one has next to none of its own, and
    not only a chain that is denser than the story's others.
    """

    a: int
    b: int
    chain: Chain
    a_own: Own
    b_own: Own
    contained: bool

    @property
    def taker(self) -> int:
        """The one that has the fewer details of its own."""
        return self.a if self.a_own.share <= self.b_own.share else self.b

    @property
    def least_own(self) -> float:
        return min(self.a_own.share, self.b_own.share)


def retellings(
    telling: Sequence[Told | None], besides: Iterable[tuple[int, int]], *, settings: Descent
) -> tuple[Retelling, ...]:
    """The pairs that tell so much alike that one retells the other, or both a third.

    telling: by index; ``None`` for a report that cannot be compared. besides: pairs known to share text already; they
    are no measure of how alike independent reports are.

    Reports of one event share facts, quotations and often an order of importance, and reports from one press release
    share far more, so likeness alone tells little. Either one report has next to nothing of its own beside another,
    names, figures and quotations counted, and follows it some of the way: then it hangs from the one that leaves it
    the least. Or two reports follow each other much further than the story's other reports do.
    """
    known = set(besides)
    strengths: dict[tuple[int, int], float] = {}
    found = []
    for a, b in combinations(range(len(telling)), 2):
        one, other = telling[a], telling[b]
        if one is None or other is None or (a, b) in known:
            continue
        links = chain(one, other, settings=settings)
        strengths[a, b] = links.strength
        whole = min(len(one.spans), len(other.spans))
        if links.strength >= settings.least_strength and whole >= settings.chain_sentences:
            a_own = own(one.specifics, other.specifics, settings=settings)
            b_own = own(other.specifics, one.specifics, settings=settings)
            found.append(Retelling(a, b, links, a_own, b_own, _is_contained(links, a_own, b_own, settings)))
    contained_in = _nearest(one for one in found if one.contained)
    return tuple(one for one in found if one in contained_in or _is_dense(one, telling, strengths, settings))


def _is_contained(links: Chain, a_own: Own, b_own: Own, settings: Descent) -> bool:
    """Whether one of two reports has next to nothing of its own beside the other."""
    least, most = sorted((a_own.share, b_own.share))
    return (
        least <= settings.own_share
        or least <= min(settings.thin_share, settings.thin_part * most)
        or (least <= settings.close_share and links.strength >= settings.close_strength)
    )


def _nearest(found: Iterable[Retelling]) -> list[Retelling]:
    """Of the reports that hold all a report tells, the one that leaves it the least; of equals, the fuller one."""
    best: dict[int, Retelling] = {}
    for one in found:
        giver_own = max(one.a_own.details, one.b_own.details)
        held = best.get(one.taker)
        if held is None or (one.least_own, -giver_own) < (held.least_own, -max(held.a_own.details, held.b_own.details)):
            best[one.taker] = one
    return list(best.values())


def _is_dense(
    one: Retelling, telling: Sequence[Told | None], strengths: dict[tuple[int, int], float], settings: Descent
) -> bool:
    """Whether a chain is dense beyond what the story's other reports show, and neither has much of its own."""
    others = [strength for pair, strength in strengths.items() if pair != (one.a, one.b)]
    whole = min(len(told.spans) for told in (telling[one.a], telling[one.b]) if told is not None)
    return (
        one.chain.strength >= settings.chain_strength
        and one.chain.sentences >= max(settings.chain_sentences, settings.chain_share * whole)
        and one.least_own <= settings.dense_own_share
        and len(others) >= settings.dense_pairs
        and one.chain.strength >= settings.dense_beyond * float(np.quantile(others, 0.75))
    )
