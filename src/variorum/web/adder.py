"""What the process that adds reports does: reads and fetches, keeps, and puts each into its story."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from variorum import ingest, pipeline
from variorum.config import Fetch, Settings
from variorum.ingest.fetch import Fetcher
from variorum.ingest.online import Online
from variorum.records import Added, Refusal
from variorum.store import Archive, Remembered

_LONGEST = 300  # characters of a headline, an outlet, a place or a reason, as a page shows them


@dataclass(frozen=True, slots=True)
class Intake:
    """What is to be added: paths of files, each read as if asked for by name, and web addresses."""

    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """How many of the files were read."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Noted:
    """One sentence on what an input holds that was passed over and is no fault."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one input. outcome: ``new``, ``known``, ``revised`` or ``refused``.

    place: where it lay. outlet, title, article, story: of the report, ``None`` for what was refused. reason: why it
    was refused.
    """

    outcome: str
    place: str
    outlet: str | None = None
    title: str | None = None
    article: str | None = None
    story: str | None = None
    reason: str | None = None


_OUTCOMES = {"new": "new", "same": "known", "revision": "revised"}


class Adder:
    """Adds to a room's archive. place: with its password. contact, allow_private: of who fetches."""

    def __init__(self, place: str, contact: str | None, allow_private: bool) -> None:
        self._archive = Archive(place, access="write")
        self._settings = Settings()
        self._fetch = Fetch(contact=contact, allow_private=allow_private)

    def __call__(
        self, piece: Intake, say: Callable[[Read | Noted | Line], None], _is_dropped: Callable[[], bool], /
    ) -> None:
        memory = Remembered(self._archive)
        with closing(Fetcher(settings=self._fetch, memory=memory)) as client:
            taken = ingest.receive(
                piece.places,
                settings=self._settings.ingest,
                tick=lambda done, total: say(Read(done, total)),
                tell=lambda told: say(Noted(told[:_LONGEST])),
                online=Online(client, self._settings.ingest, memory.known),
            )
            for one in pipeline.add(self._archive, taken, settings=self._settings, memory=memory):
                say(_line(one))


def _line(one: Added | Refusal) -> Line:
    if isinstance(one, Refusal):
        return Line("refused", one.path[:_LONGEST], reason=one.reason[:_LONGEST])
    article = one.received.article
    return Line(
        _OUTCOMES[one.kept.outcome],
        one.received.place[:_LONGEST],
        article.outlet[:_LONGEST],
        article.title[:_LONGEST] if article.title else None,
        one.kept.article,
        one.story,
    )
