"""How likely two units state the same fact."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from variorum.claims.units import Unit, nameless
from variorum.config.claims import Claims
from variorum.records import Figure

Floats = NDArray[np.float32]
_SLIGHT = 20.0  # squared rarity of one good content word: less than that is nothing to be contained in
_SMALL_COUNT = 10
_FIGURE_FEATURES = 2

_ROWS = 512  # a block of rows at a time, so that a story of a thousand sentences fits into memory


def likeness(left: Sequence[Unit], right: Sequence[Unit], *, settings: Claims, with_figures: bool = True) -> Floats:
    """Probability that each of ``left`` and each of ``right`` state one fact, shape ``(len(left), len(right))``.

    with_figures: whether figures speak; not where the question is whether one fact is told with two of them.
    A logistic regression over :func:`features`; ``training/claim_likeness.py`` fits it.
    """
    weights = np.array(settings.likeness_weights, dtype=np.float32)
    if not with_figures:
        weights[-_FIGURE_FEATURES:] = 0.0
    found = np.zeros((len(left), len(right)), dtype=np.float32)
    for start in range(0, len(left), _ROWS):
        block = features(left[start : start + _ROWS], right) @ weights + settings.likeness_bias
        found[start : start + _ROWS] = 1.0 / (1.0 + np.exp(-block))
    # The two orders of one pair may differ in their last bit, and then the order of the articles would tell.
    return np.round(found, 5)


def nearer_ledes(alike: Floats, left: Sequence[Unit], right: Sequence[Unit], *, settings: Claims) -> Floats:
    """The likeness of units with that of two ledes raised: the first sentences of two reports tell the same most often.

    alike: of ``left`` and ``right``, in [0, 1]; the raise is one of log odds, so that what is unlike stays so.
    """
    first = np.outer([unit.is_lede for unit in left], [unit.is_lede for unit in right])
    odds = alike / np.maximum(1 - alike, 1e-6) * np.where(first, np.exp(settings.lede_log_odds), 1.0)
    return np.asarray(np.round(odds / (1 + odds), 5), dtype=np.float32)


def features(left: Sequence[Unit], right: Sequence[Unit]) -> Floats:
    """What is measured of every pair, shape ``(len(left), len(right), 9)``.

    Cosine of the vectors; rarity-weighted overlap of lemmas (squared rarity shared, over the geometric
    mean of the two); the same over the lighter of the two, so that a clause inside a longer sentence is
    seen; cosine times overlap; names in common (Jaccard of ids, 0 where neither has one); whether each names
    somebody or some place and none is in both; overlap of what is left over the lighter of the two when
    names are set aside; figures in common; whether both give figures of one unit and none agrees.
    """
    words = _incidence([unit.words for unit in (*left, *right)])
    a, b = words[: len(left)], words[len(left) :]
    shared = np.asarray((a @ b.T).todense())
    heavy_a = np.maximum(np.asarray(a.multiply(a).sum(axis=1)).reshape(-1, 1), 1e-6)
    heavy_b = np.maximum(np.asarray(b.multiply(b).sum(axis=1)).reshape(1, -1), 1e-6)
    overlap = shared / np.sqrt(heavy_a * heavy_b)
    contained = shared / np.minimum(heavy_a, heavy_b)
    cosine = np.stack([unit.vector for unit in left]) @ np.stack([unit.vector for unit in right]).T
    measured = [cosine, overlap, contained, cosine * overlap, *_names(left, right), _nameless(left, right)]
    return np.stack([*measured, *_figures(left, right)], axis=-1).astype(np.float32)


def _names(left: Sequence[Unit], right: Sequence[Unit]) -> tuple[Floats, Floats]:
    held = _incidence([dict.fromkeys(unit.names, 1.0) for unit in (*left, *right)])
    a, b = held[: len(left)], held[len(left) :]
    both = np.asarray((a @ b.T).todense())
    either = np.asarray(a.sum(axis=1)).reshape(-1, 1) + np.asarray(b.sum(axis=1)).reshape(1, -1) - both
    common = np.asarray(both / np.maximum(either, 1.0), dtype=np.float32)
    named = np.outer([bool(unit.names) for unit in left], [bool(unit.names) for unit in right])
    return common, np.asarray(named & (both == 0), dtype=np.float32)


def _nameless(left: Sequence[Unit], right: Sequence[Unit]) -> Floats:
    """Overlap of the words that are no part of a name: two statements about one person share a name anyway."""
    words = _incidence([nameless(unit).words for unit in (*left, *right)])
    a, b = words[: len(left)], words[len(left) :]
    heavy_a: Floats = np.asarray(a.multiply(a).sum(axis=1)).reshape(-1, 1)
    heavy_b: Floats = np.asarray(b.multiply(b).sum(axis=1)).reshape(1, -1)
    lighter = np.maximum(np.minimum(heavy_a, heavy_b), _SLIGHT)
    return np.asarray(np.asarray((a @ b.T).todense()) / lighter, dtype=np.float32)


def _figures(left: Sequence[Unit], right: Sequence[Unit]) -> tuple[Floats, Floats]:
    """Figures both give, the larger of what is in common counted once; and whether all they give differ."""
    common = np.zeros((len(left), len(right)), dtype=np.float32)
    apart = np.zeros((len(left), len(right)), dtype=np.float32)
    counted = [(at, unit) for at, unit in enumerate(right) if unit.figures]
    for row, one in enumerate(left):
        for column, other in counted if one.figures else ():
            held = [
                (_weight(a) if a.low <= b.high and b.low <= a.high and _near(a.value, b.value) else 0.0)
                for a in one.figures
                for b in other.figures
                if a.unit == b.unit
            ]
            common[row, column] = max(held, default=0.0)
            apart[row, column] = float(bool(held) and max(held) == 0.0)
    return common, apart


def _near(a: float, b: float) -> bool:
    """Whether two figures are one after rounding and conversion of units."""
    return abs(a - b) <= 0.05 * max(abs(a), abs(b))


def _weight(figure: Figure) -> float:
    """What a shared figure tells: little for "two", much for "214" or for a measure."""
    return 1.0 if figure.value > _SMALL_COUNT or figure.unit is not None else 0.4


def _incidence(rows: Sequence[dict[str, float]]) -> "sparse.csr_array[np.float64]":
    columns = {word: at for at, word in enumerate(sorted({word for row in rows for word in row}))}
    at_row = [index for index, row in enumerate(rows) for _ in row]
    at_column = [columns[word] for row in rows for word in row]
    weights = [weight for row in rows for weight in row.values()]
    return sparse.csr_array((weights, (at_row, at_column)), shape=(len(rows), max(1, len(columns))))
