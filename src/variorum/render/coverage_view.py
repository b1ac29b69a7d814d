"""Who carries what, who is heard, who calls it what, and when: the tables of a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from variorum.records import Article, Cell, CellState, Label
from variorum.render.apparatus import Apparatus, Citation, Mark
from variorum.render.claims_view import ClaimView, speaker_name, spoken_by, touches
from variorum.render.wording import count, moment, passage_place

STATES: dict[CellState, str] = {
    "reports": "reports it",
    "attributes": "reports it as somebody's word",
    "contradicts": "contradicts it",
    "omits": "does not mention it",
    "unknown": "unknown: comes near it without plainly stating it",
}


@dataclass(frozen=True, slots=True)
class CellView:
    """One report's treatment of one claim. twentieth: place in the report in steps of 5 per cent, or ``None``."""

    state: CellState
    text: str
    href: str | None
    twentieth: int | None


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """The reports of one voice, side by side in a table."""

    mark: Mark
    reports: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One claim over all reports, in the order of the columns."""

    claim: ClaimView
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    """What most other voices carry and one report does not. unknown: claims it may or may not carry."""

    report: Citation
    claims: tuple[ClaimView, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Claims × reports, columns gathered by voice."""

    groups: tuple[ColumnGroup, ...]
    rows: tuple[RowView, ...]
    missing: tuple[MissingView, ...]


@dataclass(frozen=True, slots=True)
class HeardCell:
    """What one report gives a speaker. href: the first of the quotations, where it is known."""

    quotations: int
    words: int
    href: str | None


@dataclass(frozen=True, slots=True)
class HeardRow:
    """One speaker over all reports. anywhere: quotations and words of all of them together."""

    speaker: str
    cells: tuple[HeardCell | None, ...]
    quotations: int
    words: int


@dataclass(frozen=True, slots=True)
class HeardView:
    """Speakers × reports, the most heard first."""

    groups: tuple[ColumnGroup, ...]
    rows: tuple[HeardRow, ...]


