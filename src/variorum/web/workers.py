"""The desk: threads, for now."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import TracebackType

from variorum import pipeline
from variorum.config import Serving
from variorum.records import Edition
from variorum.store import Archive
from variorum.web.desk import Progress


class Workers:
    """Works for a room."""

    def __init__(self, archive: Archive, serving: Serving) -> None:
        self._archive = archive
        self._serving = serving
        self._progress: dict[str, Progress] = {}

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        return

    def want(self, story: str) -> None:
        if story in self._progress:
            return
        self._progress[story] = Progress("Waiting")
        threading.Thread(target=self._make, args=(story,), daemon=True).start()

    def _make(self, story: str) -> None:
        def watch(doing: str, done: int, of: int) -> None:
            self._progress[story] = Progress(doing, done, of)

        pipeline.edition(self._archive, story, watch=watch)
        del self._progress[story]

    def progress(self, story: str) -> Progress | None:
        return self._progress.get(story)

    def made(self, _key: str, /) -> Edition | None:
        return None

    def count(self, _stories: Iterable[str], /) -> None:
        return
