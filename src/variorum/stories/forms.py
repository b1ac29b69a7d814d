"""Words as they are printed, by number: each form is folded, weighed and judged once in a process."""

import re
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

_PAIR = re.compile(rf"(\W*)({WORD.pattern})")
# A capital after one of these says nothing: it opens a sentence or a quotation.
_OPENING = frozenset('.!?:;\n"“‘«„')
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


class _Table:
    def __init__(self) -> None:
        self.rows = _Rows(self._learn)
        self.between = _Rows(lambda marks: int(not _OPENING.isdisjoint(marks)))
        self.keys = np.empty(1024, np.uint32)
        self.rarities = np.empty(1024, np.uint8)
        self.kinds = np.empty(1024, np.uint8)

    def _learn(self, form: str) -> int:
        row, folded = len(self.rows), fold(form)
        if row == len(self.keys):
            self.keys, self.rarities, self.kinds = (
                np.concatenate([column, np.empty_like(column)]) for column in (self.keys, self.rarities, self.kinds)
            )
        digest = blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=4).digest()
        self.keys[row] = int.from_bytes(digest, "big") >> 32 - KEY_BITS
        self.rarities[row] = min(255, round(rarity(folded) * RARITY_STEPS))
        single = len(folded) < 2 and not folded.isdigit()
        self.kinds[row] = CAPITAL * form[0].isupper() | FIGURE * form[0].isdigit() | SHORT * single
        return row


@cache
def _table() -> _Table:
    return _Table()


def forms(text: str) -> Forms:
    """The words of a text, as :func:`variorum.text.words` finds and folds them."""
    pairs = _PAIR.findall(text)
    if len(_table().rows) > _MOST or len(_table().between) > _MOST:
        _table.cache_clear()
    table = _table()
    rows, between = table.rows, table.between
    at = np.array([rows[form] for _, form in pairs], np.int64)
    opens = np.array([between[marks] for marks, _ in pairs], np.bool_)
    opens[:1] = True
    return Forms(table.keys[at], table.rarities[at], table.kinds[at], opens)
