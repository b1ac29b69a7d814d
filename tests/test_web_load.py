"""A hundred readers at once while another program adds reports: each is answered, and none hears of a lock."""

import http.client
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from generated import Made, make

from variorum.config import Store
from variorum.store import Archive, search

READERS = 100
SECONDS = 6.0
SLOWEST = 10.0  # seconds


@dataclass
class Served:
    """A server in a process of its own. told: what it wrote, line by line; its first line is its address."""

    process: subprocess.Popen[str]
    host: str
    place: Path
    made: Made
    told: list[str] = field(default_factory=list)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    place = tmp_path / "archive.db"
    made = make(str(place), 300, 40)
    command = [sys.executable, "-m", "variorum", "serve", "--archive", str(place), "--port", "0", "--ahead", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            first = process.stderr.readline()
            found = re.search(r"open at (http://\S+)/ ", first)
            assert found, first + process.stderr.read()
            serving = Served(process, urlsplit(found[1]).netloc, place, made)
            lines = threading.Thread(target=lambda: serving.told.extend(process.stderr or ()))
            lines.start()
            yield serving
        finally:
            process.terminate()
            process.wait(20)
        lines.join(20)


def ask(host: str, path: str, headers: dict[str, str]) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        got = connection.getresponse()
        return got.status, got.headers, got.read()
    finally:
        connection.close()


def write_reports(folder: Path, turn: int) -> None:
    """A hundred reports of ten events."""
    folder.mkdir()
    for number in range(100):
        event, outlet = number % 10, number // 10
        (folder / f"outlet-{outlet}-{turn}-{event}.txt").write_text(
            f"Harbour {event} of round {turn} is closed\n\n"
            f"The board of harbour {event} closed the mole after the storm of night {turn * 10 + event}. "
            f"Outlet {outlet} counted {100 + 7 * number} boats in the lower basin, and {3 + number} of them had lost "
            f"their masts. Work on the mole begins in {event + 2} weeks.\n",
            "utf-8",
        )


def test_a_hundred_readers_are_answered_while_reports_are_added(served: Served, tmp_path: Path) -> None:
    edition = f"/stories/{served.made.crowded}"
    pages = (
        "/stories", "/stories.json", "/stories?q=harb", f"/stories?q={served.made.rare}",
        f"/stories?outlet={quote(served.made.outlet)}", "/stories?flag=disputed", "/outlets",
        f"/outlet?name={quote(served.made.outlet)}", edition, f"{edition}.json", f"/stories/{served.made.biggest}",
        "/refused",
    )  # fmt: skip
    status, headers, _ = ask(served.host, edition, {})
    assert status == 200, "the edition is kept"
    tag = headers["etag"]
    statuses: list[tuple[str, int]] = []
    slow: list[tuple[str, float]] = []
    failed: list[str] = []
    until = time.monotonic() + SECONDS

    def read(reader: int) -> None:
        turn = reader
        while time.monotonic() < until:
            path = pages[turn % len(pages)]
            begun = time.monotonic()
            try:
                status, _, body = ask(served.host, path, {"if-none-match": tag} if reader % 2 else {})
            except OSError as error:
                failed.append(f"{path}: {error!r}")
                return
            statuses.append((path, status))
            if status not in (200, 202, 304) or b"locked" in body:
                failed.append(f"{path}: {status} {body[:300]!r}")
            if time.monotonic() - begun > SLOWEST:
                slow.append((path, time.monotonic() - begun))
            turn += 1

    added: list[subprocess.CompletedProcess[str]] = []

    def add() -> None:
        turn = 0
        while time.monotonic() < until:
            folder = tmp_path / f"reports-{turn}"
            write_reports(folder, turn)
            command = [sys.executable, "-m", "variorum", "add", "--archive", str(served.place), str(folder)]
            added.append(subprocess.run(command, capture_output=True, text=True, check=False, timeout=60))
            turn += 1

    threads = [threading.Thread(target=read, args=(reader,)) for reader in range(READERS)]
    threads.append(threading.Thread(target=add))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert slow == []
    assert {path for path, _ in statuses} == set(pages)
    assert Counter(status for _, status in statuses)[304] > 0
    assert added
    assert [(one.returncode, one.stderr) for one in added] == [(0, "")] * len(added)
    with Archive(str(served.place), access="read") as archive, archive.reading() as connection:
        arrived = search.newest(connection, "mole basin", settings=Store(), limit=2_000)
    assert len(arrived) == 100 * len(added)
    assert served.told == []
