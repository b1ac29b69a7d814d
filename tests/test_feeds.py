"""Feeds of every kind: what they say of a report is told as it was meant, and nothing in them can do harm."""

import json
import re
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.config import Ingest
from variorum.errors import InputRefused
from variorum.ingest import Item, compose
from variorum.ingest.feeds import Entry, Feed, feed_items, kind_of, read_feed, read_opml
from variorum.ingest.feeds.whole import is_whole
from variorum.records import Refusal

SETTINGS = Ingest()
BASE = "https://courier.example/feeds/all.xml"
PARAGRAPHS = (
    "The keeper of the Skarn lighthouse put out his lamp for the last time on Friday evening, in front of a crowd.",
    "The harbour board said the lamp would be run from the mainland from Monday, by two engineers and a computer.",
    "Odd Brenner, who is 71, said he had counted nine thousand ships and that only two of them had ever waved back.",
)
WHOLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)


def rss(items: str, channel: str = "<title>The Skarn Courier</title><link>https://courier.example/</link>") -> str:
    return f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel>{channel}{items}</channel></rss>'


def read(text: str, base: str | None = BASE, settings: Ingest = SETTINGS) -> Feed:
    return read_feed(text, base, settings=settings)


def only(items: str, **given: str) -> Entry:
    (entry,) = read(rss(f"<item>{items}</item>", **given)).entries
    return entry


RSS = rss(
    f"""<ttl>30</ttl><item><title>Last keeper leaves Skarn</title><link>https://courier.example/keeper</link>
    <guid isPermaLink="false">skarn-71</guid><source url="https://times.example/rss">The Harbour Times</source>
    <pubDate>Sat, 03 May 2031 21:15:00 +0200</pubDate><dc:creator>Ana Torvald</dc:creator>
    <description>A keeper leaves.</description><content:encoded><![CDATA[{WHOLE}]]></content:encoded></item>"""
)
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Skarn Courier</title>
<link href="https://courier.example/"/><entry><id>tag:courier.example,2031:71</id>
<title>Last keeper leaves Skarn</title>
<link rel="alternate" href="https://courier.example/keeper"/><published>2031-05-03T21:15:00+02:00</published>
<updated>2031-05-03T22:00:00+02:00</updated><author><name>Ana Torvald</name></author>
<source><title>The Harbour Times</title></source><summary>A keeper leaves.</summary>
<content type="html">{escape(WHOLE)}</content></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}>
<channel rdf:about="https://courier.example/"><title>The Skarn Courier</title><link>https://courier.example/</link>
</channel><item rdf:about="https://courier.example/keeper"><title>Last keeper leaves Skarn</title>
<link>https://courier.example/keeper</link><dc:date>2031-05-03T21:15:00+02:00</dc:date>
<dc:creator>Ana Torvald</dc:creator><description>A keeper leaves.</description>
<content:encoded>{escape(WHOLE)}</content:encoded></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Skarn Courier",
        "home_page_url": "https://courier.example/",
        "items": [
            {
                "id": "71",
                "url": "https://courier.example/keeper",
                "title": "Last keeper leaves Skarn",
                "content_html": WHOLE,
                "summary": "A keeper leaves.",
                "date_published": "2031-05-03T21:15:00+02:00",
                "authors": [{"name": "Ana Torvald"}],
            }
        ],
    }
)


@pytest.mark.parametrize("text", [RSS, ATOM, RDF, JSON], ids=["RSS 2.0", "Atom", "RSS 1.0", "JSON Feed"])
def test_one_report_reads_the_same_in_every_format(text: str) -> None:
    feed = read(text)
    assert (feed.title, feed.url, feed.left) == ("The Skarn Courier", "https://courier.example/", 0)
    (entry,) = feed.entries
    assert entry.title == "Last keeper leaves Skarn"
    assert entry.url == "https://courier.example/keeper"
    assert entry.authors == ("Ana Torvald",)
    assert entry.summary == "A keeper leaves."
    assert entry.html is not None
    assert re.sub(r"\s*xmlns=\S+?(?=>)", "", entry.html) == WHOLE
    assert entry.published is not None
    assert entry.published.at == datetime(2031, 5, 3, 19, 15, tzinfo=UTC)
    assert entry.published.utc_offset_minutes == 120


@pytest.mark.parametrize("version", ["0.91", "0.92"])
def test_the_oldest_feeds_are_read_with_their_document_type(version: str) -> None:
    declared = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    items = "<item><title>Lamp out</title><link>/lamp</link><description>At Skarn.</description></item>"
    text = f'<?xml version="1.0"?>{declared}<rss version="{version}"><channel><title>C</title>{items}</channel></rss>'
    (entry,) = read(text).entries
    assert (entry.title, entry.url, entry.key) == ("Lamp out", "https://courier.example/lamp", entry.url)


