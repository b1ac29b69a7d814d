"""Text that reports of different stories share."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from variorum import descent
from variorum.config import Batch, Descent
from variorum.edition import tables
from variorum.engines.contract import PAIRED
from variorum.engines.groups import groups
from variorum.pipeline.batch.taking import in_batches, unpacked
from variorum.records.tables import TABLES

RUN_OVER = pa.schema([("row", pa.string()), ("article", pa.string()), ("keys", pa.binary()), ("quoted", pa.binary())])
ENDS = pa.schema([("article", pa.string())])
HELD = pa.schema(
    [
        ("block", pa.int64()),
        ("rank", pa.int64()),
        ("holder", pa.string()),
        ("article", pa.string()),
        ("quoted", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Running:
    """``TAKEN`` to ``RUN_OVER``: the runs of words by which each article is found from another story."""

    descent: Descent
    batch: Batch

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        return in_batches(self._found(rows), RUN_OVER, settings=self.batch)

    def _found(self, rows: pa.RecordBatch) -> Iterator[dict[str, object]]:
        for row, held in zip(rows.column("row").to_pylist(), rows.column("article").to_pylist(), strict=True):
            if held is not None:
                article = unpacked(held)
                runs = descent.runs_afar(article, settings=self.descent)
                if len(runs.keys):
                    keys, quoted = runs.keys.astype("<u8").tobytes(), runs.quoted.tobytes()
                    yield {"row": row, "article": article.id, "keys": keys, "quoted": quoted}


@dataclass(frozen=True, slots=True)
class Holding:
    """``RUN_OVER`` with the column ``holder``, a story or a report of none, to ``HELD``: each run of a holder once.

    For all reports of a story that have a run the one of the least id stands, so that a story of a thousand reprints is
    as much in the way of others as one of two.
    """

    def __call__(self, rows: pa.Table) -> Iterator[pa.RecordBatch]:
        for holder in groups(rows, "holder"):
            keys = [np.frombuffer(held, "<u8") for held in holder.column("keys").to_pylist()]
            quoted = [np.frombuffer(held, np.bool_) for held in holder.column("quoted").to_pylist()]
            owners = np.repeat(np.arange(len(keys)), [len(one) for one in keys])
            every, first, back = np.unique(np.concatenate(keys), return_index=True, return_inverse=True)
            heard = np.bincount(back, np.concatenate(quoted), minlength=len(every)) > 0
            articles = holder.column("article").combine_chunks().take(pa.array(owners[first]))
            name = holder.column("holder")[0].as_py()
            # By holder and not by article: who holds a run is chosen anew in every block.
            rank = (every ^ np.uint64(int(name[:16], 16))) * np.uint64(0x9E3779B97F4A7C15)
            blocks, ranks = pa.array(every.view(np.int64)), pa.array(rank.view(np.int64))
            names = pa.array([name] * len(every), pa.string())
            yield pa.RecordBatch.from_arrays([blocks, ranks, names, articles, pa.array(heard)], schema=HELD)


@dataclass(frozen=True, slots=True)
class Encountering:
    """``HELD`` of runs to the pairs of articles that meet in them; a run that is stock brings nobody together."""

    descent: Descent

    def __call__(self, rows: pa.Table) -> Iterator[pa.RecordBatch]:
        found = [pair for run in groups(rows, "block") if run.num_rows > 1 for pair in self._met(run)]
        if found:
            yield pa.RecordBatch.from_pylist(found, PAIRED)

    def _met(self, run: pa.Table) -> Iterator[dict[str, object]]:
        quoted = sum(run.column("quoted").to_pylist())
        if descent.is_stock(run.num_rows, quoted, settings=self.descent):
            return
        articles = sorted(run.column("article").to_pylist())
        for at, a in enumerate(articles):
            for b in articles[at + 1 :]:
                yield {"a": a, "b": b, "alike": 1.0}


@dataclass(frozen=True, slots=True)
class Once:
    """The articles of pairs, each once."""

    def __call__(self, ends: pa.Table) -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_arrays([ends.column("article").unique()], schema=ENDS)


@dataclass(frozen=True, slots=True)
class Borrowing:
    """Pairs with both articles, and in how many runs they met, to rows of ``borrowings``."""

    descent: Descent
    batch: Batch

    def __call__(self, pairs: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        return in_batches(self._found(pairs), TABLES["borrowings"].schema, settings=self.batch)

    def _found(self, pairs: pa.RecordBatch) -> Iterator[dict[str, object]]:
        for pair in pairs.to_pylist():
            a, b = unpacked(pair["held_a"]), unpacked(pair["held_b"])
            found = descent.borrowed_afar(a, b, pair["met"], settings=self.descent)
            if found is not None:
                days = [tables.day(one.published.at) for one in (a, b) if one.published is not None]
                yield tables.borrowing_row(found, date=min(days, default=tables.day(None)), story=None)
