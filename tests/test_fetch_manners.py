"""A host is asked only what its rules allow, one thing at a time, with a pause between, and not while it is busy."""

import threading
from collections.abc import Iterator

import pytest
from serving import QUICK, Asked, Reply, Server, Sleeps, answer, fetcher

from variorum.config import Fetch
from variorum.errors import FetchRefused
from variorum.records import Validators

PAGE = answer("<p>The keeper put out his lamp on Friday.</p>")


def rules(text: str, status: str = "200 OK") -> bytes:
    return answer(text, status, "text/plain")


class Kept(dict[str, Validators]):
    """What an archive would remember."""

    def validators(self, url: str) -> Validators | None:
        return self.get(url)

    def remember(self, url: str, validators: Validators) -> None:
        self[url] = validators


def test_what_robots_txt_forbids_is_not_asked_for() -> None:
    replies = {"/robots.txt": rules("User-agent: *\nDisallow: /archive\nAllow: /archive/open"), "/archive/open": PAGE}
    with Server(replies) as server, fetcher() as asking:
        with pytest.raises(FetchRefused, match=r"robots\.txt of its host does not allow it") as refusal:
            asking.fetch(server.url("/archive/1"))
        assert not refusal.value.is_passing
        asking.fetch(server.url("/archive/open"))
        assert server.paths == ["/archive/open"]


def test_rules_for_this_program_outweigh_those_for_all() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: Variorum\nAllow: /\nDisallow: /not-you"
    with Server({"/robots.txt": rules(text), "/a": PAGE}) as server, fetcher() as asking:
        asking.fetch(server.url("/a"))
        with pytest.raises(FetchRefused):
            asking.fetch(server.url("/not-you"))


@pytest.mark.parametrize("status", ["400 Bad", "401 No", "403 Forbidden", "404 Not Found", "410 Gone"])
def test_where_there_are_no_rules_everything_may_be_asked(status: str) -> None:
    with Server({"/robots.txt": rules("User-agent: *\nDisallow: /", status), "/": PAGE}) as server, fetcher() as asking:
        asking.fetch(server.url())


@pytest.mark.parametrize("status", ["429 Slow", "500 Oops", "503 Busy"])
def test_where_the_rules_cannot_be_had_nothing_is_asked_for_a_while(status: str) -> None:
    sleeps = Sleeps()
    with Server({"/robots.txt": rules("", status), "/": PAGE}) as server, fetcher(sleeps=sleeps) as asking:
        for _ in range(3):
            with pytest.raises(FetchRefused, match=f"its robots.txt answered {status[:3]}") as refusal:
                asking.fetch(server.url())
            assert refusal.value.is_passing
        assert len(server.asked) == 1
        server.replies["/robots.txt"] = rules("")
        sleeps.at += QUICK.robots_retry_seconds
        asking.fetch(server.url())


def test_rules_that_break_off_on_the_way_are_not_taken_for_none() -> None:
    broken = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nUser-agent: *"
    with Server({"/robots.txt": broken, "/": PAGE}) as server, fetcher() as asking:
        with pytest.raises(FetchRefused, match="could not be learned"):
            asking.fetch(server.url())
        assert server.paths == []


def test_rules_are_asked_for_once_and_again_after_a_day() -> None:
    sleeps = Sleeps()
    with Server({"/": PAGE}) as server, fetcher(sleeps=sleeps) as asking:
        for _ in range(3):
            asking.fetch(server.url())
        assert [asked.path for asked in server.asked].count("/robots.txt") == 1
        sleeps.at += QUICK.robots_seconds
        asking.fetch(server.url())
        assert [asked.path for asked in server.asked].count("/robots.txt") == 2


