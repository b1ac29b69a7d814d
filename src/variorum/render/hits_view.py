"""Reports that were searched for, each with the first of the words where they stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from variorum.records import ListedArticle, Span
from variorum.render.marked_text import in_context

_REACH = 70  # characters shown on either side


@dataclass(frozen=True, slots=True)
class HitView:
    """A report that was found. span: the first of the words asked for in its text, ``None`` where they stand in another
    form there; before, words, after: that place."""

    article: ListedArticle
    span: Span | None
    before: str = ""
    words: str = ""
    after: str = ""


def hit_views(found: Sequence[ListedArticle], texts: Mapping[str, str], words: Iterable[str]) -> tuple[HitView, ...]:
    """Reports with a place each. texts: theirs, by id. words: those asked for, or the beginnings of some."""
    wanted = sorted({re.escape(word) for word in words}, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(wanted)})\w*", re.IGNORECASE) if wanted else None
    return tuple(_view(one, texts.get(one.id, ""), pattern) for one in found)


def _view(article: ListedArticle, text: str, pattern: re.Pattern[str] | None) -> HitView:
    match = pattern.search(text) if pattern else None
    if match is None:
        return HitView(article, None)
    span = Span(match.start(), match.end())
    return HitView(article, span, *in_context(text, span.start, span.end, reach=_REACH))
