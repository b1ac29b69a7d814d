"""Whole archives: both engines come to the same tables, however the inputs lie and the work is cut."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import toy_kernels
from batches import EXAMPLE, lines_of, locally, on_spark, tables_of, told
from click.testing import CliRunner

import variorum
from variorum import pipeline
from variorum.cli.main import variorum as command
from variorum.config import Batch, Settings
from variorum.edition.verify import verify
from variorum.records.manifest import Manifest, from_json
from variorum.render.json import load

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Answer = tuple[Manifest, Path]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """The example story, by the local engine in one process."""
    out = tmp_path_factory.mktemp("local") / "out"
    return locally([EXAMPLE], out), out


@pytest.fixture(scope="module")
def rows() -> list[dict[str, object]]:
    """Five of the example's reports as an export, with one told twice and one line that is no report."""
    articles = pipeline.read(EXAMPLE).only.articles[:5]
    found: list[dict[str, object]] = [
        {
            "outlet": article.outlet,
            "title": article.title,
            "published": article.published.at.isoformat() if article.published else None,
            "text": article.text,
        }
        for article in articles
    ]
    return [*found, {**found[0], "key": "again"}, {"outlet": "nobody", "text": ""}]


def test_an_archive_s_edition_is_that_of_reading_the_folder(local: Answer) -> None:
    edition = pipeline.read(EXAMPLE).only
    manifest, out = local
    (line,) = (line for file in out.glob("editions/*/*") for line in file.read_text("utf-8").splitlines())
    (made,) = load(line).editions
    assert made.articles == tuple(_as_exported(one) for one in edition.articles)
    assert (made.claims, made.conflicts, made.stemma.lineages) == (
        edition.claims,
        edition.conflicts,
        edition.stemma.lineages,
    )
    assert made.story.id.partition("-")[0] == edition.story.id.partition("-")[0]
    assert manifest.tables["articles"].rows == len(edition.articles) + 1  # and the one that is of another event


def _as_exported(article: Any) -> Any:
    from dataclasses import replace

    published = article.published and replace(article.published, utc_offset_minutes=None)
    return replace(article, links=(), published=published)


def test_every_edition_of_an_archive_can_be_verified(local: Answer) -> None:
    for file in local[1].glob("editions/*/*"):
        for line in file.read_text("utf-8").splitlines():
            assert verify(line, folders=(EXAMPLE,)).failures == ()


def test_two_processes_make_what_one_does(local: Answer, tmp_path: Path) -> None:
    manifest = locally([EXAMPLE], tmp_path / "out", processes=2)
    assert manifest.agrees_with(local[0])
    assert told(tmp_path / "out") == told(local[1])


def test_spark_makes_what_one_process_does(local: Answer, spark: "SparkSession", tmp_path: Path) -> None:
    manifest = on_spark(spark, [EXAMPLE], tmp_path / "out")
    assert told(tmp_path / "out") == told(local[1])
    assert manifest.agrees_with(local[0])


def test_neither_cuts_nor_order_of_the_input_change_a_table(
    rows: list[dict[str, object]], spark: "SparkSession", tmp_path: Path
) -> None:
    """Only where a report lay differs, which is told of it."""
    whole = lines_of(rows, tmp_path / "whole")
    wanted = locally([whole], tmp_path / "wanted")
    assert wanted.refused == {"copies": 1, "faults": 0, "no_reports": 1}
    same_place = on_spark(
        spark,
        [whole],
        tmp_path / "cut",
        spark_sql_files_maxPartitionBytes="700",
        spark_sql_shuffle_partitions="7",
        spark_sql_adaptive_coalescePartitions_enabled="false",
    )
    assert same_place.agrees_with(wanted)
    # Of two copies that one stands whose path comes first, so that other bytes may be told of; and so may the seal be.
    elsewhere = ("path", "reason", "first_bytes", "sha256", "edition")
    expected = told(tmp_path / "wanted", but=elsewhere)
    for seed, files, partitions in ((1, 1, "1"), (2, 5, "3")):
        shuffled = lines_of(rows, tmp_path / f"in-{seed}", files=files, seed=seed)
        locally([shuffled], tmp_path / f"local-{seed}", processes=2)
        on_spark(spark, [shuffled], tmp_path / f"spark-{seed}", spark_sql_shuffle_partitions=partitions)
        assert told(tmp_path / f"spark-{seed}") == told(tmp_path / f"local-{seed}")
        assert told(tmp_path / f"spark-{seed}", but=elsewhere) == expected


