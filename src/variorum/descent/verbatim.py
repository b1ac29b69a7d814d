"""Passages that two reports have word for word, or nearly, outside quotations."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from variorum.config import Descent
from variorum.descent.prose import Prose
from variorum.text import rarity, words

# Words of somebody speaking or posting, rare in a report's own prose. "us" is left out: the folding cannot
# tell it from the country.
SPOKEN = frozenset(
    "i i'm i've i'll i'd me my mine myself we we're we've we'll our ours ourselves you you're you've you'll your "
    "yours let's pictwittercom tco".split()
)


_Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Corresponding stretches of two proses. Word indices, ends exclusive.

    pairs: indices of words that are the same, in order. weight: their rarity above that of plain words, summed.
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    pairs: tuple[tuple[int, int], ...]
    weight: float

    @property
    def likeness(self) -> float:
        """Share of the longer stretch's words that stand in the other, in [0, 1]."""
        return len(self.pairs) / max(self.a_end - self.a_start, self.b_end - self.b_start)


def seeds(proses: Sequence[Prose], *, settings: Descent) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Places where two proses have ``seed_words`` words in a row alike.

    Returns, for pairs of indices into ``proses`` (lower first), the word indices at which they begin, in
    order. One index over the whole story, so that only pairs that share anything cost anything.
    """
    size = settings.seed_words
    index: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, prose in enumerate(proses):
        keys = prose.keys
        times: Counter[tuple[str, ...]] = Counter()
        for at in range(len(keys) - size + 1):
            gram = keys[at : at + size]
            if prose.opens[at] == prose.opens[at + size - 1] and times[gram] < settings.seed_places:
                times[gram] += 1
                index[gram].append((number, at))
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for places in index.values():
        for (one, one_at), (other, other_at) in combinations(places, 2):
            if one != other:
                found[one, other].append((one_at, other_at))
    return {pair: sorted(places) for pair, places in sorted(found.items())}


def quoted_runs(proses: Sequence[Prose], *, settings: Descent) -> frozenset[tuple[str, ...]]:
    """Every ``seed_words`` words in a row that some report of the story has between quotation marks."""
    size = settings.seed_words
    found: set[tuple[str, ...]] = set()
    for one in proses:
        for span in one.quotations:
            keys = tuple(word.key for word in words(one.article.text, span.start, span.end))
            found.update(keys[at : at + size] for at in range(len(keys) - size + 1))
    return frozenset(found)


def runs(
    a: Prose,
    b: Prose,
    places: Sequence[tuple[int, int]],
    spoken: frozenset[tuple[str, ...]] = frozenset(),
    *,
    settings: Descent,
) -> tuple[Run, ...]:
    """The passages grown from the seeds at ``places``, in the order of ``a``; no word is in two of them.

    spoken: what :func:`quoted_runs` gives; words that one report sets between marks are speech in all.
    """
    grown: list[Run] = []
    covered: set[tuple[int, int]] = set()
    for a_at, b_at in places:
        if (a_at, b_at) in covered:
            continue
        run = _grown(a, b, a_at, b_at, settings)
        covered.update(run.pairs)
        grown.append(run)
    a_taken: set[int] = set()
    b_taken: set[int] = set()
    kept = []
    for run in sorted(grown, key=lambda run: (-len(run.pairs), run.a_start, run.b_start)):
        over_a, over_b = range(run.a_start, run.a_end), range(run.b_start, run.b_end)
        if not _tells(run, settings) or _is_speech(a, run, spoken, settings):
            continue
        if a_taken.isdisjoint(over_a) and b_taken.isdisjoint(over_b):
            a_taken.update(over_a)
            b_taken.update(over_b)
            kept.append(run)
    return tuple(sorted(kept, key=lambda run: run.a_start))


def _tells(run: Run, settings: Descent) -> bool:
    """Whether a run is long and rare enough to be no stock phrase."""
    return len(run.pairs) >= settings.run_words and run.weight >= settings.run_weight


def _is_speech(a: Prose, run: Run, spoken: frozenset[tuple[str, ...]], settings: Descent) -> bool:
    """Whether a run looks like somebody's words printed without marks: a statement, a post, a transcript."""
    keys, size = a.keys[run.a_start : run.a_end], settings.seed_words
    grams = [keys[at : at + size] for at in range(len(keys) - size + 1)]
    heard = sum(gram in spoken for gram in grams)
    speaking = sum(key in SPOKEN for key in keys)
    return heard >= settings.speech_share * len(grams) or speaking >= settings.speaking_words * len(keys)


def _grown(a: Prose, b: Prose, a_at: int, b_at: int, settings: Descent) -> Run:
    home = (a.opens[a_at], b.opens[b_at])
    after = _steps(a, b, (a_at, b_at), 1, home, settings)
    before = _steps(a, b, (a_at - 1, b_at - 1), -1, home, settings)
    pairs = tuple(sorted(before + after))
    weight = sum(max(0.0, rarity(a.words[at].key) - settings.plain_rarity) for at, _ in pairs)
    return Run(pairs[0][0], pairs[-1][0] + 1, pairs[0][1], pairs[-1][1] + 1, pairs, weight)


def _steps(a: Prose, b: Prose, at: _Pair, step: int, home: _Pair, settings: Descent) -> list[_Pair]:
    """Pairs of equal words from a place on, forwards or backwards, over small edits, never out of ``home``."""
    pairs: list[_Pair] = []
    while True:
        while _same(a, b, at, home):
            pairs.append(at)
            at = (at[0] + step, at[1] + step)
        leap = _leap(a, b, at, step, home, settings)
        if leap is None:
            return pairs
        at = leap


def _same(a: Prose, b: Prose, at: _Pair, home: _Pair) -> bool:
    """Whether the same word stands at both places, each in the run between quotations it started from."""
    if not (0 <= at[0] < len(a.words) and 0 <= at[1] < len(b.words)):
        return False
    return (a.opens[at[0]], b.opens[at[1]]) == home and a.words[at[0]].key == b.words[at[1]].key


def _leap(a: Prose, b: Prose, at: _Pair, step: int, home: _Pair, settings: Descent) -> _Pair | None:
    """Where the two meet again after the smallest edit; ``None`` when they do not within ``edit_words``."""
    for edit in range(1, 2 * settings.edit_words + 1):
        for a_skip in range(max(0, edit - settings.edit_words), min(edit, settings.edit_words) + 1):
            a_next, b_next = at[0] + step * a_skip, at[1] + step * (edit - a_skip)
            ahead = ((a_next + step * word, b_next + step * word) for word in range(settings.rejoin_words))
            if all(_same(a, b, place, home) for place in ahead):
                return a_next, b_next
    return None
