"""The fixture's edition as the pipeline would write it: sealed, with the digests of real bytes."""

import hashlib
from dataclasses import replace
from functools import cache

from edition_fixture import EDITION, EDITIONS

from variorum.edition.seal import seal_all
from variorum.records import Article, Editions
from variorum.text import digest


def _hashed(article: Article) -> Article:
    return replace(article, sha256=hashlib.sha256(article.text.encode()).hexdigest())


@cache
def editions() -> Editions:
    """One sealed edition of eight reports, one report that shares no story, one input refused."""
    articles = tuple(_hashed(article) for article in EDITION.articles)
    times = [article.published.at for article in articles if article.published is not None]
    id = digest(*sorted(article.id for article in articles))
    story = replace(EDITION.story, id=id, first_published=min(times), last_published=max(times))
    return seal_all(replace(EDITIONS, editions=(replace(EDITION, articles=articles, story=story),)))


def files() -> dict[str, bytes]:
    """The bytes behind every report, by its path."""
    return {article.path or "": article.text.encode() for article in editions().editions[0].articles}
