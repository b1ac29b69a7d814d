"""The stemma of a collection as one SVG file: the boxes of the page, set in rows, with a key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.edition.sigla import lettered
from variorum.records import CoverageMatrix, Descended, Edition, Headline
from variorum.render.apparatus import Apparatus
from variorum.render.html import environment, static, without_unprintable
from variorum.render.stemma_svg import Box, Drawing, draw
from variorum.render.wording import count

_WIDTH = 1180  # widest, but for one box that is wider
_NARROW = 1040  # room for the key
_GAP = 14
_MARGIN = 24
_HEAD = 74
_KEY = 34


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and where its upper left corner stands."""

    x: float
    y: float
    box: Box


@dataclass(frozen=True, slots=True)
class Graph:
    """A whole drawing. key_y: where the key stands."""

    width: float
    height: float
    key_y: float
    title: str
    drawing: Drawing
    boxes: tuple[Placed, ...]
    style: str


def svg(descended: Descended) -> str:
    """The drawing as SVG text that needs nothing else. Lineages of several reports come first, then the oldest."""
    return without_unprintable(environment().get_template("graph.svg.j2").render(graph=_graph(descended)))


def _graph(descended: Descended) -> Graph:
    drawing = draw(Apparatus(_edition(descended)))
    boxes = sorted(drawing.boxes, key=lambda box: len(box.nodes) == 1)
    width = max([_WIDTH, *(box.width + 2 * _MARGIN for box in boxes)])
    placed = _placed(boxes, width)
    width = max([_NARROW, *(one.x + one.box.width + _MARGIN for one in placed)])
    below = max((one.y + one.box.height for one in placed), default=_HEAD) + _GAP
    title = f"{count(len(descended.articles), 'article')}, {count(len(drawing.boxes), 'lineage')}"
    return Graph(width, below + _KEY, below + 8, title, drawing, placed, static("graph.css"))


def _placed(boxes: Sequence[Box], width: float) -> tuple[Placed, ...]:
    """Boxes side by side while there is room, then on the next row; those of one report begin a row of their own."""
    x, y, tallest, found = float(_MARGIN), float(_HEAD), 0.0, list[Placed]()
    for before, box in zip((None, *boxes), boxes, strict=False):
        lone = before is not None and len(box.nodes) == 1 < len(before.nodes)
        if found and (x + box.width > width - _MARGIN or lone):
            x, y, tallest = float(_MARGIN), y + tallest + _GAP, 0.0
        found.append(Placed(x, y, box))
        x, tallest = x + box.width + _GAP, max(tallest, box.height)
    return tuple(found)


def _edition(descended: Descended) -> Edition:
    """The collection in the form that the drawing of a story is made from."""
    articles = lettered(descended.articles)
    compared = tuple(replace(article, language=article.language or "en") for article in articles)
    return Edition(
        Headline("", "", None, None), compared, (), (), descended.stemma, (), (), CoverageMatrix((), ()), (), (), (), ()
    )
