"""Files that are packed, saved or gathered in one: gzip, MHTML, zip; and which format an input is in."""

import base64
import gzip
import io
import quopri
import stat
import zipfile
from pathlib import Path

import pytest
from containers import FERRY, MILL, json_lines, mhtml, packed, page, taken, warc_record, zipped

from variorum.config import Ingest
from variorum.ingest import read
from variorum.ingest.formats.kinds import kind_of


def test_a_packed_page_or_text_is_read_and_its_digest_is_of_the_file_as_it_lies(tmp_path: Path) -> None:
    (tmp_path / "courier.html.gz").write_bytes(gzip.compress(page().encode()))
    (tmp_path / "post.txt.gz").write_bytes(gzip.compress(MILL.encode()))
    found, refused = taken(tmp_path)
    assert refused == []
    assert [(one.place, one.article.outlet, one.media_type) for one in found] == [
        ("courier.html.gz", "The Skarn Courier", "text/html"),
        ("post.txt.gz", "post", "text/plain"),
    ]
    assert all(one.raw == (tmp_path / one.place).read_bytes() for one in found)


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (gzip.compress(bytes(30_000_000)), "too large"),
        (gzip.compress(gzip.compress(FERRY.encode())), "packed within"),
        (gzip.compress(zipped({"a.txt": FERRY})), "packed within"),
        (gzip.compress(FERRY.encode())[:-40], "breaks off"),
        (gzip.compress(FERRY.encode())[:30] + b"\xff" * 40, "damaged"),
        (gzip.compress(b""), "empty"),
        (b"\x1f\x8b\x08", "breaks off"),
    ],
)
def test_packed_bytes_that_cannot_be_one_report_are_refused_once(tmp_path: Path, raw: bytes, word: str) -> None:
    (tmp_path / "a.txt.gz").write_bytes(raw)
    found, (refusal,) = taken(tmp_path, settings=Ingest(largest_bytes=2_000_000))
    assert found == []
    assert word in refusal.reason
    assert refusal.first_bytes == raw[:32].hex()


def test_an_export_that_unpacks_without_end_gives_what_came_before_and_one_refusal(tmp_path: Path) -> None:
    raw = gzip.compress(json_lines({"text": FERRY}) + bytes(100_000_000))
    (tmp_path / "day.jsonl.gz").write_bytes(raw)
    found, refused = taken(tmp_path, settings=Ingest(largest_bytes=2_000_000))
    assert len(found) == 1
    assert [(one.path, "200 times its size" in one.reason) for one in refused] == [("day.jsonl.gz", True)]


def test_a_saved_page_is_read_at_its_address(tmp_path: Path) -> None:
    (tmp_path / "saved.mhtml").write_bytes(mhtml(page()))
    (one,), refused = taken(tmp_path)
    assert refused == []
    assert (one.article.outlet, one.article.url) == ("The Skarn Courier", "https://courier.example/ferry")
    assert one.raw == (tmp_path / "saved.mhtml").read_bytes()


def test_the_page_of_a_saved_page_is_the_one_it_starts_with_and_no_frame(tmp_path: Path) -> None:
    frame = (
        "------Part--x\r\nContent-Type: text/html\r\nContent-Location: cid:frame\r\n\r\n"
        f"{page('An advert', 'Adverts', MILL)}\r\n"
    )
    raw = mhtml(page(), extra=frame)
    (tmp_path / "a.mht").write_bytes(raw)
    named = raw.replace(b'type="text/html";', b'type="text/html"; start="<frame-1@mhtml.blink>";')
    (tmp_path / "b.mht").write_bytes(named.replace(b"Snapshot-Content-Location", b"X-Nothing"))
    found, _ = taken(tmp_path)
    assert [one.article.outlet for one in found] == ["The Skarn Courier", "The Skarn Courier"]


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_the_encodings_of_mail_are_undone(tmp_path: Path, encoding: str) -> None:
    body = page(text=FERRY + "\n\nZoë paid €40 in the café.").encode("cp1252")
    done = quopri.encodestring(body) if encoding == "quoted-printable" else base64.encodebytes(body)
    raw = mhtml("BODY").replace(b"8bit", encoding.encode()).replace(b"BODY", done)
    (tmp_path / "a.mht").write_bytes(
        raw.replace(b"Content-Type: text/html\r", b"Content-Type: text/html; charset=cp1252\r")
    )
    (one,), _ = taken(tmp_path)
    assert "Zoë paid €40 in the café." in one.article.text


