"""Articles made in a test, so that input and answer stand together."""

from datetime import UTC, datetime

from variorum.records import Annotation, Article, Exemplar, Lineage, Part, Published, Stemma, Story
from variorum.text import digest, lines


def report(text: str, outlet: str = "Gazette", *, published: str | None = None, language: str = "en") -> Article:
    """An article that is all body. published: an ISO date."""
    at = Published(datetime.fromisoformat(published).replace(tzinfo=UTC), "day") if published else None
    return Article(
        id=digest(outlet, text),
        siglum=None,
        outlet=outlet,
        title=None,
        byline=(),
        url=None,
        path=f"{outlet}.txt",
        published=at,
        language=language,
        sha256="0" * 64,
        text=text,
        parts=tuple(Part(line.start, line.end, "body") for line in lines(text)),
    )


def annotated(*articles: Article) -> dict[str, Annotation]:
    """The annotations of the articles, by id."""
    from variorum.language import annotate_all

    return {annotation.article: annotation for annotation in annotate_all(articles)}


def each_alone(*articles: Article) -> Stemma:
    """A stemma in which every article is a voice of its own."""
    return Stemma((), tuple(Lineage((article.id,), Exemplar("none", None), ()) for article in articles))


def story_of(*articles: Article) -> Story:
    """The articles as one story."""
    return Story(digest("story", *sorted(article.id for article in articles)), articles)
