"""Feeds and folders watched for months: what is new comes once, nothing ends it, nobody is asked too often."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape
from itertools import islice
from pathlib import Path

import pytest
from serving import NOW, QUICK, Reply, Server, Sleeps, answer
from serving import fetcher as real_fetcher

from variorum.config import Fetch, Ingest
from variorum.errors import FetchRefused
from variorum.ingest import watch_feed
from variorum.ingest.fetch import Fetcher
from variorum.ingest.online import nothing_known
from variorum.ingest.watch import watch
from variorum.records import Fetched, Pause, Received, Refusal, Validators

PARAGRAPHS = (
    "The keeper of the Skarn lighthouse put out his lamp for the last time on Friday evening, in front of a crowd.",
    "The harbour board said the lamp would be run from the mainland from Monday, by two engineers and a computer.",
    "Odd Brenner, who is 71, said he had counted nine thousand ships and that only two of them had ever waved back.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
FEED = "http://courier.example/feed"


def whole(number: int) -> str:
    content = escape(f"<p>Report {number}.</p>{BODY}")
    return (
        f"<item><title>Report {number}</title><link>/{number}</link><content:encoded>{content}</content:encoded></item>"
    )


def rss(*items: str, channel: str = "") -> str:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Skarn Courier</title>{channel}{''.join(items)}</channel></rss>"
    )


class Answers(Fetcher):
    """A fetcher that asks nobody: each address answers what the test puts there, and notes when it was asked."""

    def __init__(self, sleeps: Sleeps, settings: Fetch | None = None) -> None:
        super().__init__(settings=settings, proxies={})
        self.sleeps = sleeps
        self.at: dict[str, Callable[[], str] | str | FetchRefused | None] = {}
        self.fresh: float | None = None
        self.asked: list[tuple[str, float]] = []
        self.settled: list[str] = []

    def fetch(self, url: str) -> Fetched:
        self.asked.append((url, self.sleeps.at - 1_000))
        held = self.at.get(url, FetchRefused(f"{url} was not fetched: gone.", status=404))
        held = held() if callable(held) else held
        if isinstance(held, FetchRefused):
            raise held
        raw, status = (b"", 304) if held is None else (held.encode(), 200)
        none = Validators(None, None)
        return Fetched(url, url, status, None, None, raw, held is None, none, NOW, fresh_seconds=self.fresh)

    def settle(self, fetched: Fetched) -> None:
        self.settled.append(fetched.url)

    def times(self, url: str = FEED) -> list[float]:
        return [at for asked, at in self.asked if asked == url]


def seen(
    asking: Fetcher,
    sleeps: Sleeps,
    *places: str | Path,
    hours: float = 1,
    known: Callable[[str, datetime | None], bool] = nothing_known,
) -> list[Received | Refusal]:
    """What a watch of so many hours gives, pauses aside."""
    begun = sleeps.at
    watching = watch(
        places,
        fetcher=asking,
        settings=Ingest(),
        known=known,
        clock=sleeps.clock,
        sleep=sleeps.sleep,
        stop=lambda: sleeps.at - begun >= hours * 3_600,
    )
    return [one for one in watching if not isinstance(one, Pause)]


def titles(found: list[Received | Refusal]) -> list[str | None]:
    return [one.article.title for one in found if isinstance(one, Received)]


def once(taken: set[str]) -> Callable[[str, datetime | None], bool]:
    """An archive's answer: each report is known the second time it is asked about."""

    def known(key: str, _: datetime | None) -> bool:
        is_known = key in taken
        taken.add(key)
        return is_known

    return known


def test_a_feed_is_asked_every_quarter_of_an_hour_and_gives_each_report_once() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    items = [whole(1)]

    def growing() -> str:
        made = rss(*items)
        items.insert(0, whole(len(items) + 1))
        return made

    asking.at[FEED] = growing
    assert titles(seen(asking, sleeps, FEED, known=once(set()))) == ["Report 1", "Report 2", "Report 3", "Report 4"]
    assert asking.times() == [0, 900, 1_800, 2_700]
    assert asking.settled == [FEED] * 4


@pytest.mark.parametrize(
    ("channel", "fresh", "second"),
    [
        ("<ttl>60</ttl>", None, 3_600),
        ("<ttl>1</ttl>", None, 900),
        ("<ttl>99999999</ttl>", None, 21_600),
        ("", 7_200, 7_200),
        ("", 5, 900),
        ("", 999_999_999, 21_600),
    ],
)
def test_a_feed_may_ask_to_be_left_alone_for_longer_and_not_for_ever(
    channel: str, fresh: float | None, second: float
) -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    asking.at[FEED], asking.fresh = rss(whole(1), channel=channel), fresh
    seen(asking, sleeps, FEED, hours=7)
    assert asking.times()[1] == second


def test_nobody_can_have_a_feed_asked_for_without_a_pause() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps, Fetch(poll_seconds=0))
    asking.at[FEED] = None
    seen(asking, sleeps, FEED, hours=0.1)
    assert asking.times() == [0, 60, 120, 180, 240, 300]


