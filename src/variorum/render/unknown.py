"""Why it cannot be told whether a report carries a claim."""

import re
from collections.abc import Collection
from typing import Literal

from variorum.config.coverage import Coverage
from variorum.records import Article, CellState
from variorum.text import lines, words

Why = Literal["cut", "stub", "ticker", "near"]

WHY: dict[Why, str] = {
    "cut": "its text breaks off",
    "stub": "it is too short to tell by",
    "ticker": "it is a live ticker, which prints its newest entries only",
    "near": "it comes near without plainly stating it",
}

_HOUR = re.compile(r"\W*(?:\w+\W+)?\d{1,2}[:.h]\d{2}(?!\d)")


def why_unknown(article: Article, states: Collection[CellState]) -> Why:
    """Why the cells of a report are unknown that are so.

    states: of all its cells. An edition gives no reason, so it is read off again: a report that omits anything could
    be read whole, and only what it comes near is unknown in it.
    """
    if article.cut is not None:
        return "cut"
    if "omits" in states:
        return "near"
    settings = Coverage()
    body = article.parts_of("body")
    if sum(len(words(article.text, part.start, part.end)) for part in body) < settings.stub_words:
        return "stub"
    dated = (lines(article.text, part.start, part.end) for part in body)
    entries = sum(bool(_HOUR.match(line.of(article.text))) for of_part in dated for line in of_part)
    return "ticker" if entries >= settings.ticker_entries else "near"
