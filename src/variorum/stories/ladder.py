"""Articles that hang together through pairs, and what to do where too much of an archive does."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from variorum.config import Stories

Pair = tuple[str, str, float]
"""Two articles, the lesser id first, and how alike they are."""

Connect = Callable[[Sequence[Pair]], Mapping[str, str]]
"""Gives every article of the pairs the least id of those it hangs together with."""


def components(pairs: Sequence[Pair], connect: Connect, *, settings: Stories) -> dict[str, str]:
    """Articles that may be of one story, each with the name of its component: its least id, itself or another.

    pairs: each once, in any order. Articles of no pair are in none.
    The components are those of the pairs of the first of ``settings.rungs``. One larger than :func:`largest` is
    connected again by those of its pairs that reach the next rung, and so on; what is larger still on the last rung
    stays as it is. On every rung an article keeps its best pair, however
    little alike: a report that is at the edge of its story hangs by it, and brings no two stories together.

    An archive of thousands hangs together as a whole at the likeness at which two reports of one event are connected
    in a folder: somewhere between any two events there is a report that looks back on both.
    """
    best = best_of(pairs)
    found: dict[str, str] = {}
    left = pairs
    for rung in settings.rungs:
        left = [pair for pair in left if holds(pair, rung, best[pair[0]], best[pair[1]])]
        names = connect(left)
        most = largest(rung, settings=settings)
        large = {name for name, size in Counter(names.values()).items() if size > most}
        if rung == settings.rungs[-1]:
            large.clear()
        found.update((id, name) for id, name in names.items() if name not in large)
        left = [pair for pair in left if names[pair[0]] in large]
        if not left:
            break
    return found


def largest(rung: float, *, settings: Stories) -> int:
    """How many articles a component may have on a rung: the more alike they are, the more.

    At ``settings.alike`` and below, ``settings.largest_component``; at twice that, eight times as many. What hangs
    together at little likeness is an archive; what does at much is a story that everybody told.
    """
    return int(settings.largest_component * max(1.0, rung / settings.alike) ** 3)


def best_of(pairs: Sequence[Pair]) -> dict[str, float]:
    """How alike the best pair of each article is."""
    best: dict[str, float] = {}
    for a, b, alike in pairs:
        best[a] = max(alike, best.get(a, 0.0))
        best[b] = max(alike, best.get(b, 0.0))
    return best


def holds(pair: Pair, rung: float, best_a: float, best_b: float) -> bool:
    """Whether a pair connects on a rung. best_a, best_b: how alike the best pairs of its two articles are."""
    return pair[2] >= min(rung, best_a, best_b)


def connected(pairs: Sequence[Pair]) -> dict[str, str]:
    """What hangs together through pairs, in memory: each article with the least id of those."""
    ids = sorted({id for pair in pairs for id in pair[:2]})
    rows = {id: row for row, id in enumerate(ids)}
    if not ids:
        return {}
    ends = np.array([(rows[a], rows[b]) for a, b, _ in pairs])
    links = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(ids), len(ids)))
    labels = connected_components(links, directed=False)[1]
    _, first = np.unique(labels, return_index=True)
    return {id: ids[first[label]] for id, label in zip(ids, labels.tolist(), strict=True)}
