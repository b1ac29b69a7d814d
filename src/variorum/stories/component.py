"""The stories of a few articles that hang together, whatever order they come in."""

from collections.abc import Iterator, Sequence

from variorum.config import Stories
from variorum.stories.abroad import story_abroad
from variorum.stories.held import Held, held, likenesses
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
    put beside the story whose names and numbers it has.
    """
    articles = sorted((held(one, one.day, settings=settings) for one in sketches), key=_when)
    natives = [one for one in articles if not one.sketch.foreign]
    vectors = Vectors(encode, settings)
    for _ in natives:
        vectors.earn()
    groups = [group for part in _parts(natives, settings) for group in _sorted(part, vectors, settings)]
    stories = {group[0].id: group for group in groups}
    ids = {name: [one.id for one in group] for name, group in stories.items()}
    for one in articles:
        if one.sketch.foreign:
            story = story_abroad(one, stories, settings=settings)
            ids.setdefault(one.id if story is None else story, []).append(one.id)
    return tuple(sorted(tuple(sorted(group)) for group in ids.values()))


def _sorted(articles: Sequence[Held], vectors: Vectors, settings: Stories) -> Iterator[list[Held]]:
    alike = likenesses(articles, settings=settings)
    for rows in sorted_rows(articles, alike, vectors, settings=settings):
        yield [articles[row] for row in rows]


def _parts(articles: Sequence[Held], settings: Stories) -> Iterator[Sequence[Held]]:
    most = settings.largest_component
    for start in range(0, len(articles), most):
        yield articles[start : start + most]


def _when(one: Held) -> tuple[int, str]:
    """The day an article was published, those that give none last, and its id."""
    return (_LATE if one.sketch.day is None else one.sketch.day, one.id)
