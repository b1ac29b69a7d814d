"""One request at a time to a host, with a pause between, and none where it asks to be left alone."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from variorum.config.fetch import Fetch
from variorum.ingest.fetch.address import not_fetched


@dataclass(slots=True)
class _Host:
    """lock: held while it is asked. free_at: when it may be asked again. delay: seconds it asks for between."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    delay: float = 0.0


class Pace:
    """When each host may be asked next. clock: seconds from any start. sleep: waits for some seconds."""

    def __init__(self, settings: Fetch, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, url: str) -> Iterator[None]:
        """Wait until ``host`` may be asked, and keep all others from asking it meanwhile.

        Raises FetchRefused when it has asked to be left alone for longer than is waited.
        """
        state = self._host(host)
        with state.lock:
            wait = state.free_at - self._clock()
            longest = max(
                self._settings.retry_wait_seconds, self._settings.crawl_delay_seconds, self._settings.pause_seconds
            )
            if wait > longest:
                why = f"its server asked to be left alone for another {wait:,.0f} seconds"
                raise not_fetched(url, why, retry_seconds=wait, is_passing=True)
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                pause = max(self._settings.pause_seconds, min(state.delay, self._settings.crawl_delay_seconds))
                state.free_at = max(state.free_at, self._clock() + pause)

    def delay(self, host: str, seconds: float) -> None:
        """What its robots.txt asks for between two requests to ``host``."""
        self._host(host).delay = seconds

    def close(self, host: str, seconds: float) -> None:
        """Leave ``host`` alone for ``seconds``, up to the settings' most."""
        state = self._host(host)
        state.free_at = max(state.free_at, self._clock() + min(seconds, self._settings.retry_most_seconds))

    def _host(self, host: str) -> _Host:
        with self._lock:
            state = self._hosts.pop(host, None) or _Host()
            self._hosts[host] = state
            while len(self._hosts) > self._settings.hosts:
                self._hosts.popitem(last=False)
            return state


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` header asks for; ``None`` where it asks for nothing that can be read."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
