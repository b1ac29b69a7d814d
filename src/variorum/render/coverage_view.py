"""Who carries what, and how far up: the coverage matrix as a page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from variorum.records import Cell, CellState
from variorum.render.apparatus import Apparatus, Citation, Mark
from variorum.render.claims_view import ClaimView, StatementView, touched
from variorum.render.unknown import WHY, Why, why_unknown
from variorum.render.wording import PROMINENCE, Prominence, passage_place, prominence

STATES: dict[CellState, str] = {
    "reports": "reports it",
    "attributes": "reports it as somebody's word",
    "contradicts": "contradicts it",
    "omits": "does not mention it",
    "unknown": "unknown",
}
_BLANK: tuple[CellState, ...] = ("omits", "unknown")  # lead to no words


@dataclass(frozen=True, slots=True)
class CellView:
    """One report's treatment of one claim.

    text: all of it in words. href: to the words, ``None`` where there are none. prominence: ``None`` where it does
    not stand. twentieth: place in the report in steps of 5 per cent, or ``None``.
    """

    state: CellState
    text: str
    href: str | None
    prominence: Prominence | None
    twentieth: int | None


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """The reports of one voice, side by side in a table."""

    mark: Mark
    reports: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One claim over all reports, in the order of the columns."""

    claim: ClaimView
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Claims × reports: columns gathered by voice, rows of most voices first.

    reasons: why the unknown cells of each column are so.
    """

    groups: tuple[ColumnGroup, ...]
    rows: tuple[RowView, ...]
    reasons: tuple[Why, ...]

    @property
    def reports(self) -> tuple[Citation, ...]:
        """The reports, a column each."""
        return tuple(report for group in self.groups for report in group.reports)


def column_groups(apparatus: Apparatus, articles: Iterable[str]) -> tuple[ColumnGroup, ...]:
    """Reports gathered by voice, in the order of the voices; those that were not compared left out."""
    by_voice: dict[Mark, list[Citation]] = {}
    for article in articles:
        if apparatus.mark(article).number:
            by_voice.setdefault(apparatus.mark(article), []).append(apparatus.to_report(article))
    return tuple(ColumnGroup(mark, tuple(by_voice[mark])) for mark in sorted(by_voice, key=lambda mark: mark.number))


def matrix_view(apparatus: Apparatus, claims: tuple[ClaimView, ...]) -> MatrixView:
    """The coverage matrix, its columns put in the order of the voices."""
    matrix = apparatus.edition.coverage
    groups = column_groups(apparatus, matrix.articles)
    articles = [report.article for group in groups for report in group.reports]
    order = [matrix.articles.index(article) for article in articles]
    reasons = tuple(
        why_unknown(apparatus.article(matrix.articles[i]), {row.cells[i].state for row in matrix.rows}) for i in order
    )
    views = {claim.id: view for claim, view in zip(apparatus.edition.claims, claims, strict=True)}
    against = _contradicting(apparatus)
    columns = [
        (i, article, apparatus.siglum(article), why) for i, article, why in zip(order, articles, reasons, strict=True)
    ]
    blank: dict[tuple[int, CellState], CellView] = {}
    rows = []
    for row in matrix.rows:
        if row.claim in views:
            claim = views[row.claim]
            stated, denied = _first(claim.statements)
            cells = []
            for i, article, siglum, why in columns:
                cell = row.cells[i]
                if cell.place is None and cell.state in _BLANK:  # most are, and all of a column alike
                    if (i, cell.state) not in blank:
                        blank[i, cell.state] = _cell(cell, siglum, None, None, why)
                    cells.append(blank[i, cell.state])
                else:
                    denial = denied.get(article) or against.get((row.claim, article))
                    cells.append(_cell(cell, siglum, stated.get(article), denial, why))
            rows.append(RowView(claim, tuple(cells)))
    rows.sort(key=lambda row: -row.claim.lineages)
    return MatrixView(groups, tuple(rows), reasons)


def _contradicting(apparatus: Apparatus) -> dict[tuple[str, str], Citation]:
    """Where a report stands against a claim, by claim and article: its side of a conflict that touches it."""
    found: dict[tuple[str, str], Citation] = {}
    for conflict in apparatus.edition.conflicts:
        for claim in touched(conflict, apparatus.edition.claims):
            for position in conflict.positions:
                for place in position.voices:
                    citation = apparatus.cite(place.article, place.start, place.end)
                    found.setdefault((claim.id, place.article), citation)
    return found


def _first(statements: Iterable[StatementView]) -> tuple[dict[str, Citation], dict[str, Citation]]:
    """Where each report first states a claim, and where it first denies it."""
    stated: dict[str, Citation] = {}
    denied: dict[str, Citation] = {}
    for one in statements:
        stated.setdefault(one.citation.article, one.citation)
        if one.denies:
            denied.setdefault(one.citation.article, one.citation)
    return stated, denied


def _cell(cell: Cell, siglum: str, own: Citation | None, against: Citation | None, why: Why) -> CellView:
    """own: where the report first states the claim. against: where it stands against it."""
    if cell.state == "contradicts":
        own = against or own
    text = f"{siglum} {STATES[cell.state]}"
    if cell.state == "unknown":
        text = f"{text}: {WHY[why]}"
    stands = None if cell.place is None else prominence(cell.place)
    if cell.place is not None and stands:
        text = f"{text}, {PROMINENCE[stands]}: {passage_place(cell.place)}"
    return CellView(
        state=cell.state,
        text=text,
        href=own.href if own and cell.state not in _BLANK else None,
        prominence=stands,
        twentieth=None if cell.place is None else min(20, max(0, round(cell.place * 20))),
    )