def test_rules_may_stand_behind_a_redirect_and_one_without_end_is_no_rules() -> None:
    forbidding = rules("User-agent: *\nDisallow: /")
    with (
        Server({"/robots.txt": answer(status="301 x", Location="/r"), "/r": forbidding, "/": PAGE}) as server,
        fetcher() as asking,
        pytest.raises(FetchRefused, match="does not allow it"),
    ):
        asking.fetch(server.url())
    with (
        Server({"/robots.txt": answer(status="301 x", Location="/robots.txt"), "/": PAGE}) as server,
        fetcher() as asking,
    ):
        asking.fetch(server.url())


def test_of_endless_rules_only_the_first_half_megabyte_counts() -> None:
    def endless(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /no\n"
        for _ in range(20_000):
            yield b"Disallow: /" + b"x" * 3_000 + b"\n"

    with Server({"/robots.txt": endless, "/": PAGE}) as server, fetcher() as asking:
        asking.fetch(server.url())
        with pytest.raises(FetchRefused, match="does not allow it"):
            asking.fetch(server.url("/no"))


@pytest.mark.parametrize("text", ["\x00\xff" * 500, "User-agent", ":::", "Disallow: /\n" * 50, "<html>" * 99])
def test_rules_that_are_none_forbid_nothing(text: str) -> None:
    with Server({"/robots.txt": rules(text), "/": PAGE}) as server, fetcher() as asking:
        asking.fetch(server.url())


def test_a_redirect_to_what_is_forbidden_is_not_followed() -> None:
    replies = {
        "/robots.txt": rules("User-agent: *\nDisallow: /no"),
        "/": answer(status="302 x", Location="/no"),
        "/no": PAGE,
    }
    with Server(replies) as server, fetcher() as asking:
        with pytest.raises(FetchRefused, match="does not allow it"):
            asking.fetch(server.url())
        assert server.paths == ["/"]


@pytest.mark.parametrize(("asked", "kept"), [("0.2", 1.0), ("5", 5.0), ("86400", 30.0), ("nan", 1.0), ("-5", 1.0)])
def test_a_host_is_given_the_pause_it_asks_for_within_reason(asked: str, kept: float) -> None:
    sleeps = Sleeps()
    replies = {"/robots.txt": rules(f"User-agent: *\nCrawl-delay: {asked}"), "/": PAGE}
    with Server(replies) as server, fetcher(sleeps=sleeps) as asking:
        asking.fetch(server.url())
        sleeps.clear()
        asking.fetch(server.url())
    assert sleeps == [kept]


def test_another_host_is_not_made_to_wait() -> None:
    sleeps = Sleeps()
    with Server({"/": PAGE}) as server, fetcher(sleeps=sleeps, resolve=lambda *_: ["127.0.0.1"]) as asking:
        asking.fetch(server.url("/", "courier.example"))
        sleeps.clear()
        asking.fetch(server.url("/", "times.example"))
        assert sleeps == [1.0]  # between its own robots.txt and its page


def test_one_host_is_asked_one_thing_at_a_time() -> None:
    at_once: list[int] = []
    inside = threading.Semaphore(1)

    def reply(_: Asked) -> bytes:
        at_once.append(int(inside.acquire(blocking=False)))
        threading.Event().wait(0.02)
        inside.release()
        return PAGE

    with Server({"/robots.txt": rules(""), "/": reply}) as server, fetcher() as asking:
        threads = [threading.Thread(target=asking.fetch, args=(server.url(),)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert at_once == [1] * 6


def _busy_then(page: bytes, **headers: str) -> Reply:
    answers = iter((answer("later", "503 Busy", **headers), page, page))
    return lambda _: next(answers)


@pytest.mark.parametrize(("header", "slept"), [("7", 7.0), ("Sun, 04 May 2031 12:00:20 GMT", 20.0), ("0", 1.0)])
def test_a_busy_server_is_asked_once_more_after_the_time_it_names(header: str, slept: float) -> None:
    sleeps = Sleeps()
    with Server({"/": _busy_then(PAGE, Retry_After=header)}) as server, fetcher(sleeps=sleeps) as asking:
        asking.fetch(server.url())
        assert sleeps == [1.0, slept]
        assert server.paths == ["/", "/"]


def test_a_server_that_asks_for_hours_is_left_alone_for_hours() -> None:
    sleeps = Sleeps()
    with Server({"/": _busy_then(PAGE, Retry_After="7200")}) as server, fetcher(sleeps=sleeps) as asking:
        with pytest.raises(FetchRefused, match="left alone for 7,200 seconds") as refusal:
            asking.fetch(server.url())
        assert (refusal.value.retry_seconds, refusal.value.status) == (7_200, 503)
        with pytest.raises(FetchRefused, match="asked to be left alone for another"):
            asking.fetch(server.url("/other"))
        assert server.paths == ["/"]
        sleeps.at += 7_200
        asking.fetch(server.url())


@pytest.mark.parametrize("header", ["99999999999999999999", "Sun, 04 May 2931 12:00:00 GMT"])
def test_no_server_can_have_itself_forgotten_for_years(header: str) -> None:
    sleeps = Sleeps()
    with Server({"/": _busy_then(PAGE, Retry_After=header)}) as server, fetcher(sleeps=sleeps) as asking:
        with pytest.raises(FetchRefused):
            asking.fetch(server.url())
        sleeps.at += 86_400
        asking.fetch(server.url())


@pytest.mark.parametrize("header", ["soon", "-5", "1e3", "١٢", "", "Sun, 99 Foo 0000 00:00:00"])
def test_a_time_that_is_none_is_not_waited_for(header: str) -> None:
    with Server({"/": answer("x", "503 Busy", Retry_After=header.encode().decode("latin-1"))}) as server:
        with fetcher() as asking, pytest.raises(FetchRefused, match="answered 503"):
            asking.fetch(server.url())
        assert server.paths == ["/"]


def test_what_has_not_changed_is_not_sent_again_once_it_was_taken() -> None:
    def reply(asked: Asked) -> bytes:
        if asked.headers.get("if-none-match") == '"a1"':
            assert asked.headers["if-modified-since"] == "Sun, 04 May 2031 10:00:00 GMT"
            return answer("", "304 Not Modified")
        return answer("<p>lamp</p>", ETag='"a1"', Last_Modified="Sun, 04 May 2031 10:00:00 GMT")

    kept = Kept()
    with Server({"/": reply}) as server, fetcher(memory=kept) as asking:
        first = asking.fetch(server.url())
        assert asking.fetch(server.url()).raw == first.raw, "what was not taken is sent again"
        asking.settle(first)
        again = asking.fetch(server.url())
    assert (again.not_modified, again.status, again.raw) == (True, 304, b"")


@pytest.mark.parametrize("etag", ['"' + "x" * 2_000 + '"', '"caf\xe9"'])
def test_a_poisoned_validator_is_not_kept(etag: str) -> None:
    kept = Kept()
    with Server({"/": answer("<p>lamp</p>", ETag=etag)}) as server, fetcher(memory=kept) as asking:
        asking.settle(asking.fetch(server.url()))
    assert kept == {}


def test_a_poisoned_memory_puts_no_header_into_a_request() -> None:
    with Server({"/": PAGE}) as server:
        with fetcher(memory=Kept({server.url(): Validators("a\r\nX-Evil: 1", None)})) as asking:
            asking.fetch(server.url())
        assert not {"if-none-match", "x-evil"} & set(server.asked[-1].headers)


def test_only_so_many_hosts_are_remembered() -> None:
    settings = Fetch(allow_private=True, hosts=2)
    with Server({"/": PAGE}) as server, fetcher(settings, resolve=lambda *_: ["127.0.0.1"]) as asking:
        for name in ("a", "b", "c", "a"):
            asking.fetch(server.url("/", f"{name}.example"))
        assert [asked.path for asked in server.asked].count("/robots.txt") == 4
