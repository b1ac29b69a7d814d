"""The descent of a whole collection: what ``variorum descent`` writes."""

from dataclasses import dataclass

from variorum.records.article import Article, Refusal
from variorum.records.stemma import Shared, Stemma


@dataclass(frozen=True, slots=True)
class Descended:
    """Who borrowed from whom in a collection, whatever stories it holds.

    articles: those that may go back to one another together, the oldest first, those without a date last. stemma:
    over all of them. shared: every pair that has a passage in common, whether it counts or not. stories: ids of the
    articles that tell one event, those of two and more; retellings are looked for within them. retellings: whether
    they were looked for. refused: what could not be read.
    """

    articles: tuple[Article, ...]
    stemma: Stemma
    shared: tuple[Shared, ...]
    stories: tuple[tuple[str, ...], ...]
    retellings: bool
    refused: tuple[Refusal, ...]

    def article(self, id: str) -> Article:
        """The article with that id. Raises KeyError when there is none."""
        for article in self.articles:
            if article.id == id:
                return article
        raise KeyError(id)
