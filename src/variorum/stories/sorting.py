"""Sorting anew the articles of a story and of those beside it."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from variorum.config import Stories
from variorum.stories.held import Held, likenesses
from variorum.stories.holding import Holding, when
from variorum.stories.linkage import all_one, sorted_out
from variorum.stories.vectors import Vectors


def groups_around(story: str, holding: Holding, vectors: Vectors, *, settings: Stories) -> list[list[Held]]:
    """The articles of a story, and of the stories that may be one with it, by the story they tell.

    Empty where what is known of their likeness says that nothing can change.
    """
    own = holding.natives(story, settings.most_sorted)
    beside = _stories_beside(story, own, holding, settings)
    if not beside and _at_one(own, settings):
        return []
    each = [own]
    for other in beside:
        natives = holding.natives(other, settings.most_sorted)
        if sum(map(len, each)) + len(natives) <= settings.most_sorted:
            each.append(natives)
    articles, alike = _close(each, settings)
    return [[articles[row] for row in rows] for rows in sorted_rows(articles, alike, vectors, settings=settings)]


def _stories_beside(story: str, own: Sequence[Held], holding: Holding, settings: Stories) -> list[str]:
    """Stories that may be alike enough on average, by the pairs that are known."""
    totals: dict[str, float] = {}
    for one in own:
        for other, alike in holding.near(one).items():
            if other.story != story and not other.sketch.foreign:
                totals[other.story] = totals.get(other.story, 0.0) + alike
    enough = [id for id in totals if totals[id] >= settings.linked * len(own) * len(holding.members[id])]
    return sorted(enough, key=lambda id: (-totals[id], id))[: settings.most_stories]


def _at_one(articles: Sequence[Held], settings: Stories) -> bool:
    """Whether what is known of their pairs says that they stay one story, with no need to compare them again."""
    pairs = [(one.near or {}).get(other, 0.0) for one, other in combinations(articles, 2)]
    return not pairs or all_one(min(pairs), max(pairs), *_shifted(settings, 1), settings=settings)


def _close(each: Sequence[Sequence[Held]], settings: Stories) -> tuple[list[Held], NDArray[np.float64]]:
    """The articles of the first story and of those alike enough, in the order of their days, with their likeness."""
    articles = [one for natives in each for one in natives]
    alike = likenesses(articles, settings=settings)
    ends = np.cumsum([len(natives) for natives in each]).tolist()
    kept = [
        row
        for start, end in zip([0, *ends], ends, strict=False)
        if start == 0 or alike[: ends[0], start:end].mean() >= settings.side_by_side
        for row in range(start, end)
    ]
    kept.sort(key=lambda row: when(articles[row]))
    return [articles[row] for row in kept], alike[np.ix_(kept, kept)]


def sorted_rows(
    articles: Sequence[Held], alike: NDArray[np.float64], vectors: Vectors, *, settings: Stories
) -> tuple[tuple[int, ...], ...]:
    """Rows by story. Vectors are asked for only where a little more or less likeness would change the answer."""
    easy, hard = (sorted_out(alike, *_shifted(settings, sign), settings=settings) for sign in (-1, 1))
    if easy == hard:
        return easy
    found: list[tuple[int, ...]] = []
    for rows in _overlapping(easy, hard):
        inside = [part for part in hard if part[0] in rows]
        if len(inside) == 1 and tuple(rows) in easy:
            found.append(tuple(rows))
        else:
            found.extend(_decided(articles, alike, rows, inside, vectors, settings))
    return tuple(sorted(found))


def _decided(
    articles: Sequence[Held],
    alike: NDArray[np.float64],
    rows: Sequence[int],
    parts: Sequence[Sequence[int]],
    vectors: Vectors,
    settings: Stories,
) -> list[tuple[int, ...]]:
    """The stories of some rows over which words leave open what they are. parts: those that are one in any case."""
    own = [articles[row] for row in rows]
    alike = alike[np.ix_(rows, rows)]
    if vectors.at_hand(*([articles[row] for row in part] for part in parts)):
        alike = vectors.sharpened(alike, own, [[rows.index(row) for row in part] for part in parts])
    groups = sorted_out(alike, settings.alike, settings.contrast, settings=settings)
    return [tuple(rows[at] for at in group) for group in groups]


def _overlapping(*sortings: Sequence[Sequence[int]]) -> list[list[int]]:
    """The rows that some sorting puts together, or that hang together through several."""
    links = [(group[0], row) for groups in sortings for group in groups for row in group]
    one, other = np.array(links).T
    square = (int(other.max()) + 1,) * 2
    labels = connected_components(csr_array((np.ones(len(one)), (one, other)), shape=square), directed=False)[1]
    found: dict[int, list[int]] = {}
    for row, label in enumerate(labels.tolist()):
        found.setdefault(label, []).append(row)
    return list(found.values())


def _shifted(settings: Stories, sign: int) -> tuple[float, float]:
    """Cut and contrast, harder by what is in doubt, or easier."""
    return settings.alike + sign * settings.doubt, settings.contrast + sign * settings.contrast_doubt
