"""What Spark and Java wrote down of a run, added up."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_AFTER = re.compile(r"Pause .*?\d+[BKMG]->(\d+)([BKMG])\(")
_UNITS = {"B": 1 / 2**20, "K": 1 / 2**10, "M": 1.0, "G": 2.0**10}


@dataclass(frozen=True, slots=True)
class Logged:
    """Of all tasks of a run, those tried in vain too. shuffled, spilled, to_driver: bytes; core_seconds: that tasks
    ran; longest_seconds: the longest of them; failed: tasks that did not end well."""

    tasks: int
    failed: int
    core_seconds: float
    longest_seconds: float
    shuffled: int
    spilled: int
    to_driver: int
    spark_stages: int


def logged(folder: Path) -> Logged:
    """Read the event logs under ``folder``, which are not compressed, in one file or in many."""
    tasks = failed = shuffled = spilled = to_driver = stages = 0
    longest = core = 0.0
    for event in _events(folder):
        if event["Event"] == "SparkListenerStageCompleted":
            stages += 1
        if event["Event"] != "SparkListenerTaskEnd":
            continue
        tasks += 1
        failed += event["Task End Reason"]["Reason"] != "Success"
        metrics = event.get("Task Metrics") or {}
        seconds = metrics.get("Executor Run Time", 0) / 1000
        core, longest = core + seconds, max(longest, seconds)
        shuffled += metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0)
        spilled += metrics.get("Disk Bytes Spilled", 0)
        to_driver += metrics.get("Result Size", 0)
    return Logged(tasks, failed, round(core, 1), round(longest, 1), shuffled, spilled, to_driver, stages)


def _events(folder: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith((".", "appstatus")):
            continue
        with path.open(encoding="utf-8") as lines:
            # An event of some kinds is megabytes long; of those we count, none is.
            yield from (json.loads(line) for line in lines if line.startswith(_COUNTED))


_COUNTED = ('{"Event":"SparkListenerTaskEnd"', '{"Event":"SparkListenerStageCompleted"')


def heap_after_collection(log: Path) -> float | None:
    """The most that was in use in Java's heap just after a collection, in MiB: what was held, without what only waited
    to be thrown away. ``None`` where nothing was ever collected."""
    if not log.exists():
        return None
    found = [int(size) * _UNITS[unit] for size, unit in _AFTER.findall(log.read_text("utf-8", "replace"))]
    return round(max(found), 1) if found else None