def _nested(depth: int) -> bytes:
    opened = "".join(f'Content-Type: multipart/related; boundary="b{at}"\r\n\r\n--b{at}\r\n' for at in range(depth))
    return b"MIME-Version: 1.0\r\n" + opened.encode() + b"Content-Type: text/html\r\n\r\n" + page().encode()


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (_nested(10_000), "parts within parts"),
        (mhtml(page(), extra="------Part--x\r\n\r\nx\r\n" * 20_000), "more than 10,000 parts"),
        (mhtml("").replace(b"text/html", b"text/css"), "holds no page"),
        (mhtml(""), "empty"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "holds no page"),
        (mhtml("<html>\x00</html>"), "NUL"),
    ],
)
def test_a_saved_page_that_no_browser_writes_is_refused(tmp_path: Path, raw: bytes, word: str) -> None:
    (tmp_path / "a.mhtml").write_bytes(raw)
    found, (refusal,) = taken(tmp_path)
    assert found == []
    assert word in refusal.reason


def test_a_zip_archive_is_read_as_the_folder_it_was_made_of(tmp_path: Path) -> None:
    page_record = warc_record(page("Again", "Echo").encode(), kind="resource", media_type="text/html")
    members = {
        "clips/courier.html": page(),
        "clips/post.txt": MILL,
        "clips/README.txt": "About.",
        "clips/.hidden.txt": FERRY,
        "__MACOSX/clips/._post.txt": "x",
        "clips/picture.png": b"\x89PNG",
        "export/day.jsonl": json_lines({"id": 1, "text": FERRY, "outlet": "Herald"}),
        "export/crawl.warc.gz": packed(page_record),
    }
    (tmp_path / "all.zip").write_bytes(zipped(members))
    found, refused = taken(tmp_path)
    assert refused == []
    assert [(one.place, one.article.outlet) for one in found] == [
        ("all.zip#clips/courier.html", "The Skarn Courier"),
        ("all.zip#clips/post.txt", "post"),
        ("all.zip#export/crawl.warc.gz#0", "Echo"),
        ("all.zip#export/day.jsonl#1", "Herald"),
    ]
    assert list(tmp_path.iterdir()) == [tmp_path / "all.zip"]
    intake = read(["-"], stdin=io.BytesIO((tmp_path / "all.zip").read_bytes()))
    assert len(intake.articles) == 4
    assert all(article.path is None for article in intake.articles)


def _flagged(name: str, *, encrypted: bool = False, link: bool = False, method: int | None = None) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16 if link else 0
        archive.writestr(info, FERRY)
        archive.writestr("post.txt", MILL)
    raw = bytearray(held.getvalue())
    at = raw.index(b"PK\x01\x02")
    if encrypted:
        raw[6] |= 1
        raw[at + 8] |= 1
    if method is not None:
        raw[8] = raw[at + 10] = method
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (_flagged("../../etc/passwd.txt"), "leads out"),
        (_flagged("/etc/passwd.txt"), "leads out"),
        (_flagged("C:\\windows\\win.txt"), "leads out"),
        (_flagged("a\\..\\..\\win.txt"), "leads out"),
        (_flagged("link.txt", link=True), "link"),
        (_flagged("secret.txt", encrypted=True), "encrypted"),
        (_flagged("odd.txt", method=14), "packed in a way"),
        (_flagged("inner.zip"), "archive within an archive"),
        (zipped({"a.txt": zipped({"b.txt": FERRY}), "post.txt": MILL}), "packed within"),
        (zipped({"a.txt": bytes(30_000_000), "post.txt": MILL}), "too large"),
        (zipped({"a.jsonl": bytes(30_000_000), "post.txt": MILL}), "unpacks to more than 200 times"),
    ],
)
def test_a_member_that_should_not_be_there_is_refused_and_the_others_are_read(
    tmp_path: Path, raw: bytes, word: str
) -> None:
    (tmp_path / "all.zip").write_bytes(raw)
    found, (refusal,) = taken(tmp_path, settings=Ingest(largest_bytes=2_000_000))
    assert [one.place for one in found] == ["all.zip#post.txt"]
    assert word in refusal.reason
    assert refusal.path.startswith("all.zip#")


