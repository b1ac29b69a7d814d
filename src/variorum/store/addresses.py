"""Where a report is found, and so what a later text found there is a revision of."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from variorum.records import Received
from variorum.text import digest

# What newsletters, networks and counters hang on an address; the page is the same without.
_TRACKING = ("utm_", "at_", "mc_", "pk_", "ns_", "hsa_", "_hs")
_TRACKING_NAMES = frozenset(
    "fbclid gclid dclid gbraid wbraid msclkid igshid cmpid ref ref_src smid sr_share ocid xtor partner".split()
)
_PORTS = {"http": 80, "https": 443}
_LONGEST = 500  # characters; an index takes no more
_STANDARD_INPUT = "-"


def addresses(received: Received) -> tuple[str, ...]:
    """The addresses of a report: its URL and its input's own id; its file's name where it has neither."""
    article = received.article
    found = []
    if article.url:
        found.append(address_of(article.url))
    if received.key:
        found.append(_short(f"key:{article.outlet}/{received.key}"))
    # A row of a table is no address: the next day's table of that name has others in it.
    if not found and received.place != _STANDARD_INPUT and "#" not in received.place:
        found.append(_short(f"file:{article.outlet}/{received.place}"))
    return tuple(dict.fromkeys(found))


def is_weak(address: str) -> bool:
    """Whether an address is a file's name, which alone does not say that two texts are one report's."""
    return address.startswith("file:")


def address_of(url: str) -> str:
    """A URL as an address: host in small letters, no default port, fragment or tracking, arguments sorted.

    ``http`` and ``https`` are one address, and so are a path with and without the slash at its end.
    """
    try:
        split = urlsplit(url.strip())
        port = split.port
    except ValueError:
        return _short(url.strip())
    if split.scheme not in _PORTS or not split.hostname:
        return _short(url.strip())
    host = split.hostname.rstrip(".") + ("" if port in (None, *_PORTS.values()) else f":{port}")
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(split.query, keep_blank_values=True)
        if name.lower() not in _TRACKING_NAMES and not name.lower().startswith(_TRACKING)
    )
    return _short(urlunsplit(("https", host, split.path.rstrip("/") or "/", urlencode(kept), "")))


def _short(address: str) -> str:
    return address if len(address) <= _LONGEST else f"{address[: _LONGEST - 20]}…{digest(address)}"
