"""Who may ask, and for what: the one place every request passes before any page sees it.

- The ``Host`` must be a name of ours: a page elsewhere that makes its own name point here (DNS rebinding) is refused.
  An address in digits is taken: nobody can make one point elsewhere.
- What is read from a page elsewhere, other than by following a link, is refused: how long a search takes would tell it
  what the archive holds.
- What changes something must come from a page of ours. Browsers say where a request comes from (``Sec-Fetch-Site``,
  ``Origin``), and no page can make them lie; a program that is no browser says neither and cannot be tricked by one.
- Where others can reach us, a request must know the token: as a bearer, or by the cookie that signing in gives.
- Every answer carries the policy that lets no script but ours run, and no page of another site frame or load it.
"""

import hashlib
import hmac
import ipaddress
import logging
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from variorum.web.problems import problem

_LOG = logging.getLogger("variorum.web")
COOKIE = "variorum"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'none'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # "no-referrer" would make browsers hide where a form comes from
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "x-frame-options": "DENY",
}
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_OPEN = ("/sign-in", "/static/")
"""What may be asked for without the token: the page that asks for it, and what that page is drawn with."""


class Keys:
    """What a visitor must know. token: ``None`` where nobody but this machine can reach us."""

    def __init__(self, token: str | None) -> None:
        self.token = token
        self._secret = hashlib.sha256(f"variorum\0{token}".encode()).digest()

    @property
    def cookie(self) -> str:
        """The value of the cookie of somebody who is signed in: it proves the token without holding it."""
        return hmac.new(self._secret, b"reading room", hashlib.sha256).hexdigest()

    def fits(self, given: str) -> bool:
        """Whether this is the token."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def admits(self, request: Request) -> bool:
        """Whether the request may see anything."""
        if self.token is None:
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.fits(given.strip()):
            return True
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self.cookie.encode())


class Guard:
    """ASGI middleware. names: host names under which we are asked. most_bytes: of a request's body.

    more_bytes: of the body of a request to a path that takes more.
    """

    def __init__(
        self, app: ASGIApp, *, names: Iterable[str], keys: Keys, most_bytes: int, more_bytes: Mapping[str, int]
    ) -> None:
        self._app = app
        self._names = frozenset(name.lower().rstrip(".") for name in names)
        self._keys = keys
        self._most = most_bytes
        self._more = dict(more_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # nothing of ours speaks another protocol

        has_begun = False

        async def with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        request = Request(scope)
        refusal = self._refused(request)
        if refusal is not None:
            await refusal(scope, receive, with_headers)
            return
        try:
            await self._app(scope, self._bounded(receive, self._most_of(scope)), with_headers)
        except Exception:  # noqa: BLE001 - whatever it is, its answer carries the policy too
            _LOG.exception("%r %r", request.method, scope["path"])  # %r: a path may hold what steers a terminal
            if not has_begun:
                await problem(request, 500, "Something went wrong here; the terminal says what.")(
                    scope, receive, with_headers
                )

    def _refused(self, request: Request) -> Response | None:
        if not self._is_ours(request.headers.get("host", "")):
            return problem(request, 421, "This is not the host that was asked for; the reading room answers to "
                           f"{', '.join(sorted(self._names))}. `--name` adds a name.")  # fmt: skip
        if _is_loaded_elsewhere(request):
            return problem(request, 403, "A page of another site may lead here, and not load anything from here.")
        if request.method not in _SAFE and not _is_from_us(request):
            return problem(request, 403, "What changes something must be asked for from a page of the reading room.")
        length = request.headers.get("content-length", "0")
        most = self._most_of(request.scope)
        if not length.isdecimal() or int(length) > most:
            return problem(request, 413, _too_much(most))
        # As the pages are found by, and not as part of a URL, which is put together from what the visitor says.
        if not self._keys.admits(request) and not request.scope["path"].startswith(_OPEN):
            if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
                return RedirectResponse("/sign-in", 303)
            return problem(request, 401, "This reading room asks for a token.", {"www-authenticate": "Bearer"})
        return None

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname if host.isprintable() and host.isascii() else None
        except ValueError:  # half an address in brackets
            return False
        if not name or any(mark in host for mark in "/@\\?#"):
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name.rstrip(".") in self._names
        return True

    def _most_of(self, scope: Scope) -> int:
        return self._more.get(scope["path"], self._most)

    def _bounded(self, receive: Receive, most: int) -> Receive:
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413, _too_much(most))
            return message

        return bounded


def _too_much(most: int) -> str:
    return f"A request may have {most:,} bytes here."


def _is_loaded_elsewhere(request: Request) -> bool:
    headers = request.headers
    is_ours = headers.get("sec-fetch-site", "none") in ("same-origin", "none")
    return request.method in _SAFE and not is_ours and headers.get("sec-fetch-dest") != "document"


def _is_from_us(request: Request) -> bool:
    headers: Headers = request.headers
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
