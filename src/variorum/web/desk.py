"""Who does the work that takes time: asked by pages, never waited for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from variorum.records import Edition


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work is. doing: what is being done, in one word; done of total, total 0 where that is not
    known. waiting: pieces of work before it. failed: why it came to nothing, one sentence."""

    doing: str
    done: int = 0
    total: int = 0
    waiting: int = 0
    failed: str | None = None


class Desk(Protocol):
    """What pages ask of it."""

    def want(self, story: str) -> None:
        """Have the edition of a story made, before all that only might be wanted."""

    def progress(self, story: str) -> Progress | None:
        """How far the edition of a story is; ``None`` where nobody works on it."""

    def made(self, key: str, /) -> Edition | None:
        """An edition that could not be kept, because the archive may not be written."""

    def count(self, stories: Iterable[str], /) -> None:
        """Have the voices of stories counted, by their words alone, when there is time."""
