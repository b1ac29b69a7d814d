"""The voices of a story: who goes back to what, on which evidence, and the passages two reports share."""

from dataclasses import dataclass

from variorum.edition.findings import borrowing_id, lineage_id
from variorum.records import Borrowing, Edition, Lineage
from variorum.render.apparatus import Apparatus, Citation, Mark, mark
from variorum.render.stemma_svg import Drawing, draw


@dataclass(frozen=True, slots=True)
class VoiceView:
    """One voice. origin: what it goes back to, in plain words; empty for a report on its own. key: its id among the
    findings."""

    id: str
    mark: Mark
    reports: tuple[Citation, ...]
    origin: str
    exemplar: Citation | None
    evidence: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class PassagePair:
    """Two passages that correspond. likeness: in [0, 1]."""

    a: Citation
    b: Citation
    likeness: float


@dataclass(frozen=True, slots=True)
class BorrowingView:
    """What two reports share, passage by passage, in the order of the first. key: its id among the findings."""

    a: Citation
    b: Citation
    directed: bool
    retold: bool
    one_voice: bool
    passages: tuple[PassagePair, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class VoicesView:
    """shared: voices of several reports, or that go back to something; alone: reports on their own."""

    shared: tuple[VoiceView, ...]
    alone: tuple[VoiceView, ...]
    not_compared: tuple[Citation, ...]
    borrowings: tuple[BorrowingView, ...]
    drawing: Drawing


def voices_view(apparatus: Apparatus) -> VoicesView:
    """The stemma of the edition behind ``apparatus``, drawn and told."""
    edition = apparatus.edition
    views = [_voice(apparatus, lineage, index) for index, lineage in enumerate(apparatus.lineages)]
    shared = tuple(view for view in views if len(view.reports) > 1 or view.origin or view.evidence)
    borrowings = sorted(
        (_borrowing(apparatus, borrowing) for borrowing in edition.stemma.borrowings),
        key=lambda view: (view.a.mark.number, not view.one_voice, view.a.siglum, view.b.siglum),
    )
    return VoicesView(
        shared=shared,
        alone=tuple(view for view in views if view not in shared),
        not_compared=tuple(apparatus.to_report(a.id) for a in edition.articles if not apparatus.mark(a.id).number),
        borrowings=tuple(borrowings),
        drawing=draw(apparatus),
    )


def _voice(apparatus: Apparatus, lineage: Lineage, index: int) -> VoiceView:
    exemplar = lineage.exemplar
    within = apparatus.origin(lineage)
    own = apparatus.to_report(within) if within else None
    origin = ""
    if exemplar.kind == "agency" and not own:
        origin = exemplar.name or "a news agency"
    elif exemplar.kind == "lost":
        origin = exemplar.name or (
            "a report that is most likely not in this collection"
            if apparatus.is_retold(lineage)
            else "one text; nothing shows which report had it first, or whether one did"
        )
    return VoiceView(
        id=apparatus.id("voice", str(index + 1)),
        mark=mark(index),
        reports=tuple(apparatus.to_report(article) for article in _in_order(apparatus.edition, lineage)),
        origin=origin,
        exemplar=own,
        evidence=lineage.evidence,
        key=lineage_id(lineage),
    )


def _in_order(edition: Edition, lineage: Lineage) -> list[str]:
    return [article.id for article in edition.articles if article.id in lineage.articles]


def _borrowing(apparatus: Apparatus, borrowing: Borrowing) -> BorrowingView:
    passages = [
        PassagePair(
            apparatus.cite(borrowing.a, passage.a.start, passage.a.end),
            apparatus.cite(borrowing.b, passage.b.start, passage.b.end),
            passage.likeness,
        )
        for passage in sorted(borrowing.spans, key=lambda passage: (passage.a, passage.b))
    ]
    return BorrowingView(
        a=apparatus.to_report(borrowing.a),
        b=apparatus.to_report(borrowing.b),
        directed=borrowing.directed,
        retold=borrowing.kind == "retold",
        one_voice=apparatus.mark(borrowing.a) == apparatus.mark(borrowing.b),
        passages=tuple(passages),
        key=borrowing_id(borrowing),
    )
