"""The stemma as a drawing: where every node and line stands. The template only writes it down.

Each voice is a box of its own, so that the page can set them in rows as wide as its window; in each,
what the reports go back to stands on top. A line is drawn from each report to the one it hangs from;
the full list of what two reports share stands beside the drawing, so that a voice of many reports
does not become a ball of wool. A box too wide for a phone is laid out a second time. Reports that each
stand alone share one box where they are many.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.records import Lineage
from variorum.render.apparatus import Apparatus, Citation, Mark, mark
from variorum.render.stemma_layout import RADIUS, SMALL, Spot, lay
from variorum.render.stemma_tree import HOLLOW, Branch, LineKind, tree
from variorum.render.wording import count

WIDE, NARROW = 900, 340  # of the page beside its rail, and of a phone's
_SLOT, _NARROW_SLOT = 112, 100  # width of a node with its outlet's name under it
_THIN, _THICK = 1.2, 4.8  # widths of a line for a share of nothing and of all
_FITS = 372  # widest box that a phone shows as it is, made smaller by a twentieth
_PAD = 16
_HEAD = 36
_AIR = 10
_LETTER = 6.3  # width of a letter of a name, on average
_KINDS: tuple[LineKind, ...] = ("verbatim", "retold", "named")
_ALONE = 3  # most reports standing alone that get a box each
_LINE = 40  # from one of them to the next in the box they share
_COLUMN, _NARROW_COLUMN = 205, 150  # least width of a column of them
_SAID = 4  # most letters of a siglum that fit in a node


@dataclass(frozen=True, slots=True)
class Node:
    """A report, or hollow where what is meant is not in the collection. x, y: of its centre.

    beside: whether its name stands beside it and not under it. mark: of its voice.
    """

    x: float
    y: float
    radius: float
    report: Citation | None
    name: tuple[str, ...]
    title: str
    beside: bool
    mark: Mark

    @property
    def letters(self) -> str:
        """Its siglum, as far as it fits."""
        said = self.report.siglum if self.report else ""
        return said if len(said) <= _SAID else said[: _SAID - 1] + "…"

    @property
    def lines(self) -> tuple[tuple[float, float, str], ...]:
        """The lines of its name, each with the place it begins, or has its middle where it stands under the node."""
        if self.beside:
            top = self.y + 4 - 7 * (len(self.name) - 1)
            return tuple((self.x + self.radius + 6, top + 14 * at, line) for at, line in enumerate(self.name))
        return tuple((self.x, self.y + self.radius + 15 + 14 * at, line) for at, line in enumerate(self.name))


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
    """One voice with its nodes and lines. rails: paths that lines hang from, where they do not fit side by side."""

    mark: Mark
    width: float
    height: float
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    rails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sized:
    """A box as a page shows it: ``narrow`` on a phone; ``None`` where ``wide`` fits there too."""

    wide: Box
    narrow: Box | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole stemma. kinds: which kinds of line occur, so that the key explains no more.

    boxes: one a voice; sized: those a page draws; alone: the box of the reports that each stand alone, ``None``
    where each has a box. said: what it shows, in sentences.
    """

    boxes: tuple[Box, ...]
    sized: tuple[Sized, ...]
    alone: Sized | None
    kinds: tuple[LineKind, ...]
    hollow: bool
    directed: bool
    said: str


def draw(apparatus: Apparatus) -> Drawing:
    """Lays out the stemma of the edition behind ``apparatus``, a box a voice."""
    found = [_sized(apparatus, lineage, mark(index)) for index, lineage in enumerate(apparatus.lineages)]
    lone = [one for one in found if len(one.wide.nodes) == 1]
    together = len(lone) > _ALONE
    boxes = tuple(one.wide for one in found)
    lines = [line for box in boxes for line in box.lines]
    return Drawing(
        boxes=boxes,
        sized=tuple(one for one in found if not (together and one in lone)),
        alone=Sized(_alone(lone, WIDE), _alone(lone, NARROW)) if together else None,
        kinds=tuple(kind for kind in _KINDS if any(line.kind == kind for line in lines)),
        hollow=any(node.report is None for box in boxes for node in box.nodes),
        directed=any(line.directed for line in lines),
        said=_said(boxes),
    )


def _sized(apparatus: Apparatus, lineage: Lineage, mark: Mark) -> Sized:
    root, branches = tree(apparatus, lineage)
    wide = _box(apparatus, lineage, mark, root, branches, WIDE, _SLOT)
    if wide.width <= _FITS:
        return Sized(wide, None)
    return Sized(wide, _box(apparatus, lineage, mark, root, branches, NARROW, _NARROW_SLOT))


