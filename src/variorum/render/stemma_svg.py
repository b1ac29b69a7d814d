"""The stemma as a drawing: where every node and line stands. The template only writes it down.

Each voice is a box of its own, so that the page can set them in rows as wide as its window; in each,
what the reports go back to stands on top. A line is drawn from each report to the one it hangs from;
the full list of what two reports share stands beside the drawing, so that a voice of many reports
does not become a ball of wool.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from textwrap import wrap
from typing import Literal

from variorum.records import Borrowing, Lineage
from variorum.render.apparatus import Apparatus, Citation, Mark, mark

LineKind = Literal["verbatim", "retold", "named"]

_SLOT = 112  # width of a node with its outlet's name under it
_LEVEL = 110
_ROW = 5  # nodes side by side in a small box; larger ones are wider
_WIDE = 10  # most nodes side by side in any
_TRUNK = 10  # room at the left of a box for lines that go round a row
_THIN, _THICK = 1.2, 4.8  # widths of a line for a share of nothing and of all
_PAD = 16
_HEAD = 36
_FOOT = 76  # a node, the name under it on two lines, and air
_RADIUS = 18
_NAME = 16  # letters of an outlet's name that fit in a slot
_KINDS: tuple[LineKind, ...] = ("verbatim", "retold", "named")
HOLLOW = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A report, or hollow where what is meant is not in the collection. x, y: of its centre."""

    x: float
    y: float
    report: Citation | None
    name: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line from what gave to what took. path: SVG path data. directed: whether it has an arrow.

    width: by the share of the shorter report that the two have in common.
    """

    path: str
    kind: LineKind
    directed: bool
    width: float


@dataclass(frozen=True, slots=True)
class Box:
    """One voice with its nodes and lines."""

    mark: Mark
    width: float
    height: float
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole stemma. kinds: which kinds of line occur, so that the key explains no more."""

    boxes: tuple[Box, ...]
    kinds: tuple[LineKind, ...]
    hollow: bool
    directed: bool


@dataclass(frozen=True, slots=True)
class _Branch:
    """A report and what it hangs from; the parent is ``HOLLOW`` for an exemplar not in the collection."""

    child: str
    parent: str
    kind: LineKind
    directed: bool
    share: float


def draw(apparatus: Apparatus) -> Drawing:
    """Lays out the stemma of the edition behind ``apparatus``, a box a voice."""
    boxes = tuple(_box(apparatus, lineage, mark(index)) for index, lineage in enumerate(apparatus.lineages))
    lines = [line for box in boxes for line in box.lines]
    return Drawing(
        boxes=boxes,
        kinds=tuple(kind for kind in _KINDS if any(line.kind == kind for line in lines)),
        hollow=any(node.report is None for box in boxes for node in box.nodes),
        directed=any(line.directed for line in lines),
    )


def _tree(apparatus: Apparatus, lineage: Lineage) -> tuple[list[list[str]], list[_Branch]]:
    """Levels of a voice from the top down, and the branch each report hangs on."""
    members = [article.id for article in apparatus.edition.articles if article.id in lineage.articles]
    within = [b for b in apparatus.edition.stemma.borrowings if b.a in members and b.b in members]
    within.sort(key=lambda b: (not b.directed, b.kind == "retold", members.index(b.a), members.index(b.b)))
    lost = lineage.exemplar.kind in ("agency", "lost")
    root = apparatus.origin(lineage) or (HOLLOW if lost else members[0])
    levels, branches, left = [[root]], list[_Branch](), [member for member in members if member != root]
    while left:
        found = list(_children(apparatus, levels[-1], left, within, root))
        if not found:  # nothing hangs from this level: the rest goes back to the root on the evidence given
            found = [
                _Branch(child, root, _how(child, within), False, _most(apparatus, child, within)) for child in left
            ]
        branches.extend(found)
        level = [branch.child for branch in found]
        levels.append(level)
        left = [member for member in left if member not in level]
    return levels, branches


