"""Which addresses may be asked: the web's own, written so that they mean one thing."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit

from variorum.config.ingest import Ingest
from variorum.errors import FetchRefused
from variorum.ingest.decode import cleaned

_PORTS = {"http": 80, "https": 443}
# Ports under this other than the web's own are kept for other services, which a request could disturb.
_FIRST_FREE_PORT = 1024
_LONGEST = Ingest().url_characters
_LONGEST_SHOWN = 300
_CREDENTIALS = re.compile(r"(?<=//)[^/?#\s]*@")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*")
# What browsers read as a number, and so as an IPv4 address: 2130706433, 0x7f.1, 0177.0.0.1.
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_PATH_SAFE = "/%:@!$&'()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?[]|"


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that can be asked.

    scheme: "http" or "https". host: in lower case, in ASCII, with no dot at its end. port: always given.
    target: path and query. literal: the host where it is an IP address, however it was written.
    """

    scheme: str
    host: str
    port: int
    target: str
    literal: IPv4Address | IPv6Address | None

    @property
    def authority(self) -> str:
        """Host and port as a URL has them, the port only where it is not the usual one."""
        host = f"[{self.host}]" if isinstance(self.literal, IPv6Address) else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def shown(url: str) -> str:
    """``url`` as it may be printed: on one line, of bounded length, with no name or password in it."""
    line = " ".join(_CREDENTIALS.sub("", cleaned(url[: 4 * _LONGEST_SHOWN])).split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def not_fetched(
    url: str,
    why: str,
    *,
    status: int | None = None,
    retry_seconds: float | None = None,
    is_passing: bool = False,
    first_bytes: bytes = b"",
) -> FetchRefused:
    """The refusal to raise for ``url``: one sentence. why: its second half, with no full stop."""
    reason = f"{shown(url)} was not fetched: {why}."
    return FetchRefused(
        reason, status=status, retry_seconds=retry_seconds, is_passing=is_passing, first_bytes=first_bytes
    )


def address_of(url: str, *, any_port: bool = False) -> Address:
    """What ``url`` asks for. any_port: whether ports of other services may be asked.

    Raises FetchRefused for what is no address of the web, and for what one program reads in one way and another
    in another: control characters, a user's name before the host, numbers that are no IP address.
    """
    bare = url.strip(" \t\r\n")
    if len(bare) > _LONGEST:
        raise not_fetched(url, f"its address is longer than {_LONGEST:,} characters")
    if _CONTROL.search(bare):
        raise not_fetched(url, "its address has a space or a control character in it")
    try:
        split = urlsplit(bare)
        port, hostname, named = split.port, split.hostname or "", "@" in split.netloc
    except ValueError:
        raise not_fetched(url, "this is no address that can be read") from None
    scheme = split.scheme.lower()
    if scheme not in _PORTS:
        raise not_fetched(url, "only addresses with http:// and https:// are fetched")
    if named:
        # It would be kept in the archive, and printed; and it is how one host is made to look like another.
        raise not_fetched(url, "its address has a user's name in it")
    host, literal = _host(url, hostname, "[" in split.netloc)
    port = _PORTS[scheme] if port is None else port
    if not any_port and port not in _PORTS.values() and port < _FIRST_FREE_PORT:
        raise not_fetched(url, f"port {port} belongs to another service than the web")
    target = quote(split.path or "/", safe=_PATH_SAFE) + (
        f"?{quote(split.query, safe=_QUERY_SAFE)}" if split.query else ""
    )
    return Address(scheme, host, port, target, literal)


def _host(url: str, hostname: str, bracketed: bool) -> tuple[str, IPv4Address | IPv6Address | None]:
    if bracketed:
        try:
            literal = IPv6Address("" if "%" in hostname else hostname)  # a zone is this machine's own
        except AddressValueError:
            raise not_fetched(url, "its host is no IP address") from None
        return str(literal), literal
    try:
        # The codec folds letters that only look like ASCII, digits and dots among them.
        host = hostname.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise not_fetched(url, "its host is no name that a host can have") from None
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise not_fetched(url, "its host is no name that a host can have" if host else "its address names no host")
    if not _NUMERIC.fullmatch(host):
        return host, None
    try:
        number = IPv4Address(socket.inet_aton(host))
    except OSError:
        raise not_fetched(url, "its host is a number that is no IP address") from None
    return str(number), number
