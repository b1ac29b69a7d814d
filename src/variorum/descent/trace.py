"""The descent of a story's reports."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from variorum.config import Descent
from variorum.descent.chains import Told, told
from variorum.descent.direction import evidence, giver
from variorum.descent.edges import Edge, borrowed, edges
from variorum.descent.lineages import connected, lineages
from variorum.descent.prose import prose
from variorum.descent.share import share
from variorum.records import Annotation, Article, Borrowing, Evidence, Passage, Shared, Stemma, Story
from variorum.text import digest

_UNDATED = datetime.max.replace(tzinfo=UTC)


def trace(
    story: Story,
    annotations: Mapping[str, Annotation],
    *,
    shared: Iterable[Shared] | None = None,
    settings: Descent | None = None,
) -> Stemma:
    """Who borrowed from whom in a story, and how many independent lineages its reports make.

    annotations: by article id; a report without one is compared by its words only, one in another language not at
    all. shared: what pairs of reports have in the same words, where :func:`share` has found it over a whole
    collection and so knows its stock phrases; found here among the story's reports by default.
    Returns every report in exactly one lineage, in the order of publication; independence is the default.
    """
    settings = settings or Descent()
    articles = sorted(story.articles, key=_order)
    readable = {article.id: article for article in articles if article.language in (None, "en")}
    if shared is None:
        shared = share(readable.values(), settings=replace(settings, processes=1))
    places = {article.id: place for place, article in enumerate(articles)}
    telling = [_told(article, annotations, settings) if article.id in readable else None for article in articles]
    found = edges({id: places[id] for id in readable}, shared, telling, settings=settings)
    borrowings = tuple(_borrowing(edge, articles[edge.a], articles[edge.b], settings) for edge in found)
    return Stemma(borrowings, lineages(articles, borrowings))


def groups(
    articles: Iterable[Article], shared: Iterable[Shared], stories: Iterable[Story], *, settings: Descent | None = None
) -> tuple[Story, ...]:
    """Articles that may go back to one another, as stories: those of one story, and those that share text.

    Every article is in exactly one; the articles of each, and the groups by their first, are in the order of
    publication.
    """
    settings = settings or Descent()
    ordered = sorted({article.id: article for article in articles}.values(), key=_order)
    at = {article.id: place for place, article in enumerate(ordered)}
    ties = [(at[one.a], at[one.b]) for one in shared if borrowed(one, settings=settings)]
    for story in stories:
        places = [at[article.id] for article in story.articles]
        ties.extend(pairwise(places))
    members: dict[int, list[Article]] = {}
    for article, first in zip(ordered, connected(len(ordered), ties), strict=True):
        members.setdefault(first, []).append(article)
    return tuple(Story(digest(*sorted(one.id for one in group)), tuple(group)) for group in members.values())


def _told(article: Article, annotations: Mapping[str, Annotation], settings: Descent) -> Told | None:
    annotation = annotations.get(article.id)
    if annotation is None:
        return None
    return told(article, prose(article, settings=settings), annotation, settings=settings)


def _order(article: Article) -> tuple[datetime, str, str]:
    return (article.published.at if article.published else _UNDATED, article.outlet, article.id)


def _borrowing(edge: Edge, a: Article, b: Article, settings: Descent) -> Borrowing:
    found = evidence(edge, a, b, settings=settings)
    came_from = giver(found, a, b)
    of_both = (_tie(edge, a, b, settings), *found)
    if came_from == b.id:
        turned = tuple(Passage(passage.b, passage.a, passage.likeness) for passage in edge.passages)
        return Borrowing(b.id, a.id, True, edge.kind, turned, edge.share, of_both)
    return Borrowing(a.id, b.id, came_from is not None, edge.kind, edge.passages, edge.share, of_both)


def _tie(edge: Edge, a: Article, b: Article, settings: Descent) -> Evidence:
    """What two reports have in common, as evidence that they go together."""
    pair = f"{a.outlet} and {b.outlet}"
    if edge.kind == "verbatim":
        count = len(edge.passages)
        passages = "1 passage" if count == 1 else f"{count} passages"
        share = round(100 * edge.share)
        says = f"{pair} share {passages} outside quotations, {edge.words} words, {share} % of the shorter."
        return Evidence("shared", "strong" if edge.share >= settings.whole_share else "fair", says)
    found = edge.retelling
    says = f"{pair} tell the same in {edge.sentences} of the {edge.whole} sentences of the shorter"
    if found is not None and found.taker is not None:
        held, taker = (found.a_own, a) if found.taker == edge.a else (found.b_own, b)
        few = "none" if held.share <= settings.held_share else "next to none"
        says += f", and {few} of the names, figures and quotations of {taker.outlet} are its own"
    else:
        says += ", in the same order, far more closely than the other reports of the story"
    return Evidence("chain", "fair", f"{says} (so alike: {settings.false_alarm} real pairs of independent reports).")
