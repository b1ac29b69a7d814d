"""Where each sentence of a report stands in the other reports of its story, and how."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.records import Article, Edition, PartKind, Span
from variorum.render.marked_text import READ
from variorum.text import lines, sentences

How = Literal["verbatim", "quotation", "retold", "claim", "denial"]

HOW: dict[How, str] = {
    "verbatim": "the same words",
    "quotation": "the same quotation",
    "retold": "told in other words",
    "claim": "the same claim",
    "denial": "one denies what the other states",
}
"""From the strongest tie to the weakest, in the words of a page."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One place in another report. start, end: offsets there. index: of the claim or utterance, -1 for a passage."""

    how: How
    article: str
    start: int
    end: int
    index: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a report. part: what it belongs to. elsewhere: its places in the others, the strongest first.

    claims, utterances: indices of those it tells or prints, wholly or in part.
    """

    start: int
    end: int
    part: PartKind
    elsewhere: tuple[Elsewhere, ...]
    claims: tuple[int, ...]
    utterances: tuple[int, ...]


def standing(edition: Edition, article: Article) -> tuple[Sentence, ...]:
    """The sentences of the report's headline, standfirst and body, in order, each with where it stands elsewhere.

    A stretch belongs to a sentence when one holds half of the other; so a quotation of three sentences belongs to
    each of them, and a sentence stands elsewhere also when only a part of it does.
    """
    cut = [(span, part.kind) for part in article.parts if part.kind in READ for span in _sentences(article, part.span)]
    spans = [span for span, _ in cut]
    starts = [span.start for span in spans]
    places: list[dict[Elsewhere, None]] = [{} for _ in spans]
    claims: list[dict[int, None]] = [{} for _ in spans]
    utterances: list[dict[int, None]] = [{} for _ in spans]
    for borrowing in edition.stemma.borrowings:
        if article.id in (borrowing.a, borrowing.b):
            for passage in borrowing.spans:
                mine, theirs, other = (
                    (passage.a, passage.b, borrowing.b)
                    if borrowing.a == article.id
                    else (passage.b, passage.a, borrowing.a)
                )
                for at in _holding(spans, starts, mine):
                    places[at][Elsewhere(borrowing.kind, other, theirs.start, theirs.end, -1)] = None
    for index, utterance in enumerate(edition.utterances):
        own = {
            at
            for reading in utterance.readings
            if reading.article == article.id
            for span in reading.spans
            for at in _holding(spans, starts, span)
        }
        for at in own:
            utterances[at][index] = None
            for reading in utterance.readings:
                if reading.article != article.id:
                    first = reading.spans[0]
                    places[at][Elsewhere("quotation", reading.article, first.start, first.end, index)] = None
    for index, claim in enumerate(edition.claims):
        for voice in claim.voices:
            if voice.article != article.id:
                continue
            for at in _holding(spans, starts, Span(voice.start, voice.end)):
                claims[at][index] = None
                for they in claim.voices:
                    if they.article != article.id:
                        against = (they.stance == "denies") != (voice.stance == "denies")
                        how: How = "denial" if against else "claim"
                        there = Elsewhere(how, they.article, they.start, they.end, index)
                        places[at][there] = None
    order = list(HOW)
    return tuple(
        Sentence(
            span.start,
            span.end,
            kind,
            tuple(sorted(found, key=lambda place: (order.index(place.how), place.start))),
            tuple(sorted(told)),
            tuple(sorted(said)),
        )
        for (span, kind), found, told, said in zip(cut, places, claims, utterances, strict=True)
    )


def strongest(sentence: Sentence) -> dict[str, Elsewhere]:
    """The strongest tie of a sentence to each other report that has it, by article."""
    found: dict[str, Elsewhere] = {}
    for place in sentence.elsewhere:
        found.setdefault(place.article, place)
    return found


def _sentences(article: Article, within: Span) -> Iterator[Span]:
    for line in lines(article.text, within.start, within.end):
        yield from sentences(article.text, line.start, line.end)


def _holding(spans: Sequence[Span], starts: Sequence[int], stretch: Span) -> Iterable[int]:
    """Indices of the sentences that share half of the stretch or of themselves with it."""
    at = max(0, bisect_left(starts, stretch.start) - 1)
    while at < len(spans) and starts[at] < stretch.end:
        shared = min(spans[at].end, stretch.end) - max(spans[at].start, stretch.start)
        if shared > 0 and 2 * shared >= min(len(spans[at]), len(stretch)):
            yield at
        at += 1
