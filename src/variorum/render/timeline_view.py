"""What is dated, with what is disputed of it."""

from dataclasses import dataclass

from variorum.records import Conflict, TimelineEntry
from variorum.render.apparatus import Apparatus, Citation
from variorum.render.claims_view import ClaimsView, ClaimView, ConflictView
from variorum.render.wording import moment, precision


@dataclass(frozen=True, slots=True)
class DatedView:
    """One dated statement with its words, the claim it belongs to, and the disputes it has a part in.

    date_disputes: those over a date; other_disputes: those over anything else.
    """

    citation: Citation
    claim: ClaimView | None
    date_disputes: tuple[ConflictView, ...]
    other_disputes: tuple[ConflictView, ...]


@dataclass(frozen=True, slots=True)
class MomentView:
    """All statements of one time.

    when: ISO 8601; text: in words; fineness: how finely it is given, as the edition says it; precision: in words.
    """

    id: str
    when: str
    fineness: str
    text: str
    precision: str
    entries: tuple[DatedView, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether the date of any of its statements is disputed."""
        return any(entry.date_disputes for entry in self.entries)


def timeline_view(apparatus: Apparatus, claims: ClaimsView) -> tuple[MomentView, ...]:
    """Dated statements in the order of their dates, those of one date together."""
    views = {claim.id: view for claim, view in zip(apparatus.edition.claims, claims.every, strict=True)}
    by_time: dict[tuple[str, str], list[DatedView]] = {}
    for entry in apparatus.edition.timeline:
        claim = views.get(entry.claim) if entry.claim else None
        disputes = [
            view
            for view, conflict in zip(claims.conflicts, apparatus.edition.conflicts, strict=True)
            if _holds(entry, conflict) or (claim is not None and claim in view.claims)
        ]
        dated = DatedView(
            citation=apparatus.cite(entry.article, entry.start, entry.end),
            claim=claim,
            date_disputes=tuple(view for view in disputes if view.type == "date"),
            other_disputes=tuple(view for view in disputes if view.type != "date"),
        )
        by_time.setdefault((entry.when, entry.precision), []).append(dated)
    return tuple(
        MomentView(
            apparatus.id("moment", f"{when} {fineness}"),
            when,
            fineness,
            moment(when),
            precision(fineness),
            tuple(entries),
        )
        for (when, fineness), entries in by_time.items()
    )


def _holds(entry: TimelineEntry, conflict: Conflict) -> bool:
    """Whether a side of the conflict stands in the entry's words."""
    return any(
        place.article == entry.article and place.start < entry.end and entry.start < place.end
        for position in conflict.positions
        for place in position.voices
    )
