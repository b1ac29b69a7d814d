"""The whole matrix of claims and reports, where it is too large for the edition's page."""

from starlette.requests import Request
from starlette.responses import RedirectResponse

from variorum.records.plain import plain
from variorum.render import html
from variorum.web import addresses
from variorum.web.pages.edition import waiting
from variorum.web.room import Room
from variorum.web.routes import Answered, Page
from variorum.web.shown import Shown


def coverage(room: Room, request: Request) -> Answered:
    """The page of the matrix."""
    of = room.standing(request.path_params["story"])
    made = room.edition(of)
    if made is None:
        return waiting(room, of)
    if of.story != request.path_params["story"]:
        return RedirectResponse(addresses.coverage(of.story), 307)
    return Shown(
        "coverage_page.html.j2",
        {
            "here": "story",
            "story": of.story,
            "made": lambda: html.edition_view(made, links=addresses.links(of.story), texts=False),
        },
        lambda: {
            "story": of.story,
            "claims": {claim.id: claim.text for claim in made.claims},
            "coverage": plain(made.coverage),
        },
        key=f"{of.key}/coverage",
    )


PAGES = (Page("/stories/{story}/coverage", coverage, "Every claim against every report.", (), "Coverage"),)
