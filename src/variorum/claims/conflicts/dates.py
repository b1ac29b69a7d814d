"""Datings of one event that cannot both be right."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from variorum.claims.conflicts.matching import Matching, of_others, shorter_line
from variorum.claims.conflicts.slots import Slot
from variorum.claims.conflicts.statements import Compared, Statement, Verdict
from variorum.claims.units import Unit
from variorum.config.claims import Claims
from variorum.records import TimeMention

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ISO_DAY = 10  # characters of "2024-05-31"


def date_pairs(units: Sequence[Unit], matching: Matching, *, settings: Claims) -> Iterator[Compared]:
    """Pairs of times in different articles that date one thing, with whether they agree."""

    def judge(one: Slot, other: Slot) -> tuple[Verdict, float] | None:
        found = verdict(one.time, other.time, settings)
        if found is None:
            return None
        if found == "differ" and (
            one.is_negative != other.is_negative
            or {one.tense, other.tense} == {"past", "future"}
            or of_others(one, other, units)
            or one.anchor != other.anchor
            or any(_is_of_several_years(slot, units) for slot in (one, other))
        ):
            return None
        return found, _least(one, other, units, settings)

    for match in matching.matches("date", judge):
        one, other = (dated(slot.report.article.id, slot.time) for slot in (match.one, match.other))
        yield Compared(one, other, match.verdict, f"when it was: “{shorter_line(match, units)}”")


def _least(one: Slot, other: Slot, units: Sequence[Unit], settings: Claims) -> float:
    """The nearness demanded. A person says many things on many days, and a report looks back on many years."""
    is_day = all(slot.time.precision in ("day", "weekday") for slot in (one, other))
    if not is_day:
        return settings.same_year
    several = any(
        sum(time.precision in ("day", "weekday") for time in units[slot.whole].times) > 1 for slot in (one, other)
    )
    return settings.same_saying if several or one.anchor in ("saying", "announcement") else settings.same_day


def _is_of_several_years(slot: Slot, units: Sequence[Unit]) -> bool:
    """Whether the sentence gives several years, so that each may be of another thing, or is no sentence ("© 2019")."""
    if slot.time.precision not in ("year", "month"):
        return False
    years = sum(time.precision in ("year", "month") for time in units[slot.whole].times)
    return years > 1 or not slot.anchor.isalpha()


def verdict(one: TimeMention, other: TimeMention, settings: Claims) -> Verdict | None:
    """Whether two datings agree or differ; ``None`` where they cannot be held together."""
    if one.weekday is not None and other.weekday is not None:
        if one.weekday == other.weekday:
            return "agree"
        return "differ" if _near(one, other, settings) else None
    days = _day(one), _day(other)
    for named, dated in ((one, days[1]), (other, days[0])):
        # A weekday may have been taken for that of the week after, or of none; the date decides.
        if named.weekday is not None and dated is not None and dated.weekday() == named.weekday:
            return "agree"
    if days[0] is not None and days[1] is not None:
        if days[0] == days[1]:
            return "agree"
        # "Today" and "yesterday" hang on a publication date that may be a day off.
        explicit = all(time.weekday is not None or any(c.isdigit() for c in time.text) for time in (one, other))
        return "differ" if explicit and _near(one, other, settings) else None
    for named, dated in ((one, days[1]), (other, days[0])):
        if named.weekday is not None and dated is not None:
            return "differ"
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


def dated(article: str, time: TimeMention) -> Statement:
    """A day as a report gives it: the weekday where it names one, else its words."""
    value = _DAYS[time.weekday] if time.weekday is not None else " ".join(time.text.split())
    return Statement(article, time.start, time.end, value, float(time.weekday or 0))
