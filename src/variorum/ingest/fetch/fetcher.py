"""Addresses to answers, politely: rules asked first, hosts spared, redirects followed by hand."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from importlib import metadata
from typing import Protocol
from urllib.parse import urljoin
from urllib.request import getproxies

from variorum.config.fetch import Fetch
from variorum.errors import FetchRefused
from variorum.ingest.fetch import hints
from variorum.ingest.fetch.address import Address, address_of, not_fetched, shown
from variorum.ingest.fetch.connect import Opener, open_socket, proxy_for
from variorum.ingest.fetch.pace import Pace, retry_after
from variorum.ingest.fetch.reach import Resolver, look_up, reach
from variorum.ingest.fetch.robots import Robots
from variorum.ingest.fetch.wire import Answer, Wire
from variorum.records import Fetched, Validators

_HOME = "https://github.com/variorum/variorum"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((429, 503))
_PASSING = frozenset((408, 425, 429))


class Memory(Protocol):
    """What an archive remembers of addresses, so that what has not changed is not sent again."""

    def validators(self, url: str) -> Validators | None:
        """What ``url`` gave to ask by; ``None`` where it was never fetched, or gave nothing."""

    def remember(self, url: str, validators: Validators) -> None:
        """Keep what ``url`` gave. Called only when all that stood there has been taken."""


class Forgetful:
    """A memory of nothing: every address is fetched anew."""

    def validators(self, url: str) -> Validators | None:  # noqa: ARG002
        return None

    def remember(self, url: str, validators: Validators) -> None:
        pass


class Fetcher:
    """Fetches addresses, from any number of threads, one request at a time to a host.

    memory: kept by the archive. resolve: looks up names. connect: opens sockets. proxies: as
    ``urllib.request.getproxies`` gives them, which is asked where ``None``. tls: how certificates are verified; by
    what the system trusts where ``None``. clock: seconds from any start. sleep: waits. now: aware UTC.
    """

    def __init__(
        self,
        *,
        settings: Fetch | None = None,
        memory: Memory | None = None,
        resolve: Resolver = look_up,
        connect: Opener = open_socket,
        proxies: Mapping[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings or Fetch()
        self._memory: Memory = Forgetful() if memory is None else memory
        self._resolve = resolve
        self._proxies = getproxies() if proxies is None else proxies
        self._now = now
        self._closed = threading.Event()
        self._wire = Wire(self.settings, tls=tls or ssl.create_default_context(), connect=connect)
        self._pace = Pace(self.settings, clock, sleep or self._closed.wait)
        self._robots = Robots(self.settings, self._rules, clock)
        self._agent = {"User-Agent": user_agent(self.settings.contact), "Accept": "*/*"}

    def fetch(self, url: str) -> Fetched:
        """What ``url`` answers, after redirects. Raises FetchRefused, in one sentence, for whatever fails.

        Where the memory has validators of the address, only what has changed is asked for.
        """
        address, answer = self._follow(self._address(url), self._polite)
        if answer.status == 200 and not answer.raw.strip():
            raise not_fetched(url, "the server sent an empty page")
        return Fetched(
            url=address.url,
            asked=url,
            status=answer.status,
            media_type=hints.media_type(answer.headers),
            charset=hints.charset(answer.headers),
            raw=answer.raw,
            not_modified=answer.status == 304,
            validators=hints.validators(answer.headers),
            fetched_at=self._now(),
            fresh_seconds=hints.fresh_seconds(answer.headers),
        )

    def settle(self, fetched: Fetched) -> None:
        """Remember that all of ``fetched`` has been taken, so that it need not be sent again.

        Not done by :meth:`fetch`: a run that is killed between the two would otherwise never see the rest.
        """
        if not fetched.not_modified and (fetched.validators.etag or fetched.validators.last_modified):
            self._memory.remember(fetched.url, fetched.validators)

    def close(self) -> None:
        """Cut what is being fetched, from any thread; whatever is asked for later is refused."""
        self._closed.set()
        self._wire.close()

    def _address(self, url: str) -> Address:
        return address_of(url, any_port=self.settings.allow_private)

    def _follow(self, address: Address, get: Callable[[Address], Answer]) -> tuple[Address, Answer]:
        """``get`` of ``address``, and of where it redirects to, checked anew each time."""
        asked = address
        seen = {address.url}
        while True:
            answer = get(address)
            if answer.status not in _REDIRECTS:
                _check(asked, answer)
                return address, answer
            address = self._next(asked, address, answer)
            if address.url in seen:
                raise not_fetched(
                    asked.url, f"it redirects in a circle, back to {shown(address.url)}", status=answer.status
                )
            seen.add(address.url)
            if len(seen) > self.settings.redirects + 1:
                raise not_fetched(
                    asked.url, f"it redirects more than {self.settings.redirects} times", status=answer.status
                )

    def _next(self, asked: Address, address: Address, answer: Answer) -> Address:
        location = answer.headers.get("location", "").strip()
        if not location:
            why = f"the server answered {answer.status} and names no address to go to"
            raise not_fetched(asked.url, why, status=answer.status)
        try:
            target = self._address(urljoin(address.url, location))
        except (FetchRefused, ValueError) as refusal:
            why = refusal.reason[:-1] if isinstance(refusal, FetchRefused) else "that is no address"
            raise not_fetched(asked.url, f"it redirects to {shown(location)} ({why})") from None
        if address.scheme == "https" and target.scheme == "http":
            # On the way back over http anybody could change the words, and the edition would quote them.
            raise not_fetched(
                asked.url, f"it redirects from an encrypted address to one that is not, {shown(target.url)}"
            )
        return target

    def _polite(self, address: Address) -> Answer:
        """One request to where the rules allow it, made again once where the server asks for some seconds."""
        self._ips(address)  # an address that may not be asked is refused before its robots.txt is
        self._pace.delay(address.host, self._robots.delay_for(address))
        headers = hints.asked_by(self._memory.validators(address.url))
        answer = self._once(address, headers)
        wait = self._busy(address, answer)
        if wait is not None and wait <= self.settings.retry_wait_seconds:
            answer = self._once(address, headers)
            wait = self._busy(address, answer)
        if wait is not None:
            why = f"the server asks to be left alone for {wait:,.0f} seconds ({answer.status})"
            raise not_fetched(address.url, why, status=answer.status, retry_seconds=wait, is_passing=True)
        if answer.status == 304 and not headers:
            raise not_fetched(address.url, "the server says it has not changed, which was not asked", status=304)
        return answer

    def _busy(self, address: Address, answer: Answer) -> float | None:
        """Seconds that a server which has too much to do asks for; its host is closed for so long."""
        wait = retry_after(answer.headers.get("retry-after"), self._now()) if answer.status in _BUSY else None
        if wait is not None:
            wait = min(wait, self.settings.retry_most_seconds)
            self._pace.close(address.host, wait)
        return wait

    def _once(self, address: Address, headers: Mapping[str, str], *, most: int = 0) -> Answer:
        with self._pace.turn(address.host, address.url):
            if self._closed.is_set():
                raise not_fetched(address.url, "fetching was stopped", is_passing=True)
            proxy = proxy_for(address, self._proxies)
            ips = self._ips(address)
            if proxy is not None:
                ips = self._proxy_ips(address, proxy.host, proxy.port)
            return self._wire.get(address, ips, proxy, {**self._agent, **headers}, most=most)

    def _ips(self, address: Address) -> tuple[str, ...]:
        """Where the host is. Behind a proxy only it may know; then the host's name is all that can be looked at."""
        try:
            return reach(address, resolve=self._resolve, allow_private=self.settings.allow_private)
        except FetchRefused as refusal:
            if refusal.is_passing and proxy_for(address, self._proxies) is not None:
                return ()
            raise

    def _proxy_ips(self, address: Address, host: str, port: int) -> tuple[str, ...]:
        """The proxy's own addresses, which may be private: whoever runs the program named it."""
        try:
            return tuple(dict.fromkeys(self._resolve(host, port)))
        except (OSError, UnicodeError):
            raise not_fetched(address.url, f"the proxy {host} is not known to the name service") from None

    def _rules(self, place: Address) -> tuple[int, bytes]:
        """A robots.txt. One that redirects too often is taken for missing, as RFC 9309 has it."""
        try:
            _, answer = self._follow(place, lambda at: self._once(at, {}, most=self.settings.robots_bytes))
        except FetchRefused as refusal:
            if refusal.status is not None:
                return refusal.status, b""
            raise
        return answer.status, answer.raw


def user_agent(contact: str | None) -> str:
    """How the program names itself to servers: what it is, where to read about it, and whom to write to."""
    said = " ".join("".join(char for char in contact or "" if char.isascii() and char.isprintable()).split())[:200]
    return f"variorum/{_release()} (+{_HOME}{f'; {said}' if said else ''})"


def _release() -> str:
    try:
        return metadata.version("variorum")
    except metadata.PackageNotFoundError:
        return "0"  # run from a folder that was never installed


def _check(asked: Address, answer: Answer) -> None:
    """Raises FetchRefused for an answer that is not what was asked for."""
    if answer.status in (200, 304):
        return
    try:
        phrase = f" ({HTTPStatus(answer.status).phrase.lower()})"
    except ValueError:
        phrase = ""
    is_passing = answer.status >= 500 or answer.status in _PASSING
    raise not_fetched(
        asked.url, f"the server answered {answer.status}{phrase}", status=answer.status, is_passing=is_passing
    )
