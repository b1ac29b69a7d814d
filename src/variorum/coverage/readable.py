"""Whether a whole report could be read, so that what is not in it is left out by it."""

import re
from typing import Literal

from variorum.config.coverage import Coverage
from variorum.records import Article
from variorum.text import lines, words

_CLOCK = re.compile(
    r"(?:(?:updated|published)\W+)?\d{1,2}[:.h]\d{2}(?!\d)(?:\s*(?:[ap]\.?m\b|[A-Z]{3,4}\b|ET\b))?", re.I
)

Unread = Literal["cut", "stub", "ticker"]
"""Why a lack says nothing: the report breaks off, has a few lines only, or is a live ticker, which drops its oldest."""


def unread(article: Article, settings: Coverage) -> Unread | None:
    """Why what is not in ``article`` is unknown rather than left out; ``None`` for a report that is all there."""
    if article.cut is not None:
        return "cut"
    body = article.parts_of("body")
    if sum(len(words(article.text, part.start, part.end)) for part in body) < settings.stub_words:
        return "stub"
    entries = sum(
        1 for part in body for line in lines(article.text, part.start, part.end) if _CLOCK.match(line.of(article.text))
    )
    return "ticker" if entries >= settings.ticker_entries else None
