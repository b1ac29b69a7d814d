"""Whose turn it is: the stories that wait for an edition or to have their voices counted."""

from collections.abc import Iterable, Iterator
from itertools import islice

from variorum.config import Web


class Turns:
    """What waits, in the order in which it is done. Not for several threads: whoever asks holds a lock.

    Stories somebody has opened come first, in the order they were asked for; then those that reports were added to;
    then those whose voices are to be counted.
    """

    def __init__(self, web: Web) -> None:
        self._web = web
        self._asked: dict[str, None] = {}
        self._touched: dict[str, None] = {}
        self._counted: dict[str, None] = {}

    def ask(self, story: str) -> bool:
        """Put a story after those that were asked for. Returns whether there was room."""
        if story not in self._asked:
            if len(self._asked) >= self._web.stories_asked:
                return False
            self._asked[story] = None
            self._touched.pop(story, None)
        return True

    def touch(self, stories: Iterable[str]) -> None:
        """Put stories after all that wait for an edition."""
        for story in stories:
            if story not in self._asked and len(self._touched) < self._web.stories_touched:
                self._touched[story] = None

    def count(self, stories: Iterable[str]) -> None:
        """Have voices counted."""
        for story in islice(stories, self._web.stories_asked):
            self._counted[story] = None
        while len(self._counted) > self._web.stories_asked:
            del self._counted[next(iter(self._counted))]

    def next_edition(self) -> str | None:
        """Takes out the story whose edition is to be made now."""
        for waiting in (self._asked, self._touched):
            for story in waiting:
                del waiting[story]
                return story
        return None

    def next_counted(self) -> tuple[str, ...]:
        """Takes out stories whose voices are to be counted now, few enough that nobody waits for it."""
        taken = tuple(islice(self._counted, self._web.counted_at_once))
        for story in taken:
            del self._counted[story]
        return taken

    def before(self, story: str) -> int | None:
        """How many stories have their turn before this one; ``None`` where it does not wait."""
        for at, one in enumerate(self._editions()):
            if one == story:
                return at
        return None

    @property
    def has_editions(self) -> bool:
        """Whether an edition waits to be made."""
        return bool(self._asked or self._touched)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self._asked or self._touched or self._counted)

    def _editions(self) -> Iterator[str]:
        yield from self._asked
        yield from self._touched
