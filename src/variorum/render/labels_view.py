"""What each report calls a name: side by side over all reports, and place by place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.records import Article, Label
from variorum.render.apparatus import Apparatus, Citation
from variorum.render.claims_view import speaker_name
from variorum.render.coverage_view import ColumnGroup, column_groups


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
class UseCell:
    """The places where one report uses a label: in its own voice, and in words it gives to somebody."""

    own: tuple[Citation, ...]
    quoted: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class UseRow:
    """One label over all reports."""

    text: str
    cells: tuple[UseCell, ...]


@dataclass(frozen=True, slots=True)
class LabelledName:
    """One name, and what each report calls it.

    uses: its labels over all reports at one glance, those that most voices use first. rows: report by report.
    """

    name: str
    groups: tuple[ColumnGroup, ...]
    uses: tuple[UseRow, ...]
    rows: tuple[LabelRow, ...]


def labels_view(apparatus: Apparatus) -> tuple[LabelledName, ...]:
    """What each report calls a name, name by name; those called most different things first."""
    by_name: dict[str, list[Label]] = {}
    for label in apparatus.edition.labels:
        by_name.setdefault(label.name, []).append(label)
    groups = column_groups(apparatus, (article.id for article in apparatus.edition.articles))
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
        uses = _uses(rows, [report for group in groups for report in group.reports])
        distinct = len({label.text.casefold() for label in labels})
        found.append((-distinct, LabelledName(speaker_name(apparatus.edition, name) or name, groups, uses, rows)))
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


def _uses(rows: Sequence[LabelRow], reports: Sequence[Citation]) -> tuple[UseRow, ...]:
    """The labels with their places, case aside; each as it is written most often."""
    by_article = {row.report.article: row for row in rows}
    spellings: dict[str, Counter[str]] = {}
    for row in rows:
        for view in row.own + row.quoted:
            spellings.setdefault(view.text.casefold(), Counter())[view.text] += len(view.citations)
    found = []
    for folded, written in spellings.items():
        cells = tuple(_use(folded, by_article.get(report.article)) for report in reports)
        voices = {report.mark for report, cell in zip(reports, cells, strict=True) if cell.own or cell.quoted}
        text = min(written, key=lambda text: (-written[text], text))
        found.append((-len(voices), -written.total(), text, cells))
    return tuple(UseRow(text, cells) for _, _, text, cells in sorted(found, key=lambda one: one[:3]))


def _use(folded: str, row: LabelRow | None) -> UseCell:
    def places(views: Iterable[LabelView]) -> tuple[Citation, ...]:
        return tuple(c for view in views if view.text.casefold() == folded for c in view.citations)

    return UseCell((), ()) if row is None else UseCell(places(row.own), places(row.quoted))
