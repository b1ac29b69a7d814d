"""What a gatherer holds: articles, the stories they are in, and which lie near which."""

from collections.abc import Iterable

from variorum.config import Stories
from variorum.stories.held import Held, held
from variorum.stories.sketch import Sketch
from variorum.stories.window import Days, Recall, Window

_LATE = 1 << 30


class Holding:
    """Articles of the weeks used last, by story.

    members: for each story, those of its articles that are held. unsettled: stories that changed since they were
    last sorted. foreign: how many articles in other languages are held.
    """

    def __init__(self, settings: Stories, recall: Recall | None, days: Days | None) -> None:
        self._settings = settings
        self._recall = recall
        self._days = days
        self.window = Window(settings)
        self.members: dict[str, dict[str, Held]] = {}
        self.unsettled: set[str] = set()
        self.foreign = 0

    def entered(self, sketch: Sketch, arrived: int | None) -> Held:
        """The article made ready, and the weeks around it brought in."""
        filed, shelf = self._filed(sketch, arrived)
        self._bring_in(self.window.use(filed, shelf), sketch.article)
        self._bring_in_rest(sketch.article)
        return held(sketch, filed, settings=self._settings)

    def is_crowded(self, sketch: Sketch, arrived: int | None) -> bool:
        """Whether something has to go before an article comes in."""
        return self.window.must_drop(*self._filed(sketch, arrived))

    def make_room(self, sketch: Sketch, arrived: int | None) -> None:
        """Let go of what was used longest ago, where more is held than should be; not of what an article needs."""
        for one in self.window.drop(*self._filed(sketch, arrived)):
            self._forget(one)

    def _bring_in(self, days: Iterable[int], but: str) -> None:
        """Hold what is filed under some days, all of it but one article."""
        for day in days if self._recall is not None else ():
            for other, story in self._recalled(day):
                if other.article not in self.window and other.article != but:
                    self.add(held(other, day, settings=self._settings), story)

    def _bring_in_rest(self, but: str) -> None:
        """Once: the latest days there are, as much as may be held, so that who starts anew sees what he saw before."""
        days, self._days = self._days, None
        for day in days() if days is not None else ():
            if self.window.is_full():
                return
            self._bring_in(self.window.use(day), but)

    def add(self, one: Held, story: str) -> None:
        """Hold an article as one of that story."""
        self.window.add(one)
        self.foreign += one.sketch.foreign
        one.story = story
        self.members.setdefault(story, {})[one.id] = one

    def move(self, one: Held, story: str) -> None:
        """Move an article into another story; both are to be looked at again."""
        self.unsettled.add(one.story)
        self._leave(one)
        one.story = story
        self.members.setdefault(story, {})[one.id] = one
        self.unsettled.add(story)

    def look_around(self, one: Held) -> list[tuple[Held, float]]:
        """Articles alike, the most alike first; both sides remember those that may be of one story."""
        found = self.window.found(one)
        one.near = {}
        for other, alike in found:
            if alike >= self._settings.side_by_side or one.sketch.foreign or other.sketch.foreign:
                one.near[other] = alike
                other.near_of.add(one)
                if other.near is not None:
                    other.near[one] = alike
                    one.near_of.add(other)
        return found

    def near(self, one: Held) -> dict[Held, float]:
        """What lies near an article, with its likeness; looked for now where it was put back and not placed."""
        if one.near is None:
            self.look_around(one)
        return one.near or {}

    def natives(self, story: str, most: int) -> list[Held]:
        """The latest articles of a story that are in English."""
        return sorted((one for one in self.members[story].values() if not one.sketch.foreign), key=when)[-most:]

    @staticmethod
    def _filed(sketch: Sketch, arrived: int | None) -> tuple[int | None, int | None]:
        shelf = None if arrived is None else -arrived
        return (shelf if sketch.day is None else sketch.day), shelf

    def _recalled(self, day: int) -> Iterable[tuple[Sketch, str]]:
        return self._recall(day) if self._recall is not None else ()

    def _forget(self, one: Held) -> None:
        self._leave(one)
        self.foreign -= one.sketch.foreign
        for other in one.near or ():
            other.near_of.discard(one)
        for other in one.near_of:
            if other.near is not None:
                other.near.pop(one, None)

    def _leave(self, one: Held) -> None:
        members = self.members[one.story]
        del members[one.id]
        if not members:
            del self.members[one.story]
            self.unsettled.discard(one.story)


def when(one: Held) -> tuple[int, str]:
    """The day an article was published, those that give none last, and its id."""
    return (_LATE if one.filed is None else one.filed if one.filed >= 0 else _LATE + one.filed, one.id)
