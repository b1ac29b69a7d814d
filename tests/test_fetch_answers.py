"""Whatever a server sends, it ends within its bounds: as the whole answer, or as one sentence on what was wrong."""

import gzip
import ssl
import subprocess
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serving import QUICK, Asked, Reply, Server, answer, fetcher

from variorum.config import Fetch
from variorum.errors import FetchRefused
from variorum.records import Fetched

PAGE = "<!doctype html><title>Keeper</title><p>The keeper put out his lamp on Friday.</p>"
# The one waits long for the whole, the other long for the next byte, so that a slow machine mixes up neither.
IMPATIENT = Fetch(allow_private=True, connect_seconds=5, read_seconds=0.5, total_seconds=30)
HASTY = Fetch(allow_private=True, connect_seconds=5, read_seconds=30, total_seconds=1)
SMALL = Fetch(allow_private=True, read_seconds=2, total_seconds=5, wire_bytes=50_000, unpacked_bytes=100_000)


def fetched(reply: Reply, settings: Fetch = QUICK) -> Fetched:
    with Server({"/": reply}) as server, fetcher(settings) as asking:
        return asking.fetch(server.url())


def refused(reply: Reply, settings: Fetch = QUICK) -> FetchRefused:
    with pytest.raises(FetchRefused, match=r"^http://127\.0\.0\.1:\d+/ was not fetched: [^\n]+\.$") as refusal:
        fetched(reply, settings)
    return refusal.value


def test_an_answer_is_given_whole_with_what_it_says_of_itself() -> None:
    given = fetched(
        answer(
            PAGE,
            kind='Text/HTML; Charset="UTF-8"',
            ETag='"a1"',
            Last_Modified="Sun, 04 May 2031 10:00:00 GMT",
            Cache_Control="public, max-age=600",
        )
    )
    assert given.raw == PAGE.encode()
    assert (given.status, given.media_type, given.charset) == (200, "text/html", "utf-8")
    assert (given.validators.etag, given.validators.last_modified) == ('"a1"', "Sun, 04 May 2031 10:00:00 GMT")
    assert given.fresh_seconds == 600
    assert given.fetched_at.isoformat() == "2031-05-04T12:00:00+00:00"
    assert not given.not_modified


def test_every_request_says_who_asks_and_how_to_reach_them_and_keeps_no_cookie() -> None:
    with (
        Server({"/": answer(PAGE, Set_Cookie="id=7; Path=/")}) as server,
        fetcher(Fetch(allow_private=True, contact="desk@courier.example\r\nX-Evil: 1")) as asking,
    ):
        asking.fetch(server.url())
        asking.fetch(server.url())
    for asked in server.asked:
        assert asked.method == "GET"
        assert asked.headers["user-agent"].startswith("variorum/")
        assert "desk@courier.example" in asked.headers["user-agent"]
        assert not {"cookie", "x-evil", "referer"} & set(asked.headers)


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone", "451 Law"])
def test_a_page_that_is_not_given_is_refused_for_good(status: str) -> None:
    refusal = refused(answer(PAGE, status))
    assert f"the server answered {status[:3]}" in refusal.reason
    assert (refusal.status, refusal.is_passing) == (int(status[:3]), False)


@pytest.mark.parametrize("status", ["429 Slow", "500 Oops", "502 Bad", "503 Busy", "504 Late", "599 What"])
def test_a_server_in_trouble_is_refused_for_now(status: str) -> None:
    assert refused(answer(PAGE, status)).is_passing


@pytest.mark.parametrize(
    "status", ["204 No Content", "206 Partial Content", "226 x", "300 Choices", "304 Not Modified"]
)
def test_what_was_not_asked_for_is_not_taken(status: str) -> None:
    raw = answer("", status) if status[0] == "3" or status.startswith("204") else answer(PAGE, status)
    assert refused(raw).status == int(status[:3])


@pytest.mark.parametrize("body", ["", "  \r\n"])
def test_an_empty_page_is_refused(body: str) -> None:
    assert "an empty page" in refused(answer(body)).reason


def test_redirects_are_followed_and_the_last_address_is_told() -> None:
    replies = {
        "/": answer(status="301 Moved", Location="/a?x=1#there"),
        "/a?x=1": answer(status="302 Found", Location="b"),
        "/b": answer(status="307 Temporary", Location="//127.0.0.1:{port}/c"),
        "/c": answer(PAGE),
    }
    with Server(replies) as server, fetcher() as asking:
        server.replies["/b"] = answer(status="308 Permanent", Location=server.url("/c"))
        given = asking.fetch(server.url())
        assert (given.url, given.asked) == (server.url("/c"), server.url())
        assert server.paths == ["/", "/a?x=1", "/b", "/c"]


