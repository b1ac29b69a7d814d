"""Bytes to text: which encoding, and which characters may not stand in an article."""

import codecs
import re
from functools import cache

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (or an office file, which is one)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF media file"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"{\\rtf", "a rich-text file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"OggS", "an Ogg media file"),
    (b"ID3", "an MP3 file"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w.:-]{2,40})|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# What browsers do, and for the same reason: pages that declare these hold Windows-1252.
_MEANT_1252 = frozenset(("iso8859-1", "ascii", "latin-1", "cp1252"))
_HEAD_BYTES = 4096
_ESCAPED = frozenset(("iso2022_jp", "iso2022_kr", "hz"))

# C1 controls are what a Windows-1252 byte becomes when it is read as ISO-8859-1; the HTML standard
# reads them back, one for one, and without it "smart" quotation marks would be lost.
_C1 = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0) if code != 0x85}
_FORBIDDEN = (
    [code for code in range(0x20) if code not in (0x09, 0x0A)]
    + [0x7F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)  # fmt: skip
_CLEANED = str.maketrans(dict.fromkeys(_FORBIDDEN, "�") | _C1 | {0x85: "\n", 0x2028: "\n", 0x2029: "\n"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z\x80-\xff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def cleaned(text: str) -> str:
    """``text`` with every line end as one newline and no character that can spoil a page or a terminal.

    Controls other than newline and tab, bidirectional overrides, lone surrogates and NULs become U+FFFD,
    one for one; C1 controls are read as the Windows-1252 they were. Everything else is kept.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", text.translate(_CLEANED))


def decode(raw: bytes, *, charset: str | None = None, settings: Ingest | None = None) -> str:
    """The text that ``raw`` holds, cleaned.

    charset: as what carries the bytes declares it (a header), believed before what they declare themselves.
    Tried in turn: a byte-order mark; UTF-8, which no other encoding passes for by chance; UTF-16 by its
    NULs; the declared charset, the page's where the header's does not fit; UTF-8 with single bytes of
    Windows-1252 in it; Windows-1252; charset-normalizer where too many letters are above 0x7F for a western text.
    Raises InputRefused for bytes that are no text.
    """
    settings = settings or Ingest()
    head = raw[: settings.first_bytes]
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise InputRefused(f"This is {what}, not text.", first_bytes=head)
    if raw[4:8] == b"ftyp":
        raise InputRefused("This is a media file, not text.", first_bytes=head)
    for mark, codec in _BOMS:
        if raw.startswith(mark):
            return cleaned(raw[len(mark) :].decode(codec, "replace"))
    wide = _wide(raw)
    if wide is not None:
        return cleaned(raw.decode(wide, "replace"))
    if b"\x00" in raw:
        raise InputRefused("This is a binary file (it has NUL bytes), not text.", first_bytes=head)
    return cleaned(narrow(raw, charset=charset, settings=settings))


def _wide(raw: bytes) -> str | None:
    """UTF-16 with no mark: in a text of mostly Latin letters every other byte is NUL."""
    head = raw[: _HEAD_BYTES - _HEAD_BYTES % 2]
    pairs = len(head) // 2
    if pairs == 0 or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd >= pairs * 0.6 and even <= pairs * 0.01:
        return "utf-16-le"
    if even >= pairs * 0.6 and odd <= pairs * 0.01:
        return "utf-16-be"
    return None


def narrow(raw: bytes, *, charset: str | None = None, settings: Ingest | None = None) -> str:
    """The text of bytes that are in no wide encoding, not yet cleaned. Tried in turn as in :func:`decode`."""
    settings = settings or Ingest()
    declared = _declared(raw)
    carried = None if charset is None else _codec(charset)
    for named in (carried, declared):
        if named in _ESCAPED and b"\x1b" in raw:
            return raw.decode(named, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for named in (carried, declared):
        if named is not None and named not in ("utf-8", *_MEANT_1252):
            try:
                return raw.decode(named)
            except UnicodeDecodeError:
                pass
    if len(_MULTIBYTE.findall(raw)) * 2 >= len(_HIGH.findall(_MULTIBYTE.sub(b"", raw))):
        return _patched(raw)
    high = len(_HIGH.findall(raw))
    if (carried or declared) in _MEANT_1252 or high <= settings.foreign_share * max(1, len(_LETTER.findall(raw))):
        return raw.decode("cp1252", "replace")
    return _guessed(raw)


def _declared(raw: bytes) -> str | None:
    """The codec a page or an XML file names in its head; ``None`` for none or one that is not known."""
    match = _DECLARED.search(raw[:_HEAD_BYTES])
    return None if match is None else _codec((match.group(1) or match.group(2)).decode("ascii", "replace"))


def _codec(name: str) -> str | None:
    """The codec of that name; ``None`` for none, and for one that is not of text or that no page is in."""
    try:
        codec = codecs.lookup(name[:40])
        # Codecs that are not of text (base64, zlib) are known by the same registry.
        "".encode(codec.name)
        b"".decode(codec.name)
    except (LookupError, ValueError):
        return None
    return (
        None if codec.name.startswith(("utf-16", "utf-32", "utf-7", "unicode", "raw", "idna", "puny")) else codec.name
    )


def _patched(raw: bytes) -> str:
    """UTF-8 into which a few bytes of Windows-1252 were pasted."""
    _register()
    return raw.decode("utf-8", "variorum-1252")


@cache
def _register() -> None:
    def patch(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1

    codecs.register_error("variorum-1252", patch)


def _guessed(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000]).best()
    if best is None:
        return raw.decode("cp1252", "replace")
    return raw.decode(best.encoding, "replace")
