"""Which runs of words stand for an article in the search for shared text.

Winnowing (Schleimer, Wilkerson and Aiken 2003): of every ``window`` runs that follow each other the one with the
least digest is kept, so that two articles with ``seed_words + window - 1`` words in a row alike keep one run in
common for certain, wherever it stands and whatever is around it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from variorum.config import Descent
from variorum.descent.prose import Prose

_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of an article for the search.

    keys: digests of the runs kept, each once, ascending, shape ``(k,)``. quoted: whether the run stands in a
    quotation anywhere in the article. subject: digests of the words the article is about, shape ``(subject_words,)``,
    padded with 0.
    """

    keys: NDArray[np.uint64]
    quoted: NDArray[np.bool_]
    subject: NDArray[np.uint64]


def grams(keys: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """A digest for each run of ``size`` words, shape ``(max(0, n - size + 1),)``."""
    count = len(keys) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    mixed = np.zeros(count, np.uint64)
    for at in range(size):
        mixed *= _BASE
        mixed += keys[at : at + count]
    mixed ^= mixed >> np.uint64(31)
    mixed *= _MIX
    mixed ^= mixed >> np.uint64(29)
    return mixed


def kept(runs: NDArray[np.uint64], window: int) -> NDArray[np.int64]:
    """The places of the runs that winnowing keeps, ascending; the last of equals."""
    if len(runs) <= window:
        return np.array([len(runs) - 1 - int(np.argmin(runs[::-1]))]) if len(runs) else np.empty(0, np.int64)
    backward = sliding_window_view(runs, window)[:, ::-1]
    places = np.arange(len(backward)) + window - 1 - backward.argmin(axis=1)
    return np.unique(places)


def fingerprint(prose: Prose, *, settings: Descent) -> Fingerprint:
    """What stands for an article in the search."""
    runs = grams(prose.keys, settings.seed_words)
    places = kept(runs, settings.seed_window)
    places = places[_rare(prose, settings)[places] >= settings.seed_weight]
    keys, back = np.unique(runs[places], return_inverse=True)
    whole = np.ones(len(runs), np.bool_)
    for at in range(settings.seed_words if len(runs) else 0):
        whole &= prose.quoted[at : at + len(runs)]
    quoted = np.zeros(len(keys), np.bool_)
    np.logical_or.at(quoted, back, whole[places])
    return Fingerprint(keys, quoted, _subject(prose, settings))


def _rare(prose: Prose, settings: Descent) -> NDArray[np.float64]:
    """For each run the rarity of its words above that of plain ones, summed."""
    above = np.maximum(0.0, prose.rarities.astype(np.float64) - settings.plain_rarity)
    sums: NDArray[np.float64] = np.append(0.0, np.cumsum(above))
    rare: NDArray[np.float64] = sums[settings.seed_words :] - sums[: -settings.seed_words]
    return rare


def _subject(prose: Prose, settings: Descent) -> NDArray[np.uint64]:
    """The words that say most of what an article is about: often in its first lines, and rare in news.

    The first lines only, for boilerplate stands below them, and would make strangers of one subject.
    """
    lead = prose.keys[: settings.subject_lead]
    keys, first, counts = np.unique(lead, return_index=True, return_counts=True)
    says = np.sqrt(counts) * np.maximum(0.0, prose.rarities[first] - settings.plain_rarity)
    most = keys[np.lexsort((keys, -says))[: settings.subject_words]]
    return np.concatenate([most, np.zeros(settings.subject_words - len(most), np.uint64)])
