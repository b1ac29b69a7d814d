"""Which format bytes are in: by how they begin, and where that does not say, by the name they lie under."""

import re
from typing import Literal

from variorum.ingest.formats import json_export, table, warc, zipped
from variorum.ingest.formats.named import suffix_of
from variorum.ingest.formats.packed import GZIP
from variorum.ingest.walk import SINGLE

Kind = Literal["warc", "zip", "gzip", "parquet", "feed", "mhtml", "json", "table", "xml", "whole"]

HEAD_BYTES = 4_096
"""How many of the first bytes are looked at."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BEFORE_ROOT = (
    rb"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:(?:<!--.{0,2000}?-->|<\?[^>]{0,300}\?>|<!DOCTYPE[^>\[]{0,300}>)\s*){0,5}"
)
_FEED = re.compile(_BEFORE_ROOT + rb"<(?:rss|rdf:RDF|feed|opml|(?:atom|a):feed)[\s>]", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(_BEFORE_ROOT + rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version\\?/')
_JSON = re.compile(rb'\s*(?:\[\s*)?\{\s*["}]')
_MAIL = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
PARQUET = b"PAR1"
"""What a Parquet file begins and ends with."""
PARQUET_SUFFIX = ".parquet"
_XML_SUFFIXES = frozenset((".xml", ".rss", ".atom", ".opml"))


def kind_of(head: bytes, name: str) -> Kind:
    """The format of an input. head: its first bytes, unpacked. name: its own, which ``.gz`` may end."""
    suffix = suffix_of(name)
    if head.startswith(warc.MAGIC):
        return "warc"
    if head.startswith(zipped.MAGIC):
        return "zip"
    if head.startswith(PARQUET) or suffix == PARQUET_SUFFIX:
        return "parquet"
    if head.startswith(GZIP):
        return "gzip"
    text = _narrowed(head)
    if _FEED.match(text):
        return "feed"
    if _MAIL.match(text) and (suffix in (".mhtml", ".mht") or _RELATED.search(text)):
        return "mhtml"
    if suffix in (".json", *json_export.LINES) or (suffix not in SINGLE and _JSON.match(text)):
        return "feed" if text.lstrip().startswith(b"{") and _JSON_FEED.search(text) else "json"
    if suffix in table.SUFFIXES:
        return "table"
    if suffix in _XML_SUFFIXES and text.lstrip().startswith(b"<") and not _PAGE.match(text):
        return "xml"
    return "whole"


def _narrowed(head: bytes) -> bytes:
    """The first bytes with no byte-order mark and one byte a letter, so that they can be looked at as they are."""
    for mark, codec in _BOMS:
        if head.startswith(mark):
            rest = head[len(mark) :]
            return rest if codec == "utf-8" else rest.decode(codec, "ignore").encode()
    return head
