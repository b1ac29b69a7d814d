"""The pictures as a real browser sets them: no words on other words, on a page and on a phone."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from collated import told
from edition_fixture import EDITION, UTTERANCES
from lxml import html as lxml_html
from stemmas import dated, edition_of
from test_render_collation import long_edition
from test_render_timeline import IN_ONE_DAY, OVER_YEARS

from variorum.records import Edition, Editions
from variorum.render.collation_view import quotation_page
from variorum.render.html import environment, render, static

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
Look = Callable[[str, int], dict[str, Any]]

pytestmark = pytest.mark.skipif(not BROWSER, reason="no Chromium on the PATH")

SHELL = """<!doctype html><html lang="en"><head><title>q</title><meta name="viewport" content="width=device-width">
<style>{{ css | safe }}</style></head><body>{% include "symbols.html.j2" %}
<main>{% include "quotation.html.j2" %}</main></body></html>"""
SCRIPT = """
const shown = svg => svg.getClientRects().length > 0;
const pictures = [...document.querySelectorAll('svg.box, svg.times-drawn, svg.collation')].filter(shown);
const meets = [], outside = [];
let texts = 0;
for (const svg of pictures) {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map(text => {
    const own = text.cloneNode(true); own.querySelectorAll('title').forEach(t => t.remove());
    return [own.textContent.trim(), text.getBoundingClientRect()];
  }).filter(([words, box]) => words && box.width);
  texts += boxes.length;
  for (const [words, box] of boxes)
    if (box.right > Math.max(frame.right, innerWidth) + 1 || box.left < -1) outside.push(words);
  boxes.forEach(([words, a], n) => boxes.slice(0, n).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 * scale && high > 7 * scale) meets.push([words, other, Math.round(wide)]);
  }));
}
const sized = [...document.querySelectorAll('.at-wide, .at-narrow')];
const labels = sized.map(svg => [svg.classList.contains('at-wide'), shown(svg)]);
document.title = JSON.stringify({ pictures: pictures.length, texts, meets, outside, labels,
  wide: document.documentElement.scrollWidth, window: innerWidth });
"""


def utterance(edition: Edition, id: str) -> str:
    css = static("page.css") + static("pictures.css")
    return environment().from_string(SHELL).render(quotation=quotation_page(edition, id), css=css)


PAGES = {
    "stemma of eighty": lambda: render(Editions((edition_of(40, 12, 5, 3, *[1] * 20),), (), ())),
    "a day": lambda: render(Editions((dated(edition_of(6, 4, *[1] * 10), *IN_ONE_DAY),), (), ())),
    "a century": lambda: render(Editions((dated(edition_of(6, 4, *[1] * 10), *OVER_YEARS),), (), ())),
    "the fixture": lambda: render(Editions((EDITION,), (), ())),
    "an utterance": lambda: utterance(EDITION, UTTERANCES[0].id),
    "twenty printings": lambda: utterance(long_edition(), "utterance-one"),
    "wide letters": lambda: utterance(
        told("MMMM WWWW mmmm wwww @@@@ WWWWWWWW will hurry today", "MMMM WWWW mmmm wwww WWMMWWMM MMMM will rush today"),
        "utterance-one",
    ),
}


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return PAGES[request.param]()


@pytest.fixture
def look(tmp_path: Path) -> Look:
    def opened(page: str, width: int) -> dict[str, Any]:
        page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        path = tmp_path / "page.html"
        path.write_text(page.replace("</body>", f"<script>{SCRIPT}</script></body>"), "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"]
        done = subprocess.run(
            [BROWSER, *options, f"--window-size={width},900", path.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(lxml_html.document_fromstring(done.stdout.decode()).xpath("string(//title)"))
        return found

    return opened


@pytest.mark.parametrize("width", [1280, 500])  # the narrowest window that the browser opens
def test_no_words_of_a_picture_stand_on_others_or_outside(page: str, look: Look, width: int) -> None:
    found = look(page, width)
    assert found["pictures"]
    assert found["texts"] > 5
    assert found["meets"] == []
    assert found["outside"] == []
    assert found["wide"] <= found["window"]
    assert all(shown is (is_wide is (width == 1280)) for is_wide, shown in found["labels"])
