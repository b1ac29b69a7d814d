"""The interface for programs: its description, and a page that lists it."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from variorum.web import interface
from variorum.web.filling import page
from variorum.web.pages import PAGES


async def _openapi(_request: Request) -> Response:
    return JSONResponse(interface.openapi(PAGES), headers={"cache-control": "no-cache"})


async def _api(_request: Request) -> Response:
    return Response(page("api.html.j2", here="", refresh=None, pages=PAGES), media_type="text/html")


routes = [Route("/openapi.json", _openapi, methods=["GET"]), Route("/api", _api, methods=["GET"])]
