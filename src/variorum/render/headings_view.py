"""The headlines side by side, each held against what its own report and the others say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.records import Claim, Heading, Place
from variorum.render.apparatus import Apparatus, Citation, Mark, VoiceChip, chips
from variorum.render.claims_view import ClaimView
from variorum.render.wording import PROMINENCE, prominence


@dataclass(frozen=True, slots=True)
class HeadingView:
    """One headline.

    own: the sentence of its own report that comes nearest, and where in the report that stands, in words; ``None``
    where none comes near. claim: what it tells, with the other voices that carry it. others: those.
    in_part: where there are none, the other voices that carry a claim which stands in the same sentence.
    unsupported: figures that no figure of its report agrees with.
    """

    report: Citation
    title: str
    language: str | None
    own: Citation | None
    where: str
    claim: ClaimView | None
    others: tuple[VoiceChip, ...]
    in_part: tuple[VoiceChip, ...]
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
            beside = [told for told in views.values() if told is not claim]
            found.append(_view(apparatus, article.id, article.title, heading, claim, beside))
    return tuple(found)


def _view(
    apparatus: Apparatus,
    id: str,
    title: str,
    heading: Heading | None,
    told: tuple[Claim, ClaimView] | None,
    beside: Sequence[tuple[Claim, ClaimView]],
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
        in_part=() if others or own is None else chips(_in_part(own, beside, report.mark)),
        unsupported=tuple(apparatus.cite(id, s.start, s.end) for s in heading.unsupported) if heading else (),
        is_checked=heading is not None,
    )


def _in_part(sentence: Place, beside: Sequence[tuple[Claim, ClaimView]], mark: Mark) -> Iterator[Citation]:
    """Once a report, where other voices tell what else stands in the headline's sentence."""
    seen: set[str] = set()
    for claim, view in beside:
        voices = (voice for voice in claim.voices if voice.article == sentence.article)
        if any(voice.start < sentence.end and sentence.start < voice.end for voice in voices):
            for citation in (statement.citation for statement in view.statements):
                if citation.mark != mark and citation.article not in seen:
                    seen.add(citation.article)
                    yield citation


def _where(apparatus: Apparatus, id: str, told: tuple[Claim, ClaimView] | None) -> str:
    """Where in its report the headline's claim stands, in words; empty where that is not known."""
    if told is None:
        return ""
    matrix = apparatus.edition.coverage
    column = matrix.articles.index(id) if id in matrix.articles else None
    row = next((row for row in matrix.rows if row.claim == told[0].id), None)
    place = row.cells[column].place if row is not None and column is not None else None
    return "" if place is None else PROMINENCE[prominence(place)]
