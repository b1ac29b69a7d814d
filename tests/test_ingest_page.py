"""Web pages: the article's own text, what stands around it named, and nothing that a hostile page can do."""

import time
from pathlib import Path

import pytest

from variorum.ingest import read
from variorum.records import Article

PARAGRAPHS = (
    "The keeper of the Skarn lighthouse put out his lamp for the last time on Friday evening, in front of a crowd.",
    "The harbour board said the lamp would be run from the mainland from Monday, by two engineers and a computer.",
    "Odd Brenner, who is 71, said he had counted nine thousand ships and that only two of them had ever waved back.",
    "He will move to a house on the quay, from which, if he stands on the wall, he can still see the light turn.",
)
BODY = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
HEAD = """<meta charset="utf-8"><title>Last keeper leaves Skarn | The Skarn Courier</title>
<meta property="og:site_name" content="The Skarn Courier">
<meta property="og:title" content="Last keeper leaves Skarn">
<meta name="description" content="For forty years Odd Brenner minded the light.">
<link rel="canonical" href="https://courier.example/keeper">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle",
 "headline": "Last keeper leaves Skarn", "datePublished": "2031-05-03T21:15:00+02:00",
 "author": [{"name": "Ana Torvald"}, {"name": "Lars Ode"}], "publisher": {"name": "Courier Ltd"}}]}</script>"""
WHOLE = f"""<!DOCTYPE html><html lang="en"><head>{HEAD}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/tides">Tides</a></li></ul></nav>
<article><h1>Last keeper leaves Skarn</h1><p class="standfirst">For forty years Odd Brenner minded the light.</p>
<p class="byline">By Ana Torvald and Lars Ode</p>
<figure><img src="a.jpg"><figcaption>Odd Brenner on the gallery. Photo: Runa Holt/AFP</figcaption></figure>
{BODY}<div class="ad-slot">Advertisement</div><p>(dpa)</p>
<div class="newsletter-box"><p>Get the Courier's tide table in your inbox every Friday.</p></div></article>
<aside class="related"><h2>Read also</h2><a href="/seal">Seal takes the mayor's parking space</a></aside>
<footer>Skarn Courier, 1 The Quay</footer></body></html>"""


def page(markup: str, folder: Path) -> Article:
    (folder / "page.html").write_text(markup)
    intake = read([folder / "page.html"])
    assert intake.refused == ()
    return intake.articles[0]


def lines(article: Article, *kinds: str) -> list[str]:
    return [article.slice(part.start, part.end) for part in article.parts if part.kind in kinds]


def test_a_page_is_read_in_its_own_order_with_every_block_named(tmp_path: Path) -> None:
    article = page(WHOLE, tmp_path)
    assert [part.kind for part in article.parts] == [
        "navigation", "title", "standfirst", "credit", "caption", *["body"] * 4, "advert", "credit", "promo",
        "teaser", "teaser", "navigation",
    ]  # fmt: skip
    assert lines(article, "body") == list(PARAGRAPHS)
    assert [(credit.agency, credit.of) for credit in article.credits] == [("AFP", "picture"), ("dpa", "text")]


def test_a_page_states_who_wrote_what_where_and_when(tmp_path: Path) -> None:
    article = page(WHOLE, tmp_path)
    assert article.title == "Last keeper leaves Skarn"
    assert article.byline == ("Ana Torvald", "Lars Ode")
    assert article.outlet == "The Skarn Courier"
    assert article.url == "https://courier.example/keeper"
    assert article.language == "en"
    assert article.published is not None
    assert article.published.at.isoformat() == "2031-05-03T19:15:00+00:00"
    assert article.published.utc_offset_minutes == 120


def test_the_host_names_the_outlet_where_nothing_else_does_and_the_file_last(tmp_path: Path) -> None:
    link = '<link rel="canonical" href="https://www.courier.example/keeper">'
    assert page(f"<html><head>{link}</head><body>{BODY}</body></html>", tmp_path).outlet == "courier.example"
    assert page(f"<html><body>{BODY}</body></html>", tmp_path).outlet == "page"


def test_no_text_stands_twice_for_having_been_extracted(tmp_path: Path) -> None:
    article = page(WHOLE, tmp_path)
    for paragraph in (*PARAGRAPHS, "For forty years Odd Brenner minded the light.", "Last keeper leaves Skarn"):
        assert article.text.count(paragraph) == 1


