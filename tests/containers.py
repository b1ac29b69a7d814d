"""Invented reports, and the containers that archives, crawlers and browsers would put them in."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from variorum.config import Ingest
from variorum.ingest import receive
from variorum.records import Received, Refusal

FERRY = (
    "The last ferry to Holm left the quay at Skarn on Friday with eleven people on board.\n\n"
    "“We will be back in spring,” said Tova Lind, who has run the line for thirty years.\n\n"
    "The council said that a smaller boat would carry the mail from Monday."
)
MILL = (
    "The paper mill at Norby will close in June and 140 people will lose their work.\n\n"
    "“Nobody asked us,” said Per Aas, who has worked there since he left school.\n\n"
    "The owners said that the river had carried too little water for three summers."
)


def page(title: str = "Last ferry leaves", outlet: str = "The Skarn Courier", text: str = FERRY, head: str = "") -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}<meta property="og:site_name" '
        f'content="{outlet}"></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>'
    )


def taken(
    *paths: Path,
    settings: Ingest | None = None,
    fields: Mapping[str, str] | None = None,
    tell: list[str] | None = None,
) -> tuple[list[Received], list[Refusal]]:
    """What reading gives: reports, refusals; what is told goes to ``tell``."""
    told = None if tell is None else tell.append
    found = list(receive(paths, settings=settings, fields=fields, tell=told))
    return [one for one in found if isinstance(one, Received)], [one for one in found if isinstance(one, Refusal)]


def json_lines(*records: object) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def http(
    body: bytes | str,
    *,
    media_type: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    headers: Iterable[str] = (),
) -> bytes:
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def warc_record(
    block: bytes,
    *,
    kind: str = "response",
    id: str = "<urn:uuid:00000000-0000-4000-8000-000000000001>",
    url: str = "https://courier.example/ferry",
    media_type: str = "application/http; msgtype=response",
    length: int | None = None,
    headers: Iterable[str] = (),
) -> bytes:
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Record-ID: {id}", f"WARC-Target-URI: {url}",
        "WARC-Date: 2025-02-03T04:05:06Z", f"Content-Type: {media_type}",
        f"Content-Length: {len(block) if length is None else length}", *headers,
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def packed(*members: bytes) -> bytes:
    """Each packed by itself, as web archives are, the same bytes at any hour."""
    return b"".join(gzip.compress(member, mtime=0) for member in members)


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return held.getvalue()


def mhtml(html: str, *, url: str = "https://courier.example/ferry", extra: str = "") -> bytes:
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Part--x"\r\n\r\n\r\n'
        f"------Part--x\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: 8bit\r\nContent-Location: {url}\r\n\r\n{html}\r\n{extra}"
        "------Part--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://courier.example/a.png\r\n\r\niVBORw0KGgo=\r\n------Part--x--\r\n"
    ).encode()
