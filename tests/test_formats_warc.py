"""Web archives: which records are reports, where each lies, and what damage costs."""

import gzip
import io
import zlib
from pathlib import Path

import brotli
import pytest
from containers import FERRY, MILL, http, packed, page, taken, warc_record
from fastwarc.warc import ArchiveIterator, WarcRecordType

from variorum.config import Ingest
from variorum.ingest import read

RESPONSE = warc_record(http(page()), id="<urn:uuid:1>")
SECOND = warc_record(
    http(page("Mill to close", "Norby Post", MILL)), id="<urn:uuid:2>", url="https://post.example/mill"
)
INFO = warc_record(b"software: crawler", kind="warcinfo", media_type="application/warc-fields")
REQUEST = warc_record(b"GET / HTTP/1.1\r\n\r\n", kind="request")
PICTURE = warc_record(http(b"\x89PNG", media_type="image/png"))
MOVED = warc_record(http("<p>Moved</p>", status="301 Moved Permanently"))


@pytest.mark.parametrize("is_packed", [True, False])
def test_the_pages_of_a_crawl_are_reports_and_the_rest_is_counted(tmp_path: Path, is_packed: bool) -> None:
    records = [INFO, REQUEST, RESPONSE, PICTURE, MOVED, SECOND]
    name = "crawl.warc.gz" if is_packed else "crawl.warc"
    members = [packed(record) for record in records] if is_packed else records
    (tmp_path / name).write_bytes(b"".join(members))
    told: list[str] = []
    (ferry, mill), refused = taken(tmp_path, tell=told)
    assert refused == []
    article = ferry.article
    assert (ferry.key, article.url, article.outlet) == (
        "urn:uuid:1", "https://courier.example/ferry", "The Skarn Courier",
    )  # fmt: skip
    assert ferry.place == f"{name}#{sum(map(len, members[:2]))}"
    assert mill.place == f"{name}#{sum(map(len, members[:5]))}"
    assert ferry.raw == page().encode()
    assert FERRY.split("\n\n")[1] in article.text
    assert told == [
        f"{name}: passed over: of type image/png (1), request records (1), status 301 (1), warcinfo records (1)"
    ]


def test_records_packed_together_have_places_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(gzip.compress(RESPONSE + SECOND))
    found, refused = taken(tmp_path)
    assert refused == []
    assert [one.place for one in found] == ["crawl.warc.gz#0", f"crawl.warc.gz#0+{len(RESPONSE)}"]


def test_where_a_record_lies_is_where_another_reader_finds_it(tmp_path: Path) -> None:
    raw = packed(INFO, REQUEST, RESPONSE, PICTURE, SECOND)
    (tmp_path / "crawl.warc.gz").write_bytes(raw)
    theirs = {
        (f"crawl.warc.gz#{record.stream_pos}", record.headers["WARC-Target-URI"], record.reader.read())
        for record in ArchiveIterator(io.BytesIO(raw), record_types=WarcRecordType.response)
        if record.http_content_type == "text/html"
    }
    assert {(one.place, one.article.url, one.raw) for one in taken(tmp_path)[0]} == theirs


def _chunked(body: bytes) -> bytes:
    half = len(body) // 2
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:])) + b"0\r\n\r\n"


_BARE = zlib.compressobj(wbits=-15)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page().encode(), mtime=0), ("Content-Encoding: gzip",)),
        (zlib.compress(page().encode()), ("Content-Encoding: deflate",)),
        (_BARE.compress(page().encode()) + _BARE.flush(), ("Content-Encoding: deflate",)),
        (brotli.compress(page().encode()), ("Content-Encoding: br",)),
        (_chunked(page().encode()), ("Transfer-Encoding: chunked",)),
        (_chunked(gzip.compress(page().encode())), ("Transfer-Encoding: chunked", "Content-Encoding: gzip")),
        # Crawlers undo encodings and leave the headers that declared them.
        (page().encode(), ("Transfer-Encoding: chunked", "Content-Encoding: gzip")),
        (page().encode("utf-16"), ()),
    ],
)
def test_what_was_done_to_send_a_page_is_undone(tmp_path: Path, body: bytes, headers: tuple[str, ...]) -> None:
    (tmp_path / "a.warc").write_bytes(warc_record(http(body, headers=headers)))
    (one,), refused = taken(tmp_path)
    assert refused == []
    assert "Tova Lind" in one.article.text
    assert one.raw == body


def test_chunks_of_which_one_is_missing_are_refused_and_a_text_like_a_chunk_is_kept(tmp_path: Path) -> None:
    chunked = ("Transfer-Encoding: chunked",)
    cut = warc_record(http(_chunked(page().encode())[:-200], headers=chunked))
    text = warc_record(http("bad\n" + MILL, media_type="text/plain", headers=chunked))
    (tmp_path / "a.warc").write_bytes(cut + text)
    (one,), (refusal,) = taken(tmp_path)
    assert "chunks" in refusal.reason
    assert one.article.text.startswith("bad\n")


def test_a_line_among_a_servers_headers_that_is_none_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(warc_record(http(page(), headers=("Served with love", " folded"))))
    assert len(taken(tmp_path)[0]) == 1


def test_the_charset_that_the_server_names_is_followed_where_the_page_names_none(tmp_path: Path) -> None:
    text = "Последний паром ушёл в пятницу.\n\nВесной мы вернёмся, сказала капитан.\n\nПочту повезёт катер."
    raw = page("Паром", text=text).encode("koi8-r")
    (tmp_path / "a.warc").write_bytes(warc_record(http(raw, media_type="text/html; charset=KOI8-R")))
    (one,), _ = taken(tmp_path)
    assert "сказала капитан" in one.article.text


