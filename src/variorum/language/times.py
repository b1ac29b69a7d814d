"""Expressions of time: found, resolved against the publication date where there is one, or left open."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from variorum.records import Article, Span, TimeMention, TimePrecision, Token

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (

        "january february march april may june july august september october november december".split()
)  # fmt: skip
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_COUNT = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,3})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        ("iso", r"\b(?P<year>(?:1[5-9]|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)\b", 0),
        ("date", rf"\b{_MONTH}\s+{_DAY}(?![\d:])(?:,?\s+{_YEAR}\b)?", 0),
        ("date", rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?!\w)(?:,?\s+{_YEAR}\b)?", 0),
        ("month", rf"\b{_MONTH}(?!\w)(?:\s+of)?,?\s+{_YEAR}\b", 0),
        ("month", rf"\b(?:in|since|by|until|from|of|last|early|late|mid|through)[\s-]+{_MONTH}(?!\w)", re.I),
        ("weekday", r"\b(?:(?P<shift>last|next|this|previous|following|penultimate|every|each|coming)\s+)?"
                    r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b(?!s\b)", 0),
        ("near", r"\b(?:today|yesterday|tomorrow|tonight)\b", re.I),
        ("relative", r"\b(?P<shift>last|this|next|past|previous)\s+"
                     r"(?P<unit>week|weekend|month|year|summer|winter|spring|autumn|fall)\b", re.I),
        ("weekend", r"\b(?:over|at|during)\s+the\s+weekend\b", re.I),
        ("ago", rf"\b{_COUNT}\s+(?:day|week|month|year|decade)s?\s+(?:ago|earlier|later)\b", re.I),
        ("decade", r"\b(?:the\s+)?(?P<year>(?:1[5-9]|20)\d0)s\b", 0),
        ("year", rf"(?<![\d.$£€-])(?<!\d,){_YEAR}(?!\d|,\d|\.\d|-\d|\s*(?:people|per|%|kilomet|met|miles|feet))\b", 0),
        ("clock", r"\b(?P<hour>[0-2]?\d)(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?m\b\.?", re.I),
        ("clock", r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\b(?!:)", 0),
    )
)  # fmt: skip
_FUTURE = frozenset(("will", "shall", "'ll", "to", "would", "going"))
_NEAR_TOKENS = 40  # a verb's helpers stand nearer than that
_SCHEDULING = frozenset(
    "announce arrange ask book call convene expect invite order organise organize plan postpone promise propose "
    "schedule set summon".split()
)
_Tense = Literal["past", "future"]
_PAST_SHIFTS = frozenset(("last", "previous", "past", "penultimate"))


def times(article: Article, tokens: Sequence[Token], stretches: Sequence[Span]) -> tuple[TimeMention, ...]:
    """The expressions of time inside ``stretches`` of the article, in reading order, not overlapping.

    A weekday resolves to the nearest one before publication, the day itself included, or after it
    where its clause speaks of the future. Without a publication date, where the tense leaves it open, or
    with a word that makes it ambiguous ("last Monday", "penultimate Monday"), nothing is guessed and
    ``value`` is ``None``.
    """
    anchor = article.published.local_date() if _dated(article) and article.published else None
    starts = [token.start for token in tokens]
    found: list[TimeMention] = []
    for stretch in stretches:
        taken: list[Span] = []
        for kind, pattern in _PATTERNS:
            for match in pattern.finditer(article.text, stretch.start, stretch.end):
                span = Span(match.start(), match.end())
                if any(span.overlaps(other) for other in taken):
                    continue
                mention = _mention(kind, match, tokens, starts, anchor)
                if mention is not None:
                    taken.append(span)
                    found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _dated(article: Article) -> bool:
    return article.published is not None and article.published.precision not in ("month", "year")


def _mention(
    kind: str, match: re.Match[str], tokens: Sequence[Token], starts: list[int], anchor: date | None
) -> TimeMention | None:
    token = _head(tokens, starts, match.start(), match.end())
    if token is None:
        return None
    if kind == "year" and tokens[token].dep == "nummod" and tokens[tokens[token].head].tag.startswith("NNS"):
        return None  # "2,000 people" without its comma
    resolved = _RESOLVERS[kind](match, anchor, _tense(tokens, token))
    if resolved is None:
        return None
    value, precision, weekday = resolved
    return TimeMention(match.start(), match.end(), match.group(), value, precision, weekday, token)


def _head(tokens: Sequence[Token], starts: list[int], start: int, end: int) -> int | None:
    """The token inside ``[start, end)`` whose governor stands outside it."""
    first = bisect_right(starts, start) - 1
    if first < 0:
        return None
    inside = []
    at = first
    while at < len(tokens) and tokens[at].start < end:
        if tokens[at].end > start:
            inside.append(at)
        at += 1
    for at in inside:
        if tokens[at].head not in inside or tokens[at].head == at:
            return at
    return inside[0] if inside else None


def _tense(tokens: Sequence[Token], at: int) -> _Tense | None:
    """Whether the expression's clause tells of what has been or of what is to come; ``None`` in doubt.

    "Has summoned her to a hearing on Wednesday" and "announced talks for Friday" leave it open: the
    verb is past, the day may not be.
    """
    of_a_noun = False
    for _ in range(12):
        token = tokens[at]
        if token.pos in ("VERB", "AUX"):
            near = tokens[max(0, at - _NEAR_TOKENS) : at + _NEAR_TOKENS]
            helpers = [t for t in near if t.head == at and t is not token]
            if any(t.dep in ("aux", "auxpass") and t.text.casefold() in _FUTURE for t in helpers):
                return "future"
            if token.tag == "VBD" or any(t.tag == "VBD" and t.dep in ("aux", "auxpass") for t in helpers):
                return None if of_a_noun and token.lemma in _SCHEDULING else "past"
            if token.tag in ("VBN", "VBZ", "VBP") and any(t.lemma == "have" for t in helpers):
                return None
        elif token.pos == "NOUN":
            of_a_noun = True
        if token.head == at:
            return None
        at = token.head
    return None


_Resolved = tuple[str | None, TimePrecision, int | None] | None


def _month_number(match: re.Match[str]) -> int:
    name = match.group("month").rstrip(".").casefold()
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def _iso(match: re.Match[str], _anchor: date | None, _tense: _Tense | None) -> _Resolved:
    try:
        return date(int(match["year"]), int(match["m"]), int(match["day"])).isoformat(), "day", None
    except ValueError:
        return None


def _date(match: re.Match[str], anchor: date | None, tense: _Tense | None) -> _Resolved:
    month, day = _month_number(match), int(match["day"])
    year = int(match["year"]) if match["year"] else None
    try:
        if year is not None:
            return date(year, month, day).isoformat(), "day", None
        if anchor is None:
            date(2024, month, day)  # a leap year: only to refuse the thirty-first of June
            return f"--{month:02d}-{day:02d}", "day", None
        return _nearest(anchor, month, day, tense).isoformat(), "day", None
    except ValueError:
        return None


def _nearest(anchor: date, month: int, day: int, tense: _Tense | None) -> date:
    """The year that a date without one means: the latest not after publication, or the next to come."""
    years = range(anchor.year - 8, anchor.year + 9)
    days = [date(year, month, day) for year in years if not (month == 2 and day == 29 and year % 4)]
    if tense == "future":
        return min(day for day in days if day >= anchor)
    # News announces the near future in the present tense: up to a month ahead beats eleven months back.
    return max(day for day in days if day <= anchor + timedelta(days=31))


def _month(match: re.Match[str], anchor: date | None, tense: _Tense | None) -> _Resolved:
    month = _month_number(match)
    year = match.groupdict().get("year")
    if year:
        return f"{year}-{month:02d}", "month", None
    if anchor is None:
        return None, "month", None
    at = anchor.year
    if tense != "future" and month > anchor.month:
        at -= 1
    if tense == "future" and month < anchor.month:
        at += 1
    return f"{at}-{month:02d}", "month", None


def _weekday(match: re.Match[str], anchor: date | None, tense: _Tense | None) -> _Resolved:
    weekday = _WEEKDAYS.index(match["weekday"].casefold())
    shift = (match["shift"] or "").casefold()
    if shift in ("every", "each"):
        return None
    if shift and shift != "this":
        return None, "vague", None
    if anchor is None:
        return None, "weekday", weekday
    if tense is None:
        return None, "weekday", weekday
    if tense == "future":
        return (anchor + timedelta(days=(weekday - anchor.weekday()) % 7)).isoformat(), "day", weekday
    return (anchor - timedelta(days=(anchor.weekday() - weekday) % 7)).isoformat(), "day", weekday


def _near(match: re.Match[str], anchor: date | None, _tense: _Tense | None) -> _Resolved:
    if anchor is None:
        return None, "day", None
    shift = {"yesterday": -1, "tomorrow": 1}.get(match.group().casefold(), 0)
    return (anchor + timedelta(days=shift)).isoformat(), "day", None


def _relative(match: re.Match[str], anchor: date | None, _tense: _Tense | None) -> _Resolved:
    unit = match["unit"].casefold()
    step = -1 if match["shift"].casefold() in _PAST_SHIFTS else (1 if match["shift"].casefold() == "next" else 0)
    if anchor is None:
        precisions: dict[str, TimePrecision] = {"week": "week", "month": "month", "year": "year"}
        return None, precisions.get(unit, "vague"), None
    if unit == "year":
        return str(anchor.year + step), "year", None
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02d}", "month", None
    if unit == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=step)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}", "week", None
    return None, "season" if unit != "weekend" else "vague", None


def _weekend(_match: re.Match[str], anchor: date | None, tense: _Tense | None) -> _Resolved:
    if anchor is None or tense == "future":
        return None, "vague", None
    saturday = anchor - timedelta(days=(anchor.weekday() - 5) % 7 or (0 if anchor.weekday() == 5 else 7))
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}", "day", None


def _ago(_match: re.Match[str], _anchor: date | None, _tense: _Tense | None) -> _Resolved:
    return None, "vague", None


def _decade(match: re.Match[str], _anchor: date | None, _tense: _Tense | None) -> _Resolved:
    year = int(match["year"])
    return f"{year}/{year + 9}", "decade", None


def _year(match: re.Match[str], _anchor: date | None, _tense: _Tense | None) -> _Resolved:
    return match["year"], "year", None


def _clock(match: re.Match[str], _anchor: date | None, _tense: _Tense | None) -> _Resolved:
    hour, minute = int(match["hour"]), match["minute"]
    half = match.groupdict().get("half")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half.casefold() == "p" else 0)
    return f"T{hour:02d}:{minute or '00'}", "minute" if minute else "hour", None


_RESOLVERS = {
    "iso": _iso,
    "date": _date,
    "month": _month,
    "weekday": _weekday,
    "near": _near,
    "relative": _relative,
    "weekend": _weekend,
    "ago": _ago,
    "decade": _decade,
    "year": _year,
    "clock": _clock,
}
