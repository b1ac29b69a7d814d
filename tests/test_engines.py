"""Every verb of the contract, on every engine: the same rows for the same rows, however they are cut and ordered."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
import toy_kernels

from variorum.config import Batch
from variorum.engines.groups import groups, sizes, whole_groups
from variorum.engines.local import LocalEngine, Rows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ENGINES = ("one process", "two processes", "spark")


class Under:
    """An engine under test, with a way in and a way out that the contract does not have: rows from and to a list."""

    def __init__(self, engine: Any, session: "SparkSession | None") -> None:
        self.engine = engine
        self._session = session

    def rows(self, told: list[dict[str, object]], schema: pa.Schema, *, parts: int = 3) -> Any:
        table = pa.Table.from_pylist(told, schema)
        if self._session is not None:
            return self._session.createDataFrame(table).repartition(parts)
        size = max(1, -(-table.num_rows // parts))
        return Rows(schema, lambda: iter(table.to_batches(max_chunksize=size)))

    def told(self, rows: Any) -> list[dict[str, Any]]:
        table = rows.toArrow() if self._session is not None else pa.Table.from_batches(rows.batches(), rows.schema)
        return sorted(table.to_pylist(), key=repr)


@pytest.fixture(params=ENGINES)
def under(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Under]:
    if request.param == "spark":
        session = request.getfixturevalue("spark")
        from variorum.engines.spark import SparkEngine

        with SparkEngine(session, str(tmp_path / "out")) as spark:
            yield Under(spark, session)
        return
    with LocalEngine(str(tmp_path / "out"), processes=1 if request.param == "one process" else 2) as local:
        yield Under(local, None)


TEXTS = pa.schema([("article", pa.string()), ("text", pa.string())])
EDGES = pa.schema([("a", pa.string()), ("b", pa.string())])
HELD = pa.schema([("article", pa.string()), ("held", pa.string())])
BLOCKS = pa.schema([("block", pa.int64()), ("rank", pa.int64()), ("article", pa.string()), ("alike", pa.float64())])


def test_rows_become_what_the_kernel_makes_of_each(under: Under) -> None:
    rows = under.rows([{"article": "x", "text": "the reef is lit"}, {"article": "y", "text": None}], TEXTS)
    found = under.told(under.engine.map_articles(rows, toy_kernels.split, toy_kernels.WORDS))
    assert [row["word"] for row in found] == ["is", "lit", "reef", "the"]


def test_a_group_comes_whole_and_in_order_however_its_rows_lie(under: Under) -> None:
    told = [{"article": f"{at:03}", "word": "reef" if at % 3 else "lamp", "length": at} for at in range(200)]
    told.append({"article": "999", "word": None, "length": 0})
    random.Random(3).shuffle(told)
    rows = under.rows(told, toy_kernels.WORDS, parts=7)
    found = under.told(
        under.engine.per_story(rows, toy_kernels.listed, toy_kernels.GROUPED, by="word", order=("article",), tasks=3)
    )
    assert [row["word"] for row in found] == ["lamp", "reef"]
    assert found[1]["articles"].split() == [f"{at:03}" for at in range(200) if at % 3]


def test_of_a_block_only_the_least_ranks_meet_and_a_pair_comes_once(under: Under) -> None:
    told = [{"block": 1, "rank": 90 - at, "article": f"{at:02}", "alike": 0.25} for at in range(90)]
    told += [{"block": -7, "rank": at, "article": f"{at:02}", "alike": 0.75} for at in (88, 89)]
    found = under.told(under.engine.propose_pairs(under.rows(told, BLOCKS), toy_kernels.every_pair, most=3))
    assert found == [
        {"a": "87", "b": "88", "alike": 0.25, "met": 1},
        {"a": "87", "b": "89", "alike": 0.25, "met": 1},
        {"a": "88", "b": "89", "alike": 0.75, "met": 2},
    ]


def test_pairs_are_scored_with_what_is_held_of_both(under: Under) -> None:
    held = under.rows([{"article": one, "held": one.upper()} for one in "abc"], HELD)
    pairs = under.rows([{"a": "a", "b": "b"}, {"a": "b", "b": "c"}, {"a": "a", "b": "lost"}], EDGES)
    found = under.told(under.engine.score_pairs(pairs, held, toy_kernels.beside, toy_kernels.BOTH))
    assert [row["said"] for row in found] == ["A|B", "B|C"]


def test_rounds_over_a_cluster_find_the_components_of_a_graph(spark: "SparkSession", tmp_path: Path) -> None:
    from variorum.engines.spark import SparkEngine

    with SparkEngine(spark, str(tmp_path / "out"), settings=Batch(one_task_pairs=0)) as engine:
        for seed in range(2):
            test_components_are_those_of_the_graph(Under(engine, spark), seed)
        test_no_pairs_are_no_components(Under(engine, spark))


@pytest.mark.parametrize("seed", range(3))
def test_components_are_those_of_the_graph(under: Under, seed: int) -> None:
    """A long path, a star, a ring and random edges, against a search by hand."""
    draw = random.Random(seed)
    edges = [(f"p{at:02}", f"p{at + 1:02}") for at in range(40)] + [("s00", f"s{at:02}") for at in range(1, 30)]
    edges += [(f"r{at}", f"r{(at + 1) % 7}") for at in range(7)]
    edges += [(f"x{draw.randrange(60):02}", f"x{draw.randrange(60):02}") for _ in range(45)]
    draw.shuffle(edges)
    found = under.told(under.engine.connect(under.rows([{"a": a, "b": b} for a, b in edges], EDGES)))
    assert {row["article"]: row["component"] for row in found} == _components([e for e in edges if e[0] != e[1]])
    assert len(found) == len({row["article"] for row in found})


def _components(edges: list[tuple[str, str]]) -> dict[str, str]:
    beside: dict[str, set[str]] = {}
    for a, b in edges:
        beside.setdefault(a, set()).add(b)
        beside.setdefault(b, set()).add(a)
    found: dict[str, str] = {}
    for start in sorted(beside):
        waiting = [start] if start not in found else []
        while waiting:
            one = waiting.pop()
            if one not in found:
                found[one] = start
                waiting.extend(beside[one])
    return found


def test_no_pairs_are_no_components(under: Under) -> None:
    assert under.told(under.engine.connect(under.rows([], EDGES))) == []


def test_rows_are_joined_filtered_and_added_up(under: Under) -> None:
    told = [{"article": one, "word": one * 2, "length": at} for at, one in enumerate("abcd")]
    words = under.rows(told, toy_kernels.WORDS)
    texts = under.rows([{"article": "b", "text": "B"}, {"article": "d", "text": "D"}], TEXTS)
    assert [row["text"] for row in under.told(under.engine.joined(words, texts, "article"))] == ["B", "D"]
    outer = under.told(under.engine.joined(words, texts, "article", is_needed=False))
    assert [row["text"] for row in outer] == [None, "B", None, "D"]
    some = under.engine.where(words, "length", 1, 2)
    assert under.engine.totals(under.engine.columns(some, {"size": "length"})) == {"size": 3}
    assert under.engine.totals(under.engine.columns(under.engine.where(words, "length", 7, 9), {"n": "length"})) == {
        "n": 0
    }
    assert len(under.told(under.engine.together(words, some))) == 6


def test_a_step_is_kept_found_again_and_forgotten_when_nobody_asks(under: Under) -> None:
    engine = under.engine
    words = under.rows([{"article": "a", "word": w, "length": 1} for w in ("x", "y", "x")], toy_kernels.WORDS)
    assert engine.finished("words-1") is None
    kept, count = engine.keep("words-1", words, by="word")
    assert count == 3
    assert len(under.told(engine.where(kept, "word", "x", "x"))) == 2
    assert under.told(engine.where(kept, "word", "z", "z")) == []
    again = engine.finished("words-1")
    assert again is not None
    assert again[1] == 3
    engine.forget()
    assert engine.finished("words-1") is not None


def test_an_empty_step_is_finished_too(under: Under) -> None:
    engine = under.engine
    empty = under.engine.map_articles(under.rows([], TEXTS), toy_kernels.split, toy_kernels.WORDS)
    for by in (None, "word"):
        kept, count = engine.keep(f"none-{by}", empty, by=by)
        assert count == 0
        found = engine.where(kept, "word", "x", "x")
        assert under.told(engine.columns(found, {"article": "article", "word": "word"})) == []


def test_a_file_of_the_answer_is_written_and_taken_back(under: Under, tmp_path: Path) -> None:
    under.engine.tell("manifest.json", '{"told": "zähl"}')
    assert (tmp_path / "out" / "manifest.json").read_text("utf-8") == '{"told": "zähl"}'
    under.engine.tell("manifest.json", None)
    assert not (tmp_path / "out" / "manifest.json").exists()


@pytest.mark.parametrize("rows", [1, 3, 6, 100])
@pytest.mark.parametrize("step", [1, 2, 3, 10])
def test_no_group_is_cut_in_two_and_none_holds_more_than_asked(rows: int, step: int) -> None:
    keys = [1] * 5 + [2] + [3] * 9 + [4] * 2 + [5]
    schema = pa.schema([("k", pa.int64()), ("v", pa.int64())])
    every = pa.Table.from_arrays([pa.array(keys), pa.array(range(len(keys)))], schema=schema)
    batches = every.to_batches(max_chunksize=step)
    for most in (None, 1, 2, 4):
        tables = list(whole_groups(batches, "k", most=most, rows=rows))
        met = [group for table in tables for group in groups(table, "k")]
        assert [group["k"][0].as_py() for group in met] == [1, 2, 3, 4, 5]
        wanted = [[at for at, key in enumerate(keys) if key == k][:most] for k in range(1, 6)]
        assert [group["v"].to_pylist() for group in met] == wanted
        assert [size for table in tables for size in sizes(table, "k").tolist()] == [len(one) for one in wanted]
    assert list(whole_groups([], "k")) == []