def _children(
    apparatus: Apparatus, level: Sequence[str], left: Sequence[str], within: Sequence[Borrowing], root: str
) -> Iterator[_Branch]:
    for child in left:
        from_other = any(b.directed and b.b == child for b in within)
        if root == HOLLOW and HOLLOW in level and not from_other:
            yield _Branch(child, HOLLOW, _how(child, within), False, _most(apparatus, child, within))
            continue
        for b in within:
            if (b.b == child and b.a in level) or (b.a == child and b.b in level and not b.directed):
                yield _Branch(child, b.a if b.b == child else b.b, b.kind, b.directed, _share(apparatus, b))
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


def _box(apparatus: Apparatus, lineage: Lineage, mark: Mark) -> Box:
    levels, branches = _tree(apparatus, lineage)
    most = min(_WIDE, max(_ROW, ceil(sqrt(2 * len(lineage.articles)))))
    rows = [level[i : i + most] for level in levels for i in range(0, len(level), most)]
    depth = {member: number for number, row in enumerate(rows) for member in row}
    width = max(len(row) for row in rows) * _SLOT + 2 * _PAD
    round_rows = any(depth[b.child] - depth[b.parent] > 1 for b in branches)
    left = _TRUNK if round_rows else 0
    nodes: dict[str, Node] = {}
    for number, row in enumerate(rows):
        for place, member in enumerate(row):
            x = left + width / 2 + (place - (len(row) - 1) / 2) * _SLOT
            nodes[member] = _node(apparatus, lineage, member, x, _HEAD + _RADIUS + number * _LEVEL)
    lines = tuple(_line(nodes[b.parent], nodes[b.child], b, far=depth[b.child] - depth[b.parent] > 1) for b in branches)
    return Box(mark, left + width, _HEAD + (len(rows) - 1) * _LEVEL + _FOOT, tuple(nodes.values()), lines)


def _node(apparatus: Apparatus, lineage: Lineage, member: str, x: float, y: float) -> Node:
    if member == HOLLOW:
        return Node(x, y, None, *_hollow(apparatus, lineage))
    report = apparatus.to_report(member)
    return Node(x, y, report, _short(report.outlet), f"Report {report.siglum}, {report.outlet}")


def _hollow(apparatus: Apparatus, lineage: Lineage) -> tuple[tuple[str, ...], str]:
    """Name and title of what is not in the collection, or of what nothing shows to be in it."""
    name = lineage.exemplar.name
    if lineage.exemplar.kind == "agency":
        return _short(
            name or "news agency"
        ), f"{name or 'News agency'}: the agency’s own report, not in this collection"
    if apparatus.is_retold(lineage):
        return _short("lost report"), "What these retell: most likely a report that is not in this collection"
    return _short("first text not known"), "The text these share: nothing shows which had it first, or whether none did"


def _short(name: str) -> tuple[str, ...]:
    """A name on at most two lines, cut with an ellipsis where it is longer."""
    return tuple(wrap(name, _NAME, max_lines=2, placeholder="…"))


def _line(parent: Node, child: Node, branch: _Branch, *, far: bool) -> Line:
    """far: whether rows stand between the two; then the line goes round them, along the left side of the box."""
    x1, y1 = parent.x, parent.y + _RADIUS + 8 + 14 * len(parent.name)
    x2, y2 = child.x, child.y - _RADIUS - (7 if branch.directed else 2)
    width = round(_THIN + (_THICK - _THIN) * branch.share, 1)
    if far:
        side, over = _TRUNK, y2 - 14
        path = f"M{x1:g} {y1:g}V{y1 + 6:g}H{side:g}V{over:g}H{x2:g}V{y2:g}"
        return Line(path, branch.kind, branch.directed, width)
    middle = (y1 + y2) / 2
    path = f"M{x1:g} {y1:g}C{x1:g} {middle:g} {x2:g} {middle:g} {x2:g} {y2:g}"
    return Line(path, branch.kind, branch.directed, width)
