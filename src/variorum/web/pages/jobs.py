"""Intakes: how far they are, what became of each input, and the editions that come of them."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from variorum.errors import UsageError
from variorum.records import ListedStory
from variorum.store import stories as kept
from variorum.web import addresses
from variorum.web.adder import Line
from variorum.web.jobs import Job
from variorum.web.room import Room
from variorum.web.routes import Page
from variorum.web.shown import Shown

_ASK_AGAIN = 2  # seconds
_UNKNOWN = (
    "There is no such intake here: the reading room remembers the last of them, until it is closed. "
    "What one had kept by then is in the archive."
)
_OVER = frozenset(("made", "failed", "alone", "unmade"))
"""States of a story's edition that do not change of themselves."""


def job(room: Room, request: Request) -> Shown:
    """The page of one intake."""
    after = request.query_params.get("after", "0")
    told = plain(room, request.path_params["job"], int(after) if after.isdecimal() and len(after) < 10 else 0)
    is_over = told["settled"]
    return Shown(
        "job.html.j2",
        {"here": "add", "job": told},
        lambda: told,
        200 if is_over else 202,
        refresh=None if is_over else _ASK_AGAIN,
    )


def jobs(room: Room, _request: Request) -> Shown:
    """The page of the last intakes."""
    found = room.desk.jobs()
    return Shown(
        "jobs.html.j2",
        {"here": "add", "jobs": found},
        lambda: {"jobs": [{**_head(one), "url": addresses.job(one.id)} for one in found]},
    )


async def again(request: Request) -> Response:
    """Has an edition that failed made again."""
    room: Room = request.app.state.room

    def ask() -> str:
        story = room.standing(request.path_params["story"]).story
        room.desk.again(story)
        return story

    return RedirectResponse(addresses.story(await run_in_threadpool(ask)), 303)


def plain(room: Room, id: str, after: int = 0) -> dict[str, object]:
    """An intake as plain values. after: lines up to that number are left out. Raises UsageError for an unknown one."""
    found = room.desk.job(id)
    if found is None:
        raise UsageError(_UNKNOWN)
    stories = _stories(room, found)
    numbered = list(enumerate(found.lines, start=found.first + 1))
    return {
        **_head(found),
        "settled": found.is_over and all(one["state"] in _OVER for one in stories),
        "notes": found.notes,
        "lines_left_out": found.first,
        "lines": [_line(number, one) for number, one in numbered if number > after],
        "stories": stories,
        "more_stories": max(0, len(found.stories) - room.web.intake_stories),
    }


def _head(job: Job) -> dict[str, object]:
    return {
        "job": job.id,
        "given": job.given,
        "started": job.started,
        "state": job.state,
        "reason": job.failed,
        "done": job.done,
        "total": job.total,
        "counts": {name: job.counts[name] for name in ("new", "known", "revised", "refused")},
    }


def _line(number: int, line: Line) -> dict[str, object]:
    return {
        "number": number,
        "outcome": line.outcome,
        "place": line.place,
        "outlet": line.outlet,
        "title": line.title,
        "reason": line.reason,
        "story": line.story,
        "url": addresses.story(line.story) if line.story else None,
    }


def _stories(room: Room, job: Job) -> list[dict[str, object]]:
    """The stories an intake put reports into, the last ones, each with the state of its edition."""
    touched = list(job.stories)[-room.web.intake_stories :]
    with room.archive.reading() as connection:
        listed = kept.listed(connection, touched, made_by=room.finder)
        # One that was merged meanwhile holds nothing, and leads to what it became.
        merged = [id for id in touched if id in listed and not listed[id].articles]
        now = [kept.story_of(connection, id) for id in merged]
        listed |= kept.listed(connection, now, made_by=room.finder)
    found = [listed[id] for id in dict.fromkeys((*touched, *now)) if id in listed and listed[id].articles]
    return [_story(room, job, one) for one in sorted(found, key=lambda one: -one.articles)]


def _story(room: Room, job: Job, story: ListedStory) -> dict[str, object]:
    told: dict[str, object] = {
        "story": story.id,
        "url": addresses.story(story.id),
        "headline": story.headline,
        "reports": story.articles,
        "outlets": story.outlets,
        "state": "unmade",
        "doing": None,
        "done": 0,
        "total": 0,
        "reason": None,
    }
    progress = room.desk.progress(story.id)
    if story.found is not None and story.found.conflicts is not None:
        told["state"] = "made"
    elif story.articles < 2:
        told["state"] = "alone"
    elif progress is None:
        told["state"] = "unmade" if job.is_over else "waiting"
    elif progress.failed is not None:
        told |= {"state": "failed", "reason": progress.failed}
    else:
        told |= {"state": "waiting" if progress.waiting or progress.doing == "Waiting" else "being made"}
        told |= {"doing": progress.doing, "done": progress.done, "total": progress.total}
    return told


PAGES = (
    Page("/jobs", jobs, "The last intakes, the last first.", (), "Jobs"),
    Page(
        "/jobs/{job}", job, "One intake: how far it is, and what became of each input.",
        (("after", "The number of the last line that is known already; only later ones are told."),), "Job",
    ),
)  # fmt: skip
routes = [Route("/stories/{story}/again", again, methods=["POST"])]
