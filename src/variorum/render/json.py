"""The exchange format ``variorum/edition/1``: written, and read back strictly."""

import json
import re

from variorum.records import Editions
from variorum.records.formed import decoded, formed
from variorum.records.plain import plain

__all__ = ["compact", "dump", "load", "plain", "well_formed"]

# Half of a surrogate pair, as broken feeds carry: a string may hold it, UTF-8 cannot.
_HALF = re.compile("[\ud800-\udfff]")


def dump(editions: Editions) -> str:
    """The editions as JSON text, indented by one space, the last line ended; always the same for the same input.

    Letters stand as themselves, to be written as UTF-8; only halves of surrogate pairs are escaped.
    """
    return well_formed(json.dumps(plain(editions), ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def compact(editions: Editions) -> str:
    """The editions as JSON on one line, with no line end: a whole file of the exchange format all the same."""
    return well_formed(json.dumps(plain(editions), ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def well_formed(text: str) -> str:
    """The text with halves of surrogate pairs written as escapes, so that it can be UTF-8."""
    return _HALF.sub(lambda half: f"\\u{ord(half.group()):04x}", text)


def load(text: str | bytes) -> Editions:
    """The editions a JSON text holds; bytes are read as UTF-8.

    Raises FormatError, naming the JSON path and what was wanted there, on an unknown key, a missing
    key or a value of the wrong type. What the texts say is not checked here: see ``edition.verify``.
    """
    return formed(decoded(text), Editions)