def test_a_feed_that_fails_is_asked_more_and_more_seldom_and_told_of_once() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    failing = FetchRefused(f"{FEED} was not fetched: it broke off.", is_passing=True)
    asking.at[FEED] = failing
    found = seen(asking, sleeps, FEED, hours=24)
    assert found == [Refusal(FEED, failing.reason)]
    assert asking.times()[:6] == [0, 1_800, 5_400, 12_600, 27_000, 48_600]


def test_a_feed_that_recovers_is_asked_as_often_as_before_and_told_of_again_when_it_fails_again() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    failing = FetchRefused(f"{FEED} was not fetched: it broke off.", is_passing=True)
    answers: Iterator[str | FetchRefused | None] = iter([failing, failing, rss(whole(1)), None, failing])

    def turns() -> str:
        held = next(answers, None)
        if isinstance(held, FetchRefused):
            raise held
        return held or rss(whole(1))

    asking.at[FEED] = turns
    found = seen(asking, sleeps, FEED, hours=2.5, known=once(set()))
    assert [type(one) for one in found] == [Refusal, Received, Refusal]
    assert asking.times() == [0, 1_800, 5_400, 6_300, 7_200]


def test_a_server_that_asks_for_hours_gets_them() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    asking.at[FEED] = FetchRefused("busy.", status=503, retry_seconds=50_000, is_passing=True)
    seen(asking, sleeps, FEED, hours=20)
    assert asking.times() == [0, 50_000]


def test_what_has_not_changed_costs_nothing() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    asking.at[FEED] = None
    assert seen(asking, sleeps, FEED) == []
    assert len(asking.asked) == 4
    assert asking.settled == []


def test_several_feeds_are_not_all_asked_at_one_moment() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    feeds = [f"http://courier.example/{at}" for at in range(3)]
    asking.at |= dict.fromkeys(feeds)
    seen(asking, sleeps, *feeds, feeds[0], hours=0.9)
    assert [asking.times(feed)[:3] for feed in feeds] == [[0, 900, 1_800], [0, 1_200, 2_100], [0, 1_500, 2_400]]


def test_a_page_that_holds_no_report_is_fetched_once_and_not_whenever_its_feed_changes() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    dates = iter(range(10, 30))

    def changing() -> str:
        still = "<item><title>Seal</title><link>/seal</link><pubDate>Sat, 03 May 2031 21:15:00 GMT</pubDate></item>"
        moving = f"<item><title>Lamp</title><link>/lamp</link><pubDate>Sat, {next(dates)} May 2031</pubDate></item>"
        return rss(still, moving)

    asking.at[FEED] = changing
    found = seen(asking, sleeps, FEED)
    assert len(asking.times("http://courier.example/seal")) == 1
    assert len(asking.times("http://courier.example/lamp")) == 4
    assert len(found) == 5


def test_a_list_of_feeds_is_watched_feed_by_feed() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    asking.at["http://me.example/list"] = f'<opml><body><outline xmlUrl="{FEED}"/><outline xmlUrl="/b"/></body></opml>'
    asking.at[FEED] = rss(whole(1))
    asking.at["http://me.example/b"] = rss(whole(2))
    found = seen(asking, sleeps, "http://me.example/list", hours=0.2)
    assert titles(found) == ["Report 1", "Report 2"]
    assert len(asking.times("http://me.example/list")) == 1


def test_a_feed_that_lists_nothing_yet_is_no_failure() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    asking.at[FEED] = rss()
    assert seen(asking, sleeps, FEED) == []
    assert asking.times() == [0, 900, 1_800, 2_700]


def test_what_is_no_feed_is_told_and_tried_again() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    asking.at[FEED] = "<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head></html>"
    (refused,) = seen(asking, sleeps, FEED)
    assert isinstance(refused, Refusal)
    assert refused.reason == "This is no feed. It links one, which can be watched instead: http://courier.example/rss"
    asking.at[FEED] = rss(whole(1))
    assert titles(seen(asking, sleeps, FEED)) == ["Report 1"] * 4


def test_a_pause_says_how_long_and_what_is_next() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    asking.at[FEED] = None
    watching = watch([FEED], fetcher=asking, clock=sleeps.clock, sleep=sleeps.sleep)
    assert list(islice(watching, 2)) == [Pause(900, FEED), Pause(900, FEED)]
    assert max(sleeps) <= 1, "a longer nap would notice too late that it should stop"


def test_a_watch_stops_between_any_two_reports() -> None:
    sleeps = Sleeps()
    asking = Answers(sleeps)
    asking.at[FEED] = rss(whole(1), whole(2), whole(3))
    found: list[Received | Refusal | Pause] = []
    watching = watch([FEED], fetcher=asking, clock=sleeps.clock, sleep=sleeps.sleep, stop=lambda: len(found) >= 2)
    found.extend([next(watching), next(watching)])
    assert list(watching) == []
    assert asking.settled == [], "the third report has not been taken"
    assert list(watch([], fetcher=asking)) == []


