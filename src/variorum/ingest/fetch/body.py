"""The body of an answer: read whole within its limits, and unpacked by what its bytes are."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from variorum.ingest.fetch.address import not_fetched

_GZIP = b"\x1f\x8b\x08"
_KNOWN = frozenset(("gzip", "x-gzip", "deflate", "identity", ""))
ACCEPTED = "gzip, deflate"
# How often one thing may be packed inside itself: once by the file, once by the server, once by a proxy.
_LAYERS = 3
_GZIP_BITS = 16 + zlib.MAX_WBITS


def read_whole(pieces: Iterable[bytes], url: str, *, limit: int, is_cut: bool = False) -> bytes:
    """``pieces`` joined. is_cut: whether what has more than ``limit`` bytes is cut there, and not refused."""
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limit:
            if is_cut:
                break
            raise not_fetched(url, f"the answer is larger than {limit:,} bytes")
    return bytes(body[:limit])


def unpacked(raw: bytes, encoding: str, url: str, *, limit: int) -> bytes:
    """``raw`` as it was before it was packed for the way.

    encoding: the Content-Encoding header, which is a hint: what is not packed as it says is taken as it is, and
    what is packed in gzip once more is unpacked once more. limit: bytes it may unpack to. Raises FetchRefused for
    more than that, for what breaks off, and for a packing that was not asked for.
    """
    named = [name.strip().lower() for name in encoding.split(",")]
    unknown = next((name for name in named if name not in _KNOWN), None)
    if unknown is not None:
        raise not_fetched(url, f"the answer came packed as {unknown[:20]!r}, which was not asked for")
    if "deflate" in named:
        raw = _deflated(raw, url, limit)
    for _ in range(_LAYERS):
        if not raw.startswith(_GZIP):
            break
        raw = _inflated(raw, _GZIP_BITS, url, limit)
    return raw


def _deflated(raw: bytes, url: str, limit: int) -> bytes:
    """Servers mean two formats by "deflate", with and without a header."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            zlib.decompressobj(bits).decompress(raw[:1_000], 10_000)
        except zlib.error:
            continue
        return _inflated(raw, bits, url, limit)
    return raw


def _inflated(raw: bytes, bits: int, url: str, limit: int) -> bytes:
    body = bytearray()
    while raw:
        packed = zlib.decompressobj(bits)
        try:
            body += packed.decompress(raw, limit + 1 - len(body))
        except zlib.error:
            raise not_fetched(url, "the packed answer is damaged") from None
        if len(body) > limit:
            raise not_fetched(url, f"the answer unpacks to more than {limit:,} bytes")
        if not packed.eof:
            raise not_fetched(url, "the packed answer breaks off before its end", is_passing=True)
        # A file may hold several packed one after the other; anything else behind the end is padding.
        raw = packed.unused_data if packed.unused_data.startswith(_GZIP) else b""
    return bytes(body)