def test_resources_and_texts_are_reports_and_robots_txt_is_none(tmp_path: Path) -> None:
    resource = warc_record(page().encode(), kind="resource", media_type="text/html", url="urn:x:1")
    text = warc_record(http(MILL, media_type="text/plain"), url="https://post.example/mill.txt")
    robots = warc_record(http("User-agent: *", media_type="text/plain"), url="https://post.example/robots.txt")
    (tmp_path / "a.warc").write_bytes(resource + text + robots)
    told: list[str] = []
    found, refused = taken(tmp_path, tell=told)
    assert refused == []
    assert [(one.media_type, one.article.outlet, one.article.url) for one in found] == [
        ("text/html", "The Skarn Courier", None),
        ("text/plain", "post.example", "https://post.example/mill.txt"),
    ]
    assert told == ["a.warc: passed over: robots.txt (1)"]


def test_one_damaged_member_costs_one_report(tmp_path: Path) -> None:
    broken = bytearray(packed(SECOND))
    broken[40:60] = b"X" * 20
    for name, middle in (("flipped", bytes(broken)), ("cut", packed(SECOND)[:100])):
        raw = packed(RESPONSE) + middle + packed(PICTURE, RESPONSE.replace(b"uuid:1", b"uuid:9"))
        (tmp_path / f"{name}.warc.gz").write_bytes(raw)
        found, (refusal,) = taken(tmp_path / f"{name}.warc.gz")
        assert [one.key for one in found] == ["urn:uuid:1", "urn:uuid:9"], name
        assert refusal.path == f"{name}.warc.gz#{len(packed(RESPONSE))}"
        assert "damaged" in refusal.reason


@pytest.mark.parametrize(
    "broken",
    [
        warc_record(http(page()), length=50),
        RESPONSE.replace(b"Content-Length", b"Content-Strength"),
        RESPONSE.replace(b"Content-Length: ", b"Content-Length: -"),
        b"WARC/1.0\r\nno header here\r\n\r\n",
        b"WARC/1.0\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"WARC/1.0 is a format, says this line, and goes on\r\n",
    ],
)
def test_a_record_whose_frame_is_broken_costs_itself(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(RESPONSE + broken + SECOND)
    found, refused = taken(tmp_path)
    assert [one.key for one in found] == ["urn:uuid:1", "urn:uuid:2"]
    assert refused[0].path == f"a.warc#{len(RESPONSE)}"


def test_a_record_that_claims_more_than_there_is_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(RESPONSE + warc_record(http(page()), length=10**15))
    found, (refusal,) = taken(tmp_path)
    assert len(found) == 1
    assert "1,000,000,000,000,000 bytes" in refusal.reason


def test_a_page_that_unpacks_without_end_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    zeros = bytes(30_000_000)
    bombs = [
        warc_record(http(gzip.compress(zeros), headers=("Content-Encoding: gzip",))),
        warc_record(http(brotli.compress(zeros), headers=("Content-Encoding: br",))),
        warc_record(http(gzip.compress(gzip.compress(zeros)), headers=("Content-Encoding: gzip, gzip, gzip",))),
        warc_record(http(page(), headers=("Content-Encoding: zpaq",))),
    ]
    (tmp_path / "a.warc.gz").write_bytes(packed(*bombs, SECOND))
    found, refused = taken(tmp_path, settings=Ingest(largest_bytes=2_000_000))
    assert [one.key for one in found] == ["urn:uuid:2"]
    assert [one.reason.split(":")[0].rstrip(".") for one in refused] == [
        "This unpacks to more than the limit of 2,000,000 bytes",
        "This unpacks to more than the limit of 2,000,000 bytes",
        "This was packed more than twice, which no server does",
        "This was sent in an encoding that is not read",
    ]


def test_a_member_that_is_a_bomb_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    bomb = gzip.compress(warc_record(http(bytes(100_000_000), media_type="video/mp4")))
    (tmp_path / "a.warc.gz").write_bytes(packed(RESPONSE) + bomb + packed(SECOND))
    found, (refusal,) = taken(tmp_path, settings=Ingest(largest_bytes=2_000_000))
    assert [one.key for one in found] == ["urn:uuid:1", "urn:uuid:2"]
    assert "200 times its size" in refusal.reason


def test_a_page_too_large_and_a_page_the_crawler_cut_off_are_refused(tmp_path: Path) -> None:
    large = warc_record(http(page() + " " * 400_000))
    film = warc_record(http(b"x" * 400_000, media_type="video/mp4"))
    cut = warc_record(http(page()[:500]), headers=("WARC-Truncated: length",))
    (tmp_path / "a.warc").write_bytes(large + film + cut + SECOND)
    found, refused = taken(tmp_path, settings=Ingest(largest_bytes=100_000))
    assert len(found) == 1
    assert ["too large" in refused[0].reason, "cut this page off" in refused[1].reason, len(refused)] == [True, True, 2]


def test_an_archive_from_a_pipe_is_read_as_one_from_a_file() -> None:
    raw = packed(RESPONSE, SECOND)
    intake = read(["-"], stdin=io.BytesIO(raw))
    assert [(article.outlet, article.path) for article in intake.articles] == [
        ("The Skarn Courier", None), ("Norby Post", None),
    ]  # fmt: skip


def test_addresses_and_ids_of_records_are_bounded_and_cleaned(tmp_path: Path) -> None:
    for url in ("file:///etc/passwd", "../../x", "https://a.example/\u202eb", "https://a.example/" + "x" * 9_000):
        (tmp_path / "a.warc").write_bytes(warc_record(http(page()), url=url, id="<urn:\x1b[31m\u202e>"))
        (one,), _ = taken(tmp_path)
        assert one.article.url is None
        assert "\x1b" not in (one.key or "")
        assert "\u202e" not in (one.key or "")
