"""Vectors of leads, asked for where words leave open whether two reports tell one event."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories
from variorum.stories.held import Held

Encode = Callable[[str], NDArray[np.float32]]
"""A text's vector, of unit length."""


class Vectors:
    """Vectors by article; asked: how many were made so far, one made again counted again."""

    def __init__(self, encode: Encode | None, settings: Stories) -> None:
        self._encode = encode
        self._settings = settings
        self._made: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._placed = 0
        self.asked = 0

    def earn(self) -> None:
        """One more article was placed."""
        self._placed += 1

    def at_hand(self, *groups: Sequence[Held]) -> bool:
        """Whether the leads that speak for these groups have vectors, or may have them made."""
        if self._encode is None:
            return False
        leads = {one.id for group in groups for one in group[: self._settings.leads_asked]}
        missing = sum(id not in self._made for id in leads)
        return self._settings.vector_share >= 1 or self.asked + missing <= self._settings.vector_share * self._placed

    def moved(self, alike: float, some: Sequence[Held], others: Sequence[Held]) -> float:
        """The likeness of two groups, moved by how alike their leads are; one too low for that to matter stays.

        For each group the leads of a few articles speak, the first given, so that a growing story asks for few.
        """
        settings = self._settings
        if alike <= settings.vector_floor:
            return alike
        one, other = (self._leads(group[: settings.leads_asked]) for group in (some, others))
        cosines = one @ other.T
        if some is others or list(some) == list(others):
            cosines = cosines[np.triu_indices(len(cosines), 1)]
        cosine = round(float(cosines.mean()), 4) if cosines.size else 1.0
        return min(1.0, max(0.0, alike + settings.vector_weight * (cosine - settings.vector_mean)))

    def sharpened(
        self, alike: NDArray[np.float64], articles: Sequence[Held], parts: Sequence[Sequence[int]]
    ) -> NDArray[np.float64]:
        """Likenesses of every pair, moved as the mean of their two parts is, or of their one.

        alike: shape ``(n, n)`` as :func:`variorum.stories.held.likenesses` gives it. parts: rows that are of one story
        in any case, by words alone. Returns the same shape.
        """
        found = alike.copy()
        for at, some in enumerate(parts):
            for others in parts[: at + 1]:
                block = np.ix_(some, others)
                mean = float(alike[block].mean())
                shift = self.moved(mean, [articles[row] for row in some], [articles[row] for row in others]) - mean
                found[block] = np.round(np.clip(alike[block] + shift, 0, 1), 6)
                found[np.ix_(others, some)] = found[block].T
        np.fill_diagonal(found, 0)
        return found

    def _leads(self, articles: Sequence[Held]) -> NDArray[np.float32]:
        return np.stack([self._of(one) for one in articles])

    def _of(self, one: Held) -> NDArray[np.float32]:
        made = self._made.get(one.id)
        if made is None:
            if self._encode is None:
                raise ValueError("a vector was asked for and there is nothing to make one with")
            made = self._made[one.id] = self._encode(one.sketch.lead)
            self.asked += 1
            if len(self._made) > self._settings.vectors_held:
                self._made.popitem(last=False)
        else:
            self._made.move_to_end(one.id)
        return made
