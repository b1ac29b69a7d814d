"""Notes: what editors said of findings; a page for all, and one to make or change one."""

import json
from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from variorum import pipeline
from variorum.edition.findings import findings
from variorum.errors import UsageError
from variorum.records import FindingKind, Judgement, Verdict
from variorum.records.plain import plain
from variorum.render.notes_view import KINDS, Notes
from variorum.store import judgements, stories
from variorum.web import addresses
from variorum.web.forms import form
from variorum.web.pages.edition import waiting
from variorum.web.room import EDITOR, Room
from variorum.web.routes import Answered, Page
from variorum.web.shown import Shown

_LISTED = 200
_A_YEAR = 365 * 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Row:
    """A note of the list. href: to the words it rests on, as they stand; empty where no story holds them now."""

    note: Judgement
    kind: str
    href: str


def notes(room: Room, request: Request) -> Shown:
    """The page of all notes, the last first."""
    asked = request.query_params.get("only", "")
    verdict = asked if asked in get_args(Verdict) else ""
    with room.archive.reading() as connection:
        found, total = judgements.latest(
            connection, limit=_LISTED, verdict=_verdict(verdict), starred=asked == "starred"
        )
        held = stories.stories_of(connection, {one.spans[0].article for one in found})
    rows = [Row(one, KINDS[one.kind], _href(one, held.get(one.spans[0].article))) for one in found]
    values = {"here": "notes", "rows": rows, "total": total, "only": asked}
    return Shown("notes_page.html.j2", values, lambda: {"total": total, "notes": [plain(one) for one in found]})


def note(room: Room, request: Request) -> Answered:
    """The form for a note on one finding."""
    of = room.standing(request.path_params["story"])
    made = room.edition(of)
    if made is None:
        return waiting(room, of)
    kind, id = _kind(request.query_params.get("kind", "")), request.query_params.get("finding", "")
    finding = findings(made, settings=room.settings.edition).get((kind, id))
    if finding is None:
        raise UsageError("the edition makes no such finding; it may have been made anew since")
    standing, _ = pipeline.judged(room.archive, of.story, made, settings=room.settings)
    held = standing.get((kind, id), ())
    view = Notes({(kind, id): held}, action=addresses.note(of.story), editor=room.editor(request))
    values = {
        "here": "notes", "story": of.story, "headline": made.story.headline, "finding": finding, "kind": kind,
        "called": KINDS[kind], "notes": view, "can_write": room.can_write,
    }  # fmt: skip
    return Shown("note.html.j2", values, lambda: {"total": len(held), "notes": [plain(one) for one in held]})


async def _kept(request: Request) -> Response:
    """Takes a note down, from a form or as JSON."""
    room: Room = request.app.state.room
    story = request.path_params["story"]
    is_json = request.headers.get("content-type", "").partition(";")[0].strip() == "application/json"
    given = await _json(request) if is_json else await _form(request)
    kind, verdict, by = _kind(given.get("kind", "")), _verdict(given.get("verdict", "")), given.get("by", "")

    def judge() -> Judgement:
        return pipeline.judge(
            room.archive, story, kind, given.get("finding", ""), verdict=verdict, by=by,
            comment=given.get("comment", ""), starred=bool(given.get("starred")), settings=room.settings,
        )  # fmt: skip

    try:
        made = await run_in_threadpool(judge)
    except UsageError as error:
        raise HTTPException(409, f"The note was not kept: {error}.") from error
    if is_json:
        return JSONResponse(plain(made))
    answer = RedirectResponse(f"{addresses.story(story)}#{_anchor(made.kind, given.get('finding', ''))}", 303)
    answer.set_cookie(EDITOR, quote(made.by), max_age=_A_YEAR, httponly=True, samesite="strict")
    return answer


async def _form(request: Request) -> dict[str, str]:
    async with form(request, files=0, fields=10) as sent:
        return {name: value for name, value in sent.items() if isinstance(value, str)}


async def _json(request: Request) -> dict[str, str]:
    try:
        given = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise HTTPException(422, "That is no JSON.") from error
    wanted = '{"kind": "claim", "finding": "c1", "verdict": "wrong", "comment": "…", "starred": true, "by": "…"}'
    if not isinstance(given, dict):
        raise HTTPException(422, f"A note is an object such as {wanted}.")
    given["starred"] = "1" if given.get("starred") is True else ""
    given["verdict"] = given.get("verdict") or ""
    if not all(isinstance(value, str) for value in given.values()):
        raise HTTPException(422, f"A note is an object such as {wanted}.")
    return given


def _kind(given: str) -> FindingKind:
    kinds: tuple[FindingKind, ...] = get_args(FindingKind)
    for kind in kinds:
        if kind == given:
            return kind
    raise UsageError(f"{given[:40]!r} is no kind of finding; there are {', '.join(kinds)}")


def _verdict(given: str) -> Verdict | None:
    if given in ("right", "wrong", ""):
        return "right" if given == "right" else "wrong" if given == "wrong" else None
    raise HTTPException(422, "A finding can be marked right or wrong, or left open.")


def _anchor(kind: FindingKind, finding: str) -> str:
    """The place of a finding on the edition's page."""
    name = {"claim": "claim", "conflict": "dispute", "quotation": "quotation", "reading": "quotation"}.get(kind)
    utterance = finding.partition(".")[0] if kind == "reading" else finding
    return f"{name}-{quote(utterance, safe='')}" if name else "voices" if kind in ("voice", "borrowing") else "notes"


def _href(one: Judgement, story: str | None) -> str:
    return addresses.report(story, one.spans[0].article) if story else ""


PAGES = (
    Page("/notes", notes, "What editors said of findings, the last first.",
         (("only", "right, wrong or starred: only such."),), "Notes"),
    Page("/stories/{story}/note", note, "What editors said of one finding.",
         (("kind", "The kind of finding, such as claim."), ("finding", "Its id in the edition.")), "Notes"),
)  # fmt: skip
routes = [Route("/stories/{story}/note", _kept, methods=["POST"])]
