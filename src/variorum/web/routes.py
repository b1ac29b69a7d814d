"""The pages, each at its address and at ``.json``."""

import gzip
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from variorum.render.json import well_formed
from variorum.text import digest
from variorum.web.filling import page as filled
from variorum.web.room import Room
from variorum.web.shown import Shown

Answered = Shown | Response
Handler = Callable[[Room, Request], Answered]
Answer = Callable[[Request], Awaitable[Response]]
_PACKING = 5  # of pages that are kept: packed once, and not while every other reader waits for the one event loop


@dataclass(frozen=True, slots=True)
class Page:
    """A page that shows something. path: with ``{name}`` for what varies; handler: called in a thread of its own.

    summary: one line for the description of the interface. query: the names of its query with what each means. schema:
    the name of its data's schema.
    """

    path: str
    handler: Handler
    summary: str
    query: tuple[tuple[str, str], ...] = ()
    schema: str = "object"

    @property
    def routes(self) -> list[BaseRoute]:
        """The page's two addresses; the data's first, which the page's own pattern could take for a name."""
        return [
            Route(f"{self.path}.json", _answer(self.handler, as_json=True), methods=["GET"]),
            Route(self.path, _answer(self.handler, as_json=False), methods=["GET"]),
        ]


def _answer(handler: Handler, *, as_json: bool) -> Answer:
    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_made, handler, request, as_json)

    return answer


def _made(handler: Handler, request: Request, as_json: bool) -> Response:
    room: Room = request.app.state.room
    shown = handler(room, request)
    if isinstance(shown, Response):
        if as_json and isinstance(shown, RedirectResponse):
            to = urlsplit(shown.headers["location"])
            shown.headers["location"] = to._replace(path=f"{to.path}.json").geturl()
        return shown
    headers = dict(shown.headers)
    if shown.refresh is not None:
        headers["retry-after"] = str(shown.refresh)
    if shown.key:
        tag = f'"{digest(shown.key, "json" if as_json else "html", length=24)}"'
        headers |= {"etag": tag, "cache-control": "private, no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        packed = room.pages.get(tag, lambda: gzip.compress(_body(shown, as_json, tag), _PACKING, mtime=0)) or b""
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers |= {"content-encoding": "gzip", "vary": "Accept-Encoding"}
            body = packed
        else:
            body = gzip.decompress(packed)
    else:
        body = _body(shown, as_json, "")
    return Response(body, shown.status, headers, "application/json" if as_json else "text/html")


def _body(shown: Shown, as_json: bool, tag: str) -> bytes:
    """tag: tells this state of the page from others, so that its script can ask whether it is still the last."""
    if as_json:
        data = shown.data()
        return data if isinstance(data, bytes) else well_formed(json.dumps(data, ensure_ascii=False)).encode()
    return filled(shown.template, refresh=shown.refresh, tag=tag, **shown.values).encode()
