"""Which pairs of reports share text or tell alike, beyond what reports of one event do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from variorum.config import Descent
from variorum.descent.prose import Prose
from variorum.descent.retold import Chain, Told, chain, told
from variorum.descent.verbatim import Run, quoted_runs, runs, seeds
from variorum.records import Annotation, Passage, Span


@dataclass(frozen=True, slots=True)
class Edge:
    """Two reports that go together. a, b: indices into the story's reports.

    words: how many they share outside quotations; a_share, b_share: what share of each one's own words that
    is. sentences: how many correspond in a retelling, counted on the side that has fewer; whole: how many
    telling sentences the shorter report has.
    """

    a: int
    b: int
    kind: Literal["verbatim", "retold"]
    passages: tuple[Passage, ...]
    words: int = 0
    a_share: float = 0.0
    b_share: float = 0.0
    sentences: int = 0
    whole: int = 0


def edges(proses: Sequence[Prose], annotations: Mapping[str, Annotation], *, settings: Descent) -> tuple[Edge, ...]:
    """All pairs that go together, those that share words first looked for, then those that tell alike."""
    places = seeds(proses, settings=settings)
    spoken = quoted_runs(proses, settings=settings)
    telling = [
        told(one, annotations.get(one.article.id, Annotation(one.article.id)), settings=settings) for one in proses
    ]
    found = []
    for a, b in combinations(range(len(proses)), 2):
        shared = runs(proses[a], proses[b], places.get((a, b), ()), spoken, settings=settings)
        edge = _verbatim(a, b, proses, shared, settings) or _retold(a, b, telling, settings)
        if edge is not None:
            found.append(edge)
    return tuple(found)


def _verbatim(a: int, b: int, proses: Sequence[Prose], shared: Sequence[Run], settings: Descent) -> Edge | None:
    if not shared:
        return None
    count = sum(len(run.pairs) for run in shared)
    a_share, b_share = (min(1.0, count / len(proses[side].words)) for side in (a, b))
    share = max(a_share, b_share)
    enough = len(shared) >= settings.shared_passages and share >= settings.shared_share
    if count < settings.shared_words or not (enough or share >= settings.whole_share):
        return None
    passages = tuple(
        Passage(
            Span(proses[a].words[run.a_start].start, proses[a].words[run.a_end - 1].end),
            Span(proses[b].words[run.b_start].start, proses[b].words[run.b_end - 1].end),
            run.likeness,
        )
        for run in shared
    )
    return Edge(a, b, "verbatim", passages, words=count, a_share=a_share, b_share=b_share)


def _retold(a: int, b: int, telling: Sequence[Told], settings: Descent) -> Edge | None:
    found: Chain = chain(telling[a], telling[b], settings=settings)
    whole = min(len(telling[a].spans), len(telling[b].spans))
    if (
        found.strength < settings.chain_strength
        or found.sentences < settings.chain_sentences
        or found.sentences < settings.chain_share * whole
    ):
        return None
    passages = tuple(
        Passage(telling[a].spans[at], telling[b].spans[to], likeness)
        for (at, to), likeness in zip(found.links, found.likenesses, strict=True)
    )
    return Edge(a, b, "retold", passages, sentences=found.sentences, whole=whole)
