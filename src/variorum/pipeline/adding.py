"""Reports into an archive: kept, gathered into stories, and only then told of."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from variorum import stories
from variorum.config import Settings
from variorum.pipeline.gathering import Gathering, today
from variorum.records import Added, Received, Refusal
from variorum.store import Archive, Remembered, Sketched
from variorum.store import stories as in_archive


def add(
    archive: Archive,
    taken: Iterable[Received | Refusal | None],
    *,
    settings: Settings | None = None,
    memory: Remembered | None = None,
    is_endless: bool = False,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Added | Refusal]:
    """Keep what was received and what was refused, in batches; gives each once it is on the disk.

    taken: ``None`` among it closes a batch, for one who must wait for what comes next. memory: of the addresses read,
    written with the reports that came from them. is_endless: whether the run goes on for
    ever, so that a file may come again changed; otherwise the same name again is another folder's file. clock: seconds.
    What was kept before and waits for its story, because a run was stopped, is gathered first.
    Raises ArchiveError when the archive cannot be written; what was given until then is kept.
    """
    settings = settings or Settings()
    run = _Run(archive, settings, memory, is_endless)
    run.gathering.run()
    batch: list[Received | Refusal] = []
    opened = clock()
    for one in taken:
        if one is not None:
            opened = clock() if not batch else opened
            batch.append(one)
        is_due = len(batch) >= settings.store.batch_articles or clock() - opened >= settings.store.batch_seconds
        if one is None or (batch and is_due):
            yield from run.keep(batch)
            batch = []
    yield from run.keep(batch)


class _Run:
    """One run of adding."""

    def __init__(self, archive: Archive, settings: Settings, memory: Remembered | None, is_endless: bool) -> None:
        self.gathering = Gathering(archive, settings)
        self._archive = archive
        self._settings = settings
        self._memory = memory
        self._taken: set[str] | None = None if is_endless else set()

    def keep(self, batch: Sequence[Received | Refusal]) -> Iterator[Added | Refusal]:
        """Write a batch, which may be empty: what was remembered is written all the same."""
        received = [one for one in batch if isinstance(one, Received)]
        refused = [one for one in batch if isinstance(one, Refusal)]
        also = self._memory.writer() if self._memory is not None else None
        kept = self._archive.add(received, self._sketched(received), refused=refused, taken=self._taken, also=also)
        placements = {placement.article: placement for placement in self.gathering.run()}
        with self._archive.reading() as connection:
            held = in_archive.stories_of(connection, (outcome.article for outcome in kept))
        outcomes = iter(kept)
        for one in batch:
            if isinstance(one, Refusal):
                yield one
            else:
                outcome = next(outcomes)
                yield Added(one, outcome, placements.get(outcome.article), held.get(outcome.article))

    def _sketched(self, received: Sequence[Received]) -> dict[str, Sketched]:
        """The sketches of a batch, each with the day it is filed under, as gathering counts days."""
        sketches = [stories.sketch(one.article, settings=self._settings.stories) for one in received]
        return {
            sketch.article: Sketched(sketch.to_bytes(), -today() if sketch.day is None else sketch.day)
            for sketch in sketches
        }
