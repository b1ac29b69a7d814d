"""What could not be read, and why."""

from starlette.requests import Request

from variorum.store import finding
from variorum.web.room import Room
from variorum.web.routes import Page
from variorum.web.shown import Shown

_MOST = 500


def refused(room: Room, _request: Request) -> Shown:
    """The page of refusals, the last first."""
    with room.archive.reading() as connection:
        found = finding.refused(connection, _MOST)
    return Shown(
        "refused.html.j2",
        {"here": "refused", "refused": found},
        lambda: {
            "refused": [{"place": one.path, "reason": one.reason, "first_bytes": one.first_bytes} for one in found]
        },
    )


PAGES = (Page("/refused", refused, "What could not be read, and why, the last first.", (), "Refused"),)
