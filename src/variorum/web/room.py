"""What every page is given: the archive, the desk that works for it, and what was read before."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar
from urllib.parse import unquote

from starlette.requests import Request

from variorum import pipeline
from variorum.config import Settings, Web
from variorum.edition.findings import matched
from variorum.pipeline import Standing
from variorum.records import Edition
from variorum.render.notes_view import Notes, spoken_of
from variorum.store import Archive, judgements
from variorum.text import digest
from variorum.web import addresses
from variorum.web.desk import Desk

T = TypeVar("T")
EDITOR = "variorum-editor"
"""The cookie that holds the name an editor gave."""


class Recent(Generic[T]):
    """The last things that were made, by what they were made of.

    May be asked by several threads at once: of those that want the same, one makes it and the others wait for it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()
        self._turns: dict[Hashable, Lock] = {}

    def get(self, key: Hashable, make: Callable[[], T | None]) -> T | None:
        """What was made under that key, or is made now; ``None`` is not kept."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            turn = self._turns.setdefault(key, Lock())
        with turn:
            with self._lock:
                if key in self._held:
                    return self._held[key]
            try:
                made = make()
                if made is not None:
                    self._keep(key, made)
            finally:
                with self._lock:
                    self._turns.pop(key, None)
            return made

    def _keep(self, key: Hashable, made: T) -> None:
        with self._lock:
            self._held[key] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)


class Room:
    """The reading room. archive: opened by whoever makes the room, and closed by them."""

    def __init__(self, archive: Archive, desk: Desk, *, settings: Settings, web: Web) -> None:
        self.archive = archive
        self.desk = desk
        self.settings = settings
        self.web = web
        self.finder = pipeline.finder(settings)
        self.pages: Recent[bytes] = Recent(web.pages_kept)
        self._editions: Recent[Edition] = Recent(web.editions_kept)

    @property
    def can_write(self) -> bool:
        """Whether notes and reports can be kept."""
        return self.archive.access != "read"

    def editor(self, request: Request) -> str:
        """The name an editor gave with their last note."""
        return unquote(request.cookies.get(EDITOR, ""))[: self.settings.store.editor_characters]

    def notes(self, of: Standing, made: Edition, request: Request) -> tuple[str, Callable[[], Notes]]:
        """A digest of what editors said of a story, and of who asks where that shows, and the notes for its pages."""
        editor = self.editor(request)
        with self.archive.reading() as connection:
            held = judgements.of_story(connection, of.story)

        def notes() -> Notes:
            with self.archive.reading() as connection:
                carried = pipeline.carried(connection, held)
            found = spoken_of(made, settings=self.settings.edition)
            standing, unmatched = matched(held, found, carried=carried, settings=self.settings.edition)
            action = addresses.note(of.story) if self.can_write else ""
            return Notes(standing, unmatched, found, action=action, editor=editor)

        # To who noted nothing here the pages are the same, under whatever name: they are made once for all of them.
        who = f"by {editor}" if any(one.by == editor for one in held) else ""
        return digest(who, *(f"{one.id} {one.changed_at}" for one in held)), notes

    def standing(self, story: str) -> Standing:
        """A story as it stands. Raises UsageError where no one story is meant."""
        return pipeline.standing(self.archive, story, settings=self.settings)

    def edition(self, of: Standing) -> Edition | None:
        """The edition of a story as it stands, where it was made."""
        return self._editions.get(of.key, lambda: pipeline.held(self.archive, of) or self.desk.made(of.key))
