"""What was found of articles, as rows of the tables ``articles`` and ``refused``."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow as pa

from variorum.config import Batch
from variorum.edition import tables
from variorum.pipeline.batch.taking import in_batches, unpacked
from variorum.records.table import batch_of
from variorum.records.tables import TABLES


@dataclass(frozen=True, slots=True)
class Shelving:
    """``TAKEN`` with the columns of ``PLACES``, null for what shares no story, to rows of ``articles``."""

    batch: Batch

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        return in_batches(self._found(rows), TABLES["articles"].schema, settings=self.batch)

    def _found(self, rows: pa.RecordBatch) -> Iterator[dict[str, object]]:
        for row in rows.to_pylist():
            article = replace(unpacked(row["article"]), siglum=row["siglum"])
            is_in = bool(row["in_edition"])
            yield tables.article_row(article, story=row["story"], lineage=row["lineage"], in_edition=is_in)


@dataclass(frozen=True, slots=True)
class Refusing:
    """Rows with ``path``, ``reason`` and perhaps ``first_bytes`` to rows of ``refused``; none where no reason is."""

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        found = [{"first_bytes": None, **row} for row in rows.to_pylist() if row["reason"] is not None]
        if found:
            yield batch_of(TABLES["refused"], found)
