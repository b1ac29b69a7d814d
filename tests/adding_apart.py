"""Programs that add to an archive, to be run by themselves: one that is killed, and several at once.

    python tests/adding_apart.py killed PLACE ROUNDS
    python tests/adding_apart.py together PLACE

A process that has loaded everything once is forked for each run, so that a run takes as long as its work. Exits 1,
with a sentence, when something acknowledged is lost or something is half there.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from received import received

from variorum import pipeline
from variorum.config import Settings
from variorum.records import Added, Received, Refusal
from variorum.store import Archive
from variorum.store.check import check

SETTINGS = replace(Settings(), store=replace(Settings().store, batch_articles=4))
TOWNS = "Skarn Brekka Norby Lundgate Ansel Whitmouth Orvia Tarn".split()


def reports(first: int, last: int) -> Iterator[Received | Refusal]:
    """Reports of many small events: four outlets each, some of them changed later at the same address."""
    for number in range(first, last):
        event, outlet = divmod(number, 4)
        town = TOWNS[event % len(TOWNS)]
        text = (
            f"The {town} lifeboat took {event + 3} people off the ferry Astrid {event} near {town} on Sunday. Captain "
            f"Velm {event * 7} said the steering of the Astrid {event} had failed off {town} point {event * 13}."
        )
        if number % 17 == 16:
            yield Refusal(f"{number}.txt", "This file is empty.")
        yield received(text, f"Paper {outlet}", title=f"Ferry Astrid {event} runs aground off {town}",
                       url=f"https://paper{outlet}.example/{event}", place=f"{number}.txt",
                       published="2025-03-02")  # fmt: skip


def add(place: str, first: int, last: int, out: int) -> None:
    """Add reports and write the id of each once it is acknowledged."""
    with Archive(place) as archive:
        for one in pipeline.add(archive, reports(first, last), settings=SETTINGS):
            if isinstance(one, Added):
                os.write(out, f"{one.kept.article}\n".encode())


def child(place: str, first: int, last: int) -> tuple[int, int]:
    """A process that adds; gives its number and where its acknowledgements can be read."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        status = 1
        with suppress(Exception):
            add(place, first, last, theirs)
            status = 0
        os._exit(status)
    os.close(theirs)
    return pid, ours


def told(pipe: int) -> list[str]:
    """The ids that were acknowledged; a line that was cut was not."""
    raw = b""
    while more := os.read(pipe, 1 << 16):
        raw += more
    os.close(pipe)
    return [line.decode() for line in raw.split(b"\n")[:-1]]


def wrong(place: str, acknowledged: set[str]) -> str | None:
    with Archive(place, access="read") as archive:
        lost = acknowledged - set(archive.articles(acknowledged))
        with archive.reading() as connection:
            problems = check(connection).problems
    if lost:
        return f"{len(lost)} acknowledged reports are lost"
    return problems[0] if problems else None


def killed(place: str, rounds: int) -> str | None:
    draw, acknowledged, at = random.Random(6), set[str](), 0
    with Archive(place) as archive:
        for _ in pipeline.add(archive, reports(0, 2), settings=SETTINGS):
            pass  # loads what is loaded late, so that the runs that are forked are killed at work
    cut_short = 0
    for _ in range(rounds):
        pid, pipe = child(place, at, at + 40)
        time.sleep(draw.uniform(0, 0.4))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        cut_short += os.WIFSIGNALED(status)
        acknowledged |= set(told(pipe))
        if problem := wrong(place, acknowledged):
            return problem
        at += draw.randrange(0, 12)
    if cut_short < rounds / 2 or not acknowledged:
        return f"only {cut_short} of {rounds} runs were killed at work, {len(acknowledged)} acknowledged"
    # The next run goes on: everything is there in the end, in stories, and the same as if nobody had been killed.
    pid, pipe = child(place, 0, at + 40)
    if os.waitpid(pid, 0)[1] != 0:
        return "the run after the last kill failed"
    everything = {one.article.id for one in reports(0, at + 40) if isinstance(one, Received)}
    if set(told(pipe)) != everything:
        return "the run after the last kill did not acknowledge everything"
    with Archive(place, access="read") as archive, archive.reading() as connection:
        from sqlalchemy import func, select

        from variorum.store.tables import ARTICLES

        left = connection.execute(select(func.count()).where(ARTICLES.c.story.is_(None))).scalar_one()
    return f"{left} reports were left without a story" if left else wrong(place, everything)


def together(place: str) -> str | None:
    """Two add the same and different reports while a third reads."""
    with Archive(place):
        pass
    running = dict([child(place, 0, 120), child(place, 60, 180)])
    acknowledged: set[str] = set()
    seen, pipes = 0, list(running.values())
    while running:
        with Archive(place, access="read") as archive, archive.reading() as connection:
            found = check(connection)
            if found.problems:
                return f"while others write: {found.problems[0]}"
            if found.articles < seen:
                return "a reader saw fewer reports than before"
            seen = found.articles
        for pid in list(running):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                del running[pid]
                if status != 0:
                    return "one of two programs that add failed"
    for pipe in pipes:
        acknowledged |= set(told(pipe))
    if len(acknowledged) != 180:
        return f"{len(acknowledged)} of 180 reports were acknowledged"
    return wrong(place, acknowledged)


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    sys.exit(killed(place, int(rest[0])) if what == "killed" else together(place))
