"""The coverage matrix as a picture: where every letter, row and mark stands. The template only writes it down.

From the left: the claim's number, on how many voices it rests as a figure and a bar, a mark for every
report, and the claim's words as far as they fit. The marks come before the words so that on a phone the
picture stands in the window and the words run out of it. Rows may be hidden and closed up by the page's
script, so each is drawn as from nought and moved into its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from variorum.config.render import Render
from variorum.render.apparatus import Citation, Mark
from variorum.render.claims_view import ClaimView
from variorum.render.coverage_view import CellView, ColumnGroup, MatrixView, RowView
from variorum.render.wording import count

ROW = 20
STRIP = 38  # a line of letters, and the shapes of the voices above it
_WIDTH = 944  # what the page has room for beside its rail
_BAR = 56  # where the bar of voices begins
_BAR_LENGTH = 36
_CELLS = 100  # where the first column begins
_COLUMN, _LEAST_COLUMN = 26, 17
_GAP = 5  # between voices
_TEXT = 270  # least room for a claim's words
_LETTER = 6.8  # width of a letter of them, on average


@dataclass(frozen=True, slots=True)
class Column:
    """A report. x: of its middle."""

    x: float
    report: Citation


@dataclass(frozen=True, slots=True)
class Band:
    """The columns of one voice. x, width: of the ground behind them."""

    x: float
    width: float
    mark: Mark
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class PictureCell:
    """A mark. href: to the words, or to the claim where there are none. drawn: the id of its drawing."""

    x: float
    href: str
    drawn: str
    title: str


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A claim. bar: length of the bar of its voices."""

    y: float
    claim: ClaimView
    cells: tuple[PictureCell, ...]
    bar: float
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole drawing, or that of some of its rows. strips: where the letters are repeated."""

    id: str
    title: str
    width: float
    height: float
    bands: tuple[Band, ...]
    rows: tuple[PictureRow, ...]
    strips: tuple[float, ...]
    text: float
    every: int


def picture(matrix: MatrixView, id: str, *, alone: bool) -> Picture | None:
    """Draws the rows of claims that only one voice tells, or the others; ``None`` where there are none.

    id: what its ids begin with. A disputed claim is with the others, however many tell it.
    """
    chosen = [row for row in matrix.rows if (row.claim.lineages < 2 and not row.claim.disputed) is alone]
    if not chosen:
        return None
    bands, end = _bands(matrix.groups)
    columns = [column.x for band in bands for column in band.columns]
    width = max(_WIDTH, end + _TEXT)
    every = Render().rows_between_letters
    strips: list[float] = []
    rows: list[PictureRow] = []
    y = 0.0
    for at, row in enumerate(chosen):
        if at % every == 0 and (at == 0 or len(chosen) - at > every / 4):  # no letters for a row or two at the end
            strips.append(y)
            y += STRIP
        rows.append(_row(row, y, columns, len(bands), width - end))
        y += ROW
    told = "told by one voice only, by" if alone else "by"
    return Picture(
        id=id,
        title=f"Who carries what: {count(len(rows), 'claim')} {told} {count(len(columns), 'report')}",
        width=width,
        height=y + 4,
        bands=bands,
        rows=tuple(rows),
        strips=tuple(strips),
        text=end + 8,
        every=every,
    )


def _bands(groups: Sequence[ColumnGroup]) -> tuple[tuple[Band, ...], float]:
    """The voices with their columns, and where the last ends: as wide as leaves room for the words."""
    reports = sum(len(group.reports) for group in groups)
    room = _WIDTH - _CELLS - _TEXT - _GAP * len(groups)
    column = max(_LEAST_COLUMN, min(_COLUMN, room // max(1, reports)))
    bands, x = [], float(_CELLS)
    for group in groups:
        columns = tuple(Column(x + (at + 0.5) * column, report) for at, report in enumerate(group.reports))
        bands.append(Band(x, column * len(columns), group.mark, columns))
        x += column * len(columns) + _GAP
    return tuple(bands), x


def _row(row: RowView, y: float, columns: Sequence[float], voices: int, room: float) -> PictureRow:
    return PictureRow(
        y=y,
        claim=row.claim,
        cells=tuple(_cell(row.claim, cell, x) for cell, x in zip(row.cells, columns, strict=True)),
        bar=round(_BAR_LENGTH * row.claim.lineages / max(1, voices), 1),
        words=_short(row.claim.text, int((room - 12) / _LETTER)),
    )


def _cell(claim: ClaimView, cell: CellView, x: float) -> PictureCell:
    drawn = f"cell-{cell.state}" if cell.prominence is None else f"cell-{cell.state}-{cell.prominence}"
    return PictureCell(x, cell.href or f"#{claim.id}", drawn, cell.text)


def _short(text: str, letters: int) -> str:
    """The beginning of a text on one line, ended with an ellipsis at a word where it is longer."""
    if len(text) <= letters:
        return text
    cut = shorten(text, letters, placeholder=" …")
    return cut if len(cut) > letters // 2 else f"{text[: letters - 1]}…"
