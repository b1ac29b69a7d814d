"""Articles to stories, all at once: blocks, pairs, components, and the stories in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow as pa

from variorum import language, stories
from variorum.config import Batch, Stories
from variorum.engines.contract import PAIRED
from variorum.engines.groups import groups, sizes
from variorum.pipeline.batch.taking import in_batches, unpacked
from variorum.stories import Sketch
from variorum.text import digest

SKETCHED = pa.schema([("row", pa.string()), ("article", pa.string()), ("sketch", pa.binary())])
POSTED = pa.schema([("block", pa.int64()), ("rank", pa.int64()), ("slip", pa.binary())])
PLACED = pa.schema([("row", pa.string()), ("story", pa.string()), ("reports", pa.int64())])


@dataclass(frozen=True, slots=True)
class Sketching:
    """``TAKEN`` to ``SKETCHED``; refusals are passed over."""

    stories: Stories
    batch: Batch

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        return in_batches(self._found(rows), SKETCHED, settings=self.batch)

    def _found(self, rows: pa.RecordBatch) -> Iterator[dict[str, object]]:
        for row, held in zip(rows.column("row").to_pylist(), rows.column("article").to_pylist(), strict=True):
            if held is not None:
                sketch = stories.sketch(unpacked(held), settings=self.stories)
                yield {"row": row, "article": sketch.article, "sketch": sketch.to_bytes()}


@dataclass(frozen=True, slots=True)
class Posting:
    """``SKETCHED`` to ``POSTED``: where each article is looked for.

    Of a block only the least ranks are ever looked at, so a batch gives no more of one than that many: an archive whose
    every article has a word ships a few rows of it for each batch, and not all.
    """

    stories: Stories

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        posted = [
            stories.posted(Sketch.from_bytes(held), settings=self.stories) for held in rows.column("sketch").to_pylist()
        ]
        if not posted:
            return
        blocks = np.concatenate([one.blocks for one in posted]).view(np.int64)
        ranks = np.concatenate([one.ranks for one in posted]).view(np.int64)
        owners = np.repeat(np.arange(len(posted)), [len(one.blocks) for one in posted])
        order = np.lexsort((ranks, blocks))
        begins = np.flatnonzero(np.append(True, np.diff(blocks[order]) != 0)[: len(order)])
        place = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
        kept = order[place < self.stories.most_posted]
        slips = pa.array([one.slip for one in posted], pa.binary()).take(pa.array(owners[kept]))
        yield pa.RecordBatch.from_arrays([pa.array(blocks[kept]), pa.array(ranks[kept]), slips], schema=POSTED)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Blocks of ``POSTED`` to ``PAIRED``."""

    stories: Stories

    def __call__(self, posted: pa.Table) -> Iterator[pa.RecordBatch]:
        counts = sizes(posted, "block")
        shared = pa.array(np.repeat(counts > 1, counts))
        slips = iter(posted.column("slip").filter(shared).to_pylist())
        blocks = [list(islice(slips, count)) for count in counts[counts > 1].tolist()]
        pairs = stories.all_meetings(blocks, settings=self.stories)
        if pairs:
            a, b, alike = zip(*pairs, strict=True)
            yield pa.RecordBatch.from_arrays([pa.array(a), pa.array(b), pa.array(alike)], schema=PAIRED)


@dataclass(frozen=True, slots=True)
class Sorting:
    """``SKETCHED`` of components to ``PLACED``: the stories in them, of two reports and more."""

    stories: Stories

    def __call__(self, components: pa.Table) -> Iterator[pa.RecordBatch]:
        for component in groups(components, "component"):
            yield from self._placed(component)

    def _placed(self, component: pa.Table) -> Iterator[pa.RecordBatch]:
        rows = dict(zip(component.column("article").to_pylist(), component.column("row").to_pylist(), strict=True))
        sketches = [Sketch.from_bytes(held) for held in component.column("sketch").to_pylist()]
        told = stories.sorted_component(sketches, settings=self.stories, encode=language.lead_vector)
        placed = [
            {"row": rows[article], "story": digest(*sorted(story)), "reports": len(story)}
            for story in told
            if len(story) > 1
            for article in story
        ]
        if placed:
            yield pa.RecordBatch.from_pylist(placed, PLACED)
