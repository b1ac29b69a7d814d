"""The words of an article stay words: reports that try to become markup, in a real browser that would run them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from browser import SEEN, Library, Seen, Tab, opened
from hostile_reports import PAYLOADS, hostile_library, outlets_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_FOREIGN = """(() => {
  const found = [];
  const path = (address) => new URL(address, location.href);
  for (const one of document.querySelectorAll("*")) {
    const name = one.localName;
    if (["img", "iframe", "object", "embed", "base", "style", "frame", "math", "video", "audio"].includes(name)) {
      found.push(name);
    }
    if (["script", "link", "meta"].includes(name) && one.closest("body")) found.push(`${name} in the body`);
    if (name === "meta" && one.httpEquiv) found.push(`meta ${one.httpEquiv}`);
    if (one.src && path(one.src).origin !== location.origin) found.push(`${name} ${one.src}`);
    if (name === "form" && path(one.getAttribute("action") || "").origin !== location.origin) found.push("form");
    for (const at of one.attributes) {
      if (at.name.startsWith("on") || ["srcdoc", "style", "autofocus"].includes(at.name)) found.push(at.name);
      if (["href", "xlink:href", "action", "formaction", "src"].includes(at.name)) {
        const kind = path(at.value).protocol;
        if (kind !== "http:" && kind !== "https:") found.push(`${name} ${at.name} ${kind}`);
      }
    }
  }
  return found;
})()"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = hostile_library(tmp_path_factory.mktemp("hostile"))
    with made.archive:
        yield made


@pytest.fixture(scope="module")
def base(hostile: Library) -> Iterator[str]:
    with opened(hostile.archive, hostile.desk) as address:
        yield address


@dataclass
class Trap:
    """A tab in which anything of an article that runs is heard. ran: where it did."""

    tab: Tab
    ran: list[str]

    def visit(self, address: str, status: int = 200) -> None:
        """Opens the address and all that is folded on it, points at letters, and holds that nothing of it ran."""
        page = self.tab.page
        self.tab.go(address, status)
        at = page.url
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        for place in page.locator("main a[href*='/reports/']").all()[:1]:
            place.hover()
        assert page.evaluate(_FOREIGN) == []
        assert self.tab.complaints(status) == []
        assert self.ran == []
        assert page.url == at
        assert page.title().endswith(" · variorum")
        self.tab.troubles.clear()


@pytest.fixture
def trap(browser: Browser, base: str) -> Iterator[Trap]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    ran: list[str] = []
    page = context.new_page()
    page.expose_function("probe", lambda *_: ran.append(page.url))
    yield Trap(Tab(page, base), ran)
    context.close()


_FULL = [seen for seen in SEEN if seen.room == "full"]


def test_the_trap_would_hear_it(trap: Trap) -> None:
    trap.visit("/api")
    trap.tab.page.evaluate("probe()")
    assert trap.ran


@pytest.mark.parametrize("seen", _FULL, ids=[seen.name for seen in _FULL])
def test_nothing_an_article_holds_becomes_markup(trap: Trap, hostile: Library, seen: Seen) -> None:
    trap.visit(seen.address(hostile), seen.status)
    assert trap.tab.overflow(390) == ""


def test_every_report_of_them_is_shown_as_the_words_it_is(trap: Trap, hostile: Library) -> None:
    for article in hostile.edition.articles:
        trap.visit(f"/stories/{hostile.reef}/reports/{article.id}")


def test_every_outlet_of_them_has_a_page_in_its_own_words(trap: Trap, hostile: Library) -> None:
    for name in outlets_of(hostile):
        trap.visit(f"/outlet?name={quote(name, safe='')}")
        assert (trap.tab.page.locator("h1").text_content() or "").split() == name.split()


@pytest.mark.parametrize("number", range(len(PAYLOADS) - 2))
def test_nothing_an_address_asks_for_becomes_markup(trap: Trap, hostile: Library, number: int) -> None:
    asked = quote(PAYLOADS[number][:2_000], safe="")
    trap.visit(f"/stories?q={asked}&outlet={asked}&since={asked}&until={asked}&flag={asked}&after={asked}")
    story = f"/stories/{hostile.reef}"
    address, status = (
        (f"/outlets?q={asked}", 200),
        (f"/outlet?name=no{asked}", 404),
        (f"{story}/beside?report={asked}&report={asked}", 404),
        (f"{story}/quotations/x{asked}", 404),
        (f"{story}/note?kind={asked}&finding={asked}", 404),
    )[number % 5]
    trap.visit(address, status)


def test_the_page_that_is_mailed_holds_them_as_words_too(trap: Trap, hostile: Library) -> None:
    page = trap.tab.page
    mailed = page.request.get(f"{trap.tab.base}/stories/{hostile.reef}/edition.html")
    assert mailed.ok
    page.set_content(mailed.text())
    assert trap.ran == []
    assert trap.tab.troubles == []
    assert page.locator("img, iframe, object, embed, base, form[action]").count() == 0
