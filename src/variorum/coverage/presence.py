"""Whether a report comes near a claim that the grouping did not find in it.

"Omits" is an accusation. A report that tells the fact in words the grouping missed omits nothing, so
before the word is said every sentence of the report is held against every voice of the claim, by
sentence vector and by the claim's telling words, at thresholds below those that group claims.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import fsum, log

import numpy as np
from numpy.typing import NDArray

from variorum.config.coverage import Coverage
from variorum.coverage.readable import unread
from variorum.records import Annotation, Article, Claim, Clause, Place, Span, Stemma, Story, Voice
from variorum.text import rarity, words

# Below this many nats of rarity a word says nothing about what is told ("said", "people", "first").
_TELLING = 2.5

_SPEAKING = frozenset("say tell add report announce state write explain note claim insist warn".split())


def _is_readable(article: Article, annotation: Annotation, settings: Coverage) -> bool:
    return bool(annotation.sentences) and unread(article, settings) is None


class Presence:
    """Holds claims against the sentences of the story's reports."""

    def __init__(self, story: Story, annotations: Mapping[str, Annotation], stemma: Stemma, settings: Coverage) -> None:
        self._settings = settings
        self._borrowings = stemma.borrowings
        self._articles = {article.id: article for article in story.articles}
        self._annotations = {id: annotations.get(id, Annotation(article=id)) for id in self._articles}
        self._keys = {
            id: [_keys(self._articles[id].text, sentence.start, sentence.end) for sentence in annotation.sentences]
            for id, annotation in self._annotations.items()
        }
        self._readable = frozenset(
            id for id, article in self._articles.items() if _is_readable(article, self._annotations[id], settings)
        )
        sentences = [keys for of_article in self._keys.values() for keys in of_article]
        self._total = len(sentences)
        self._counts = Counter(key for keys in sentences for key in keys)

    def is_readable(self, article: str) -> bool:
        """Whether the whole report could be read, so that what is not in it is left out by it."""
        return article in self._readable

    def near(self, claim: Claim, article: str) -> bool:
        """Whether any sentence of ``article`` comes near any voice of ``claim``."""
        return any(self._comes_near(voice, article) or self._borrowed(voice, article) for voice in claim.voices)

    def is_frame(self, place: Place) -> bool:
        """Whether ``place`` stands in the "he said" of a sentence that has more to tell."""
        clause = self._clause(place)
        if clause is None:
            return False
        annotation = self._annotations[place.article]
        others = sum(1 for other in annotation.clauses if other.sentence == clause.sentence)
        return others > 1 and annotation.tokens[clause.root].lemma.lower() in _SPEAKING

    def _clause(self, place: Place) -> Clause | None:
        """The shortest clause that holds ``place``."""
        holding = [
            clause
            for clause in self._annotations[place.article].clauses
            if clause.start <= place.start and place.end <= clause.end
        ]
        return min(holding, key=lambda clause: (len(clause.span), clause.start), default=None)

    def statement(self, place: Place) -> Span:
        """The shortest clause that holds ``place``, else its sentence, else the place itself."""
        annotation = self._annotations[place.article]
        clause = self._clause(place)
        if clause is not None:
            return clause.span
        at = annotation.sentence_at(place.start)
        return Span(place.start, place.end) if at is None else annotation.sentences[at].span

    def stretch(self, place: Place) -> Place:
        """The statement that holds ``place``, as a place."""
        span = self.statement(place)
        return Place(place.article, span.start, span.end)

    def alike(self, one: Place, other: Place) -> float:
        """The greatest cosine between the clauses of two places; 0.0 where one has none."""
        a, b = self._vectors(one), self._vectors(other)
        return float((a @ b.T).max()) if len(a) and len(b) else 0.0

    def likeness(self, voice: Voice, article: str) -> float:
        """The greatest cosine between the voice and any sentence or clause of ``article``."""
        asked = self._vectors(voice)
        there = self._annotations[article]
        held = np.concatenate([there.vectors, there.clause_vectors])
        return float((held @ asked.T).max()) if len(held) and len(asked) else 0.0

    def share(self, voice: Voice, article: str) -> float:
        """The greatest share of the voice's telling words, by weight, in two neighbouring sentences."""
        asked = {key: self._weight(key) for key in _keys(self._articles[voice.article].text, voice.start, voice.end)}
        if len(asked) < self._settings.presence_words:
            return 0.0
        total = fsum(asked.values())
        here = self._keys[article]
        windows: Iterable[frozenset[str]] = (
            here[at] | (here[at + 1] if at + 1 < len(here) else frozenset()) for at in range(len(here))
        )
        return max((fsum(asked[key] for key in window & asked.keys()) / total for window in windows), default=0.0)

    def _comes_near(self, voice: Voice, article: str) -> bool:
        """Whether the nearness reaches the threshold; the words are read only where they can decide."""
        missing = self._settings.presence - self.likeness(voice, article)
        if missing <= 0 or missing > self._settings.presence_words_weight:
            return missing <= 0
        return self._settings.presence_words_weight * self.share(voice, article) >= missing

    def _borrowed(self, voice: Voice, article: str) -> bool:
        """Whether the descent found the voice's words, for the most part, in ``article`` too."""
        said = Span(voice.start, voice.end)
        for borrowing in self._borrowings:
            if {borrowing.a, borrowing.b} != {voice.article, article}:
                continue
            for passage in borrowing.spans:
                here = passage.a if borrowing.a == voice.article else passage.b
                if 2 * (min(here.end, said.end) - max(here.start, said.start)) > len(said):
                    return True
        return False

    def _weight(self, key: str) -> float:
        """Rare in news and rare in this story: a name that every sentence holds tells nothing here."""
        return min(rarity(key), log((self._total + 1) / (self._counts[key] + 0.5)))

    def _vectors(self, voice: Voice | Place) -> NDArray[np.float32]:
        """The vectors of the clauses that the voice covers for the most part, else of its sentence."""
        annotation = self._annotations[voice.article]
        span = Span(voice.start, voice.end)
        at = [
            index
            for index, clause in enumerate(annotation.clauses)
            if clause.span.overlaps(span)
            and 2 * (min(clause.end, span.end) - max(clause.start, span.start)) > len(clause.span)
        ]
        if at:
            return annotation.clause_vectors[at]
        sentence = annotation.sentence_at(voice.start)
        return annotation.vectors[[] if sentence is None else [sentence]]


def _keys(text: str, start: int, end: int) -> frozenset[str]:
    return frozenset(word.key for word in words(text, start, end) if rarity(word.key) >= _TELLING)
