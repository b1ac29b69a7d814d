"""The cluster that other tests stand on: it starts, loses a worker without losing anything else, and leaves nothing."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cluster import Cluster, cluster, missing

JOB = Path(__file__).parent / "cluster_job.py"
ROWS = 60_000
RIGHT = {"count(1)": ROWS, "sum(id)": sum((n * n % 1_000_003) ** 2 % 1_000_003 for n in range(ROWS))}


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Cluster]:
    reason = missing()
    if reason:
        pytest.skip(reason)
    with cluster(tmp_path / "cluster") as found:
        yield found


def test_a_job_ends_right_though_a_worker_dies_in_the_middle_of_it(made: Cluster, tmp_path: Path) -> None:
    marks, log = tmp_path / "marks", tmp_path / "job.log"
    marks.mkdir()
    job = made.start(sys.executable, str(JOB), made.master, str(marks), str(ROWS), log=log)
    _until(lambda: len(list(marks.glob("second-*"))) >= 2, job, log)
    before = {path.name for path in marks.glob("first-*")}
    assert len({name.split("-")[2] for name in before}) == 2, "both workers should have had tasks"
    made.kill_worker(1)
    assert job.wait(120) == 0, log.read_text("utf-8")
    found = [line for line in log.read_text("utf-8").splitlines() if line.startswith("{")]
    assert [json.loads(line) for line in found] == [RIGHT]
    # What the dead worker had shuffled was lost with it, and was made again by the other.
    again = {path.name for path in marks.glob("first-*")} - before
    assert again and len({name.split("-")[2] for name in again}) == 1
    assert made.alive() == 1


def test_nothing_of_a_cluster_is_left_even_where_its_driver_hangs(tmp_path: Path) -> None:
    reason = missing()
    if reason:
        pytest.skip(reason)
    marks, log = tmp_path / "marks", tmp_path / "job.log"
    marks.mkdir()
    with pytest.raises(KeyboardInterrupt), cluster(tmp_path / "cluster") as made:
        job = made.start(sys.executable, str(JOB), made.master, str(marks), str(ROWS), log=log)
        # A master, two workers, a driver and its Java, an executor at least.
        _until(lambda: len(_of(tmp_path)) >= 6, job, log)
        raise KeyboardInterrupt
    assert job.poll() is not None
    assert _of(tmp_path) == []


def _of(folder: Path) -> list[str]:
    """The command lines of the processes that were started for ``folder``."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and str(folder).encode() in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return found


def _until(holds: Callable[[], bool], job: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + 90
    while not holds():
        assert job.poll() is None and time.monotonic() < ends, log.read_text("utf-8")
        time.sleep(0.05)
