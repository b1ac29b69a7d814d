"""What each report of a voice hangs from: the stemma as a tree, before anything is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.records import Borrowing, Lineage
from variorum.render.apparatus import Apparatus

LineKind = Literal["verbatim", "retold", "named"]
HOLLOW = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A report and what it hangs from; the parent is ``HOLLOW`` for an exemplar not in the collection.

    share: what part of the shorter report corresponds, in [0, 1].
    """

    child: str
    parent: str
    kind: LineKind
    directed: bool
    share: float


def tree(apparatus: Apparatus, lineage: Lineage) -> tuple[str, tuple[Branch, ...]]:
    """The root of a voice, and the branch each other report hangs on; a parent's own branch comes before it."""
    members = [article.id for article in apparatus.edition.articles if article.id in lineage.articles]
    within = [b for b in apparatus.edition.stemma.borrowings if b.a in members and b.b in members]
    within.sort(key=lambda b: (not b.directed, b.kind == "retold", members.index(b.a), members.index(b.b)))
    lost = lineage.exemplar.kind in ("agency", "lost")
    root = apparatus.origin(lineage) or (HOLLOW if lost else members[0])
    level, branches, left = [root], list[Branch](), [member for member in members if member != root]
    while left:
        found = list(_children(apparatus, level, left, within, root))
        if not found:  # nothing hangs from this level: the rest goes back to the root on the evidence given
            found = [Branch(child, root, _how(child, within), False, _most(apparatus, child, within)) for child in left]
        branches.extend(found)
        level = [branch.child for branch in found]
        left = [member for member in left if member not in level]
    return root, tuple(branches)


def _children(
    apparatus: Apparatus, level: Sequence[str], left: Sequence[str], within: Sequence[Borrowing], root: str
) -> Iterator[Branch]:
    for child in left:
        from_other = any(b.directed and b.b == child for b in within)
        if root == HOLLOW and HOLLOW in level and not from_other:
            yield Branch(child, HOLLOW, _how(child, within), False, _most(apparatus, child, within))
            continue
        for b in within:
            if (b.b == child and b.a in level) or (b.a == child and b.b in level and not b.directed):
                yield Branch(child, b.a if b.b == child else b.b, b.kind, b.directed, _share(apparatus, b))
                break


def _how(child: str, within: Sequence[Borrowing]) -> LineKind:
    """How a report is tied to its voice: by shared words, by retelling, or only by what it names."""
    kinds = {b.kind for b in within if child in (b.a, b.b)}
    return "verbatim" if "verbatim" in kinds else "retold" if kinds else "named"


def _most(apparatus: Apparatus, child: str, within: Sequence[Borrowing]) -> float:
    """The most that a report shares with another of its voice; half where nothing tells."""
    return max((_share(apparatus, b) for b in within if child in (b.a, b.b)), default=0.5)


def _share(apparatus: Apparatus, borrowing: Borrowing) -> float:
    """What part of the shorter report corresponds; reckoned from the passages where an edition does not carry it."""
    if borrowing.share:
        return borrowing.share
    bodies = [
        sum(part.end - part.start for part in apparatus.article(id).parts_of("standfirst", "body"))
        for id in (borrowing.a, borrowing.b)
    ]
    shared = sum(len(passage.a) + len(passage.b) for passage in borrowing.spans) / 2
    return min(1.0, shared / max(1, min(bodies)))
