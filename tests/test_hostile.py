"""Inputs made to do harm: each ends in bounded memory, as a clean report or as one refusal with its reason."""

import gzip
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from containers import FERRY, http, json_lines, mhtml, page, taken, warc_record, zipped

from variorum.config import Ingest
from variorum.ingest import read, receive
from variorum.ingest.decode import cleaned
from variorum.records import Received

SMALL = Ingest(largest_bytes=1_000_000)
HARM = "\u202e\u2066\x07\x1b]0;x\x9b31m\x85\u2028"


@contextmanager
def at_most(megabytes: float) -> Iterator[None]:
    """Fails where more was held at a time. The readers' modules are loaded before."""
    list(receive(["-"], stdin=io.BytesIO(page().encode())))
    tracemalloc.start()
    yield
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < megabytes * 1e6, f"{most / 1e6:.1f} MB"


def _crawl(path: Path, pages: int) -> None:
    filler = "".join(f"<!-- {at:08d} -->" for at in range(5_000))
    with path.open("wb") as file:
        for at in range(pages):
            file.write(gzip.compress(warc_record(http(bytes(500_000), media_type="image/gif"), id=f"<i:{at}>"), 1))
        file.write(gzip.compress(warc_record(http(page(head=filler)))))


def test_a_crawl_of_a_hundred_megabytes_is_read_in_the_memory_of_one_record(tmp_path: Path) -> None:
    _crawl(tmp_path / "crawl.warc.gz", 200)
    with at_most(6):
        found, refused = taken(tmp_path / "crawl.warc.gz", settings=SMALL)
    assert (len(found), refused) == (1, [])


def test_ten_megabytes_of_packed_zeros_are_refused_wherever_they_lie(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(300_000_000), 1)
    for name in ("a.html.gz", "a.txt.gz", "a.jsonl.gz", "a.csv.gz", "a.json.gz", "a.warc.gz", "a.mhtml.gz"):
        (tmp_path / name).write_bytes(bomb)
    (tmp_path / "a.warc").write_bytes(warc_record(http(bomb, headers=("Content-Encoding: gzip",))))
    with at_most(12):
        for path in sorted(tmp_path.iterdir()):
            found, refused = taken(path, settings=Ingest(largest_bytes=2_000_000))
            assert (found, len(refused)) == ([], 1), path.name


def test_one_small_archive_whose_members_add_up_to_a_bomb_is_not_read_to_its_end(tmp_path: Path) -> None:
    # Each member stays under its own bound; together they do not.
    members = {f"{at:03d}.txt": bytes(900_000) for at in range(400)}
    (tmp_path / "all.zip").write_bytes(zipped(members))
    size = (tmp_path / "all.zip").stat().st_size
    found, refused = taken(tmp_path, settings=Ingest(largest_bytes=1_000_000, packed_ratio=20))
    assert found == []
    assert "from here on it is not read" in refused[-1].reason
    assert len(refused) * 900_000 < 20 * size + 3_000_000


@pytest.mark.parametrize("depth", [10_000, 200_000])
def test_markup_and_json_nested_without_end_are_read_or_refused(tmp_path: Path, depth: int) -> None:
    deep = page().replace("<article>", "<div>" * depth + "<article>")
    (tmp_path / "a.html").write_text(deep)
    (tmp_path / "b.jsonl").write_bytes(json_lines({"html": deep}, {"text": FERRY}) + b'{"a":' * depth + b"\n")
    (tmp_path / "c.json").write_bytes(b"[" * depth)
    (tmp_path / "d.json").write_bytes(b'[{"text": "' + FERRY.splitlines()[0].encode() + b'"}, ' + b'{"a":' * depth)
    found, refused = taken(tmp_path)
    assert {"b.jsonl#2", "d.json#1"} <= {one.place for one in found}
    assert {"b.jsonl#3", "c.json#1", "d.json#2"} <= {one.path for one in refused}


