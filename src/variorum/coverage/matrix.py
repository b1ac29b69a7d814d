"""Claims × articles: who reports, attributes, contradicts or omits a claim, and how far down."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from variorum.config.coverage import Coverage
from variorum.coverage.opposition import opposed
from variorum.coverage.presence import Presence
from variorum.records import Annotation, Article, Cell, Claim, Comparison, CoverageMatrix, Row, Stemma, Story


def matrix(
    story: Story, annotations: Mapping[str, Annotation], comparison: Comparison, stemma: Stemma, settings: Coverage
) -> CoverageMatrix:
    """One row a claim, those of most lineages first; one column an article, in the story's order."""
    presence = Presence(story, annotations, stemma, settings)
    contrary = opposed(comparison, presence, settings)
    rows = [
        (
            claim,
            tuple(_cell(claim, article, contrary.get(claim.id, {}), presence) for article in story.articles),
        )
        for claim in comparison.claims
    ]
    rows.sort(key=lambda row: (-row[0].lineages, -row[0].outlets, _mean_place(row[1]), row[0].id))
    return CoverageMatrix(
        articles=tuple(article.id for article in story.articles),
        rows=tuple(Row(claim=claim.id, cells=cells) for claim, cells in rows),
    )


def body_share(article: Article, offset: int) -> float:
    """Share of the body's characters that stand before ``offset``, in [0, 1]; 0.0 where there is no body."""
    body = article.parts_of("body")
    total = sum(len(part.span) for part in body)
    before = sum(max(0, min(part.end, offset) - part.start) for part in body)
    return before / total if total else 0.0


def _mean_place(cells: Sequence[Cell]) -> float:
    places = [cell.place for cell in cells if cell.place is not None]
    return fmean(places) if places else 1.0


def _cell(claim: Claim, article: Article, contrary: Mapping[str, int], presence: Presence) -> Cell:
    voices = [voice for voice in claim.voices if voice.article == article.id]
    # What else a report says of the matter does not take back that it tells the claim.
    if article.id in contrary and not any(voice.stance != "denies" for voice in voices):
        return Cell("contradicts", body_share(article, contrary[article.id]))
    if voices:
        place = min(body_share(article, voice.start) for voice in voices)
        stances = {voice.stance for voice in voices}
        if "states" in stances:
            return Cell("reports", place)
        return Cell("attributes" if "attributes" in stances else "contradicts", place)
    if not presence.is_readable(article.id) or presence.near(claim, article.id):
        return Cell("unknown", None)
    return Cell("omits", None)