def test_text_behind_a_paywall_is_unknown_and_not_left_out(tmp_path: Path) -> None:
    wall = '<div class="paywall"><p>Subscribe to continue reading</p></div>'
    article = page(f"<html><body><article>{BODY}{wall}</article></body></html>", tmp_path)
    assert lines(article, "paywall") == ["Subscribe to continue reading"]
    assert article.cut is not None
    assert article.text[: article.cut.start].endswith(PARAGRAPHS[-1])


def test_scripts_styles_and_hidden_text_never_become_text(tmp_path: Path) -> None:
    hostile = (
        "<script>document.write('<p>NEVER</p>')</script><style>p:after{content:'NEVER'}</style>"
        "<template><p>NEVER one nor two</p></template><p hidden>NEVER</p><p style='display: none'>NEVER</p>"
        "<noscript>NEVER</noscript><!-- NEVER --><textarea>NEVER</textarea><p onclick='NEVER' title='NEVER'>fine</p>"
    )
    article = page(f"<html><body>{hostile}<article>{BODY}</article>{hostile}</body></html>", tmp_path)
    assert "NEVER" not in article.text


@pytest.mark.parametrize(
    "around",
    [
        ("<div>" * 10_000, "</div>" * 10_000),
        ("<p title='" + "x" * 1_000_000 + "'>lamp</p>", ""),
        ("<p class='" + "ad " * 300_000 + "'>lamp</p>", ""),
        ("".join(f"<a href='/{at}'>link {at}</a>" for at in range(20_000)), ""),
        ("<script type='application/ld+json'>" + "[" * 100_000 + "</script>", ""),
        ("<p>" + "&amp;" * 100_000 + "</p>", ""),
        ("<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><p>&b;</p>", ""),
        ("<p>&#0;&#xD800;&#x202e;&#7;&#x110000;</p>", ""),
    ],
    ids=["deep", "attribute", "class", "links", "json", "references", "entities", "characters"],
)
def test_a_hostile_page_costs_seconds_and_loses_no_paragraph(around: tuple[str, str], tmp_path: Path) -> None:
    before, after = around
    start = time.monotonic()
    article = page(f"<html><body>{before}{BODY}{after}</body></html>", tmp_path)
    assert time.monotonic() - start < 20
    assert all(article.text.count(paragraph) == 1 for paragraph in PARAGRAPHS)
    assert not set(article.text) & set("\x00\x07\u202e\ud800")
    assert len(article.text) < 200_000


def test_a_page_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body>" + "<p>lamp</p>" * 150_000)
    (refusal,) = read([tmp_path]).refused
    assert "too many elements" in refusal.reason


def test_what_a_page_states_is_bounded_and_clean(tmp_path: Path) -> None:
    head = (
        f"<title>{'T' * 100_000}</title><meta property='og:site_name' content='{'s&#10;' * 5000}'>"
        "<link rel='canonical' href='javascript:alert(1)'>"
        f"<meta property='og:url' content='https://x.example/{'u' * 9000}'>"
        f"<meta name='author' content='{', '.join(f'Name {at}' for at in range(500))}'>"
        "<meta property='article:published_time' content='soon'>"
    )
    article = page(f"<html><head>{head}</head><body>{BODY}</body></html>", tmp_path)
    assert article.title is not None
    assert len(article.title) <= 500
    assert len(article.outlet) <= 120
    assert "\n" not in article.outlet
    assert article.url is None
    assert len(article.byline) <= 12
    assert article.published is None


def test_json_of_the_wrong_kind_breaks_nothing(tmp_path: Path) -> None:
    item = (
        '{"@type": ["NewsArticle", 5], "headline": ["x"], "author": {"name": {"a": 1}}, "publisher": 5, '
        '"datePublished": 20310503, "url": {"x": 1}, "mainEntityOfPage": [[]], "inLanguage": {"name": "en"}}'
    )
    markup = f'<html><head><script type="application/ld+json">{item}</script></head><body>{BODY}</body></html>'
    article = page(markup, tmp_path)
    assert (article.url, article.published, article.byline) == (None, None, ())


GOLD = Path(__file__).parents[2] / "shared" / "gold"


@pytest.mark.gold
def test_pages_of_the_public_benchmark_stay_above_their_floor() -> None:
    if not (GOLD / "pages").is_dir():
        pytest.skip("the gold pages are not part of the project")
    import importlib.util

    spec = importlib.util.spec_from_file_location("pages", Path(__file__).parents[1] / "evals" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    evaluation = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluation)
    _, recall, whole = evaluation.f1(evaluation.measured(GOLD, limit=40)["variorum"])
    assert whole >= evaluation.FLOOR_F1 - 0.02
    assert recall >= evaluation.FLOOR_RECALL - 0.02
