"""What the page's script does, in a real browser; without one on the PATH there is nothing to ask."""

import itertools
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from crowded_edition import crowded
from edition_fixture import CLAIMS, CONFLICTS, EDITION, EDITIONS
from lxml import html as lxml_html

from variorum.records import Editions
from variorum.render.html import render

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
Browse = Callable[..., lxml_html.HtmlElement]
ARTICLES = {article.siglum: article.id for article in EDITION.articles}

pytestmark = pytest.mark.skipif(not BROWSER, reason="no Chromium on the PATH")


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    def opened(editions: Editions, address: str = "", script: str = "") -> lxml_html.HtmlElement:
        """The page as a browser has it after its script and ``script`` ran; its address stands in ``title``."""
        page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render(editions))
        then = f"setTimeout(() => {{ {script}; document.title = location.search + location.hash; }}, 100)"
        path = tmp_path / "page.html"
        path.write_text(page.replace("</body>", f"<script>{then}</script></body>"), "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"]
        done = subprocess.run([BROWSER, *options, path.as_uri() + address], check=True, capture_output=True, timeout=60)
        return lxml_html.document_fromstring(done.stdout.decode())

    return opened


def shown(tree: lxml_html.HtmlElement, kind: str) -> list[str]:
    return [str(id) for id in tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {kind} ')][not(@hidden)]/@id")]


def said(tree: lxml_html.HtmlElement) -> str:
    return str(tree.xpath("string(//div[@class='filter']//*[@role='status'])"))


def choose(name: str, value: str) -> str:
    pick = f"const it = document.querySelector('.filter [name={name}]'); it.value = '{value}';"
    return f"{pick} it.dispatchEvent(new Event('change', {{ bubbles: true }}))"


def changed() -> str:
    """What a choice that changes nothing sets off: the address is written anew."""
    return "document.querySelector('.filter [name=kind]').dispatchEvent(new Event('change', { bubbles: true }))"


def test_the_filter_appears_and_shows_everything(browse: Browse) -> None:
    tree = browse(EDITIONS)
    assert not tree.xpath("//div[@class='filter'][@hidden]")
    assert said(tree) == "8 of 8 claims and 2 of 2 disputes shown"


def test_a_choice_filters_lists_pictures_and_table_alike_and_stands_in_the_address(browse: Browse) -> None:
    tree = browse(Editions((crowded(),), (), ()), script=choose("voices", "6"))
    claims = shown(tree, "claim")
    assert 0 < len(claims) < 60
    assert said(tree).startswith(f"{len(claims)} of 60 claims")
    assert tree.xpath("string(//title)") == "?voices=6"
    rows = tree.xpath("//*[local-name()='g'][@data-claim][not(@hidden)]")
    assert {row.get("data-claim") for row in rows} == set(claims)
    assert {row.get("data-claim") for row in tree.xpath("//tr[@data-claim][not(@hidden)]")} == set(claims)
    places = sorted(float(row.get("transform").split()[1].rstrip(")")) for row in rows)
    assert places[0] == 38
    assert max(b - a for a, b in itertools.pairwise(places)) <= 58


def test_an_address_that_was_shared_brings_its_filter_back(browse: Browse) -> None:
    asked = f"?in={ARTICLES['A']}&in={ARTICLES['F']}&kind=agreed"
    tree = browse(EDITIONS, asked, script=changed())
    assert tree.xpath("string(//title)") == asked
    assert shown(tree, "claim") == [f"claim-{CLAIMS[0].id}", f"claim-{CLAIMS[1].id}"]
    assert said(tree) == "2 of 8 claims and 0 of 2 disputes shown"
    assert shown(browse(EDITIONS, "?kind=date"), "conflict") == [
        f"dispute-{conflict.id}" for conflict in CONFLICTS if conflict.kind == "date"
    ]


def test_an_address_with_letters_still_filters_and_has_ids_once_something_is_chosen(browse: Browse) -> None:
    tree = browse(EDITIONS, "?in=A&in=F&kind=agreed")
    assert shown(tree, "claim") == [f"claim-{CLAIMS[0].id}", f"claim-{CLAIMS[1].id}"]
    tree = browse(EDITIONS, "?in=A&without=G", script=changed())
    assert tree.xpath("string(//title)") == f"?in={ARTICLES['A']}&without={ARTICLES['G']}"


def test_an_address_that_asks_for_a_report_that_is_not_here_says_so(browse: Browse) -> None:
    for asked in ("?in=ffffffffffffffff", "?without=ZZ"):
        assert said(browse(EDITIONS, asked)).endswith("a report that the address asks for is not in this edition")
    assert "not in this edition" not in said(browse(EDITIONS, "?in=ffffffffffffffff", script=changed()))


def test_an_id_is_taken_for_an_id_also_where_it_looks_like_a_letter(browse: Browse) -> None:
    lettered = replace(EDITION.articles[1], siglum=EDITION.articles[0].id)
    edition = replace(EDITION, articles=(EDITION.articles[0], lettered, *EDITION.articles[2:]))
    tree = browse(Editions((edition,), (), ()), f"?in={EDITION.articles[0].id}", script=changed())
    assert tree.xpath("string(//title)") == f"?in={EDITION.articles[0].id}"


def test_what_one_report_leaves_out_can_be_asked_for(browse: Browse) -> None:
    assert shown(browse(EDITIONS, f"?without={ARTICLES['G']}&voices=2"), "claim") == [
        f"claim-{CLAIMS[0].id}", f"claim-{CLAIMS[1].id}", f"claim-{CLAIMS[2].id}",
    ]  # fmt: skip


def test_a_link_to_what_the_filter_hides_lifts_the_filter(browse: Browse) -> None:
    tree = browse(EDITIONS, f"?kind=agreed#claim-{CLAIMS[5].id}")
    assert len(shown(tree, "claim")) == len(CLAIMS)
    assert tree.xpath("string(//title)") == f"#claim-{CLAIMS[5].id}"
    assert "lifted" in said(tree)


def test_the_filter_of_one_story_leaves_the_other_alone(browse: Browse) -> None:
    both = Editions((EDITION, crowded(6, 6)), (), ())
    tree = browse(both, script=choose("kind", "one-voice"))
    first, second = tree.xpath("//div[@class='filter']//*[@role='status']/text()")
    assert first.startswith("4 of 8 claims")
    assert second.startswith("6 of 6 claims")
    assert re.fullmatch(r"\?s[0-9a-f]+-kind=one-voice", tree.xpath("string(//title)"))
