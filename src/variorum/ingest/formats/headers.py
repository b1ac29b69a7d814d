"""Header lines as mail, the web and web archives write them: a name, a colon, a value, to the first empty line."""

from collections.abc import Mapping

from variorum.ingest.formats.stream import Stream

Headers = Mapping[str, str]
_LINE_BYTES = 16_384
_BYTES = 131_072


class NoHeaders(Exception):
    """What should be header lines is not, or has no end within what any header needs."""


def headers(stream: Stream, *, is_lenient: bool = False) -> Headers:
    """The header lines that come next, by name in lower case; of a name that comes twice the first.

    Raises NoHeaders where a line is none, unless lenient (servers send all kinds of lines), and where they do not end
    within 128 KiB.
    """
    found: dict[str, str] = {}
    begins = stream.place
    last: str | None = None
    while (line := stream.line(_LINE_BYTES)) is not None:
        if not line.raw:
            return found
        if not line.is_whole or stream.place - begins > _BYTES:
            raise NoHeaders
        text = line.raw.decode("utf-8", "replace")
        if text[0] in " \t":
            if last is not None:
                found[last] += " " + text.strip()
            continue
        name, colon, value = text.partition(":")
        if not colon and is_lenient:
            continue
        if not colon:
            raise NoHeaders
        last = name.strip().lower()
        if last in found:
            last = None
        else:
            found[last] = value.strip()
    raise NoHeaders


def parted(value: str) -> tuple[str, dict[str, str]]:
    """A content type and what stands after its semicolons, names and type in lower case."""
    kind, *rest = value.split(";")
    pairs = (one.partition("=") for one in rest[:20])
    return kind.strip().lower(), {name.strip().lower(): given.strip().strip("\"'") for name, _, given in pairs}
