"""The pages of the reading room, one module a page."""

from variorum.web.pages import coverage, edition, outlets, refused, stories
from variorum.web.routes import Page

PAGES: tuple[Page, ...] = (*stories.PAGES, *edition.PAGES, *coverage.PAGES, *outlets.PAGES, *refused.PAGES)
"""Every page that shows something, in the order of the description of the interface."""
