"""Where a judgement made on a superseded revision stands in the text that is at the address now.

A judgement is carried only where that is beyond doubt: to one text, and to exactly the same words in the same place of
it. The stored one stays as it was made.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from variorum.edition.findings import led
from variorum.records import Judgement, Place
from variorum.render.revised import changed
from variorum.store import finding, judgements

Move = Callable[[int, int], tuple[int, int] | None]


def carried(connection: Connection, held: Iterable[Judgement]) -> dict[str, Judgement]:
    """By id, the judgements that rest on superseded revisions, as they rest on the reports that stand now.

    Those that cannot be carried, and those that need not be, are not among them.
    """
    every = tuple(held)
    heirs = judgements.heirs(connection, {place.article for one in every for place in one.spans})
    if not heirs:
        return {}
    articles = finding.articles(connection, {*heirs, *heirs.values()})
    moves = {
        old: mover(articles[old].text, articles[new].text)
        for old, new in heirs.items()
        if old in articles and new in articles
    }
    found = {}
    for one in every:
        if (now := _carried(one, heirs, moves)) is not None:
            found[one.id] = now
    return found


def mover(old: str, new: str) -> Move:
    """What gives, for a stretch ``[start, end)`` of the old text, the place of the same words in the new one.

    It gives ``None`` where anything inside the stretch was changed, and where its words stand more or fewer times in
    the new text than in the old: then it cannot be told which of them is meant.
    """
    steps = changed(old, new)
    # What was not changed lies between the changes, and has the same letters in both; only white space may differ.
    ends = [0, *(step.old.end for step in steps)]
    news = [0, *(step.new.end for step in steps)]
    old_ends = [*(step.old.start for step in steps), len(old)]
    new_ends = [*(step.new.start for step in steps), len(new)]

    letters: dict[int, tuple[list[int], list[int]]] = {}

    def moved(start: int, end: int) -> tuple[int, int] | None:
        at = bisect_right(ends, start) - 1
        if not start < end <= old_ends[at]:
            return None
        if at not in letters:
            letters[at] = _letters(old, ends[at], old_ends[at]), _letters(new, news[at], new_ends[at])
        mine, theirs = letters[at]
        nth = bisect_left(mine, start)
        if len(mine) != len(theirs) or nth == len(mine):
            return None
        there = theirs[nth] - (mine[nth] - start)
        words = old[start:end]
        if there < 0 or new[there : there + len(words)] != words or old.count(words) != new.count(words):
            return None
        return there, there + len(words)

    return moved


def _letters(text: str, start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if not text[at].isspace()]


def _carried(one: Judgement, heirs: Mapping[str, str], moves: Mapping[str, Move]) -> Judgement | None:
    articles = {place.article for place in one.spans}
    led_to = {article: heirs[article] for article in articles if article in moves}
    # Two of its reports in one would be another finding: a claim of two reports is not a claim of one.
    if not led_to or len({led_to.get(article, article) for article in articles}) < len(articles):
        return None
    spans: list[Place] = []
    for place in one.spans:
        to = led_to.get(place.article)
        there = (place.start, place.end) if to is None else moves[place.article](place.start, place.end)
        if there is not None:
            spans.append(Place(to or place.article, *there))
        elif one.kind == "story" and one.verdict is None and to is not None:
            spans.append(Place(to, 0, 0))  # of the story, and so of no words
        elif one.kind != "borrowing":
            return None
    # Any passage shows a borrowing, but it takes one in either report.
    if len({place.article for place in spans}) < len(articles):
        return None
    spans.sort(key=lambda place: (place.article, place.start, place.end))
    return replace(one, spans=tuple(spans), holds=led(one, led_to))
