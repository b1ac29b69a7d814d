"""The desk: one process that makes editions and one that adds reports, each with a thread here that waits on it."""

from __future__ import annotations

import sys
import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import msgspec

from variorum import pipeline
from variorum.config import Serving, Settings, Web
from variorum.errors import ArchiveError, UsageError
from variorum.records import Edition
from variorum.store import Archive
from variorum.store import stories as kept
from variorum.store.stories import Wanted
from variorum.web.adder import Adder, Intake
from variorum.web.analyst import Analyst, Count, Doing, Made, Make
from variorum.web.apart import Apart, Dropped, Failed, sentence
from variorum.web.desk import Progress
from variorum.web.jobs import Job, Jobs, discard
from variorum.web.turns import Turns

T = TypeVar("T")
_REMEMBERED = 2_000  # stories of which it is remembered that their edition failed, or was made ahead


class Workers:
    """Works for a room. archive: the room's own, for what is only looked up. serving: where the archive really is."""

    def __init__(self, archive: Archive, serving: Serving, *, web: Web | None = None) -> None:
        self._archive = archive
        self._settings = Settings()
        self._web = web or Web()
        # What is made of an archive that may not be written is kept for a few stories only: no use to work ahead.
        self._ahead = serving.ahead if archive.access != "read" else 0
        self._finder = pipeline.finder(self._settings)
        ending = self._web.ending_seconds
        access = "read" if archive.access == "read" else "write"
        self.analyst = Apart("variorum-analyst", Analyst, serving.place, access, ending_seconds=ending)
        adding = (serving.place, serving.contact, serving.allow_private)
        self.adder = Apart("variorum-adder", Adder, *adding, ending_seconds=ending)
        self._jobs = Jobs(self._web)
        self._changed = threading.Condition()
        # All below is read and written only while _changed is held.
        self._turns = Turns(self._web)
        self._hand: str | None = None
        self._is_ahead = False
        self._doing: Progress | None = None
        self._failed: OrderedDict[str, tuple[str | None, str]] = OrderedDict()
        self._settled: OrderedDict[str, str] = OrderedDict()
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._is_over = False
        self._threads = [
            threading.Thread(target=self._steadily, args=(step,), name=name, daemon=True)
            for name, step in (("editions", self._one_piece), ("intakes", self._one_intake))
        ]

    def __enter__(self) -> Workers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        processes = (self.analyst, self.adder)
        for process in processes:
            process.end()
        for thread in self._threads:
            thread.join(self._web.ending_seconds)
        for process in processes:
            process.close()
        self._jobs.close()

    # What pages ask.

    def want(self, story: str) -> None:
        with self._changed:
            before = self._failed.get(story)
        if before is not None:
            if before[0] == self._key(story):
                return
            self._forgive(story)
        self._ask(story)

    def again(self, story: str) -> None:
        self._forgive(story)
        self._ask(story)

    def progress(self, story: str) -> Progress | None:
        with self._changed:
            if self._hand == story:
                return self._doing
            before = self._turns.before(story)
            if before is not None:
                in_hand = self._hand is not None and not self._is_ahead
                return Progress("Waiting", waiting=before + in_hand)
            failed = self._failed.get(story)
            return None if failed is None else Progress("Failed", failed=failed[1])

    def made(self, key: str, /) -> Edition | None:
        with self._changed:
            held = self._made.get(key)
        return None if held is None else msgspec.json.decode(held, type=Edition)

    def count(self, stories: Iterable[str], /) -> None:
        if self._archive.access == "read":
            return
        wanted = [story for story in stories if not self._is_settled(story)]
        with self._changed:
            self._turns.count(wanted)
            self._changed.notify_all()

    def take(self, intake: Intake, given: str, folder: Path | None) -> str | None:
        id = self._jobs.take(intake, given, folder)
        if id is None:
            discard(folder)
            return None
        with self._changed:
            self._changed.notify_all()
        return id

    def job(self, id: str) -> Job | None:
        return self._jobs.get(id)

    def jobs(self) -> list[Job]:
        return self._jobs.last()

    def _ask(self, story: str) -> None:
        with self._changed:
            if self._hand == story:
                self._is_ahead = False
            elif self._turns.ask(story):
                self._make_way()

    def _make_way(self) -> None:
        """Something came to wait. What is made ahead is given up for it; it is found again when there is time."""
        self._changed.notify_all()
        if self._stands_in_the_way():
            self.analyst.drop()

    def _stands_in_the_way(self) -> bool:
        return self._hand is not None and self._is_ahead and self._turns.has_editions

    def _forgive(self, story: str) -> None:
        with self._changed:
            self._failed.pop(story, None)
            self._settled.pop(story, None)

    # What the two threads do.

    def _steadily(self, step: Callable[[], None]) -> None:
        while True:
            try:
                step()
            except Exception:  # noqa: BLE001 - the outer edge of a thread that must not end before the room does
                sys.stderr.write(traceback.format_exc())
                with self._changed:
                    self._changed.wait(self._web.look_seconds)
            with self._changed:
                if self._is_over:
                    return

    def _one_piece(self) -> None:
        """Make one edition, or count some voices, or wait until there is something to do."""
        with self._changed:
            story = self._turns.next_edition()
            is_ahead = False
            counted = () if story is not None else self._turns.next_counted()
        if story is None and not counted:
            story = self._look()
            is_ahead = story is not None
        if counted:
            self._have_counted(counted)
        elif story is not None:
            self._have_made(story, is_ahead)
        else:
            with self._changed:
                if self._turns.is_empty and not self._is_over:
                    self._changed.wait(self._web.look_seconds if self._ahead else None)

    def _have_made(self, story: str, is_ahead: bool) -> None:
        key = self._key(story)
        with self._changed:
            self._hand, self._is_ahead, self._doing = story, is_ahead, Progress("Reading")
            if self._stands_in_the_way():  # asked for while we looked
                self._hand = self._doing = None
                return
        failed, made, is_dropped = None, None, False
        try:
            made = self.analyst.run(Make(story), self._hear)
        except Failed as error:
            failed = self._told(error)
        except Dropped:
            is_dropped = True
        except Exception as error:  # noqa: BLE001 - else the story would be in hand for ever
            sys.stderr.write(traceback.format_exc())
            failed = f"This failed by a fault of this program ({type(error).__name__})."
        with self._changed:
            if is_dropped and not self._is_ahead:
                self._turns.ask(story)  # somebody opened it after all
            self._hand = self._doing = None
            if failed is not None:
                _remember(self._failed, story, (key, failed), _REMEMBERED)
            elif key is not None and not is_dropped:
                _remember(self._settled, story, key, _REMEMBERED)
            if isinstance(made, Made):
                _remember(self._made, made.key, made.edition, self._web.editions_kept)

    def _hear(self, said: Doing) -> None:
        with self._changed:
            self._doing = Progress(said.doing, said.done, said.total)

    def _have_counted(self, stories: tuple[str, ...]) -> None:
        keys = {story: self._key(story) for story in stories}
        try:
            self.analyst.run(Count(stories), lambda _said: None)
        except Failed as error:
            if not self._is_over:
                sys.stderr.write(f"variorum: voices could not be counted: {error}\n")
        with self._changed:
            for story, key in keys.items():
                if key is not None:
                    _remember(self._settled, f"counted {story}", key, _REMEMBERED)

    def _look(self) -> str | None:
        """The newest story without an edition that stands, of those that are to be had ahead."""
        if not self._ahead or self._is_over or self._jobs.is_working:
            return None
        try:
            with self._archive.reading() as connection:
                newest = kept.stories(
                    connection, order="newest", limit=self._ahead, wanted=Wanted(made_by=self._finder)
                )
        except ArchiveError as error:
            sys.stderr.write(f"variorum: {error}\n")
            return None
        for one in newest:
            if one.found is not None and one.found.conflicts is not None:
                continue
            with self._changed:
                before = (self._settled.get(one.id), self._failed.get(one.id, (None, ""))[0])
            key = self._key(one.id)
            # What was made, or failed, as it stands is not made for ever again, whatever the list says of it.
            if key is not None and key not in before:
                return one.id
        return None

    def _one_intake(self) -> None:
        """Add what was given, or wait until something is."""
        taken = self._jobs.next()
        if taken is None:
            with self._changed:
                if not self._is_over and not self._jobs.are_waiting:
                    self._changed.wait()
            return
        failed: str | None = "This failed by a fault of this program."
        try:
            self.adder.run(taken.intake, lambda said: self._jobs.hear(taken.id, said))
            failed = None
        except Failed as error:
            failed = self._told(error)
        finally:
            try:
                # Before it is over: a page that sees it over takes a story nobody works on for one left as it is.
                self._touch(self._jobs.touched(taken.id))
            finally:
                self._jobs.end(taken, failed)

    def _touch(self, stories: tuple[str, ...]) -> None:
        if not stories:
            return
        shared = self._shared(stories)
        with self._changed:
            self._turns.touch(shared)
            self._make_way()

    def _shared(self, stories: tuple[str, ...]) -> list[str]:
        """Those of several reports: only they have anything to compare."""
        newest = stories[-self._web.stories_touched :]
        with self._archive.reading() as connection:
            listed = kept.listed(connection, newest)
        return [story for story in newest if story in listed and listed[story].articles > 1]

    def _told(self, error: Failed) -> str:
        return sentence(self._archive.without_place(str(error)))

    def _key(self, story: str) -> str | None:
        """Of what the edition of a story would be made now."""
        try:
            return pipeline.standing(self._archive, story, settings=self._settings).key
        except (UsageError, ArchiveError):
            return None

    def _is_settled(self, story: str) -> bool:
        with self._changed:
            key = self._settled.get(f"counted {story}")
        return key is not None and key == self._key(story)


def _remember(held: OrderedDict[str, T], key: str, value: T, most: int) -> None:
    held[key] = value
    held.move_to_end(key)
    while len(held) > most:
        held.popitem(last=False)
