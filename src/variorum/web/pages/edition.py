"""The edition of a story, and what stands in its place while it is being made."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from variorum import pipeline
from variorum.pipeline import Standing
from variorum.records import Edition, Editions, ListedArticle
from variorum.render import html
from variorum.render import json as exchange
from variorum.render.notes_view import Notes, spoken_of
from variorum.web import addresses
from variorum.web.room import Room
from variorum.web.routes import Answered, Page
from variorum.web.shown import Shown

_ASK_AGAIN = 2  # seconds


def edition(room: Room, request: Request) -> Answered:
    """The page of an edition. A story whose edition is not made yet is asked for, and what stands of it is shown."""
    of = room.standing(request.path_params["story"])
    if of.story != request.path_params["story"]:
        return RedirectResponse(addresses.story(of.story), 307)  # by a report's id, or merged into another
    if len(of.reports) == 1 and not request.url.path.endswith(".json"):
        return RedirectResponse(addresses.report(of.story, of.reports[0].id), 307)  # there is nothing to compare
    made = room.edition(of)
    return made_page(room, of, made, request) if made is not None else waiting(room, of)


def mailed(request: Request) -> Response:
    """The edition as one file that needs nothing else; with ``?notes=0`` without what editors noted."""
    room: Room = request.app.state.room
    of = room.standing(request.path_params["story"])
    made = room.edition(of)
    if made is None:
        return RedirectResponse(addresses.story(of.story), 303)
    name = f"variorum-{of.story}.html"
    noted = None
    if request.query_params.get("notes") != "0":
        mapping, unmatched = pipeline.judged(room.archive, of.story, made, settings=room.settings)
        if mapping or unmatched:
            found = spoken_of(made, settings=room.settings.edition)
            noted = {made.story.id: Notes(mapping, unmatched, found)}
    return Response(
        html.render(Editions((made,), (), ()), notes=noted),
        headers={"content-disposition": f'attachment; filename="{name}"'},
        media_type="text/html",
    )


def made_page(room: Room, of: Standing, made: Edition, request: Request) -> Shown:
    """The page of an edition that stands."""
    state, notes = room.notes(of, made, request)

    return Shown(
        "story.html.j2",
        {"here": "story", "story": of.story, "made": lambda: _view(room, of, made, notes()), "stale": None},
        lambda: exchange.dump(Editions((made,), (), ())).encode(),
        key=f"{of.key}/{state}",
    )


def waiting(room: Room, of: Standing) -> Shown:
    """What is shown until the edition is made: the one made before, if there is one, or the reports."""
    room.desk.want(of.story)
    progress = room.desk.progress(of.story)
    before = pipeline.earlier(room.archive, of.story)
    told = {
        "story": of.story,
        "state": "failed" if progress and progress.failed else "being made",
        "doing": progress.doing if progress else "Waiting",
        "done": progress.done if progress else 0,
        "total": progress.total if progress else 0,
        "waiting": progress.waiting if progress else 0,
        "reason": progress.failed if progress else None,
        "reports": [_plain(one) for one in of.reports],
    }
    values = {"here": "story", "story": of.story, "progress": progress, "reports": of.reports}
    values["headline"] = next((one.title for one in of.reports if one.title), None)
    refresh = None if progress and progress.failed else _ASK_AGAIN
    if before is None:
        return Shown("waiting.html.j2", values, lambda: told, 202, refresh=refresh)
    known = {article.id for article in before.articles}
    stale = {**values, "joined": [one for one in of.reports if one.id not in known]}

    return Shown(
        "story.html.j2",
        {"here": "story", "story": of.story, "made": lambda: _view(room, of, before, None), "stale": stale},
        lambda: told,
        202,
        refresh=None,
    )


def _view(room: Room, of: Standing, edition: Edition, notes: Notes | None) -> html.EditionView:
    links = addresses.links(of.story, on_edition=True)
    return html.edition_view(edition, links=links, texts=False, drawn_cells=room.web.drawn_cells, notes=notes)


def _plain(one: ListedArticle) -> dict[str, object]:
    return {"id": one.id, "outlet": one.outlet, "title": one.title, "published": one.published, "url": one.url}


PAGES = (Page("/stories/{story}", edition, "The edition of a story: variorum/edition/1.", (), "Editions"),)
routes = [Route("/stories/{story}/edition.html", mailed, methods=["GET"])]
