"""Which finding rests on given words, and by which of its words a finding is told from the others of its kind.

An id is made of what a finding holds and is another when a report joins the story; the words a finding rests on stay
where they are as long as their report does.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from variorum.records import Finding, Place


def resting_on(found: Iterable[Finding], place: Place) -> Finding | None:
    """Of ``found``, the finding with the stretch that shares the most characters with ``place``; ``None`` for none.

    Of stretches that share as many, the shortest: a finding that rests on these words and no more is nearer than one
    that rests on a longer stretch. Where that is alike too, the first.
    """
    nearest: tuple[int, int] | None = None
    meant = None
    for finding in found:
        for one in finding.spans:
            shared = min(one.end, place.end) - max(one.start, place.start) if one.article == place.article else 0
            if shared > 0 and (nearest is None or (shared, one.start - one.end) > nearest):
                nearest, meant = (shared, one.start - one.end), finding
    return meant


def telling_places(resting: Iterable[Sequence[Place]]) -> tuple[Place, ...]:
    """Of each finding of a kind, the first of its places on which no other rests; its first where others share all.

    resting: the places of each finding, one at least.
    """
    every = list(resting)
    rests = Counter(place for places in every for place in set(places))
    return tuple(next((place for place in places if rests[place] == 1), places[0]) for places in every)
