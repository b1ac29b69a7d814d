"""A scale of time that a story fits on: long stretches in which nothing stands are folded, and shown as folded.

A dam of 1968 and three days of October 2031 cannot share an even axis. The ends of everything that is dated cut
time into stretches; the longest of them are folded where they would leave the others next to nothing.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median

_LONGER = 3  # times that the least folded stretch is longer than all that are not folded together
_SHORTEST_HOURS = 6  # of what is not folded: minutes are not worth an axis of their own
_SHARE = 1 / 4  # of what is not folded: an empty stretch that takes more of it is folded too
_BESIDE = 4  # times that such a stretch is longer than the stretch in the middle of all by length
_FINE_HOURS = 7 * 24  # longest that something may last and keep its stretch from being folded as empty
_DAY = 24
_FOLD = 34  # width of a fold
_FOLDS = 0.3  # most of the width that folds may take
_LABEL = 64  # least distance between two labels of the axis


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of time, as hours since the beginning of the year 1; of no length where the minute is known."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Fold:
    """Time that is not drawn to scale. x, width: where it stands; said: how long it is, in words."""

    x: float
    width: float
    said: str

    @property
    def zigzag(self) -> str:
        """How a line is broken there, as SVG path data from its beginning."""
        teeth = max(1, round(self.width / 17))
        step = self.width / teeth
        return "".join(f"l{step / 4:g} -4l{step / 2:g} 8l{step / 4:g} -4" for _ in range(teeth))

    @property
    def has_room(self) -> bool:
        """Whether the words fit under it."""
        return self.width >= 5.4 * len(self.said)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis. label: what stands at it; empty where there is no room for words. anchor: as SVG has it."""

    x: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Scale:
    """Where time stands on an axis from ``left`` to ``right``."""

    points: tuple[float, ...]
    places: tuple[float, ...]
    folds: tuple[Fold, ...]
    folded: frozenset[int]

    def x(self, hours: float) -> float:
        """Where a time stands; one before or after the axis at its end."""
        at = min(max(bisect_right(self.points, hours) - 1, 0), len(self.points) - 2)
        a, b = self.points[at], self.points[at + 1]
        share = 0.0 if b <= a else min(1.0, max(0.0, (hours - a) / (b - a)))
        return self.places[at] + share * (self.places[at + 1] - self.places[at])


def scale(extents: Iterable[Extent], left: float, right: float) -> Scale:
    """The scale on which all extents stand. Raises ValueError when there is none."""
    extents = list(extents)
    points = sorted({end for extent in extents for end in (extent.start, extent.end)})
    if not points:
        raise ValueError("nothing is dated")
    if points[-1] - points[0] < 1:
        points = sorted({points[0] - 0.5, *points, points[-1] + 0.5})
    lengths = [b - a for a, b in pairwise(points)]
    folded = _empty(lengths, points, extents, _folded(lengths))
    fold = min(_FOLD, _FOLDS * (right - left) / len(folded)) if folded else 0.0
    drawn = sum(length for at, length in enumerate(lengths) if at not in folded)
    per_hour = (right - left - fold * len(folded)) / drawn
    places, folds, span = [left], list[Fold](), 0.0
    for at, length in enumerate(lengths):
        if at in folded:
            span = length + (span if at - 1 in folded else 0.0)
            begins = folds.pop().x if at - 1 in folded else places[-1]
            folds.append(Fold(begins, places[-1] + fold - begins, _long(span)))
        places.append(places[-1] + (fold if at in folded else length * per_hour))
    return Scale(tuple(points), tuple(places), tuple(folds), folded)


def _folded(lengths: Sequence[float]) -> frozenset[int]:
    """Which stretches are folded: as many as can be, each far longer than all that is left together."""
    order = sorted(range(len(lengths)), key=lambda at: -lengths[at])
    left, found = sum(lengths), 0
    for number, at in enumerate(order, start=1):
        left -= lengths[at]
        if left < _SHORTEST_HOURS:
            break
        if lengths[at] > _LONGER * left:
            found = number
    return frozenset(order[:found])


def _empty(
    lengths: Sequence[float], points: Sequence[float], extents: Iterable[Extent], folded: frozenset[int]
) -> frozenset[int]:
    """Those folded, and the empty stretches of days that take a large share of the rest; a month or year fills none."""
    fine = [extent for extent in extents if extent.end - extent.start <= _FINE_HOURS]
    empty = [
        at
        for at, start in enumerate(points[:-1])
        if not any(extent.start < points[at + 1] and start < extent.end for extent in fine)
    ]
    rest = [length for at, length in enumerate(lengths) if at not in folded and length >= 1]
    least = max(_DAY, _BESIDE * median(rest)) if rest else _DAY
    left, found = sum(rest), set(folded)
    for at in sorted(empty, key=lambda at: -lengths[at]):
        if at in found:
            continue
        if lengths[at] <= least or lengths[at] <= _SHARE * left or left - lengths[at] < _SHORTEST_HOURS:
            break
        found.add(at)
        left -= lengths[at]
    return frozenset(found)


