"""The headlines side by side, each held against what its own report and the others say."""

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.records import Claim, Heading
from variorum.render.apparatus import Apparatus, Citation, VoiceChip, chips
from variorum.render.claims_view import ClaimView
from variorum.render.wording import PROMINENCE, prominence


@dataclass(frozen=True, slots=True)
class HeadingView:
    """One headline.

    own: the sentence of its own report that comes nearest, and where in the report that stands, in words; ``None``
    where none comes near. claim: what it tells, with the other voices that carry it. others: those.
    unsupported: figures that no figure of its report agrees with.
    """

    report: Citation
    title: str
    language: str | None
    own: Citation | None
    where: str
    claim: ClaimView | None
    others: tuple[VoiceChip, ...]
    unsupported: tuple[Citation, ...]
    is_checked: bool


def headings_view(apparatus: Apparatus, claims: Sequence[ClaimView]) -> tuple[HeadingView, ...]:
    """Every report's headline, in the order of the sigla; those that could not be held against anything too."""
    edition = apparatus.edition
    views = {claim.id: (claim, view) for claim, view in zip(edition.claims, claims, strict=True)}
    held = {heading.article: heading for heading in edition.headings}
    found = []
    for article in edition.articles:
        if article.title:
            heading = held.get(article.id)
            claim = views.get(heading.claim) if heading is not None and heading.claim is not None else None
            found.append(_view(apparatus, article.id, article.title, heading, claim))
    return tuple(found)


def _view(
    apparatus: Apparatus, id: str, title: str, heading: Heading | None, told: tuple[Claim, ClaimView] | None
) -> HeadingView:
    report, article = apparatus.to_report(id), apparatus.article(id)
    own = heading.own if heading is not None else None
    others = [] if told is None else [s.citation for s in told[1].statements if s.citation.mark != report.mark]
    return HeadingView(
        report=report,
        title=title,
        language=article.language if article.language not in (None, "en") else None,
        own=apparatus.cite(id, own.start, own.end) if own is not None else None,
        where=_where(apparatus, id, told) if own is not None else "",
        claim=None if told is None else told[1],
        others=chips(others),
        unsupported=tuple(apparatus.cite(id, s.start, s.end) for s in heading.unsupported) if heading else (),
        is_checked=heading is not None,
    )


def _where(apparatus: Apparatus, id: str, told: tuple[Claim, ClaimView] | None) -> str:
    """Where in its report the headline's claim stands, in words; empty where that is not known."""
    if told is None:
        return ""
    matrix = apparatus.edition.coverage
    column = matrix.articles.index(id) if id in matrix.articles else None
    row = next((row for row in matrix.rows if row.claim == told[0].id), None)
    place = row.cells[column].place if row is not None and column is not None else None
    return "" if place is None else PROMINENCE[prominence(place)]
