"""Every page of the reading room in a real browser: wide and narrow, light and dark, by keys, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from browser import (
    SCHEMES,
    SEEN,
    TOKEN,
    WIDTHS,
    Library,
    QuietDesk,
    Seen,
    Tab,
    opened,
    routes,
    story_with,
    tab_to,
    walk,
)
from playwright.sync_api import expect
from room import filled, grounding, harbour

from variorum import pipeline
from variorum.web.desk import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

STOPS = 80  # of a page, gone through one by one
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
    expect(tab.page.locator("img")).to_have_count(1)
    tab.page.evaluate("document.querySelector('img').decode().catch(() => null)")
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
def test_keys_lead_through_a_page_in_order_and_out_of_it_or_past_its_head(visitor: Visitor, seen: Seen) -> None:
    tab = visitor.tab(seen)
    stops, wrong = walk(tab, STOPS)
    assert wrong == []
    if stops == STOPS:  # a long page: its last stop must let go too
        tab.page.evaluate("[...document.querySelectorAll('a[href], button')].at(-1).focus()")
        assert walk(tab, 3) == (0, [])
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.className") == "skip"
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "main"


def test_a_story_is_searched_for_filtered_and_opened_by_keys_alone(visitor: Visitor) -> None:
    tab = visitor.tab("stories")
    tab_to(tab, "#q")
    tab.page.keyboard.type("reef")
    tab.page.wait_for_url("**/stories?q=reef")
    tab_to(tab, "summary")
    tab.page.keyboard.press("Enter")
    tab_to(tab, "#flag")
    tab.page.keyboard.type("altered")
    tab.page.wait_for_url("**/stories?q=reef&flag=altered")
    assert tab.page.locator("li.story").count() == 1
    tab_to(tab, "li.story h2 a")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(f"**/stories/{visitor.shelves.reef}")


def test_two_reports_are_set_side_by_side_by_keys_alone(visitor: Visitor) -> None:
    tab = visitor.tab("edition")
    first, second = visitor.shelves.articles(2)
    for article in (first, second):
        tab_to(tab, f"input[name=report][value='{article}']")
        tab.page.keyboard.press("Space")
    tab_to(tab, "form.choose button")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(f"**/beside?report={first}&report={second}")
    assert tab.page.locator(".side").count() == 2


def test_a_quotation_is_opened_by_keys_alone(visitor: Visitor) -> None:
    tab = visitor.tab("edition")
    tab_to(tab, ".rail a[href='#quotations']")
    tab.page.keyboard.press("Enter")
    tab_to(tab, "a[href$='&page=1']")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/quotations/*")
    assert tab.page.locator("h1").count() == 1


def test_the_number_of_a_finding_goes_to_its_place_at_once_and_its_address_lasts(visitor: Visitor) -> None:
    claim = visitor.shelves.edition.claims[1]
    tab = visitor.tab("edition")
    number = tab.page.locator(f"#claim-{claim.id} a.number")
    place = f"{tab.base}/stories/{visitor.shelves.reef}#claim-{claim.id}"
    asked = len(tab.requests)
    for _ in range(2):
        tab.page.evaluate("scrollTo(0, 0)")
        number.evaluate("one => one.click()")
        expect(number).to_be_in_viewport()
        assert tab.page.url == place
    assert [one for one in tab.requests[asked:] if "/static/" not in one] == []
    with tab.page.context.expect_page() as opened_beside:
        number.click(modifiers=["ControlOrMeta"])
    opened_beside.value.wait_for_url(place)
    assert tab.page.url == place
    still = visitor.tab("edition", scripts=False)
    still.page.locator(f"#claim-{claim.id} a.number").click()
    still.page.wait_for_url(place)
    assert any("/find?kind=claim&" in one for one in still.requests)


def test_a_note_is_made_by_keys_alone(visitor: Visitor) -> None:
    claim = visitor.shelves.edition.claims[1]
    tab = visitor.tab("edition")
    tab.page.locator(f"#claim-{claim.id}").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    tab_to(tab, f"#claim-{claim.id} .to-note a", 30)
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/note?**")
    tab_to(tab, "input[name=verdict]")
    tab.page.keyboard.press("ArrowUp")
    tab_to(tab, "textarea[name=comment]")
    tab.page.keyboard.type("Two desks took it from the agency.")
    tab_to(tab, ".note-form button")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(f"**/stories/{visitor.shelves.reef}#claim-{claim.id}")
    assert "Two desks took it from the agency." in tab.page.locator(f"#claim-{claim.id}").inner_text()
    tab.go("/notes")
    assert tab.page.locator(".note-list li").first.inner_text().count("Two desks") == 1


WORDS = {
    "stories": "All 214 saved from ferry",
    "stories-searched": "with “reef”",
    "edition": "31 people",
    "coverage": "Who carries what",
    "report": "PORT ELLERY",
    "beside": "Passages in the same words",
    "quotation": "We were",
    "notes": "Checked against the recording",
    "note": "Keep note",
    "outlet": "Goes back to an agency",
    "add": "Choose files",
    "job": "minutes.pdf",
    "edition-waiting": "Analysing, 1 of 2",
    "refused": "empty: no text",
}


@pytest.mark.parametrize("name", WORDS)
def test_without_scripts_a_page_shows_what_it_has(visitor: Visitor, name: str) -> None:
    tab = visitor.tab(name, scripts=False)
    assert WORDS[name] in tab.page.locator("main").inner_text()
    assert tab.overflow(390) == ""


def test_without_scripts_the_form_searches_and_filters(visitor: Visitor) -> None:
    tab = visitor.tab("stories", scripts=False)
    tab.page.fill("#q", "reef")
    tab.page.locator(".list-more summary").click()
    tab.page.select_option("#flag", "altered")
    tab.page.get_by_role("button", name="Search").click()
    tab.page.wait_for_url("**/stories?q=reef&**flag=altered**")
    assert tab.page.locator("li.story").count() == 1
    tab.page.locator("li.story h2 a").click()
    tab.page.wait_for_url(f"**/stories/{visitor.shelves.reef}")


def test_without_scripts_a_text_is_added_by_the_form(visitor: Visitor) -> None:
    tab = visitor.tab("add", scripts=False)
    tab.page.fill("#text", "The lamp of the Skarn light was put out on Friday.")
    tab.page.fill("#outlet", "Skarn Courier")
    tab.page.get_by_role("button", name="Add", exact=True).click()
    tab.page.wait_for_url("**/jobs/*")
    assert "1 pasted text" in tab.page.locator("main").inner_text()


def test_without_scripts_the_waiting_page_asks_again_by_itself(visitor: Visitor) -> None:
    tab = visitor.tab("edition-waiting", scripts=False)
    with tab.page.expect_navigation(timeout=10_000):
        pass
    assert tab.page.url.endswith(f"/stories/{visitor.shelves.fresh}")


def test_the_list_follows_what_is_typed_and_so_does_the_address(visitor: Visitor) -> None:
    tab = visitor.tab("stories")
    before = tab.page.locator("li.story").count()
    tab.page.locator("#q").press_sequentially("gulls")
    tab.page.wait_for_url("**/stories?q=gulls")
    expect(tab.page.locator("li.story")).to_have_count(1)
    assert before > 1
    assert tab.page.title().startswith("gulls")
    tab.page.fill("#q", "")
    expect(tab.page.locator("li.story")).to_have_count(before)
    tab.page.wait_for_url("**/stories")
    assert [one for one in tab.complaints() if "ERR_ABORTED" not in one] == []


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_a_letter_shows_the_words_it_stands_for_when_it_is_pointed_at(visitor: Visitor, how: str) -> None:
    tab = visitor.tab("edition")
    letter = tab.page.locator("#digest a.siglum").first
    address = letter.get_attribute("href") or ""
    article, place = address.rpartition("/")[2].split("#")
    start, end = (int(number) for number in place.split("-")[1:3])
    words = visitor.shelves.archive.articles([article])[article].text[start:end]
    if how == "hover":
        letter.scroll_into_view_if_needed()  # what scrolls away is not shown any more
        tab.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        letter.hover()
    else:
        tab_to(tab, "#digest a.siglum")
    peek = tab.page.locator(".peek:not([hidden])")
    expect(peek).to_have_count(1)
    assert words[:60] in peek.inner_text()
    tab.page.keyboard.press("Escape")
    expect(peek).to_have_count(0)
    assert tab.complaints() == []


def test_a_filter_of_the_edition_hides_what_does_not_fit_and_stands_in_the_address(visitor: Visitor) -> None:
    tab = visitor.tab("edition")
    shown = "document.querySelectorAll('.claim:not([hidden])').length"
    before = tab.page.evaluate(shown)
    tab.page.select_option(".filter [name=voices]", "3")
    assert 0 < tab.page.evaluate(shown) < before
    assert "voices=3" in tab.page.url
    assert tab.complaints() == []


def test_the_waiting_page_turns_into_the_edition_when_it_is_made(browser: Browser, tmp_path: Path) -> None:
    desk = QuietDesk()
    with filled(tmp_path / "a.db", harbour()) as archive, opened(archive, desk) as base:
        story = story_with(archive, "pier")
        desk.told[story] = Progress("Analysing", 1, 2)
        context = browser.new_context()
        tab = Tab(context.new_page(), base)
        tab.go(f"/stories/{story}", 202)
        desk.told[story] = Progress("Comparing", 2, 2)
        tab.page.get_by_text("Comparing, 2 of 2").wait_for()
        pipeline.edition(archive, story)
        tab.page.locator("#digest").wait_for()
        assert "independent voice" in tab.page.locator("main").inner_text()
        assert tab.complaints() == []
        context.close()


def test_who_reads_an_older_edition_is_told_of_the_new_one_and_not_torn_out(browser: Browser, tmp_path: Path) -> None:
    first, second, third = grounding()
    with filled(tmp_path / "a.db", [first, second]) as archive, opened(archive) as base:
        story = story_with(archive, "skarn")
        pipeline.edition(archive, story)
        list(pipeline.add(archive, [third]))
        context = browser.new_context()
        tab = Tab(context.new_page(), base)
        tab.go(f"/stories/{story}", 202)
        assert "1 report came in" in tab.page.locator(".notice").inner_text()
        pipeline.edition(archive, story)
        link = tab.page.get_by_role("link", name="The new edition is there")
        link.wait_for()
        assert "2 reports" in tab.page.locator(".tally").inner_text()
        link.click()
        tab.page.get_by_text("3 reports").first.wait_for()
        assert tab.complaints() == []
        context.close()
