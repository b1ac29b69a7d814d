"""Connected components on Spark, in rounds whose number grows with the logarithm of the longest path.

Large-star and small-star in turn (Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, "Connected Components in
MapReduce and Beyond", 2014). GraphFrames has the same, but as a jar that no Python package carries, and nothing here
is fetched at run time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pyspark.sql import Window
from pyspark.sql import functions as fn

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_MOST_ROUNDS = 60  # far beyond 2 log2 of any archive: reaching it is a fault and not a large graph

PutBy = Callable[[str, "DataFrame"], "DataFrame"]
"""Puts rows on the disk under a name and gives them back, so that a round is not worked out again by the next."""


def connected(pairs: DataFrame, put_by: PutBy) -> DataFrame:
    """Which component each article is in: columns ``article`` and ``component``, the least id in it.

    pairs: columns ``a`` and ``b``. Raises RuntimeError where it does not settle.
    """
    edges = _oriented(pairs.select(fn.col("a").alias("u"), fn.col("b").alias("v")))
    before: tuple[int, int] | None = None
    for round in range(_MOST_ROUNDS):
        edges = put_by(f"round-{round}", _small_star(_large_star(edges)))
        after = _told_apart(edges)
        if after == before:
            named = edges.select(fn.col("u").alias("article"), fn.col("v").alias("component"))
            roots = edges.select(fn.col("v").alias("article"), fn.col("v").alias("component")).distinct()
            return named.unionByName(roots)
        before = after
    raise RuntimeError(f"components did not settle within {_MOST_ROUNDS} rounds")


def _oriented(edges: DataFrame) -> DataFrame:
    """Every edge once, from the greater id to the lesser; loops dropped."""
    ends = edges.where(fn.col("u") != fn.col("v"))
    return ends.select(fn.greatest("u", "v").alias("u"), fn.least("u", "v").alias("v")).distinct()


def _large_star(edges: DataFrame) -> DataFrame:
    """Every greater neighbour of an article is tied to the least of its neighbours and itself."""
    both = edges.unionByName(edges.select(fn.col("v").alias("u"), fn.col("u").alias("v")))
    least = fn.least(fn.col("u"), fn.min("v").over(Window.partitionBy("u")))
    starred = both.withColumn("least", least).where(fn.col("v") > fn.col("u"))
    return _oriented(starred.select(fn.col("v").alias("u"), fn.col("least").alias("v")))


def _small_star(edges: DataFrame) -> DataFrame:
    """Every lesser neighbour of an article, and the article, is tied to the least of them."""
    starred = edges.withColumn("least", fn.min("v").over(Window.partitionBy("u")))
    lesser = starred.select(fn.col("v").alias("u"), fn.col("least").alias("v"))
    own = starred.select("u", fn.col("least").alias("v"))
    return _oriented(lesser.unionByName(own))


def _told_apart(edges: DataFrame) -> tuple[int, int]:
    """How many edges there are, and a sum over them that changes with any of them."""
    hashed = fn.xxhash64("u", "v").cast("decimal(38,0)")
    row = edges.agg(fn.count("*").alias("count"), fn.sum(hashed).alias("sum")).first()
    return (0, 0) if row is None else (int(row["count"]), int(row["sum"] or 0))
