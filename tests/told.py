"""Small invented stories, annotated by the real language pass, with claims set by hand where they stand."""

from collections.abc import Mapping, Sequence
from functools import cache

from variorum.language import annotate, resolve
from variorum.records import (
    Annotation,
    Article,
    Claim,
    ClaimStatus,
    Comparison,
    Conflict,
    ConflictKind,
    Cut,
    Exemplar,
    Lineage,
    Name,
    Part,
    PartKind,
    Place,
    Position,
    Published,
    Span,
    Stance,
    Stemma,
    Story,
    Voice,
)
from variorum.text import digest

Said = tuple[Article, str]


def report(
    outlet: str,
    *body: str,
    title: str | None = None,
    cut: str | None = None,
    language: str = "en",
    published: Published | None = None,
) -> Article:
    """An article with one body part a paragraph. cut: why it breaks off at its end, when it does."""
    paragraphs: list[tuple[PartKind, str]] = [("title", title)] if title else []
    paragraphs += [("body", paragraph) for paragraph in body]
    text, parts = "", []
    for kind, words in paragraphs:
        text += "\n\n" if text else ""
        parts.append(Part(len(text), len(text) + len(words), kind))
        text += words
    return Article(
        id=digest(outlet, text),
        siglum=None,
        outlet=outlet,
        title=title,
        byline=(),
        url=None,
        path=f"{outlet}.txt",
        published=published,
        language=language,
        sha256=digest(text, length=64),
        text=text,
        parts=tuple(parts),
        cut=Cut(len(text), cut) if cut else None,
    )


def story(*articles: Article) -> Story:
    return Story(digest(*sorted(article.id for article in articles)), articles)


@cache
def annotation(article: Article) -> Annotation:
    return annotate(article)


def annotations(told: Story) -> dict[str, Annotation]:
    return {article.id: annotation(article) for article in told.articles}


def names(told: Story) -> tuple[Name, ...]:
    return resolve(told.articles, annotations(told))


def where(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


def each_alone(told: Story) -> Stemma:
    return Stemma((), tuple(Lineage((article.id,), Exemplar("none", None), ()) for article in told.articles))


def together(told: Story, *groups: Sequence[Article]) -> Stemma:
    """A stemma in which each group is one lineage and every other article its own."""
    grouped = [tuple(article.id for article in group) for group in groups]
    held = {id for group in grouped for id in group}
    alone = [(article.id,) for article in told.articles if article.id not in held]
    return Stemma(
        (), tuple(Lineage(ids, Exemplar("lost" if len(ids) > 1 else "none", None), ()) for ids in grouped + alone)
    )


def claim(
    stemma: Stemma,
    *said: Said,
    stances: Mapping[str, Stance] | None = None,
    status: ClaimStatus | None = None,
) -> Claim:
    """A claim with a voice at each of the given words; the first is its text. stances: by outlet."""
    voices = []
    for article, words in said:
        span = where(article, words)
        voices.append(Voice(article.id, span.start, span.end, (stances or {}).get(article.outlet, "states"), None))
    lineages = stemma.voices({voice.article for voice in voices})
    first = voices[0]
    return Claim(
        id=digest("claim", first.article, str(first.start), str(first.end)),
        text=said[0][1],
        article=first.article,
        start=first.start,
        end=first.end,
        voices=tuple(voices),
        outlets=len({article.outlet for article, _ in said}),
        lineages=lineages,
        status=status or ("corroborated" if lineages > 1 else "single"),
    )


def conflict(kind: ConflictKind, *positions: tuple[str, Sequence[Said]]) -> Conflict:
    made = []
    for value, said in positions:
        spans = [(article.id, where(article, words)) for article, words in said]
        made.append(Position(value, tuple(Place(id, span.start, span.end) for id, span in spans)))
    return Conflict(digest("conflict", kind, *(value for value, _ in positions)), kind, "what differs", tuple(made))


def comparison(*claims: Claim, conflicts: Sequence[Conflict] = ()) -> Comparison:
    return Comparison(tuple(sorted(claims, key=lambda claim: (-claim.lineages, claim.id))), tuple(conflicts))
