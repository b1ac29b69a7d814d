"""Pairs to components of a size that can be sorted, on any engine."""

from typing import Any

from variorum.config import Stories
from variorum.pipeline.batch.gathering import SIZED, Sizing
from variorum.pipeline.batch.steps import Step, Steps

_MOST = 1 << 62


def components(steps: Steps, pairs: Step, *, settings: Stories) -> Any:
    """Rows of ``SIZED``: the component of every article that is in one.

    One larger than ``largest_component`` is connected again by the pairs of the next rung, which are more alike. So
    a chain of loosely alike events, of which an archive of years is one, comes apart at its weakest places, and the
    answer hangs on the pairs alone.
    """
    engine = steps.engine
    found = []
    left = pairs.rows
    before = pairs
    for at, rung in enumerate(settings.rungs):
        is_last = at == len(settings.rungs) - 1

        def sized(left: Any = left, rung: float = rung) -> Any:
            tied = engine.connect(engine.where(left, "alike", rung, 1.0))
            return engine.per_story(tied, Sizing(), SIZED, by="component", order=("article",))

        before = steps.step(f"components-{at}", sized, settings, after=(pairs, before))
        if is_last:
            found.append(before.rows)
            break
        found.append(engine.where(before.rows, "size", 1, settings.largest_component))
        crowded = engine.where(before.rows, "size", settings.largest_component + 1, _MOST)
        if not engine.totals(engine.columns(crowded, {"size": "size"}))["size"]:
            break
        # Both ends of a pair that reaches a higher rung are in one component of the lower.
        left = engine.joined(left, engine.columns(crowded, {"a": "article"}), "a")
    return engine.together(*found)
