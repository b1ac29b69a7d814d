"""What the plan for large archives rests on: generated news, what is added up of a run, and the arithmetic."""

import json
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from variorum import ingest, stories
from variorum.language import lead_vector

# Behind everything else: a file there is called spark.py, as one of the tests is.
sys.path.append(str(Path(__file__).resolve().parent.parent / "benchmarks"))
import newswire
import scale_plan
import scale_svg
import spark_log

ROOT = Path(__file__).resolve().parent.parent


def lines(folder: Path) -> list[dict[str, str]]:
    texts = [path.read_text("utf-8") for path in sorted(folder.iterdir())]
    return [json.loads(line) for text in texts for line in text.split("\n") if line]


def run(articles: int, **more: object) -> dict[str, object]:
    """A measured run in which everything grows with the articles, after a start of ten seconds."""
    step = {"name": "editions", "seconds": 2 + articles / 1000, "rows": 5}
    return {
        "articles": articles, "way": "spark", "seconds": 10 + articles / 100, "in_stories": articles // 10,
        "core_seconds": 20 + articles / 50, "shuffled": 5000 * articles, "to_driver": 1000 + 30 * articles,
        "driver_python_mib": 100.0, "driver_java_mib": 400.0, "driver_heap_mib": 50.0, "executor_python_mib": 700.0,
        "executor_java_mib": 500.0, "stages": [step], "rows": {"stories": articles // 30, "claims": articles // 5},
        **more,
    }  # fmt: skip


def figures(*runs: dict[str, object]) -> dict[str, object]:
    machine = {"processor": "a processor", "cores": 2, "memory_gib": 8, "python": "3.11", "spark": "4.0"}
    return {"made": "2025-03-18", "machine": machine, "workers": 2, "runs": list(runs)}


def test_the_same_seed_gives_the_same_archive_and_another_seed_another(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("same", 3), ("other", 4)):
        newswire.write(tmp_path / name, 300, seed=seed)
    one, same, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "same", "other")
    )
    assert one == same
    assert one.keys() == other.keys() and one != other


def test_an_archive_has_as_many_articles_as_were_asked_for_each_with_its_event(tmp_path: Path) -> None:
    files = newswire.write(tmp_path / "news", 2300)
    found = lines(tmp_path / "news")
    events = newswire.truth(tmp_path / "news")
    assert len(found) == len(events) == 2300
    assert files == 3 * newswire.DAY_FILES
    assert Counter(one["published"][:10] for one in found) == {
        "2024-01-01": 1000,
        "2024-01-02": 1000,
        "2024-01-03": 300,
    }
    told = Counter(events.values())
    assert 0.01 < sum(reports for reports in told.values() if reports > 1) / 2300 < 0.04
    assert max(told.values()) <= 6
    assert all(newswire.event_of(one["url"]) == events[one["key"]] for one in found)


def test_a_skewed_archive_has_a_crowded_day_and_a_story_of_eighty(tmp_path: Path) -> None:
    newswire.write(tmp_path / "news", 4000, skew=True)
    days = Counter(one["published"][:10] for one in lines(tmp_path / "news"))
    assert sum(days.values()) == 4000
    assert sorted(days.values())[-1] == 1000 + int(4000 * newswire.SKEWED)
    assert max(Counter(newswire.truth(tmp_path / "news").values()).values()) == newswire.CROWD


def test_parquet_holds_the_articles_of_json_lines(tmp_path: Path) -> None:
    newswire.write(tmp_path / "lines", 300)
    newswire.write(tmp_path / "parquet", 300, parquet=True)
    texts = [
        {(one.url, one.title, one.text, one.published and one.published.at) for one in ingest.read([folder]).articles}
        for folder in (tmp_path / "lines", tmp_path / "parquet")
    ]
    assert len(texts[0]) == 300
    assert texts[0] == texts[1]


def test_generated_events_are_told_apart_by_gathering(tmp_path: Path) -> None:
    newswire.write(tmp_path / "news", 800)
    articles = {str(one.url).rpartition("/")[2]: one for one in ingest.read([tmp_path / "news"]).articles}
    gathered = stories.gather(list(articles.values()), encode=lead_vector)
    story_of = {article.id: story.id for story in gathered.stories for article in story.articles}
    found = {key: story_of.get(one.id, one.id) for key, one in articles.items()}
    precision, recall = newswire.bcubed(newswire.truth(tmp_path / "news"), found)
    assert precision >= 0.95
    assert recall >= 0.9


