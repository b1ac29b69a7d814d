"""Who does the work that takes time: asked by pages, never waited for."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from variorum.records import Edition
from variorum.web.adder import Intake
from variorum.web.jobs import Job


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
        """Have the edition of a story made, before all that only might be wanted; not where it failed, as the story
        stands."""

    def again(self, story: str) -> None:
        """Have it made although it failed."""

    def progress(self, story: str) -> Progress | None:
        """How far the edition of a story is; ``None`` where nobody works on it."""

    def made(self, key: str, /) -> Edition | None:
        """An edition that could not be kept, because the archive may not be written."""

    def count(self, stories: Iterable[str], /) -> None:
        """Have the voices of stories counted, by their words alone, when there is time."""

    def take(self, intake: Intake, given: str, folder: Path | None) -> str | None:
        """Have reports added. given: what they are, in words. folder: holds their files; it is the desk's from now on.

        Returns the id of the intake, or ``None``, with the folder deleted, where too many wait.
        """

    def job(self, id: str) -> Job | None:
        """An intake as it stands; ``None`` for one that is not known any more."""

    def jobs(self) -> list[Job]:
        """The last intakes, the last first."""
