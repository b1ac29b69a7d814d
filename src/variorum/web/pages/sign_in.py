"""Signing in, where the room is open to other machines."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from variorum.web.filling import page
from variorum.web.forms import form
from variorum.web.guard import COOKIE, Keys
from variorum.web.problems import problem


async def _form(request: Request) -> Response:
    if request.app.state.keys.token is None:
        return RedirectResponse("/stories", 303)
    return Response(page("sign_in.html.j2", here="", failed=False, refresh=None), media_type="text/html")


async def _sign_in(request: Request) -> Response:
    keys: Keys = request.app.state.keys
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return problem(request, 415, "Sign in with the form.")
    async with form(request, files=0, fields=4) as sent:
        given = sent.get("token", "")
    if not isinstance(given, str) or not keys.fits(given.strip()):
        return Response(page("sign_in.html.j2", here="", failed=True, refresh=None), 403, media_type="text/html")
    answer = RedirectResponse("/stories", 303)
    answer.set_cookie(
        COOKIE, keys.cookie, max_age=30 * 86_400, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return answer


async def _sign_out(_request: Request) -> Response:
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


routes = [
    Route("/sign-in", _form, methods=["GET"]),
    Route("/sign-in", _sign_in, methods=["POST"]),
    Route("/sign-out", _sign_out, methods=["POST"]),
]
