"""Who is heard: speakers × reports, and the reports that let nobody speak."""

from collections.abc import Iterable
from dataclasses import dataclass

from variorum.render.apparatus import Apparatus, Citation
from variorum.render.claims_view import spoken_by
from variorum.render.coverage_view import ColumnGroup, column_groups
from variorum.render.wording import count


@dataclass(frozen=True, slots=True)
class HeardCell:
    """What one report gives a speaker, or all speakers.

    quotations: how often it gives their words, quoted or only reported. words: how many it prints as their own.
    href: the first of the quotations, where it is known.
    """

    quotations: int
    words: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class HeardRow:
    """One speaker over all reports. quoting: reports that print words of theirs; lineages: voices that do."""

    speaker: str
    cells: tuple[HeardCell | None, ...]
    quotations: int
    words: int
    quoting: int
    lineages: int


@dataclass(frozen=True, slots=True)
class ReportedOnly:
    """A speaker whose words no report quotes, with the reports that give them in their own."""

    speaker: str
    reports: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class HeardView:
    """Speakers × reports, the most heard first.

    totals: of each report, over everybody heard in it. speakers: how many each report quotes.
    """

    groups: tuple[ColumnGroup, ...]
    rows: tuple[HeardRow, ...]
    totals: tuple[HeardCell, ...]
    speakers: tuple[int, ...]
    reported_only: tuple[ReportedOnly, ...]


def heard_view(apparatus: Apparatus) -> HeardView:
    """Who is given a voice, and by whom."""
    edition = apparatus.edition
    groups = column_groups(apparatus, (article.id for article in edition.articles))
    reports = [report for group in groups for report in group.reports]
    found: dict[str, dict[str, HeardCell]] = {}
    for heard in edition.heard:
        speaker = spoken_by(edition, heard.name, heard.speaker_text)
        href = _first_quotation(apparatus, heard.name, heard.speaker_text, heard.article)
        before = found.setdefault(speaker, {}).get(heard.article, HeardCell(0, 0))
        found[speaker][heard.article] = HeardCell(
            before.quotations + heard.quotations, before.words + heard.words, before.href or href
        )
    rows = [_row(speaker, cells, reports) for speaker, cells in found.items() if _words(cells.values())]
    rows.sort(key=lambda row: (-sum(cell is not None for cell in row.cells), -row.words, row.speaker))
    by_report = [[cells[report.article] for cells in found.values() if report.article in cells] for report in reports]
    return HeardView(
        groups=groups,
        rows=tuple(rows),
        totals=tuple(HeardCell(sum(cell.quotations for cell in cells), _words(cells)) for cells in by_report),
        speakers=tuple(sum(cell.words > 0 for cell in cells) for cells in by_report),
        reported_only=tuple(
            ReportedOnly(speaker, tuple(report for report in reports if report.article in cells))
            for speaker, cells in found.items()
            if speaker and not _words(cells.values())
        ),
    )


def _row(speaker: str, cells: dict[str, HeardCell], reports: Iterable[Citation]) -> HeardRow:
    quoting = [report for report in reports if report.article in cells and cells[report.article].words]
    return HeardRow(
        speaker=speaker,
        cells=tuple(cells.get(report.article) for report in reports),
        quotations=sum(cell.quotations for cell in cells.values()),
        words=_words(cells.values()),
        quoting=len(quoting),
        lineages=len({report.mark for report in quoting}),
    )


def _words(cells: Iterable[HeardCell]) -> int:
    return sum(cell.words for cell in cells)


def _first_quotation(apparatus: Apparatus, name: str | None, speaker_text: str | None, article: str) -> str | None:
    for utterance in apparatus.edition.utterances:
        if (utterance.speaker, None if name else utterance.speaker_text) == (name, None if name else speaker_text):
            for reading in utterance.readings:
                if reading.article == article and reading.agreement != "reported":
                    return apparatus.cite(article, reading.spans[0].start, reading.spans[0].end).href
    return None


def heard_words(cell: HeardCell) -> str:
    """ "3 quotations, 54 words"."""
    return f"{count(cell.quotations, 'quotation')}, {count(cell.words, 'word')}"
