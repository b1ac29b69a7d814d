"""Adding reports: the form, and what takes what it sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from variorum.errors import UsageError
from variorum.ingest.walk import SUFFIXES
from variorum.render.wording import count
from variorum.web import addresses
from variorum.web.filling import page
from variorum.web.forms import form as form_of
from variorum.web.pages.jobs import plain
from variorum.web.problems import problem, wants_json
from variorum.web.room import Room
from variorum.web.routes import Page
from variorum.web.shown import Shown
from variorum.web.uploads import Given, Text, put_by, trouble

_READ_ONLY = "This archive may not be written from here, so nothing can be added to it."
_NOTHING = "Nothing was given: choose files, paste a report, or write an address."
_FULL = "Too much waits to be added; try again when some of it is done."
_LONG = ("text", "urls")
_SHORT = 2_000  # characters of any other field
_FIELDS = ("text", "outlet", "title", "url", "published", "time", "urls")


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form shows: what was typed into it, and what is wrong with it, a sentence for each field's name."""

    values: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


def form(room: Room, _request: Request) -> Shown:
    """The page with the form."""
    web = room.web
    is_open = room.archive.access != "read"
    return Shown(
        "add.html.j2",
        _shown(room, Typed()),
        lambda: {
            "can_add": is_open,
            "files": web.request_files,
            "bytes": web.request_bytes,
            "characters": web.pasted_characters,
            "texts_and_urls": web.intake_places,
            "suffixes": sorted(SUFFIXES),
        },
    )


async def take(request: Request) -> Response:
    """Takes what the form sends, or a program."""
    room: Room = request.app.state.room
    if room.archive.access == "read":
        return problem(request, 403, _READ_ONLY)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return await run_in_threadpool(_from_program, room, request, await _json_of(request, room.web.json_bytes))
    if kind != "multipart/form-data":
        return problem(request, 415, "Add with the form, or send JSON: an object with “texts” and “urls”.")
    web = room.web
    try:
        async with form_of(
            request, files=web.request_files, fields=len(_FIELDS) + 8, part_bytes=4 * web.pasted_characters
        ) as sent:
            return await run_in_threadpool(_from_form, room, request, sent)
    except HTTPException as error:
        if error.status_code != 400:
            raise
        is_too_much = "Too many" in error.detail or "exceed" in error.detail
        told = f"This could not be taken: {error.detail.rstrip('.')}. A request may have "
        told += f"{count(web.request_files, 'file')} and {web.pasted_characters:,} characters of text."
        raise HTTPException(413 if is_too_much else 400, told) from error


async def _json_of(request: Request, most: int) -> bytes:
    """What a program sends. Raises HTTPException where it is more than most bytes."""
    sent = bytearray()
    async for part in request.stream():
        sent += part
        if len(sent) > most:
            raise HTTPException(413, f"JSON may have {most:,} bytes; more is sent as files, in a form.")
    return bytes(sent)


def _from_form(room: Room, request: Request, sent: FormData) -> Response:
    most = room.web.pasted_characters + 1
    values = {name: _text(sent, name)[: most if name in _LONG else _SHORT] for name in _FIELDS}
    uploads = [one for one in sent.getlist("files") if isinstance(one, UploadFile) and (one.filename or one.size)]
    files: list[tuple[str, BinaryIO]] = [(one.filename or "", one.file) for one in uploads]
    given = _given(values)
    wrong = trouble(given, room.web)
    if not files and not given.texts and not given.urls:
        named = any(values[name].strip() for name in ("outlet", "title", "url"))
        wrong = {"text": "There is no text here to go with this."} if named else {"files": _NOTHING}
    if not wrong:
        try:
            id = _taken(room, files, given)
        except UsageError as error:
            wrong = {"files": str(error)}
        else:
            return _full(request) if id is None else RedirectResponse(addresses.job(id), 303)
    if wants_json(request):
        return problem(request, 422, " ".join(wrong.values()))
    html = page("add.html.j2", refresh=None, **_shown(room, Typed(values, wrong)))
    return Response(html, 422, media_type="text/html")


def _from_program(room: Room, request: Request, sent: bytes) -> Response:
    try:
        given = msgspec.json.decode(sent, type=Given)
    except msgspec.DecodeError as error:
        return problem(request, 422, f"This is not what is taken here: {str(error).rstrip('.')}.")
    wrong = trouble(given, room.web)
    if not given.texts and not given.urls:
        wrong = {"texts": "Nothing was given: “texts” and “urls” are both empty."}
    if wrong:
        return problem(request, 422, " ".join(f"{name}: {told}" for name, told in wrong.items()))
    id = _taken(room, [], given)
    if id is None:
        return _full(request)
    return JSONResponse(plain(room, id), 202, {"location": addresses.job(id)})


def _taken(room: Room, files: list[tuple[str, BinaryIO]], given: Given) -> str | None:
    """Hands what was given to the desk. Returns the intake's id."""
    intake, folder = put_by(files, given, room.web)
    taken = len(intake.places) - len(given.urls) - bool(given.texts)
    kinds = (
        (taken, "file", "files"),
        (len(given.texts), "pasted text", "pasted texts"),
        (len(given.urls), "address", "addresses"),
    )
    told = [count(number, one, many) for number, one, many in kinds if number]
    passed = len(files) - taken
    over = f"; {count(passed, 'file')} of the folder passed over" if passed else ""
    return room.desk.take(intake, " and ".join(told) + over, folder)


def _given(values: Mapping[str, str]) -> Given:
    """The pasted text with what is known of it, and the addresses, one a line."""
    urls = tuple(dict.fromkeys(line.strip() for line in values["urls"].splitlines() if line.strip()))
    if not values["text"].strip():
        return Given((), urls)
    when = values["published"].strip()
    if when and values["time"].strip():
        when = f"{when}T{values['time'].strip()}Z"
    known = {name: values[name].strip() or None for name in ("outlet", "title", "url")}
    return Given((Text(values["text"], published=when or None, **known),), urls)


def _text(sent: FormData, name: str) -> str:
    held = sent.get(name, "")
    return held if isinstance(held, str) else ""


def _shown(room: Room, typed: Typed) -> dict[str, object]:
    return {
        "here": "add",
        "typed": typed,
        "may_add": room.archive.access != "read",
        "accepted": ",".join([*sorted(SUFFIXES), ".gz"]),
        "megabytes": room.web.request_bytes // (1024 * 1024),
        "most_files": room.web.request_files,
        "recent": room.desk.jobs()[:5],
    }


def _full(request: Request) -> Response:
    return problem(request, 503, _FULL, {"retry-after": "30"})


PAGES = (Page("/add", form, "What can be added here; POST adds it.", (), "Adding"),)
routes = [Route("/add", take, methods=["POST"])]
