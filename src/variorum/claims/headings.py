"""Headlines held against what their own reports say, and by that against the others."""

from collections.abc import Iterator, Sequence

from variorum.claims.conflicts.numbers import agree
from variorum.claims.likeness import likeness
from variorum.claims.reports import Report
from variorum.claims.units import Unit, title_units
from variorum.config.claims import Claims
from variorum.records import Claim, Heading, Place, Span


def headings(
    reports: Sequence[Report], units: Sequence[Unit], claims: Sequence[Claim], *, settings: Claims
) -> tuple[Heading, ...]:
    """One heading a report whose text has a headline, in the order of the reports.

    units: of the reports' bodies. claims: made of them.
    """
    whole = [unit for unit in units if unit.whole]
    return tuple(
        _heading(report, titles, whole, claims, settings) for report in reports if (titles := title_units(report))
    )


def _heading(
    report: Report, titles: Sequence[Unit], whole: Sequence[Unit], claims: Sequence[Claim], settings: Claims
) -> Heading:
    own = _told_by(titles, [unit for unit in whole if unit.report is report], settings)
    place = own or _told_by(titles, [unit for unit in whole if unit.report is not report], settings)
    return Heading(
        article=report.article.id,
        start=titles[0].start,
        end=titles[-1].end,
        own=Place(*own.place) if own is not None else None,
        claim=_claim(place, claims) if place is not None else None,
        unsupported=() if report.article.cut is not None else tuple(_unsupported(report, titles)),
    )


def _told_by(titles: Sequence[Unit], units: Sequence[Unit], settings: Claims) -> Unit | None:
    """The unit that comes nearest to one of the headline's sentences; ``None`` where none comes near."""
    if not units:
        return None
    alike = likeness(titles, units, settings=settings).max(axis=0)
    best = min(range(len(units)), key=lambda at: (-float(alike[at]), units[at].place))
    return units[best] if alike[best] >= settings.same_as_headline else None


def _claim(unit: Unit, claims: Sequence[Claim]) -> str | None:
    """The claim that most of the unit's words belong to."""
    shared = {
        claim.id: sum(
            max(0, min(voice.end, unit.end) - max(voice.start, unit.start))
            for voice in claim.voices
            if voice.article == unit.place[0]
        )
        for claim in claims
    }
    best = max(sorted(shared), key=lambda id: shared[id], default=None)
    return best if best is not None and shared[best] else None


def _unsupported(report: Report, titles: Sequence[Unit]) -> Iterator[Span]:
    body = [
        figure
        for figure in report.annotation.figures
        if not any(title.start <= figure.start < title.end for title in titles)
    ]
    for title in titles:
        for figure in title.figures:
            if not any(figure.unit == other.unit and agree(figure, other) for other in body):
                yield Span(figure.start, figure.end)
