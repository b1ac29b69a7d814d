"""What a web server answered: whether it is a report, and its bytes with every encoding undone, within bounds."""

import re
from dataclasses import dataclass
from io import BytesIO

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.decode import decode
from variorum.ingest.formats.headers import Headers, NoHeaders, headers, parted
from variorum.ingest.formats.packed import undone
from variorum.ingest.formats.stream import Line, Stream

REPORT_TYPES = frozenset(("text/html", "application/xhtml+xml", "text/plain"))
_MOST_ENCODINGS = 2
_CHUNK_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}")


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer without its body. status: ``None`` where it has none."""

    status: int | None
    headers: Headers

    @property
    def media_type(self) -> str:
        """As declared, in lower case; empty where nothing is."""
        return parted(self.headers.get("content-type", ""))[0]


def answer(stream: Stream) -> Answer:
    """The status line and the headers that come next. Raises NoHeaders where there are none."""
    line = stream.line(4_096)
    if line is None or not line.raw.startswith(b"HTTP/"):
        raise NoHeaders
    words = line.raw.split(None, 2)
    is_number = len(words) > 1 and len(words[1]) == 3 and words[1].isdigit()
    return Answer(int(words[1]) if is_number else None, headers(stream, is_lenient=True))


def text_of(payload: bytes, sent: Headers, settings: Ingest) -> str:
    """The text that a payload holds once what was done to send it is undone.

    sent: its headers. Raises InputRefused where it cannot be undone within the limits, or is no text.
    """
    body = payload
    if "chunked" in sent.get("transfer-encoding", "").lower():
        body = _joined(body)
    encodings = [one.strip().lower() for one in sent.get("content-encoding", "").split(",") if one.strip()]
    if len(encodings) > _MOST_ENCODINGS:
        raise InputRefused("This was packed more than twice, which no server does.")
    for encoding in reversed(encodings):
        body = undone(body, encoding, settings)
    charset = parted(sent.get("content-type", ""))[1].get("charset")
    return decode(body, charset=charset, settings=settings)


def _joined(body: bytes) -> bytes:
    """The chunks of a body joined. Crawlers join them and leave the header: what has no chunks is taken as it is.

    Raises InputRefused where the first chunk is one and a later one is not.
    """
    pieces: list[bytes] = []
    stream = Stream(BytesIO(body).read)
    while True:
        count = _chunk_bytes(stream.line(1_024))
        piece = b"" if count is None else stream.read(count)
        end = stream.line(2) if count else None
        if count is None or len(piece) < count or (count and (end is None or end.raw)):
            if pieces:
                raise InputRefused("This was sent in chunks, and one of them is damaged or missing.")
            return body
        if not count:
            return b"".join(pieces)
        pieces.append(piece)


def _chunk_bytes(line: Line | None) -> int | None:
    """How long the chunk is that ``line`` announces; ``None`` where it announces none."""
    size = b"" if line is None else line.raw.split(b";")[0].strip()
    return int(size, 16) if _CHUNK_SIZE.fullmatch(size) else None
