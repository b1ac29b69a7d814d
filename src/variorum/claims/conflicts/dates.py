"""Datings of one event that cannot both be right."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from variorum.claims.conflicts.sameness import Sameness, pairs
from variorum.claims.conflicts.statements import Compared, Statement, Verdict
from variorum.claims.events import Event
from variorum.config.claims import Claims
from variorum.records import TimeMention

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ISO_DAY = 10  # characters of "2024-05-31"


def date_pairs(events: Sequence[Event], same: Sameness, *, settings: Claims) -> Iterator[Compared]:
    """Pairs of mentions of one past event in different articles that both date it."""
    dating = {
        event: times[0] for event in events if len(times := [time for time in event.times if _is_dating(time)]) == 1
    }
    for one, other in pairs([*dating]):
        verdict = _verdict(dating[one], dating[other], settings)
        if verdict is not None and same.event(one, other):
            about = same.about("the day of", one, other)
            yield Compared(_statement(one, dating[one]), _statement(other, dating[other]), verdict, about)


def _is_dating(time: TimeMention) -> bool:
    return time.precision in ("day", "weekday", "month", "year")


def _verdict(one: TimeMention, other: TimeMention, settings: Claims) -> Verdict | None:
    """Whether two datings agree or differ; ``None`` where they cannot be held together."""
    if one.weekday is not None and other.weekday is not None:
        if one.weekday == other.weekday:
            return "agree"
        return "differ" if _near(one, other, settings) else None
    days = _day(one), _day(other)
    if days[0] is not None and days[1] is not None:
        if days[0] == days[1]:
            return "agree"
        # "Today" and "yesterday" hang on a publication date that may be a day off.
        explicit = all(time.weekday is not None or any(c.isdigit() for c in time.text) for time in (one, other))
        return "differ" if explicit and _near(one, other, settings) else None
    if one.precision == other.precision and one.precision in ("month", "year") and one.value and other.value:
        return "agree" if one.value == other.value else _far_unit(one, other)
    return "agree" if one.value and other.value and may_be_one_time(one, other) else None


def _far_unit(one: TimeMention, other: TimeMention) -> Verdict | None:
    explicit = all(any(c.isdigit() for c in time.text) for time in (one, other))
    return "differ" if explicit else None


def _near(one: TimeMention, other: TimeMention, settings: Claims) -> bool:
    days = _day(one), _day(other)
    if days[0] is None or days[1] is None:
        return True
    return abs(days[0] - days[1]) <= timedelta(days=settings.longest_dispute_days)


def _day(time: TimeMention) -> date | None:
    if time.value is None or time.precision != "day" or len(time.value) != _ISO_DAY:
        return None
    return date.fromisoformat(time.value)


def may_be_one_time(one: TimeMention, other: TimeMention) -> bool:
    """Whether two expressions can mean one time: as far as both are precise, they say the same."""
    if one.weekday is not None and other.weekday is not None and one.weekday != other.weekday:
        return False
    if one.value is None or other.value is None or "/" in one.value + other.value:
        return True
    if one.value[:1] in "-T" or other.value[:1] in "-T":
        return one.value[:1] != other.value[:1] or one.value == other.value
    if one.weekday is not None and other.weekday is not None:
        return True
    shorter = min(len(one.value), len(other.value))
    return one.value[:shorter] == other.value[:shorter]


def _statement(event: Event, time: TimeMention) -> Statement:
    value = _DAYS[time.weekday] if time.weekday is not None else " ".join(time.text.split())
    return Statement(event.report.article.id, time.start, time.end, value, float(time.weekday or 0))
