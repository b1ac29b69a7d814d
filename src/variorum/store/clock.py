"""Times as an archive writes them."""

from datetime import UTC, datetime


def stamp(at: datetime | None = None) -> str:
    """A time, now by default, as ISO 8601 in UTC to the microsecond: one length, so that text order is time order."""
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
