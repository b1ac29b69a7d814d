"""What of an article goes into every block it is looked for in: enough to tell roughly how alike two are."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories
from variorum.stories.held import NAMES, PARTS, Held

Slip = bytes
"""An article's day, whether it is in another language, its heaviest weights and its id."""

_HEAD = struct.Struct("<iBBH")  # day, flags, how many weights, bytes of the id
_UNDATED = -1
_FOREIGN = 1
STEPS = 1023  # a weight, in [0, 1], has the ten bits that its key of 22 leaves
_BITS = 10


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips side by side.

    articles: their ids. days: shape ``(n,)``, NaN where none is given. foreign: shape ``(n,)``. owners, keys, weights:
    of all weights one after another, the row, the key and the weight, whole numbers of 1 / ``STEPS``.
    """

    articles: tuple[str, ...]
    days: NDArray[np.float64]
    foreign: NDArray[np.bool_]
    owners: NDArray[np.int64]
    keys: NDArray[np.int64]
    weights: NDArray[np.float64]

    @property
    def named(self) -> NDArray[np.bool_]:
        """Which weights are those of names and numbers."""
        named: NDArray[np.bool_] = self.keys % PARTS == NAMES
        return named


def slip(one: Held, *, settings: Stories) -> Slip:
    """The slip of an article: of a report in another language only names and numbers, the rest says nothing.

    Raises ValueError where the id is beyond 65,535 bytes.
    """
    id = one.id.encode("utf-8", "surrogatepass")
    if len(id) > 0xFFFF:
        raise ValueError(f"an id of {len(id)} bytes is too long")
    keys, weights = one.keys, one.weights
    if one.sketch.foreign:
        named = keys % PARTS == NAMES
        keys, weights = keys[named], weights[named]
    heaviest = np.lexsort((keys, -weights))[: min(settings.slip_weights, 0xFF)]
    steps = np.minimum(np.rint(weights[heaviest].astype(np.float64) * STEPS), STEPS).astype(np.uint32)
    packed = (keys[heaviest].astype(np.uint32) << np.uint32(_BITS)) | steps
    day = _UNDATED if one.sketch.day is None else one.sketch.day
    return _HEAD.pack(day, _FOREIGN * one.sketch.foreign, len(packed), len(id)) + packed.astype("<u4").tobytes() + id


def side_by_side(slips: Sequence[Slip]) -> Slips:
    """Slips as :func:`slip` made them, read into arrays."""
    heads = [_HEAD.unpack_from(one) for one in slips]
    counts = np.array([count for _, _, count, _ in heads], np.int64)
    ends = [_HEAD.size + 4 * count for _, _, count, _ in heads]
    packed = np.frombuffer(b"".join(one[_HEAD.size : end] for one, end in zip(slips, ends, strict=True)), "<u4")
    days = np.array([day for day, _, _, _ in heads], np.float64)
    days[days == _UNDATED] = np.nan
    return Slips(
        tuple(one[end:].decode("utf-8", "surrogatepass") for one, end in zip(slips, ends, strict=True)),
        days,
        np.array([flags & _FOREIGN for _, flags, _, _ in heads], np.bool_),
        np.repeat(np.arange(len(slips)), counts),
        (packed >> np.uint32(_BITS)).astype(np.int64),
        (packed & np.uint32(STEPS)).astype(np.float64),
    )