def test_a_member_whose_size_or_check_lies_is_refused(tmp_path: Path) -> None:
    for at, wrong in ((24, b"\x05\x00\x00\x00"), (16, b"\x00\x00\x00\x00")):
        raw = bytearray(zipped({"a.txt": FERRY}))
        place = raw.index(b"PK\x01\x02") + at
        raw[place : place + 4] = wrong
        (tmp_path / "all.zip").write_bytes(bytes(raw))
        found, refused = taken(tmp_path)
        assert (found, len(refused)) == ([], 1), at


def test_archives_whose_list_is_missing_or_too_long_are_refused(tmp_path: Path) -> None:
    raw = zipped({"a.txt": FERRY})
    long = bytearray(raw)
    at = long.rindex(b"PK\x05\x06")
    long[at + 12 : at + 16] = b"\xff\xff\xff\x7f"
    large = raw[:at] + b"PK\x06\x07" + bytes(16) + raw[at:]
    for name, given, word in (
        ("cut", raw[:-30], "missing"),
        ("long", bytes(long), "more members"),
        ("large", large, "very many"),
        ("empty", zipped({}), "no report"),
        ("pictures", zipped({"a.png": b"x"}), "no report"),
    ):
        (tmp_path / f"{name}.zip").write_bytes(given)
        found, refused = taken(tmp_path / f"{name}.zip")
        assert (found, len(refused)) == ([], 1), name
        assert word in refused[0].reason, name


def test_names_of_members_are_cleaned_before_they_are_shown(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(zipped({"a\u202e\x1b[31m\n.txt": FERRY, "../\u202e.txt": FERRY}))
    found, refused = taken(tmp_path)
    shown = [found[0].place, found[0].article.outlet, refused[0].path]
    assert not any(char in name for name in shown for char in "\u202e\x1b\n")


FEED = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Courier</title></channel></rss>'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.xml", FEED),
        ("a.txt", FEED),
        ("a.rss", FEED.replace("rss", "rdf:RDF")),
        ("a.atom", '<!-- a feed -->\n<feed xmlns="http://www.w3.org/2005/Atom">'),
        ("a.opml", '<?xml version="1.0"?><opml version="2.0">'),
        ("a.json", '{"version": "https://jsonfeed.org/version/1.1", "items": []}'),
        ("a.json", '{"title": "C", "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}'),
    ],
)
def test_a_feed_is_recognised_whatever_it_is_called(name: str, text: str) -> None:
    assert kind_of(text.encode(), name) == "feed"
    assert kind_of(b"\xff\xfe" + text.encode("utf-16-le"), name) == "feed"


def test_xml_of_another_kind_is_refused_and_pages_in_xml_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<?xml version="1.0"?><nitf><body><p>Rain.</p></body></nitf>')
    (tmp_path / "b.xml").write_text('<?xml version="1.0"?>\n' + page())
    bomb = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    (tmp_path / "c.xml").write_text(f'<?xml version="1.0"?>{bomb}<b>&b;</b>')
    found, refused = taken(tmp_path)
    assert [one.place for one in found] == ["b.xml"]
    assert [(one.path, "XML" in one.reason) for one in refused] == [("a.xml", True), ("c.xml", True)]


def test_entities_that_multiply_or_lead_to_files_give_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the combination is 1234 " + FERRY)
    levels = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    head = f'<!DOCTYPE html [<!ENTITY e0 "ha">{levels}<!ENTITY f SYSTEM "file://{tmp_path}/secret.txt">]>'
    text = page().replace("<!doctype html>", head).replace("<article>", "<article><p>&e11; &f;</p>")
    (tmp_path / "a.xhtml").write_text(text)
    found, _ = taken(tmp_path / "a.xhtml")
    assert all("combination" not in one.article.text and len(one.article.text) < 20_000 for one in found)


def test_a_name_with_a_number_sign_is_a_name(tmp_path: Path) -> None:
    (tmp_path / "courier#2.txt").write_text(FERRY)
    (one,), _ = taken(tmp_path)
    assert (one.article.outlet, one.article.path) == ("courier#2", "courier#2.txt")
