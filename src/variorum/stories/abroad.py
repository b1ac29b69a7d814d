"""Reports in other languages: no words to compare, but names and numbers."""

from collections.abc import Mapping, Sequence

import numpy as np

from variorum.config import Stories
from variorum.stories.held import Held, far_apart

_FAR = 0.5  # likeness is halved: more days apart than one event is told


def story_abroad(one: Held, stories: Mapping[str, Sequence[Held]], *, settings: Stories) -> str | None:
    """The story whose names and numbers a report in another language has; ``None`` for none.

    stories: the English reports of each that it may belong to. A story half of which was told on other days is none.
    """
    best, most = None, settings.foreign_names
    for story in sorted(stories):
        natives = stories[story]
        near = sum(far_apart(one, native, settings=settings) >= _FAR for native in natives)
        if len(natives) < settings.foreign_from or 2 * near < len(natives):
            continue
        share = sum(names_shared(native, one) for native in natives) / len(natives)
        if share > most:
            best, most = story, share
    return best


def names_shared(native: Held, foreign: Held) -> float:
    """Share of ``native``'s names and numbers that stand in ``foreign``, by rarity, in [0, 1]; 0.0 for none."""
    terms = native.sketch.table()
    named = terms[terms["kind"] > 0]
    rarities = named["rarity"].astype(np.int64)
    shared = np.isin(named["key"], foreign.sketch.table()["key"])
    return float(rarities[shared].sum() / rarities.sum()) if len(named) else 0.0
