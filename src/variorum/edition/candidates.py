"""The passages a digest may choose from, each with what it carries and how well it reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from variorum.config.edition import Edition as Settings
from variorum.edition.background import Background, Places, body_share, content_words
from variorum.edition.passages import passages
from variorum.edition.standing import Standing, quotations, standing
from variorum.records import Annotation, Article, Claim, Span, Story
from variorum.text import words

# Sentences of a body among which the digest's opening is looked for.
_LEDE = 2
# A passage with a quotation that others print in other words tells its claim less surely.
_ALTERED = 0.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that can be read by itself.

    claims: those whose voice lies in it, strongest first. place: mean share of the body before those claims
    over all reports, so that the digest can tell them in the order reports do. at: the same of this passage.
    lede: whether it is one of the first sentences of its report. plain: in (0, 1], 1 for wording others share.
    central: how near it comes to what the other lineages open with. keys: its content words.
    lemmas: the nouns it mentions. vector: of its sentence.
    """

    article: str
    span: Span
    text: str
    words: int
    claims: tuple[Claim, ...]
    place: float
    at: float
    lede: bool
    plain: float
    central: float
    disputed: bool
    standing: Standing
    keys: frozenset[str]
    lemmas: frozenset[str]
    vector: NDArray[np.float32]

    @property
    def lineages(self) -> int:
        """Lineages of the strongest claim it carries; 1 when it carries none."""
        return max((claim.lineages for claim in self.claims), default=1)


def candidates(
    story: Story,
    annotations: Mapping[str, Annotation],
    claims: Sequence[Claim],
    background: Background,
    settings: Settings,
) -> tuple[Candidate, ...]:
    """Every passage of every body that stands by itself and has a fitting length."""
    return tuple(
        candidate
        for article in story.articles
        if article.id in annotations
        for candidate in _of_article(article, annotations[article.id], claims, background, settings)
    )


def _of_article(
    article: Article, annotation: Annotation, claims: Sequence[Claim], background: Background, settings: Settings
) -> Iterator[Candidate]:
    nth = 0
    given = [*quotations(article), *background.given.get(article.id, ())]
    for sentence, vector in zip(annotation.sentences, annotation.vectors, strict=True):
        if sentence.part != "body":
            continue
        nth += 1
        for span in passages(article, annotation, sentence):
            count = len(words(article.text, span.start, span.end))
            if not settings.extract_least_words <= count <= settings.extract_words:
                continue
            stands = standing(article, annotation, span, given)
            if stands is not None:
                yield _candidate(article, annotation, span, stands, nth <= _LEDE, vector, claims, background)


def _candidate(
    article: Article,
    annotation: Annotation,
    span: Span,
    stands: Standing,
    lede: bool,
    vector: NDArray[np.float32],
    claims: Sequence[Claim],
    background: Background,
) -> Candidate:
    carried = sorted(
        (claim for claim in claims if _carries(claim, article.id, span)),
        key=lambda claim: (-claim.lineages, -claim.outlets, claim.id),
    )
    keys = content_words(article, span)
    at = body_share(article, span.start)
    disputed = any(claim.status == "disputed" for claim in carried) or _meets(background.contested, article.id, span)
    altered = _ALTERED if _meets(background.altered, article.id, span) else 1.0
    inside = (token for token in annotation.tokens if span.start <= token.start and token.end <= span.end)
    return Candidate(
        article=article.id,
        span=span,
        text=span.of(article.text),
        words=len(words(article.text, span.start, span.end)),
        claims=tuple(carried),
        place=fmean(background.places[claim.id] for claim in carried) if carried else at,
        at=at,
        lede=lede,
        plain=background.plain(article.id, keys) * altered,
        central=background.centrality(article.id, vector),
        disputed=disputed,
        standing=stands,
        keys=keys,
        lemmas=frozenset(token.lemma.lower() for token in inside if token.pos in ("NOUN", "PROPN")),
        vector=vector,
    )


def _carries(claim: Claim, article: str, span: Span) -> bool:
    """Whether a voice of the claim in this article lies in the span, but for a word or a mark at its edges."""
    for voice in claim.voices:
        if voice.article == article and voice.stance != "denies":
            held = min(voice.end, span.end) - max(voice.start, span.start)
            if held > 0 and held >= 0.9 * (voice.end - voice.start):
                return True
    return False


def _meets(places: Places, article: str, span: Span) -> bool:
    return any(id == article and span.overlaps(place) for id, place in places)
