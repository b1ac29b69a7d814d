"""The blocks in which an article is looked for: one for each of its weightiest words, in a span of days."""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories
from variorum.stories.held import NAMES, PARTS, Held, held
from variorum.stories.sketch import Sketch
from variorum.stories.slips import Slip, slip

_SHARES = (16, 256)  # of a block, for stories of some hundreds of reports and of some thousands
_ALL_TIME = 0  # no span of days has this number: days are counted from the year 1


@dataclass(frozen=True, slots=True)
class Posted:
    """An article, and where it is looked for.

    slip: the same for every block. blocks, ranks: uint64, shape ``(n,)``, a block and the article's place in it; no
    block stands twice. An article without a word has none.
    """

    article: str
    slip: Slip
    blocks: NDArray[np.uint64]
    ranks: NDArray[np.uint64]


def posted(sketch: Sketch, *, settings: Stories) -> Posted:
    """Where an article is looked for. Pure: the same in any process.

    An article that gives its day is posted, for each of its weightiest words, to two blocks: that of its own span of
    ``settings.window_days`` and the one after, and block *n* so holds spans *n* - 1 and *n*. Articles of one span and
    of neighbouring ones meet, others do not.

    What gives no day is posted to one block for each word, over all time, and there a dated article stands as well,
    with a few of its words. In a folder these blocks are small and all meet. In a big archive only that of a rare word
    is not full; what is compared in a full one is a few articles of any year, which see :func:`meetings`.

    Of a full block only the ``settings.most_posted`` articles of least rank are compared. A rank is made of block and
    article, so that it is other articles in every block, and a story of hundreds of reports hangs together. So does one
    of thousands, an agency's text on every local page: by its very weightiest words an article is posted to a share of
    a block as well, to each share other articles for every word.
    """
    one = held(sketch, sketch.day, settings=settings)
    words = _weightiest(one, settings)
    if sketch.day is None:
        span = _ALL_TIME
        blocks = _mixed(words, span)
    else:
        span = sketch.day // settings.window_days + 1
        timeless = words[: settings.timeless_words]
        blocks = np.concatenate([_mixed(words, span), _mixed(words, span + 1), _mixed(timeless, _ALL_TIME)])
    digest = blake2b(sketch.article.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    id = np.uint64(int.from_bytes(digest, "big"))
    whole = _mixed(words[: settings.shared_words], span)
    shares = [_scrambled(whole + np.uint64(count) + _scrambled(whole ^ id) % np.uint64(count)) for count in _SHARES]
    blocks = np.concatenate([blocks, *shares])
    ranks = _scrambled(blocks ^ id)
    return Posted(sketch.article, slip(one, settings=settings), blocks, ranks)


def _weightiest(one: Held, settings: Stories) -> NDArray[np.uint64]:
    """The words that make most of an article's likeness to itself; in another language, of names and numbers."""
    keys, weights = one.keys, one.weights.astype(np.float64)
    if one.sketch.foreign:
        named = keys % PARTS == NAMES
        keys, weights = keys[named], weights[named]
    words, at = np.unique(keys // PARTS, return_inverse=True)
    shares = np.bincount(at, np.square(weights), minlength=len(words)).round(9)
    return words[np.lexsort((words, -shares))[: settings.block_words]].astype(np.uint64)


def _mixed(words: NDArray[np.uint64], span: int) -> NDArray[np.uint64]:
    return _scrambled(_scrambled(words + np.uint64(1)) ^ np.uint64(span))


def _scrambled(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of the result hangs on every bit of the value (Steele, Lea, Flood 2014); no two values give one.

    Numbers and not digests of letters: this runs for every word of an archive, and all at once.
    """
    mixed = values + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
