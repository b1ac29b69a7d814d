"""Every page of the reading room in a real browser: wide and narrow, light and dark, by keys, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from browser import SCHEMES, SEEN, TOKEN, WIDTHS, Library, Seen, Tab, opened, routes, walk
from room import filled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

EVERY_PAGE = pytest.mark.parametrize("seen", SEEN, ids=[seen.name for seen in SEEN])


@dataclass
class Visitor:
    """Opens pages of the rooms. rooms: the address of each."""

    browser: Browser
    shelves: Library
    rooms: dict[str, str]
    contexts: dict[tuple[object, ...], BrowserContext] = field(default_factory=dict)

    def tab(self, seen: Seen | str, *, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Tab:
        """A page opened at that width in CSS pixels."""
        if isinstance(seen, str):
            seen = next(one for one in SEEN if one.name == seen)
        key = (width, scheme, scripts)
        if key not in self.contexts:
            self.contexts[key] = self.browser.new_context(
                viewport={"width": width, "height": WIDTHS[width]},
                color_scheme=scheme,  # type: ignore[arg-type]
                java_script_enabled=scripts,
                reduced_motion="reduce",
            )
        tab = Tab(self.contexts[key].new_page(), self.rooms[seen.room])
        tab.go(seen.address(self.shelves), seen.status)
        return tab


@pytest.fixture(scope="module")
def visitor(browser: Browser, shelves: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    empty = filled(tmp_path_factory.mktemp("empty") / "empty.db", [])
    with ExitStack() as stack:
        rooms = {
            "full": stack.enter_context(opened(shelves.archive, shelves.desk)),
            "locked": stack.enter_context(opened(shelves.archive, shelves.desk, token=TOKEN)),
            "empty": stack.enter_context(opened(stack.enter_context(empty))),
        }
        yield Visitor(browser, shelves, rooms)


@pytest.fixture(autouse=True)
def _closed(visitor: Visitor) -> Iterator[None]:
    """Leaves no tab open behind a test."""
    yield
    for context in visitor.contexts.values():
        for page in context.pages:
            page.close()


def test_no_page_is_left_out() -> None:
    assert routes() <= {seen.route for seen in SEEN}


def test_the_tab_hears_what_the_policy_forbids_and_who_else_is_asked(visitor: Visitor) -> None:
    tab = visitor.tab("api")
    tab.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=https://other.example/x onerror=alert(1)>')"
    )
    tab.page.wait_for_function("document.querySelector('img').complete")
    assert any("Content Security Policy" in one for one in tab.troubles)


@EVERY_PAGE
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_whole_and_quiet_and_fits(visitor: Visitor, seen: Seen, width: int, scheme: str) -> None:
    tab = visitor.tab(seen, width=width, scheme=scheme)
    tab.shoot(f"{seen.name}-{width}-{scheme}")
    assert tab.complaints(seen.status) == []
    if (width, scheme) in ((1280, "light"), (390, "dark")):
        assert tab.axe() == []
    for narrow in (390, 320) if width == 390 else (1280,):
        assert tab.overflow(narrow) == ""


@EVERY_PAGE
def test_keys_lead_through_a_page_in_order_and_out_of_it(visitor: Visitor, seen: Seen) -> None:
    tab = visitor.tab(seen)
    stops, wrong = walk(tab, 120)
    assert wrong == []
    if stops == 120:  # a long page: its last stop must let go too
        tab.page.evaluate("[...document.querySelectorAll('a[href], button')].at(-1).focus()")
        assert walk(tab, 3) == (0, [])


@EVERY_PAGE
def test_the_first_key_skips_what_stands_on_every_page(visitor: Visitor, seen: Seen) -> None:
    tab = visitor.tab(seen)
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.className") == "skip"
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "main"
