"""What came of asking an address, and when the next look is due."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask by whether an address has changed. Either is ``None`` where it gave none.

    etag: its ``ETag``, as sent. last_modified: its ``Last-Modified``, as sent.
    """

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whole and unpacked.

    url: where it was found, after redirects. asked: what was asked for. status: 200, or 304 for nothing new.
    media_type, charset: as declared, in lower case; ``None`` where nothing is, and no more than hints.
    raw: the bytes, unpacked; empty where nothing is new. not_modified: whether the server says that what was
    remembered by ``validators`` still holds. validators: to ask by next time. fetched_at: aware UTC.
    fresh_seconds: for how long the server says the answer holds, ``None`` where it does not say.
    """

    url: str
    asked: str
    status: int
    media_type: str | None
    charset: str | None
    raw: bytes
    not_modified: bool
    validators: Validators
    fetched_at: datetime
    fresh_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is due for a while. seconds: how long. place: the feed or folder that is looked at next."""

    seconds: float
    place: str
