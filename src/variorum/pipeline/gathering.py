"""Gathering over an archive: what waits for a story is given one, whoever added it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection

from variorum import language, stories
from variorum.config import Settings
from variorum.errors import FormatError
from variorum.records import Placement
from variorum.store import Archive, Waiting, finding
from variorum.store import stories as kept
from variorum.stories import Gatherer, Sketch

_AT_ONCE = 500  # articles placed in one transaction, so that others who write need not wait long


def today() -> int:
    """The day it is, a proleptic ordinal, UTC."""
    return datetime.now(UTC).date().toordinal()


class Gathering:
    """A gatherer that goes along with an archive.

    One program gathers at a time: it holds the archive's one place to write, first learns what others have placed
    since, then places what waits, in the order of arrival. So two programs that add come to one set of stories, and
    what a killed program left waiting is placed by the next.
    """

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._settings = settings
        self._connection: Connection | None = None
        self._step = 0
        self._begin()

    def _begin(self) -> None:
        self._gatherer = Gatherer(
            settings=self._settings.stories,
            encode=language.lead_vector,
            recall=lambda day: self._recalled(day),
            days=self._days,
        )
        with self._archive.reading() as connection:
            self._step = kept.last_step(connection)

    def run(self) -> Iterator[Placement]:
        """Place everything that waits; gives where each went, once that is on the disk."""
        placements: list[Placement] = []
        while self._some(placements):
            pass
        return iter(placements)

    def _some(self, placements: list[Placement]) -> bool:
        """Place what waits, up to a number. Returns whether more waits."""
        with self._archive.reading() as connection:
            if not kept.waiting(connection, 1):
                return False
        made: list[Placement] = []
        try:
            with self._archive.writing() as connection:
                self._connection = connection
                self._learn(connection)
                waiting = kept.waiting(connection, _AT_ONCE)
                touched: set[str] = set()
                for one in waiting:
                    made.append(self._gatherer.place(self._sketch(connection, one), arrived=today()))
                    # Written at once: what has fallen out of the gatherer's memory may be recalled by the next.
                    touched |= kept.move(connection, made[-1].changes, self._step + 1)
                touched |= kept.move(connection, self._gatherer.settle(), self._step + 1)
                for story in sorted(touched):
                    kept.count(connection, story)
        except BaseException:
            # Nothing of it was kept, but the gatherer has seen it: it begins again from what the archive holds.
            self._begin()
            raise
        finally:
            self._connection = None
        self._step += 1
        placements.extend(made)
        return len(waiting) == _AT_ONCE

    def _learn(self, connection: Connection) -> None:
        """Take over what other programs have placed since the last step."""
        last = kept.last_step(connection)
        if last > self._step:
            for one in kept.placed_since(connection, self._step):
                self._gatherer.restore(self._sketch(connection, one), str(one.story), arrived=_shelf(one))
            self._step = last

    def _days(self) -> tuple[int, ...]:
        if self._connection is None:
            raise RuntimeError("days are asked for only while the archive is written")
        return kept.days(self._connection)

    def _recalled(self, day: int) -> Iterator[tuple[Sketch, str]]:
        connection = self._connection
        if connection is None:
            raise RuntimeError("days are recalled only while the archive is written")
        for one in kept.of_day(connection, day):
            yield self._sketch(connection, one), str(one.story)

    def _sketch(self, connection: Connection, one: Waiting) -> Sketch:
        """The sketch that was kept, or where an older release made it, a new one."""
        if one.sketch is not None:
            try:
                return Sketch.from_bytes(one.sketch)
            except FormatError:
                pass
        article = finding.articles(connection, (one.article,))[one.article]
        return stories.sketch(article, settings=self._settings.stories)


def _shelf(one: Waiting) -> int | None:
    """The day on which an article arrived that gives no day itself."""
    return -one.day if one.day is not None and one.day < 0 else None
