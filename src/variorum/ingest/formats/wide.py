"""Exports in UTF-16 or UTF-32, which spreadsheets call Unicode text, as UTF-8."""

import codecs

from variorum.ingest.formats.stream import Stream

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHUNK = 65_536


def narrowed(stream: Stream) -> Stream:
    """The stream itself, or where a mark says that its letters are wide, its text in UTF-8."""
    head = stream.peek(4)
    codec = next((codec for mark, codec in _MARKS if head.startswith(mark)), None)
    if codec is None:
        return stream
    decoder = codecs.getincrementaldecoder(codec)("replace")

    def read(_: int) -> bytes:
        while chunk := stream.some(_CHUNK):
            if text := decoder.decode(chunk):
                return text.encode("utf-8", "replace")
        return decoder.decode(b"", final=True).encode("utf-8", "replace")

    return Stream(read)
