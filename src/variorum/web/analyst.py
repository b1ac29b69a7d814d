"""What the process that makes editions does: the only one of the room that loads the models."""

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from variorum import pipeline
from variorum.config import Settings
from variorum.errors import ArchiveError
from variorum.records import Editions
from variorum.store import Archive
from variorum.store import stories as kept
from variorum.store.opening import Access
from variorum.web.apart import Dropped

_TOLD_SECONDS = 0.1  # between two words on progress: nobody sees more of them


@dataclass(frozen=True, slots=True)
class Make:
    """Make the edition of a story."""

    story: str


@dataclass(frozen=True, slots=True)
class Count:
    """Count the voices of stories, by their shared words."""

    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doing:
    """How far an edition is."""

    doing: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Made:
    """An edition that could not be kept. key: of the story as it stood. edition: as JSON."""

    key: str
    edition: bytes


class Analyst:
    """Makes editions for a room. place: of the archive, with its password. access: ``read`` keeps nothing."""

    def __init__(self, place: str, access: Access) -> None:
        self._archive = Archive(place, access=access)
        self._settings = Settings()

    def __call__(
        self, piece: Make | Count, say: Callable[[Doing], None], is_dropped: Callable[[], bool], /
    ) -> Made | None:
        if isinstance(piece, Make):
            return self._make(piece.story, say, is_dropped)
        self._count(piece.stories)
        return None

    def _make(self, story: str, say: Callable[[Doing], None], is_dropped: Callable[[], bool]) -> Made | None:
        said = -_TOLD_SECONDS

        def watch(doing: str, done: int, of: int) -> None:
            nonlocal said
            if is_dropped():
                raise Dropped
            now = time.monotonic()
            if now - said >= _TOLD_SECONDS or done == of:
                said = now
                say(Doing(doing, done, of))

        if self._archive.access != "read":
            pipeline.edition(self._archive, story, settings=self._settings, watch=watch)
            return None
        of = pipeline.standing(self._archive, story, settings=self._settings)
        made = pipeline.edition(self._archive, of.story, settings=self._settings, watch=watch)
        return _unkept(of, made)

    def _count(self, stories: tuple[str, ...]) -> None:
        with self._archive.reading() as connection:
            members = kept.members_of(connection, stories)
        for story, reports in members.items():
            try:
                pipeline.voices(self._archive, {story: [one.id for one in reports]}, settings=self._settings)
            except ArchiveError:
                raise
            except Exception:  # noqa: BLE001 - the next story may do better; this one's edition will say what is wrong
                traceback.print_exc()


def _unkept(of: pipeline.Standing, made: Editions) -> Made | None:
    """The edition under the story's key; ``None`` where a report came in meanwhile, and it is asked for again."""
    (edition,) = made.editions
    if {article.id for article in edition.articles} != {one.id for one in of.reports}:
        return None
    return Made(of.key, msgspec.json.encode(edition))
