"""Reports of a story set side by side."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from variorum.errors import UsageError
from variorum.render.beside_view import BesideView, beside_data, beside_view
from variorum.web import addresses
from variorum.web.pages.edition import waiting
from variorum.web.room import Room
from variorum.web.routes import Answered, Page
from variorum.web.shown import Shown


def beside(room: Room, request: Request) -> Answered:
    """The page. Without a choice, the first two reports of different voices."""
    of = room.standing(request.path_params["story"])
    made = room.edition(of)
    if made is None:
        return waiting(room, of)
    chosen = request.query_params.getlist("report") or [article.id for article in made.articles[:2]]
    known = {article.id for article in made.articles}
    missing = [one for one in chosen if one not in known]
    if missing:
        raise UsageError(f"the story {of.story} has no report {missing[0][:40]!r}")
    try:
        view: BesideView = beside_view(made, chosen, addresses.links(of.story))
    except ValueError as error:
        raise HTTPException(422, f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
    return Shown(
        "beside_page.html.j2",
        {"here": "story", "story": of.story, "headline": made.story.headline, "view": view},
        lambda: beside_data(view),
        key=f"{of.key}/beside/{'/'.join(chosen)}",
    )


PAGES = (
    Page("/stories/{story}/beside", beside, "Two or three reports set side by side, and what they have in common.",
         (("report", "The id of a report; twice or three times."),), "Beside"),
)  # fmt: skip