@dataclass(frozen=True, slots=True)
class LabelView:
    """A word for a name, with every place one report uses it."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class LabelRow:
    """What one report calls a name: in its own voice, and in words it gives to somebody."""

    report: Citation
    own: tuple[LabelView, ...]
    quoted: tuple[LabelView, ...]


@dataclass(frozen=True, slots=True)
class LabelledName:
    """One name, and what each report calls it."""

    name: str
    rows: tuple[LabelRow, ...]


@dataclass(frozen=True, slots=True)
class DatedView:
    """One dated statement with its words and the claim it belongs to."""

    citation: Citation
    claim: ClaimView | None


@dataclass(frozen=True, slots=True)
class MomentView:
    """All statements of one time. when: ISO 8601; text: in words."""

    when: str
    text: str
    precision: str
    entries: tuple[DatedView, ...]


def column_groups(apparatus: Apparatus, articles: Iterable[str]) -> tuple[ColumnGroup, ...]:
    """Reports gathered by voice, in the order of the voices."""
    by_voice: dict[Mark, list[Citation]] = {}
    for article in articles:
        by_voice.setdefault(apparatus.mark(article), []).append(apparatus.to_report(article))
    return tuple(ColumnGroup(mark, tuple(by_voice[mark])) for mark in sorted(by_voice, key=lambda mark: mark.number))


def matrix_view(apparatus: Apparatus, claims: tuple[ClaimView, ...]) -> MatrixView:
    """The coverage matrix, its columns put in the order of the voices."""
    matrix = apparatus.edition.coverage
    groups = column_groups(apparatus, (article for article in matrix.articles if apparatus.mark(article).number))
    order = [matrix.articles.index(report.article) for group in groups for report in group.reports]
    views = {claim.id: view for claim, view in zip(apparatus.edition.claims, claims, strict=True)}
    against = _contradicting(apparatus)
    rows = tuple(
        RowView(
            views[row.claim],
            tuple(
                _cell(
                    apparatus,
                    views[row.claim],
                    matrix.articles[i],
                    row.cells[i],
                    against.get((row.claim, matrix.articles[i])),
                )
                for i in order
            ),
        )
        for row in matrix.rows
        if row.claim in views
    )
    missing = tuple(_missing(report, column, groups, rows) for column, report in enumerate(_flat(groups)))
    return MatrixView(groups, rows, tuple(found for found in missing if found.claims or found.unknown))


def _flat(groups: Iterable[ColumnGroup]) -> list[Citation]:
    return [report for group in groups for report in group.reports]


def _contradicting(apparatus: Apparatus) -> dict[tuple[str, str], Citation]:
    """Where a report stands against a claim, by claim and article: its side of a conflict that touches it."""
    found: dict[tuple[str, str], Citation] = {}
    for conflict in apparatus.edition.conflicts:
        for claim in apparatus.edition.claims:
            if touches(conflict, claim):
                for position in conflict.positions:
                    for place in position.voices:
                        citation = apparatus.cite(place.article, place.start, place.end)
                        found.setdefault((claim.id, place.article), citation)
    return found


def _cell(apparatus: Apparatus, claim: ClaimView, article: str, cell: Cell, against: Citation | None) -> CellView:
    own = next((s.citation for s in claim.statements if s.citation.article == article), None)
    if cell.state == "contradicts":
        denial = next((s.citation for s in claim.statements if s.citation.article == article and s.denies), None)
        own = denial or against or own
    cut = cell.state == "unknown" and apparatus.article(article).cut is not None
    text = f"{apparatus.siglum(article)} {'unknown: the report breaks off' if cut else STATES[cell.state]}"
    if cell.place is not None:
        text = f"{text}, {passage_place(cell.place)}"
    stands = cell.state not in ("omits", "unknown")
    return CellView(
        state=cell.state,
        text=text,
        href=own.href if own and stands else None,
        twentieth=None if cell.place is None else min(20, max(0, round(cell.place * 20))),
    )


def _missing(report: Citation, column: int, groups: tuple[ColumnGroup, ...], rows: tuple[RowView, ...]) -> MissingView:
    """Claims that at least two, and more than half, of the other voices carry, and this report does not."""
    voice_of = [group.mark.number for group in groups for _ in group.reports]
    others = set(voice_of) - {report.mark.number}
    lacking, unknown = [], 0
    for row in rows:
        carrying = {
            voice for voice, cell in zip(voice_of, row.cells, strict=True) if cell.state in ("reports", "attributes")
        } & others
        if len(carrying) < 2 or len(carrying) * 2 <= len(others):
            continue
        if row.cells[column].state == "omits":
            lacking.append(row.claim)
        elif row.cells[column].state == "unknown":
            unknown += 1
    return MissingView(report, tuple(lacking), unknown)


def heard_view(apparatus: Apparatus) -> HeardView:
    """Who is given a voice, and by whom."""
    edition = apparatus.edition
    groups = column_groups(apparatus, (a.id for a in edition.articles if apparatus.mark(a.id).number))
    found: dict[str, dict[str, HeardCell]] = {}
    for heard in edition.heard:
        speaker = spoken_by(edition, heard.name, heard.speaker_text)
        href = _first_quotation(apparatus, heard.name, heard.speaker_text, heard.article)
        before = found.setdefault(speaker, {}).get(heard.article, HeardCell(0, 0, href))
        found[speaker][heard.article] = HeardCell(
            before.quotations + heard.quotations, before.words + heard.words, before.href or href
        )
    rows = [
        HeardRow(
            speaker=speaker,
            cells=tuple(cells.get(report.article) for report in _flat(groups)),
            quotations=sum(cell.quotations for cell in cells.values()),
            words=sum(cell.words for cell in cells.values()),
        )
        for speaker, cells in found.items()
        if any(cell.words for cell in cells.values())
    ]
    rows.sort(key=lambda row: (-sum(cell is not None for cell in row.cells), -row.words, row.speaker))
    return HeardView(groups, tuple(rows))


def _first_quotation(apparatus: Apparatus, name: str | None, speaker_text: str | None, article: str) -> str | None:
    for utterance in apparatus.edition.utterances:
        if (utterance.speaker, None if name else utterance.speaker_text) == (name, None if name else speaker_text):
            for reading in utterance.readings:
                if reading.article == article and reading.agreement != "reported":
                    return apparatus.cite(article, reading.spans[0].start, reading.spans[0].end).href
    return None


def labels_view(apparatus: Apparatus) -> tuple[LabelledName, ...]:
    """What each report calls a name, name by name; those called most different things first."""
    by_name: dict[str, list[Label]] = {}
    for label in apparatus.edition.labels:
        by_name.setdefault(label.name, []).append(label)
    found = []
    for name, labels in by_name.items():
        rows = tuple(
            LabelRow(
                report=apparatus.to_report(article.id),
                own=_label_views(apparatus, article, labels, own_voice=True),
                quoted=_label_views(apparatus, article, labels, own_voice=False),
            )
            for article in apparatus.edition.articles
            if any(label.article == article.id for label in labels)
        )
        distinct = len({label.text.casefold() for label in labels})
        found.append((-distinct, LabelledName(speaker_name(apparatus.edition, name) or name, rows)))
    found.sort(key=lambda pair: (pair[0], pair[1].name))
    return tuple(view for _, view in found)


def _label_views(
    apparatus: Apparatus, article: Article, labels: Iterable[Label], *, own_voice: bool
) -> tuple[LabelView, ...]:
    views = [
        LabelView(label.text, tuple(apparatus.cite(article.id, s.start, s.end) for s in label.mentions))
        for label in labels
        if label.article == article.id and label.own_voice is own_voice and label.mentions
    ]
    return tuple(sorted(views, key=lambda view: (-len(view.citations), view.text)))


def timeline_view(apparatus: Apparatus, claims: tuple[ClaimView, ...]) -> tuple[MomentView, ...]:
    """Dated statements in the order of their dates, those of one date together."""
    views = {claim.id: view for claim, view in zip(apparatus.edition.claims, claims, strict=True)}
    by_time: dict[tuple[str, str], list[DatedView]] = {}
    for entry in apparatus.edition.timeline:
        citation = apparatus.cite(entry.article, entry.start, entry.end)
        claim = views.get(entry.claim) if entry.claim else None
        by_time.setdefault((entry.when, entry.precision), []).append(DatedView(citation, claim))
    return tuple(
        MomentView(when, moment(when), precision, tuple(entries)) for (when, precision), entries in by_time.items()
    )


def heard_words(cell: HeardCell) -> str:
    """ "3 quotations, 54 words"."""
    return f"{count(cell.quotations, 'quotation')}, {count(cell.words, 'word')}"
