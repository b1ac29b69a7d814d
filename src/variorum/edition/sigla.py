"""A letter for each report, as an apparatus has it."""

import dataclasses
from collections.abc import Sequence

from variorum.records import Article


def siglum(at: int) -> str:
    """The siglum of the report at ``at``, from 0: A to Z, then AA, AB, and so on. Raises ValueError below 0."""
    if at < 0:
        raise ValueError(f"a siglum needs a place of 0 or more, got {at}")
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def lettered(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles in their order, each with its siglum."""
    return tuple(dataclasses.replace(article, siglum=siglum(at)) for at, article in enumerate(articles))