def hours(at: datetime) -> float:
    """Hours since the beginning of the year 1; a time without a zone is taken as it stands."""
    naive = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    return (naive - datetime(1, 1, 1)).total_seconds() / 3600


def extent(when: str, precision: str) -> Extent | None:
    """The stretch that an ISO 8601 date, month, year, time or interval covers; ``None`` where it is none of these."""
    if "/" in when:
        first, _, last = when.partition("/")
        one, other = extent(first, precision), extent(last, precision)
        return Extent(one.start, max(one.end, other.end)) if one and other else None
    try:
        if "T" in when:
            at = datetime.fromisoformat(when)
            start = hours(at)
            return Extent(start, start + (1 if precision == "hour" else 0))
        parts = [int(part) for part in when.split("-")]
        if len(parts) == 1 and len(when) == 4:
            return _between(date(parts[0], 1, 1), parts[0] + 1, 1)
        if len(parts) == 2:
            return _between(date(parts[0], parts[1], 1), parts[0] + parts[1] // 12, parts[1] % 12 + 1)
        start = hours(datetime.combine(date.fromisoformat(when), datetime.min.time()))
        return Extent(start, start + 24)
    except (ValueError, OverflowError):
        return None


def _between(first: date, year: int, month: int) -> Extent:
    start = hours(datetime(first.year, first.month, first.day))
    if year > date.max.year:
        return Extent(start, start + 24 * 31)
    return Extent(start, hours(datetime(year, month, 1)))


def ticks(found: Scale) -> tuple[Tick, ...]:
    """The marks of the axis: of each stretch drawn to scale as many as have room, the first with its full date."""
    made: list[Tick] = []
    runs: list[tuple[int, int]] = []
    for at in range(len(found.points) - 1):
        if at in found.folded:
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    for first, last in runs:
        made.extend(_of_run(found, found.points[first], found.points[last]))
    kept, free = list[Tick](), float("-inf")
    for tick in made:
        wide = len(tick.label) * 6.2
        start = tick.x - wide / 2
        kept.append(tick if start >= free else Tick(tick.x, ""))
        free = start + wide + 8 if start >= free else free
    return tuple(kept)


def _of_run(found: Scale, start: float, end: float) -> list[Tick]:
    width = found.x(end) - found.x(start)
    for step in (1, 2, 3, 6, 12, 24, 48, 7 * 24, 14 * 24):
        if (end - start) / step * _LABEL <= width:
            return _by_hours(found, start, end, step)
    months = next((m for m in (1, 3, 6) if (end - start) / (m * 730) * _LABEL <= width), 0)
    if months:
        return _by_months(found, start, end, months)
    years = (end - start) / 8766
    step = next((y for y in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if years / y * _LABEL <= width), 2000)
    first = _moment(start).year
    whole = [y for y in range(first, min(_moment(end).year + 1, date.max.year)) if y % step == 0]
    return [Tick(found.x(hours(datetime(y, 1, 1))), str(y)) for y in whole if hours(datetime(y, 1, 1)) >= start]


def _by_hours(found: Scale, start: float, end: float, step: int) -> list[Tick]:
    made: list[Tick] = []
    at, day = -(-start // step) * step, None
    while at <= end:
        moment = _moment(at)
        if step >= 24 or moment.hour == 0 or (day is None and at + step > end):
            label = f"{moment.day} {moment:%b}" + (f" {moment.year}" if day is None or day.year != moment.year else "")
        elif day is None:
            label = f"{moment.day} {moment:%b} {moment.year}, {moment:%H:%M}"
        else:
            label = f"{moment:%H:%M}"
        made.append(Tick(found.x(at), label))
        day, at = moment, at + step
    return made


def _by_months(found: Scale, start: float, end: float, step: int) -> list[Tick]:
    made: list[Tick] = []
    moment = _moment(start)
    year, month = moment.year, moment.month
    while year < date.max.year and hours(datetime(year, month, 1)) <= end:
        at = hours(datetime(year, month, 1))
        if at >= start and (month - 1) % step == 0:
            made.append(Tick(found.x(at), f"{datetime(year, month, 1):%b} {year}" if not made or month == 1 else
                             f"{datetime(year, month, 1):%b}"))  # fmt: skip
        year, month = year + month // 12, month % 12 + 1
    return made


def _moment(at: float) -> datetime:
    return datetime(1, 1, 1) + timedelta(hours=min(max(at, 0.0), 87_600_000.0))


def _long(length: float) -> str:
    for unit, size in (("year", 8766), ("month", 730.5), ("week", 168), ("day", 24), ("hour", 1)):
        if length >= size * (1.5 if unit in ("month", "week") else 1):
            number = round(length / size)
            return f"{number:,} {unit}{'' if number == 1 else 's'}"
    return "less than an hour"
