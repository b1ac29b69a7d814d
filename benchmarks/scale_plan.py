"""Work out what fifty million and a billion articles would cost, from what ``spark.py`` measured.

    python benchmarks/scale_plan.py docs/scale.json docs/scale.md

Writes the tables of ``docs/scale.md`` between its marks. Every line says whether its number is measured, computed from
measured ones, or assumed; assumptions are the constants of this file.

What an article costs is the slope between the two largest sizes measured on Spark, so that starting is not counted with
the articles; of one size alone it is all that was measured.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

TARGETS = (50_000_000, 1_000_000_000)
# A report of a newspaper's archive, and how many of an archive share their story with another. Of the collections this
# was tried on none is an archive; the share is what a year of a few dozen outlets on one beat might have.
REPORT_WORDS, SHARED = 600, 0.4
# Words of a generated article and of a generated report in a story (``newswire.py``), on average.
LONE_WORDS, TOLD_WORDS = 190, 86
# The two model passes over a report of REPORT_WORDS, in seconds of one core: measured one by one, see docs/models.md.
MODEL_SECONDS = 0.22
NODES, NODE_CORES, NODE_GIB = 100, 16, 64
NODE = "m7g.4xlarge"
# Eight times the m7g.large of $0.0816 that a price survey of 17 June 2026 gives for Linux in us-east-1, on demand.
NODE_DOLLARS = 0.6528
# Gigabytes of network disk beside each node and what they cost a month: the nodes have none of their own.
DISK_DOLLARS_GB_MONTH, MONTH_HOURS = 0.08, 730
# Of the cores' time, what is work: the rest is waiting for the last task, for the network, for a lost machine.
BUSY = 0.7
SPLIT_BYTES, TASK_REPORTS, MOST_TASKS = 128 << 20, 64, 50_000
BYTES_A_WORD = 6.2

Run = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """What one article costs. Seconds are of one core.

    cheap_seconds: everything but editions, of any article. edition_seconds: the edition, of an article in a shared
    story. shuffled, to_driver: bytes of any article. driver_mib: memory of the driver at the largest size, and what a
    million more articles add. python_mib, java_mib: of an executor with one core. articles: sizes it is from.
    """

    cheap_seconds: float
    edition_seconds: float
    shuffled: float
    to_driver: float
    driver_mib: float
    driver_mib_a_million: float
    python_mib: float
    java_mib: float
    articles: tuple[int, ...]


def unit(figures: Mapping[str, Any]) -> Unit:
    """Unit costs from measured runs. Raises ValueError where none is on Spark."""
    runs = sorted((run for run in figures["runs"] if run["way"] == "spark"), key=lambda run: int(run["articles"]))
    if not runs:
        raise ValueError("nothing was measured on Spark")
    large, small = runs[-1], runs[-2] if len(runs) > 1 else None
    articles = large["articles"] - (small["articles"] if small else 0)
    told = large["in_stories"] - (small["in_stories"] if small else 0)

    def more(value: Any) -> float:
        return float(value(large)) - (float(value(small)) if small else 0.0)

    cores = figures["workers"]
    # An edition's step is all models and comparing, so that its cores are busy for as long as it takes.
    editions = more(lambda run: cores * _step(run, "editions"))
    cheap = more(lambda run: run["core_seconds"]) - editions
    driver = more(_driver) if small else 0.0
    return Unit(
        cheap / articles, editions / told, more(lambda run: run["shuffled"]) / articles,
        more(lambda run: run["to_driver"]) / articles, _driver(large), max(0.0, 1e6 * driver / articles),
        large["executor_python_mib"], large["executor_java_mib"],
        tuple(run["articles"] for run in runs[-2:]),
    )  # fmt: skip


def _step(run: Run, name: str) -> float:
    return float(sum(stage["seconds"] for stage in run["stages"] if stage["name"] == name))


def _driver(run: Run) -> float:
    return float(run["driver_python_mib"] + (run.get("driver_heap_mib") or run["driver_java_mib"]))


def measured_table(figures: Mapping[str, Any]) -> str:
    """What was measured, as it was."""
    of = figures["machine"]
    rows = [
        f"Measured on {figures['made']}: {of['processor']}, {of['cores']} cores, {of['memory_gib']} GiB; Python "
        f"{of['python']}, Spark {of['spark']} with {figures['workers']} workers of one core. `make bench-spark` "
        "measures it again.",
        "",
        "![Seconds for a thousand articles, kilobytes shuffled for each, and memory of the driver, by the size of the "
        "archive](scale.svg)",
        "",
        "| articles | engine | seconds | s per 1,000 | shuffled, kB each | to the driver, bytes each | "
        "driver's Python, MiB | driver's Java in use, MiB | stories | claims |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for run in figures["runs"]:
        size, rows_of = run["articles"], run["rows"]
        spark = run["way"] == "spark"
        cells = (
            f"{size:,}", run["way"], f"{run['seconds']:,.0f}", f"{1000 * run['seconds'] / size:.2f}",
            f"{run['shuffled'] / size / 1000:.1f}" if spark else "", f"{run['to_driver'] / size:.0f}" if spark else "",
            f"{run['driver_python_mib']:.0f}", f"{run['driver_heap_mib'] or 0:.0f}" if spark else "",
            f"{rows_of.get('stories', 0):,}", f"{rows_of.get('claims', 0):,}",
        )  # fmt: skip
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join([*rows, "", *_steps(figures["runs"])])


def _steps(runs: Sequence[Run]) -> list[str]:
    """Seconds by step at the largest size, most first; those of less than a hundredth are told together."""
    largest = max(run["articles"] for run in runs)
    chosen = [run for run in runs if run["articles"] == largest]
    names = {stage["name"] for run in chosen for stage in run["stages"]}
    told = sorted(names, key=lambda name: (-max(_step(run, name) for run in chosen), name))
    lines = [
        f"By step, at {largest:,} articles, in seconds:",
        "",
        f"| step | {' | '.join(run['way'] for run in chosen)} |",
        f"|---|{'---:|' * len(chosen)}",
    ]
    small = [name for name in told if all(_step(run, name) < run["seconds"] / 100 for run in chosen)]
    lines += [
        f"| {name} | {' | '.join(f'{_step(run, name):,.1f}' for run in chosen)} |" for name in told if name not in small
    ]
    if small:
        rest = (f"{sum(_step(run, name) for name in small):,.1f}" for run in chosen)
        lines.append(f"| {len(small)} others | {' | '.join(rest)} |")
    return lines


def plan_table(one: Unit) -> str:
    """The plan for each of ``TARGETS``, by the unit costs."""
    longer, told_longer = REPORT_WORDS / LONE_WORDS, REPORT_WORDS / TOLD_WORDS
    cheap, edition = one.cheap_seconds * longer, max(one.edition_seconds * told_longer, MODEL_SECONDS)
    shuffled = one.shuffled * longer
    sizes = " and ".join(f"{size:,}" for size in one.articles)
    lines = [
        f"| of one article | value | from |\n|---|---:|---|\n"
        f"| every step but editions, seconds of a core | {one.cheap_seconds:.4f} | measured, at {sizes} |\n"
        f"| its edition, if it shares a story, seconds of a core | {one.edition_seconds:.3f} | measured, the same |\n"
        f"| shuffled, kB | {one.shuffled / 1000:.1f} | measured, the same |\n"
        f"| sent to the driver, bytes | {one.to_driver:.0f} | measured, the same |\n"
        f"| length of a report, words | {REPORT_WORDS} | assumed; generated ones have {LONE_WORDS}, in stories "
        f"{TOLD_WORDS} |\n"
        f"| share of articles that share a story | {SHARED:.0%} | assumed |\n"
        f"| every step but editions at that length, seconds | {cheap:.4f} | computed, in proportion to words |\n"
        f"| its edition at that length, seconds | {edition:.2f} | computed, in proportion to words, {MODEL_SECONDS} at "
        "least: what the models alone were measured at |\n"
        f"| shuffled at that length, kB | {shuffled / 1000:.1f} | computed, in proportion to words |",
        "",
        f"| of the archive | {' | '.join(f'{target:,}' for target in TARGETS)} | |",
        f"|---|{'---:|' * len(TARGETS)}---|",
    ]
    columns = [_planned(one, target, cheap, edition, shuffled) for target in TARGETS]
    lines += [
        f"| {name} | {' | '.join(column[name][0] for column in columns)} | {columns[0][name][1]} |"
        for name in columns[0]
    ]
    return "\n".join(lines)


def _planned(one: Unit, articles: int, cheap: float, edition: float, shuffled: float) -> dict[str, tuple[str, str]]:
    told = articles * SHARED
    text = articles * REPORT_WORDS * BYTES_A_WORD
    editions_hours, other_hours = told * edition / 3600, articles * cheap / 3600
    core_hours = editions_hours + other_hours
    wall = core_hours / (NODES * NODE_CORES * BUSY)
    tasks = min(MOST_TASKS, ceil(told / TASK_REPORTS))
    disk = articles * shuffled / 1e9 / NODES
    dollars = wall * NODES * NODE_DOLLARS
    disks = wall * NODES * 3 * disk * DISK_DOLLARS_GB_MONTH / MONTH_HOURS
    return {
        "text, TB": (f"{text / 1e12:.2f}", "assumed length"),
        "tasks that read, of 128 MiB": (f"{ceil(text / SPLIT_BYTES):,}", "computed"),
        "tasks that make editions": (f"{tasks:,}", f"computed: {TASK_REPORTS} reports each, at most {MOST_TASKS:,}"),
        "seconds of one such task": (f"{told / tasks * edition:,.0f}", "computed"),
        "core-hours, editions": (f"{editions_hours:,.0f}", "computed"),
        "core-hours, all else": (f"{other_hours:,.0f}", "computed"),
        "shuffled, TB": (f"{articles * shuffled / 1e12:.1f}", "computed"),
        f"disk a node for it, GB, of {NODES}": (f"{disk:,.0f}", "computed; three times that is paid for below"),
        f"hours on {NODES} nodes of {NODE_CORES} cores": (f"{wall:,.1f}", f"computed; {BUSY:.0%} at work, assumed"),
        "memory of an executor a core, GiB": (
            f"{(one.python_mib + one.java_mib) / 1024:.1f}", f"measured; a node has {NODE_GIB / NODE_CORES:.0f}",
        ),
        "memory of the driver, GiB": (
            f"{(one.driver_mib + one.driver_mib_a_million * articles / 1e6) / 1024:.1f}",
            f"computed from the slope, {one.driver_mib_a_million:.1f} MiB a million articles",
        ),
        f"nodes, dollars ({NODE}, ${NODE_DOLLARS} an hour)": (f"{dollars:,.0f}", "computed, list price"),
        "disks, dollars": (f"{disks:,.0f}", "computed, list price"),
    }  # fmt: skip


def replaced(page: str, name: str, told: str) -> str:
    """The page with what stands between the marks of ``name`` told anew. Raises ValueError where a mark is missing."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = page.partition(begin)
    _, ended, after = rest.partition(end)
    if not (found and ended):
        raise ValueError(f"the page has no marks {begin} and {end}")
    return f"{before}{begin}\n\n{told}\n\n{end}{after}"


def filled(page: str, figures: Mapping[str, Any]) -> str:
    """The page with both tables as the figures have them."""
    return replaced(replaced(page, "measured", measured_table(figures)), "plan", plan_table(unit(figures)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path)
    parser.add_argument("page", type=Path)
    args = parser.parse_args()
    figures = json.loads(args.figures.read_text("utf-8"))
    args.page.write_text(filled(args.page.read_text("utf-8"), figures), "utf-8")


if __name__ == "__main__":
    main()
