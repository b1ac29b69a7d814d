"""An archive: one file, or a database on a server, that holds every report ever given to it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from variorum.config import Store
from variorum.records import Article, Kept, Received, Refusal, Revision
from variorum.store import adding, finding, opening
from variorum.store.adding import Sketched
from variorum.store.trouble import plainly


class Archive:
    """An archive that is open. Close it, or use it in a ``with``.

    What a method that writes returns is on the disk: it is acknowledged when the method is back, not before.
    Several programs may read and write at once; a writer waits for another.
    Every method raises ArchiveError, one sentence, when the database fails; then nothing of that call was kept.
    """

    def __init__(self, place: str, *, access: opening.Access = "make", settings: Store | None = None) -> None:
        """Open the archive at ``place``, a file's path or a PostgreSQL URL.

        access: ``read``, ``write``, or ``make``, which makes the archive where there is none.

        Raises UsageError for a place that can be none, ArchiveError where it cannot be opened.
        """
        self.settings = settings or Store()
        self.access = access
        self.place = opening.shown(place)
        self._engine = opening.connect(place, access, settings=self.settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()

    def without_place(self, told: str) -> str:
        """What was told of this archive, for those who are not to know where it lies."""
        for place in (self.place, str(Path(self.place))):
            where = rf"(?<![\w/]){re.escape(place)}(?!\w)"
            told = re.sub(f"{where}(?=:)", "the archive", told, flags=re.IGNORECASE)
            told = re.sub(where, "its place", told, flags=re.IGNORECASE)
        return told

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, for the functions of this package; all of it is kept, or nothing."""
        with plainly(self.place), opening.writing(self._engine) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads: the archive as it stood when it began."""
        with plainly(self.place), opening.reading(self._engine) as connection:
            yield connection

    def add(
        self,
        received: Sequence[Received],
        sketches: Mapping[str, Sketched] | None = None,
        *,
        refused: Sequence[Refusal] = (),
        taken: set[str] | None = None,
        also: Callable[[Connection], None] | None = None,
    ) -> tuple[Kept, ...]:
        """Keep reports and their bytes; says of each, in order, whether it is new, known, or a revision.

        refused: kept with them. taken: see :func:`variorum.store.adding.add`. also: writes what must be kept with
        them or not at all.
        """
        with self.writing() as connection:
            adding.refuse(connection, refused)
            kept = adding.add(connection, received, sketches or {}, self.settings, taken=taken)
            if also is not None:
                also(connection)
            return kept

    def refuse(self, refused: Sequence[Refusal]) -> None:
        """Keep what could not be read, and why."""
        with self.writing() as connection:
            adding.refuse(connection, refused)

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        """Articles by id; ids that are not here are left out."""
        with self.reading() as connection:
            return finding.articles(connection, ids)

    def raw(self, sha256: str) -> bytes | None:
        """The bytes that were received under this digest."""
        with self.reading() as connection:
            return finding.raw(connection, sha256)

    def revisions(self, wanted: str) -> tuple[str, tuple[Revision, ...]] | None:
        """The address meant and what stood there, the oldest first: see :func:`variorum.store.finding.revisions`."""
        with self.reading() as connection:
            return finding.revisions(connection, wanted)
