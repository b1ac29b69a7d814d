"""The application: its pages, behind the guard."""

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from variorum.errors import VariorumError
from variorum.web import problems
from variorum.web.filling import static
from variorum.web.guard import Guard, Keys
from variorum.web.pages import PAGES, add, api, edition, jobs, notes, sign_in, words
from variorum.web.room import Room


def make(room: Room, *, names: Iterable[str], token: str | None) -> Starlette:
    """The application of a room. names: hosts it answers to. token: what a visitor must know, ``None`` for nothing."""
    keys = Keys(token)
    routes: list[BaseRoute] = [
        Route("/", _home),
        Route("/static/{name}", _static),
        *sign_in.routes,
        *api.routes,
        *edition.routes,
        *words.routes,
        *notes.routes,
        *add.routes,
        *jobs.routes,
        *(route for page in PAGES for route in page.routes),
    ]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(
                Guard,
                names=names,
                keys=keys,
                most_bytes=room.web.form_bytes,
                more_bytes={"/add": room.web.request_bytes},
            ),
            Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5),
        ],
        exception_handlers={HTTPException: problems.on_http, VariorumError: problems.on_error},
    )
    app.state.room = room
    app.state.keys = keys
    return app


async def _home(_request: Request) -> Response:
    return RedirectResponse("/stories", 307)


async def _static(request: Request) -> Response:
    found = static(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    kept = "public, max-age=31536000, immutable" if request.url.query else "no-cache"
    return Response(found[0], headers={"cache-control": kept}, media_type=found[1])
