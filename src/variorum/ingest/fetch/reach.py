"""Where a name leads, and whether that is on the public internet."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from itertools import zip_longest

from variorum.ingest.fetch.address import Address, not_fetched

Resolver = Callable[[str, int], list[str]]
"""Gives the IP addresses of a host and port. Raises OSError where there are none."""

# The IANA special-purpose registries of 2025, written out: what ``ipaddress`` calls global changes between
# releases of Python, and which machine is asked must not.
_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_PUBLIC_6 = IPv6Network("2000::/3")
# Of those: Teredo and the other assignments for protocols, examples, and 6to4, which carries any IPv4 address.
_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)  # fmt: skip
# How a network that has only IPv6 reaches every IPv4 host: as public as the address inside.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an IP address is one that anybody may ask: not private, not this machine, not a network's own.

    An IPv4 address inside an IPv6 one (mapped, or behind NAT64) is judged by itself; 6to4 and Teredo, which hide
    one, are never public here.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    inner = address.ipv4_mapped or (IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None)
    if inner is not None:
        return is_public(inner)
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses that the system gives for ``host``. Raises OSError where it gives none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def reach(address: Address, *, resolve: Resolver, allow_private: bool) -> tuple[str, ...]:
    """The IP addresses at which the host may be asked, in the order they are to be tried.

    Whoever connects must connect to one of these and not look the name up again: the second answer may differ.
    Raises FetchRefused where the name leads nowhere, or only to addresses that are not public.
    """
    found = [str(address.literal)] if address.literal is not None else _resolved(address, resolve)
    public = tuple(dict.fromkeys(ip for ip in found if allow_private or _is_public(ip)))
    if not public:
        raise not_fetched(
            address.url,
            f"its host leads to {found[0]}, which is not on the public internet"
            if found
            else "its host is not known to the name service",
        )
    return _in_turn(public)


def _in_turn(ips: tuple[str, ...]) -> tuple[str, ...]:
    """``ips`` with the two kinds taking turns, so that a network on which one of them is dead still gets through."""
    first = [ip for ip in ips if (":" in ip) == (":" in ips[0])]
    other = [ip for ip in ips if ip not in first]
    pairs = zip_longest(first, other)
    return tuple(ip for pair in pairs for ip in pair if ip is not None)


def _resolved(address: Address, resolve: Resolver) -> list[str]:
    try:
        return resolve(address.host, address.port)
    except (OSError, UnicodeError):
        raise not_fetched(address.url, "its host is not known to the name service", is_passing=True) from None


def _is_public(ip: str) -> bool:
    try:
        return is_public(ip_address(ip))
    except ValueError:
        return False