def test_redirects_in_a_circle_and_without_end_are_left() -> None:
    assert "in a circle" in refused(answer(status="302 Found", Location="/")).reason

    def onward(asked: Asked) -> bytes:
        return answer(status="302 Found", Location=f"{asked.path}x")

    replies: dict[str, Reply] = {"/" + "x" * times: onward for times in range(20)}
    with Server(replies) as server, fetcher() as asking:
        with pytest.raises(FetchRefused, match="more than 5 times"):
            asking.fetch(server.url())
        assert len(server.paths) == 6


@pytest.mark.parametrize("location", [None, "", "/a\x00b", "/" + "a" * 5_000, "http://[x/"])
def test_a_redirect_to_nowhere_is_refused(location: str | None) -> None:
    named = {} if location is None else {"Location": location}
    assert (
        "302" in refused(answer(status="302 Found", **named)).reason
        or "redirects to" in refused(answer(status="302 Found", **named)).reason
    )


def test_a_folded_header_cannot_carry_a_second_one_into_a_request() -> None:
    reason = refused(b"HTTP/1.1 302 Found\r\nLocation: /a\r\n Set-Cookie: x=1\r\nContent-Length: 0\r\n\r\n").reason
    assert "redirects to" in reason


def test_an_answer_that_ends_with_its_connection_is_whole() -> None:
    assert fetched(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE.encode()).raw == PAGE.encode()


def test_an_answer_in_chunks_is_joined() -> None:
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>th\r\n6;x=y\r\ne lamp\r\n0\r\n\r\n"
    assert fetched(raw).raw == b"<p>the lamp"


def test_no_more_is_read_than_the_server_says_it_sends() -> None:
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n<p>lamp</p>and a smuggled answer"
    assert fetched(raw).raw == b"<p>lamp<"


BROKEN = {
    "shorter than it says": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<p>half",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n<p>ha</p>",
    "chunks that are none": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>half\r\n0\r\n\r\n",
    "chunks that break off": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<p>half",
    "chunks of less than nothing": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n<p>half\r\n0\r\n\r\n",
    "HTTP/0.9": b"<p>I was young when this was the web</p>",
    "rubbish": bytes(range(128, 256)) * 10,
    "nothing": b"",
    "half a status": b"HTTP/1.1 2",
    "a status that is none": b"HTTP/1.1 banana OK\r\n\r\n",
    "too many headers": b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % at for at in range(5_000)) + b"\r\n<p>x",
    "a header of a megabyte": b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n<p>x",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_answer_is_refused_and_never_taken_by_half(raw: bytes) -> None:
    assert refused(raw).is_passing


def test_a_server_that_never_answers_is_left() -> None:
    def silent(_: Asked) -> Iterator[bytes]:
        threading.Event().wait(1)
        yield b""

    assert "sent nothing for 0.5 seconds" in refused(silent, IMPATIENT).reason


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", b"HTTP/1"]
)
def test_a_server_that_sends_a_byte_now_and_then_is_left_when_the_time_is_over(head: bytes) -> None:
    def trickle(_: Asked) -> Iterator[bytes]:
        yield head
        for _ in range(30):
            threading.Event().wait(0.1)
            yield b"x"

    assert "not there whole after 1 seconds" in refused(trickle, HASTY).reason


def test_a_server_nobody_listens_on_is_refused() -> None:
    with Server({}) as server:
        url = server.url()
    with fetcher() as asking, pytest.raises(FetchRefused, match="could not be reached") as refusal:
        asking.fetch(url)
    assert refusal.value.is_passing


