"""A reading room for tests: a small archive of invented reports, and a desk that only remembers what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from received import received
from starlette.testclient import TestClient

from variorum import pipeline
from variorum.config import Settings, Web
from variorum.store import Archive
from variorum.web.app import make
from variorum.web.desk import Progress
from variorum.web.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from variorum.records import Edition, Received
    from variorum.web.adder import Intake
    from variorum.web.jobs import Job

HOST = "http://localhost"
_WIRE = (
    "The ferry Astrid ran on to rocks off Skarn on Tuesday with 62 people aboard. The Skarn lifeboat took off all of "
    'them in two hours, the coastguard said. "The steering failed and I could not turn her in time," Captain Ann '
    "Velm said. The Astrid was built at Lundgate in 1987 and had been due for a refit in autumn. She lies on a reef "
    "half a mile from the harbour mouth, and a tug is on its way from Whitmouth to pull her off at high water. Her "
    "owners, the Outer Sound Line, have put on buses for passengers to the islands until the end of the week. The line "
    "lost another ferry, the Kestrel, on the same reef eleven years ago."
)


@dataclass
class StillDesk:
    """Does nothing, and knows what it was asked for."""

    wanted: list[str] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    told: dict[str, Progress] = field(default_factory=dict)
    held: dict[str, Edition] = field(default_factory=dict)

    def want(self, story: str) -> None:
        self.wanted.append(story)

    def progress(self, story: str) -> Progress | None:
        return self.told.get(story)

    def made(self, key: str, /) -> Edition | None:
        return self.held.get(key)

    def count(self, stories: Iterable[str], /) -> None:
        self.counted += stories

    def again(self, story: str) -> None:
        self.told.pop(story, None)

    def take(self, intake: Intake, given: str, folder: Path | None) -> str | None:
        del intake, given, folder
        return None

    def job(self, id: str) -> Job | None:
        del id
        return None

    def jobs(self) -> list[Job]:
        return []


def grounding() -> list[Received]:
    """Three reports of one event: one is the agency's, one copies it, one has a figure and a quotation otherwise."""
    return [
        received(
            _WIRE,
            "Reuters", title="Ferry runs aground off Skarn", url="https://north.example/1",
            published="2024-03-05T09:10:00Z",
        ),
        received(
            f"{_WIRE}\n(Reuters)",
            "Skarn Courier", title="All saved as ferry strikes rocks", url="https://courier.example/2",
            published="2024-03-05T11:30:00Z",
        ),
        received(
            "Lifeboats from Skarn rescued 64 people from the ferry Astrid after it struck rocks on Tuesday. "
            '"The steering failed and I did not turn her in time," Captain Ann Velm told reporters in Skarn. '
            "An inquiry into the grounding of the Astrid opens on Friday.",
            "Brekka Post", title="Steering blamed for Skarn grounding", url="https://post.example/3",
            published="2024-03-06",
        ),
    ]  # fmt: skip


def harbour() -> list[Received]:
    """Two reports of another event, a month later, and one of a third that nobody else tells."""
    return [
        received(
            "The harbour board of Norby voted on Monday to close the north pier for two years while its piles are "
            "renewed at a cost of 12 million crowns.",
            "Norby Mirror", title="North pier to close for two years", published="2024-04-08T10:00:00Z",
        ),
        received(
            "Norby's north pier is to close for two years so that its piles can be renewed, the harbour board voted on "
            "Monday. The work will cost 12 million crowns.",
            "Skarn Courier", title="Norby closes its north pier", published="2024-04-08T12:00:00Z",
        ),
        received(
            "A sheep was found on the roof of the chapel in Lundgate on Sunday. Nobody could say how it came there.",
            "Brekka Post", title="Sheep on chapel roof", published="2024-02-01",
        ),
    ]  # fmt: skip


def filled(place: str | Path, reports: Iterable[Received]) -> Archive:
    """An archive with these reports, each in its story."""
    archive = Archive(str(place))
    list(pipeline.add(archive, reports))
    return archive


@contextmanager
def visited(
    archive: Archive, desk: StillDesk | None = None, *, token: str | None = None, web: Web | None = None
) -> Iterator[TestClient]:
    """A client in the room of an archive."""
    room = Room(archive, desk or StillDesk(), settings=Settings(), web=web or Web())
    app = make(room, names=("localhost", "127.0.0.1"), token=token)
    with TestClient(app, base_url=HOST, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client
