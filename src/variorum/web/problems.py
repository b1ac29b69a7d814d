"""What goes wrong, told as a page to a reader and as problem details (RFC 9457) to a program."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from variorum.errors import ArchiveError, UsageError, VariorumError
from variorum.render.json import well_formed
from variorum.web.filling import page

_LOG = logging.getLogger("variorum.web")


_PLAIN = {404: "There is no such page here.", 405: "This address does not take such a request."}


def problem(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a request that cannot be met. detail: one sentence that says why."""
    title = HTTPStatus(status).phrase
    if wants_json(request):
        told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        body = well_formed(json.dumps(told, ensure_ascii=False))
        return Response(body, status, headers, "application/problem+json")
    html = page("problem.html.j2", title=title, status=status, detail=detail, here="", refresh=None)
    return Response(html, status, headers, "text/html")


def wants_json(request: Request) -> bool:
    """Whether a program asks: by the address, by what it sends, or by what it accepts."""
    accepted = request.headers.get("accept", "")
    return (
        request.headers.get("content-type", "").startswith("application/json")
        or request.scope["path"].endswith(".json")
        or ("json" in accepted and "text/html" not in accepted)
    )


async def on_http(request: Request, error: Exception) -> Response:
    """Answers what Starlette refuses: no such page, no such method."""
    if not isinstance(error, HTTPException):
        raise error
    told = error.detail if error.detail != HTTPStatus(error.status_code).phrase else _PLAIN.get(error.status_code)
    return problem(request, error.status_code, told or error.detail, error.headers)


async def on_error(request: Request, error: Exception) -> Response:
    """Answers an error of ours: what was asked for is not there, or the archive fails."""
    status = 404 if isinstance(error, UsageError) else 503 if isinstance(error, ArchiveError) else 500
    told = str(error) if isinstance(error, VariorumError) else "Something went wrong here."
    told = told.partition("; `variorum")[0]  # which command lists them is no news to who asks a page
    if isinstance(error, ArchiveError):
        _LOG.error("%s", told)
        told = request.app.state.room.archive.without_place(told)
    return problem(request, status, told)
