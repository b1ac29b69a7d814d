"""How likely two units state the same fact."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from variorum.claims.units import Unit
from variorum.config.claims import Claims

Floats = NDArray[np.float32]

_ROWS = 512  # a block of rows at a time, so that a story of a thousand sentences fits into memory


def likeness(left: Sequence[Unit], right: Sequence[Unit], *, settings: Claims) -> Floats:
    """Probability that each of ``left`` and each of ``right`` state one fact, shape ``(len(left), len(right))``.

    A logistic regression over :func:`features`; ``training/claim_likeness.py`` fits it.
    """
    weights = np.array(settings.likeness_weights, dtype=np.float32)
    found = np.zeros((len(left), len(right)), dtype=np.float32)
    for start in range(0, len(left), _ROWS):
        block = features(left[start : start + _ROWS], right) @ weights + settings.likeness_bias
        found[start : start + _ROWS] = 1.0 / (1.0 + np.exp(-block))
    # The two orders of one pair may differ in their last bit, and then the order of the articles would tell.
    return np.round(found, 5)


def features(left: Sequence[Unit], right: Sequence[Unit]) -> Floats:
    """What is measured of every pair, shape ``(len(left), len(right), 6)``.

    Cosine of the vectors; rarity-weighted overlap of lemmas (squared rarity shared, over the geometric
    mean of the two); the same over the lighter of the two, so that a clause inside a longer sentence is
    seen; cosine times overlap; names in common (Jaccard of ids, 0 where neither has one); whether each names
    somebody or some place and none is in both.
    """
    words = _incidence([unit.words for unit in (*left, *right)])
    a, b = words[: len(left)], words[len(left) :]
    shared = np.asarray((a @ b.T).todense())
    heavy_a = np.maximum(np.asarray(a.multiply(a).sum(axis=1)).reshape(-1, 1), 1e-6)
    heavy_b = np.maximum(np.asarray(b.multiply(b).sum(axis=1)).reshape(1, -1), 1e-6)
    overlap = shared / np.sqrt(heavy_a * heavy_b)
    contained = shared / np.minimum(heavy_a, heavy_b)
    cosine = np.stack([unit.vector for unit in left]) @ np.stack([unit.vector for unit in right]).T
    return np.stack([cosine, overlap, contained, cosine * overlap, *_names(left, right)], axis=-1).astype(np.float32)


def _names(left: Sequence[Unit], right: Sequence[Unit]) -> tuple[Floats, Floats]:
    held = _incidence([dict.fromkeys(unit.names, 1.0) for unit in (*left, *right)])
    a, b = held[: len(left)], held[len(left) :]
    both = np.asarray((a @ b.T).todense())
    either = np.asarray(a.sum(axis=1)).reshape(-1, 1) + np.asarray(b.sum(axis=1)).reshape(1, -1) - both
    common = np.asarray(both / np.maximum(either, 1.0), dtype=np.float32)
    named = np.outer([bool(unit.names) for unit in left], [bool(unit.names) for unit in right])
    return common, np.asarray(named & (both == 0), dtype=np.float32)


def _incidence(rows: Sequence[dict[str, float]]) -> "sparse.csr_array[np.float64]":
    columns = {word: at for at, word in enumerate(sorted({word for row in rows for word in row}))}
    at_row = [index for index, row in enumerate(rows) for _ in row]
    at_column = [columns[word] for row in rows for word in row]
    weights = [weight for row in rows for weight in row.values()]
    return sparse.csr_array((weights, (at_row, at_column)), shape=(len(rows), max(1, len(columns))))
