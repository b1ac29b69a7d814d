"""A real Spark cluster on this machine for tests: a master and workers, each a process of its own on the loopback.

    with cluster(folder) as made:
        made.run("variorum", "batch", "--engine", "spark", "--master", made.master, ...)

A worker can be killed as a machine dies: with its executors, their Python processes and the shuffle files on its disk.
A driver is always a process of its own too, since one process can hold one Spark session only.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from spark import WITHOUT_JAVA, has_java

import variorum

WORKER_MEMORY = "2g"
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For Java that lives for seconds: it starts in half the time, and runs slower where it would run for long."""
_START_SECONDS, _TRIES = 60, 3
# So that a dead worker is noticed in seconds, where Spark's own settings wait for minutes in case a network comes back.
_SETTINGS = {
    "spark.executor.extraJavaOptions": QUICK_JAVA,
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.executor.memory": "1g",
    "spark.executor.heartbeatInterval": "2s",
    "spark.network.timeout": "15s",
    "spark.network.timeoutInterval": "5s",
    "spark.worker.timeout": "10",
    "spark.shuffle.io.maxRetries": "1",
    "spark.shuffle.io.retryWait": "1s",
    # What ran on the dead worker has failed there through no fault of the task: neither a task nor a stage may be given
    # up for it, and the host, which is that of the living worker too, may not be shut out.
    "spark.task.maxFailures": "8",
    "spark.stage.maxConsecutiveAttempts": "8",
    "spark.excludeOnFailure.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.master.rest.enabled": "false",
    # Whoever finds his port taken ends, and is started anew on another, rather than listen where nobody asks.
    "spark.port.maxRetries": "0",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
}
# Dies with the process that started it, even where that is killed and can tidy nothing up.
_TIED = (
    "import ctypes, os, signal, sys; ctypes.CDLL(None).prctl(1, signal.SIGKILL); "
    "os.getppid() == int(sys.argv[1]) or sys.exit(1); os.execvp(sys.argv[2], sys.argv[2:])"
)


def missing() -> str | None:
    """Why no cluster can be started here, or ``None`` where one can."""
    if find_spec("pyspark") is None:
        return "PySpark is not installed: pip install variorum[spark]"
    if not has_java():
        return WITHOUT_JAVA
    if not Path("/proc/self/stat").exists():
        return "Processes are not told apart without /proc"
    return None


@dataclass(slots=True)
class Cluster:
    """A cluster that runs. master: its URL. environment: what a driver has to be started with."""

    master: str
    environment: Mapping[str, str]
    folder: Path
    _status: str
    _started: list[subprocess.Popen[bytes]]
    _workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def workers(self) -> tuple[int, ...]:
        """The process ids of all workers that were started, in order."""
        return tuple(worker.pid for worker in self._workers)

    def start(self, *command: str, log: Path | None = None) -> subprocess.Popen[bytes]:
        """Start a driver; what it prints goes to ``log``. It ends with the cluster at the latest."""
        with (log or self.folder / "driver.log").open("ab") as output:
            process = tied(command, self.environment, output.fileno())
        self._started.append(process)
        return process

    def run(self, *command: str, seconds: float = 600) -> str:
        """Run a driver to its end and return what it printed. Raises AssertionError with that where it fails."""
        log = self.folder / f"driver-{time.monotonic_ns()}.log"
        process = self.start(*command, log=log)
        try:
            code = process.wait(seconds)
        finally:
            end(process)
        printed = log.read_text("utf-8", "replace")
        assert code == 0, f"{command} ended with {code}:\n{printed[-8000:]}"
        return printed

    def kill_worker(self, number: int) -> None:
        """Take a worker away as a machine dies: no goodbye from it or its executors, and nothing left of its disk."""
        end(self._workers[number])
        shutil.rmtree(self.disk(number), ignore_errors=True)

    def disk(self, number: int) -> Path:
        """Where a worker keeps what it shuffles."""
        return _disk(self.folder, number)

    def alive(self) -> int:
        """How many workers the master counts on."""
        with build_opener(ProxyHandler({})).open(f"{self._status}/json/", timeout=5) as answer:
            return int(json.load(answer)["aliveworkers"])


