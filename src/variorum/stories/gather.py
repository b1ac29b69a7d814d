"""Sorting articles into stories."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories
from variorum.records import Article, Gathering, Story
from variorum.stories.likeness import far_apart, likenesses, names_shared
from variorum.stories.profile import Profile, profile
from variorum.text import digest

_UNDATED = datetime.max.replace(tzinfo=UTC)


def gather(articles: Sequence[Article], *, settings: Stories | None = None) -> Gathering:
    """Sort articles into the stories they tell.

    articles: in any order; one given twice counts once.
    Returns stories of two reports and more, the largest first, and the ids, sorted, of those that share no
    story. One article by itself makes a story of one, so that it still gets an edition; so does the only one
    in English among others.

    Average linkage over :func:`variorum.stories.likeness.likenesses`, cut at ``settings.alike``. Average
    and not single linkage: a report that looks back on two events must not chain them into one.
    """
    settings = settings or Stories()
    given = sorted({article.id: article for article in articles}.values(), key=lambda article: article.id)
    if len(given) == 1:
        return Gathering((_story(given),), ())
    profiles = {article.id: profile(article, settings=settings) for article in given}
    read = [article for article in given if article.language in (None, "en")]
    groups = [group for group in _groups(read, profiles, settings) if len(group) > 1 or len(read) == 1]
    foreign = [article for article in given if article.language not in (None, "en")]
    joined: list[list[Article]] = [list(group) for group in groups]
    for article in foreign:
        best = _told_abroad(article, groups, profiles, settings)
        if best is not None:
            joined[best].append(article)
    held = {article.id for group in joined for article in group}
    stories = sorted((_story(group) for group in joined), key=lambda story: (-len(story.articles), story.id))
    return Gathering(tuple(stories), tuple(article.id for article in given if article.id not in held))


def _groups(articles: Sequence[Article], profiles: dict[str, Profile], settings: Stories) -> list[list[Article]]:
    if len(articles) < 2:
        return [list(articles)]
    alike = likenesses(articles, [profiles[article.id] for article in articles], settings=settings)
    groups: dict[int, list[Article]] = {}
    for article, label in zip(articles, _labels(1.0 - alike, cut=1.0 - settings.alike), strict=True):
        groups.setdefault(label, []).append(article)
    return list(groups.values())


def _labels(distances: NDArray[np.float64], *, cut: float) -> list[int]:
    from scipy.cluster.hierarchy import average, fcluster

    pairs = distances[np.triu_indices(len(distances), 1)]
    return [int(label) for label in fcluster(average(pairs), cut, "distance")]


def _told_abroad(
    article: Article, groups: Sequence[Sequence[Article]], profiles: dict[str, Profile], settings: Stories
) -> int | None:
    """Index of the story whose names and numbers a report in another language has; ``None`` for none."""
    best, most = None, settings.foreign_names
    for index, group in enumerate(groups):
        near = [other for other in group if not far_apart(article.published, other.published, settings=settings)]
        if 2 * len(near) < len(group):
            continue
        share = sum(names_shared(profiles[other.id], profiles[article.id]) for other in group) / len(group)
        if share > most:
            best, most = index, share
    return best


def _story(articles: Sequence[Article]) -> Story:
    ordered = sorted(
        articles,
        key=lambda article: (article.published.at if article.published else _UNDATED, article.outlet, article.id),
    )
    return Story(digest(*sorted(article.id for article in articles)), tuple(ordered))
