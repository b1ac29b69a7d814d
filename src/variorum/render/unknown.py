"""Why it cannot be told whether a report carries a claim."""

from collections.abc import Collection
from typing import Literal

from variorum.config.coverage import Coverage
from variorum.coverage.readable import unread
from variorum.records import Article, CellState

Why = Literal["cut", "stub", "ticker", "near"]

WHY: dict[Why, str] = {
    "cut": "its text breaks off",
    "stub": "it is too short to tell by",
    "ticker": "it is a live ticker, which prints its newest entries only",
    "near": "it comes near without plainly stating it",
}


def why_unknown(article: Article, states: Collection[CellState]) -> Why:
    """Why the cells of a report are unknown that are so.

    states: of all its cells. An edition gives no reason, so it is read off again: a report that omits anything could
    be read whole, and only what it comes near is unknown in it.
    """
    if article.cut is None and "omits" in states:
        return "near"
    return unread(article, Coverage()) or "near"