def test_fetching_stops_at_once_when_it_is_told_to() -> None:
    begun = threading.Event()

    def slow(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n<p>"
        begun.set()
        threading.Event().wait(1)
        yield b"x"

    with Server({"/": slow}) as server, fetcher() as asking:
        closer = threading.Thread(target=lambda: (begun.wait(5), asking.close()))
        closer.start()
        with pytest.raises(FetchRefused, match="stopped"):
            asking.fetch(server.url())
        with pytest.raises(FetchRefused, match="stopped"):
            asking.fetch(server.url())
        closer.join()


def test_an_answer_larger_than_the_limit_is_left_where_it_passes_it() -> None:
    sent: list[int] = []

    def endless(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        for at in range(1_000):
            sent.append(at)
            yield b"x" * 65_536

    assert "larger than 50,000 bytes" in refused(endless, SMALL).reason
    assert len(sent) < 1_000


def _raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", _raw_deflate),
        ("gzip, gzip", lambda body: gzip.compress(gzip.compress(body))),
        ("gzip", lambda body: gzip.compress(gzip.compress(body))),
        ("identity", bytes),
        ("gzip", bytes),
        ("deflate", bytes),
        ("", gzip.compress),
        ("gzip", lambda body: gzip.compress(body[:20]) + gzip.compress(body[20:])),
        ("gzip", lambda body: gzip.compress(body) + b"\0\0\0\0"),
    ],
)
def test_a_page_is_unpacked_by_what_it_is_whatever_the_header_says(
    encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    assert fetched(answer(pack(PAGE.encode()), Content_Encoding=encoding)).raw == PAGE.encode()


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda body: gzip.compress(gzip.compress(body))])
def test_what_unpacks_to_more_than_the_limit_is_never_held(pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(b"\0" * 20_000_000)
    encoding = "deflate" if pack is zlib.compress else "gzip"
    assert "unpacks to more than 100,000 bytes" in refused(answer(bomb, Content_Encoding=encoding), SMALL).reason


def test_what_is_packed_and_breaks_off_is_refused() -> None:
    assert "breaks off" in refused(answer(gzip.compress(PAGE.encode())[:-12], Content_Encoding="gzip")).reason
    damaged = gzip.compress(PAGE.encode())[:-8] + b"\xff" * 8
    assert "damaged" in refused(answer(damaged, Content_Encoding="gzip")).reason


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, br"])
def test_a_packing_that_was_not_asked_for_is_refused_unopened(encoding: str) -> None:
    assert "not asked for" in refused(answer(b"\x28\xb5\x2f\xfd0000", Content_Encoding=encoding)).reason


@pytest.fixture
def proof(tmp_path: Path) -> tuple[Path, Path]:
    """A key, and a certificate for 127.0.0.1 that nobody but its owner has signed."""
    key, proof = tmp_path / "key.pem", tmp_path / "proof.pem"
    made = subprocess.run(
        [
            *"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1".split(),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(proof)),
        ],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("no openssl to make a certificate with")
    return key, proof


def proving(proof: tuple[Path, Path]) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(proof[1], proof[0])
    return tls


def test_a_server_that_cannot_prove_its_name_is_refused(proof: tuple[Path, Path]) -> None:
    trusting = ssl.create_default_context(cafile=str(proof[1]))
    with Server({"/": answer(PAGE)}, proving(proof)) as server:
        url = server.url().replace("http:", "https:")
        with fetcher() as asking, pytest.raises(FetchRefused, match="prove that it is"):
            asking.fetch(url)
        with (
            fetcher(tls=trusting, resolve=lambda *_: ["127.0.0.1"]) as asking,
            pytest.raises(FetchRefused, match=r"prove that it is courier\.example"),
        ):
            asking.fetch(url.replace("127.0.0.1", "courier.example"))
        assert server.asked == []
        with fetcher(tls=trusting) as asking:
            assert asking.fetch(url).raw == PAGE.encode()
            server.replies["/"] = answer(status="302 Found", Location="http://127.0.0.1:1/")
            with pytest.raises(FetchRefused, match="from an encrypted address to one that is not"):
                asking.fetch(url)


def test_through_a_proxy_a_server_still_has_to_prove_its_name(proof: tuple[Path, Path]) -> None:
    trusting = ssl.create_default_context(cafile=str(proof[1]))
    with Server({"/": answer(PAGE)}, proving(proof)) as server, Server({}) as proxy:
        proxies = {"https": proxy.url("/", "ana:lamp@127.0.0.1")}
        url = server.url().replace("http:", "https:")
        with fetcher(tls=trusting, proxies=proxies) as asking:
            assert asking.fetch(url).raw == PAGE.encode()
        assert {(asked.method, asked.path) for asked in proxy.asked} == {("CONNECT", f"127.0.0.1:{server.port}")}
        assert all(asked.headers["proxy-authorization"].startswith("Basic ") for asked in proxy.asked)
        assert not any("proxy-authorization" in asked.headers for asked in server.asked)
        with fetcher(proxies=proxies) as asking, pytest.raises(FetchRefused, match="prove that it is"):
            asking.fetch(url)
        proxy.replies[f"127.0.0.1:{server.port}"] = answer("no", "403 Forbidden")
        with fetcher(tls=trusting, proxies=proxies) as asking, pytest.raises(FetchRefused, match="403"):
            asking.fetch(url)


def test_a_server_that_speaks_no_tls_is_refused() -> None:
    with (
        Server({"/": answer(PAGE)}) as server,
        fetcher(IMPATIENT) as asking,
        pytest.raises(FetchRefused, match=r"secure connection|without an answer|sent nothing"),
    ):
        asking.fetch(server.url().replace("http:", "https:"))
