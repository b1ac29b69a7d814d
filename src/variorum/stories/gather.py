"""Sorting the articles of a folder into stories."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from variorum.config import Stories
from variorum.records import Article, Gathering, Story
from variorum.stories.at_once import gathered
from variorum.stories.sketch import sketch
from variorum.stories.vectors import Encode
from variorum.text import digest

_UNDATED = datetime.max.replace(tzinfo=UTC)


def gather(articles: Sequence[Article], *, settings: Stories | None = None, encode: Encode | None = None) -> Gathering:
    """Sort articles into the stories they tell.

    articles: in any order, which changes nothing; one given twice counts once. encode: makes the vector of a lead,
    asked only where words and days leave it open; without it they decide alone.
    Returns stories of two reports and more, the largest first, and the ids, sorted, of those that share no
    story. One article by itself makes a story of one, so that it still gets an edition; so does the only one
    in English among others.
    """
    settings = settings or Stories()
    given = {article.id: article for article in articles}
    if len(given) == 1:
        return Gathering((_story(list(given.values())),), ())
    sketches = [sketch(given[id], settings=settings) for id in sorted(given)]
    natives = [one.article for one in sketches if not one.foreign]
    # Where only one report is in English, it is all that others can be put beside.
    if len(natives) == 1:
        settings = replace(settings, foreign_from=1)
    found = gathered(sketches, settings=settings, encode=encode)
    groups = [ids for ids in found if len(ids) > 1 or list(ids) == natives]
    stories = sorted(
        (_story([given[id] for id in ids]) for ids in groups), key=lambda story: (-len(story.articles), story.id)
    )
    held = {id for ids in groups for id in ids}
    return Gathering(tuple(stories), tuple(id for id in sorted(given) if id not in held))


def _story(articles: Sequence[Article]) -> Story:
    ordered = sorted(
        articles,
        key=lambda article: (article.published.at if article.published else _UNDATED, article.outlet, article.id),
    )
    return Story(digest(*sorted(article.id for article in articles)), tuple(ordered))
