"""A machine of a cluster is lost in the middle of a run, and the answer is the same."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from batches import locally, tables_of
from cluster import Cluster, cluster, missing

from variorum.records.manifest import from_json

# Behind everything else: a file there is called spark.py, as one of the tests is.
sys.path.append(str(Path(__file__).resolve().parent.parent / "benchmarks"))
import newswire


def test_a_worker_that_dies_among_the_editions_changes_no_table(tmp_path: Path) -> None:
    reason = missing()
    if reason:
        pytest.skip(reason)
    archive, out = tmp_path / "archive", tmp_path / "out"
    newswire.write(archive, 120, shared=0.3)
    alone = locally([archive], tmp_path / "local", processes=2)
    assert alone.tables["stories"].rows >= 5
    with cluster(tmp_path / "cluster") as made:
        log = tmp_path / "run.log"
        command = ("-m", "variorum", "batch", "--engine", "spark", "--master", made.master, str(archive), str(out))
        run = made.start(sys.executable, *command, log=log)
        _wait_for("editions ...", run, log)
        _busy(made, run, log)
        made.kill_worker(1)
        assert run.wait(300) == 0, log.read_text("utf-8")
        assert made.alive() == 1
    assert tables_of(from_json((out / "manifest.json").read_text("utf-8"))) == tables_of(alone)


def _wait_for(line: str, run: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the run says that a step begins."""
    ends = time.monotonic() + 300
    while line not in log.read_text("utf-8").splitlines():
        assert run.poll() is None and time.monotonic() < ends, log.read_text("utf-8")
        time.sleep(0.05)


def _busy(made: Cluster, run: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the worker that is to die has shuffle files to lose."""
    ends = time.monotonic() + 60
    while not any(made.disk(1).rglob("shuffle_*.data")):
        assert run.poll() is None and time.monotonic() < ends, log.read_text("utf-8")
        time.sleep(0.05)
