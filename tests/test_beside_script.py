"""What a reader can do with reports side by side, in a real browser under the policy of the web pages."""

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from urllib.parse import unquote

import pytest
from edition_fixture import bare, report
from test_example_story import edition as example

from variorum.records import Borrowing, Edition, Passage, Span
from variorum.render.beside_view import beside_view
from variorum.render.html import environment, static
from variorum.render.links import Links
from variorum.render.report_page import report_page

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'"
Browse = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.skipif(not BROWSER, reason="no Chromium on the PATH")

_SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport"
content="width=device-width, initial-scale=1"><title>t</title><link rel="stylesheet" href="/page.css">
<link rel="stylesheet" href="/{style}"><script src="/watch.js"></script>{script}</head>
<body>{symbols}<main>{body}</main><script type="module" src="/probe.js"></script></body></html>"""
_WATCH = (
    "window.broken = []; addEventListener('securitypolicyviolation', (e) => broken.push(e.violatedDirective));"
    "addEventListener('error', (e) => broken.push(e.message));"
)
_PROBE = """
const sides = [...document.querySelectorAll('.side')];
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const top = (number, side) => {{
  const piece = sides[side].querySelector(`.join[data-join="${{number}}"]`).getBoundingClientRect();
  return Math.round(piece.top - sides[side].getBoundingClientRect().top);
}};
const all = (selector) => [...document.querySelectorAll(selector)];
const shown = (selector) => all(selector).filter((one) => one.offsetParent !== null).length;
const flip = (id) => document.querySelector(`#${{id}}`).click();
const found = {{}};
await wait(200);
{script}
found.broken = window.broken;
const told = document.createElement('script');  // the policy lets nothing out but a request for a script of our own
told.src = `/told?${{encodeURIComponent(JSON.stringify(found))}}`;
document.head.append(told);
"""


@pytest.fixture
def browse(tmp_path: Path) -> Iterator[Browse]:
    files: dict[str, tuple[str, str]] = {}
    told: SimpleQueue[str] = SimpleQueue()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            if path == "/told":
                told.put(unquote(query))
            text, kind = files.get(path, ("", "text/javascript"))
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def opened(
        body: str, script: str, *, style: str, own: str = "", width: int = 1280, calm: bool = False, at: str = ""
    ) -> Any:
        """What ``script`` put into ``found`` after it ran on the page."""
        files["/page.css"], files[f"/{style}"] = (static("page.css"), "text/css"), (static(style), "text/css")
        files["/watch.js"] = _WATCH, "text/javascript"
        files["/probe.js"] = _PROBE.format(script=script), "text/javascript"
        if own:
            files[f"/{own}"] = static(own), "text/javascript"
        symbols = environment().get_template("symbols.html.j2").render()
        tag = f'<script type="module" src="/{own}"></script>' if own else ""
        files["/"] = _SHELL.format(style=style, script=tag, symbols=symbols, body=body), "text/html"
        options = [
            "--headless", "--no-sandbox", "--disable-gpu", f"--window-size={width},900", "--remote-debugging-port=0",
            f"--user-data-dir={tmp_path / 'browser'}", *(["--force-prefers-reduced-motion"] if calm else []),
        ]  # fmt: skip
        # In real time and not in virtual time, in which no frames are drawn and so nothing scrolls.
        address = f"http://127.0.0.1:{server.server_address[1]}/{at}"
        with subprocess.Popen(
            [BROWSER, *options, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            try:
                found = json.loads(told.get(timeout=60))
            finally:
                run.terminate()
        assert found.pop("broken") == []
        return found

    yield opened
    server.shutdown()
    server.server_close()


def beside(edition: Edition, *sigla: str) -> str:
    ids = [next(a.id for a in edition.articles if a.siglum == siglum) for siglum in sigla]
    view = beside_view(edition, ids, Links("/s", "/s/reports/", "", "/s/q/", "/s/beside"))
    return environment().get_template("beside.html.j2").render(view=view)


def test_scrolling_one_column_brings_the_other_to_the_same_passage_and_no_further(browse: Browse) -> None:
    script = """
    sides[0].scrollTop += top(8, 0) - 300; await wait(400);
    found.there = [top(8, 0), top(8, 1)];
    found.still = [sides[0].scrollTop, sides[1].scrollTop];
    await wait(600);
    found.later = [sides[0].scrollTop, sides[1].scrollTop];
    sides[1].scrollTop = sides[1].scrollHeight; await wait(400);
    found.end = sides.map((side) => Math.round(side.scrollHeight - side.clientHeight - side.scrollTop));
    sides[1].scrollTop = 0; await wait(400);
    found.start = sides.map((side) => side.scrollTop);
    document.querySelector('#together').click();
    sides[0].scrollTop = 500; await wait(400);
    found.apart = sides.map((side) => side.scrollTop);
    """
    found = browse(beside(example(), "E", "H"), script, style="beside.css", own="beside.js")
    assert abs(found["there"][0] - found["there"][1]) < 260, "in the window at once"
    assert found["still"] == found["later"], "one column must not go on moving the other"
    assert found["end"] == pytest.approx([0, 0], abs=3)
    assert found["start"] == pytest.approx([0, 0], abs=3)
    assert found["apart"][1] == pytest.approx(0, abs=3)


def test_passages_are_walked_through_by_button_and_by_key_and_stand_level(browse: Browse) -> None:
    script = """
    const next = document.querySelector('[data-step="1"]');
    next.click(); next.click(); next.click(); await wait(900);
    found.said = document.querySelector('.step-said').textContent;
    found.level = [top(3, 0), top(3, 1)];
    found.lit = [...new Set([...document.querySelectorAll('.join.now')].map((piece) => piece.dataset.join))];
    sides[1].focus();
    sides[1].dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true })); await wait(900);
    found.after = document.querySelector('.step-said').textContent;
    found.focus = document.activeElement.dataset.number;
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true })); await wait(300);
    found.outside = document.querySelector('.step-said').textContent;
    found.tabbable = sides.map((side) => side.querySelectorAll('.join-number:not([tabindex="-1"])').length);
    found.drawn = document.querySelectorAll('.ribbon.now').length;
    document.activeElement.click(); await wait(600);
    found.across = document.activeElement.closest('.side').id + ' ' + document.activeElement.dataset.number;
    """
    found = browse(beside(example(), "E", "H"), script, style="beside.css", own="beside.js")
    assert found["said"] == "Passage 3 of 16 (E, H): told in other words."
    assert found["level"][0] == pytest.approx(found["level"][1], abs=4)
    assert found["lit"] == ["3"]
    assert found["after"].startswith("Passage 4 of 16")
    assert found["focus"] == "4"
    assert found["outside"] == found["after"], "keys are heard in the columns only"
    assert found["tabbable"] == [1, 1]
    assert found["drawn"] == 1
    assert found["across"] == "side-1 4"


def test_an_address_that_names_a_join_opens_at_it_in_both_columns(browse: Browse) -> None:
    script = """
    await wait(900);
    found.said = document.querySelector('.step-said').textContent;
    found.level = [top(6, 0), top(6, 1)];
    """
    found = browse(beside(example(), "E", "H"), script, style="beside.css", own="beside.js", at="#join-6-2")
    assert found["said"].startswith("Passage 6 of 16")
    assert found["level"][0] == pytest.approx(found["level"][1], abs=4)


def test_under_reduced_motion_the_other_column_waits_until_scrolling_rests(browse: Browse) -> None:
    script = """
    sides[0].scrollTop = 400; await wait(60);
    found.meanwhile = sides[1].scrollTop;
    await wait(500);
    found.rested = sides[1].scrollTop;
    """
    found = browse(beside(example(), "E", "H"), script, style="beside.css", own="beside.js", calm=True)
    assert found["meanwhile"] == 0
    assert found["rested"] > 100


def test_toggles_need_no_script(browse: Browse) -> None:
    script = """
        found.before = [shown('.join-number') > 0, shown('.part[data-label]') > 0, shown('.to-finding')];
    flip('show-passages'); flip('show-aside'); flip('show-claims'); flip('show-differences'); await wait(50);
    found.after = [shown('.join-number'), shown('.part[data-label]'), shown('.to-finding') > 0];
    found.steps = shown('.steps');
    """
    found = browse(beside(example(), "A", "G"), script, style="beside.css")
    assert found["before"] == [True, True, 0]
    assert found["after"] == [0, 0, True]
    assert found["steps"] == 0, "without the script there is nothing to step with"


def test_on_a_phone_a_number_brings_the_other_column_into_view(browse: Browse) -> None:
    script = """
    const sheet = document.querySelector('.sides-columns');
    found.wide = document.documentElement.scrollWidth <= innerWidth;
    sides[0].querySelectorAll('.join-number')[9].click(); await wait(1200);
    found.left = sheet.scrollLeft;
    found.seen = sides[1].getBoundingClientRect().left < innerWidth / 2;
    found.at = [top(10, 0), top(10, 1)];
    """
    found = browse(beside(example(), "A", "G"), script, style="beside.css", own="beside.js", width=500)
    assert found["wide"]
    assert found["left"] > 0
    assert found["seen"]
    assert found["at"][0] == pytest.approx(found["at"][1], abs=4)


def test_two_hundred_joins_scroll_without_a_stutter(browse: Browse) -> None:
    words = "the harbour board closed pier number {} on the day after the long storm and nobody slept in the town"
    lines = [words.format(n) for n in range(200)]
    one = report("A", "One", [("body", line) for line in lines])
    two = report("B", "Two", [("body", f"{line} again") for line in lines])
    spans = tuple(
        Passage(Span(start, start + len(line)), Span(other, other + len(line)), 1.0)
        for line in lines
        for start, other in [(one.text.index(line), two.text.index(line))]
    )
    made = bare(one, two)
    object.__setattr__(made.stemma, "borrowings", (Borrowing(one.id, two.id, False, "verbatim", spans),))
    script = """
    found.joins = document.querySelectorAll('.join-number').length;
    // What the page does in a frame in which one column has moved: it follows, and draws every ribbon anew.
    const frames = [];
    for (let step = 1; step <= 40; step += 1) {
      await new Promise((done) => requestAnimationFrame(done));
      sides[0].scrollTop = step * 150;
      const from = performance.now();
      await new Promise((done) => requestAnimationFrame(done));
      await new Promise((done) => requestAnimationFrame(done));
      frames.push((performance.now() - from) / 2);
    }
    frames.sort((a, b) => a - b);
    found.frame = frames[20];
    found.drawn = document.querySelectorAll('.ribbon').length;
    found.follows = sides[1].scrollTop > 1000;
    """
    found = browse(beside(made, "A", "B"), script, style="beside.css", own="beside.js")
    assert found["joins"] == 400
    assert found["follows"]
    assert found["drawn"] > 20
    assert found["frame"] < 50, "twenty frames a second on a machine that draws without a graphics card"


def test_a_reports_toggles_show_and_hide_margin_marks_and_set_aside_parts(browse: Browse) -> None:
    edition = example()
    id = next(a.id for a in edition.articles if a.siglum == "G")
    made = report_page(edition, id, Links("/s", "/s/reports/", id, "/s/q/", "/s/beside"))
    body = environment().get_template("report_page.html.j2").render(page=made)
    script = """
        found.before = [shown('.margin') > 0, shown('.heat') > 5, shown('.part[data-label]') > 0];
    found.claims = [shown('.back[data-short^=c]')];
    flip('show-standing'); flip('show-aside'); flip('show-claims'); await wait(50);
    found.after = [shown('.margin'), shown('.strip'), shown('.part[data-label]')];
    found.claims.push(shown('.back[data-short^=c]'));
    found.wide = document.documentElement.scrollWidth <= innerWidth;
    """
    for width in (1280, 500):
        found = browse(body, script, style="report.css", width=width)
        assert found["before"] == [True, True, True]
        assert found["after"] == [0, 0, 0]
        assert found["claims"][0] == 0 < found["claims"][1]
        assert found["wide"]
