"""What a host's robots.txt allows, as RFC 9309 reads it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from variorum.config.fetch import Fetch
from variorum.errors import FetchRefused
from variorum.ingest.fetch.address import Address, not_fetched

TOKEN = "variorum"  # noqa: S105 - the name robots.txt files may call this program by
# Longest line of a robots.txt that is read: addresses are no longer.
_LINE = 2_000


@dataclass(frozen=True, slots=True)
class _Rules:
    """rules: ``None`` where there are none. why: the reason for which nothing is allowed. until: kept so long."""

    rules: Protego | None
    why: str | None
    until: float


class Robots:
    """The rules of every host asked, fetched when first wanted.

    get: fetches a robots.txt and gives its status and as much of it as is read; raises FetchRefused.
    clock: seconds from any start.
    """

    def __init__(
        self, settings: Fetch, get: Callable[[Address], tuple[int, bytes]], clock: Callable[[], float]
    ) -> None:
        self._settings = settings
        self._get = get
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], _Rules] = OrderedDict()
        self._locks: dict[tuple[str, str], threading.Lock] = {}
        self._lock = threading.Lock()

    def delay_for(self, address: Address) -> float:
        """Seconds that the host wants between two requests, where ``address`` may be asked.

        Raises FetchRefused where it may not: because the rules say so, or because they cannot be had.
        """
        key = address.scheme, address.authority
        with self._lock:
            turn = self._locks.setdefault(key, threading.Lock())
        with turn:
            found = self._known.get(key)
            if found is None or found.until <= self._clock():
                found = self._read(address)
                self._keep(key, found)
        if found.why is not None:
            raise not_fetched(address.url, found.why, is_passing=True)
        if found.rules is None:
            return 0.0
        if not found.rules.can_fetch(address.url, TOKEN):
            raise not_fetched(address.url, "the robots.txt of its host does not allow it")
        delay = found.rules.crawl_delay(TOKEN)
        return float(delay) if delay is not None and delay == delay else 0.0

    def _read(self, address: Address) -> _Rules:
        """A missing file allows everything; one that cannot be had allows nothing for a while."""
        again = self._clock() + self._settings.robots_retry_seconds
        place = Address(address.scheme, address.host, address.port, "/robots.txt", address.literal)
        try:
            status, raw = self._get(place)
        except FetchRefused as refusal:
            return _Rules(None, f"whether its host allows it could not be learned ({refusal.reason[:-1]})", again)
        if status == 429 or status >= 500:
            return _Rules(
                None, f"whether its host allows it could not be learned (its robots.txt answered {status})", again
            )
        until = self._clock() + self._settings.robots_seconds
        if status != 200:
            return _Rules(None, None, until)
        lines = raw.decode("utf-8-sig", "replace").splitlines()
        return _Rules(Protego.parse("\n".join(line for line in lines if len(line) <= _LINE)), None, until)

    def _keep(self, key: tuple[str, str], rules: _Rules) -> None:
        with self._lock:
            self._known.pop(key, None)
            self._known[key] = rules
            while len(self._known) > self._settings.hosts:
                gone, _ = self._known.popitem(last=False)
                self._locks.pop(gone, None)
