"""Which pairs of reports share text or tell alike, beyond what reports of one event do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.config import Descent
from variorum.descent.chains import Told
from variorum.descent.retellings import Retelling, retellings
from variorum.records import Passage, Shared


@dataclass(frozen=True, slots=True)
class Edge:
    """Two reports that go together. a, b: indices into the story's reports.

    words: how many they share outside quotations; a_share, b_share: what share of each one's own words that
    is. sentences: how many correspond in a retelling, counted on the side that has fewer; whole: how many
    telling sentences the shorter report has. retelling: how it was found, ``None`` for shared words.
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
    retelling: Retelling | None = None

    @property
    def share(self) -> float:
        """Of the shorter report, the part that corresponds, in [0, 1]."""
        return max(self.a_share, self.b_share) if self.kind == "verbatim" else self.sentences / max(1, self.whole)


def edges(
    places: Mapping[str, int], shared: Iterable[Shared], telling: Sequence[Told | None], *, settings: Descent
) -> tuple[Edge, ...]:
    """All pairs that go together: those that share words, and of the others those that tell alike.

    places: the index of each report by its id. shared: what pairs of them have in the same words. telling: by index;
    ``None`` for a report that cannot be compared for what it tells.
    """
    found: dict[tuple[int, int], Edge] = {}
    for one in shared:
        if one.a in places and one.b in places and borrowed(one, settings=settings):
            edge = _verbatim(one, places)
            found[edge.a, edge.b] = edge
    for retelling in retellings(telling, list(found), settings=settings):
        found[retelling.a, retelling.b] = _retold(retelling, telling)
    return tuple(found[pair] for pair in sorted(found))


def borrowed(shared: Shared, *, settings: Descent) -> bool:
    """Whether what two articles share is so much that one has it from the other, or both from a third."""
    share = max(shared.a_share, shared.b_share)
    enough = len(shared.borrowed) >= settings.shared_passages and share >= settings.shared_share
    enough = enough and max(one.run for one in shared.borrowed) >= settings.shared_run
    return shared.words >= settings.shared_words and (enough or share >= settings.whole_share)


def _verbatim(shared: Shared, places: Mapping[str, int]) -> Edge:
    a, b = places[shared.a], places[shared.b]
    passages = [Passage(one.a, one.b, one.likeness) for one in shared.borrowed]
    if a < b:
        return Edge(a, b, "verbatim", tuple(passages), shared.words, shared.a_share, shared.b_share)
    turned = sorted((Passage(one.b, one.a, one.likeness) for one in passages), key=lambda one: one.a)
    return Edge(b, a, "verbatim", tuple(turned), shared.words, shared.b_share, shared.a_share)


def _retold(found: Retelling, telling: Sequence[Told | None]) -> Edge:
    one, other = telling[found.a], telling[found.b]
    if one is None or other is None:
        raise ValueError("a retelling needs two reports that can be compared")
    passages = tuple(
        Passage(one.spans[at], other.spans[to], likeness)
        for (at, to), likeness in zip(found.chain.links, found.chain.likenesses, strict=True)
    )
    whole = min(len(one.spans), len(other.spans))
    return Edge(found.a, found.b, "retold", passages, sentences=found.chain.sentences, whole=whole, retelling=found)
