"""What an engine does: a handful of verbs on Arrow batches.

A *kernel* is a pure, picklable function of a stage; an engine decides where it runs and over which batches. Rows are
an engine's own handle on any number of them: lazy, of one Arrow schema, in no order that means anything. So that every
engine comes to the same rows, no kernel may depend on which rows share a batch, and all that look at several rows
together get a whole group, in the order asked for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

import pyarrow as pa

MapKernel = Callable[[pa.RecordBatch], Iterable[pa.RecordBatch]]
"""Rows in, rows out; what a row gives depends on that row alone, unless the verb says otherwise."""

GroupKernel = Callable[[pa.Table], Iterable[pa.RecordBatch]]
"""All rows of one group or of several in, group after group, each in the order asked for; rows out.

Several at a time, since most groups have a handful of rows and a call costs more than they do.
:func:`variorum.engines.groups.groups` tells them apart.
"""

MANIFEST = "manifest.json"

PAIRED = pa.schema([("a", pa.string()), ("b", pa.string()), ("alike", pa.float64())])
"""What a kernel makes of a block: two articles, the lesser id first, and how alike they are."""

Rows = TypeVar("Rows")


class Engine(Protocol[Rows]):
    """Where kernels run. name: what the command line calls it. out: where the answer goes."""

    name: str
    out: str

    def is_free(self) -> bool:
        """Whether ``out`` is not there, empty, or holds an answer of ours: what may be replaced."""
        ...

    def take(self, places: Sequence[str]) -> Rows:
        """What lies at ``places``, in the columns of :data:`variorum.engines.inputs.RAW`.

        Raises UsageError where there is nothing at a place.
        """
        ...

    def map_articles(self, rows: Rows, kernel: MapKernel, schema: pa.Schema) -> Rows:
        """What the kernel makes of every row, with the columns of ``schema``."""
        ...

    def propose_pairs(self, postings: Rows, kernel: GroupKernel, *, most: int) -> Rows:
        """Pairs of articles that meet in a block: columns ``a``, ``b``, ``alike`` and ``met``.

        postings: columns ``block`` and ``rank`` (int64) and whatever the kernel looks at. The kernel sees the ``most``
        rows of a block that have the least ranks, so that no block's work grows with the archive. A pair that meets in
        several blocks comes out once, with the greatest ``alike`` and how often the kernel gave it.
        """
        ...

    def score_pairs(self, pairs: Rows, held: Rows, kernel: MapKernel, schema: pa.Schema) -> Rows:
        """What the kernel makes of pairs with what is held of both.

        pairs: columns ``a`` and ``b``, and others. held: the column ``article``, and one called ``held``. The kernel
        sees the pairs' columns and ``held_a`` and ``held_b``; a pair of which either is not held is dropped.
        """
        ...

    def connect(self, pairs: Rows) -> Rows:
        """Which component each article is in: columns ``article`` and ``component``, the least id in it.

        pairs: columns ``a`` and ``b``. Articles in no pair are in no row. On many machines the number of rounds grows
        with the logarithm of the longest path, not with its length.
        """
        ...

    def per_story(
        self, rows: Rows, kernel: GroupKernel, schema: pa.Schema, *, by: str, order: Sequence[str], tasks: int = 0
    ) -> Rows:
        """What the kernel makes of all rows that agree in the column ``by``, given in the order of ``order``.

        Rows with a null there are in no group. tasks: into how many parts the work is cut at least, where it is heavy;
        0 leaves that to the size of the rows.
        """
        ...

    def joined(self, rows: Rows, others: Rows, on: str, *, is_needed: bool = True) -> Rows:
        """``rows`` with the columns of ``others`` where the column ``on`` agrees; each value of it once in ``others``.

        is_needed: whether rows without one are dropped; they have nulls there otherwise.
        """
        ...

    def where(self, rows: Rows, column: str, least: float | str, most: float | str) -> Rows:
        """The rows whose ``column`` lies in ``[least, most]``; nulls lie nowhere."""
        ...

    def columns(self, rows: Rows, names: Mapping[str, str]) -> Rows:
        """Some columns. names: what each is called now, by what it is to be called."""
        ...

    def filled(self, rows: Rows, column: str, other: str) -> Rows:
        """The rows with what ``other`` has where ``column`` has nothing."""
        ...

    def together(self, *rows: Rows) -> Rows:
        """All rows of several handles, which have the same columns."""
        ...

    def totals(self, rows: Rows) -> dict[str, int]:
        """The sum of every column (all int64), by its name; 0 over no row. All that ever reaches the caller of rows."""
        ...

    def finished(self, step: str) -> tuple[Rows, int] | None:
        """What was kept under that name, and how many rows it has; ``None`` where it was not finished."""
        ...

    def keep(self, step: str, rows: Rows, *, by: str | None = None) -> tuple[Rows, int]:
        """Rows worked out and kept in the work folder, to be read any number of times, also by a later run.

        by: the column of text by which they will be asked for with ``where``, a value at a time; of few values.
        """
        ...

    def write(self, table: str, rows: Rows) -> Rows:
        """A table of the answer, by its column ``date`` where it has one; replaces what was there. Gives it as written.

        The table ``editions``, of columns ``date`` and ``edition``, is written as lines of JSON.
        """
        ...

    def tell(self, name: str, text: str | None) -> None:
        """A file of the answer with that name and text; ``None`` removes it."""
        ...

    def forget(self) -> None:
        """Remove what was kept in the work folder by earlier runs and not asked for by this one."""
        ...
