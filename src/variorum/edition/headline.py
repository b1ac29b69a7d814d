"""The line that stands over a story: a title one of its reports printed."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from variorum.config.edition import Edition as Settings
from variorum.edition.background import openings
from variorum.records import Annotation, Article, Stemma, Story
from variorum.text import rarity, words

# What asks, speaks in a quotation or announces its genre tells less of the event.
_MARKS = re.compile(r"[?“”\"«»]|(?<!\w)[‘']\w|\b(?:live|watch|opinion|analysis|explainer|how|why|what we know)\b", re.I)
_TELLING_LESS = 0.8
_BREAK = re.compile(r"[,;:]|\s[–—-]\s")


def headline(story: Story, annotations: Mapping[str, Annotation], stemma: Stemma, settings: Settings) -> str:
    """The title nearest to what all lineages open with.

    Near is a mean over lineages of the likeness of sentence vectors, and the rarity-weighted words in common
    with all titles and ledes; a title that asks, or speaks in a quotation, comes after one that tells.
    Where no report has a title, the lede nearest to the others, cut at a comma or a word. Always words that stand in a
    report; "" only where no report has any.
    """
    around = openings(stemma, annotations)
    common = _common_words(story, annotations, stemma)
    titles = [(title, article) for article in story.articles if (title := _title(article))]
    ledes = [(lede, article) for article in story.articles if (lede := _lede(article, annotations))]
    if not titles and not ledes:
        return ""
    best, _ = max(
        titles or ledes, key=lambda opened: _fitness(opened[0], opened[1], annotations, around, common)
    )  # the first of equals
    return best if titles else shortened(best, settings.headline_letters)


def _fitness(
    text: str,
    article: Article,
    annotations: Mapping[str, Annotation],
    around: Sequence[NDArray[np.float32]],
    common: Mapping[str, float],
) -> float:
    weight = _cosine(_weights([text]), common)
    annotation = annotations.get(article.id)
    at = annotation.sentence_at(article.text.index(text)) if annotation else None
    if annotation is not None and at is not None:
        vector = annotation.vectors[at]
        weight += fmean([float((opening @ vector).max()) for opening in around if len(opening)] or [0.0])
    return weight * (_TELLING_LESS if _MARKS.search(text) else 1.0)


def _common_words(story: Story, annotations: Mapping[str, Annotation], stemma: Stemma) -> Counter[str]:
    """The words of titles and ledes, by rarity and the number of lineages that use them."""
    common: Counter[str] = Counter()
    for lineage in stemma.lineages:
        articles = [article for article in story.articles if article.id in lineage.articles]
        opened = [text for article in articles for text in (_title(article), _lede(article, annotations))]
        common.update(_weights(opened))
    return common


def shortened(text: str, letters: int) -> str:
    """``text`` cut at a comma, else at a word, to at most ``letters``, without its closing point."""
    text = text.strip().rstrip(".").rstrip()
    if len(text) <= letters:
        return text
    breaks = [match.start() for match in _BREAK.finditer(text) if letters // 3 <= match.start() <= letters]
    if breaks:
        return text[: breaks[-1]].rstrip()
    cut = text[: letters + 1].rsplit(None, 1)[0]
    return cut[:letters].rstrip(" ,;:–—-")


def _title(article: Article) -> str:
    """The title as it stands in the text; "" where there is none or it belongs to another language."""
    if article.language not in (None, "en"):
        return ""
    if article.title and article.title in article.text:
        return article.title
    parts = article.parts_of("title")
    return article.slice(parts[0].start, parts[0].end).strip() if parts else ""


def _lede(article: Article, annotations: Mapping[str, Annotation]) -> str:
    annotation = annotations.get(article.id)
    sentences = annotation.sentences if annotation else ()
    first = next((sentence for sentence in sentences if sentence.part == "body"), None)
    return article.slice(first.start, first.end) if first else ""


def _weights(texts: Iterable[str]) -> dict[str, float]:
    return {word.key: rarity(word.key) for text in texts for word in words(text)}


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    shared = sum(weight * b[key] for key, weight in a.items() if key in b)
    length = sqrt(sum(weight * weight for weight in a.values())) * sqrt(sum(weight * weight for weight in b.values()))
    return shared / length if length else 0.0
