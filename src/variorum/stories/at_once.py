"""Gathering all at once, in memory: the same steps that an engine takes over an archive."""

from collections.abc import Sequence

from variorum.config import Stories
from variorum.stories.blocks import posted
from variorum.stories.component import sorted_component
from variorum.stories.ladder import Pair, components, connected
from variorum.stories.meetings import all_meetings
from variorum.stories.sketch import Sketch
from variorum.stories.slips import Slip
from variorum.stories.vectors import Encode


def gathered(
    sketches: Sequence[Sketch], *, settings: Stories, encode: Encode | None = None
) -> tuple[tuple[str, ...], ...]:
    """Stories as ids, sorted in each; every article is in one, if only its own. None is given twice.

    Articles are looked for in blocks, those alike are connected, and each component is sorted by itself.
    """
    of = {one.article: one for one in sketches}
    held_by: dict[str, list[str]] = {}
    for id, name in components(alike_pairs(sketches, settings=settings), connected, settings=settings).items():
        held_by.setdefault(name, []).append(id)
    found = [
        story
        for ids in held_by.values()
        for story in sorted_component([of[id] for id in ids], settings=settings, encode=encode)
    ]
    together = {id for ids in held_by.values() for id in ids}
    return tuple(sorted([*found, *((id,) for id in of if id not in together)]))


def alike_pairs(sketches: Sequence[Sketch], *, settings: Stories) -> list[Pair]:
    """Pairs of articles that are alike in some block, each once, sorted."""
    blocks: dict[int, list[tuple[int, Slip]]] = {}
    for one in sketches:
        where = posted(one, settings=settings)
        for block, rank in zip(where.blocks.tolist(), where.ranks.tolist(), strict=True):
            blocks.setdefault(block, []).append((rank, where.slip))
    several = [[slip for _, slip in sorted(ranked)[: settings.most_posted]] for ranked in blocks.values()]
    return all_meetings(several, settings=settings)
