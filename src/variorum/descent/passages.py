"""The passages two articles share: aligned from the runs they have in common, over small edits, in any order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from variorum.config import Descent
from variorum.descent.fingerprints import grams, kept
from variorum.descent.prose import Prose
from variorum.records import SharedKind

_FURTHEST = 200  # words that a chain is followed beyond its seeds
_REACH = 4  # stretches found last to which the next one may belong


@dataclass(frozen=True)
class Side:
    """An article ready to be compared: its words, and its runs of words, sorted once for all comparisons."""

    prose: Prose
    seed_words: int

    @cached_property
    def runs(self) -> NDArray[np.uint64]:
        return grams(self.prose.keys, self.seed_words)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        return np.argsort(self.runs, kind="stable")

    @cached_property
    def ascending(self) -> NDArray[np.uint64]:
        return self.runs[self.order]

    @cached_property
    def words(self) -> list[int]:
        found: list[int] = self.prose.keys.tolist()
        return found


@dataclass(frozen=True, slots=True)
class Alignment:
    """Corresponding stretches ``[a_start, a_end)`` and ``[b_start, b_end)`` of words, of which ``equal`` are the same,
    at most ``run`` of them in a row.

    kind: see :class:`variorum.records.SharedPassage`.
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    equal: int
    run: int
    kind: SharedKind


@dataclass(frozen=True, slots=True)
class Known:
    """What the collection teaches of runs of words; both ascending.

    common: runs that articles on several subjects have. heard: runs that stand in quotations somewhere.
    """

    common: NDArray[np.uint64]
    heard: NDArray[np.uint64]


def passages(a: Side, b: Side, known: Known, *, settings: Descent) -> tuple[Alignment, ...]:
    """The passages two articles share, in the order of ``a``; no word is in two of them.

    Own words and quotations are told apart word by word: a passage lies wholly outside quotations on both sides, or
    is of the kind ``quotation``.
    """
    chains = [_extended(chain, a.words, b.words, settings) for chain in _chains(_runs(a, b), settings)]
    chains = sorted((one for one in chains if _size(one) >= settings.run_words), key=lambda one: (-_size(one), one[0]))
    a_free, b_free = np.ones(len(a.prose), np.bool_), np.ones(len(b.prose), np.bool_)
    found: list[Alignment] = []
    for chain in chains:
        left = np.concatenate([np.arange(at, at + size) for at, _, size in chain])
        right = np.concatenate([np.arange(at, at + size) for _, at, size in chain])
        free = a_free[left] & b_free[right]
        left, right = left[free], right[free]
        if len(left) < settings.run_words:
            continue
        a_free[left[0] : left[-1] + 1] = False
        b_free[right[0] : right[-1] + 1] = False
        found.extend(_pieces(a, b, left, right, known, settings))
    return tuple(sorted(found, key=lambda one: one.a_start))


def _size(chain: Sequence[tuple[int, int, int]]) -> int:
    return sum(size for _, _, size in chain)


_Run = tuple[int, int, int]


def _runs(a: Side, b: Side) -> Iterator[_Run]:
    """Where either article has the same words in a row, and how many, in the order of ``a``."""
    if not len(a.runs) or not len(b.runs):
        return
    places = np.minimum(np.searchsorted(b.ascending, a.runs), len(b.runs) - 1)
    here = np.flatnonzero(b.ascending[places] == a.runs)
    there = b.order[places[here]]
    if not len(here):
        return
    breaks = np.flatnonzero((np.diff(here) != 1) | (np.diff(there) != 1)) + 1
    opens = np.concatenate([[0], breaks])
    ends = np.concatenate([breaks, [len(here)]])
    yield from zip(here[opens].tolist(), there[opens].tolist(), (ends - opens + a.seed_words - 1).tolist(), strict=True)


def _chains(runs: Iterator[_Run], settings: Descent) -> list[list[_Run]]:
    """Runs that go on over an edit, put together; one that overlaps the one before loses its head."""
    chains: list[list[_Run]] = []
    for a_at, b_at, size in runs:
        for chain in chains[: -_REACH - 1 : -1]:
            a_last, b_last, last_size = chain[-1]
            a_gap, b_gap = a_at - a_last - last_size, b_at - b_last - last_size
            lost = max(0, -a_gap, -b_gap)
            within = max(a_gap, b_gap) + lost <= settings.edit_words and lost < size
            if within and a_at > a_last and b_at > b_last:
                chain.append((a_at + lost, b_at + lost, size - lost))
                break
        else:
            chains.append([(a_at, b_at, size)])
    return chains


def _extended(chain: list[_Run], a: list[int], b: list[int], settings: Descent) -> list[_Run]:
    """The chain with what follows and precedes it over small edits, in runs too short to be seeds."""
    first_a, first_b, _ = chain[0]
    last_a, last_b, size = chain[-1]
    after = list(_steps(a, b, last_a + size, last_b + size, 1, settings))
    before = list(_steps(a, b, first_a - 1, first_b - 1, -1, settings))
    back = [(a_at - size + 1, b_at - size + 1, size) for a_at, b_at, size in reversed(before)]
    return [*back, *chain, *after]


