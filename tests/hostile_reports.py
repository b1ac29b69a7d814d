"""Reports that try to become markup in every field they have, as files of an archive."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from pathlib import Path

from browser import ROOT, Library, QuietDesk, replacing, story_with
from room import filled

from variorum import pipeline
from variorum.ingest import receive
from variorum.records import Refusal
from variorum.store import stories
from variorum.web.adder import Line
from variorum.web.desk import Progress

ELSEWHERE = "https://elsewhere.example"
PAYLOADS = (
    "<script>probe()</script>",
    "</script><script>probe()</script>",
    '<img src=x onerror="probe()">',
    '"><svg/onload=probe()>',
    "' autofocus onfocus=probe() x='",
    "javascript:probe()",
    "data:text/html,<script>probe()</script>",
    "</textarea><script>probe()</script>",
    "</title></style></noscript></template><script>probe()</script>",
    "{{7*7}}{% include 'base.html.j2' %}${7*7}",
    f"<style>@import '{ELSEWHERE}/a.css'; * {{ display: none }}</style>",
    f'<base href="{ELSEWHERE}/"><link rel=stylesheet href={ELSEWHERE}/b.css>',
    f'<meta http-equiv=refresh content="0;url={ELSEWHERE}/">',
    '<iframe srcdoc="<script>parent.probe()</script>"></iframe><object data=x></object>',
    f'<form action="{ELSEWHERE}/"><button autofocus>Sign in</button></form><a href="javascript:probe()">read on</a>',
    "<!--<details open ontoggle=probe()>-->]]><math><mtext><img src onerror=probe()></mtext></math>",
    "\u202egnp.exe\u2066 turned round",
    "Z\u0337\u0322\u0351" + "\u0353" * 400 + "algo",
    "nul\x00 bell\x07 escape\x1b[31m line\u2028 paragraph\u2029",
    "w" * 100_000,
    "&lt;script&gt;probe()&lt;/script&gt;&#x3c;img src=x onerror=probe()&#x3e;",
)
"""What each field is given; ``probe`` is what the test listens for."""
_REPORTS = [json.loads(line) for line in (ROOT / "examples/same-week/reports.jsonl").read_text("utf-8").splitlines()]


def poisoned(report: Mapping[str, str], payload: str, number: int) -> dict[str, object]:
    """The report with the payload in every field; it still tells its event."""
    first, *rest = report["text"].split(". ")
    told = [
        f"{first}. ",
        f"The notice on the door read {payload} in red letters. ",
        ". ".join(rest),
        f' "We saw {payload} on the wall and did not know who had put it there," said Ann {payload} Velm.',
        f"\n\n({payload}/Reuters)",
    ]
    return {
        "id": f"{number}{payload[:1_500]}",
        "title": f"{report['title']} {payload}",
        "outlet": f"{payload} {report['outlet']}",
        "byline": [payload, f"By {payload}"],
        "url": payload if number % 2 else f"{report['url']}?{payload}#{payload}",
        "published": report["published"] if number % 3 else payload,
        "language": payload if number % 5 == 0 else "en",
        "text": "".join(told),
    }


def _page(report: Mapping[str, str], payload: str) -> str:
    """A web page whose words are the payload, as a publisher's own program would write it."""
    safe = html.escape(payload.replace("\x00", ""))
    return (
        f'<html lang="{safe}"><head><title>{report["title"]} {safe}</title><meta name="author" content="{safe}">'
        f'<meta property="og:site_name" content="{safe}"><link rel="canonical" href="{safe}"></head><body><article>'
        f"<h1>{report['title']} {safe}</h1><p>{report['text']}</p><p>The notice read {safe} in red letters.</p>"
        f"<figure><img src={ELSEWHERE}/x.jpg onerror=probe()><figcaption>{safe}</figcaption></figure>"
        f"<script>probe()</script></article></body></html>"
    )


def write(folder: Path) -> None:
    """The files: JSON Lines with every field, a page, and a text whose name is all that tells its outlet."""
    (folder / "fields").mkdir(parents=True)
    lines = []
    for number, payload in enumerate(PAYLOADS):
        dock = _REPORTS[number % 4]
        lines.append(poisoned(dock, payload, number))
    for number, report in enumerate(_REPORTS[4:]):
        lines.append(poisoned(report, PAYLOADS[number % len(PAYLOADS)], number + len(PAYLOADS)))
    text = "\n".join(json.dumps(line) for line in lines)
    (folder / "fields" / "<img src=x onerror=probe()>.jsonl").write_text(text, "utf-8")
    for number, payload in enumerate(PAYLOADS[:16]):
        name = payload.replace("/", "\u2215")[:60]
        if number % 2:
            (folder / f"{name}.html").write_text(_page(_REPORTS[6 + number % 3], payload), "utf-8")
        else:
            (folder / f"{name}.txt").write_text(f"{_REPORTS[number % 4]['text']}\n\n{payload}", "utf-8")
        (folder / f"{name}.json").write_text("{" + payload, "utf-8")


def hostile_library(folder: Path) -> Library:
    """An archive of such reports, its largest story read."""
    write(folder / "files")
    taken = list(receive([folder / "files"]))
    held = [
        one for one in taken if not isinstance(one, Refusal) and "gull ban passed" in (one.article.title or "").lower()
    ]
    archive = filled(folder / "hostile.db", [*(one for one in taken if one not in held), *replacing(PAYLOADS[2])])
    found = {word: story_with(archive, word) for word in ("strike", "gull", "kelp", "derby", "ostby")}
    for word in ("strike", "gull", "ostby"):
        pipeline.edition(archive, found[word])
    list(pipeline.add(archive, held))
    desk = QuietDesk()
    desk.told[found["derby"]] = Progress(PAYLOADS[0], failed=f"It broke at {PAYLOADS[2]}.")
    made = Library(archive, desk, found["strike"], found["kelp"], found["gull"], found["derby"], found["ostby"])
    for payload in PAYLOADS[:5]:
        made.annotate(payload, f"{payload}by"[:80])
    made.intakes(Line("refused", PAYLOADS[2], reason=PAYLOADS[0]))
    return made


def outlets_of(of: Library) -> list[str]:
    """The outlets of the story that is read."""
    with of.archive.reading() as connection:
        return sorted({one.outlet for one in stories.members(connection, of.reef)})
