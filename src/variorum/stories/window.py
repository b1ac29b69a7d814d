"""The weeks that are held, and how an article is found in them."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

import numpy as np

from variorum.config import Stories
from variorum.stories.held import SPACE, Held, far_apart
from variorum.stories.sketch import Sketch

Recall = Callable[[int], Iterable[tuple[Sketch, str]]]
"""Gives back the articles filed under a day, each with the story it is in.

A day is a proleptic ordinal; one below 0 holds what gives no day itself and arrived on that day (without the sign).
"""


Days = Callable[[], Iterable[int]]
"""Gives the days under which anything is filed, the latest first."""


class _Week:
    """The articles filed under some days. posted: for a word, the latest that have it among their weightiest."""

    def __init__(self) -> None:
        self.articles: dict[str, Held] = {}
        self.posted: dict[int, list[Held]] = {}


class Window:
    """Articles of the days near what arrives, held by the week: ``settings.window_days`` days.

    No list of it grows with the archive: weeks fall out whole when others were used since and too much is held, and
    within a week a word proposes no more than ``settings.most_posted`` articles.
    """

    def __init__(self, settings: Stories) -> None:
        self._settings = settings
        self._weeks: OrderedDict[int | None, _Week] = OrderedDict()
        self._at: dict[str, Held] = {}
        self._row = np.zeros(SPACE, np.float32)

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, id: str) -> bool:
        return id in self._at

    def get(self, id: str) -> Held | None:
        """The article of that id, where it is held."""
        return self._at.get(id)

    def longest_posted(self) -> int:
        """How many articles the commonest word of a week proposes."""
        return max((len(posted) for week in self._weeks.values() for posted in week.posted.values()), default=0)

    def use(self, filed: int | None, shelf: int | None = None) -> list[int]:
        """Hold the weeks around ``filed``, and around ``shelf``, what arrives about now and gives no day.

        Returns the days that are held from now on and were not.
        """
        opened: list[int] = []
        for week in self._wanted(filed, shelf):
            if week not in self._weeks:
                self._weeks[week] = _Week()
                opened.extend(self._days(week))
            self._weeks.move_to_end(week)
        return opened

    def is_full(self) -> bool:
        """Whether as much is held as should be, or more."""
        return len(self._at) >= self._settings.held_articles

    def must_drop(self, filed: int | None, shelf: int | None = None) -> bool:
        """Whether more is held than should be, and not all of it lies around ``filed`` and ``shelf``."""
        if len(self._at) <= self._settings.held_articles:
            return False
        return not {week for week in self._weeks if week is not None} <= self._wanted(filed, shelf).keys()

    def drop(self, filed: int | None, shelf: int | None = None) -> list[Held]:
        """Let the weeks fall out that were used longest ago, until no more is held than should be.

        Those around ``filed`` and ``shelf`` are kept. Returns the articles that fell out.
        """
        kept = {None, *self._wanted(filed, shelf)}
        fallen: list[Held] = []
        for week in [week for week in self._weeks if week not in kept]:
            if len(self._at) - len(fallen) <= self._settings.held_articles:
                break
            fallen.extend(self._weeks.pop(week).articles.values())
        for one in fallen:
            del self._at[one.id]
        return fallen

    def _wanted(self, filed: int | None, shelf: int | None) -> dict[int | None, None]:
        return dict.fromkeys((*self._beside(shelf), *self._beside(filed)))

    def add(self, one: Held) -> None:
        """File an article under its week, which is opened where it is not held."""
        week = self._weeks.setdefault(self._week(one.filed), _Week())
        week.articles[one.id] = self._at[one.id] = one
        for key, _ in one.posted:
            posted = week.posted.get(key)
            if posted is None:
                week.posted[key] = [one]
                continue
            if len(posted) >= self._settings.most_posted:
                del posted[0]
            posted.append(one)

    def found(self, one: Held) -> list[tuple[Held, float]]:
        """Articles with likeness to one that is held or arrives, the most alike first, by words and days.

        At most ``settings.most_compared``: those that share the weightiest of its words.
        """
        votes: dict[Held, float] = {}
        count = votes.get
        held = [self._weeks[week] for week in self._around(one.filed) if week in self._weeks]
        for week in held:
            posted = week.posted
            for key, weight in one.posted:
                for other in posted.get(key, ()):
                    votes[other] = count(other, 0.0) + weight
        votes.pop(one, None)
        least = self._settings.least_shared
        voted = sorted((pair for pair in votes.items() if pair[1] >= least), key=itemgetter(1), reverse=True)
        best = [other for other, _ in voted[: self._settings.most_compared]]
        return sorted(zip(best, self.alike(one, best), strict=True), key=_most_alike)

    def alike(self, one: Held, others: list[Held]) -> list[float]:
        """Likeness of one article to others, by words and days."""
        if not others:
            return []
        self._row[one.keys] = one.weights
        products = self._row[np.concatenate([other.keys for other in others])]
        products *= np.concatenate([other.weights for other in others])
        self._row[one.keys] = 0.0
        ends = np.cumsum([len(other.keys) for other in others])
        sums = np.cumsum(products, dtype=np.float64)
        reached = sums[ends - 1].tolist() if len(sums) else [0.0] * len(others)
        settings, before, found = self._settings, 0.0, []
        for other, end in zip(others, reached, strict=True):
            cosine = end - before if len(other.keys) else 0.0
            before = end if len(other.keys) else before
            found.append(round(cosine * far_apart(one, other, settings=settings), 6))
        return found

    def _week(self, filed: int | None) -> int | None:
        return None if filed is None else filed // self._settings.window_days

    def _days(self, week: int | None) -> Iterator[int]:
        days = self._settings.window_days
        return iter(()) if week is None else iter(range(week * days, (week + 1) * days))

    def _beside(self, filed: int | None) -> list[int | None]:
        week = self._week(filed)
        return [None] if week is None else [week - 1, week, week + 1]

    def _around(self, filed: int | None) -> list[int | None]:
        """The weeks an article is looked for in: those beside its own, and all that is held and gives no day.

        One that gives none itself is looked for in all that is held: a folder of clippings is added in one go, some
        with a date and some without.
        """
        if filed is None or filed < 0:
            return list(self._weeks)
        beside = self._beside(filed)
        return [*beside, *(week for week in self._weeks if week is None or week < 0)]


def _most_alike(pair: tuple[Held, float]) -> tuple[float, str]:
    return -pair[1], pair[0].id
