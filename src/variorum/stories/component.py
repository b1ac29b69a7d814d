"""The stories of a few articles that hang together, whatever order they come in."""

from collections.abc import Sequence

import numpy as np

from variorum.config import Stories
from variorum.stories.abroad import story_abroad
from variorum.stories.held import Held, held, likenesses
from variorum.stories.linkage import sorted_further
from variorum.stories.sketch import Sketch
from variorum.stories.sorting import sorted_rows
from variorum.stories.vectors import Encode, Vectors

_LATE = 1 << 30


def sorted_component(
    sketches: Sequence[Sketch], *, settings: Stories, encode: Encode | None = None
) -> tuple[tuple[str, ...], ...]:
    """The stories of one component as ids, sorted in each; every article is in one, if only its own.

    sketches: in any order, which changes nothing, none twice. encode: makes the vector of a lead, asked only where
    words and days leave it open.
    What is in English is sorted by average linkage, with an eye to contrast; then every report in another language is
    put beside the story whose names and numbers it has. Of more than ``settings.most_at_once`` articles as many
    are sorted at a time, in the order of their days, and then what was found is put together as far as it is one.
    """
    articles = sorted((held(one, one.day, settings=settings) for one in sketches), key=_when)
    natives = [one for one in articles if not one.sketch.foreign]
    vectors = Vectors(encode, settings)
    for _ in natives:
        vectors.earn()
    most = settings.most_at_once
    parts = [natives[start : start + most] for start in range(0, len(natives), most)]
    groups = [group for part in parts for group in _sorted(part, vectors, settings)]
    if len(parts) > 1:
        groups = _put_together(groups, settings)
    stories = {group[0].id: group for group in groups}
    latest = {name: group[-settings.most_compared :] for name, group in stories.items()}
    ids = {name: [one.id for one in group] for name, group in stories.items()}
    for one in articles:
        if one.sketch.foreign:
            story = story_abroad(one, latest, settings=settings)
            ids.setdefault(one.id if story is None else story, []).append(one.id)
    return tuple(sorted(tuple(sorted(group)) for group in ids.values()))


def _sorted(articles: Sequence[Held], vectors: Vectors, settings: Stories) -> list[list[Held]]:
    alike = likenesses(articles, settings=settings)
    return [[articles[row] for row in rows] for rows in sorted_rows(articles, alike, vectors, settings=settings)]


def _put_together(groups: Sequence[Sequence[Held]], settings: Stories) -> list[list[Held]]:
    """Groups that are one story, by a few articles of each, for all together would be too many to compare.

    Where there are more groups than can be compared, the smallest stay as they are.
    """
    most = 2 * settings.most_at_once
    groups = sorted(groups, key=lambda group: (-len(group), _when(group[0])))
    compared, rest = groups[:most], groups[most:]
    each = max(1, min(settings.most_compared, most // len(compared)))
    heads = [group[:each] for group in compared]
    alike = likenesses([one for head in heads for one in head], settings=settings)
    shares = np.repeat(np.eye(len(heads)) / [len(head) for head in heads], [len(head) for head in heads], axis=1)
    insides = [likenesses(group[: settings.most_compared], settings=settings) for group in compared]
    between = (shares @ alike @ shares.T).round(6)
    joined = sorted_further(between, insides, settings.alike, settings.contrast, settings=settings)
    found = [sorted((one for row in rows for one in compared[row]), key=_when) for rows in joined]
    return [*found, *map(list, rest)]


def _when(one: Held) -> tuple[int, str]:
    """The day an article was published, those that give none last, and its id."""
    return (_LATE if one.sketch.day is None else one.sketch.day, one.id)
