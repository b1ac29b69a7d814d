"""Which story keeps its id when articles are sorted anew, and what changes by it."""

from collections import Counter
from collections.abc import Callable, Sequence

from variorum.records import Change
from variorum.stories.held import Held
from variorum.text import digest


def opened_by(article: str) -> str:
    """The id of the story that an article opens: a digest of the article's id."""
    return digest("story", article)


def parted(article: str, story: str, taken: Callable[[str], bool]) -> str:
    """The id of what is parted from a story: a digest of its first article's id and the story's, not yet taken."""
    id, turn = digest("parted", article, story), 0
    while taken(id):
        turn += 1
        id = digest("parted", article, story, str(turn))
    return id


def renamed(
    groups: Sequence[Sequence[Held]], sizes: Callable[[str], int], taken: Callable[[str], bool]
) -> tuple[Change, ...]:
    """What changes when the articles of some stories are sorted into ``groups``.

    groups: every one in the order of its days. sizes: how many articles a story holds in all; taken: whether an id is
    in use. The larger part keeps the id; where it lies equal, the larger and then the older story gives it.
    """
    held_by = [Counter(one.story for one in group) for group in groups]
    claims = sorted(
        (-count, -sizes(story), _age(story, groups), story, at)
        for at, held in enumerate(held_by)
        for story, count in held.items()
    )
    names: dict[int, str] = {}
    homes: dict[str, int] = {}
    for *_, story, at in claims:
        if at not in names and story not in homes:
            names[at], homes[story] = story, at
    gone = {story: at for *_, story, at in reversed(claims) if story not in homes}
    changes: list[Change] = []
    for at, group in enumerate(groups):
        new = at not in names
        if new:
            first = group[0]
            names[at] = parted(first.id, first.story, lambda id: taken(id) or id in names.values())
        for story in sorted(held_by[at]):
            if story == names[at] or gone.get(story) == at:
                continue
            moved = tuple(sorted(one.id for one in group if one.story == story))
            changes.append(Change("split" if new else "joined", names[at], story, moved))
    for story, at in sorted(gone.items()):
        moved = tuple(sorted(one.id for one in groups[at] if one.story == story))
        changes.append(Change("merged", names[at], story, moved))
    return tuple(changes)


def _age(story: str, groups: Sequence[Sequence[Held]]) -> tuple[int, str]:
    """The earliest day and the least id of what a story holds among the groups."""
    return min((_day(one), one.id) for group in groups for one in group if one.story == story)


def _day(one: Held) -> int:
    return 1 << 30 if one.filed is None or one.filed < 0 else one.filed
