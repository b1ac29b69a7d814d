"""A report: its text in full, and where each sentence stands in the others."""

import json

from starlette.requests import Request
from starlette.responses import RedirectResponse

from variorum.errors import UsageError
from variorum.pipeline import Standing
from variorum.render.archive_rows import revisions
from variorum.render.report_page import ReportPage, RevisionLink, report_data, report_page
from variorum.render.revision_view import revision_view
from variorum.web import addresses
from variorum.web.pages.edition import waiting
from variorum.web.room import Room
from variorum.web.routes import Answered, Page
from variorum.web.shown import Shown


def report(room: Room, request: Request) -> Answered:
    """The page of a report in its story."""
    of = room.standing(request.path_params["story"])
    article = request.path_params["article"]
    if article not in {one.id for one in of.reports}:
        return _elsewhere(room, of, article)
    made = room.edition(of)
    if made is None:
        return waiting(room, of)
    revisions = _revisions(room, of.story, article)

    def page() -> ReportPage:
        return report_page(made, article, addresses.links(of.story, here=article), revisions=revisions)

    return Shown(
        "report.html.j2",
        {"here": "story", "story": of.story, "headline": made.story.headline, "made": page},
        lambda: report_data(page()),
        key=f"{of.key}/report/{article}/{len(revisions)}",
    )


def found(room: Room, request: Request) -> Answered:
    """A report by its id alone leads to its place in its story."""
    article = request.path_params["article"]
    return RedirectResponse(addresses.report(room.standing(article).story, article), 307)


def _elsewhere(room: Room, of: Standing, article: str) -> Answered:
    """Where a report is that this story does not hold: in another, or replaced at its address."""
    now = room.standing(article)
    if article in {one.id for one in now.reports}:
        return RedirectResponse(addresses.report(now.story, article), 307)
    if now.story != of.story:
        return RedirectResponse(addresses.report(now.story, article), 307)
    held = room.archive.revisions(article)
    at = next((n for n, one in enumerate(held[1]) if one.article.id == article), None) if held else None
    if held is None or at is None or at + 1 >= len(held[1]):
        raise UsageError(f"the story {of.story} has no report {article[:40]!r}")
    before, after = held[1][at], held[1][at + 1]
    return Shown(
        "revision.html.j2",
        {
            "here": "story",
            "story": of.story,
            "made": lambda: revision_view(before, after, len(held[1])),
            "following": addresses.report(of.story, after.article.id),
        },
        lambda: next(changes for changes in map(json.loads, revisions(held[0], (before, after))) if changes["changes"]),
        key=f"{of.story}/revision/{article}/{after.article.id}",
    )


def _revisions(room: Room, story: str, article: str) -> tuple[RevisionLink, ...]:
    """The texts that stood at the report's address, where there is more than one."""
    held = room.archive.revisions(article)
    if held is None or len(held[1]) < 2:
        return ()
    return tuple(
        RevisionLink(f"{one.number}, {one.seen_at[:10]}", addresses.report(story, id), id == article)
        for one in held[1]
        for id in (one.article.id,)
    )


PAGES = (
    Page("/stories/{story}/reports/{article}", report, "A report, and where each sentence stands in the others.", (),
         "Report"),
    Page("/reports/{article}", found, "Leads to a report's place in its story.", (), "Report"),
)  # fmt: skip
