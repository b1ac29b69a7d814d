"""Whether two figures state one amount, which is more than that both can be right."""

from variorum.language.figures import allowed
from variorum.records import Figure

_NEAR = 0.05  # share by which two bounds of one kind, or the ends of two ranges, may differ after rounding
_VAGUE = 10.0  # a range whose ends are so many times apart is a word for many ("dozens")
_SAME_WORD = 2.0  # two such words whose least amounts are less than so many times apart say the same
_WIDE = 0.5  # share of its lower end beyond which a range says more than "about" would: "six to ten"


def is_one_statement(one: Figure, other: Figure) -> bool:
    """Whether two figures of one unit say the same amount, hedges and rounding understood.

    "At least six" and "at least ten" can both be right and do not say the same. "More than 80,000" and "80,200" do,
    "more than 80" and "300" do not: a bound speaks of amounts as near to it as "about" would reach. Where both are
    hedged, each has to be near the other by its own measure.
    """
    if not (one.low <= other.high and other.low <= one.high):
        return False
    vague = [figure for figure in (one, other) if _is_vague(figure)]
    if vague:
        return len(vague) == 1 or max(one.low, other.low) < _SAME_WORD * min(one.low, other.low)
    hedges = {one.hedge, other.hedge}
    if hedges == {"at_least", "at_most"}:
        return False
    if len(hedges) == 1 and hedges != {"exact"}:
        return _is_like(one, other)
    if "exact" in hedges:
        return not _is_wide(one, other) and _overlap(_meant(one), _meant(other))
    return not _is_wide(one, other) and _holds(one, other) and _holds(other, one)


def _is_like(one: Figure, other: Figure) -> bool:
    """Whether two figures hedged in one way are near each other."""
    if one.hedge == "about":
        return abs(one.value - other.value) < min(one.high - one.value, other.high - other.value)
    if one.hedge == "range":
        return _is_near(one.low, other.low) and _is_near(one.high, other.high)
    return _is_near(one.value, other.value)


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * max(one, other)


def _is_vague(figure: Figure) -> bool:
    return figure.hedge == "range" and figure.high >= _VAGUE * figure.low


def _is_wide(*figures: Figure) -> bool:
    return any(figure.hedge == "range" and figure.high - figure.low > _WIDE * figure.low for figure in figures)


def _meant(figure: Figure) -> tuple[float, float]:
    """The amounts a figure speaks of, a bound closed where "about" would end."""
    low, high = allowed(figure.value, "about")
    if figure.hedge == "at_least":
        return figure.low, high
    if figure.hedge == "at_most":
        return low, figure.high
    return figure.low, figure.high


def _holds(one: Figure, other: Figure) -> bool:
    low, high = _meant(one)
    amount = (other.low + other.high) / 2 if other.hedge == "range" else other.value
    return low <= amount <= high


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
