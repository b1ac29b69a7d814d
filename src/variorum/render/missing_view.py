"""What the other voices carry and one report does not."""

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.records import CellState
from variorum.render.apparatus import Citation
from variorum.render.claims_view import ClaimView
from variorum.render.coverage_view import MatrixView
from variorum.render.unknown import Why

_CARRIES = ("reports", "attributes")


@dataclass(frozen=True, slots=True)
class LackingView:
    """A claim that a report lacks, or may lack. carrying: how many of the ``others``, the other voices, carry it."""

    claim: ClaimView
    carrying: int
    others: int

    @property
    def by_all(self) -> bool:
        return self.carrying == self.others


@dataclass(frozen=True, slots=True)
class MissingView:
    """One report against the others, claims of most voices first.

    by_all, by_most: what it leaves out and every other voice, or more than half of them, carries.
    unknown: what it may or may not carry, of that. why: why that is so.
    """

    report: Citation
    by_all: tuple[LackingView, ...]
    by_most: tuple[LackingView, ...]
    unknown: tuple[LackingView, ...]
    why: Why

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """Everything it leaves out that most others carry."""
        return tuple(lacking.claim for lacking in self.by_all + self.by_most)


def missing_view(matrix: MatrixView) -> tuple[MissingView, ...]:
    """What each report leaves out of what most others carry; reports that leave out nothing are not listed."""
    voice_of = [group.mark.number for group in matrix.groups for _ in group.reports]
    carrying = [
        {voice for voice, cell in zip(voice_of, row.cells, strict=True) if cell.state in _CARRIES}
        for row in matrix.rows
    ]
    found = []
    for column, (report, why) in enumerate(zip(matrix.reports, matrix.reasons, strict=True)):
        lacking = _widely_carried(matrix, column, voice_of, carrying)
        left_out = [one for state, one in lacking if state == "omits"]
        missing = MissingView(
            report=report,
            by_all=tuple(one for one in left_out if one.by_all),
            by_most=tuple(one for one in left_out if not one.by_all),
            unknown=tuple(one for state, one in lacking if state == "unknown"),
            why=why,
        )
        if left_out or missing.unknown:
            found.append(missing)
    return tuple(found)


def _widely_carried(
    matrix: MatrixView, column: int, voice_of: Sequence[int], carrying: Sequence[set[int]]
) -> list[tuple[CellState, LackingView]]:
    """Claims that at least two, and more than half, of the other voices carry, with the state of the column's cell.

    voice_of: by column. carrying: by row, the voices that carry the claim.
    """
    own = voice_of[column]
    others = len(set(voice_of)) - 1
    found = []
    for row, voices in zip(matrix.rows, carrying, strict=True):
        many = len(voices) - (own in voices)
        if many >= 2 and many * 2 > others:
            found.append((row.cells[column].state, LackingView(row.claim, many, others)))
    found.sort(key=lambda pair: (-pair[1].carrying, pair[1].claim.number))
    return found
