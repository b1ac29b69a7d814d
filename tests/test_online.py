"""From an address to an article: pages, feeds and lists of feeds from a real server, each taken for what it is."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import escape
from typing import Any

import pytest
from serving import QUICK, Asked, Reply, Server, Sleeps, answer, fetcher

from variorum.config import Fetch, Ingest
from variorum.ingest.fetch import Fetcher
from variorum.ingest.online import receive_online
from variorum.records import Received, Refusal, Validators

PARAGRAPHS = (
    "The keeper of the Skarn lighthouse put out his lamp for the last time on Friday evening, in front of a crowd.",
    "The harbour board said the lamp would be run from the mainland from Monday, by two engineers and a computer.",
    "Odd Brenner, who is 71, said he had counted nine thousand ships and that only two of them had ever waved back.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(title: str = "Last keeper leaves Skarn", head: str = "", body: str = BODY) -> str:
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def rss(*items: str, title: str = "The Skarn Courier", link: str = "") -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title><link>{link}</link>{listed}</channel></rss>"
    )


def item(number: int, extra: str = "") -> str:
    return f"<title>Report {number}</title><link>/{number}</link><description>Short.</description>{extra}"


def online(
    replies: dict[str, Reply], *paths: str, settings: Fetch = QUICK, host: str = "127.0.0.1", **given: Any
) -> list[Received | Refusal]:
    with Server(replies) as server, fetcher(settings, resolve=lambda *_: ["127.0.0.1"]) as asking:
        return list(receive_online([server.url(path, host) for path in paths], fetcher=asking, **given))


def one(replies: dict[str, Reply], path: str = "/", **given: Any) -> Received:
    (received,) = online(replies, path, **given)
    assert isinstance(received, Received), received
    return received


def no(replies: dict[str, Reply], path: str = "/", **given: Any) -> str:
    (refused,) = online(replies, path, **given)
    assert isinstance(refused, Refusal)
    return refused.reason


def test_a_page_is_an_article_with_its_address_and_what_it_states_of_itself() -> None:
    head = '<meta property="og:site_name" content="The Skarn Courier">'
    received = one({"/keeper": answer(page(head=head))}, "/keeper", host="www.courier.example")
    article = received.article
    assert [article.slice(part.start, part.end) for part in article.parts_of("body")] == list(PARAGRAPHS)
    assert article.outlet == "The Skarn Courier"
    assert article.url == received.place
    assert article.url is not None
    assert article.url.endswith("/keeper")
    assert (article.path, received.key, received.media_type) == (None, None, "text/html")
    assert received.raw == page(head=head).encode()


def test_a_page_that_names_no_outlet_is_its_hosts() -> None:
    assert one({"/": answer(page())}, host="www.courier.example").article.outlet == "courier.example"
    assert one({"/": answer("\n\n".join(PARAGRAPHS), kind="text/plain")}, host="quay.example").article.outlet == (
        "quay.example"
    )


def test_an_address_that_moved_is_told_where_it_is_now() -> None:
    replies: dict[str, Reply] = {"/": answer(status="301 x", Location="/keeper"), "/keeper": answer(page())}
    assert one(replies).place.endswith("/keeper")


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "image/png", "text/html", "x", ""])
def test_a_page_is_a_page_whatever_its_server_calls_it(kind: str) -> None:
    article = one({"/": answer(page(), kind=kind)}).article
    assert [article.slice(part.start, part.end) for part in article.parts_of("body")] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("raw", "kind", "why"),
    [
        (b"%PDF-1.7 lamp", "text/html", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "a PNG picture"),
        (b"\x00\x01\x02 lamp \x00 \xff", "text/html", "a binary file"),
        (b'{"message": "' + " ".join(PARAGRAPHS).encode() + b'"}', "application/json", "calls it application/json"),
        (b".lamp { color: red }", "text/css", "calls it text/css"),
    ],
)
def test_what_is_no_page_is_told_by_its_bytes(raw: bytes, kind: str, why: str) -> None:
    assert why in no({"/": answer(raw, kind=kind)})


@pytest.mark.parametrize(
    ("codec", "kind", "declared"),
    [
        ("utf-16", "text/html", ""),
        ("utf-8", "text/html; charset=windows-1251", ""),
        ("windows-1251", "text/html; charset=windows-1251", "<meta charset='shift_jis'>"),
        ("windows-1251", "text/html; charset=utf-8", "<meta charset='windows-1251'>"),
        ("windows-1251", "text/html; charset=iso-8859-1", "<meta charset='windows-1251'>"),
        ("windows-1251", "text/html; charset=klingon", "<meta charset='windows-1251'>"),
    ],
)
def test_letters_are_read_by_the_header_where_it_is_right_and_by_the_page_where_not(
    codec: str, kind: str, declared: str
) -> None:
    words = "Маяк на острове погас в пятницу вечером. Смотритель сказал, что лампу починят в понедельник утром."
    markup = page("Маяк погас", declared, f"<p>{words}</p><p>{words[::-1]}</p><p>{words.upper()}</p>")
    assert words in one({"/": answer(markup.encode(codec), kind=kind)}).article.text


FEED_LINK = '<link rel="Alternate" type="application/rss+xml" href="/feed.xml">'


def test_a_page_with_no_article_names_the_feed_it_links() -> None:
    empty = f"<!DOCTYPE html><html><head>{FEED_LINK}</head><body><script>x()</script></body></html>"
    reason = no({"/world": answer(empty)}, "/world")
    assert "It links a feed, which can be asked for instead: http://" in reason
    assert reason.endswith("/feed.xml")
    assert "feed" not in no({"/": answer(empty.replace("/feed.xml", "javascript:x"))})


def test_the_front_page_of_a_site_that_has_a_feed_is_no_report() -> None:
    front = page("The Skarn Courier", FEED_LINK)
    assert "the front page of a site" in no({"/": answer(front)})
    assert one({"/keeper": answer(front)}, "/keeper").article.title == "The Skarn Courier"


def test_a_feed_gives_its_reports_from_their_pages_in_its_order() -> None:
    replies: dict[str, Reply] = {f"/{at}": answer(page(f"Report number {at} of Skarn")) for at in range(5)}
    replies["/feed"] = answer(rss(*(item(at) for at in range(5))), kind="text/html")
    found = online(replies, "/feed")
    assert [one.article.title for one in found if isinstance(one, Received)] == [
        f"Report number {at} of Skarn" for at in range(5)
    ]
    assert all(isinstance(one, Received) and one.key == one.place for one in found)


def test_a_report_the_feed_carries_whole_is_not_fetched_again() -> None:
    whole = f"<guid isPermaLink='false'>71</guid><content:encoded>{escape(BODY)}</content:encoded>"
    with Server({"/feed": answer(rss(item(1, whole), title="Courier"))}) as server, fetcher() as asking:
        (received,) = receive_online([server.url("/feed")], fetcher=asking)
        assert server.paths == ["/feed"]
        assert isinstance(received, Received)
        assert received.key == f"{server.url('/feed')}#71"
        assert received.place == server.url("/1")
    assert (received.article.outlet, received.article.title) == ("Courier", "Report 1")


def test_the_page_knows_better_than_the_feed_and_the_feed_fills_in() -> None:
    told = "<pubDate>Sat, 03 May 2031 21:15:00 GMT</pubDate><author>a@b.example (Ana Torvald)</author>"
    received = one({"/feed": answer(rss(item(1, told))), "/1": answer(page())}, "/feed").article
    assert (received.title, received.byline) == ("Last keeper leaves Skarn", ("Ana Torvald",))
    assert received.published is not None
    assert received.published.at == datetime(2031, 5, 3, 21, 15, tzinfo=UTC)
    dated = (
        '<meta property="article:published_time" content="2031-05-04T08:00:00Z"><meta name="author" content="Bo Li">'
    )
    received = one({"/feed": answer(rss(item(1, told))), "/1": answer(page(head=dated))}, "/feed").article
    assert received.byline == ("Bo Li",)
    assert received.published is not None
    assert received.published.at == datetime(2031, 5, 4, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("extra", "link", "head", "outlet"),
    [
        ("<source url='x'>The Harbour Times</source>", "", "", "The Harbour Times"),
        ("<source url='x'>Harbour</source>", "", "<meta property='og:site_name' content='Skarn News'>", "Skarn News"),
        ("", "http://courier.example/", "", "The Skarn Courier"),
        ("", "http://round-up.example/", "<link rel='canonical' href='http://courier.example/1'>", "courier.example"),
    ],
)
def test_the_outlet_is_who_published_the_page_and_not_who_listed_it(
    extra: str, link: str, head: str, outlet: str
) -> None:
    with Server({}) as server, fetcher(resolve=lambda *_: ["127.0.0.1"]) as asking:
        at = f"<title>t</title><link>{server.url('/1', 'courier.example')}</link>{extra}"
        host = "round-up.example" if "round-up" in link else "feeds.courier.example"
        server.replies |= {"/feed": answer(rss(at, link=link)), "/1": answer(page(head=head))}
        (received,) = receive_online([server.url("/feed", host)], fetcher=asking)
    assert isinstance(received, Received)
    assert received.article.outlet == outlet


def test_what_is_known_and_unchanged_is_not_fetched_again() -> None:
    asked: list[tuple[str, datetime | None]] = []

    def known(key: str, at: datetime | None) -> bool:
        asked.append((key.rpartition("/")[2], at))
        return key.endswith("/1")

    dated = "<pubDate>Sat, 03 May 2031 21:15:00 GMT</pubDate>"
    with Server({"/feed": answer(rss(item(1, dated), item(2))), "/2": answer(page())}) as server, fetcher() as asking:
        found = list(receive_online([server.url("/feed")], fetcher=asking, known=known))
        assert server.paths == ["/feed", "/2"]
    assert len(found) == 1
    assert asked == [("1", datetime(2031, 5, 3, 21, 15, tzinfo=UTC)), ("2", None)]


class Kept(dict[str, Validators]):
    """What an archive would remember."""

    def validators(self, url: str) -> Validators | None:
        return self.get(url)

    def remember(self, url: str, validators: Validators) -> None:
        self[url] = validators


def with_etag(make: Callable[[], bytes]) -> Reply:
    def reply(asked: Asked) -> bytes:
        return answer("", "304 Not Modified") if "if-none-match" in asked.headers else make()

    return reply


def test_a_feed_is_remembered_when_its_last_report_was_taken_and_not_before() -> None:
    kept = Kept()
    feed = with_etag(lambda: answer(rss(item(1), item(2)), ETag='"f"'))
    replies: dict[str, Reply] = {"/feed": feed, "/1": answer(page("One lamp out")), "/2": answer(page("Two lamps out"))}
    with Server(replies) as server, fetcher(memory=kept) as asking:
        begun = receive_online([server.url("/feed")], fetcher=asking)
        next(begun)
        begun.close()  # type: ignore[attr-defined]
        assert kept == {}, "a run that was killed would never see the second report"
        assert len(list(receive_online([server.url("/feed")], fetcher=asking))) == 2
        assert list(kept) == [server.url("/feed")]
        assert list(receive_online([server.url("/feed")], fetcher=asking)) == []


def test_a_feed_with_a_page_that_failed_for_now_is_read_again() -> None:
    kept = Kept()
    replies: dict[str, Reply] = {
        "/feed": with_etag(lambda: answer(rss(item(1), item(2)), ETag='"f"')),
        "/1": answer("x", "500 Oops"),
        "/2": answer(page(), ETag='"p"'),
    }
    with Server(replies) as server, fetcher(memory=kept) as asking:
        first, second = receive_online([server.url("/feed")], fetcher=asking)
        assert isinstance(first, Refusal)
        assert "answered 500" in first.reason
        assert isinstance(second, Received)
        assert list(kept) == [server.url("/2")]
        server.replies["/1"] = answer("x", "410 Gone")
        (refused,) = receive_online([server.url("/feed")], fetcher=asking, known=lambda key, _: key.endswith("/2"))
        assert isinstance(refused, Refusal)
        assert server.url("/feed") in kept, "what is gone for good is not waited for"


def test_only_so_many_pages_are_fetched_of_one_feed_at_a_time_and_the_rest_later() -> None:
    settings = Fetch(allow_private=True, feed_pages=2)
    replies: dict[str, Reply] = {f"/{at}": answer(page(f"Report number {at} of Skarn")) for at in range(4)}
    replies["/feed"] = answer(rss(*(item(at) for at in range(4))), ETag='"f"')
    kept = Kept()
    with Server(replies) as server, fetcher(settings, memory=kept) as asking:
        *two, refused = receive_online([server.url("/feed")], fetcher=asking)
        assert len(two) == 2
        assert isinstance(refused, Refusal)
        assert "2 more new reports than are fetched at one time (2)" in refused.reason
        assert kept == {}


def test_a_list_of_feeds_is_read_feed_by_feed_and_never_in_a_circle() -> None:
    opml = (
        '<opml version="2.0"><body><outline xmlUrl="/a"/><outline xmlUrl="/b"/><outline xmlUrl="/list"/></body></opml>'
    )
    replies: dict[str, Reply] = {
        "/list": answer(opml),
        "/1": answer(page("One lamp out")),
        "/2": answer(page("Two lamps out")),
    }
    replies |= {"/a": answer(rss(item(1))), "/b": answer(rss(item(2)))}
    first, second, refused = online(replies, "/list")
    assert [one.article.title for one in (first, second) if isinstance(one, Received)] == [
        "One lamp out",
        "Two lamps out",
    ]
    assert isinstance(refused, Refusal)
    assert "a list of feeds inside a list" in refused.reason
    assert "names no feed" in no({"/": answer('<opml><body><outline xmlUrl="file:///x"/></body></opml>')})
    some = online(replies, "/list", settings=Fetch(allow_private=True, opml_feeds=1))
    assert "2 more feeds than are read of one list (1)" in str(some[-1])


def test_answers_come_in_the_order_of_the_questions_whichever_host_is_first() -> None:
    order: list[str] = []

    def reply(asked: Asked) -> Iterator[bytes]:
        order.append(asked.path)
        yield answer(page(f"Report number {asked.path[1:]} of Skarn"))

    paths = [f"/{at}" for at in range(12)]
    settings = Fetch(allow_private=True, batch=5, threads=3)
    with Server(dict.fromkeys(paths, reply)) as server, fetcher(settings, resolve=lambda *_: ["127.0.0.1"]) as asking:
        urls = [server.url(path, f"host{at % 3}.example") for at, path in enumerate(paths)]
        found = list(receive_online(urls, fetcher=asking))
        assert [one.place for one in found if isinstance(one, Received)] == urls
        assert sorted(order) == sorted(paths)


@pytest.mark.parametrize("url", ["", "x", "file:///etc/passwd", "http://[", "http://127.0.0.1:1/\x00", "http://a@b/"])
def test_an_address_that_is_none_is_refused_beside_the_others(url: str) -> None:
    with Server({"/": answer(page())}) as server, fetcher() as asking:
        refused, received = receive_online([url, server.url()], fetcher=asking)
    assert isinstance(refused, Refusal)
    assert isinstance(received, Received)


def test_a_feed_that_broke_off_is_read_as_far_as_it_goes_and_again_the_next_time() -> None:
    kept = Kept()
    half = rss(item(1), item(2))[:-60]
    replies: dict[str, Reply] = {"/feed": answer(half, ETag='"f"'), "/1": answer(page())}
    with Server(replies) as server, fetcher(memory=kept) as asking:
        assert any(isinstance(one, Received) for one in receive_online([server.url("/feed")], fetcher=asking))
        assert server.url("/feed") not in kept
    assert "lists no report" in no({"/": answer("<rss version='2.0'><chan")})


def test_a_hostile_feed_is_one_refusal() -> None:
    assert "declares entities" in no({"/": answer('<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"/>')})
    assert "lists no report" in no({"/": answer(rss())})
    assert "another feed" in no({"/": answer(rss(item(1))), "/1": answer(rss(item(2)))})


def test_nothing_is_fetched_after_the_fetcher_was_closed() -> None:
    sleeps = Sleeps()
    with Server({"/": answer(page())}) as server:
        asking = Fetcher(settings=QUICK, proxies={}, clock=sleeps.clock, sleep=sleeps.sleep)
        asking.close()
        (refused,) = receive_online([server.url()], fetcher=asking, settings=Ingest())
        assert isinstance(refused, Refusal)
        assert server.asked == []
