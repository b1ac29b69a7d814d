"""One request and its answer, with every way in which it can fail told in a sentence."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse

from variorum.config.fetch import Fetch
from variorum.errors import FetchRefused
from variorum.ingest.fetch.address import Address, not_fetched
from variorum.ingest.fetch.body import ACCEPTED, read_whole, unpacked
from variorum.ingest.fetch.connect import Opener, Proxy, connection_to
from variorum.ingest.fetch.deadline import Deadline

_PIECE = 65_536
# IP addresses of one host that are tried; a host may name hundreds that are all dead.
_ADDRESSES = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. headers: by name in lower case, the first of each. raw: unpacked; empty but for 200."""

    status: int
    headers: Mapping[str, str]
    raw: bytes


class Wire:
    """Sends requests, one connection each: pauses between requests leave nothing to gain from keeping one open.

    tls: how certificates are verified. connect: opens a socket to an IP address.
    """

    def __init__(self, settings: Fetch, *, tls: ssl.SSLContext, connect: Opener) -> None:
        self._settings = settings
        self._tls = tls
        self._connect = connect
        self._live: set[Deadline] = set()
        self._lock = threading.Lock()
        self._is_closed = False

    def get(
        self, address: Address, ips: tuple[str, ...], proxy: Proxy | None, headers: Mapping[str, str], *, most: int = 0
    ) -> Answer:
        """Ask ``address`` at one of ``ips``, which are the proxy's where there is one. Raises FetchRefused.

        most: bytes at which the body is cut; where 0, one that is larger than the settings allow is refused.
        """
        deadline = Deadline(self._settings.total_seconds)
        with self._lock:
            if self._is_closed:
                raise self._over(address)
            self._live.add(deadline)
        try:
            with deadline:
                return self._get(address, ips, proxy, headers, most, deadline)
        except (OSError, ValueError, http.client.HTTPException, HTTPError) as error:
            if deadline.passed:
                raise self._over(address) from error
            raise _told(address, error, self._settings) from error
        finally:
            with self._lock:
                self._live.discard(deadline)

    def close(self) -> None:
        """Cut every connection that is open, and make no more."""
        with self._lock:
            self._is_closed = True
            live = list(self._live)
        for deadline in live:
            deadline.end()

    def _over(self, address: Address) -> FetchRefused:
        why = (
            "fetching was stopped"
            if self._is_closed
            else f"it was not there whole after {self._settings.total_seconds:g} seconds"
        )
        return not_fetched(address.url, why, is_passing=True)

    def _get(
        self,
        address: Address,
        ips: tuple[str, ...],
        proxy: Proxy | None,
        headers: Mapping[str, str],
        most: int,
        deadline: Deadline,
    ) -> Answer:
        def opened() -> socket.socket:
            return self._opened(ips, proxy.port if proxy else address.port, deadline)

        connection, target = connection_to(address, proxy, opened, seconds=self._settings.read_seconds, tls=self._tls)
        sent = {"Host": address.authority, "Accept-Encoding": ACCEPTED, "Connection": "close", **headers}
        if proxy and address.scheme == "http":
            sent |= proxy.headers
        try:
            connection.request("GET", target, headers=sent, preload_content=False, decode_content=False)
            response = connection.getresponse()
            try:
                answer = self._answer(address, response, most)
            finally:
                response.close()
        finally:
            connection.close()
        if deadline.passed:
            # The cut looks like the end of an answer that does not say how long it is.
            raise self._over(address)
        return answer

    def _opened(self, ips: tuple[str, ...], port: int, deadline: Deadline) -> socket.socket:
        failed: OSError = OSError("no address")
        for ip in ips[:_ADDRESSES]:
            try:
                connection = self._connect(ip, port, self._settings.connect_seconds)
            except OSError as error:
                failed = error
                continue
            try:
                connection.settimeout(self._settings.read_seconds)
                deadline.hold(connection)
            except OSError:
                connection.close()
                raise
            return connection
        raise _NotConnected(failed) from failed

    def _answer(self, address: Address, response: BaseHTTPResponse, most: int) -> Answer:
        headers: dict[str, str] = {}
        for name, value in response.headers.items():
            headers.setdefault(name.lower(), value)
        if response.status not in (200, 203):
            return Answer(response.status, headers, b"")
        limit = most or self._settings.wire_bytes
        pieces = response.stream(_PIECE, decode_content=False)
        raw = read_whole(pieces, address.url, limit=limit, is_cut=bool(most))
        encoding = headers.get("content-encoding", "")
        return Answer(200, headers, unpacked(raw, encoding, address.url, limit=self._settings.unpacked_bytes))


class _NotConnected(OSError):
    """No connection could be made. error: why the last that was tried was not."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def _told(address: Address, error: Exception, settings: Fetch) -> FetchRefused:
    """An error of the network in words."""
    is_passing = True
    if isinstance(error, ssl.SSLCertVerificationError):
        is_passing = False
        why = f"its server could not prove that it is {address.host} ({error.verify_message or 'no valid certificate'})"
    elif isinstance(error, ssl.SSLError):
        why = "no secure connection to its server could be made"
    elif isinstance(error, _NotConnected):
        why = (
            f"its server could not be reached within {settings.connect_seconds:g} seconds"
            if isinstance(error.error, TimeoutError)
            else f"its server could not be reached ({error.error.strerror or error.error})"
        )
    elif isinstance(error, TimeoutError | ReadTimeoutError):
        why = f"its server sent nothing for {settings.read_seconds:g} seconds"
    elif isinstance(error, http.client.RemoteDisconnected | ConnectionError):
        why = "its server closed the connection without an answer"
    elif isinstance(error, http.client.LineTooLong) or "headers" in str(error):
        why = "its server sent more headers than an answer has"
    elif isinstance(error, http.client.HTTPException):
        why = "what its server sent is no HTTP answer"
    elif isinstance(error, HTTPError):
        why = "the answer broke off, or contradicts itself about its length"
    else:
        why = f"the connection failed ({getattr(error, 'strerror', None) or error})"
    return not_fetched(address.url, why, is_passing=is_passing)
