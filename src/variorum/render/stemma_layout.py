"""Where the nodes of a tree stand in a given width.

A tree that fits is drawn as trees are: children side by side, their parent over their middle. One that does not
hangs its children on a trunk, row under row; many children that have none of their own stand in columns like a
list, each with its name beside it. The largest branch goes on straight down the trunk, so that even a long chain
of branches moves to the right by a few steps only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

RADIUS = 18
SMALL = 13  # radius of a node that stands in a list
UNDER = 52  # from the middle of a node to the end of the name under it
LEVEL = 110  # from a node to its children under it
_RAIL = 14  # from the end of a name to the rail under it
_DROP = 30  # from a rail to the nodes that hang from it
_LISTED = 5  # most children without children that are drawn as nodes of a tree where the tree does not fit
_LINE = 38  # from one node of a list to the next
_TOOTH = 20  # from a trunk to a node of a list
_NARROWEST = 124  # of a column of a list
_WIDEST = 204
_AIR = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a node stands. beside: whether it stands in a list, its name beside it. room: for the name, in pixels."""

    x: float
    y: float
    beside: bool
    room: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A tree laid out. height: from the middle of its root.

    drops: to each child the SVG path that ends at it; rails: what they hang from.
    """

    width: float
    height: float
    spots: Mapping[str, Spot]
    drops: Mapping[str, str]
    rails: tuple[str, ...]


@dataclass(slots=True)
class _Block:
    """A node with all under it. root: x of the node; below: from its middle to the end of the block.

    places: of its children, from the node's own place; listed: those that stand in a list, in columns so wide;
    hung: whether they hang from rails.
    """

    width: float
    root: float
    below: float
    places: dict[str, tuple[float, float]]
    listed: frozenset[str]
    hung: bool
    column: float


def lay(
    root: str,
    children: Mapping[str, Sequence[str]],
    named: Mapping[str, float],
    *,
    room: float,
    slot: float,
    left: float,
    top: float,
) -> Laid:
    """The tree below ``root`` in at most ``room`` pixels where that can be.

    named: from the middle of each node with children to the end of its name. slot: width of a node with its name.
    left: where the tree begins; top: where the middle of its root stands.
    """
    order, sizes = _down(root, children)
    rooms = {root: room}
    for node in order:
        heavy = max(children.get(node, ()), key=lambda child: sizes[child], default=None)
        for child in children.get(node, ()):
            rooms[child] = max(slot, rooms[node] - (0 if child == heavy else slot / 2 + _AIR))
    blocks: dict[str, _Block] = {}
    for node in reversed(order):
        blocks[node] = _block(children.get(node, ()), blocks, sizes, rooms[node], slot)
    first = Spot(left + blocks[root].root, top, False, slot)
    return _resolved(first, order, children, blocks, named)


def _down(root: str, children: Mapping[str, Sequence[str]]) -> tuple[list[str], dict[str, int]]:
    """The nodes, parents first, and how many nodes each has at and under it."""
    order = [root]
    for node in order:
        order.extend(children.get(node, ()))
    sizes = dict.fromkeys(order, 1)
    for node in reversed(order):
        sizes[node] += sum(sizes[child] for child in children.get(node, ()))
    return order, sizes


def _block(
    children: Sequence[str], blocks: Mapping[str, _Block], sizes: Mapping[str, int], room: float, slot: float
) -> _Block:
    if not children:
        return _Block(slot, slot / 2, UNDER, {}, frozenset(), False, 0)
    if sum(blocks[child].width for child in children) <= room:
        return _side_by_side(children, blocks, slot)
    return _on_a_trunk(children, blocks, sizes, room, slot)


def _side_by_side(children: Sequence[str], blocks: Mapping[str, _Block], slot: float) -> _Block:
    x, roots = 0.0, dict[str, float]()
    for child in children:
        roots[child] = x + blocks[child].root
        x += blocks[child].width
    root = (roots[children[0]] + roots[children[-1]]) / 2
    shift = max(0.0, slot / 2 - root)
    places = {child: (roots[child] - root, float(LEVEL)) for child in children}
    below = LEVEL + max(blocks[child].below for child in children)
    return _Block(max(x + shift, root + slot / 2), root + shift, below, places, frozenset(), False, 0)


def _on_a_trunk(
    children: Sequence[str], blocks: Mapping[str, _Block], sizes: Mapping[str, int], room: float, slot: float
) -> _Block:
    trunk, bottom, places = slot / 2, float(UNDER), dict[str, tuple[float, float]]()
    leaves = [child for child in children if sizes[child] == 1]
    inner = sorted((child for child in children if sizes[child] > 1), key=lambda child: sizes[child])
    heavy = inner.pop() if inner and blocks[inner[-1]].width > room - trunk - _AIR else None
    listed, column, widest = frozenset[str](), 0.0, slot
    if len(leaves) > _LISTED:
        free = max(room - trunk, _NARROWEST)
        columns = min(ceil(len(leaves) / 4), max(1, int(free // _WIDEST)) if free >= 2 * _WIDEST else 2)
        columns = max(1, min(columns, int(free // _NARROWEST)))
        column, rows = min(_WIDEST, free / columns), ceil(len(leaves) / columns)
        for at, leaf in enumerate(leaves):
            places[leaf] = (at // rows * column + _TOOTH + SMALL, bottom + _RAIL + 24 + at % rows * _LINE)
        listed, widest = frozenset(leaves), trunk + column * ceil(len(leaves) / rows)
        bottom += _RAIL + 24 + (rows - 1) * _LINE + 20
        leaves = []
    x, tallest = trunk + _AIR, 0.0
    for child in (*leaves, *inner):
        block = blocks[child]
        if tallest and x + block.width > room:
            x, bottom, tallest = trunk + _AIR, bottom + _RAIL + _DROP + RADIUS + tallest + _AIR, 0.0
        places[child] = (x + block.root - trunk, bottom + _RAIL + _DROP + RADIUS)
        x, tallest = x + block.width, max(tallest, block.below)
        widest = max(widest, x)
    if tallest:
        bottom += _RAIL + _DROP + RADIUS + tallest + _AIR
    if heavy is not None:
        places[heavy] = (blocks[heavy].root - trunk, bottom + _RAIL + _DROP + RADIUS)
        widest = max(widest, blocks[heavy].width)
        bottom += _RAIL + _DROP + RADIUS + blocks[heavy].below
    return _Block(widest, trunk, bottom, places, listed, True, column)


def _resolved(
    first: Spot,
    order: Sequence[str],
    children: Mapping[str, Sequence[str]],
    blocks: Mapping[str, _Block],
    named: Mapping[str, float],
) -> Laid:
    root = order[0]
    spots = {root: first}
    drops, rails = dict[str, str](), list[str]()
    for node in order:
        block, at = blocks[node], spots[node]
        for child in children.get(node, ()):
            dx, dy = block.places[child]
            beside = child in block.listed
            name = block.column - _TOOTH - 2 * SMALL - 2 * _AIR if beside else first.room
            spots[child] = Spot(at.x + dx, at.y + dy, beside, name)
            drops[child] = _drop(at, spots[child], named[node], hung=block.hung)
        if block.hung:
            rails.append(_rail(at, [spots[child] for child in children[node]], named[node]))
    return Laid(blocks[root].width, blocks[root].below, spots, drops, tuple(rails))


def _drop(parent: Spot, child: Spot, named: float, *, hung: bool) -> str:
    """From the parent, or the rail it hangs from, to just before the child; an arrow's point reaches it."""
    if child.beside:
        return f"M{child.x - SMALL - _TOOTH:g} {child.y:g}H{child.x - SMALL - 4:g}"
    end = child.y - RADIUS - 4
    if hung:
        return f"M{child.x:g} {child.y - RADIUS - _DROP:g}V{end:g}"
    start = parent.y + named
    middle = (start + end) / 2
    return f"M{parent.x:g} {start:g}C{parent.x:g} {middle:g} {child.x:g} {middle:g} {child.x:g} {end:g}"


def _rail(parent: Spot, hung: Sequence[Spot], named: float) -> str:
    """The trunk under a node with the rails to each row of nodes and to each column of a list."""
    path, lowest = "", parent.y + UNDER
    columns: dict[float, float] = {}
    rows: dict[float, list[float]] = {}
    for spot in hung:
        if spot.beside:
            column = spot.x - SMALL - _TOOTH
            columns[column] = max(columns.get(column, 0.0), spot.y)
        else:
            rows.setdefault(spot.y - RADIUS - _DROP, []).append(spot.x)
    for column, last in columns.items():
        if column > parent.x:
            path += f"M{parent.x:g} {parent.y + UNDER + _RAIL:g}H{column:g}V{last:g}"
        lowest = max(lowest, last if column <= parent.x else parent.y + UNDER + _RAIL)
    for y, places in rows.items():
        path += f"M{min(parent.x, *places):g} {y:g}H{max(parent.x, *places):g}"
        lowest = max(lowest, y)
    return f"M{parent.x:g} {parent.y + named:g}V{lowest:g}{path}"