@contextmanager
def cluster(
    folder: Path, *, workers: int = 2, cores: int = 1, settings: Mapping[str, str] | None = None
) -> Iterator[Cluster]:
    """A cluster of so many workers; all of it has ended when the block is left, however it is left.

    folder: where its logs and disks may lie. settings: Spark's, for the cluster and every driver; they are what ends
    in ``spark-defaults.conf``, so that what a driver states itself comes first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    environment = _environment(folder, {**_SETTINGS, **(settings or {})})
    started: list[subprocess.Popen[bytes]] = []
    try:
        made = _master(folder, environment, started)
        for number in range(workers):
            disk = _disk(folder, number)
            disk.mkdir()
            command = (
                "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0",
                "--cores", str(cores), "--memory", WORKER_MEMORY, "--work-dir", str(disk / "work"), made.master,
            )  # fmt: skip
            own = {**environment, "SPARK_LOCAL_DIRS": str(disk)}
            made._workers.append(_daemon(command, own, folder / f"worker-{number}.log", started))
        _wait_for(partial(_counts, made, workers), started, folder)
        yield made
    finally:
        for process in reversed(started):
            end(process)


def _environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    conf = folder / "conf"
    conf.mkdir()
    (conf / "spark-defaults.conf").write_text("".join(f"{key} {value}\n" for key, value in settings.items()), "utf-8")
    # Python processes of a worker must run this interpreter, and find the package where the tests found it.
    found = (str(Path(__file__).parent), str(Path(variorum.__file__).parents[1]), os.environ.get("PYTHONPATH", ""))
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("SPARK_")},
        "SPARK_CONF_DIR": str(conf),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_PUBLIC_DNS": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(entry for entry in found if entry),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }


def _master(folder: Path, environment: Mapping[str, str], started: list[subprocess.Popen[bytes]]) -> Cluster:
    for turn in range(_TRIES):
        port, web = _free_ports(2)
        command = (
            "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port),
            "--webui-port", str(web),
        )  # fmt: skip
        process = _daemon(command, environment, folder / "master.log", started)
        made = Cluster(f"spark://127.0.0.1:{port}", environment, folder, f"http://127.0.0.1:{web}", started)
        try:
            _wait_for(partial(_counts, made, 0), [process], folder)
        except RuntimeError:
            # Somebody took the port between our look and the master's; Spark would then listen on the next one.
            if turn == _TRIES - 1:
                raise
            end(process)
            started.remove(process)
        else:
            return made
    raise AssertionError("unreachable")


def _daemon(
    command: Sequence[str], environment: Mapping[str, str], log: Path, started: list[subprocess.Popen[bytes]]
) -> subprocess.Popen[bytes]:
    spec = find_spec("pyspark")
    assert spec is not None and spec.origin is not None
    home = Path(spec.origin).parent
    with log.open("ab") as output:
        process = tied(
            (str(home / "bin/spark-class"), *command),
            {
                **environment,
                "SPARK_HOME": str(home),
                "SPARK_DAEMON_MEMORY": "256m",
                "SPARK_DAEMON_JAVA_OPTS": QUICK_JAVA,
            },
            output.fileno(),
        )
    started.append(process)
    return process


def tied(command: Sequence[str], environment: Mapping[str, str], output: int) -> subprocess.Popen[bytes]:
    """A process that ends with this one at the latest, in a session of its own, by which all that it starts is found
    again: Spark's Python processes leave the group of their executor, but not its session. output: a file's number."""
    bound = (sys.executable, "-c", _TIED, str(os.getpid()), *command)
    return subprocess.Popen(
        bound, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all of its session, and wait until none is left."""
    for _ in range(500):
        left = of_session(process.pid)
        for pid in left:
            # It may be gone since we looked.
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.poll()
        if not left:
            break
        time.sleep(0.02)
    process.wait()


def of_session(session: int) -> list[int]:
    """The processes of a session that run."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            state, _, _, of = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of) == session and state != "Z":
            found.append(int(entry.name))
    return found


def _counts(made: Cluster, workers: int) -> bool:
    return made.alive() == workers


def _wait_for(holds: Callable[[], bool], started: Sequence[subprocess.Popen[bytes]], folder: Path) -> None:
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends:
        gone = [process for process in started if process.poll() is not None]
        if gone:
            break
        try:
            if holds():
                return
        except (URLError, ConnectionError, TimeoutError, ValueError):
            pass
        time.sleep(0.1)
    logs = "\n".join(f"{log.name}:\n{log.read_text('utf-8', 'replace')[-2000:]}" for log in folder.glob("*.log"))
    raise RuntimeError(f"no Spark cluster after {_START_SECONDS} s:\n{logs}")


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _disk(folder: Path, number: int) -> Path:
    return folder / f"disk-{number}"
