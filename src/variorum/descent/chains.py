"""Reports that tell the same things in the same order, in other words, and what each has of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from variorum.config import Descent
from variorum.descent.prose import Prose
from variorum.descent.specifics import Specifics, specifics
from variorum.records import Annotation, Article, Span

_Link = tuple[int, int]
_TELLING_CHARACTERS = 20  # a clause that tells something has more


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells in its own voice: the sentences that do, their vectors, and the report's details.

    vectors: shape ``(len(spans), d)``, unit length. clauses: of the clauses long enough to tell something; whole: of
    all clauses and sentences. Shape ``(n, d)`` each.
    """

    spans: tuple[Span, ...]
    vectors: NDArray[np.float32]
    specifics: Specifics
    clauses: NDArray[np.float32]
    whole: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chain:
    """Corresponding sentences, as indices into two :class:`Told`, in the order of the first.

    strength: of the strongest piece that keeps the order, see :func:`chain`.
    """

    links: tuple[_Link, ...]
    likenesses: tuple[float, ...]
    strength: float

    @property
    def sentences(self) -> int:
        """Sentences of the side that has fewer of them in the chain."""
        return min(len({a for a, _ in self.links}), len({b for _, b in self.links}))


_NONE = Chain((), (), 0.0)


def told(article: Article, prose: Prose, annotation: Annotation, *, settings: Descent) -> Told:
    """The sentences of standfirst and body that are long enough to tell something and no one's speech."""
    kept = []
    for index, sentence in enumerate(annotation.sentences):
        if sentence.part not in ("standfirst", "body"):
            continue
        first, last = prose.words_in(sentence.span)
        if last - first < settings.told_words or prose.quoted_share(sentence.span) > settings.quoted_share:
            continue
        if float(prose.spoken[first:last].mean()) <= 2 * settings.speaking_words:
            kept.append(index)
    spans = tuple(annotation.sentences[index].span for index in kept)
    long = [at for at, clause in enumerate(annotation.clauses) if len(clause.span) > _TELLING_CHARACTERS]
    return Told(
        spans,
        annotation.vectors[kept],
        specifics(article, prose, annotation),
        annotation.clause_vectors[long],
        np.concatenate([annotation.clause_vectors, annotation.vectors]),
    )


def chain(a: Told, b: Told, *, settings: Descent) -> Chain:
    """The strongest chain of two reports' sentences.

    Returns an empty chain of strength 0.0 where nothing corresponds, or not enough to matter. The strength is the
    sum, over the chain, of how much more alike two sentences are than either is to the other report at
    large, less what is passed over, divided by the square root of the sentences of the shorter report. It is
    unbounded; what reports of one event show by themselves is said beside ``settings.chain_strength``.

    Local alignment after Smith and Waterman (1981), over sentences instead of letters. Departures: one sentence
    may answer to two that follow each other (merged, split), and two neighbours may stand in reverse. Likeness
    to the report at large is taken off because two reports of one event are alike everywhere; what tells a
    retelling is that the *same* background follows in the same order. It is the median, which neither the
    matches themselves nor a tail of other stories' teasers can move.
    """
    if not len(a.spans) or not len(b.spans):
        return _NONE
    alike, gains = _likeness(a, b, settings)
    scale = sqrt(min(gains.shape))
    if _most(gains) / scale < settings.least_strength:
        return _NONE
    total, links = _align(gains, skip=settings.skip_cost, swap=settings.swap_cost)
    return Chain(links, _likenesses(alike, links), total / scale)


def with_moved(found: Chain, a: Told, b: Told, *, settings: Descent) -> Chain:
    """A chain with what corresponds besides it: paragraphs that were moved are chains of their own."""
    if not found.links:
        return found
    alike, gains = _likeness(a, b, settings)
    left, links, every = gains.copy(), found.links, set(found.links)
    for _ in range(settings.moved_pieces):
        for row, column in links:
            left[row, :] = left[:, column] = -1.0
        total, links = _align(left, skip=settings.skip_cost, swap=settings.swap_cost)
        if total < settings.moved_gain:
            break
        every.update(links)
    ordered = tuple(sorted(every))
    return Chain(ordered, _likenesses(alike, ordered), found.strength)


def _likeness(a: Told, b: Told, settings: Descent) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cosines of all sentences, and how far each is above what the two reports show at large."""
    alike = np.asarray(a.vectors @ b.vectors.T, dtype=np.float64)
    at_large = (np.median(alike, axis=1, keepdims=True) + np.median(alike, axis=0, keepdims=True)) / 2
    return alike, alike - (at_large - settings.usual_likeness) - settings.told_alike


def _likenesses(alike: NDArray[np.float64], links: Iterable[_Link]) -> tuple[float, ...]:
    return tuple(float(min(1.0, max(0.0, alike[link]))) for link in links)


def covered(taker: Told, giver: Told) -> float:
    """How well what one report tells is told in another: the mean, over its clauses, of the best likeness there.

    A cosine, at most 1.0; 0.0 where one of them tells nothing.
    """
    if not len(taker.clauses) or not len(giver.whole):
        return 0.0
    return float((taker.clauses @ giver.whole.T).max(axis=1).mean())


def _most(gains: NDArray[np.float64]) -> float:
    """More than any chain can reach: every sentence with its best match, in whatever order."""
    positive = np.maximum(gains, 0.0)
    return float(min(positive.max(axis=1).sum(), positive.max(axis=0).sum()))


def _align(gains: NDArray[np.float64], *, skip: float, swap: float) -> tuple[float, tuple[_Link, ...]]:
    """The best local alignment's sum, and its links in order. gains: above 0 where two sentences are alike."""
    rows, columns = gains.shape
    gain: list[list[float]] = gains.tolist()
    sums = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    came: dict[_Link, tuple[_Link, tuple[_Link, ...]]] = {}
    best, end = 0.0, (0, 0)
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            most = 0.0
            for before, earned, links in _moves(gain, row, column, skip, swap):
                reached = sums[before[0]][before[1]] + earned
                if reached > most:
                    most = reached
                    came[row, column] = (before, links)
            sums[row][column] = most
            if most > best:
                best, end = most, (row, column)
    found: list[_Link] = []
    while end in came and sums[end[0]][end[1]] > 0:
        end, links = came[end]
        found.extend(links)
    return best, tuple(sorted(found))


def _moves(
    gain: Sequence[Sequence[float]], row: int, column: int, skip: float, swap: float
) -> list[tuple[_Link, float, tuple[_Link, ...]]]:
    """Ways to come to a cell: from which, at what gain, by which links."""
    r, c = row - 1, column - 1
    here = gain[r][c]
    moves: list[tuple[_Link, float, tuple[_Link, ...]]] = [((r, column), -skip, ()), ((row, c), -skip, ())]
    if here <= 0:
        return moves
    moves.append(((r, c), here, ((r, c),)))
    if c and gain[r][c - 1] > 0:
        moves.append(((r, c - 1), max(here, gain[r][c - 1]), ((r, c - 1), (r, c))))
    if r and gain[r - 1][c] > 0:
        moves.append(((r - 1, c), max(here, gain[r - 1][c]), ((r - 1, c), (r, c))))
    if r and c and gain[r - 1][c] > 0 and gain[r][c - 1] > 0:
        crossed = gain[r - 1][c] + gain[r][c - 1] - swap
        moves.append(((r - 1, c - 1), crossed, ((r - 1, c), (r, c - 1))))
    return moves
