"""Notes: what editors said of findings; a page for all, and one to make or change one."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from variorum import pipeline
from variorum.errors import UsageError
from variorum.records import Edition, FindingKind, Judgement, ListedStory, Place, Verdict
from variorum.records.plain import plain
from variorum.render.apparatus import Apparatus
from variorum.render.notes_view import KINDS, Notes, spoken_of
from variorum.render.quotations_view import quotations_view
from variorum.store import judgements, stories
from variorum.web import addresses
from variorum.web.filling import page
from variorum.web.forms import form
from variorum.web.pages.edition import waiting
from variorum.web.problems import wants_json
from variorum.web.room import EDITOR, Room
from variorum.web.routes import Answered, Page
from variorum.web.shown import Shown

_LISTED = 200
_OUTLETS = 3  # named in a row of the list
_STORIES = 5  # looked through for one note: its reports were once in one
_PLACES = 12  # of a finding, beside its form
_LETTERS = 400  # of such a place: a long sentence or two
_A_YEAR = 365 * 86_400  # seconds

_HOLDS: dict[FindingKind, str] = {
    "claim": "That these statements say the same",
    "conflict": "That these statements cannot all be right",
    "quotation": "That these words are one utterance, by this speaker",
    "reading": "How this report prints an utterance",
    "borrowing": "That these reports share text or tell alike, and which gave to the other",
    "voice": "That these reports are one voice, and what they go back to",
    "label": "What this report calls a name",
    "moment": "That these words are dated so",
    "story": "That these reports tell of one event",
}
"""What each kind of finding holds of the places it rests on."""


@dataclass(frozen=True, slots=True)
class Row:
    """A note of the list. href: to what it was made on; empty where no story holds that now. headline: of that story,
    empty where there is none. outlets: whose reports the finding rests on, ``more`` of them left out."""

    note: Judgement
    kind: str
    href: str
    headline: str
    outlets: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Resting:
    """A stretch a finding rests on. siglum: of its report, empty where it has none. is_cut: whether words were left
    out at their end."""

    outlet: str
    siglum: str
    words: str
    is_cut: bool


def notes(room: Room, request: Request) -> Shown:
    """The page of all notes, the last first."""
    asked = request.query_params.get("only", "")
    verdict = asked if asked in get_args(Verdict) else ""
    with room.archive.reading() as connection:
        found, total = judgements.latest(
            connection, limit=_LISTED, verdict=_verdict(verdict), starred=asked == "starred"
        )
        articles = {place.article for one in found for place in one.spans}
        held = _stories(connection, articles)
        listed = stories.listed(connection, held.values())
        outlets = judgements.outlets(connection, articles)
    rows = [_row(one, held, listed, outlets) for one in found]
    values = {"here": "notes", "rows": rows, "total": total, "only": asked}
    return Shown("notes_page.html.j2", values, lambda: {"total": total, "notes": [plain(one) for one in found]})


def noted(room: Room, request: Request) -> Answered:
    """One note. A reader is led to what it was made on, as that stands now."""
    with room.archive.reading() as connection:
        one = judgements.one(connection, request.path_params["note"])
        held = {} if one is None else _stories(connection, {place.article for place in one.spans})
    if one is None:
        raise UsageError("there is no such note; it may have been taken back")
    if request.url.path.endswith(".json"):
        return Shown("problem.html.j2", {}, lambda: plain(one))
    now = list(dict.fromkeys(held[place.article] for place in one.spans if place.article in held))
    if not now:
        raise UsageError("no story holds what the note was made on")
    first = ""
    for story in now[:_STORIES]:
        of = room.standing(story)
        made = room.edition(of)
        if made is None:
            continue
        standing, _ = pipeline.judged(room.archive, of.story, made, settings=room.settings)
        for (kind, id), on in standing.items():
            if any(other.id == one.id for other in on):
                anchor = _anchor(kind, id) if _is_beside(made, kind, id) else "notes"
                return RedirectResponse(f"{addresses.story(of.story)}#{anchor}", 303)
        first = first or f"{addresses.story(of.story)}#notes"
    return RedirectResponse(first or addresses.story(now[0]), 303)


def note(room: Room, request: Request) -> Answered:
    """The form for a note on one finding."""
    of = room.standing(request.path_params["story"])
    made = room.edition(of)
    if made is None:
        return waiting(room, of)
    kind, id = _kind(request.query_params.get("kind", "")), request.query_params.get("finding", "")
    found = spoken_of(made, settings=room.settings.edition)
    finding = found.get((kind, id))
    if finding is None:
        raise UsageError("the edition makes no such finding; it may have been made anew since")
    standing, _ = pipeline.judged(room.archive, of.story, made, settings=room.settings)
    held = standing.get((kind, id), ())
    action, editor = addresses.note(of.story), room.editor(request)
    view = Notes({(kind, id): held}, (), found, action=action, editor=editor)
    values = {
        "here": "notes", "story": of.story, "headline": made.story.headline, "finding": finding, "kind": kind,
        "called": KINDS[kind], "notes": view, "can_write": room.can_write, "holds": _HOLDS[kind],
        "resting": [_resting(made, place) for place in finding.spans[:_PLACES]],
        "more": max(0, len(finding.spans) - _PLACES),
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
        if wants_json(request):
            raise HTTPException(409, f"The note was not kept: {error}.") from error
        return _lost(story, str(error), given)
    if is_json:
        return JSONResponse(plain(made))
    answer = RedirectResponse(f"{addresses.story(story)}#{_anchor(made.kind, given.get('finding', ''))}", 303)
    answer.set_cookie(EDITOR, quote(made.by), max_age=_A_YEAR, httponly=True, samesite="strict")
    return answer


def _lost(story: str, why: str, given: Mapping[str, str]) -> Response:
    """What could not be kept, handed back to whoever wrote it."""
    verdict, by, comment = (given.get(name, "") for name in ("verdict", "by", "comment"))
    lines = [f"Marked {verdict}" if verdict else "", "Starred" if given.get("starred") else ""]
    lines += [f"By {by}" if by else "", comment]
    written = "\n".join(line for line in lines if line)
    body = page("note_lost.html.j2", here="notes", refresh=None, story=story, why=why, written=written)
    return Response(body, 409, media_type="text/html")


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


def _is_beside(made: Edition, kind: FindingKind, finding: str) -> bool:
    """Whether the page has room for notes at the finding: a base, or a reading in its words, has no row of its own."""
    if kind != "reading":
        return True
    found = quotations_view(Apparatus(made))
    return any(row.key == finding for one in (*found.compared, *found.alone) for row in one.readings)


def _row(one: Judgement, held: Mapping[str, str], listed: Mapping[str, ListedStory], outlets: Mapping[str, str]) -> Row:
    story = next((held[place.article] for place in one.spans if place.article in held), "")
    whose = list(dict.fromkeys(outlets[place.article] for place in one.spans if place.article in outlets))
    return Row(
        note=one,
        kind=KINDS[one.kind],
        href=addresses.noted(one.id) if story else "",
        headline=(listed[story].headline or "No headline") if story in listed else "",
        outlets=tuple(whose[:_OUTLETS]),
        more=max(0, len(whose) - _OUTLETS),
    )


def _stories(connection: Connection, articles: Collection[str]) -> dict[str, str]:
    """By article, the story it is in now: where it is superseded, that of the text that took its place."""
    heirs = judgements.heirs(connection, articles)
    held = stories.stories_of(connection, {*articles, *heirs.values()})
    return {one: held[now] for one in articles if (now := heirs.get(one, one)) in held}


def _resting(made: Edition, place: Place) -> Resting:
    article = made.article(place.article)
    words = article.text[place.start : min(place.end, place.start + _LETTERS)].strip()
    return Resting(article.outlet, article.siglum or "", words, place.end - place.start > _LETTERS)


PAGES = (
    Page("/notes", notes, "What editors said of findings, the last first.",
         (("only", "right, wrong or starred: only such."),), "Notes"),
    Page("/notes/{note}", noted, "One note. For a reader, what it was made on, as that stands now.", (), "Note"),
    Page("/stories/{story}/note", note, "What editors said of one finding.",
         (("kind", "The kind of finding, such as claim."), ("finding", "Its id in the edition.")), "Notes"),
)  # fmt: skip
routes = [Route("/stories/{story}/note", _kept, methods=["POST"])]
