"""The line that stands over a story: a title one of its reports printed."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import sqrt

from variorum.config.edition import Edition as Settings
from variorum.edition.background import Background, content_words
from variorum.records import Annotation, Article, Span, Stemma, Story
from variorum.text import rarity, words

# What asks, speaks in a quotation or announces its genre tells less of the event.
_MARKS = re.compile(r"[?“”\"«»]|(?<!\w)[‘']\w|\b(?:live|watch|opinion|analysis|explainer|how|why|what we know)\b", re.I)
_TELLING_LESS = 0.6
_BREAK = re.compile(r"[,;:]|\s[–—-]\s")


def headline(
    story: Story, annotations: Mapping[str, Annotation], stemma: Stemma, around: Background, settings: Settings
) -> str:
    """The title nearest to what all lineages open with, in words they share.

    Near is a mean over lineages of the likeness of sentence vectors, and the rarity-weighted words in common
    with all titles and ledes. A title that asks, speaks in a quotation, or holds what a conflict is about comes after
    one that tells; a title in colours of its own after one in plain words; and the title of a report that
    carries little of what several lineages tell after that of one that carries much.
    Where no report has a title, the lede nearest to the others, cut at a comma or a word. Always words that stand in a
    report; "" only where no report has any.
    """
    common = _common_words(story, annotations, stemma)
    titles = [(title, article) for article in story.articles if (title := _title(article))]
    ledes = [(lede, article) for article in story.articles if (lede := _lede(article, annotations))]
    if not titles and not ledes:
        return ""
    best, _ = max(
        titles or ledes, key=lambda opened: round(_fitness(opened[0], opened[1], annotations, around, common), 9)
    )  # the first of equals
    return best if titles else shortened(best, settings.headline_letters)


def _fitness(
    text: str,
    article: Article,
    annotations: Mapping[str, Annotation],
    around: Background,
    common: Mapping[str, float],
) -> float:
    weight = _cosine(_weights([text]), common)
    annotation = annotations.get(article.id)
    at = annotation.sentence_at(article.text.index(text)) if annotation else None
    if annotation is not None and at is not None:
        vector = annotation.vectors[at]
        weight += around.centrality(article.id, vector)
    start = article.text.index(text)
    span = Span(start, start + len(text))
    if _MARKS.search(text):
        weight *= _TELLING_LESS
    if _is_contested(article, span, around):
        weight *= _TELLING_LESS
    return weight * around.plain(article.id, content_words(article, span)) * (0.5 + around.standing_for[article.id])


def _is_contested(article: Article, title: Span, around: Background) -> bool:
    """Whether a conflict is about words of the title, or about a figure that the title repeats."""
    places = [place for id, place in around.contested if id == article.id]
    figures = {word.key for place in places for word in words(article.text, place.start, place.end)}
    repeated = {word.key for word in words(article.text, title.start, title.end) if word.key[:1].isdigit()} & figures
    return bool(repeated) or any(title.overlaps(place) for place in places)


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
