"""When a page says it was published: to the unit it gives and on the clock it gives, no finer."""

import re
from datetime import UTC, datetime, timedelta, timezone

from variorum.records import Published, PublishedPrecision

_ISO = re.compile(
    r"^\s*(?P<year>\d{4})(?:-?(?P<month>\d{2})(?:-?(?P<day>\d{2})(?:[T ]+(?P<hour>\d{1,2})(?::?(?P<minute>\d{2})"
    r"(?::?(?P<second>\d{2})(?:[.,]\d+)?)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?)?)?\s*$",
    re.IGNORECASE,
)
_MONTHS = "january february march april may june july august september october november december".split()
# Abbreviations newspapers print, with no second meaning among places that print news in English.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
    "est": -300, "edt": -240, "et": None, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "sgt": 480, "hkt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
_WORDED = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](?P<m1>[a-z]{3,9})\.?,?[ -](?P<y1>\d{4})"
    r"|(?P<m2>[a-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? (?P<y2>\d{4}))"
    r"(?:[\s,|·•-]*(?:at )?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*\(?(?P<zone>[a-z]{1,4}\b|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_YEARS = range(1600, 2200)


def published(value: str) -> Published | None:
    """The time that ``value`` states; ``None`` when it states none, or none that can be.

    value: ISO 8601 as JSON-LD and meta tags have it, or "6 November 2023, 15:20 GMT". A time with no
    zone is taken as UTC and its offset is ``None``. All-figure dates with the day or month first
    (03/04/2025) are not read: two continents read them differently.
    """
    text = value.strip()[:120]
    match = _ISO.match(text)
    if match is not None:
        return _made(
            int(match["year"]),
            match["month"],
            match["day"],
            match["hour"],
            match["minute"],
            match["second"],
            match["zone"],
        )
    match = _WORDED.search(text)
    if match is None:
        return None
    month = _month(match["m1"] or match["m2"])
    if month is None:
        return None
    hour = match["hour"]
    if hour is not None and match["half"]:
        hour = str(int(hour) % 12 + (12 if match["half"].lower().startswith("p") else 0))
    return _made(
        int(match["y1"] or match["y2"]),
        str(month),
        match["d1"] or match["d2"],
        hour,
        match["minute"],
        match["second"],
        match["zone"],
    )


def _month(word: str) -> int | None:
    """1 to 12 for a month's name or the beginning of one."""
    return next((at for at, name in enumerate(_MONTHS, start=1) if name.startswith(word.lower())), None)


def _made(
    year: int,
    month: str | None,
    day: str | None,
    hour: str | None,
    minute: str | None,
    second: str | None,
    zone: str | None,
) -> Published | None:
    if year not in _YEARS:
        return None
    offset = _offset(zone)
    at_zone = UTC if offset is None else timezone(timedelta(minutes=offset))
    try:
        at = datetime(
            year, int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=at_zone
        ).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    units: tuple[tuple[PublishedPrecision, str | None], ...] = (
        ("second", second), ("minute", minute), ("hour", hour), ("day", day), ("month", month),
    )  # fmt: skip
    precision: PublishedPrecision = next((unit for unit, given in units if given is not None), "year")
    if hour is None:
        # A bare date is a date on the page's own calendar, wherever that is.
        at = datetime(year, int(month or 1), int(day or 1), tzinfo=UTC)
        offset = None
    return Published(at, precision, offset)


def _offset(zone: str | None) -> int | None:
    """Minutes east of Greenwich; ``None`` when no zone is given or it is not known."""
    if not zone:
        return None
    if zone.lower() in _ZONES:
        return _ZONES[zone.lower()]
    match = re.fullmatch(r"([+-])(\d{2}):?(\d{2})?", zone)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return minutes * (-1 if match[1] == "-" else 1) if minutes < 24 * 60 else None