def text(number: int = 0) -> str:
    return f"Report {number} from Skarn\n\n" + "\n\n".join(PARAGRAPHS)


def test_a_file_is_read_when_it_has_been_still_and_again_when_it_has_changed(tmp_path: Path) -> None:
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / "one.txt").write_text(text(1))
    sleeps = Sleeps()
    watching = watch([folder], fetcher=Answers(sleeps), clock=sleeps.clock, sleep=sleeps.sleep)
    assert next(watching) == Pause(10, "clippings"), "at the first look nobody knows whether it is still being written"
    first = next(watching)
    assert isinstance(first, Received)
    assert (first.place, first.article.path) == ("one.txt", "one.txt")
    assert isinstance(next(watching), Pause)
    (folder / "deep").mkdir()
    growing = folder / "deep/two.txt"
    growing.write_text(text(2)[:40])
    assert isinstance(next(watching), Pause)
    growing.write_text(text(2))
    assert isinstance(next(watching), Pause), "it has grown since the last look"
    second = next(watching)
    assert isinstance(second, Received)
    assert (second.place, second.article.title) == ("deep/two.txt", "Report 2 from Skarn")
    assert [isinstance(one, Pause) for one in islice(watching, 3)] == [True] * 3
    (folder / "one.txt").write_text(text(7))
    os.utime(folder / "one.txt", ns=(1, 1))
    changed = [one for one in islice(watching, 3) if isinstance(one, Received)]
    assert [one.article.title for one in changed] == ["Report 7 from Skarn"]


def test_bad_files_are_told_once_and_the_good_ones_still_come(tmp_path: Path) -> None:
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / "bad.html").write_bytes(b"%PDF-1.7")
    (folder / "empty.txt").write_text("")
    (folder / "loop").symlink_to(folder)
    (folder / "good.txt").write_text(text())
    sleeps = Sleeps()
    found = seen(Answers(sleeps), sleeps, folder, tmp_path / "not-there", hours=0.02)
    assert titles(found) == ["Report 0 from Skarn"]
    refused = [one.path for one in found if isinstance(one, Refusal)]
    assert sorted(refused) == ["bad.html", "empty.txt", "loop", "not-there"]


def test_a_folder_that_comes_later_is_watched_when_it_comes(tmp_path: Path) -> None:
    sleeps = Sleeps()
    folder = tmp_path / "later"
    assert [type(one) for one in seen(Answers(sleeps), sleeps, folder, hours=0.01)] == [Refusal]
    folder.mkdir()
    assert seen(Answers(sleeps), sleeps, folder, hours=0.01) == [], "an empty folder is what a watch begins with"


def test_a_fault_of_our_own_is_told_and_does_not_end_the_watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.txt").write_text(text())

    def broken(*_: object, **__: object) -> None:
        raise RecursionError("of all things")

    monkeypatch.setattr("variorum.ingest.guarded.compose", broken)
    sleeps = Sleeps()
    asking = Answers(sleeps)
    asking.at[FEED] = rss(whole(1))
    found = seen(asking, sleeps, FEED, tmp_path, hours=0.02)
    assert len(found) == 2
    for one in found:
        assert isinstance(one, Refusal)
        assert "a fault of this program and not of the report (RecursionError)" in one.reason


def test_a_real_feed_is_watched_through_its_bad_days() -> None:
    days: Iterator[bytes] = iter(
        [
            answer("busy", "500 Oops"),
            b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<rss",
            answer(rss(whole(1), "<item><title>Two</title><link>/two</link></item>"), ETag='"f"', kind="text/html"),
            answer("", "304 Not Modified"),
            answer("<rss version='2.0'><chan", ETag='"g"'),
            answer(rss(whole(3), whole(1)), ETag='"h"'),
        ]
    )
    memory: dict[str, Validators] = {}

    class Kept:
        def validators(self, url: str) -> Validators | None:
            return memory.get(url)

        def remember(self, url: str, validators: Validators) -> None:
            memory[url] = validators

    page = f"<!doctype html><title>Two lamps out</title><article><h1>Two lamps out</h1>{BODY}</article>"
    replies: dict[str, Reply] = {"/feed": lambda _: next(days), "/two": answer(page)}
    sleeps = Sleeps()
    with Server(replies) as server, real_fetcher(QUICK, sleeps, memory=Kept()) as asking:
        found = seen(asking, sleeps, server.url("/feed"), hours=2.6, known=once(set()))
        assert server.paths == ["/feed"] * 3 + ["/two"] + ["/feed"] * 3
        assert server.asked[-1].headers["if-none-match"] == '"f"'
    assert titles(found) == ["Report 1", "Two lamps out", "Report 3"]
    reasons = [one.reason for one in found if isinstance(one, Refusal)]
    assert len(reasons) == 3
    assert "answered 500" in reasons[0]
    assert "broke off" in reasons[1]


def test_doublings_have_an_end() -> None:
    assert Fetch().poll_most_seconds < 60 * 2**watch_feed._DOUBLINGS
