"""Feeds and folders looked at again and again: what is new in them, as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from variorum.config.ingest import Ingest
from variorum.ingest.fetch import Fetcher
from variorum.ingest.online import Known, Online, nothing_known
from variorum.ingest.watch_feed import FeedWatch
from variorum.ingest.watch_folder import FolderWatch
from variorum.records import Pause, Received, Refusal

# Longest sleep in one piece, in seconds: how long it takes at most to notice that it should stop.
_NAP_SECONDS = 1.0
_WEB = ("http://", "https://")


class Look(Protocol):
    """A place that is looked at. place: as it is shown. due_at: when next, on the watch's clock."""

    @property
    def place(self) -> str: ...

    @property
    def due_at(self) -> float: ...

    def look(self) -> Iterator[Received | Refusal]:
        """What is new; sets the time of the next look."""


def watch(
    places: Sequence[str | Path],
    *,
    fetcher: Fetcher,
    settings: Ingest | None = None,
    known: Known = nothing_known,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], object] = time.sleep,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Received | Refusal | Pause]:
    """The reports that come to ``places``, for as long as ``stop`` says no.

    places: addresses of feeds, and of OPML lists of them; folders, and files. A feed is asked for as seldom as it
    wants, more seldom the longer it fails; a file is read when it has been still for two looks, and again when it
    has changed. What fails is told once and tried again. known: see :data:`variorum.ingest.online.Known`. clock:
    seconds from any start. sleep: waits; woken early it is called again. stop: asked between any two of these.
    A pause is given before every wait, with what is waited for. Raises nothing for what is wrong with a place.
    Whoever makes ``stop`` say yes should close ``fetcher`` as well, which cuts short what is being fetched.
    """
    settings = settings or Ingest()
    tried = Tried(known, fetcher.settings.tried)
    online = Online(fetcher, settings, tried, done_with=tried.add)
    looks: list[Look] = []
    wanted = tuple(dict.fromkeys(str(place) for place in places))
    feeds = sum(_is_web(place) for place in wanted)
    for place in wanted:
        if _is_web(place):
            spread = sum(_is_web(look.place) for look in looks) / max(1, feeds)
            looks.append(FeedWatch(place, online, settings, clock, spread=spread))
        else:
            looks.append(FolderWatch(Path(place), settings, clock, seconds=fetcher.settings.folder_seconds))
    while looks and not stop():
        look = min(looks, key=lambda look: look.due_at)
        wait = look.due_at - clock()
        if wait > 0:
            yield Pause(wait, look.place)
            _rest(look.due_at, clock, sleep, stop)
            continue
        for one in look.look():
            if stop():
                return  # what was cut off is no news; it comes again the next time
            yield one
        if isinstance(look, FeedWatch) and look.listed:
            had = {other.place for other in looks}
            more = [url for url in look.listed if url not in had]
            looks.remove(look)
            looks.extend(FeedWatch(url, online, settings, clock, spread=at / len(more)) for at, url in enumerate(more))


class Tried:
    """What the archive knows, and what was tried in this watch and holds no report, which is not tried again.

    An archive remembers reports. A page that holds none would be fetched again every time its feed changes.
    """

    def __init__(self, known: Known, most: int) -> None:
        self._known = known
        self._most = most
        self._tried: dict[str, datetime | None] = {}

    def __call__(self, key: str, at: datetime | None) -> bool:
        if key in self._tried and self._tried[key] == at:
            return True
        return self._known(key, at)

    def add(self, key: str, at: datetime | None) -> None:
        """Not to be tried again until it says that it has changed."""
        self._tried.pop(key, None)
        self._tried[key] = at
        while len(self._tried) > self._most:
            del self._tried[next(iter(self._tried))]


def _is_web(place: str | Path) -> bool:
    return str(place).lower().startswith(_WEB)


def _rest(until: float, clock: Callable[[], float], sleep: Callable[[float], object], stop: Callable[[], bool]) -> None:
    while (wait := until - clock()) > 0 and not stop():
        sleep(min(wait, _NAP_SECONDS))
