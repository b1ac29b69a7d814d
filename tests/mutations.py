"""Small valid inputs of every format, and what can go wrong with them on the way: hypothesis strategies."""

import gzip
import json

from containers import FERRY, MILL, http, json_lines, mhtml, packed, page, warc_record, zipped
from hypothesis import strategies as st

_RECORDS = (
    {"id": 1, "title": "Ferry", "text": FERRY, "outlet": "Courier", "date": 1_738_555_506, "authors": ["Ana Torvald"]},
    {"id": 2, "html": page(), "source": {"name": "Post"}, "url": "https://post.example/1", "date": "3 February 2025"},
    {"id": 3, "text": MILL, "published": "2025-02-03T04:05:06+01:00", "byline": "By Per Aas and Odd Brenner"},
)
_HEAD = (
    '<meta property="article:published_time" content="2025-02-03T04:05:06Z"><link rel="canonical" '
    'href="https://courier.example/ferry"><script type="application/ld+json">{"@type": "NewsArticle", "headline": '
    '"Last ferry leaves", "author": [{"name": "Ana Torvald"}], "datePublished": "2025-02-03"}</script>'
)
_RECORDED = (
    warc_record(b"software: crawler", kind="warcinfo", media_type="application/warc-fields"),
    warc_record(http(gzip.compress(page(head=_HEAD).encode(), mtime=0), headers=("Content-Encoding: gzip",))),
    warc_record(http(b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n", headers=("Transfer-Encoding: chunked",))),
    warc_record(http(MILL, media_type="text/plain; charset=utf-8"), url="https://post.example/mill"),
)
_CELLS = FERRY.replace("\n\n", " ")

SEEDS: dict[str, bytes] = {
    "a.txt": f"Last ferry leaves\n\nBy Ana Torvald\n\n3 February 2025\n\n{FERRY}\n\nRead more: Mill\n(dpa)\n".encode(),
    "a.html": page(head=_HEAD).encode(),
    "a.jsonl": json_lines(*_RECORDS),
    "a.json": json.dumps(_RECORDS, indent=1).encode(),
    "a.csv": f'id,text,source,date\r\n1,"{FERRY}",Courier,2025-02-03\r\n2,"{_CELLS}",Post,1738555506\r\n'.encode(),
    "a.tsv": f"id\ttext\n1\t{MILL.splitlines()[0]}\n2\t“{_CELLS}\n".encode(),
    "a.warc": b"".join(_RECORDED),
    "a.warc.gz": packed(*_RECORDED),
    "a.mhtml": mhtml(page(head=_HEAD)),
    "a.zip": zipped({"a.html": page(), "b/b.txt": MILL, "c.jsonl": json_lines(_RECORDS[0])}),
    "a.html.gz": gzip.compress(page().encode(), mtime=0),
    "a.jsonl.gz": gzip.compress(json_lines(*_RECORDS), mtime=0),
    "a.xml": b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>Ferry</title></item></channel></rss>',
    "-": json_lines(*_RECORDS),
}
"""By the name under which they lie, ``-`` for standard input."""

_WORDS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n\r\n", b'"', b'""', b"\\", b"\\ud800", b"{", b"}", b"[",
    b"]", b",", b";", b"\t", b"<", b">", b"<p>", b"</p>", b"<!--", b"<script>", b"<![CDATA[", b"&#0;", b"&#x202e;",
    b"&lt;", b"WARC/1.0\r\n", b"Content-Length: 0\r\n", b"Content-Length: 99999999999\r\n", b"HTTP/1.1 200 OK\r\n",
    b"\x1f\x8b\x08", b"PK\x03\x04", b"PK\x05\x06", b"--", b"boundary=", b"charset=utf-16", b"charset=hz", b"~{",
    b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xc2\x85", b"\x1b[31m", b"\x93quoted\x94", b"\xed\xa0\x80", b"1e999", b"NaN",
    b"-1", b"99999999999999999999", b"31 February 2025 25:61", b"<svg>", b"<table><tr><td>", b"\xf0\x9f\x9a\xa2",
    b"(dpa)", b"AP Photo/", b"By ", b"\xe2\x80\x9c", b"https://[", b"href='https://[::1'",
)  # fmt: skip
_ACCIDENTS = ("flip", "cut out", "cut off", "repeat", "word", "word", "bytes", "splice", "swap")


@st.composite
def mutated(draw: st.DrawFn, seed: bytes) -> bytes:
    """``seed`` after one to six accidents: bytes flipped, cut out, cut off, repeated, or put in from elsewhere."""
    raw = seed
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(raw))))
        end = min(len(raw), at + draw(st.integers(0, 200)))
        match draw(st.sampled_from(_ACCIDENTS)):
            case "flip":
                raw = raw[:at] + bytes(byte ^ draw(st.integers(1, 255)) for byte in raw[at : at + 1]) + raw[at + 1 :]
            case "cut out":
                raw = raw[:at] + raw[end:]
            case "cut off":
                raw = raw[:at]
            case "repeat":
                raw = raw[:at] + raw[at:end] * draw(st.integers(2, 30)) + raw[end:]
            case "word":
                raw = raw[:at] + draw(st.sampled_from(_WORDS)) * draw(st.sampled_from((1, 1, 1, 2, 300))) + raw[at:]
            case "bytes":
                raw = raw[:at] + draw(st.binary(max_size=20)) + raw[end:]
            case "splice":
                other = draw(st.sampled_from(sorted(SEEDS.values())))
                start = draw(st.integers(0, len(other)))
                raw = raw[:at] + other[start : start + 300] + raw[end:]
            case "swap":
                raw = raw[at:] + raw[:at]
    return raw
