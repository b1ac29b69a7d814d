"""Every stretch that any page of a story cites, so that a report's own page has an anchor for each."""

from variorum.render.apparatus import Apparatus, Back
from variorum.render.claims_view import claims_view
from variorum.render.headings_view import headings_view
from variorum.render.labels_view import labels_view
from variorum.render.reports_view import ReportView, report_views
from variorum.render.timeline_view import timeline_view


def cite_everything(apparatus: Apparatus) -> tuple[ReportView, ...]:
    """Has ``apparatus`` cite all that the pages of its edition do; gives the heads of the reports.

    The readings of utterances and the passages of borrowings are cited here as their own views cite them: to weigh
    every variant for that would cost more than the page.
    """
    claims = claims_view(apparatus)
    for number, utterance in enumerate(apparatus.edition.utterances, start=1):
        href = apparatus.links.finding(apparatus.id("quotation", utterance.id))
        back = Back(href, f"q{number}", f"quotation {number}")
        for reading in utterance.readings:
            for span in reading.spans:
                apparatus.cite(reading.article, span.start, span.end, "quotation", back)
            for variant in reading.variants:
                if variant.reading is not None and len(variant.reading):
                    apparatus.cite(reading.article, variant.reading.start, variant.reading.end, "variant")
    for borrowing in apparatus.edition.stemma.borrowings:
        for passage in borrowing.spans:
            apparatus.cite(borrowing.a, passage.a.start, passage.a.end)
            apparatus.cite(borrowing.b, passage.b.start, passage.b.end)
    labels_view(apparatus)
    headings_view(apparatus, claims.every)
    timeline_view(apparatus, claims)
    return report_views(apparatus)
