"""A folder that is watched: its files read when they are there whole, and again when they have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from variorum.config.ingest import Ingest
from variorum.ingest.guarded import reports
from variorum.ingest.walk import walk
from variorum.records import Received, Refusal

State = tuple[int, int]
"""A file's size in bytes, and when it was last written, in nanoseconds."""


class FolderWatch:
    """A folder, or one file, and what was seen there at the last look.

    seconds: between two looks. clock: seconds from any start.
    """

    def __init__(self, path: Path, settings: Ingest, clock: Callable[[], float], *, seconds: float) -> None:
        self.place = path.name or path.resolve().name or "."
        self.due_at = clock()
        self._path = path
        self._settings = settings
        self._clock = clock
        self._seconds = seconds
        self._seen: dict[Path, State] = {}
        self._read: dict[Path, State] = {}
        self._told: set[Refusal] = set()

    def look(self) -> Iterator[Received | Refusal]:
        """The reports in files that have not been read as they are now, and were the same at the last look."""
        candidates, refused = walk([self._path])
        states: dict[Path, State] = {}
        told = set(refused)
        # An empty folder is what a watch begins with.
        yield from (one for one in refused if one not in self._told and "no report in this folder" not in one.reason)
        self._told = told
        for candidate in candidates:
            state = _state(candidate.path)
            if state is None:
                continue  # gone between the two, or not to be looked at; the next look says
            states[candidate.path] = state
            if self._seen.get(candidate.path) == state != self._read.get(candidate.path):
                self._read[candidate.path] = state
                yield from reports(candidate, settings=self._settings)
        self._seen = states
        self._read = {path: state for path, state in self._read.items() if path in states}
        self.due_at = self._clock() + self._seconds


def _state(path: Path) -> State | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns
