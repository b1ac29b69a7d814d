"""Which pairs of articles are worth comparing, without looking at all pairs; and which runs of words everybody has."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from variorum.config import Descent

_SAMPLE = 48  # articles of a run looked at before it is held to be no stock phrase


@dataclass(frozen=True, slots=True)
class Proposals:
    """pairs: two article numbers in one, the lower in the upper 32 bits; each once, ascending.

    common: runs that articles on several subjects have. heard: runs that stand in quotations somewhere. Both
    ascending.
    """

    pairs: NDArray[np.uint64]
    common: NDArray[np.uint64]
    heard: NDArray[np.uint64]


def propose(
    keys: NDArray[np.uint64],
    articles: NDArray[np.uint32],
    quoted: NDArray[np.bool_],
    subjects: NDArray[np.uint64],
    *,
    settings: Descent,
) -> Proposals:
    """Pairs of articles that have a run in common, from rows of runs and the articles that hold them.

    keys, articles, quoted: shape ``(n,)``, in any order, all rows of a key together in one call. subjects: shape
    ``(articles, subject_words)``, by article number.

    A run held by more than ``key_articles`` articles joins each with the ``key_partners`` next only, so that no
    run's work can grow with the square of the archive; a common run joins nobody unless few have it.
    """
    order = np.lexsort((articles, keys))
    keys, articles, quoted = keys[order], articles[order], quoted[order]
    opens = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    sizes = np.diff(np.append(opens, len(keys)))
    opens, sizes = opens[sizes > 1], sizes[sizes > 1]
    spoken = np.append(0, np.cumsum(quoted))
    heard = spoken[opens + sizes] - spoken[opens] >= np.maximum(1, settings.heard_share * sizes)
    common = np.array(
        [
            size >= settings.common_subjects and _on_several(articles[at : at + size], subjects, settings)
            for at, size in zip(opens, sizes, strict=True)
        ],
        np.bool_,
    )
    joins = ~common | (sizes <= settings.common_articles)
    return Proposals(_pairs(articles, opens[joins], sizes[joins], settings), keys[opens[common]], keys[opens[heard]])


def _pairs(
    articles: NDArray[np.uint32], opens: NDArray[np.int64], sizes: NDArray[np.int64], settings: Descent
) -> NDArray[np.uint64]:
    reach = np.where(sizes > settings.key_articles, settings.key_partners, sizes - 1)
    found = [np.empty(0, np.uint64)]
    for apart in range(1, int(reach.max(initial=0)) + 1):
        wide = reach >= apart
        counts = sizes[wide] - apart
        total = int(counts.sum())
        starts = np.repeat(opens[wide] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts) + np.arange(total)
        low, high = articles[starts].astype(np.uint64), articles[starts + apart].astype(np.uint64)
        found.append(np.unique((low << np.uint64(32)) | high))
    return np.unique(np.concatenate(found))


def _on_several(holders: Sequence[int] | NDArray[np.uint32], subjects: NDArray[np.uint64], settings: Descent) -> bool:
    """Whether the articles that hold a run are about ``common_subjects`` different things."""
    about: list[set[int]] = []
    step = max(1, len(holders) // _SAMPLE)
    for row in subjects[holders[::step]].tolist():
        words = set(row) - {0}
        if not any(len(words & other) >= settings.subject_shared for other in about):
            about.append(words)
            if len(about) >= settings.common_subjects:
                return True
    return False
