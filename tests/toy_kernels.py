"""Kernels small enough to be seen through, for the tests of engines."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from variorum.engines.contract import PAIRED
from variorum.engines.groups import groups
from variorum.errors import ModelMissing
from variorum.pipeline.batch.editing import Editing
from variorum.records import Annotation, Article, Edition

POISON = "Xyzzy"
WORDS = pa.schema([("article", pa.string()), ("word", pa.string()), ("length", pa.int64())])
GROUPED = pa.schema([("word", pa.string()), ("articles", pa.string())])
BOTH = pa.schema([("a", pa.string()), ("b", pa.string()), ("said", pa.string())])


def split(rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A row a word."""
    found = [
        {"article": row["article"], "word": word, "length": len(word)}
        for row in rows.to_pylist()
        for word in (row["text"] or "").split()
    ]
    yield pa.RecordBatch.from_pylist(found, WORDS)


def listed(words: pa.Table) -> Iterator[pa.RecordBatch]:
    """The articles of each word, in the order they come."""
    for group in groups(words, "word"):
        told = {"word": group["word"][0].as_py(), "articles": " ".join(group["article"].to_pylist())}
        yield pa.RecordBatch.from_pylist([told], GROUPED)


def every_pair(blocks: pa.Table) -> Iterator[pa.RecordBatch]:
    """All pairs of each block, as alike as the block says."""
    for block in groups(blocks, "block"):
        names = sorted(block["article"].to_pylist())
        alike = block["alike"][0].as_py()
        pairs = [{"a": a, "b": b, "alike": alike} for at, a in enumerate(names) for b in names[at + 1 :]]
        yield pa.RecordBatch.from_pylist(pairs, PAIRED)


def beside(pairs: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """What is held of both sides."""
    told = [{"a": row["a"], "b": row["b"], "said": f"{row['held_a']}|{row['held_b']}"} for row in pairs.to_pylist()]
    yield pa.RecordBatch.from_pylist(told, BOTH)


class PoisonedEditing(Editing):
    """Fails on every report that has a certain word in it, as a fault of ours would that a letter in it brings out."""

    __slots__ = ()

    def _analysed(self, article: Article) -> Annotation:
        if POISON in article.text:
            raise ZeroDivisionError(POISON)
        return Editing._analysed(self, article)

    def _whole(self, reports: Sequence[Article]) -> Edition:
        for article in reports:
            if POISON in article.text:
                raise ZeroDivisionError(POISON)
        return Editing._whole(self, reports)


class ModelLess(Editing):
    """Finds no model, as on a machine that was set up in haste."""

    __slots__ = ()

    def _whole(self, reports: Sequence[Article]) -> Edition:
        raise ModelMissing(f"no model for {len(reports)} reports")
