"""The reading room in a real browser: a server on this machine, and tabs that remember what went wrong in them."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from received import received
from room import StillDesk, filled, grounding, harbour

from variorum import pipeline
from variorum.config import Settings, Web
from variorum.ingest import receive
from variorum.records import Refusal
from variorum.store import Archive, stories
from variorum.web.adder import Intake, Line, Noted, Read
from variorum.web.app import make
from variorum.web.desk import Desk, Progress
from variorum.web.jobs import Job, Jobs, discard
from variorum.web.pages import PAGES
from variorum.web.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from variorum.records import Edition, FindingKind, Received, Utterance, Verdict

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium")
WITHOUT = "Debian's chromium is not on the PATH (apt-get install chromium); no other browser is fetched"
WIDTHS = {1280: 900, 390: 844}
SCHEMES = ("light", "dark")
TOKEN = "a-token-of-twenty-two"  # noqa: S105 - of a room made here
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def artefacts() -> Path:
    """Where screenshots are kept."""
    folder = Path(os.environ.get("VARIORUM_ARTEFACTS") or ROOT / "test-artefacts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. One at a time: it lives on an event loop in the thread of the tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(
    archive: Archive, desk: Desk | None = None, *, token: str | None = None, web: Web | None = None
) -> Iterator[str]:
    """The room of an archive on a free port of this machine; gives its address, without a slash after it."""
    room = Room(archive, desk or QuietDesk(), settings=Settings(), web=web or Web())
    app = make(room, names=("localhost", "127.0.0.1"), token=token)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none", timeout_graceful_shutdown=3))
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@dataclass
class QuietDesk(StillDesk):
    """Takes what is given, and adds none of it."""

    taken: Jobs = field(default_factory=lambda: Jobs(Web()))

    def again(self, story: str) -> None:
        self.told.pop(story, None)

    def take(self, intake: Intake, given: str, folder: Path | None) -> str | None:
        id = self.taken.take(intake, given, folder)
        discard(folder)
        return id

    def job(self, id: str) -> Job | None:
        return self.taken.get(id)

    def jobs(self) -> list[Job]:
        return self.taken.last()


@dataclass
class Library:
    """An archive with all a page can show. reef: a story whose edition is made, with notes on it; fresh: one whose
    edition is not made; grown: one that a report joined after its edition was made; broken: one whose edition cannot
    be made; single: one of one report, whose text was replaced where it stands. running, done: intakes."""

    archive: Archive
    desk: QuietDesk
    reef: str
    fresh: str
    grown: str
    broken: str
    single: str
    running: str = ""
    done: str = ""

    @cached_property
    def edition(self) -> Edition:
        """The edition of ``reef``."""
        made = pipeline.held(self.archive, pipeline.standing(self.archive, self.reef))
        assert made is not None
        return made

    def articles(self, most: int) -> list[str]:
        """The ids of some reports of it."""
        return [one.id for one in self.edition.articles[:most]]

    @property
    def replaced(self) -> str:
        """The text that stood where the report of ``single`` stands."""
        with self.archive.reading() as connection:
            now = stories.members(connection, self.single)[0].id
        held = self.archive.revisions(now)
        assert held is not None
        return held[1][0].article.id

    @property
    def lone(self) -> str:
        """An outlet of the story whose edition is not made."""
        with self.archive.reading() as connection:
            return stories.members(connection, self.fresh)[0].outlet

    @cached_property
    def contested(self) -> Utterance:
        """The utterance of it that is printed in most readings."""
        return max(self.edition.utterances, key=lambda one: len(one.readings))

    def annotate(self, comment: str, by: str) -> None:
        """Notes on a claim, a dispute, the quotation of most readings and the story."""
        found: tuple[tuple[FindingKind, str, Verdict], ...] = (
            ("claim", self.edition.claims[0].id, "right"),
            *(("conflict", one.id, "wrong") for one in self.edition.conflicts[:1]),
            ("quotation", self.contested.id, "right"),
            ("story", self.edition.story.id, "wrong"),
        )
        for kind, id, verdict in found:
            pipeline.judge(self.archive, self.reef, kind, id, verdict=verdict, comment=comment, by=by, starred=True)

    def intakes(self, line: Line) -> None:
        """An intake that is over and one that is being added. line: what one input of each became."""
        jobs = self.desk.taken
        for name in ("done", "running"):
            id = jobs.take(Intake(()), "3 files and 1 address", None)
            assert id is not None
            taken = jobs.next()
            assert taken is not None
            for said in (line, Line("new", "a.txt", "Norby Mirror", "North pier to close", "0" * 16, self.reef)):
                jobs.hear(id, said)
            jobs.hear(id, Noted("A line of a feed had no address and was passed over."))
            jobs.hear(id, Read(2, 3))
            if name == "done":
                jobs.end(taken, None)
            setattr(self, name, id)


def replacing(also: str = "") -> list[Received]:
    """Two texts that stood at one address, one after the other. also: stands in both and in their headline."""
    url = "https://gleaner.example/well"
    return [
        received(f"The well at Ostby {said} in June, the parish clerk said. {also}", "Ostby Gleaner",
                 title=f"Well at Ostby {also}", url=url)
        for said in ("ran dry", "was closed for repairs")
    ]  # fmt: skip


def library(folder: Path) -> Library:
    """Makes it, with the pipeline."""
    reports = list(receive([ROOT / "examples/unlit-reef/reports", ROOT / "examples/same-week/reports.jsonl"]))
    wire, copy, other = grounding()
    refusal = Refusal("<b>odd</b> name of a file that could not be read.txt", "empty: no text", None)
    archive = filled(folder / "library.db", [*reports, *harbour(), wire, copy, *replacing(), refusal])
    for word in ("214", "skarn", "ostby"):
        pipeline.edition(archive, story_with(archive, word))
    list(pipeline.add(archive, [other]))
    return shelved(archive)


def shelved(archive: Archive) -> Library:
    """The library of an archive that was filled before."""
    words = ("214", "skarn", "pier", "derby", "ostby")
    reef, grown, fresh, broken, single = (story_with(archive, word) for word in words)
    desk = QuietDesk()
    desk.told[fresh] = Progress("Analysing", 1, 2)
    desk.told[broken] = Progress("Analysing", failed="The language model could not be loaded.")
    made = Library(archive, desk, reef, fresh, grown, broken, single)
    made.annotate("Checked against the recording: it is what she said.", "Ines Quill")
    made.intakes(Line("refused", "minutes.pdf", reason="no text that could be read"))
    return made


def story_with(archive: Archive, words: str) -> str:
    """The largest story with a report whose title has those words, in small letters."""
    with archive.reading() as connection:
        found = stories.stories(connection, order="newest", limit=None, wanted=stories.Wanted(least=1))
        fitting = [
            one for one in found
            if any(words in (report.title or "").lower() for report in stories.members(connection, one.id))
        ]  # fmt: skip
    return max(fitting, key=lambda one: one.articles).id


@dataclass(frozen=True)
class Seen:
    """A page to look at. route: of the application that it shows. status: it answers with. room: whether the room it
    stands in is the full one, one that asks for a token, or one with nothing in it."""

    name: str
    route: str
    address: Callable[[Library], str]
    status: int = 200
    room: str = "full"


def _beside(number: int) -> Callable[[Library], str]:
    return lambda of: f"/stories/{of.reef}/beside?" + "&".join(f"report={id}" for id in of.articles(number))


def _report(number: int) -> Callable[[Library], str]:
    return lambda of: f"/stories/{of.reef}/reports/{of.edition.articles[number].id}"


def _outlet(name: str) -> str:
    return f"/outlet?name={quote(name, safe='')}"


def _note(of: Library) -> str:
    return f"/stories/{of.reef}/note?kind=claim&finding={of.edition.claims[0].id}"


def _found(of: Library) -> str:
    """Words on which nothing rests: of the pages this leads to, the quickest to look at."""
    return f"/stories/{of.reef}/find?kind=claim&article={of.edition.articles[0].id}&start=0&end=0"


SEEN = (
    Seen("stories", "/stories", lambda _: "/stories"),
    Seen("stories-searched", "/stories", lambda _: "/stories?q=reef"),
    Seen("stories-filtered", "/stories", lambda _: "/stories?outlet=Quayside+Live&since=2023-11-01&flag=altered"),
    Seen("stories-alone", "/stories", lambda _: "/stories?alone=1"),
    Seen("stories-none", "/stories", lambda _: "/stories?q=zeppelin"),
    Seen("stories-wrong", "/stories", lambda _: "/stories?since=yesterday"),
    Seen("stories-empty", "/stories", lambda _: "/stories", room="empty"),
    Seen("edition", "/stories/{story}", lambda of: f"/stories/{of.reef}"),
    Seen("edition-grown", "/stories/{story}", lambda of: f"/stories/{of.grown}", 202),
    Seen("edition-waiting", "/stories/{story}", lambda of: f"/stories/{of.fresh}", 202),
    Seen("edition-failed", "/stories/{story}", lambda of: f"/stories/{of.broken}", 202),
    Seen("coverage", "/stories/{story}/coverage", lambda of: f"/stories/{of.reef}/coverage"),
    Seen("report", "/stories/{story}/reports/{article}", _report(0)),
    Seen("report-cut", "/stories/{story}/reports/{article}", _report(2)),
    Seen("report-by-id", "/reports/{article}", lambda of: f"/reports/{of.articles(2)[1]}"),
    Seen("report-replaced", "/reports/{article}", lambda of: f"/reports/{of.replaced}"),
    Seen("edition-single", "/stories/{story}", lambda of: f"/stories/{of.single}"),
    Seen("beside", "/stories/{story}/beside", _beside(2)),
    Seen("beside-three", "/stories/{story}/beside", _beside(3)),
    Seen("beside-wrong", "/stories/{story}/beside", _beside(1), 422),
    Seen(
        "quotation", "/stories/{story}/quotations/{utterance}",
        lambda of: f"/stories/{of.reef}/quotations/{of.contested.id}",
    ),
    Seen(
        "quotation-gone", "/stories/{story}/quotations/{utterance}", lambda of: f"/stories/{of.reef}/quotations/none",
        404,
    ),
    Seen("found", "/stories/{story}/find", _found),
    Seen("notes", "/notes", lambda _: "/notes"),
    Seen("notes-none", "/notes", lambda _: "/notes", room="empty"),
    Seen("note-gone", "/notes/{note}", lambda _: "/notes/0000000000000000", 404),
    Seen("note", "/stories/{story}/note", _note),
    Seen("add", "/add", lambda _: "/add"),
    Seen("job", "/jobs/{job}", lambda of: f"/jobs/{of.running}", 202),
    Seen("job-done", "/jobs/{job}", lambda of: f"/jobs/{of.done}"),
    Seen("jobs", "/jobs", lambda _: "/jobs"),
    Seen("jobs-none", "/jobs", lambda _: "/jobs", room="empty"),
    Seen("outlets", "/outlets", lambda _: "/outlets"),
    Seen("outlets-none", "/outlets", lambda _: "/outlets?q=zeppelin"),
    Seen("outlet", "/outlet", lambda of: _outlet(of.edition.articles[1].outlet)),
    Seen("outlet-not-compared", "/outlet", lambda of: _outlet(of.lone)),
    Seen("refused", "/refused", lambda _: "/refused"),
    Seen("refused-none", "/refused", lambda _: "/refused", room="empty"),
    Seen("api", "/api", lambda _: "/api"),
    Seen("sign-in", "/sign-in", lambda _: "/sign-in", room="locked"),
    Seen("error-elsewhere", "", lambda _: "/nothing", 404),
    Seen("error-story", "/stories/{story}", lambda _: "/stories/ffffffffffffffff", 404),
)  # fmt: skip
"""Every page there is, in every state that looks different."""


def routes() -> set[str]:
    """The routes whose answer is a page."""
    return {page.path for page in PAGES} | {"/api", "/sign-in"}


@dataclass
class Tab:
    """A page of the browser, and all that it had to complain about."""

    page: Page
    base: str
    troubles: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: said.type == "error" and self._note(f"error: {said.text}"))
        self.page.on("pageerror", lambda error: self._note(f"script: {error}"))
        self.page.on("requestfailed", lambda one: self._note(f"failed: {one.url} {one.failure}"))
        self.page.on("dialog", self._dismiss)
        self.page.on("request", self._asked)

    def _note(self, trouble: str) -> None:
        self.troubles.append(trouble)

    def _dismiss(self, dialog: Any) -> None:
        self._note(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Any) -> None:
        self.requests.append(request.url)
        if not request.url.startswith(f"{self.base}/"):
            self._note(f"foreign: {request.url[:200]}")

    def go(self, address: str, status: int = 200) -> None:
        """Open an address and wait until nothing more is loaded. status: the answer there must be."""
        answer = self.page.goto(self.base + address, wait_until="load")
        assert answer is not None
        assert answer.status == status, f"{address}: {answer.status}"

    def complaints(self, status: int = 200) -> list[str]:
        """What went wrong until now. status: of the page; the browser logs one of 400 and more as an error."""
        usual = f"error: Failed to load resource: the server responded with a status of {status} "
        return [one for one in self.troubles if status < 400 or not one.startswith(usual)]

    def overflow(self, width: int) -> str:
        """What stands out of a window of that width in CSS pixels; empty where nothing does."""
        self.page.set_viewport_size({"width": width, "height": 844})
        return str(self.page.evaluate(_OVERFLOW))

    def axe(self) -> list[str]:
        """What axe holds against the page as WCAG 2.2 AA has it."""
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False}
        found = Axe().run(self.page, options=options).response
        return [
            f"{one['id']} at {node['target'][0]}: {_reason(node)}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def shoot(self, name: str) -> None:
        """Keep a screenshot: of the whole page where it is no longer than a reader scrolls in a minute."""
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.screenshot(path=artefacts() / f"{name}.png", full_page=height <= 4_000, animations="disabled")


def _reason(node: dict[str, Any]) -> str:
    told = [one["message"] for kind in ("any", "all", "none") for one in node[kind]]
    return re.sub(r"\s+", " ", f"{'; '.join(told)} [{json.dumps(node['html'])[:160]}]")


_OVERFLOW = """(() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= innerWidth) return "";
  const scrolls = (one) => getComputedStyle(one).overflowX !== "visible";
  const held = (one) => one && one !== document.body && (scrolls(one) || held(one.parentElement));
  const out = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right + scrollX > innerWidth + 1 && !held(one.parentElement),
  );
  return `${wide} px: ${out.slice(0, 4).map((one) => one.outerHTML.slice(0, 80)).join(" | ")}`;
})()"""

_STOP = """(() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const head = document.querySelector(".room-head");
  const box = at.getBoundingClientRect();
  const over = head.getBoundingClientRect();
  const covers = getComputedStyle(head).position === "sticky" && !head.contains(at) && !at.matches(".skip");
  const marked = [at, at.closest("label"), at.closest("summary")].some((one) => {
    if (!one) return false;
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  });
  const before = window.variorumBefore;
  window.variorumBefore = at;
  return {
    what: at.outerHTML.slice(0, 120),
    marked,
    hidden: covers && box.bottom <= over.bottom,
    away: box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth,
    back: !!before && before !== at && before.isConnected && !(before.compareDocumentPosition(at) & 4),
  };
})()"""


def walk(tab: Tab, most: int) -> tuple[int, list[str]]:
    """Go through a page by Tab. most: stops at most. Gives how many there were, and what is wrong with any."""
    wrong: list[str] = []
    for stop in range(most):
        tab.page.keyboard.press("Tab")
        found = tab.page.evaluate(_STOP)
        if found is None:
            return stop, wrong
        wrong += [f"{fault}: {found['what']}" for fault in ("hidden", "away", "back") if found[fault]]
        if not found["marked"]:
            wrong.append(f"focus cannot be seen: {found['what']}")
    return most, wrong


def tab_to(tab: Tab, what: str, most: int = 150) -> None:
    """Go by Tab to what a selector names. Raises AssertionError where keys do not lead there."""
    for _ in range(most):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate("(what) => !!document.activeElement && document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"{most} times Tab did not lead to {what}")
