"""Which reports of a story retell each other, or one that is not there: beyond what independent accounts show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

import numpy as np

from variorum.config import Descent
from variorum.descent.retold import Chain, Told, chain, covered
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


@dataclass(frozen=True, slots=True)
class _Beside:
    """A report held against another. own: what it has and the other has not. apart: see :func:`_apart`."""

    own: Own
    apart: float


def retellings(telling: Sequence[Told | None], besides: Iterable[_Pair], *, settings: Descent) -> tuple[Retelling, ...]:
    """The pairs that tell so much alike that one retells the other, or both a third.

    telling: by index; ``None`` for a report that cannot be compared. besides: pairs known to share text, lower index
    first; they go together already, and are no measure of how alike independent reports are.

    Reports of one event share facts, quotations and often an order of importance, and reports from one press release
    share far more, so likeness alone tells little. Either one report has next to nothing of its own beside another,
    names, figures and quotations counted: then it hangs from the nearest such, unless a stranger to that one is as
    near. Or two reports follow each other much further than the other reports of an ordinary story do.
    """
    known = set(besides)
    chains: dict[_Pair, Chain] = {}
    beside: dict[_Pair, _Beside] = {}
    for a, b in combinations(range(len(telling)), 2):
        one, other = telling[a], telling[b]
        if one is None or other is None:
            continue
        chains[a, b] = links = chain(one, other, settings=settings)
        for told, by, to in ((one, other, (a, b)), (other, one, (b, a))):
            its = own(told.specifics, by.specifics, settings=settings)
            beside[to] = _Beside(its, _apart(its, told, by, links, settings))
    held = {to for to in beside if _ordered(to) not in known and _is_held(to, chains, beside, telling, settings)}
    takers = _nearest(held, known, beside, settings)
    found = []
    for pair, links in chains.items():
        a, b = pair
        taker = next((to[0] for to in (pair, (b, a)) if takers.get(to[0]) == to[1]), None)
        if pair not in known and (taker is not None or _is_dense(pair, chains, known, beside, telling, settings)):
            found.append(Retelling(a, b, links, beside[a, b].own, beside[b, a].own, taker))
    return tuple(found)


def _ordered(pair: _Pair) -> _Pair:
    return min(pair), max(pair)


def _apart(its: Own, taker: Told, giver: Told, links: Chain, settings: Descent) -> float:
    """How far a report is from having been made from another: details of its own, and what is told otherwise."""
    followed = links.sentences / max(1, len(taker.spans))
    return (
        its.share
        - settings.covered_weight * covered(taker, giver)
        - settings.followed_weight * followed
        - settings.chain_weight * log(links.strength + 0.05)
    )


def _is_held(
    to: _Pair,
    chains: Mapping[_Pair, Chain],
    beside: Mapping[_Pair, _Beside],
    telling: Sequence[Told | None],
    settings: Descent,
) -> bool:
    """Whether the first of two reports has next to nothing of its own beside the second.

    Two independent reports may leave each other little; then they leave each other about as much. So the second
    must have far more that the first lacks, or as good as nothing either, or the two must tell the same sentence by
    sentence.
    """
    least, most = beside[to].own.share, beside[to[::-1]].own.share
    links = chains[_ordered(to)]
    fewest = min(len(told.spans) for told in (telling[to[0]], telling[to[1]]) if told is not None)
    return (
        least <= settings.own_share
        and links.strength >= settings.least_strength
        and fewest >= settings.chain_sentences
        and (
            most <= settings.held_share
            or most >= settings.fuller_share
            or least <= settings.fuller_part * most
            or links.strength >= settings.close_strength
        )
    )


def _nearest(held: set[_Pair], known: set[_Pair], beside: Mapping[_Pair, _Beside], settings: Descent) -> dict[int, int]:
    """For each report that others hold, the nearest of them.

    None where a stranger to that one is about as near, nor, with no stranger to measure by, where it is far.
    """
    givers: dict[int, list[int]] = {}
    for taker, giver in sorted(held):
        givers.setdefault(taker, []).append(giver)
    found = {}
    for taker, candidates in givers.items():
        best = min(candidates, key=lambda giver: beside[taker, giver].apart)
        strangers = [
            to[1] for to in beside if to[0] == taker and to[1] != best and not _go_together(to[1], best, held, known)
        ]
        away = beside[taker, best].apart
        if away <= min((beside[taker, one].apart - settings.nearer_by for one in strangers), default=settings.near):
            found[taker] = best
    return found


def _go_together(one: int, other: int, held: set[_Pair], known: set[_Pair]) -> bool:
    return (one, other) in held or (other, one) in held or _ordered((one, other)) in known


def _is_dense(
    pair: _Pair,
    chains: Mapping[_Pair, Chain],
    known: set[_Pair],
    beside: Mapping[_Pair, _Beside],
    telling: Sequence[Told | None],
    settings: Descent,
) -> bool:
    """Whether a chain is dense beyond what the story's other reports show, and those tell as differently as most do."""
    links = chains[pair]
    others = [one.strength for at, one in chains.items() if at != pair and at not in known]
    if links.strength < settings.chain_strength or len(others) < settings.dense_pairs:
        return False
    whole = min(len(told.spans) for told in (telling[pair[0]], telling[pair[1]]) if told is not None)
    usual = float(np.quantile(others, 0.75))
    return (
        links.sentences >= max(settings.chain_sentences, settings.chain_share * whole)
        and min(beside[pair].own.share, beside[pair[::-1]].own.share) <= settings.dense_own_share
        and usual <= settings.usual_strength
        and links.strength >= settings.dense_beyond * usual
    )