def test_the_publisher_an_entry_names_is_its_outlet_and_not_the_feed_that_passes_it_on() -> None:
    for text in (RSS, ATOM):
        assert read(text).entries[0].outlet == "The Harbour Times"
    item = next(iter(feed_items(RSS.encode(), "feeds/all.xml", settings=SETTINGS)))
    assert isinstance(item, Item)
    assert item.stated.outlet == "The Harbour Times"
    assert read(RDF).entries[0].outlet is None


def test_what_a_feed_carries_whole_is_an_article_with_its_title_to_be_cited() -> None:
    for text in (RSS, ATOM, RDF, JSON):
        (item,) = feed_items(text.encode(), "all.xml", settings=SETTINGS)
        assert isinstance(item, Item)
        received = compose(item, settings=SETTINGS)
        article = received.article
        assert [article.slice(part.start, part.end) for part in article.parts_of("body")] == list(PARAGRAPHS)
        (title,) = article.parts_of("title")
        assert article.slice(title.start, title.end) == article.title == "Last keeper leaves Skarn"
        assert article.url == "https://courier.example/keeper"
        assert article.path == "all.xml#1"
        assert received.place == "all.xml#1"
        assert received.key in ("skarn-71", "tag:courier.example,2031:71", "https://courier.example/keeper", "71")


def test_links_in_a_whole_report_lead_from_its_own_page() -> None:
    body = WHOLE.replace("Skarn lighthouse", '<a href="/skarn">Skarn lighthouse</a>')
    text = rss(f"<item><title>Lamp</title><link>/a/b</link><description>{escape(body * 3)}</description></item>")
    (entry,) = read(text).entries
    assert entry.html is not None
    text = text.replace("<link>/a/b</link>", "<link>https://courier.example/a/b</link>")
    (item,) = feed_items(text.encode(), "all.xml", settings=SETTINGS)
    assert isinstance(item, Item)
    assert {link.url for link in compose(item, settings=SETTINGS).article.links} == {"https://courier.example/skarn"}


def test_what_is_only_announced_is_refused_with_the_address_of_its_page() -> None:
    items = "<item><title>Lamp out</title><link>https://courier.example/lamp</link><description>x</description></item>"
    bare = "<item><title>Seal</title><description>A seal takes a parking space.</description></item>"
    refused = list(feed_items(rss(items + bare).encode(), "all.xml", settings=SETTINGS))
    assert refused == [
        Refusal(
            "all.xml#1",
            "Only a summary stands in the feed; its page was not fetched: https://courier.example/lamp",
        ),
        Refusal("all.xml#2", "Only a summary stands in the feed, and no address of its page."),
    ]


LONG = " ".join(PARAGRAPHS * 4)


@pytest.mark.parametrize(
    ("content", "is_summary", "whole"),
    [
        (WHOLE, False, True),
        (WHOLE, True, False),
        (LONG, True, True),
        (PARAGRAPHS[0], False, False),
        (LONG + " …", False, False),
        (LONG + " [&#8230;]", True, False),
        (LONG + "...", True, False),
        (f"<p>{LONG}</p><p><a href='x'>Read more »</a></p>", False, False),
        (f"<p>{LONG}</p><a href='x'>Continue reading Last keeper leaves Skarn →</a>", False, False),
        (f"<p>{LONG}</p><p>Read the full story at the Courier</p>", False, False),
        (LONG + " [+2314 chars]", False, False),
        (f"<p>{LONG} […]</p><p>The post <a>Lamp</a> appeared first on <a>Courier</a>.</p>", False, False),
        (f"<p>{LONG}</p><p>The post <a>Lamp</a> appeared first on <a>Courier</a>.</p>", False, True),
        (f"<p>{LONG} “I could not read more,” he said.</p>", False, True),
    ],
)
def test_a_beginning_is_never_taken_for_the_whole_report(content: str, is_summary: bool, whole: bool) -> None:
    assert is_whole(content, is_summary=is_summary, settings=SETTINGS) is whole


