"""Articles placed in stories as they arrive."""

from collections.abc import Mapping, Sequence

from variorum.config import Stories
from variorum.records import Change, ChangeKind, Placement
from variorum.stories.abroad import story_abroad
from variorum.stories.held import Held
from variorum.stories.holding import Holding
from variorum.stories.naming import opened_by, parted, renamed
from variorum.stories.sketch import Sketch
from variorum.stories.sorting import groups_around
from variorum.stories.vectors import Encode, Vectors
from variorum.stories.window import Days, Recall

_ROUNDS = 3  # of sorting anew: what one changes may bring another beside it, seldom a third


class Gatherer:
    """Stories that grow.

    encode: makes the vector of a lead, asked only where words and days leave it open; without it they decide alone.
    recall: asked for the articles of every day that is looked into and not held, see :data:`Recall`; not asked again
    while the day is held. days: asked once, at the first article, for what to hold besides.
    Articles may come in any order of days. Held are the weeks used last; what falls out keeps its story.
    """

    def __init__(
        self,
        *,
        settings: Stories | None = None,
        encode: Encode | None = None,
        recall: Recall | None = None,
        days: Days | None = None,
    ) -> None:
        self._settings = settings or Stories()
        self._holding = Holding(self._settings, recall, days)
        self._vectors = Vectors(encode, self._settings)

    @property
    def vectors_asked(self) -> int:
        """How many vectors were made so far."""
        return self._vectors.asked

    @property
    def articles_held(self) -> int:
        """How many articles are held."""
        return len(self._holding.window)

    @property
    def longest_posted(self) -> int:
        """How many articles the commonest word of a week proposes: never more than ``settings.most_posted``."""
        return self._holding.window.longest_posted()

    def stories(self) -> dict[str, tuple[str, ...]]:
        """The stories held, each with the ids of those of its articles that are held, sorted."""
        members = self._holding.members
        return {story: tuple(sorted(members[story])) for story in sorted(members)}

    def place(self, sketch: Sketch, *, arrived: int | None = None) -> Placement:
        """Put an article in the story it tells, or open one with it.

        arrived: the day (a proleptic ordinal) on which it came. What gives no day itself is filed under that, apart
        from what does, and compared with all that is held; whatever comes is compared with what came lately and gives
        no day. With neither it is held for good. An article that is held already stays where it is.
        """
        present = self._holding.window.get(sketch.article)
        if present is not None:
            return Placement(sketch.article, present.story, ())
        settled: tuple[Change, ...] = ()
        if self._holding.is_crowded(sketch, arrived):
            settled = self.settle()  # what falls out can be sorted no more
            self._holding.make_room(sketch, arrived)
        one = self._holding.entered(sketch, arrived)
        self._vectors.earn()
        found = self._holding.look_around(one)
        story = self._abroad(one) if sketch.foreign else self._best(one, found)
        change = Change("opened" if story is None else "joined", story or opened_by(one.id), None, (one.id,))
        self._holding.add(one, change.story)
        self._holding.unsettled.add(change.story)
        return Placement(one.id, one.story, (*settled, change))

    def restore(self, sketch: Sketch, story: str, *, arrived: int | None = None) -> None:
        """Put back an article that was placed before, here or elsewhere, without deciding anything.

        One that is held in another story is moved: somebody else who gathers has found that it belongs there.
        """
        present = self._holding.window.get(sketch.article)
        if present is None:
            self._holding.add(self._holding.entered(sketch, arrived), story)
        elif present.story != story:
            self._holding.move(present, story)

    def settle(self) -> tuple[Change, ...]:
        """Sort anew what changed since the last time, and what stands beside it: merges and splits are found here."""
        holding, changes = self._holding, list[Change]()
        touched = set(holding.unsettled)
        for _ in range(_ROUNDS):
            stories, holding.unsettled = sorted(holding.unsettled), set()
            for story in stories:
                if story in holding.members:
                    changes += self._sort_anew(story)
            touched |= holding.unsettled
        for one in self._foreign_around(sorted(touched)):
            changes += self._moved_abroad(one)
        holding.unsettled.clear()
        return tuple(changes)

    def _best(self, one: Held, found: Sequence[tuple[Held, float]]) -> str | None:
        """The story most alike, of those alike enough on average."""
        settings = self._settings
        least = settings.alike - settings.doubt
        known = {other.id: alike for other, alike in found}
        stories = dict.fromkeys(other.story for other, alike in found if alike > least and not other.sketch.foreign)
        best, most = None, 0.0
        for story in list(stories)[: settings.most_stories]:
            mean = self._mean(one, self._holding.natives(story, settings.most_compared), known)
            if mean >= settings.alike and mean > most:
                best, most = story, mean
        return best

    def _mean(self, one: Held, others: Sequence[Held], known: Mapping[str, float]) -> float:
        """The mean likeness of an article to others, with a look at leads where it is in doubt."""
        rest = [other for other in others if other.id not in known]
        alike = sum(self._holding.window.alike(one, rest)) + sum(known.get(other.id, 0.0) for other in others)
        mean = alike / len(others)
        if abs(mean - self._settings.alike) < self._settings.doubt and self._vectors.at_hand([one], others):
            return self._vectors.moved(mean, [one], others)
        return mean

    def _sort_anew(self, story: str) -> Sequence[Change]:
        """Sort the articles of a story and of those beside it, and move what now lies elsewhere."""
        members = self._holding.members
        groups = groups_around(story, self._holding, self._vectors, settings=self._settings)
        changes = renamed(groups, lambda id: len(members[id]), members.__contains__)
        for change in changes:
            before = str(change.other)
            # With a merged story goes what was not sorted: what is over ``most_sorted``, and other languages.
            moved = tuple(members[before]) if change.kind == "merged" else change.articles
            for one in [members[before][id] for id in moved]:
                self._holding.move(one, change.story)
        return changes

    def _abroad(self, one: Held) -> str | None:
        stories = {other.story for other in self._holding.near(one) if not other.sketch.foreign}
        told = {story: self._holding.natives(story, self._settings.most_compared) for story in stories}
        return story_abroad(one, told, settings=self._settings)

    def _foreign_around(self, stories: Sequence[str]) -> list[Held]:
        """Reports in other languages that are in one of the stories, or near one and in none with others."""
        found: dict[str, Held] = {}
        members = self._holding.members
        for story in stories if self._holding.foreign else ():
            for one in list(members.get(story, {}).values()):
                for other in (one, *self._holding.near(one)):
                    if other.sketch.foreign and (other.story == story or len(members[other.story]) == 1):
                        found[other.id] = other
        return [found[id] for id in sorted(found)]

    def _moved_abroad(self, one: Held) -> Sequence[Change]:
        best, before = self._abroad(one), one.story
        alone = len(self._holding.members[before]) == 1
        if best == before or (best is None and alone):
            return ()
        kind: ChangeKind = "split" if best is None else "merged" if alone else "joined"
        self._holding.move(one, best or parted(one.id, before, self._holding.members.__contains__))
        return (Change(kind, one.story, before, (one.id,)),)
