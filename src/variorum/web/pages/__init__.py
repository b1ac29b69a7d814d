"""The pages of the reading room, one module a page."""

from variorum.web.pages import beside, coverage, edition, notes, outlets, quotation, refused, report, stories
from variorum.web.routes import Page

PAGES: tuple[Page, ...] = (
    *stories.PAGES,
    *edition.PAGES,
    *coverage.PAGES,
    *report.PAGES,
    *beside.PAGES,
    *quotation.PAGES,
    *outlets.PAGES,
    *notes.PAGES,
    *refused.PAGES,
)
"""Every page that shows something, in the order of the description of the interface."""