def _steps(a: list[int], b: list[int], a_at: int, b_at: int, step: int, settings: Descent) -> Iterator[_Run]:
    """Runs of equal words from a place on, forwards or backwards, over edits of at most ``edit_words``.

    No further than ``_FURTHEST`` words: beyond lies what has seeds of its own, and a refrain of thousands of lines
    would be walked over from every line.
    """
    walked = 0
    while walked < _FURTHEST:
        leap = _leap(_ahead(a, a_at, step, settings), _ahead(b, b_at, step, settings), settings)
        if leap is None:
            return
        a_at, b_at, size = a_at + step * leap[0], b_at + step * leap[1], 0
        while 0 <= a_at + step * size < len(a) and 0 <= b_at + step * size < len(b) and walked + size < _FURTHEST:
            if a[a_at + step * size] != b[b_at + step * size]:
                break
            size += 1
        if not size:
            return
        yield a_at, b_at, size
        a_at, b_at, walked = a_at + step * size, b_at + step * size, walked + size


def _ahead(words: list[int], at: int, step: int, settings: Descent) -> list[int]:
    """The words that an edit and what rejoins after it can take up, in the direction of ``step``."""
    reach = settings.edit_words + settings.rejoin_words
    if step > 0:
        return words[at : at + reach]
    return words[max(0, at - reach + 1) : at + 1][::-1] if at >= 0 else []


def _leap(a: list[int], b: list[int], settings: Descent) -> tuple[int, int] | None:
    """How many words to pass over on either side for the two to meet again, at the least; ``None`` for never."""
    rejoin, best = settings.rejoin_words, None
    for a_skip in range(len(a) - rejoin + 1):
        if a[a_skip] not in b:
            continue
        for b_skip in range(len(b) - rejoin + 1):
            shorter = best is None or (a_skip + b_skip, a_skip) < (sum(best), best[0])
            if shorter and a[a_skip : a_skip + rejoin] == b[b_skip : b_skip + rejoin]:
                best = (a_skip, b_skip)
    return best


def _pieces(
    a: Side, b: Side, left: NDArray[np.int64], right: NDArray[np.int64], known: Known, settings: Descent
) -> Iterator[Alignment]:
    """A chain cut wherever either side goes into a quotation, out of one, or into another part."""
    apart = (np.diff(left) > settings.edit_words + 1) | (np.diff(right) > settings.edit_words + 1)
    edges = apart | (np.diff(a.prose.stretches[left]) != 0) | (np.diff(b.prose.stretches[right]) != 0)
    cuts = [0, *(np.flatnonzero(edges) + 1).tolist(), len(left)]
    rest: list[tuple[int, int]] = []
    for first, last in pairwise(cuts):
        if first and apart[first - 1]:  # what stands between belongs to another passage
            yield from _spoken(rest, left, right, settings)
            rest = []
        own = not (a.prose.quoted[left[first]] or b.prose.quoted[right[first]])
        if own and last - first >= settings.run_words:
            yield from _spoken(rest, left, right, settings)
            rest = []
            kind = _kind(a, left[first:last], known, settings)
            yield _alignment(left[first:last], right[first:last], kind)
        else:
            rest.append((first, last))
    yield from _spoken(rest, left, right, settings)


def _spoken(
    pieces: Sequence[tuple[int, int]], left: NDArray[np.int64], right: NDArray[np.int64], settings: Descent
) -> Iterator[Alignment]:
    """Quotations with the few own words between them, as one passage."""
    if pieces and pieces[-1][1] - pieces[0][0] >= settings.quoted_words:
        within = slice(pieces[0][0], pieces[-1][1])
        yield _alignment(left[within], right[within], "quotation")


def _alignment(left: NDArray[np.int64], right: NDArray[np.int64], kind: SharedKind) -> Alignment:
    breaks = np.flatnonzero((np.diff(left) != 1) | (np.diff(right) != 1)) + 1
    run = int(np.diff(breaks, prepend=0, append=len(left)).max())
    return Alignment(int(left[0]), int(left[-1]) + 1, int(right[0]), int(right[-1]) + 1, len(left), run, kind)


def _kind(a: Side, words: NDArray[np.int64], known: Known, settings: Descent) -> SharedKind:
    """What a passage outside quotation marks is: words that count as borrowed, or that do not."""
    prose = a.prose
    rare = float(np.maximum(0.0, prose.rarities[words] - settings.plain_rarity).sum())
    if rare < settings.run_weight:
        return "common"
    if float(prose.spoken[words].mean()) >= settings.speaking_words:
        return "statement"
    runs = a.runs[words[0] : words[-1] + 2 - a.seed_words]
    runs = runs[kept(runs, settings.seed_window)]
    if len(runs):
        if _share_in(runs, known.heard) >= settings.speech_share:
            return "quotation"
        if _share_in(runs, known.common) >= settings.common_share:
            return "common"
    return "verbatim"


def _share_in(runs: NDArray[np.uint64], known: NDArray[np.uint64]) -> float:
    if not len(known):
        return 0.0
    places = np.minimum(np.searchsorted(known, runs), len(known) - 1)
    return float((known[places] == runs).mean())
