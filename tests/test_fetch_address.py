"""Only the public internet is asked, whatever an address is written like and wherever its name leads."""

import socket
from ipaddress import ip_address

import pytest
from serving import QUICK, Server, answer, fetcher

from variorum.config import Fetch
from variorum.errors import FetchRefused
from variorum.ingest.fetch.address import address_of, shown
from variorum.ingest.fetch.reach import is_public

PUBLIC = Fetch(connect_seconds=2, read_seconds=2, total_seconds=5)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("HTTP://Courier.EXAMPLE./keeper?day=3#top", "http://courier.example/keeper?day=3"),
        ("https://courier.example:443", "https://courier.example/"),
        ("https://courier.example:8443/a b".replace(" ", "%20"), "https://courier.example:8443/a%20b"),
        ("http://bücher.example/größe?q=ä", "http://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?q=%C3%A4"),
        ("http://[2606:2800:220:1::1]/x", "http://[2606:2800:220:1::1]/x"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0177.0.0.1/", "http://127.0.0.1/"),
        ("http://１２７.０.０.１/", "http://127.0.0.1/"),
        ("http://127。0。0。1./", "http://127.0.0.1/"),
    ],
)
def test_an_address_is_asked_as_it_is_meant(written: str, asked: str) -> None:
    assert address_of(written).url == asked


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("file:///etc/passwd", "only addresses with http:// and https://"),
        ("javascript:alert(1)", "only addresses with"),
        ("ftp://courier.example/", "only addresses with"),
        ("courier.example/keeper", "only addresses with"),
        ("http://", "names no host"),
        ("http:///keeper", "names no host"),
        ("http://courier.example@127.0.0.1/", "a user's name"),
        ("http://courier.example\\@127.0.0.1/", "a user's name"),
        ("http://127.0.0.1\\.courier.example/", "no name that a host can have"),
        ("http://courier.example:25/", "port 25 belongs to another service"),
        ("http://courier.example:99999/", "no address that can be read"),
        ("http://courier.example/a\r\nSet-Cookie: x", "a control character"),
        ("http://courier..example/", "no name that a host can have"),
        ("http://%31%32%37.0.0.1/", "no name that a host can have"),
        ("http://[::1/", "no address that can be read"),
        ("http://[::1%25eth0]/", "no IP address"),
        ("http://1.2.3.4.5/", "a number that is no IP address"),
        ("http://999999999999/", "a number that is no IP address"),
        ("http://courier.example/" + "a" * 3_000, "longer than"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused_in_a_sentence(written: str, why: str) -> None:
    with pytest.raises(FetchRefused, match=r"was not fetched: .*\.$") as refusal:
        address_of(written)
    assert why in refusal.value.reason


def test_a_password_is_never_printed() -> None:
    with pytest.raises(FetchRefused) as refusal:
        address_of("https://ana:lamp71@courier.example/keeper")
    assert "lamp71" not in refusal.value.reason
    assert "https://courier.example/keeper" in refusal.value.reason
    assert shown("x\x1b[31m\u202e\n//a:b@c/") == "x\ufffd[31m\ufffd //c/"


@pytest.mark.parametrize(
    "ip",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254"),  # noqa: S104
        *("172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1"),
        *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1"),
        *("2002:7f00:1::", "2002:808:808::1", "2001:0:53aa:64c::1", "3fff::1", "100::1", "5f00::1"),
    ],
)
def test_what_is_not_everybodys_is_not_public(ip: str) -> None:
    assert not is_public(ip_address(ip))


