"""What an answer's headers say of it; hints, which its bytes outweigh."""

from __future__ import annotations

import re
from collections.abc import Mapping

from variorum.records import Validators

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_TYPE = re.compile(r"\s*([\w.+-]{1,60}/[\w.+-]{1,80})\s*(?:;|$)")
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})")
_UNKEPT = re.compile(r"(?:^|[\s,])no-(?:store|cache)\b")
_LONGEST = 500


def media_type(headers: Mapping[str, str]) -> str | None:
    """The declared type with no parameters; ``None`` for none, or for what has not the form of one."""
    match = _TYPE.match(headers.get("content-type", ""))
    return match[1].lower() if match else None


def charset(headers: Mapping[str, str]) -> str | None:
    match = _CHARSET.search(headers.get("content-type", ""))
    return match[1].lower() if match else None


def validators(headers: Mapping[str, str]) -> Validators:
    """What to ask by next time; only values that may be sent back as they are."""
    return Validators(_sendable(headers.get("etag")), _sendable(headers.get("last-modified")))


def fresh_seconds(headers: Mapping[str, str]) -> float | None:
    """For how long the answer holds by its Cache-Control; ``None`` where it does not say."""
    value = headers.get("cache-control", "").lower()
    match = None if _UNKEPT.search(value) else _MAX_AGE.search(value)
    return float(match[1]) if match else None


def asked_by(known: Validators | None) -> dict[str, str]:
    """The headers that ask for an address only where it has changed."""
    if known is None:
        return {}
    etag, last_modified = _sendable(known.etag), _sendable(known.last_modified)
    return ({"If-None-Match": etag} if etag else {}) | ({"If-Modified-Since": last_modified} if last_modified else {})


def _sendable(value: str | None) -> str | None:
    """A header of a server that is sent back to it: no line end in it, and not a page long."""
    value = (value or "").strip()
    return value if value and value.isascii() and value.isprintable() and len(value) <= _LONGEST else None