def test_what_spark_logged_is_added_up_with_what_failed(tmp_path: Path) -> None:
    def ended(reason: str, seconds: int, shuffled: int) -> dict[str, object]:
        metrics = {
            "Executor Run Time": seconds * 1000, "Result Size": 700, "Disk Bytes Spilled": 5,
            "Shuffle Write Metrics": {"Shuffle Bytes Written": shuffled},
        }  # fmt: skip
        return {"Event": "SparkListenerTaskEnd", "Task End Reason": {"Reason": reason}, "Task Metrics": metrics}

    events = [
        {"Event": "SparkListenerApplicationStart"},
        ended("Success", 2, 1000),
        {**ended("ExecutorLostFailure", 0, 0), "Task Metrics": None},
        ended("Success", 4, 500),
        {"Event": "SparkListenerStageCompleted"},
    ]
    written = [json.dumps(event, separators=(",", ":")) for event in events]
    (tmp_path / "rolled").mkdir()
    (tmp_path / "rolled/events_1_app").write_text("\n".join(written[:3]) + "\n", "utf-8")
    (tmp_path / "rolled/events_2_app").write_text("\n".join(written[3:]) + "\n", "utf-8")
    (tmp_path / "rolled/appstatus_app").write_text("", "utf-8")
    assert spark_log.logged(tmp_path) == spark_log.Logged(
        tasks=3, failed=1, core_seconds=6.0, longest_seconds=4.0, shuffled=1500, spilled=10, to_driver=1400,
        spark_stages=1,
    )  # fmt: skip


def test_what_java_held_is_what_was_left_after_a_collection(tmp_path: Path) -> None:
    log = tmp_path / "gc.log"
    assert spark_log.heap_after_collection(log) is None
    log.write_text(
        "[1.0s][info][gc] Using Serial\n"
        "[1.2s][info][gc] GC(0) Pause Young (Allocation Failure) 66M->12M(247M) 8.1ms\n"
        "[2.2s][info][gc] GC(1) Pause Full (Metadata GC Threshold) 2048K->1024K(247M) 9.4ms\n"
    )
    assert spark_log.heap_after_collection(log) == 12.0


def test_a_unit_cost_is_the_slope_so_that_starting_is_not_counted() -> None:
    one = scale_plan.unit(figures(run(1000), run(3000)))
    assert one.edition_seconds == pytest.approx(2 * 2 / 200)
    assert one.cheap_seconds == pytest.approx((40 - 4) / 2000)
    assert one.shuffled == 5000
    assert one.to_driver == 30
    assert one.driver_mib_a_million == 0


def test_a_plan_needs_figures_of_spark() -> None:
    with pytest.raises(ValueError, match="nothing was measured on Spark"):
        scale_plan.unit(figures(run(1000, way="local")))


def test_twenty_times_the_articles_take_twenty_times_the_work() -> None:
    table = scale_plan.plan_table(scale_plan.unit(figures(run(1000), run(3000))))
    row = next(line for line in table.splitlines() if line.startswith("| core-hours, all else"))
    fifty, thousand = (float(cell.replace(",", "")) for cell in row.split("|")[2:4])
    assert thousand == pytest.approx(20 * fifty, rel=0.001)
    assert fifty == pytest.approx(5e7 * 0.018 * scale_plan.REPORT_WORDS / scale_plan.LONE_WORDS / 3600, rel=0.001)


def test_a_page_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no marks"):
        scale_plan.filled("A page.", figures(run(1000)))


def test_the_page_on_scale_says_what_was_measured_and_nothing_before_it_was() -> None:
    page = (ROOT / "docs/scale.md").read_text("utf-8")
    measured = ROOT / "docs/scale.json"
    if not measured.exists():
        assert "Not measured yet" in page and "Not computed yet" in page
        return
    found = json.loads(measured.read_text("utf-8"))
    assert page == scale_plan.filled(page, found), "run benchmarks/scale_plan.py docs/scale.json docs/scale.md"
    assert (ROOT / "docs/scale.svg").read_text("utf-8") == scale_svg.svg(found["runs"])


def test_the_drawing_has_every_size_and_can_be_read_without_seeing_it() -> None:
    drawn = ElementTree.fromstring(scale_svg.svg([run(5000), run(20_000), run(5000, way="local", shuffled=0)]))  # noqa: S314 - ours
    texts = ["".join(one.itertext()) for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count("5k") == texts.count("20k") == 3
    described = drawn.findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "Spark 12 at 5,000 and 10.5 at 20,000" in described
    assert not any("style" in one.attrib for one in drawn.iter())


@pytest.mark.parametrize(("most", "steps"), [(4.2, [0, 1, 2, 3, 4, 5]), (150, [0, 50, 100, 150]), (0, [0, 0.001])])
def test_ticks_reach_over_everything_in_round_steps(most: float, steps: list[float]) -> None:
    assert scale_svg.ticks(most) == steps
