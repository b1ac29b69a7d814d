"""Words as they are printed, by number: each printed form is folded, weighed and judged once in a process."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from variorum.text import fold, rarity
from variorum.text.words import WORD

CAPITAL, FIGURE, SHORT = 1, 2, 4
KEY_BITS = 20  # of a word's digest: of two articles, two different words fall together once in thirty times
RARITY_STEPS = 30  # a rarity in steps of a thirtieth fits a byte: the rarest word has 8.2

# A capital after one of these says nothing: it opens a sentence or a quotation. A line's end does so as well.
_OPENING = frozenset('.!?:;"“‘«„')
_MOST = 1 << 20  # forms held at once; the web has no end of them, and a new table costs little


@dataclass(frozen=True, slots=True)
class Forms:
    """The words of a text in reading order, shape ``(n,)`` each.

    keys: ``KEY_BITS`` bits of a digest of the folded word. rarities: in steps of 1 / ``RARITY_STEPS``.
    kinds: bits, whether the word begins with a capital or a digit, or is a single letter. opens: whether it opens a
    sentence or a quotation.
    """

    keys: NDArray[np.uint32]
    rarities: NDArray[np.uint8]
    kinds: NDArray[np.uint8]
    opens: NDArray[np.bool_]


class _Rows(dict[str, int]):
    """Forms by the row they have in a table; a form unheard of is learnt."""

    def __init__(self, learn: Callable[[str], int]) -> None:
        self._learn = learn

    def __missing__(self, form: str) -> int:
        self[form] = row = self._learn(form)
        return row


class _Column:
    """Numbers that grow by one at a time and are read as an array."""

    def __init__(self, kind: type[np.generic]) -> None:
        self._held = np.zeros(1024, kind)
        self._count = 0

    def append(self, value: int) -> None:
        if self._count == len(self._held):
            self._held = np.concatenate([self._held, np.zeros_like(self._held)])
        self._held[self._count] = value
        self._count += 1

    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self._held[rows]
        return found


class _Table:
    """What stands between two spaces, by row: mostly a word and its marks, "mega-jail," is two.

    first, count: its words among the columns after. after: whether a mark behind its last word, or any mark where it
    has no word, opens something. before: whether a mark before a word, within its form, does.
    """

    def __init__(self) -> None:
        self.rows = _Rows(self._learn)
        self.first, self.count, self.after = _Column(np.int64), _Column(np.int64), _Column(np.int64)
        self.before, self.keys = _Column(np.bool_), _Column(np.uint32)
        self.rarities, self.kinds = _Column(np.uint8), _Column(np.uint8)
        self._words = 0

    def _learn(self, form: str) -> int:
        end = 0
        matches = list(WORD.finditer(form))
        self.first.append(self._words)
        self.count.append(len(matches))
        for match in matches:
            self.before.append(not _OPENING.isdisjoint(form[end : match.start()]))
            self._learn_word(match.group())
            end = match.end()
        self.after.append(not _OPENING.isdisjoint(form[end:]))
        return len(self.rows)

    def _learn_word(self, word: str) -> None:
        folded = fold(word)
        digest = blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=4).digest()
        self.keys.append(int.from_bytes(digest, "big") >> 32 - KEY_BITS)
        self.rarities.append(min(255, round(rarity(folded) * RARITY_STEPS)))
        single = len(folded) < 2 and not folded.isdigit()
        self.kinds.append(CAPITAL * word[0].isupper() | FIGURE * word[0].isdigit() | SHORT * single)
        self._words += 1


@cache
def _table() -> _Table:
    return _Table()


def forms(text: str) -> Forms:
    """The words of a text, as :func:`variorum.text.words` finds and folds them.

    By what stands between spaces and not by a pattern over the text, which takes three times as long.
    """
    if len(_table().rows) > _MOST:
        _table.cache_clear()
    table = _table()
    rows = table.rows
    at = np.array([rows[form] for form in text.replace("\n", " . ").split()], np.int64)
    # Opening marks behind the words before each form, so that the difference of two is what lies between.
    after = table.after[at]
    marks = after.cumsum() - after
    counts = table.count[at]
    worded = counts > 0
    at, marks, counts = at[worded], marks[worded], counts[worded]
    ends = counts.cumsum()
    starts = ends - counts
    words = np.repeat(table.first[at] - starts, counts) + np.arange(ends[-1] if len(ends) else 0)
    opens = table.before[words].astype(np.bool_)
    opens[starts[:1]] = True
    opens[starts[1:]] |= marks[1:] > marks[:-1]
    return Forms(
        table.keys[words].astype(np.uint32),
        table.rarities[words].astype(np.uint8),
        table.kinds[words].astype(np.uint8),
        opens,
    )
