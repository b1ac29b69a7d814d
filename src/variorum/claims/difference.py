"""What keeps two alike statements from being one claim."""

from variorum.claims.conflicts.dates import may_be_one_time
from variorum.claims.conflicts.polarity import differ_in_polarity
from variorum.claims.units import Unit


def differ(u: Unit, v: Unit) -> bool:
    """Whether a figure, a time, yes and no, or the person acting sets the two apart."""
    return _figures(u, v) or _times(u, v) or differ_in_polarity(u, v) or _actors(u, v)


def _figures(u: Unit, v: Unit) -> bool:
    """Whether both give figures of one unit and no two of them can be one amount."""
    for unit in {figure.unit for figure in u.figures}:
        mine = [figure for figure in u.figures if figure.unit == unit]
        theirs = [figure for figure in v.figures if figure.unit == unit]
        if theirs and not any(a.low <= b.high and b.low <= a.high for a in mine for b in theirs):
            return True
    return False


def _times(u: Unit, v: Unit) -> bool:
    return bool(u.times and v.times) and not any(may_be_one_time(a, b) for a in u.times for b in v.times)


def _actors(u: Unit, v: Unit) -> bool:
    """Whether different persons are named and none in both."""
    mine, theirs = _persons(u), _persons(v)
    return bool(mine and theirs) and not mine & theirs


def _persons(unit: Unit) -> frozenset[str]:
    return frozenset(named.id for named in unit.report.named_in(unit.start, unit.end) if named.kind == "person")
