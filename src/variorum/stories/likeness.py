"""How alike reports are, every pair of a collection at once."""

from collections import Counter
from collections.abc import Sequence
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories
from variorum.records import Article, Published
from variorum.stories.profile import Profile
from variorum.text import rarity

_DATED = frozenset(("second", "minute", "hour", "day"))
_DAY_SECONDS = 86400


def likenesses(articles: Sequence[Article], profiles: Sequence[Profile], *, settings: Stories) -> NDArray[np.float64]:
    """Cosine of weighted words, less where two reports were published far apart.

    Returns an array of shape ``(n, n)``, symmetric, in [0, 1], with ones on the diagonal.

    Weights are (1 + log count) times inverse document frequency, the frequency taken over the articles at
    hand and, as if ``background_articles`` of average news were among them, over news at large: five reports
    of one event cannot tell rare words from common ones by themselves.
    """
    from scipy.sparse import csr_array

    held_in = Counter(key for one in profiles for key in one.counts)
    columns = {key: column for column, key in enumerate(sorted(held_in))}
    weights, indices, ends = [], [], [0]
    for one in profiles:
        for key, weight in _weighed(one, held_in, len(profiles), settings).items():
            weights.append(weight)
            indices.append(columns[key])
        ends.append(len(weights))
    rows = csr_array(
        (np.array(weights, dtype=np.float64), np.array(indices, dtype=np.int64), np.array(ends, dtype=np.int64)),
        shape=(len(profiles), max(1, len(columns))),
    )
    alike = np.asarray((rows @ rows.T).toarray(), dtype=np.float64)
    alike = np.clip(alike * _nearness(articles, settings), 0.0, 1.0)
    np.fill_diagonal(alike, 1.0)
    return alike


def names_shared(native: Profile, foreign: Profile) -> float:
    """Share of ``native``'s names and numbers that stand in ``foreign``, by rarity, in [0, 1]."""
    weights = {key: rarity(key) for key in sorted(native.names)}
    whole = sum(weights.values())
    return sum(weight for key, weight in weights.items() if key in foreign.counts) / whole if whole else 0.0


def far_apart(one: Published | None, other: Published | None, *, settings: Stories) -> bool:
    """Whether both were dated, to the day or finer, and stand further apart than one event is told."""
    if one is None or other is None or not {one.precision, other.precision} <= _DATED:
        return False
    return abs((one.at - other.at).total_seconds()) > settings.far_days * _DAY_SECONDS


def _weighed(one: Profile, held_in: Counter[str], articles: int, settings: Stories) -> dict[str, float]:
    """Weights of an article's words, sorted by word so that sums do not depend on reading order."""
    weighed = {}
    for key in sorted(one.counts):
        above = rarity(key) - settings.commonest
        if above <= 0:
            continue
        background = settings.background_articles * exp(-rarity(key))
        here = log((articles + settings.background_articles) / (held_in[key] + background))
        bonus = 1 + settings.name_bonus * (key in one.names)
        weighed[key] = (1 + log(one.counts[key])) * above * here / rarity(key) * bonus
    length = sqrt(sum(weight * weight for weight in weighed.values()))
    return {key: weight / length for key, weight in weighed.items()} if length else {}


def _nearness(articles: Sequence[Article], settings: Stories) -> NDArray[np.float64]:
    days = np.array([_day(article.published) for article in articles], dtype=np.float64)
    apart = np.nan_to_num(np.abs(days[:, None] - days[None, :]), nan=0.0)
    return np.where(apart > settings.far_days, settings.far_likeness, 1.0)


def _day(published: Published | None) -> float:
    if published is None or published.precision not in _DATED:
        return float("nan")
    return published.at.timestamp() / _DAY_SECONDS
