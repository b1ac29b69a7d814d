"""What becomes of an article that is gathered as it arrives."""

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal["opened", "joined", "merged", "split"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change in what a story holds.

    kind: what changed. story: the story that holds ``articles`` from now on. other: the story they were in before,
    ``None`` where they were in none. articles: ids, sorted. Where a story was merged, all that was ever in ``other``
    is in ``story`` from now on, also what is held no longer and so is not among ``articles``.

    Whoever applies every change in turn, has every article in the story it is in.
    """

    kind: ChangeKind
    story: str
    other: str | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article was put when it arrived. article, story: ids. changes: what that changed, in turn."""

    article: str
    story: str
    changes: tuple[Change, ...]
