"""Words one outlet quotes and another prints as running text, with neither marks nor cue."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from variorum.config import Quotations as Settings
from variorum.quotations.pieces import QUOTED
from variorum.quotations.units import NameWords, Unit, unit
from variorum.records import Annotation, Article, Quotation, Span
from variorum.text import tiles


def unmarked(
    articles: Mapping[str, Article],
    annotations: Mapping[str, Annotation],
    taken: Mapping[str, Sequence[Span]],
    groups: Sequence[Sequence[Unit]],
    name_words: NameWords,
    settings: Settings,
) -> Iterator[tuple[int, Quotation, Unit]]:
    """Sentences without marks that print the words of an utterance.

    taken: by article, the spans that are quoted, or known to report an utterance.
    Gives the index of the utterance, the quotation the sentence makes and its unit, whose ``quotation`` is
    not set. Nearly all of a sentence of some length must be the same words, so that nothing is taken for
    speech because it tells the same thing.
    """
    index: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for number, group in enumerate(groups):
        for at, member in enumerate(group):
            if len(member.keys) >= settings.sentence_words:
                for pair in pairwise(member.keys):
                    index.setdefault(pair, set()).add((number, at))
    if not index:
        return
    for id in sorted(articles):
        for sentence in annotations[id].sentences:
            span = sentence.span
            if sentence.part not in QUOTED or any(span.overlaps(other) for other in taken.get(id, ())):
                continue
            made = unit(id, articles[id].text, (span,), -1, name_words)
            found = _best(made, index, groups, settings)
            if found is None:
                continue
            number, first, last = found
            own = (Span(made.words[first].start, made.words[last - 1].end),)
            yield number, _quotation(articles[id], own), unit(id, articles[id].text, own, -1, name_words)


def _best(
    made: Unit,
    index: Mapping[tuple[str, str], set[tuple[int, int]]],
    groups: Sequence[Sequence[Unit]],
    settings: Settings,
) -> tuple[int, int, int] | None:
    """The utterance whose words the sentence prints, and from where to where; ``None`` when there is none."""
    if len(made.keys) < settings.sentence_words:
        return None
    votes: Counter[tuple[int, int]] = Counter()
    for pair in pairwise(made.keys):
        votes.update(index.get(pair, ()))
    best: tuple[float, int, int, int] | None = None
    for (number, at), shared in sorted(votes.items()):
        if 2 * shared < settings.sentence_words or any(member.article == made.article for member in groups[number]):
            continue
        other = groups[number][at]
        found = tiles(made.keys, other.keys, settings.telling_run)
        size = sum(tile.size for tile in found)
        share = size / min(len(made.keys), len(other.keys))
        if (
            size >= settings.sentence_words
            and share >= settings.shared_nearly_all
            and (best is None or share > best[0])
        ):
            best = share, number, min(tile.a for tile in found), max(tile.a + tile.size for tile in found)
    return best[1:] if best is not None else None


def _quotation(article: Article, spans: tuple[Span, ...]) -> Quotation:
    text = " ".join(span.of(article.text) for span in spans)
    return Quotation(article.id, spans, text, "direct", "none", None, None, None, quoted=spans)
