"""Text fit for a terminal: nothing in it can move the cursor, colour the screen or turn it around."""

import re
import unicodedata

# Control sequences with their arguments, so that "\x1b[31mred" leaves "red" and not "[31mred".
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]P^_X]|[\x9d\x90\x9e\x9f\x98])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
# Joiners shape letters of living scripts and emoji; every other invisible character goes.
_KEPT = frozenset("\u200c\u200d\ufe0f")
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_PLAINER = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-",
        "…": "...", "·": "-", "•": "*", "×": "x", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "€": "EUR",
    }
)  # fmt: skip


def on_one_line(text: str) -> str:
    """Text without control characters, escapes and marks of direction, white space run together."""
    bare = _ESCAPES.sub("", text)
    seen = (
        " " if char.isspace() else char
        for char in bare
        if char.isspace() or char in _KEPT or unicodedata.category(char) not in _UNSEEN
    )
    return " ".join("".join(seen).split())


def in_encoding(text: str, encoding: str) -> str:
    """Text as a terminal of that encoding can print it: plainer marks and letters, and ? where none is."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        pass
    else:
        return text
    made = []
    for char in text:
        for shape in (char, char.translate(_PLAINER), _bare(char)):
            try:
                shape.encode(encoding)
            except (UnicodeEncodeError, LookupError):
                continue
            made.append(shape)
            break
        else:
            made.append("?")
    return "".join(made)


def _bare(char: str) -> str:
    """A letter without its accents; what has none stays."""
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)) or "?"
