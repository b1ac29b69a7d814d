"""What a web server answered: whether it is a report, and its bytes with every encoding undone, within bounds."""

from dataclasses import dataclass
from io import BytesIO

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.decode import decode
from variorum.ingest.formats.headers import Headers, NoHeaders, headers, parted
from variorum.ingest.formats.packed import undone
from variorum.ingest.formats.stream import Stream

REPORT_TYPES = frozenset(("text/html", "application/xhtml+xml", "text/plain"))
_MOST_ENCODINGS = 2


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
    return Answer(int(words[1]) if is_number else None, headers(stream))


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
    return decode(body, declared=charset, settings=settings)


def _joined(body: bytes) -> bytes:
    """The chunks of a body joined. Crawlers join them and leave the header: what has no chunks is taken as it is."""
    pieces: list[bytes] = []
    stream = Stream(BytesIO(body).read)
    while (line := stream.line(1_024)) is not None:
        size = line.raw.split(b";")[0].strip()
        if not size or len(size) > 8 or any(sign not in b"0123456789abcdefABCDEF" for sign in size):
            return body
        count = int(size, 16)
        pieces.append(stream.read(count))
        if not count:
            return b"".join(pieces)
        stream.line(2)
    return b"".join(pieces)