@pytest.mark.parametrize(
    ("stated", "at"),
    [
        ("Sat, 03 May 2031 21:15:00 GMT", "2031-05-03T21:15:00+00:00"),
        ("Sat, 03 May 2031 21:15:00 -0430", "2031-05-04T01:45:00+00:00"),
        ("Sat, 03 May 31 21:15:00 GMT", "2031-05-03T21:15:00+00:00"),
        ("2031-05-03", "2031-05-03T00:00:00+00:00"),
        ("Wed, 03 Jan 9999 00:00:00 GMT", None),
        ("Sat, 00 Jan 0000 00:00:00 GMT", None),
        ("Sat, 45 May 2031 21:15:00 GMT", None),
        ("99999999999999999999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_printed_and_a_poisoned_one_is_none(stated: str, at: str | None) -> None:
    found = only(f"<title>t</title><pubDate>{stated}</pubDate>").published
    assert (found.at.isoformat() if found else None) == at


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://courier.example/a?b=1&amp;c=2", "https://courier.example/a?b=1&c=2"),
        ("/keeper", "https://courier.example/keeper"),
        ("keeper", "https://courier.example/feeds/keeper"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://a:b@courier.example/", None),
        ("mailto:ana@courier.example", None),
        ("https://courier.example/" + "a" * 5_000, None),
        ("https://cour ier.example/a&#x202e;b", None),
        ("http://[", None),
    ],
)
def test_a_link_that_leads_nowhere_on_the_web_is_none(link: str, url: str | None) -> None:
    assert only(f"<title>t</title><link>{link}</link>").url == url


def test_a_relative_link_is_read_against_the_base_its_feed_names() -> None:
    text = ATOM.replace("<entry>", '<entry xml:base="https://archive.example/2031/">').replace(
        'href="https://courier.example/keeper"', 'href="keeper"'
    )
    assert read(text).entries[0].url == "https://archive.example/2031/keeper"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Harbour &amp;amp; sea", "Harbour & sea"),
        ("<![CDATA[Harbour &amp; <b>sea</b>]]>", "Harbour & sea"),
        ("&lt;b&gt;Harbour&lt;/b&gt;\n and   sea", "Harbour and sea"),
        ("Harbour&lt;script&gt;alert(1)&lt;/script&gt;", "Harbour"),
        ("&amp;lt;img src=x onerror=alert(1)&amp;gt;Harbour", "Harbour"),
        ("Har&#x202e;bour", "Har\ufffdbour"),
        ("Har&#0;bour\x07", "Har\ufffdbour\ufffd"),
        ("5 &lt; 6 ships", "5 < 6 ships"),
        ("Harbour&nbsp;&ndash; sea & shore &unknown;", "Harbour – sea & shore &unknown;"),
        ("&#8212;", None),
        ("", None),
    ],
)
def test_a_title_is_one_clean_line_however_it_was_written(written: str, title: str | None) -> None:
    text = rss(f"<item><title>{written}</title><guid>1</guid></item>")
    (item,) = read(text.replace("\x07", "\ufffd")).entries
    assert item.title == title


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("<author>ana@courier.example (Ana Torvald)</author>", ("Ana Torvald",)),
        ("<author>ana@courier.example</author>", ()),
        ("<dc:creator>Ana Torvald</dc:creator><dc:creator>Lars Ode</dc:creator>", ("Ana Torvald", "Lars Ode")),
        ("<dc:creator>https://courier.example/ana</dc:creator>", ()),
    ],
)
def test_authors_are_names_and_not_where_to_write_to_them(stated: str, names: tuple[str, ...]) -> None:
    assert only(f"<title>t</title>{stated}").authors == names


def test_a_feed_that_is_not_well_formed_is_read_as_it_was_meant() -> None:
    text = f"""<rss version="2.0"><channel><title>Q & A</title><item><title>One & two</title><content:encoded>
    <![CDATA[{WHOLE}]]></content:encoded><media:thumbnail url="x" xlink:href="y"/></item>
    <item><title>Two<b></title><link>https://courier.example/two</link></item>"""
    feed = read(text)
    assert feed.title == "Q & A"
    assert feed.entries[0].title == "One & two"
    assert feed.entries[0].html is not None
    assert WHOLE in feed.entries[0].html


BOMB = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{BOMB}]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]>',
        '<!doctype r [<!entity x "y">]>',
        '<!-- c --><!DOCTYPE r SYSTEM "http://127.0.0.1/x.dtd" [ ]>',
    ],
)
def test_a_feed_that_declares_entities_is_refused(declared: str) -> None:
    text = RSS.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{declared}').replace("Skarn", "&x;&l11;")
    with pytest.raises(InputRefused, match="declares entities"):
        read(text)
    (refused,) = feed_items(text.encode(), "all.xml", settings=SETTINGS)
    assert isinstance(refused, Refusal)


