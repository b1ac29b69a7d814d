"""What goes into a batch run, as a table of pieces: the same on every engine, in any order.

Both engines take the same pieces from the same files, so that the same articles and refusals come of them. A file
named as JSON Lines (``.jsonl``, ``.ndjson``, packed or not) is taken line by line and a Parquet file row by row;
every other input is handed on whole, to be opened where it lies or, where a worker cannot open it, with its bytes.
"""

from collections.abc import Iterable, Iterator
from typing import Any, cast

import pyarrow as pa

from variorum.config.ingest import Ingest
from variorum.ingest.raw import RawInput, RawKind

RAW = pa.schema(
    [
        # The name of the file relative to what was asked for, as an article's `path` begins.
        pa.field("shown", pa.string(), nullable=False),
        # "line", "row", "bytes", "place" or "refused"; see `ingest.raw.RawInput`.
        pa.field("kind", pa.string(), nullable=False),
        # Of the line or row in its file, from 1, blank lines counted; 0 for what concerns the file as a whole.
        pa.field("number", pa.int64(), nullable=False),
        # The line without its end, the row as canonical JSON, the whole input; of what is refused the first bytes.
        pa.field("raw", pa.binary()),
        # The path that a worker opens, where kind is "place".
        pa.field("place", pa.string()),
        # Why, in one sentence, where kind is "refused".
        pa.field("reason", pa.string()),
    ]
)
"""The columns of a table of pieces."""


def batches(pieces: Iterable[RawInput], *, settings: Ingest) -> Iterator[Any]:
    """Pieces as record batches of :data:`RAW`, none with more rows or, but for a piece larger than that, more bytes
    than the settings say (``batch_rows``, ``batch_bytes``)."""
    held: list[RawInput] = []
    size = 0
    for piece in pieces:
        bytes_more = len(piece.raw or b"")
        if held and (len(held) >= settings.batch_rows or size + bytes_more > settings.batch_bytes):
            yield batch_of(held)
            held, size = [], 0
        held.append(piece)
        size += bytes_more
    if held:
        yield batch_of(held)


def pieces(batch: Any) -> Iterator[RawInput]:
    """The pieces in a record batch of :data:`RAW`, one at a time."""
    columns = [batch.column(name) for name in RAW.names]
    for at in range(batch.num_rows):
        shown, kind, number, raw, place, reason = (column[at].as_py() for column in columns)
        yield RawInput(shown, cast(RawKind, kind), number, raw, place, reason)


def batch_of(held: list[RawInput]) -> Any:
    """All of ``held`` as one record batch."""
    columns = [[getattr(piece, name) for piece in held] for name in RAW.names]
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, RAW, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=RAW)
