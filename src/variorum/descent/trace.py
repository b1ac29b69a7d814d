"""The descent of a story's reports."""

from collections.abc import Mapping
from datetime import UTC, datetime

from variorum.config import Descent
from variorum.descent.direction import direction
from variorum.descent.edges import Edge, edges
from variorum.descent.lineages import lineages
from variorum.descent.prose import prose
from variorum.records import Annotation, Article, Borrowing, Passage, Stemma, Story

_UNDATED = datetime.max.replace(tzinfo=UTC)


def trace(story: Story, annotations: Mapping[str, Annotation], *, settings: Descent | None = None) -> Stemma:
    """Who borrowed from whom in a story, and how many independent lineages its reports make.

    annotations: by article id; a report without one, or in another language, is a lineage by itself.
    Returns every report in exactly one lineage, in the order of publication; independence is the default.
    """
    settings = settings or Descent()
    articles = sorted(story.articles, key=_order)
    readable = [article for article in articles if article.language in (None, "en")]
    place = {article.id: index for index, article in enumerate(articles)}
    local = edges([prose(article, settings=settings) for article in readable], annotations, settings=settings)
    found = [_placed(edge, place[readable[edge.a].id], place[readable[edge.b].id]) for edge in local]
    directions = {}
    for edge in found:
        given = direction(edge, articles[edge.a], articles[edge.b], settings=settings)
        if given is not None:
            directions[edge] = given
    borrowings = tuple(
        _borrowing(edge, articles, giver=directions[edge].giver if edge in directions else None) for edge in found
    )
    return Stemma(borrowings, lineages(articles, found, directions))


def _order(article: Article) -> tuple[datetime, str, str]:
    return (article.published.at if article.published else _UNDATED, article.outlet, article.id)


def _placed(edge: Edge, a: int, b: int) -> Edge:
    return Edge(a, b, edge.kind, edge.passages, edge.words, edge.a_share, edge.b_share, edge.sentences, edge.whole)


def _borrowing(edge: Edge, articles: list[Article], *, giver: int | None) -> Borrowing:
    a, b = articles[edge.a].id, articles[edge.b].id
    if giver == edge.b:
        turned = tuple(Passage(passage.b, passage.a, passage.likeness) for passage in edge.passages)
        return Borrowing(b, a, True, edge.kind, turned)
    return Borrowing(a, b, giver is not None, edge.kind, edge.passages)
