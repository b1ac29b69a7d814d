"""Take the pictures of the reading room that the README and docs/reading-room.md show.

    python docs/make_room_pictures.py            needs Debian's Chromium on the PATH

Written: ``docs/room-*.png``, of the program itself, over the example story and what else was told that week.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from variorum import pipeline
from variorum.ingest import receive
from variorum.records import Edition
from variorum.store import Archive, stories

ROOT = Path(__file__).resolve().parent.parent
REPORTS = (ROOT / "examples/unlit-reef/reports", ROOT / "examples/same-week/reports.jsonl")
WIDTH = 1280
HEIGHTS = {"stories": 1060, "edition": 1180, "beside": 1000, "report": 1150, "quotation": 1220, "outlet": 1120}


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Debian's Chromium was not found; install it to take the pictures.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder) / "week.db"
        addresses = _addresses(_filled(place))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with _served(place) as base:
            for name, address in addresses.items():
                page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHTS[name]}, color_scheme="light")
                page.goto(base + address, wait_until="networkidle")
                _ready(name, page)
                page.screenshot(path=ROOT / "docs" / f"room-{name}.png", animations="disabled")
                page.close()
        browser.close()
    return 0


def _filled(place: Path) -> tuple[str, Edition]:
    """Makes the archive, every story of it read. Returns the id and the edition of the largest."""
    with Archive(str(place)) as archive:
        list(pipeline.add(archive, receive(REPORTS)))
        with archive.reading() as connection:
            found = [one for one in stories.stories(connection, order="newest", limit=None) if one.articles > 1]
        made = {one.id: pipeline.edition(archive, one.id).editions[0] for one in found}
    return max(made.items(), key=lambda item: len(item[1].articles))


def _addresses(largest: tuple[str, Edition]) -> dict[str, str]:
    id, edition = largest
    story = f"/stories/{id}"
    by_outlet = {one.outlet: one.id for one in edition.articles}
    gazette, dispatch = by_outlet["The Harbour Gazette"], by_outlet["calder-bay-dispatch"]
    altered = max(edition.utterances, key=lambda one: sum(reading.agreement == "altered" for reading in one.readings))
    return {
        "stories": "/stories",
        "edition": story,
        "beside": f"{story}/beside?report={gazette}&report={dispatch}",
        "report": f"{story}/reports/{gazette}",
        "quotation": f"{story}/quotations/{altered.id}",
        "outlet": "/outlet?name=The+Harbour+Gazette",
    }


def _ready(name: str, page: Page) -> None:
    """Brings a page to what its picture is to show."""
    if name == "beside":
        said = page.locator(".step-said")
        for _ in range(12):  # to a passage in which words differ
            page.locator("[data-step='1']").click()
            if "differ in" in (said.text_content() or ""):
                break
        page.mouse.move(0, 0)


@contextmanager
def _served(place: Path) -> Iterator[str]:
    """The room as a reader opens it, its address without a slash after it."""
    command = [sys.executable, "-m", "variorum", "serve", "--archive", str(place), "--port", "0", "--ahead", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as served:
        try:
            said = served.stderr.readline() if served.stderr else ""
            found = re.search(r"http://\S+(?=/ )", said)
            if found is None:
                raise RuntimeError(f"the room could not be opened: {said.strip()}")
            yield found[0]
        finally:
            served.terminate()


if __name__ == "__main__":
    sys.exit(main())
