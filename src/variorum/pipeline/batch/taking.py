"""Inputs to articles, each report once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa

from variorum.config import Batch, Ingest
from variorum.engines.groups import sizes
from variorum.engines.inputs import pieces
from variorum.ingest.raw import of_raw
from variorum.pipeline.batch.tallying import TALLIED, tallied
from variorum.pipeline.batch.telling import copy_of
from variorum.records import Article, Refusal
from variorum.records.table import whole_letters
from variorum.text import digest

TAKEN = pa.schema(
    [
        ("row", pa.string()),
        ("id", pa.string()),
        ("path", pa.string()),
        ("sha256", pa.string()),
        ("words", pa.string()),
        ("article", pa.binary()),
        ("reason", pa.string()),
        ("first_bytes", pa.string()),
    ]
)
"""An article, or where ``reason`` is given a refusal.

row: digest of path, id and bytes, which no two rows share. words: digest of outlet and folded words. article: the
record, see :func:`packed`.
"""

WEIGHED = pa.schema([*TALLIED, *((name, pa.int64()) for name in ("files", "lines", "rows_of_parquet"))])
"""files: inputs taken whole."""

LIGHT = pa.schema([(name, pa.string()) for name in ("row", "id", "path", "sha256", "words")])
"""What of ``TAKEN`` is needed to find copies."""

STANDING = pa.schema([*LIGHT, ("gone", pa.int64()), ("reason", pa.string())])
"""gone: 1 for a copy of another report, with the reason, and 0 for a report that stands."""


def packed(article: Article) -> bytes:
    """An article as bytes. Halves of surrogate pairs, which no format of tables takes, become U+FFFD each."""
    try:
        return msgspec.msgpack.encode(article)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(_mended(article))


def unpacked(held: bytes) -> Article:
    """The article that :func:`packed` made bytes of."""
    return msgspec.msgpack.decode(held, type=Article)


def _mended(article: Article) -> Article:
    texts = {name: whole_letters(getattr(article, name)) for name in ("outlet", "title", "url", "path", "text")}
    links = tuple(replace(link, url=whole_letters(link.url)) for link in article.links)
    return replace(article, **texts, byline=tuple(whole_letters(article.byline)), links=links)


@dataclass(frozen=True, slots=True)
class Taking:
    """Rows of inputs to ``TAKEN``."""

    ingest: Ingest
    batch: Batch

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        return in_batches(self._found(rows), TAKEN, settings=self.batch)

    def _found(self, rows: pa.RecordBatch) -> Iterator[dict[str, object]]:
        for piece in pieces(rows):
            for one in of_raw(piece, settings=self.ingest):
                if isinstance(one, Refusal):
                    yield {
                        "path": whole_letters(one.path),
                        "reason": whole_letters(one.reason),
                        "first_bytes": one.first_bytes,
                    }
                    continue
                article = one.article
                yield {
                    "row": digest(article.path or "", article.id, article.sha256, length=32),
                    "id": article.id,
                    "path": whole_letters(article.path or ""),
                    "sha256": article.sha256,
                    "words": digest(article.outlet, one.folded, length=32),
                    "article": packed(article),
                }


@dataclass(frozen=True, slots=True)
class Weighing:
    """Rows of inputs to ``WEIGHED``: their names, numbers and all their bytes, however an engine came by them."""

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        held = rows.column("raw").to_pylist()
        lying = rows.column("place").to_pylist()
        sums = [_sum(raw, place) for raw, place in zip(held, lying, strict=True)]
        names = [rows.column("shown"), rows.column("number"), pa.array(sums, pa.string())]
        found = tallied(pa.RecordBatch.from_arrays(names, ["shown", "number", "sha256"])).to_pylist()[0]
        kinds = rows.column("kind").to_pylist()
        lines, of_parquet = kinds.count("line"), kinds.count("row")
        told = {"files": len(kinds) - lines - of_parquet, "lines": lines, "rows_of_parquet": of_parquet}
        yield pa.RecordBatch.from_pylist([found | told], WEIGHED)


def _sum(raw: bytes | None, place: str | None) -> str | None:
    """The digest of an input; ``None`` where it cannot be read, which reading will say."""
    if place is None:
        return None if raw is None else sha256(raw).hexdigest()
    try:
        with Path(place).open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


@dataclass(frozen=True, slots=True)
class Copies:
    """``LIGHT`` to ``STANDING``: of reports that agree in the column ``by`` the first stands.

    by: ``sha256``, equal bytes, or ``words``, equal words of one outlet. Equal words in two outlets are a reprint,
    which is what an edition is to show.
    """

    by: str

    def __call__(self, reports: pa.Table) -> Iterator[pa.RecordBatch]:
        counts = sizes(reports, self.by)
        starts = np.cumsum(counts) - counts
        gone = np.ones(reports.num_rows, np.int64)
        gone[starts] = 0
        paths = reports.column("path").take(pa.array(np.repeat(starts, counts))).to_pylist()
        reasons = [copy_of(path) if is_gone else None for path, is_gone in zip(paths, gone.tolist(), strict=True)]
        told = reports.select(LIGHT.names).append_column("gone", pa.array(gone))
        yield from told.append_column("reason", pa.array(reasons, pa.string())).combine_chunks().to_batches()


def in_batches(rows: Iterable[dict[str, object]], schema: pa.Schema, *, settings: Batch) -> Iterator[pa.RecordBatch]:
    """Rows in batches of no more than so many rows, and of so many bytes and one row more."""
    held: list[dict[str, object]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, bytes | str))
        if len(held) >= settings.batch_rows or size >= settings.batch_bytes:
            yield pa.RecordBatch.from_pylist(held, schema)
            held, size = [], 0
    if held:
        yield pa.RecordBatch.from_pylist(held, schema)
