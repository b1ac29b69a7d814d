"""How long does a reader wait for a page of `variorum serve`, at a hundred thousand articles?

    python benchmarks/serve.py [--articles 100000] [--stories 10000] [--times 30] [--restarts 5] [--archive FILE]

Makes an archive of GENERATED articles (``generated.py``, which says what they are), opens it with a server in a process
of its own, and asks for pages over the loopback, each over a connection of its own, gzip accepted as browsers do: each
kind ``--times`` times after three that do not count. Printed are the median and the 95th percentile of the time from
asking to the last byte, in milliseconds, and the bytes that came. An edition is asked for the first time by the first
request to a server just started, ``--restarts`` times; then again.

Beside it Datasette, over the same file and in the same run, for what it can be asked alike: it has no searching of an
index without content but by SQL, so that search and outlets are queries of ours there, on its page for queries; where
it answers with an error, or breaks off after its second, that is what stands there. Filters by outlet, and the edition,
it cannot do; beside the edition stands its table of the rows of the same sixty reports.

--archive keeps what is made, for another run; it is not made again where it is there.
"""

import argparse
import gzip
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import msgspec
from generated import DAYS, FIRST_DAY, Made, make, renew

WARM = 3
COMMON = "government"
TYPED = "po"
SEARCH = (
    "SELECT DISTINCT s.id, s.headline, s.told FROM (SELECT rowid FROM article_words WHERE article_words MATCH :words "
    "ORDER BY rowid DESC LIMIT 2000) w JOIN articles a ON a.seq = w.rowid JOIN stories s ON s.id = a.story "
    "WHERE a.current ORDER BY s.told DESC LIMIT 50"
)
OUTLETS = "SELECT outlet, count(*), count(DISTINCT story) FROM articles WHERE current GROUP BY outlet ORDER BY 2 DESC"


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a process of its own. base: its address, without the slash at its end."""

    process: subprocess.Popen[str]
    base: str

    @property
    def memory(self) -> float:
        """What it holds in memory now, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """seconds: from asking to the last byte. size: bytes that came, packed or not."""

    seconds: float
    status: int
    size: int
    body: bytes


@contextmanager
def ours(place: str) -> Iterator[Server]:
    """The reading room of an archive, with nothing made ahead."""
    command = [sys.executable, "-m", "variorum", "serve", "--archive", place, "--port", "0", "--ahead", "0"]
    with _process(command, r"open at (http://\S+)/ ") as server:
        yield server


@contextmanager
def datasette(place: str) -> Iterator[Server]:
    """Datasette as it comes, over the same file."""
    command = [sys.executable, "-m", "datasette", "serve", place, "--port", "0"]
    with _process(command, r"running on (http://\S+?)/? ") as server:
        yield server


@contextmanager
def _process(command: Sequence[str], address: str) -> Iterator[Server]:
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=env) as process:
        try:
            told = ""
            for line in process.stderr or ():
                told += line
                if found := re.search(address, line):
                    yield Server(process, found[1])
                    break
            else:
                raise SystemExit(f"{command[2]} did not start: {told}")
        finally:
            process.terminate()


def ask(server: Server, path: str) -> Answer:
    """One request over a connection of its own."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection(urlsplit(server.base).netloc, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        got = connection.getresponse()
        body = got.read()
        seconds = time.perf_counter() - started
        size = len(body)
        if got.headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Answer(seconds, got.status, size, body)
    finally:
        connection.close()


def measured(server: Server, path: str, times: int) -> list[Answer]:
    """The answers that count."""
    return [ask(server, path) for _ in range(WARM + times)][WARM:]


def milliseconds(answers: Sequence[Answer]) -> str:
    """Median and 95th percentile, or what went wrong."""
    if wrong := {one.status for one in answers} - {200}:
        return f"{'HTTP ' + ', '.join(map(str, sorted(wrong))):>17}"
    seconds = sorted(one.seconds * 1000 for one in answers)
    late = seconds[min(len(seconds) - 1, round(0.95 * len(seconds)))]
    return f"{statistics.median(seconds):>8.0f} {late:>8.0f}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page. other: the page of Datasette's that shows alike, if any."""

    name: str
    path: str
    other: str | None = None


