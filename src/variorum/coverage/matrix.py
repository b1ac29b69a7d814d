"""Claims × articles: who reports, attributes, contradicts or omits a claim, and how far down."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
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
    bodies = {article.id: Body(article) for article in story.articles}
    rows = [
        (
            claim,
            tuple(_cell(claim, id, contrary.get(claim.id, {}), presence, body) for id, body in bodies.items()),
        )
        for claim in comparison.claims
    ]
    rows.sort(key=lambda row: (-row[0].lineages, -row[0].outlets, _mean_place(row[1]), row[0].id))
    return CoverageMatrix(
        articles=tuple(article.id for article in story.articles),
        rows=tuple(Row(claim=claim.id, cells=cells) for claim, cells in rows),
    )


class Body:
    """How far down an article's body an offset stands."""

    def __init__(self, article: Article) -> None:
        parts = [part.span for part in article.parts_of("body")]
        self._starts = [part.start for part in parts]
        self._lengths = [len(part) for part in parts]
        self._before = [0, *accumulate(self._lengths)]

    def share(self, offset: int) -> float:
        """Share of the body's characters that stand before ``offset``, in [0, 1]; 0.0 where there is no body."""
        if not self._before[-1]:
            return 0.0
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return 0.0
        return (self._before[at] + min(self._lengths[at], offset - self._starts[at])) / self._before[-1]


def _mean_place(cells: Sequence[Cell]) -> float:
    places = [cell.place for cell in cells if cell.place is not None]
    return fmean(places) if places else 1.0


def _cell(claim: Claim, article: str, contrary: Mapping[str, int], presence: Presence, body: Body) -> Cell:
    voices = [voice for voice in claim.voices if voice.article == article]
    # What else a report says of the matter does not take back that it tells the claim.
    if article in contrary and not any(voice.stance != "denies" for voice in voices):
        return Cell("contradicts", body.share(contrary[article]))
    if voices:
        place = min(body.share(voice.start) for voice in voices)
        stances = {voice.stance for voice in voices}
        if "states" in stances:
            return Cell("reports", place)
        return Cell("attributes" if "attributes" in stances else "contradicts", place)
    if not presence.is_readable(article) or presence.near(claim, article):
        return Cell("unknown", None)
    return Cell("omits", None)
