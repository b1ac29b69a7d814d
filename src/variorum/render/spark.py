"""A sparkline of when the reports of a story came out: twenty bars, and the same in words."""

from dataclasses import dataclass

from variorum.records import ListedStory
from variorum.render.wording import count, told_when

WIDTH, HEIGHT = 100, 22
_GAP = 1


@dataclass(frozen=True, slots=True)
class Bar:
    """x, y: of its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Spark:
    """The bars, those of nothing left out. text: what they show, in words."""

    bars: tuple[Bar, ...]
    text: str


def spark(story: ListedStory) -> Spark | None:
    """The sparkline of a story; ``None`` where all its reports came at one time."""
    parts = story.arrivals
    if not any(parts):
        return None
    width, most = WIDTH / len(parts), max(parts)
    bars = tuple(
        Bar(
            round(at * width, 2), round(HEIGHT * (1 - number / most), 2), width - _GAP, round(HEIGHT * number / most, 2)
        )
        for at, number in enumerate(parts)
        if number
    )
    half = sum(parts[: len(parts) // 2])
    weight = "most of them early" if half > 0.7 * sum(parts) else "most of them late" if half < 0.3 * sum(parts) else ""
    told = f"{count(sum(parts), 'report')} {told_when(story)}".strip()
    return Spark(bars, f"{told}, {weight}" if weight else told)
