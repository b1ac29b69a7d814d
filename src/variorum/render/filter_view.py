"""What the claims and disputes of an edition can be filtered by, and how each answers to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from variorum.render.apparatus import Citation
from variorum.render.claims_view import ClaimsView, ClaimView, ConflictView
from variorum.render.coverage_view import MatrixView
from variorum.render.wording import CONFLICT_KINDS

_STANDING = {"agreed": "Agreed", "disputed": "Disputed", "one-voice": "One voice only"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. value: as the script and the address know it."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Answers:
    """How one claim or dispute answers to the filter: words set apart by spaces, reports by their columns.

    carried: reports that carry it or take a side in it. omitted: reports that leave it out. kinds: what it is.
    """

    carried: str
    omitted: str
    voices: int
    kinds: str


@dataclass(frozen=True, slots=True)
class FilterView:
    """What there is to choose from. claims, disputes: the answers of each, by its id on the page."""

    reports: tuple[Citation, ...]
    most_voices: int
    standings: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    claims: dict[str, Answers]
    disputes: dict[str, Answers]


def filter_view(claims: ClaimsView, matrix: MatrixView) -> FilterView:
    """The filter of an edition; only what occurs can be chosen."""
    column = {report.article: at for at, report in enumerate(matrix.reports)}
    omitting = {
        row.claim.id: " ".join(str(at) for at, cell in enumerate(row.cells) if cell.state == "omits")
        for row in matrix.rows
    }

    def columns(articles: Iterable[str]) -> str:
        return " ".join(map(str, sorted({column[article] for article in articles if article in column})))

    def claim(view: ClaimView) -> Answers:
        carrying = [s.citation.article for s in view.statements if not s.denies]
        touching = dict.fromkeys(c.type for c in claims.conflicts if view in c.claims)
        return Answers(
            columns(carrying), omitting.get(view.id, ""), view.lineages, " ".join((_standing(view), *touching))
        )

    def dispute(view: ConflictView) -> Answers:
        cited = [c for position in view.positions for chip in position.chips for c in chip.citations]
        return Answers(columns(c.article for c in cited), "", len({c.mark for c in cited}), f"disputed {view.type}")

    found = {view.id: claim(view) for view in claims.every}
    occurring = {kind for answers in found.values() for kind in answers.kinds.split()}
    occurring |= {view.type for view in claims.conflicts} | ({"disputed"} if claims.conflicts else set())
    return FilterView(
        reports=matrix.reports,
        most_voices=max((view.lineages for view in claims.every), default=0),
        standings=tuple(Choice(value, text) for value, text in _STANDING.items() if value in occurring),
        kinds=tuple(Choice(value, text) for value, text in CONFLICT_KINDS.items() if value in occurring),
        claims=found,
        disputes={view.id: dispute(view) for view in claims.conflicts},
    )


def _standing(view: ClaimView) -> str:
    """The section a claim is printed in."""
    return "disputed" if view.disputed else "agreed" if view.lineages >= 2 else "one-voice"
