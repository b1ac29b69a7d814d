"""Sentence ends read off real punctuation.

Statistical splitters stumble where news is odd: several sentences inside one quotation, "U.S.",
". . .", a missing space after a stop. Their marks are regular, so rules do better here and cost nothing.
"""

import re

from variorum.records import Span
from variorum.text.lines import trimmed

_END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+|$)|[.!?](?=[\"”]?[A-Z][a-z])(?<=[a-z)”\"’][.!?])")
_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms mx dr prof rev fr sen sens rep reps gov gen lt col maj sgt capt cmdr adm supt insp det hon "
        "pres st ste mt ft jr sr inc corp ltd co bros vs no nos dept est fig approx ca cf eg ie al jan feb "
        "mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ave blvd rd"
    ).split()
)
_DOTTED = re.compile(r"(?:\b[A-Za-z]\.){2,}$|\b[ap]\.m\.$")
_INITIAL = re.compile(r"(?:^|[\s“\"(])[A-Z]\.$")
_STARTERS = frozenset(
    (
        "The A An He She It They We I You His Her Its Their Our This That These Those There But And Or So Yet "
        "In On At As After Before When While If Since For From With By To Under Despite Although However "
        "Meanwhile Some Many Most No Not What Who Why How Where One Two Mr Mrs Ms Dr"
    ).split()
)
_CUED = re.compile(
    r"\s+(?:[A-Z][\w'’.-]*\s+){1,4}(?:said|says|asked|asks|wrote|writes|told|added|tweeted|posted|replied|shouted)\b"
)
_OPENING = "\"“‘'«([—–-"


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of ``text[start:end]``, which should be one line, trimmed of white space.

    Together they hold every character of the line but the white space between them.
    """
    stop = len(text) if end is None else end
    found: list[Span] = []
    at = start
    for match in _END.finditer(text, start, stop):
        if match.end() <= at or not _ends(text, match, stop):
            continue
        span = trimmed(text, at, match.end())
        if len(span):
            found.append(span)
        at = match.end()
    rest = trimmed(text, at, stop)
    if len(rest):
        found.append(rest)
    return tuple(found)


def _ends(text: str, match: re.Match[str], stop: int) -> bool:
    """Whether the punctuation matched ends a sentence."""
    rest = text[match.end() : min(stop, match.end() + 80)]
    following = rest.lstrip()
    if not following:
        return True
    head = following.lstrip(_OPENING)
    if not head or not (head[0].isupper() or head[0].isdigit()):
        return False
    mark = match.group()
    closed = mark.rstrip("\"”’'»)]") != mark
    if closed and mark[0] in "!?" and _CUED.match(rest):
        return False
    if mark[0] == "." and len(mark) == 1:
        before = text[max(0, match.start() - 16) : match.end()]
        word = re.search(r"([A-Za-z]+)\.$", before)
        first = re.match(r"[A-Za-z]+", head)
        if _DOTTED.search(before):
            return first is not None and first.group() in _STARTERS
        if (
            word
            and word.group(1).casefold() in _ABBREVIATIONS
            and (word.group(1)[0].isupper() or word.group(1) in "vs")
        ):
            return False
        if _INITIAL.search(before) and following[0] not in _OPENING:
            return False
    return not mark.startswith("..") or following[0] not in ".…"
