"""Both engines over more than a story: the developer gold sets, and twenty thousand generated articles."""

import gzip
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from batches import lines_of, locally, on_spark, told

# Behind everything else: a file there is called spark.py, as one of the tests is.
sys.path.append(str(Path(__file__).resolve().parent.parent / "benchmarks"))
import newswire

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

GOLD = Path(__file__).resolve().parents[2] / "shared/gold"
# Whole sets where they are small; of AllSides as many as take the models half a minute.
SETS = {"basil": None, "newswcl50": None, "ecbplus": None, "allsides": 60}
ARTICLES = int(os.environ.get("VARIORUM_BATCH_ARTICLES", "20000"))


@pytest.mark.gold
def test_both_engines_tell_the_gold_sets_alike(spark: "SparkSession", tmp_path: Path) -> None:
    if not GOLD.is_dir():
        pytest.skip("the gold data is not there")
    rows = [row for name, most in SETS.items() for row in _gold(name)[:most]]
    source = lines_of(rows, tmp_path / "in", files=4)
    wanted = locally([source], tmp_path / "local", processes=2)
    assert wanted.tables["articles"].rows + wanted.tables["refused"].rows == len(rows)
    assert wanted.editions.stories > 100
    shuffled = lines_of(rows, tmp_path / "shuffled", files=3, seed=8)
    made = on_spark(spark, [shuffled], tmp_path / "spark", spark_sql_shuffle_partitions="5")
    elsewhere = ("path", "reason", "first_bytes", "sha256", "edition")
    assert told(tmp_path / "spark", but=elsewhere) == told(tmp_path / "local", but=elsewhere)
    assert made.refused == wanted.refused


def _gold(name: str) -> list[dict[str, object]]:
    with gzip.open(GOLD / name / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    # Who names no outlet is called by his file, and here files differ.
    return [
        {
            "key": f"{name}/{row['id']}",
            "outlet": row.get("outlet") or str(row["id"]),
            "title": row.get("title"),
            "published": row.get("date"),
            "text": row["text"],
        }
        for row in rows
    ]


def test_both_engines_tell_twenty_thousand_generated_articles_alike(spark: "SparkSession", tmp_path: Path) -> None:
    source = tmp_path / "in"
    newswire.write(source, ARTICLES, shared=0.02, skew=True)
    wanted = locally([source], tmp_path / "local", processes=2)
    assert wanted.tables["articles"].rows + wanted.tables["refused"].rows == ARTICLES
    assert wanted.editions.stories > ARTICLES / 1000
    made = on_spark(
        spark, [source], tmp_path / "spark", spark_sql_shuffle_partitions="6", spark_sql_files_maxPartitionBytes="1m"
    )
    assert made.agrees_with(wanted)
    # The digests say so already; this says it of the rows themselves, where it is cheap.
    assert told(tmp_path / "spark")["stories"] == told(tmp_path / "local")["stories"]
