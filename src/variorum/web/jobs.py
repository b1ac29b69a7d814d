"""Intakes: what was given to be added, how far it is, and what became of it. Kept in memory, the last of them."""

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from secrets import token_urlsafe
from shutil import rmtree
from typing import Literal

from variorum.config import Web
from variorum.web.adder import Intake, Line, Noted, Read

State = Literal["waiting", "running", "done", "failed"]
_NOTES = 20


@dataclass(slots=True)
class Job:
    """One intake, as it stands at a moment.

    id: not to be guessed. given: what it is, in words. done of total: files that were read. counts: by outcome. lines:
    what each input became, the last of them. first: the number of the first line that is still kept, counted from 0.
    stories: those it put reports into, in order. failed: why it broke off, one sentence.
    """

    id: str
    given: str
    started: str
    state: State = "waiting"
    done: int = 0
    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    lines: deque[Line] = field(default_factory=deque)
    first: int = 0
    notes: list[str] = field(default_factory=list)
    stories: dict[str, None] = field(default_factory=dict)
    failed: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "failed")

    def keep(self, most: int) -> None:
        """Let go of all but the last lines."""
        while len(self.lines) > most:
            self.lines.popleft()
            self.first += 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """An intake that waits. folder: holds its files, and is deleted when it is over; ``None`` where there are none."""

    id: str
    intake: Intake
    folder: Path | None


class Jobs:
    """The intakes of a room. May be asked by several threads."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: deque[Waiting] = deque()
        self._is_closed = False

    def take(self, intake: Intake, given: str, folder: Path | None) -> str | None:
        """Note an intake. Returns its id, or ``None`` where too many wait, or the room is closed."""
        with self._lock:
            if self._is_closed or len(self._waiting) >= self._web.intakes_waiting:
                return None
            started = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            job = Job(token_urlsafe(16), given, started)
            self._jobs[job.id] = job
            self._waiting.append(Waiting(job.id, intake, folder))
            over = (one.id for one in list(self._jobs.values()) if one.is_over)
            for id in islice(over, max(0, len(self._jobs) - self._web.intakes)):
                del self._jobs[id]
            return job.id

    def next(self) -> Waiting | None:
        """Takes out what is to be added now."""
        with self._lock:
            if not self._waiting:
                return None
            taken = self._waiting.popleft()
            self._jobs[taken.id].state = "running"
            return taken

    def hear(self, id: str, said: Read | Noted | Line) -> None:
        """Note what the process that adds says of an intake."""
        with self._lock:
            job = self._jobs[id]
            if isinstance(said, Read):
                job.done, job.total = said.done, said.total
            elif isinstance(said, Noted):
                job.notes = [*job.notes, said.sentence][:_NOTES]
            else:
                job.counts[said.outcome] += 1
                job.lines.append(said)
                job.keep(self._web.intake_lines)
                if said.story is not None and said.outcome != "known":
                    job.stories[said.story] = None

    def touched(self, id: str) -> tuple[str, ...]:
        """The stories an intake put reports into."""
        with self._lock:
            return tuple(self._jobs[id].stories)

    def end(self, taken: Waiting, failed: str | None) -> None:
        """An intake is over. failed: why it broke off."""
        discard(taken.folder)
        with self._lock:
            job = self._jobs[taken.id]
            for other in self._jobs.values():
                if other is not job and other.is_over:
                    other.keep(self._web.intake_lines_later)
            job.state, job.failed = ("failed", failed) if failed else ("done", None)

    def get(self, id: str) -> Job | None:
        """An intake as it stands now."""
        with self._lock:
            job = self._jobs.get(id)
            return None if job is None else _copied(job)

    def last(self) -> list[Job]:
        """The intakes, the last first; without their lines."""
        with self._lock:
            return [_copied(job, lines=False) for job in reversed(self._jobs.values())]

    @property
    def is_working(self) -> bool:
        """Whether anything is being added, or waits for it."""
        with self._lock:
            return any(not job.is_over for job in self._jobs.values())

    @property
    def are_waiting(self) -> bool:
        """Whether there is one to be added."""
        with self._lock:
            return bool(self._waiting)

    def close(self) -> None:
        """Delete what waits, and take no more: a request may still be writing files when the room ends."""
        for waiting in self._left():
            discard(waiting.folder)

    def _left(self) -> Iterator[Waiting]:
        with self._lock:
            self._is_closed = True
            left, self._waiting = self._waiting, deque()
        yield from left


def discard(folder: Path | None) -> None:
    """Delete an intake's files."""
    if folder is not None:
        rmtree(folder, ignore_errors=True)


def _copied(job: Job, *, lines: bool = True) -> Job:
    return Job(
        job.id, job.given, job.started, job.state, job.done, job.total, Counter(job.counts),
        deque(job.lines if lines else ()), job.first, list(job.notes), dict(job.stories), job.failed,
    )  # fmt: skip
