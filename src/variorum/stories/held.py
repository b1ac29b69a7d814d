"""An article while it is held: its words as one unit vector, so that likeness is a dot product."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories
from variorum.stories.forms import KEY_BITS, RARITY_STEPS
from variorum.stories.sketch import NUMBER, Sketch

PARTS, NAMES = 4, 1
_EACH_PART = np.arange(PARTS, dtype=np.int32)[:, None]
SPACE = PARTS << KEY_BITS  # a term's key, and which of four parts it is in: ``NAMES`` is that of names and numbers


@dataclass(slots=True, eq=False)
class Held:
    """One article in the window.

    sketch: what it was made of. filed: the day it is held under, ``None`` where nothing says when. keys: int32, shape
    ``(n,)``; weights: float32, a vector of unit length or less. posted: the keys by which others find it, with the
    share of a likeness that each can make. story: the story it is in. near: articles found near it, with their
    likeness; ``None`` until they were looked for. near_of: the articles that have it among theirs.
    """

    sketch: Sketch
    filed: int | None
    keys: NDArray[np.int32]
    weights: NDArray[np.float32]
    posted: tuple[tuple[int, float], ...]
    story: str = ""
    near: "dict[Held, float] | None" = field(default=None)
    near_of: "set[Held]" = field(default_factory=set)

    @property
    def id(self) -> str:
        return self.sketch.article


def held(sketch: Sketch, filed: int | None, *, settings: Stories) -> Held:
    """The article's vector: four parts, each of unit length, or nearly, times the root of its weight.

    So the dot product of two articles is the weighted mean of four cosines: of all words, of names and numbers,
    of the words of title and lead, and of numbers. A part of few
    words stays shorter (``settings.thin``): that the only number in each of two reports is the same says little.
    """
    terms = sketch.table()
    above = np.maximum(terms["rarity"].astype(np.float32) / RARITY_STEPS - settings.commonest, 0)
    named = terms["kind"] > 0
    count, lead = terms["count"].astype(np.float32), terms["lead"].astype(np.float32)
    weighed = np.log(np.maximum(np.stack([count, count - lead, lead, np.ones_like(lead)]), 1)) + 1
    weighed[0] *= 1 + settings.name_bonus * named
    weighed[1] *= named
    weighed[2] *= lead > 0
    weighed[3] *= terms["kind"] & NUMBER > 0
    weighed *= above
    squares = np.square(weighed)
    parts = np.array(
        [settings.body_weight, settings.names_weight, settings.lead_weight, settings.figures_weight], np.float32
    )
    scale = np.sqrt(parts / (squares.sum(axis=1) + np.float32(settings.thin)))
    shares = np.square(scale) @ squares
    weighed *= scale[:, None]
    weighed *= np.sqrt(settings.most_of_one / np.maximum(shares, settings.most_of_one))
    weights = weighed.ravel()
    present = weights.nonzero()[0]
    keys = (terms["key"].astype(np.int32) * PARTS + _EACH_PART).ravel()[present]
    weights = weights[present]
    heaviest = np.argsort(-weights, kind="stable")[: settings.posted_terms]
    posted = tuple(zip(keys[heaviest].tolist(), np.square(weights[heaviest]).tolist(), strict=True))
    return Held(sketch, filed, keys, weights, posted)


def far_apart(one: Held, other: Held, *, settings: Stories) -> float:
    """What a pair's likeness is multiplied by for the days between the two; 1.0 where either gives no day."""
    if one.sketch.day is None or other.sketch.day is None:
        return 1.0
    beyond = abs(one.sketch.day - other.sketch.day) - settings.near_days
    return 1.0 / (1.0 + beyond / settings.halving_days) if beyond > 0 else 1.0


def likenesses(articles: Sequence[Held], *, settings: Stories) -> NDArray[np.float64]:
    """Every pair's likeness by words and days, shape ``(n, n)``, symmetric, in [0, 1], zeros on the diagonal.

    Rounded, so that no threshold hangs on the order in which a machine adds.
    """
    every = np.concatenate([one.keys for one in articles])
    weights = np.concatenate([one.weights for one in articles]).astype(np.float64)
    owners = np.repeat(np.arange(len(articles)), [len(one.keys) for one in articles])
    _, columns, held_by = np.unique(every, return_inverse=True, return_counts=True)
    # What only one article has is in no product; without it the table is small enough to be written out.
    shared = held_by > 1
    numbered = np.cumsum(shared) - 1
    common = shared[columns]
    rows = np.zeros((len(articles), max(1, int(shared.sum()))))
    rows[owners[common], numbered[columns[common]]] = weights[common]
    alike: NDArray[np.float64] = rows @ rows.T
    days = np.array([np.nan if one.sketch.day is None else one.sketch.day for one in articles], dtype=np.float64)
    beyond = np.maximum(np.nan_to_num(np.abs(days[:, None] - days[None, :])) - settings.near_days, 0)
    found = np.clip(alike / (1 + beyond / settings.halving_days), 0, 1).round(6)
    np.fill_diagonal(found, 0)
    return found
