"""Text that reports of different stories share, in an archive of any size.

Within a story every pair is compared. Between stories two reports are compared only where they meet in a run of words
that few stories have; and what they share counts only where most of it is made of such runs. So neither a notice under
every report of an outlet nor a speech that all quote makes anybody a borrower, though no one machine knows all texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from variorum.config import Descent
from variorum.descent.fingerprints import fingerprint, grams
from variorum.descent.prose import Prose, prose
from variorum.descent.trace import trace
from variorum.records import Article, Borrowing, Story
from variorum.text import digest


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of words by which an article is found from another story.

    keys: digests, each once, ascending, uint64, shape ``(n,)``. quoted: whether the run stands in a quotation there.
    """

    keys: NDArray[np.uint64]
    quoted: NDArray[np.bool_]


def runs_afar(article: Article, *, settings: Descent | None = None) -> Runs:
    """A sample of the runs that stand for an article: the same runs of words are in every article's, or in none.

    An article in another language than English has none. One run in ``settings.afar_sample`` (Broder's sampling by
    digest), since what counts as borrowed has a dozen runs and more.
    """
    settings = settings or Descent()
    if article.language not in (None, "en"):
        return Runs(np.empty(0, np.uint64), np.empty(0, np.bool_))
    found = fingerprint(prose(article, settings=settings), settings=settings)
    sampled = _sampled(found.keys, settings)
    return Runs(found.keys[sampled], found.quoted[sampled])


def is_stock(holders: int, quoted: int, *, settings: Descent | None = None) -> bool:
    """Whether a run of words says nothing of who borrowed from whom.

    holders: stories, and reports of none, that have it. quoted: those in which it stands in a quotation.
    """
    settings = settings or Descent()
    return holders >= settings.common_subjects or quoted >= max(1.0, settings.heard_share * holders)


def borrowed_afar(a: Article, b: Article, met: int, *, settings: Descent | None = None) -> Borrowing | None:
    """The borrowing between two reports of different stories, word for word; ``None`` where there is none to speak of.

    met: in how many runs of :func:`runs_afar` that are not stock they met.
    """
    settings = settings or Descent()
    stemma = trace(Story(digest(*sorted((a.id, b.id))), (a, b)), {}, settings=settings)
    for borrowing in stemma.borrowings:
        giver = a if borrowing.a == a.id else b
        words = prose(giver, settings=settings)
        shared = [words.words_in(passage.a) for passage in borrowing.spans]
        if met >= settings.afar_share * _looked_for(words, shared, settings):
            return borrowing
    return None


def _looked_for(words: Prose, passages: Sequence[tuple[int, int]], settings: Descent) -> int:
    """How many runs of the sample lie in some passages."""
    known = fingerprint(words, settings=settings).keys
    inside = [grams(words.keys[first:last], settings.seed_words) for first, last in passages]
    found = np.intersect1d(np.concatenate([np.empty(0, np.uint64), *inside]), known)
    return int(_sampled(found, settings).sum())


def _sampled(keys: NDArray[np.uint64], settings: Descent) -> NDArray[np.bool_]:
    # Not by the lowest bits: winnowing keeps the least digests, and these should not be sampled twice over.
    mixed = (keys * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)
    return np.asarray(mixed % np.uint64(settings.afar_sample) == 0)
