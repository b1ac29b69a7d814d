"""Connections that lead where was checked, and nowhere else."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import unquote, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]  # documented, not in the stubs

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import make_headers

from variorum.ingest.fetch.address import Address, not_fetched, shown

Opener = Callable[[str, int, float], socket.socket]
"""Connects to an IP address and port within some seconds. Raises OSError."""


def open_socket(ip: str, port: int, seconds: float) -> socket.socket:
    """A connection to ``ip``, whose other end is looked at once more before a byte is sent. Raises OSError."""
    connection = socket.create_connection((ip, port), seconds)
    try:
        peer = ip_address(connection.getpeername()[0])
        if peer != ip_address(ip) and not (isinstance(peer, IPv6Address) and peer.ipv4_mapped == ip_address(ip)):
            raise OSError(f"asked for {ip} and was connected to {peer}")
    except BaseException:
        connection.close()
        raise
    return connection


class Plain(HTTPConnection):
    """An HTTP connection over a socket that is opened elsewhere, so that no name is looked up a second time."""

    opened: Callable[[], socket.socket]

    def _new_conn(self) -> socket.socket:
        return self.opened()


class Secure(HTTPSConnection):
    """The same over TLS: the certificate is held to the name that was asked for, not to the IP address."""

    opened: Callable[[], socket.socket]

    def _new_conn(self) -> socket.socket:
        return self.opened()


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy through which an address is asked. headers: what it wants to see before it lets anybody through."""

    host: str
    port: int
    headers: Mapping[str, str]


def proxy_for(address: Address, proxies: Mapping[str, str]) -> Proxy | None:
    """The proxy that the environment names for ``address``; ``None`` where it is to be asked directly.

    proxies: as ``urllib.request.getproxies`` gives them. Raises FetchRefused for a proxy of an unknown kind.
    """
    url = proxies.get(address.scheme) or proxies.get("all")
    if not url or proxy_bypass_environment(address.authority, dict(proxies)):
        return None
    try:
        split = urlsplit(url if "//" in url else f"//{url}", scheme="http")
        host, port = split.hostname, split.port or 80
    except ValueError:
        host, port, split = None, 0, urlsplit("")
    if not host or split.scheme != "http":
        raise not_fetched(address.url, f"the proxy {shown(url)} is not one that is asked over http://")
    named = f"{unquote(split.username)}:{unquote(split.password or '')}" if split.username else None
    return Proxy(host, port, make_headers(proxy_basic_auth=named) if named else {})


def connection_to(
    address: Address, proxy: Proxy | None, opened: Callable[[], socket.socket], *, seconds: float, tls: ssl.SSLContext
) -> tuple[Plain | Secure, str]:
    """A connection that is not yet made, and what to ask on it. opened: opens the socket to the host or the proxy."""
    host, port = (proxy.host, proxy.port) if proxy else (address.host, address.port)
    target = address.target
    connection: Plain | Secure
    if address.scheme == "https":
        connection = Secure(host, port, timeout=seconds, ssl_context=tls)
        if proxy:
            connection.set_tunnel(address.host, address.port, headers=proxy.headers)
    else:
        connection = Plain(host, port, timeout=seconds)
        target = address.url if proxy else target
    connection.opened = opened
    return connection, target