def _as_page(harm: str) -> tuple[str, bytes]:
    head = f'<meta name="author" content="Ana {harm} T"><link rel="canonical" href="https://a.example/{harm}">'
    return "a.html", page(f"Ferry {harm}", f"Courier {harm}", FERRY + harm, head).encode("utf-8", "surrogatepass")


def _as_line(harm: str) -> tuple[str, bytes]:
    harm += "\x00\ud800"
    names = ("id", "title", "outlet", "byline", "url", "date", "language")
    return "a.jsonl", json.dumps(dict.fromkeys(names, f"x {harm}") | {"text": FERRY + harm, harm: harm}).encode()


def _as_record(harm: str) -> tuple[str, bytes]:
    safe = harm.replace("\n", "")
    return "a.warc", warc_record(http(_as_page(harm)[1]), url=f"https://a.example/{safe}", id=f"<urn:{safe}>")


def _as_saved(harm: str) -> tuple[str, bytes]:
    return "a.mht", mhtml(_as_page(harm)[1].decode("utf-8", "replace"), url=f"https://a.example/{harm}")


@pytest.mark.parametrize("made", [_as_page, _as_line, _as_record, _as_saved])
def test_characters_that_rewrite_a_line_reach_no_field(
    tmp_path: Path, made: Callable[[str], tuple[str, bytes]]
) -> None:
    name, raw = made(HARM)
    (tmp_path / name).write_bytes(raw)
    told: list[str] = []
    found, refused = taken(tmp_path, tell=told)
    assert refused == []
    for one in found:
        article = one.article
        stated = (article.title, article.outlet, article.url, article.language, one.key, one.place, *article.byline)
        assert all(text is None or (cleaned(text) == text and "\n" not in text) for text in (*stated, *told))
        assert cleaned(article.text) == article.text


@pytest.mark.parametrize(
    "stated",
    ["0000-00-00", "9999-99-99", "2025-02-30T25:61:61+99:99", "1e308", "-" * 90_000, "9" * 90_000, "31 Smarch 2025"],
)
def test_a_poisoned_date_is_no_date(tmp_path: Path, stated: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines({"text": FERRY, "date": stated}))
    head = f'<meta property="article:published_time" content="{stated}">'
    (tmp_path / "b.html").write_text(page(head=head))
    found, _ = taken(tmp_path)
    assert [one.article.published for one in found] == [None, None]


def test_a_type_that_lies_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tmp_path / "page.txt").write_text(page())
    (tmp_path / "crawl.txt").write_bytes(warc_record(http(page("Other"), media_type="text/plain")))
    (tmp_path / "packed.html").write_bytes(gzip.compress(page("Third").encode()))
    (tmp_path / "lines.warc.gz").write_bytes(json_lines({"text": FERRY}))
    found, refused = taken(tmp_path)
    assert [one.place for one in found] == ["crawl.txt#0", "lines.warc.gz#1", "packed.html", "page.txt"]
    assert [one.path for one in refused] == ["picture.html"]


def test_a_pipe_without_end_is_not_read_past_what_a_report_can_have() -> None:
    class Endless(io.RawIOBase):
        def __init__(self, opening: bytes, more: bytes) -> None:
            self.given, self.more, self.taken = opening, more, 0

        def read(self, size: int = -1) -> bytes:
            while len(self.given) < size:
                self.given += self.more
            piece, self.given = self.given[:size], self.given[size:]
            self.taken += size
            assert self.taken < 3_000_000
            return piece

    for opening in (b"Rain. ", b"<html><p>", b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"MIME-Version: 1.0\n"):
        intake = read(["-"], stdin=Endless(opening, b"x" * 1_000), settings=SMALL)  # type: ignore[arg-type]
        assert (intake.articles, len(intake.refused)) == ((), 1), opening


def test_many_small_refusals_do_not_fill_the_memory(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines({"text": FERRY}) + b"{}\n" * 20_000)
    with at_most(6):
        found = 0
        refused = 0
        for one in receive([tmp_path], settings=SMALL):
            found += isinstance(one, Received)
            refused += not isinstance(one, Received)
    assert (found, refused) == (1, 1_001)