def _box(
    apparatus: Apparatus,
    lineage: Lineage,
    mark: Mark,
    root: str,
    branches: Sequence[Branch],
    width: float,
    slot: float,
) -> Box:
    children: dict[str, list[str]] = {}
    for branch in branches:
        children.setdefault(branch.parent, []).append(branch.child)
    named = {
        member: RADIUS + 7 + 14 * len(short(_name(apparatus, lineage, member), int(slot / _LETTER)))
        for member in children
    }
    laid = lay(root, children, named, room=width - 2 * _PAD, slot=slot, left=_PAD, top=_HEAD + RADIUS)
    nodes = tuple(_node(apparatus, lineage, mark, member, spot) for member, spot in laid.spots.items())
    lines = tuple(
        Line(laid.drops[b.child], b.kind, b.directed, round(_THIN + (_THICK - _THIN) * b.share, 1)) for b in branches
    )
    height = _HEAD + RADIUS + laid.height + _AIR
    return Box(mark, laid.width + 2 * _PAD, height, nodes, lines, laid.rails)


def _name(apparatus: Apparatus, lineage: Lineage, member: str) -> str:
    return _hollow(apparatus, lineage)[0] if member == HOLLOW else apparatus.article(member).outlet


def _node(apparatus: Apparatus, lineage: Lineage, mark: Mark, member: str, spot: Spot) -> Node:
    radius, letters = SMALL if spot.beside else RADIUS, int(spot.room / _LETTER)
    if member == HOLLOW:
        name, title = _hollow(apparatus, lineage)
        return Node(spot.x, spot.y, radius, None, short(name, letters), title, spot.beside, mark)
    report = apparatus.to_report(member)
    title = f"Report {report.siglum}, {report.outlet}"
    return Node(spot.x, spot.y, radius, report, short(report.outlet, letters), title, spot.beside, mark)


def _hollow(apparatus: Apparatus, lineage: Lineage) -> tuple[str, str]:
    """Name and title of what is not in the collection, or of what nothing shows to be in it."""
    name = lineage.exemplar.name
    if lineage.exemplar.kind == "agency":
        return name or "news agency", f"{name or 'News agency'}: the agency’s own report, not in this collection"
    if apparatus.is_retold(lineage):
        return "lost report", "What these retell: most likely a report that is not in this collection"
    return "first text not known", "The text these share: nothing shows which had it first, or whether none did"


def short(name: str, letters: int) -> tuple[str, ...]:
    """A name on at most two lines of so many letters; what does not fit is cut inside its word, with an ellipsis."""
    letters, lines, left = max(4, letters), list[str](), name.split()
    while left and len(lines) < 2:
        line = left.pop(0)
        while left and len(f"{line} {left[0]}") <= letters:
            line = f"{line} {left.pop(0)}"
        last = bool(left) and len(lines) == 1
        if last and len(line) + 1 < letters:
            line = f"{line} {left.pop(0)}"[: letters - 1].rstrip() + "…"
        elif last or len(line) > letters:
            line = line[: letters - 1].rstrip() + "…"
        lines.append(line)
    return tuple(lines)


def _alone(lone: Sequence[Sized], width: float) -> Box:
    """All reports that stand alone, in columns, each with the mark of its voice before it."""
    columns = int((width - 2 * _PAD) // (_COLUMN if width == WIDE else _NARROW_COLUMN)) or 1
    columns = min(columns, len(lone))
    column, rows = (width - 2 * _PAD) / columns, -(-len(lone) // columns)
    letters = int((column - 2 * SMALL - 30) / _LETTER)
    nodes = []
    for at, one in enumerate(lone):
        (node,) = one.wide.nodes
        outlet = node.report.outlet if node.report else " ".join(node.name)
        x, y = _PAD + at // rows * column + 18 + SMALL, _HEAD + 18 + at % rows * _LINE
        title = f"{node.title}: voice {node.mark.number}, on its own"
        nodes.append(Node(x, y, SMALL, node.report, short(outlet, letters), title, True, node.mark))
    return Box(Mark(0, 0, 0), width, _HEAD + rows * _LINE + 6, tuple(nodes), ())


def _said(boxes: Sequence[Box]) -> str:
    """What the drawing shows, for whoever cannot see it; the lists under it say the rest."""
    several = [box for box in boxes if len(box.nodes) > 1]
    lone = len(boxes) - len(several)
    reports = sum(node.report is not None for box in boxes for node in box.nodes)
    told = [
        f"A drawing of who goes back to whom: {count(reports, 'report')}, {count(len(boxes), 'independent voice')}."
    ]
    for box in several:
        letters = [node.report.siglum for node in box.nodes if node.report]
        root = box.nodes[0]
        top = f"report {root.report.siglum}" if root.report else " ".join(root.name)
        told.append(f"Voice {box.mark.number}: {count(len(letters), 'report')} under {top}.")
    if lone:
        told.append(f"{count(lone, 'report stands', 'reports stand')} alone.")
    return " ".join(told)
