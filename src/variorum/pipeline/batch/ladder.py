"""Pairs to components of a size that can be sorted, on any engine: :func:`variorum.stories.components` for rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from variorum import stories
from variorum.config import Stories
from variorum.engines.groups import groups, sizes
from variorum.pipeline.batch.steps import Step, Steps

SIZED = pa.schema([("article", pa.string()), ("component", pa.string()), ("size", pa.int64())])
_ENDED = pa.schema([("article", pa.string()), ("alike", pa.float64())])
BOUND = pa.schema([("a", pa.string()), ("b", pa.string()), ("holds", pa.float64())])
"""holds: the highest rung on which the pair connects; 1.0, all of them, for the best pair of either article."""

_MOST = 1 << 62


@dataclass(frozen=True, slots=True)
class Sizing:
    """The articles of components to ``SIZED``: how many each has."""

    def __call__(self, components: pa.Table) -> Iterator[pa.RecordBatch]:
        counts = sizes(components, "component")
        told = components.select(["article", "component"]).append_column("size", pa.array(np.repeat(counts, counts)))
        yield from told.combine_chunks().to_batches()


@dataclass(frozen=True, slots=True)
class Besting:
    """The ends of pairs, ``article`` and ``alike``, to the most that each article has."""

    def __call__(self, ends: pa.Table) -> Iterator[pa.RecordBatch]:
        found = [
            {"article": one.column("article")[0].as_py(), "alike": pc.max(one.column("alike")).as_py()}
            for one in groups(ends, "article")
        ]
        yield pa.RecordBatch.from_pylist(found, _ENDED)


@dataclass(frozen=True, slots=True)
class Binding:
    """Pairs with ``best_a`` and ``best_b``, of their articles' best pairs, to ``BOUND``."""

    def __call__(self, pairs: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        names = ("a", "b", "alike", "best_a", "best_b")
        rows = zip(*(pairs.column(name).to_pylist() for name in names), strict=True)
        found = [1.0 if stories.holds((a, b, alike), 1.0, *best) else alike for a, b, alike, *best in rows]
        columns = [pairs.column("a"), pairs.column("b"), pa.array(found, pa.float64())]
        yield pa.RecordBatch.from_arrays(columns, schema=BOUND)


def components(steps: Steps, pairs: Step, *, settings: Stories) -> Any:
    """Rows of ``SIZED``: the component of every article that is in one."""
    engine = steps.engine

    def bound() -> Any:
        ends = engine.together(*(engine.columns(pairs.rows, {"article": side, "alike": "alike"}) for side in "ab"))
        best = engine.per_story(ends, Besting(), _ENDED, by="article", order=())
        told = pairs.rows
        for side in "ab":
            told = engine.joined(told, engine.columns(best, {side: "article", f"best_{side}": "alike"}), side)
        return engine.map_articles(told, Binding(), BOUND)

    before = steps.step("bounds", bound, after=(pairs,))
    found = []
    left = before.rows
    for at, rung in enumerate(settings.rungs):

        def sized(left: Any = left, rung: float = rung) -> Any:
            tied = engine.connect(engine.where(left, "holds", rung, 1.0))
            return engine.per_story(tied, Sizing(), SIZED, by="component", order=("article",))

        before = steps.step(f"components-{at}", sized, settings, after=(before,))
        if at == len(settings.rungs) - 1:
            found.append(before.rows)
            break
        most = stories.largest(rung, settings=settings)
        found.append(engine.where(before.rows, "size", 1, most))
        crowded = engine.where(before.rows, "size", most + 1, _MOST)
        if not engine.totals(engine.columns(crowded, {"size": "size"}))["size"]:
            break
        # Both ends of a pair that holds on a higher rung are in one component of the lower.
        left = engine.joined(left, engine.columns(crowded, {"a": "article"}), "a")
    return engine.together(*found)
