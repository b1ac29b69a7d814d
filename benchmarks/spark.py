"""What does an article cost in `variorum batch`, and does that hold as the archive grows?

    python benchmarks/spark.py [--sizes 5000 20000 80000 200000] [--ways local spark] [--workers 2] [--work FOLDER]
                               [--json docs/scale.json] [--svg docs/scale.svg]

Makes archives of GENERATED news (``newswire.py``, which says what they are) and runs `variorum batch` over each, in
processes of their own: with the local engine, and with Spark on a standalone cluster of this machine, ``--workers``
workers of one core (``tests/cluster.py``). So "driver" is the driver: its Python and its Java do nothing but lead.

Seconds are by the wall clock from the start of the command to its end, Spark's own start in it. Bytes shuffled, bytes
sent to the driver and seconds of cores are Spark's, from its event log, over all tasks. Memory is the most that the
system saw a process hold (VmHWM), in MiB; of the driver's Java also the most in use after a collection of garbage, for
Java takes what it is allowed before it looks for what it can do without. The tables of both engines have to be equal,
and the benchmark fails where they are not.

What was measured is written as JSON, from which ``scale_plan.py`` works out larger archives, and drawn.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import newswire
import scale_svg
from spark_log import heap_after_collection, logged

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from cluster import Cluster, cluster, end, of_session, tied

DRIVER_MEMORY, EXECUTOR_MEMORY = "1g", "1g"
_SAMPLE_SECONDS = 0.2
Run = dict[str, Any]


class Memory:
    """The most that each process of some sessions held, in MiB; sampled in a thread. sessions: what each is called, and
    its process; several may be called the same."""

    def __init__(self, *sessions: tuple[str, int]) -> None:
        self._sessions, self._peaks = sessions, dict[tuple[str, int], float]()
        self._ended = Event()
        self._thread = Thread(target=self._sample, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def peak(self, name: str) -> float:
        """Of the process that held most, of all Python or all Java processes of a session: ``driver python``."""
        return max((peak for (of, _), peak in self._peaks.items() if of == name), default=0.0)

    def total(self, name: str) -> float:
        """Of all of them together, each at its own peak."""
        return round(sum(peak for (of, _), peak in self._peaks.items() if of == name), 1)

    def _sample(self) -> None:
        while not self._ended.wait(_SAMPLE_SECONDS):
            for name, session in self._sessions:
                for pid in of_session(session):
                    self._look(name, pid)

    def _look(self, name: str, pid: int) -> None:
        try:
            lines = Path(f"/proc/{pid}/status").read_text("utf-8", "replace").splitlines()
        except OSError:
            return
        status = dict(line.split(":", 1) for line in lines if ":" in line)
        # What Java starts for a moment shares Java's memory until it is another program, whatever it is called.
        kind = next((kind for kind in ("java", "python") if status["Name"].strip().startswith(kind)), None)
        if kind and "VmHWM" in status:
            peak = round(int(status["VmHWM"].split()[0]) / 1024, 1)
            self._peaks[f"{name} {kind}", pid] = max(peak, self._peaks.get((f"{name} {kind}", pid), 0.0))


def local(archive: Path, out: Path, _: argparse.Namespace) -> Run:
    with (out.parent / "local.log").open("wb") as log:
        process = tied(_batch("local", archive, out), os.environ, log.fileno())
    try:
        with Memory(("engine", process.pid)) as memory:
            seconds = _waited(process, out.parent / "local.log")
    finally:
        end(process)
    return {
        "seconds": seconds,
        "driver_python_mib": memory.peak("engine python"),
        "all_mib": memory.total("engine python"),
    }


def spark(archive: Path, out: Path, args: argparse.Namespace) -> Run:
    folder = out.parent / "cluster"
    events, garbage = folder / "events", folder / "driver-gc.log"
    settings = {
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": events.as_uri(),
        "spark.eventLog.compress": "false",
        "spark.driver.memory": DRIVER_MEMORY,
        "spark.driver.extraJavaOptions": f"-XX:+UseSerialGC -Xlog:gc:file={garbage}",
        "spark.executor.memory": EXECUTOR_MEMORY,
        "spark.executor.extraJavaOptions": "-XX:+UseSerialGC",
        "spark.sql.shuffle.partitions": "16",
        # Nothing is killed here; a machine that does too much at once may be slow to answer.
        "spark.network.timeout": "120s",
        "spark.executor.heartbeatInterval": "10s",
        "spark.worker.timeout": "60",
    }
    events.mkdir(parents=True)
    with cluster(folder, workers=args.workers, settings=settings) as made:
        seconds, memory = _on(made, archive, out)
    return {
        "seconds": seconds,
        "driver_python_mib": memory.peak("driver python"),
        "driver_java_mib": memory.peak("driver java"),
        "driver_heap_mib": heap_after_collection(garbage),
        "executor_python_mib": memory.peak("worker python"),
        "executor_java_mib": memory.peak("worker java"),
    } | asdict(logged(events))


def _on(made: Cluster, archive: Path, out: Path) -> tuple[float, Memory]:
    log = made.folder / "driver.log"
    process = made.start(*_batch("spark", archive, out, "--master", made.master), log=log)
    with Memory(("driver", process.pid), *(("worker", pid) for pid in made.workers)) as memory:
        seconds = _waited(process, log)
    return seconds, memory


WAYS = {"local": local, "spark": spark}


def _batch(engine: str, archive: Path, out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "variorum", "batch", "--engine", engine, *more, str(archive), str(out)]


def _waited(process: subprocess.Popen[bytes], log: Path) -> float:
    started = time.perf_counter()
    if process.wait():
        sys.exit(f"the run ended with {process.returncode}:\n{log.read_text('utf-8', 'replace')[-6000:]}")
    return round(time.perf_counter() - started, 1)


def measured(size: int, way: str, archive: Path, work: Path, args: argparse.Namespace) -> Run:
    """One run: its cost, and what it made as its manifest says."""
    folder = work / f"{way}-{size}"
    folder.mkdir()
    found = {"articles": size, "way": way} | WAYS[way](archive, folder / "out", args)
    manifest = json.loads((folder / "out" / "manifest.json").read_text("utf-8"))
    told = Counter(newswire.truth(archive).values())
    found["in_stories"] = sum(reports for reports in told.values() if reports > 1)
    found["archive_bytes"] = sum(path.stat().st_size for path in archive.iterdir())
    found["rows"] = {name: table["rows"] for name, table in manifest["tables"].items()}
    found["digests"] = {name: table["digest"] for name, table in manifest["tables"].items()}
    found["digests"]["editions"] = manifest["editions"]["digest"]
    found["stages"] = manifest.get("run", {}).get("stages", [])
    shutil.rmtree(folder)
    return found


def agreed(runs: list[Run]) -> None:
    """Hold that each size gave the same tables whichever way. Raises SystemExit, naming the tables, where not."""
    first: dict[int, Run] = {}
    for run in runs:
        other = first.setdefault(run["articles"], run)
        names = other["digests"].keys() | run["digests"].keys()
        unequal = sorted(name for name in names if other["digests"].get(name) != run["digests"].get(name))
        if unequal:
            sys.exit(f"{other['way']} and {run['way']} differ at {run['articles']:,} articles: {', '.join(unequal)}")


def shown(run: Run) -> str:
    size, rows = run["articles"], run["rows"]
    shuffled = f"{run['shuffled'] / size / 1000:>9.2f} kB" if "shuffled" in run else f"{'-':>12}"
    to_driver = f"{run['to_driver'] / size:>8.0f} B" if "to_driver" in run else f"{'-':>10}"
    heap = f"{run['driver_heap_mib']:>7.0f}" if run.get("driver_heap_mib") else f"{'-':>7}"
    stages = ", ".join(f"{stage['name']} {stage['seconds']:.0f}" for stage in run["stages"])
    return (
        f"{size:>9} {run['way']:<6}{run['seconds']:>9.1f}{1000 * run['seconds'] / size:>10.2f}{shuffled}{to_driver}"
        f"{run['driver_python_mib']:>8.0f}{heap} MiB{rows.get('stories', 0):>9}{rows.get('claims', 0):>9}  {stages}"
    )


def machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "processor": _processor(),
        "python": platform.python_version(),
        "spark": importlib.metadata.version("pyspark"),
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 20_000, 80_000, 200_000])
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--workers", type=int, default=2, help="workers of Spark's cluster, of one core each")
    parser.add_argument("--work", type=Path, help="where archives and tables may lie; a temporary folder otherwise")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--svg", type=Path, help="where the drawing goes")
    args = parser.parse_args()
    # Asked to end, it ends as it does after a fault: what it started is stopped, what it wrote is removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    with tempfile.TemporaryDirectory(prefix="variorum-scale-", dir=args.work) as made:
        found = everything(Path(made), args)
    if args.json:
        args.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if args.svg:
        args.svg.write_text(scale_svg.svg(found["runs"]), "utf-8")


def everything(work: Path, args: argparse.Namespace) -> dict[str, Any]:
    print(
        f"{'articles':>9} {'way':<6}{'seconds':>9}{'s/1,000':>10}{'shuffled':>9}  /{'to driver':>9}/"
        f"{'driver Py':>9}{'Java':>6}    {'stories':>9}{'claims':>9}  stages, s"
    )
    runs: list[Run] = []
    for size in args.sizes:
        archive = work / f"archive-{size}"
        newswire.write(archive, size)
        for way in args.ways:
            runs.append(measured(size, way, archive, work, args))
            print(shown(runs[-1]), flush=True)
        agreed(runs)
        shutil.rmtree(archive)
    made = datetime.now(UTC).strftime("%Y-%m-%d")
    return {"made": made, "machine": machine(), "workers": args.workers, "runs": runs}


if __name__ == "__main__":
    main()
