"""What a passage of one report is held against: the rest of the story, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from variorum.records import Annotation, Article, Claim, Comparison, Span, Stemma, Story, Utterance
from variorum.text import rarity, words

# Nats of rarity below which a word is nobody's own ("said", "people").
_COMMON = 2.5
# Sentences of a body that make its opening, with title and standfirst.
_OPENING = 3

Places = tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Background:
    """places: claim id to the mean share of the body that stands before it.

    standing_for: article id to how much of what several lineages tell it carries, 1.0 for the article that
    carries most. contested: where a conflict has its positions. given: article id to its direct speech, with
    marks or without. altered: where a quotation is printed with other words. shared: for each lineage, the
    words all others use. openings: for each lineage, sentence vectors of the titles, standfirsts and first
    sentences of its articles.
    """

    stemma: Stemma
    places: Mapping[str, float]
    standing_for: Mapping[str, float]
    contested: Places
    given: Mapping[str, tuple[Span, ...]]
    altered: Places
    shared: tuple[frozenset[str], ...]
    openings: tuple[NDArray[np.float32], ...]

    def plain(self, article: str, keys: frozenset[str]) -> float:
        """0.4 to 1: the share, by rarity, of a passage's content words that other lineages use as well.

        What only one report says, it says in its own colours: loaded words are rarely shared. Where there is
        one lineage only, nothing can be told.
        """
        others = self.shared[self.stemma.lineage_of(article)]
        total = fsum(rarity(key) for key in keys)
        if not others or not total:
            return 1.0
        return 0.4 + 0.6 * fsum(rarity(key) for key in keys & others) / total

    def centrality(self, article: str, vector: NDArray[np.float32]) -> float:
        """How near the passage comes to what the other lineages open with: a mean of likenesses, 0.5 where none is."""
        own = self.stemma.lineage_of(article)
        near = [
            max(0.0, float((opening @ vector).max()))
            for at, opening in enumerate(self.openings)
            if at != own and len(opening)
        ]
        return fmean(near) if near else 0.5


def background(
    story: Story,
    annotations: Mapping[str, Annotation],
    comparison: Comparison,
    utterances: Sequence[Utterance],
    stemma: Stemma,
) -> Background:
    """The background of a story's passages."""
    by_id = {article.id: article for article in story.articles}
    return Background(
        stemma=stemma,
        places={claim.id: _place(claim, by_id) for claim in comparison.claims},
        standing_for=_standing_for(story, comparison),
        contested=tuple(
            (place.article, Span(place.start, place.end))
            for conflict in comparison.conflicts
            for position in conflict.positions
            for place in position.voices
        ),
        given=_given(story, utterances),
        altered=tuple(
            (reading.article, span)
            for utterance in utterances
            for reading in utterance.readings
            if reading.agreement == "altered"
            for span in reading.spans
        ),
        shared=_shared_words(story, stemma),
        openings=openings(stemma, annotations),
    )


def openings(stemma: Stemma, annotations: Mapping[str, Annotation]) -> tuple[NDArray[np.float32], ...]:
    """For each lineage, the sentence vectors of its articles' titles, standfirsts and first body sentences."""
    return tuple(_opening(lineage.articles, annotations) for lineage in stemma.lineages)


def body_share(article: Article, offset: int) -> float:
    """Share of the body's characters that stand before ``offset``; 0.0 where there is no body."""
    body = article.parts_of("body")
    total = sum(len(part.span) for part in body)
    before = sum(max(0, min(part.end, offset) - part.start) for part in body)
    return before / total if total else 0.0


def content_words(article: Article, span: Span) -> frozenset[str]:
    """The folded words of a stretch that are not common to all news."""
    return frozenset(word.key for word in words(article.text, span.start, span.end) if rarity(word.key) >= _COMMON)


def _place(claim: Claim, articles: Mapping[str, Article]) -> float:
    return fmean(body_share(articles[voice.article], voice.start) for voice in claim.voices)


def _standing_for(story: Story, comparison: Comparison) -> dict[str, float]:
    carried = dict.fromkeys((article.id for article in story.articles), 0)
    for claim in comparison.claims:
        for id in {voice.article for voice in claim.voices}:
            carried[id] += claim.lineages - 1
    most = max(carried.values(), default=0)
    return {id: count / most if most else 1.0 for id, count in carried.items()}


def _given(story: Story, utterances: Sequence[Utterance]) -> dict[str, tuple[Span, ...]]:
    spoken = [reading for utterance in utterances for reading in utterance.readings if reading.mode == "direct"]
    return {
        article.id: tuple(span for reading in spoken if reading.article == article.id for span in reading.spans)
        for article in story.articles
    }


def _shared_words(story: Story, stemma: Stemma) -> tuple[frozenset[str], ...]:
    used = {
        article.id: frozenset(
            word.key
            for part in article.parts_of("body", "title", "standfirst")
            for word in words(article.text, part.start, part.end)
        )
        for article in story.articles
    }
    return tuple(
        frozenset(key for id, keys in used.items() if id not in lineage.articles for key in keys)
        for lineage in stemma.lineages
    )


def _opening(articles: Sequence[str], annotations: Mapping[str, Annotation]) -> NDArray[np.float32]:
    rows = []
    for id in articles:
        annotation = annotations.get(id)
        body = 0
        for at, sentence in enumerate(annotation.sentences if annotation else ()):
            body += sentence.part == "body"
            if annotation is not None and (
                sentence.part in ("title", "standfirst") or (sentence.part == "body" and body <= _OPENING)
            ):
                rows.append(annotation.vectors[at])
    return np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)