@pytest.mark.parametrize(
    "ip",
    ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_what_is_everybodys_is_public(ip: str) -> None:
    assert is_public(ip_address(ip))


@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f.1", "2130706433", "localhost", "localhost.", "127.1", "0"])
def test_this_machine_is_not_asked_and_not_a_byte_is_sent_to_it(host: str) -> None:
    with Server({"/": answer("<p>inside</p>")}) as server:
        with fetcher(PUBLIC) as asking, pytest.raises(FetchRefused, match="not on the public internet"):
            asking.fetch(server.url("/", host))
        assert server.asked == []


def test_a_name_that_leads_inside_is_refused_and_the_answer_is_asked_for_once() -> None:
    looked_up: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        looked_up.append(host)
        return ["192.168.0.7", "::1"]

    with fetcher(PUBLIC, resolve=resolve) as asking, pytest.raises(FetchRefused, match=r"leads to 192\.168\.0\.7"):
        asking.fetch("http://intranet.courier.example/")
    assert looked_up == ["intranet.courier.example"]


def test_a_name_that_leads_elsewhere_the_second_time_is_refused_the_second_time() -> None:
    answers = iter((["93.184.215.14"], ["93.184.215.14"], ["127.0.0.1"]))
    with Server({"/robots.txt": answer("User-agent: *\nAllow: /", kind="text/plain"), "/": answer("inside")}) as server:

        def connect(ip: str, _: int, seconds: float) -> socket.socket:
            assert ip == "93.184.215.14"
            return socket.create_connection(("127.0.0.1", server.port), seconds)

        with (
            fetcher(PUBLIC, resolve=lambda *_: next(answers), connect=connect) as asking,
            pytest.raises(FetchRefused, match=r"leads to 127\.0\.0\.1"),
        ):
            asking.fetch("http://rebound.example/")
        assert [asked.path for asked in server.asked] == ["/robots.txt"]


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    reached: list[str] = []

    def connect(ip: str, _: int, seconds: float) -> socket.socket:
        reached.append(ip)
        return socket.create_connection(("127.0.0.1", server.port), seconds)

    with Server({"/": answer("<p>public</p>")}) as server:
        with fetcher(PUBLIC, resolve=lambda *_: ["10.0.0.1", "93.184.215.14"], connect=connect) as asking:
            assert asking.fetch("http://courier.example/").raw == b"<p>public</p>"
        assert {asked.host for asked in server.asked} == {"courier.example"}
    assert set(reached) == {"93.184.215.14"}


def test_where_one_kind_of_address_is_dead_the_other_gets_through() -> None:
    dead = [f"::1:{at}" for at in range(9)]

    def connect(ip: str, port: int, seconds: float) -> socket.socket:
        if ip in dead:
            raise OSError(101, "Network is unreachable")
        return socket.create_connection((ip, port), seconds)

    with (
        Server({"/": answer("<p>here</p>")}) as server,
        fetcher(resolve=lambda *_: [*dead, "127.0.0.1"], connect=connect) as asking,
    ):
        assert asking.fetch(server.url("/", "quay.example")).raw == b"<p>here</p>"


def test_an_unknown_name_is_refused_and_may_be_known_later() -> None:
    def resolve(host: str, _: int) -> list[str]:
        raise socket.gaierror(-2, host)

    with fetcher(PUBLIC, resolve=resolve) as asking, pytest.raises(FetchRefused, match="not known") as refusal:
        asking.fetch("http://nowhere.example/")
    assert refusal.value.is_passing


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://127.0.0.1/", "http://[::ffff:127.0.0.1]/"])
def test_a_page_cannot_redirect_inside(target: str) -> None:
    with Server({"/": answer(status="302 Found", Location=target)}) as server:

        def connect(ip: str, _: int, seconds: float) -> socket.socket:
            assert ip == "93.184.215.14"
            return socket.create_connection(("127.0.0.1", server.port), seconds)

        def resolve(host: str, _: int) -> list[str]:
            return ["93.184.215.14"] if host == "courier.example" else [host]

        with (
            fetcher(PUBLIC, resolve=resolve, connect=connect) as asking,
            pytest.raises(FetchRefused, match="not on the public internet"),
        ):
            asking.fetch("http://courier.example/")
        assert server.paths == ["/"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "http://a:b@c.example/", "//:x"])
def test_a_page_cannot_redirect_off_the_web(target: str) -> None:
    with (
        Server({"/": answer(status="301 Moved", Location=target)}) as server,
        fetcher() as asking,
        pytest.raises(FetchRefused, match="it redirects to"),
    ):
        asking.fetch(server.url())


def test_through_a_proxy_the_proxy_may_be_inside_and_the_target_may_not() -> None:
    with Server({"http://courier.example/": answer("<p>by proxy</p>")}) as server:
        proxies = {"http": server.url("/", "ana:lamp@127.0.0.1"), "no": "localhost"}
        names = {"courier.example": ["93.184.215.14"], "127.0.0.1": ["127.0.0.1"], "bad.example": ["10.0.0.9"]}

        def resolve(host: str, _: int) -> list[str]:
            if host not in names:
                raise socket.gaierror(-2, host)
            return names[host]

        with fetcher(PUBLIC, resolve=resolve, proxies=proxies) as asking:
            assert asking.fetch("http://courier.example/").raw == b"<p>by proxy</p>"
            assert server.asked[0].headers["proxy-authorization"].startswith("Basic ")
            for inside in ("http://127.0.0.1/", "http://bad.example/"):
                with pytest.raises(FetchRefused, match="not on the public internet"):
                    asking.fetch(inside)
            with pytest.raises(FetchRefused, match="404"):
                asking.fetch("http://only-the-proxy-knows.example/")
        assert all("127.0.0.1" not in asked.path for asked in server.asked)


def test_a_proxy_of_another_kind_is_refused_without_its_password() -> None:
    with (
        fetcher(QUICK, proxies={"all": "socks5://ana:lamp@127.0.0.1:1080"}) as asking,
        pytest.raises(FetchRefused, match=r"the proxy socks5://127\.0\.0\.1:1080 is not one") as refusal,
    ):
        asking.fetch("http://127.0.0.1/")
    assert "lamp" not in refusal.value.reason
