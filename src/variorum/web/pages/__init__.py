"""The pages of the reading room, one module a page."""

from variorum.web.pages import (
    add,
    beside,
    coverage,
    edition,
    find,
    jobs,
    notes,
    outlets,
    quotation,
    refused,
    report,
    stories,
)
from variorum.web.routes import Page

PAGES: tuple[Page, ...] = (
    *stories.PAGES,
    *edition.PAGES,
    *find.PAGES,
    *coverage.PAGES,
    *report.PAGES,
    *beside.PAGES,
    *quotation.PAGES,
    *outlets.PAGES,
    *notes.PAGES,
    *add.PAGES,
    *jobs.PAGES,
    *refused.PAGES,
)
"""Every page that shows something, in the order of the description of the interface."""