def test_markup_that_nests_without_end_is_refused_or_cut() -> None:
    for deep in ("<a>" * 10_000, "<a>" * 10_000 + "</a>" * 10_000, "<a>" * 200 + "</a>" * 200):
        with pytest.raises(InputRefused):
            read(rss(f"<item><title>t</title>{deep}</item>"))
    with pytest.raises(InputRefused):
        read('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000)
    outlines = "<outline text='x'>" * 5_000
    with pytest.raises(InputRefused):
        read_opml(f"<opml><body>{outlines}", None, settings=SETTINGS, most=10)


def test_an_element_of_endless_attributes_costs_no_time() -> None:
    attributes = " ".join(f'a{at}="x"' for at in range(50_000))
    (entry,) = read(rss(f"<item {attributes}><title {attributes}>Lamp out</title></item>")).entries
    assert entry.title == "Lamp out"


def test_a_feed_of_too_many_elements_is_refused_and_one_of_too_many_reports_is_cut() -> None:
    with pytest.raises(InputRefused, match="too many elements"):
        read(rss("<item/>" * 50), settings=Ingest(feed_elements=20))
    settings = Ingest(feed_entries=2)
    items = "".join(f"<item><title>Report {at}</title><link>/{at}</link></item>" for at in range(5))
    feed = read(rss(items), settings=settings)
    assert ([entry.title for entry in feed.entries], feed.left) == (["Report 0", "Report 1"], 3)
    last = list(feed_items(rss(items).encode(), "all.xml", settings=settings))[-1]
    assert last == Refusal("all.xml", "This feed lists 3 more reports than are read of one feed (2).")


def test_a_feed_says_how_long_it_wants_to_be_left_alone() -> None:
    assert read(RSS).pause_seconds == 1_800
    channel = "<title>C</title><sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    assert read(rss("", channel=channel)).pause_seconds == 900
    for poisoned in ("<ttl>-5</ttl>", "<ttl>" + "9" * 30 + "</ttl>", "<sy:updatePeriod>x</sy:updatePeriod>"):
        assert read(rss("", channel="<title>C</title>" + poisoned)).pause_seconds is None
    zero = "<title>C</title><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>"
    assert read(rss("", channel=zero)).pause_seconds == 86_400


OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Courier" type="rss" xmlUrl="https://courier.example/rss"/>
<outline xmlurl="feeds/times.xml"/><outline xmlUrl="javascript:alert(1)"/><outline xmlUrl="file:///etc/passwd"/>
<outline xmlUrl="https://courier.example/rss"/></outline></body></opml>"""


def test_a_list_of_feeds_gives_each_feed_once() -> None:
    listed = read_opml(OPML, "https://me.example/list.opml", settings=SETTINGS, most=10)
    assert listed.urls == ("https://courier.example/rss", "https://me.example/feeds/times.xml")
    assert read_opml(OPML, None, settings=SETTINGS, most=1).left == 0
    assert read_opml(OPML, "https://me.example/", settings=SETTINGS, most=1).left == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (RSS, "xml feed"),
        (ATOM, "xml feed"),
        (RDF, "xml feed"),
        ("\ufeff\n<!-- made by hand -->\n<?xml-stylesheet href='x'?><rss version='2.0'>", "xml feed"),
        (JSON, "json feed"),
        ('{"items": [{"id": "1"}], "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', "json feed"),
        (OPML, "opml"),
        (f"<!DOCTYPE html><html><body><pre>{RSS}</pre></body></html>", None),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><owl:Class/></rdf:RDF>", None),
        ('{"version": "1", "items": []}', None),
        ("The keeper left. <rss> is a format.", None),
        ("", None),
    ],
)
def test_a_feed_is_known_by_what_stands_first_in_it(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    "items",
    [
        None,
        5,
        [1, "x", None, []],
        [{"id": [], "url": {}, "title": 7, "authors": {"name": 1}, "author": [1], "content_html": False}],
        [{"id": 12.5, "date_published": 7, "summary": ["x"], "authors": [None, {"name": None}]}],
    ],
)
def test_a_json_feed_with_the_wrong_things_in_it_does_no_harm(items: object) -> None:
    text = json.dumps({"version": "https://jsonfeed.org/version/1", "title": 5, "items": items})
    if isinstance(items, list):
        assert all(entry.title is None for entry in read(text).entries)
    else:
        with pytest.raises(InputRefused):
            read(text)


@given(st.integers(0, len(RSS)), st.text(max_size=8))
def test_a_feed_cut_or_scribbled_on_anywhere_is_read_or_refused(at: int, scribble: str) -> None:
    for text in (RSS[:at], RSS[:at] + scribble + RSS[at:]):
        for one in feed_items(text.encode("utf-8", "replace"), "all.xml", settings=SETTINGS):
            assert isinstance(one, Item | Refusal)