def kinds(made: Made, server: Server, database: str) -> list[Kind]:
    """What is asked for."""
    since = FIRST_DAY.date().replace(year=FIRST_DAY.year + 1)
    following = _next(ask(server, _next(ask(server, "/stories").body.decode())).body.decode())

    outlets = [one["outlet"] for one in msgspec.json.decode(ask(server, "/outlets.json").body)["outlets"]]

    def listed(**other: str) -> str:
        return f"/{database}/stories?" + urlencode({"shared": "1", "_sort_desc": "told", "_size": "50", **other})

    def query(sql: str, **given: str) -> str:
        return f"/{database}?" + urlencode({"sql": sql, **given})

    def words(asked: str) -> str:
        return "/stories?" + urlencode({"q": asked})

    return [
        Kind("first page of stories", "/stories", listed()),
        Kind("the page after next", following),
        Kind("  as JSON", "/stories.json", f"/{database}/stories.json?" + listed().partition("?")[2]),
        Kind(f"search: {COMMON}, common", words(COMMON), query(SEARCH, words=COMMON)),
        Kind("search: a name, rare", words(made.rare), query(SEARCH, words=made.rare)),
        Kind("search: two words, a phrase", words(f'"{made.phrase}"'), query(SEARCH, words=f'"{made.phrase}"')),
        Kind(f"search: {TYPED}, as typed", words(TYPED), query(SEARCH, words=f"{TYPED}*")),
        Kind("stories of the busiest outlet", "/stories?" + urlencode({"outlet": made.outlet})),
        Kind("stories with disputes", "/stories?flag=disputed", listed(conflicts__gt="0")),
        Kind("stories of ten days", f"/stories?since={since}&until={since.replace(day=10)}",
             listed(told__gte=f"{since}", told__lt=f"{since.replace(day=11)}")),
        Kind("outlets", "/outlets", query(OUTLETS)),
        Kind("the busiest outlet", "/outlet?" + urlencode({"name": made.outlet})),
        Kind("an outlet of middling size", "/outlet?" + urlencode({"name": outlets[len(outlets) // 2]})),
        Kind("edition of 60 reports, again", f"/stories/{made.crowded}",
             f"/{database}/articles?" + urlencode([("story", made.crowded), ("_size", "100"), *(
                 ("_col", name) for name in ("id", "outlet", "title", "published_at"))])),
        Kind("  as JSON", f"/stories/{made.crowded}.json"),
        Kind("one of its reports", f"/stories/{made.crowded}/reports/{made.report}"),
    ]  # fmt: skip


def _next(page: str) -> str:
    """The address of the page after a page of stories."""
    return re.findall(r'href="(/stories\?after=[^"]+)" rel="next"', page)[0].replace("&amp;", "&")


def first_time(place: str, path: str, restarts: int) -> list[Answer]:
    """The answers to the first request to each of several servers."""
    found = []
    for _ in range(restarts):
        with ours(place) as server:
            found.append(ask(server, path))
    return found


def report(place: str, made: Made, times: int, restarts: int) -> None:
    """Ask both, and print."""
    with ours(place) as server:
        asked = kinds(made, server, Path(place).stem)
        begun = server.memory
        own = {kind: measured(server, kind.path, times) for kind in asked}
        ended = server.memory
    cold = first_time(place, f"/stories/{made.crowded}", restarts)
    with datasette(place) as server:
        other = {kind: measured(server, kind.other, times) for kind in asked if kind.other}
        held = server.memory
    print(f"{'':<34}{'variorum':>8} {'95th':>8} {'kB':>7}{'Datasette':>12} {'95th':>8} {'kB':>7}{'ratio':>8}")
    print(_line("edition of 60 reports, first time", cold, []))
    for kind in asked:
        print(_line(kind.name, own[kind], other.get(kind, [])))
    print(f"memory: variorum {begun:.0f} MiB, after all of that {ended:.0f} MiB; Datasette {held:.0f} MiB")


def _line(name: str, own: Sequence[Answer], other: Sequence[Answer]) -> str:
    told = f"{name:<34}{milliseconds(own)} {own[0].size / 1000:>7.0f}"
    if not other:
        return told
    told += f"   {milliseconds(other)} {other[0].size / 1000:>7.0f}"
    if {one.status for one in (*own, *other)} != {200}:
        return told
    return told + f"{_median(other) / _median(own):>8.1f}"


def _median(answers: Sequence[Answer]) -> float:
    return statistics.median(one.seconds for one in answers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--stories", type=int, default=10_000, help="those that several reports tell")
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--restarts", type=int, default=5)
    parser.add_argument("--archive", type=Path, help="where the archive is kept; else it goes when all is measured")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = args.archive or Path(folder) / "archive.db"
        told = place.with_name(place.name + ".json")
        if not told.exists():
            started = time.perf_counter()
            made = make(str(place), args.articles, args.stories)
            told.write_bytes(msgspec.json.encode(made))
            print(f"made in {time.perf_counter() - started:.0f} s")
        made = msgspec.json.decode(told.read_bytes(), type=Made)
        renew(str(place), made)
        print(f"{args.articles:,} articles in {args.stories:,} stories, and alone; {DAYS} days; "
              f"{place.stat().st_size / 1e6:,.0f} MB; {args.times} times each")  # fmt: skip
        report(str(place), made, args.times, args.restarts)


if __name__ == "__main__":
    main()
