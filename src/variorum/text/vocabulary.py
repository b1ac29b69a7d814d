"""Words of a text as arrays of numbers: what everything that compares many texts reads instead of letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from variorum.text.rarity import rarity
from variorum.text.words import WORD, fold

# Words of somebody speaking or posting, rare in a report's own prose. "us" is left out: the folding cannot
# tell it from the country.
SPOKEN = frozenset(
    "i i'm i've i'll i'd me my mine myself we we're we've we'll our ours ourselves you you're you've you'll your "
    "yours let's pictwittercom tco".split()
)
_MOST = 1 << 20  # forms held at once; the web has no end of them, and a new table costs little


@dataclass(frozen=True, slots=True)
class Numbered:
    """The words of a stretch of text, shape ``(n,)`` each.

    starts, ends: offsets into the text. keys: 64 bits of a digest of the folded word, the same in every process
    and on every machine. rarities: see :func:`variorum.text.rarity`. spoken: whether the word is one of somebody
    speaking (``SPOKEN``).
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    keys: NDArray[np.uint64]
    rarities: NDArray[np.float32]
    spoken: NDArray[np.bool_]

    @staticmethod
    def joined(stretches: Sequence["Numbered"]) -> "Numbered":
        """The words of several stretches, one after the other."""
        return Numbered(
            np.concatenate([np.empty(0, np.int32), *(one.starts for one in stretches)]),
            np.concatenate([np.empty(0, np.int32), *(one.ends for one in stretches)]),
            np.concatenate([np.empty(0, np.uint64), *(one.keys for one in stretches)]),
            np.concatenate([np.empty(0, np.float32), *(one.rarities for one in stretches)]),
            np.concatenate([np.empty(0, np.bool_), *(one.spoken for one in stretches)]),
        )


class _Slots(dict[str, int]):
    """Printed forms by the row they have in the table; a form unheard of gets a row."""

    def __init__(self, learn: Callable[[str], int]) -> None:
        self._learn = learn

    def __missing__(self, form: str) -> int:
        self[form] = row = self._learn(form)
        return row


class _Table:
    def __init__(self) -> None:
        self.slots = _Slots(self._learn)
        self.keys = np.empty(1024, np.uint64)
        self.rarities = np.empty(1024, np.float32)
        self.spoken = np.empty(1024, np.bool_)

    def _learn(self, form: str) -> int:
        row, key = len(self.slots), fold(form)
        if row == len(self.keys):
            self.keys, self.rarities, self.spoken = (
                np.concatenate([column, np.empty_like(column)]) for column in (self.keys, self.rarities, self.spoken)
            )
        self.keys[row] = int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        self.rarities[row] = rarity(key)
        self.spoken[row] = key in SPOKEN
        return row


@cache
def _table() -> _Table:
    return _Table()


def number(text: str, start: int = 0, end: int | None = None) -> Numbered:
    """The words of ``text[start:end]``, as :func:`variorum.text.words` finds and folds them.

    Each printed form is folded once in a process, which makes this about four times as fast.
    """
    matches = list(WORD.finditer(text, start, len(text) if end is None else end))
    if len(_table().slots) > _MOST:
        _table.cache_clear()
    table = _table()
    slots = table.slots
    rows = np.fromiter((slots[match.group()] for match in matches), np.int64, len(matches))
    places = np.fromiter((at for match in matches for at in match.span()), np.int32, 2 * len(matches))
    return Numbered(places[::2].copy(), places[1::2].copy(), table.keys[rows], table.rarities[rows], table.spoken[rows])
