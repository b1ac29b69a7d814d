"""The tables of an edition as Markdown: coverage, speakers, labels, dates."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from variorum.records import CellState
from variorum.render.apparatus import VoiceChip
from variorum.render.coverage_view import MatrixView
from variorum.render.heard_view import HeardView, heard_words
from variorum.render.labels_view import LabelledName, LabelView
from variorum.render.markdown_text import bullets, escaped, table
from variorum.render.missing_view import MissingView
from variorum.render.timeline_view import MomentView

Refer = Callable[[Iterable[VoiceChip]], str]
"""Makes of chips their letters, each voice a link to the list of reports."""

_STATES: dict[CellState, str] = {
    "reports": "yes",
    "attributes": "as said",
    "contradicts": "against",
    "omits": "no",
    "unknown": "?",
}


def coverage_section(matrix: MatrixView, missing: Sequence[MissingView]) -> Iterator[str]:
    """Claims × reports, without what only one voice tells, and what each report leaves out."""
    rows = [row for row in matrix.rows if row.claim.lineages > 1 or row.claim.disputed]
    if rows:
        yield "## Who carries what"
        yield (
            "yes: the report states it. as said: it gives it as somebody’s word. against: it says the contrary. "
            "no: it does not mention it. ?: unknown, because the report breaks off or comes near it."
        )
        letters = [escaped(report.siglum) for report in matrix.reports]
        yield table(
            ("", *letters), ((escaped(row.claim.text), *(_STATES[cell.state] for cell in row.cells)) for row in rows)
        )
    lacking = [found for found in missing if found.claims]
    if lacking:
        yield "### Left out"
        yield "What most of the other voices tell and a report does not."
        for found in lacking:
            yield f"**{escaped(found.report.siglum)}**, {escaped(found.report.outlet)}:"
            yield bullets(escaped(claim.text) for claim in found.claims)


def heard_section(heard: HeardView) -> Iterator[str]:
    """Speakers × reports."""
    if heard.rows:
        yield "## Who is heard"
        letters = [escaped(report.siglum) for group in heard.groups for report in group.reports]
        yield table(
            ("speaker", *letters),
            (
                (escaped(row.speaker), *("" if cell is None else heard_words(cell) for cell in row.cells))
                for row in heard.rows
            ),
        )


def labels_section(names: Sequence[LabelledName]) -> Iterator[str]:
    """What each report calls a name."""
    if names:
        yield "## What they call it"
    for name in names:
        yield f"### {escaped(name.name)}"
        yield table(
            ("report", "in its own voice", "in words given to somebody"),
            (
                (
                    f"{escaped(row.report.siglum)}, {escaped(row.report.outlet)}",
                    _called(row.own),
                    _called(row.quoted),
                )
                for row in name.rows
            ),
        )


def _called(labels: Iterable[LabelView]) -> str:
    shown = ((view, len(view.citations)) for view in labels)
    return ", ".join(f"{escaped(view.text)}{f' ×{times}' if times > 1 else ''}" for view, times in shown)


def timeline_section(moments: Sequence[MomentView], refer: Refer) -> Iterator[str]:
    """What is dated, in the order of its dates."""
    if moments:
        yield "## Timeline"
        yield bullets(
            f"**{escaped(moment.text)}**: {escaped(entry.citation.words)} "
            f"{refer([VoiceChip(entry.citation.mark, (entry.citation,))])}"
            for moment in moments
            for entry in moment.entries
        )
