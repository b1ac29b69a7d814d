"""What an edition found, in the few figures that lists and the pages of outlets show."""

from collections.abc import Iterator
from datetime import datetime
from textwrap import shorten

from variorum.records import Article, Edition, Found, OutletFinding, OutletFindingKind
from variorum.render.apparatus import Apparatus, is_compared
from variorum.render.quotations_view import UtteranceView, VariantNote, quotations_view

_LONGEST = 80  # characters of words that are told of


def of_edition(edition: Edition, story: str) -> tuple[Found, list[OutletFinding]]:
    """What lists show of the story, and what is known of each of its reports. story: its id in the archive."""
    apparatus = Apparatus(edition)
    utterances = quotations_view(apparatus).compared
    found = Found(
        lineages=len(apparatus.lineages),
        is_final=True,
        conflicts=len(edition.conflicts),
        headline=edition.story.headline or None,
        altered=sum(one.standing == "altered" for one in utterances),
    )
    return found, list(_OfReports(edition, story).all(utterances))


class _OfReports:
    """Tells what one edition found of its reports."""

    def __init__(self, edition: Edition, story: str) -> None:
        self._edition = edition
        self._story = story
        self._articles = {article.id: article for article in edition.articles}

    def all(self, utterances: tuple[UtteranceView, ...]) -> Iterator[OutletFinding]:
        compared = [article for article in self._edition.articles if is_compared(article)]
        if len({article.outlet for article in compared}) > 1:
            for article in compared:
                yield self._of(article, "told")
        yield from self._times(compared)
        yield from self._descent()
        for utterance in utterances:
            yield from self._readings(utterance)

    def _of(
        self, article: Article, kind: OutletFindingKind, other: str | None = None, other_article: str | None = None,
        finding: str | None = None, says: str | None = None,
    ) -> OutletFinding:  # fmt: skip
        return OutletFinding(self._story, article.outlet, article.id, kind, other, other_article, finding, says)

    def _times(self, compared: list[Article]) -> Iterator[OutletFinding]:
        """Which reports came out when: only moments count, a day says nothing of who was first."""
        timed = [(minute, article) for article in compared if (minute := _minute(article)) is not None]
        if len({article.outlet for _, article in timed}) < 2:
            return
        for _, article in timed:
            yield self._of(article, "timed")
        earliest = min(minute for minute, _ in timed)
        first = [article for minute, article in timed if minute == earliest]
        if len({article.outlet for article in first}) == 1:
            yield self._of(first[0], "first")

    def _descent(self) -> Iterator[OutletFinding]:
        for one in self._edition.stemma.borrowings:
            a, b = self._articles[one.a], self._articles[one.b]
            if a.outlet != b.outlet:
                yield self._of(a, "gave" if one.directed else "shares", b.outlet, b.id)
                yield self._of(b, "took" if one.directed else "shares", a.outlet, a.id)
        for lineage in self._edition.stemma.lineages:
            name = lineage.exemplar.name
            if lineage.exemplar.kind == "agency" and name:
                for id in lineage.articles:
                    if self._articles[id].outlet.casefold() != name.casefold():
                        yield self._of(self._articles[id], "agency", name)

    def _readings(self, utterance: UtteranceView) -> Iterator[OutletFinding]:
        """The reports that print one quotation; a report of several readings counts once, by the most that differs."""
        if not utterance.direct:
            return
        found: dict[str, OutletFindingKind] = {
            citation.article: "quoted" for chip in utterance.base_chips for citation in chip.citations
        }
        says: dict[str, str] = {}
        for reading in utterance.readings:
            standings = {note.standing for note in reading.notes}
            kind: OutletFindingKind = (
                "altered" if "altered" in standings else "differs" if "differs" in standings else "quoted"
            )
            for chip in reading.chips:
                for citation in chip.citations:
                    if found.get(citation.article) != "altered":
                        found[citation.article] = kind
                        says[citation.article] = next((_said(one) for one in reading.notes if one.standing == kind), "")
        # Not of all that have a reading: who only reports the words prints no quotation.
        is_elsewhere = len({self._articles[id].outlet for id in found}) > 1
        if not is_elsewhere or self._edition.stemma.voices(set(found)) < 2:
            return
        for id, kind in found.items():
            yield self._of(self._articles[id], "quoted", finding=utterance.utterance)
            if kind != "quoted":
                yield self._of(self._articles[id], kind, finding=utterance.utterance, says=says[id])


def _said(note: VariantNote) -> str:
    """Which words stand for which, bounded."""
    has, other = (shorten(one, _LONGEST, placeholder=" …") for one in (note.text, note.base_text))
    if not note.text:
        return f"leaves out “{other}”"
    return f"“{has}” for “{other}”" if note.base_text else f"adds “{has}”"


def _minute(article: Article) -> datetime | None:
    """The minute a report came out, where it is known: a clock whose zone is not told may be half a day off.

    Seconds do not count: few pages give them, and 9:10 may be after 9:10:05.
    """
    told = article.published
    if told is None or told.precision not in ("second", "minute") or told.utc_offset_minutes is None:
        return None
    return told.at.replace(second=0, microsecond=0)