def test_a_poisoned_report_is_refused_and_the_rest_goes_on(
    spark: "SparkSession", tmp_path: Path, rows: list[dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned = {**rows[0], "text": f"{rows[0]['text']}\n\nThe harbour master added one word: {toy_kernels.POISON}."}
    source = lines_of([poisoned, *rows[1:4]], tmp_path / "in")
    monkeypatch.setattr("variorum.pipeline.batch.run.Editing", toy_kernels.PoisonedEditing)
    wanted = locally([source], tmp_path / "local")
    assert wanted.refused == {"copies": 0, "faults": 1, "no_reports": 0}
    assert on_spark(spark, [source], tmp_path / "spark").agrees_with(wanted)
    tables = told(tmp_path / "spark")
    (refused,) = tables["refused"]
    assert refused["path"] == "part-0.jsonl#1"
    assert "could not be analysed" in refused["reason"]
    assert sorted(row["in_edition"] for row in tables["articles"]) == [False, True, True, True]
    assert [row["articles"] for row in tables["stories"]] == [3]


def test_a_story_too_large_for_an_edition_says_how_many_it_leaves_out(
    rows: list[dict[str, object]], tmp_path: Path
) -> None:
    settings = Settings(batch=Batch(most_reports=3))
    locally([lines_of(rows[:5], tmp_path / "in")], tmp_path / "out", settings=settings)
    tables = told(tmp_path / "out")
    assert [(row["articles"], row["left_out"]) for row in tables["stories"]] == [(3, 2)]
    assert {row["story"] for row in tables["articles"]} == {row["story"] for row in tables["claims"]}


def test_what_is_finished_is_not_done_again_and_what_differs_is(rows: list[dict[str, object]], tmp_path: Path) -> None:
    source = lines_of(rows[:3], tmp_path / "in")
    first = locally([source], tmp_path / "out")
    assert all(one.seconds > 0 for one in first.run.stages)
    moved = tmp_path / "elsewhere"
    source.rename(moved)
    (tmp_path / "out/manifest.json").unlink()
    again = locally([moved], tmp_path / "out")
    assert again.agrees_with(first)
    assert [one.name for one in again.run.stages if one.seconds > 0 and not one.name.startswith("write ")] == []
    other = locally([moved], tmp_path / "out", settings=Settings(batch=Batch(most_reports=2)))
    assert [one.name for one in other.run.stages if one.seconds > 0 and not one.name.startswith("write ")] == [
        "editions"
    ]
    (moved / "part-0.jsonl").write_text((moved / "part-0.jsonl").read_text("utf-8").replace("harbour", "haven"))
    changed = locally([moved], tmp_path / "out")
    assert "read" in [one.name for one in changed.run.stages if one.seconds > 0]


def test_a_run_that_was_stopped_goes_on_where_it_was(
    rows: list[dict[str, object]], tmp_path: Path, spark: "SparkSession", monkeypatch: pytest.MonkeyPatch
) -> None:
    source = lines_of(rows[:3], tmp_path / "in")
    wanted = locally([source], tmp_path / "wanted")
    for name in ("local", "spark"):
        with monkeypatch.context() as broken:
            broken.setattr("variorum.pipeline.batch.run.Editing", _Stopped)
            with pytest.raises(KeyboardInterrupt):
                _run(name, spark, source, tmp_path / name)
        assert not (tmp_path / name / "manifest.json").exists()
        went_on = _run(name, spark, source, tmp_path / name)
        assert [one.seconds for one in went_on.run.stages if one.name in ("read", "copies", "stories")] == [0, 0, 0]
        assert went_on.agrees_with(wanted)


class _Stopped:
    def __init__(self, _settings: Settings) -> None:
        raise KeyboardInterrupt


def _run(name: str, spark: "SparkSession", source: Path, out: Path) -> Manifest:
    return locally([source], out) if name == "local" else on_spark(spark, [source], out)


def test_an_archive_of_nothing_but_refusals_has_empty_tables(tmp_path: Path, spark: "SparkSession") -> None:
    source = lines_of([{"outlet": "nobody", "text": ""}, {"text": "   "}], tmp_path / "in")
    wanted = locally([source], tmp_path / "local")
    assert {name: rows for name, (rows, _) in tables_of(wanted).items() if rows} == {"refused": 2}
    assert on_spark(spark, [source], tmp_path / "spark").agrees_with(wanted)
    assert told(tmp_path / "spark") == told(tmp_path / "local")


def test_the_command_writes_the_manifest_and_says_what_it_made(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    ran = CliRunner().invoke(command, ["batch", "--processes", "1", str(EXAMPLE), out])
    assert ran.exit_code == 0, ran.output
    assert "12 articles taken, 0 refused; 1 story told by two reports or more." in ran.output
    assert from_json((tmp_path / "out/manifest.json").read_text("utf-8")).tables["articles"].rows == 12
    as_json = CliRunner().invoke(command, ["batch", "--json", "--processes", "1", str(EXAMPLE), out])
    assert json.loads(as_json.stdout)["format"] == "variorum/batch/1"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--master", "local[2]"], "--master goes with --engine spark"),
        (["--engine", "spark", "--processes", "2"], "--processes goes with --engine local"),
    ],
)
def test_an_option_of_the_other_engine_is_told(options: list[str], says: str, tmp_path: Path) -> None:
    ran = CliRunner().invoke(command, ["batch", *options, str(EXAMPLE), str(tmp_path / "out")])
    assert isinstance(ran.exception, variorum.errors.UsageError)
    assert says in str(ran.exception)


@pytest.mark.parametrize(
    ("place", "out"), [("in", "in/out"), ("in", "in"), ("out/in", "out"), ("in/*.jsonl", "in/out")]
)
def test_an_answer_among_the_inputs_is_refused(
    place: str, out: str, rows: list[dict[str, object]], tmp_path: Path
) -> None:
    lines_of(rows[:1], tmp_path / place.removesuffix("/*.jsonl"))
    with pytest.raises(variorum.errors.UsageError, match="may not lie in what is read"):
        locally([tmp_path / place], tmp_path / out)


def test_a_folder_that_holds_something_else_is_left_alone(rows: list[dict[str, object]], tmp_path: Path) -> None:
    mine = tmp_path / "out/articles/thesis.tex"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(variorum.errors.UsageError, match="no answer of this command"):
        locally([lines_of(rows[:1], tmp_path / "in")], tmp_path / "out")
    assert mine.read_text() == "mine"


def test_a_machine_s_fault_is_no_report_s_and_the_next_run_goes_on(
    rows: list[dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = lines_of(rows[:2], tmp_path / "in")
    with monkeypatch.context() as broken:
        broken.setattr("variorum.pipeline.batch.run.Editing", toy_kernels.ModelLess)
        with pytest.raises(variorum.errors.ModelMissing):
            locally([source], tmp_path / "out")
    assert locally([source], tmp_path / "out").refused == {"copies": 0, "faults": 0, "no_reports": 0}


def test_a_step_whose_mark_is_torn_is_done_again(rows: list[dict[str, object]], tmp_path: Path) -> None:
    source = lines_of(rows[:2], tmp_path / "in")
    wanted = locally([source], tmp_path / "out")
    for mark in (tmp_path / "out/_work/local").glob("*/finished.json"):
        mark.write_text("{")
    assert locally([source], tmp_path / "out").agrees_with(wanted)


def test_an_address_for_the_answer_is_for_spark() -> None:
    ran = CliRunner().invoke(command, ["batch", str(EXAMPLE), "s3a://bucket/out"])
    assert isinstance(ran.exception, variorum.errors.UsageError)
    assert "only the Spark engine writes to s3a" in str(ran.exception)


def test_an_answer_over_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(variorum.errors.UsageError, match="is a file"):
        locally([EXAMPLE], tmp_path / "out")


def test_without_pyspark_the_spark_engine_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("pyspark", "variorum.engines.spark"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    ran = CliRunner().invoke(command, ["batch", "--engine", "spark", str(EXAMPLE), str(tmp_path / "out")])
    assert isinstance(ran.exception, variorum.errors.UsageError)
    assert 'pip install "variorum[spark]"' in str(ran.exception)


def test_files_of_one_name_in_two_folders_are_told_apart(
    rows: list[dict[str, object]], tmp_path: Path, spark: "SparkSession"
) -> None:
    places = [lines_of(rows[:2], tmp_path / "january/export"), lines_of(rows[:3], tmp_path / "june/export")]
    wanted = locally(places, tmp_path / "local")
    assert wanted.refused["copies"] == 2
    assert on_spark(spark, places, tmp_path / "spark").agrees_with(wanted)
    tables = told(tmp_path / "spark")
    assert sorted(row["path"] for row in tables["articles"]) == [
        "january/export/part-0.jsonl#1",
        "january/export/part-0.jsonl#2",
        "june/export/part-0.jsonl#3",
    ]
    assert {row["reason"] for row in tables["refused"]} == {
        f"This is the same report as january/export/part-0.jsonl#{at}." for at in (1, 2)
    }
