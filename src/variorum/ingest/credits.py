"""Where an article says which agency it comes from, and where it only says so of a picture.

A name counts only in the place of a credit: a dateline, a byline, the last lines, a sentence of
acknowledgement. "The minister told Reuters" is reporting. An agency nobody has heard of counts only
where nothing but an agency can stand, since two reports that seem to share one lose a voice.
"""

import re
from collections.abc import Iterable, Sequence

from variorum.ingest.agencies import NAMES, UNKNOWN_NAME, is_known, signed
from variorum.records import Credit, Part

_DASH = r"[—–―-]{1,3}"
_INITIALS = r"[A-Z][A-Z.]{1,6}[A-Z]"
# PORT ELLERY, Tavarra, Feb. 3 (MNA) —
_DATELINE = re.compile(
    rf"^(?:(?P<place>[^\W\d_][^()\[\]“”\"!?\n]{{1,80}}?)[,.]?\s*)?[(\[]\s*(?P<names>{NAMES})\s*[)\]]\.?\s*(?:{_DASH}|:)"
)
_BARE_DATELINE = re.compile(
    rf"^(?P<place>[A-Z][^()“”\"!?\n]{{2,60}}?[,.]?\s+{_DASH}?\s*)?(?P<names>{NAMES})\s*[—–―]{{1,3}}\s"
)
_UNKNOWN_DATELINE = re.compile(
    rf"^(?P<place>[A-Z][A-Z .'’-]{{2,40}}(?:,[^()\n]{{1,40}}?)?)\s*\(\s*(?P<names>{_INITIALS}|"
    rf"{UNKNOWN_NAME})\s*\)\s*{_DASH}\s"
)
# A line that is nothing but the signature.
_ALONE = re.compile(
    rf"^[\s({{\[—–―*-]*(?i:sources?|agency|agencies|via|credit|from|courtesy(?: of)?|by)?\s*:?\s*"
    rf"(?P<names>{NAMES})(?i: (?:news )?(?:agency|staff|news service))?[\s)}}\].*—–-]*$"
)
_UNKNOWN_ALONE = re.compile(rf"^(?:\(\s*(?P<a>{_INITIALS})\s*\)|[(—–-]?\s*(?P<b>{UNKNOWN_NAME})\)?)\.?$")
# At the end of the last sentence.
_AT_END = re.compile(
    rf"(?:[.!?…][\"'”’]*\s*[(\[]\s*(?P<a>{NAMES})\s*[)\]]|[.!?…\"'”’]\s*[—–―-]{{1,3}}\s*(?P<b>{NAMES}))\s*\.?\s*$"
)
_UNKNOWN_AT_END = re.compile(rf"[.!?…][\"'”’]*\s*\(\s*(?P<a>{_INITIALS})\s*\)\s*\.?\s*$")
# "With inputs from", "Additional reporting by", "contributed to this report", "© 2025".
_ACKNOWLEDGED = re.compile(
    rf"\b(?i:(?:inputs?|reporting|material|contributions?) (?:by|from)\b)[^.\n]{{0,120}}?"
    rf"(?P<a>{NAMES})"
    rf"|(?P<b>{NAMES})[^.\n]{{0,200}}?\b(?i:contributed)(?= to (?:this|the) (?:report|story|article)\b|\W*$)"
    rf"|(?:©|\([cC]\)|\b(?i:copyright)\b)[^.\n]{{0,24}}?(?P<c>{NAMES})"
    rf"|\b(?i:(?:first|originally) (?:published|appeared|reported)(?: \w+)? (?:by|on|in|at)) (?P<d>{NAMES})"
    rf"|\b(?i:(?:this|the) (?:story|article|report) (?:is|was|has been) (?:\w+ ){{0,4}}(?:from|by)) (?P<e>{NAMES})"
    rf"|\b(?i:contributing)\s*:[^\n]{{0,200}}?(?P<g>{NAMES})"
    rf"|\b(?i:contributed to this (?:report|story|article))[^.\n]{{0,80}}(?P<f>{NAMES})"
)
_BYLINE = re.compile(
    rf"^(?i:by|from|reporting by)?\s*(?:[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){{0,6}}(?:\s*[,|/–—-]\s*|"
    rf"\s+(?:of|for|in)\s+))?"
    rf"\(?(?P<names>{NAMES})\)?(?i: (?:staff|writers?|reporters?|correspondents?|news agency|news)){{0,2}}\W*$"
)
_PICTURE = re.compile(
    r"[(\[][^()\[\]\n]{0,160}(?:\bphotos?\b|\bpictures?\b|\bimages?\b|\bvia\b|\bhandout\b|\bgetty\b|\bfile\b|"
    r"/)[^()\[\]\n]{0,160}[)\]]",
    re.IGNORECASE,
)
_PICTURE_BY = re.compile(
    r"\b(?:[Pp]icture|[Pp]hoto(?:graph)?|[Ii]mage|PICTURE|PHOTO|IMAGE)s?(?: credit| by)?\s*:\s*"
    r"(?P<name>[A-Z][\w.'’&-]*(?:[ /][A-Z][\w.'’&-]*){0,4})\W*$"
)
_PICTURE_TAIL = re.compile(
    r"(?:\bphoto(?:graph)?s?\b|\bpictures?\b|\bimages?\b|\bcredit\b|\bcourtesy\b|\bgetty\b|\bvia\b|"
    r"[\[(])[^\n]{0,120}$"
    r"|(?<=[.!?\"”’])\s*[^.!?\n]{1,60}$",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"[A-Z][\w.'’-]+\s?/\s?[A-Z]")
_PLACE_WORDS = 10
# Lines at either end of the body where a signature may stand without other words.
_LAST_LINES = 4
_FIRST_LINES = 3
_CREDIT_WORDS = 60
_CREDIT_CHARACTERS = 600
_LEAD_IN = frozenset("with additional extra further some and agency agencies news wire".split())
_NAMES_BEFORE = 14
_BYLINE_WORDS = 10
_OF_A_PICTURE = re.compile(r"(?:image|photo|picture|video|media|graphic)\b", re.IGNORECASE)


def is_signature(text: str) -> bool:
    """Whether a line is an agency's signature or acknowledgement and nothing else."""
    if len(text) > _CREDIT_CHARACTERS or _OF_A_PICTURE.match(text):
        return False
    if _ALONE.match(text) or _UNKNOWN_ALONE.match(text):
        return True
    bare = text.strip(" ()[]*—–-.")
    match = _ACKNOWLEDGED.search(bare)
    return match is not None and len(bare.split()) <= _CREDIT_WORDS // 2 and _is_all(bare, match)


def is_agency_byline(text: str) -> bool:
    """Whether a line is a byline with an agency in it: "Jane Doe | AP", "By Reuters staff"."""
    return len(text.split()) <= _BYLINE_WORDS and bool(_BYLINE.match(text))


def credits(text: str, parts: Sequence[Part]) -> tuple[Credit, ...]:
    """The agencies an article names as origin of its text or of a picture, in order of place.

    text, parts: the article's. Agencies go by their short name; "dpa/NAN" gives two credits. ``of`` is
    ``text`` for datelines, bylines, signatures and acknowledgements, ``picture`` in captions.
    """
    found: dict[tuple[int, int], Credit] = {}
    body = [part for part in parts if part.kind == "body"]
    told = [part for part in parts if part.kind in ("body", "credit")]
    for part in parts:
        if part.kind == "caption":
            _add(found, "picture", _in_caption(text, part))
            if not any(part.start <= start < part.end for start, _ in found):
                _add(found, "picture", _labelled(text, part))
        elif part.kind == "body":
            for match in _PICTURE.finditer(text, part.start, part.end):
                if _names_picture(match.group()):
                    _add(found, "picture", signed(text, match.start(), match.end()))
        elif part.kind == "credit":
            _add(found, "text", _in_credit(text, part))
    for part in body[:_FIRST_LINES]:
        _add(found, "text", _dateline(text, part))
    for part in told[-_LAST_LINES:]:
        _add(found, "text", _signature(text, part, last=part is told[-1]))
    return tuple(sorted(found.values(), key=lambda credit: (credit.start, credit.end)))


def _labelled(text: str, part: Part) -> list[tuple[str, int, int]]:
    """Whoever a caption says the picture is by; any name will do, for nothing follows from it."""
    match = _PICTURE_BY.search(text, part.start, part.end)
    return [(match["name"], match.start("name"), match.end("name"))] if match else []


def _add(found: dict[tuple[int, int], Credit], of: str, named: Iterable[tuple[str, int, int]]) -> None:
    for agency, start, end in named:
        if not any(start < other.end and other.start < end for other in found.values()):
            found[start, end] = Credit(agency, start, end, "picture" if of == "picture" else "text")


def has_dateline(text: str) -> bool:
    """Whether a line begins as an agency's first line does: "KYIV (Reuters) —"."""
    return bool(_dateline(text, Part(0, len(text), "body")))


def _dateline(text: str, part: Part) -> tuple[tuple[str, int, int], ...]:
    line = text[part.start : part.end]
    for pattern in (_DATELINE, _BARE_DATELINE, _UNKNOWN_DATELINE):
        match = pattern.match(line)
        if match is None or (match["place"] is not None and not _is_place(match["place"])):
            continue
        return _named(text, part.start + match.start("names"), part.start + match.end("names"))
    return ()


def _is_place(place: str) -> bool:
    """Whether what stands before the agency can be "KYIV, Feb. 3" and not a sentence."""
    words = re.findall(r"[^\W\d_][\w'’-]*", place)
    small = [
        word for word in words if word[0].islower() and word not in ("de", "la", "el", "al", "of", "the", "and", "del")
    ]
    return 0 < len(words) <= _PLACE_WORDS and not small


def _named(text: str, start: int, end: int) -> tuple[tuple[str, int, int], ...]:
    """The agencies in a stretch that is a credit: the known ones, else its words as they stand."""
    return signed(text, start, end) or ((text[start:end].strip(), start, end),)


def _signature(text: str, part: Part, *, last: bool) -> tuple[tuple[str, int, int], ...]:
    line = text[part.start : part.end]
    match = _AT_END.search(line)
    if match is None and last:
        match = _UNKNOWN_AT_END.search(line)
        if match is not None and _is_told_elsewhere(text, match["a"]):
            match = None
    if match is None and len(line) <= 4 * _CREDIT_CHARACTERS and len(line.split()) <= _CREDIT_WORDS:
        sentence = _ACKNOWLEDGED.search(line)
        match = sentence if sentence is not None and _closes(line, sentence) else None
    if match is None:
        return ()
    name = match.lastgroup
    if name is None or not (signed(match[name], 0, len(match[name])) or (name == "a" and not is_known(match[name]))):
        return ()
    return _named(text, part.start + match.start(name), part.start + match.end(name))


def _closes(line: str, match: re.Match[str]) -> bool:
    """Whether the acknowledgement is a sentence of its own at the line's end, not a clause of reporting."""
    before = line[: match.start()].rstrip()
    clause = re.split(r"[.!?()\[\]*—–”]", before)[-1].split()
    is_lead_in = all(word.lower().strip(",") in _LEAD_IN for word in clause)
    # "Additional reporting by AP" has only such words before it; "Runa Holt and AP contributed" has names.
    is_own = is_lead_in if match.lastgroup == "a" else len(clause) <= _NAMES_BEFORE
    return is_own and len(line[match.end() :].split()) <= 12


def _in_credit(text: str, part: Part) -> tuple[tuple[str, int, int], ...]:
    line = text[part.start : part.end]
    for pattern in (_ALONE, _UNKNOWN_ALONE, _ACKNOWLEDGED, _BYLINE):
        match = pattern.search(line)
        if match is None or match.lastgroup is None:
            continue
        named = _named(text, part.start + match.start(match.lastgroup), part.start + match.end(match.lastgroup))
        if pattern is _UNKNOWN_ALONE or signed(text, named[0][1], named[-1][2]):
            return named
    return ()


def _in_caption(text: str, part: Part) -> tuple[tuple[str, int, int], ...]:
    match = _PICTURE_TAIL.search(text, part.start, part.end)
    return () if match is None else signed(text, match.start(), part.end)


def _names_picture(bracket: str) -> bool:
    return bool(re.search(r"photo|picture|image|via|handout|getty|file", bracket, re.IGNORECASE)) or bool(
        _SLASHED.search(bracket)
    )


def _is_all(bare: str, match: re.Match[str]) -> bool:
    """Whether the acknowledgement is the line: "Officials said the report by AP was wrong" is not one."""
    before = bare[: match.start()].split()
    if match.lastgroup == "a" and any(word.lower() not in _LEAD_IN for word in before):
        return False
    return len(before) <= _NAMES_BEFORE and len(bare[match.end() :].split()) <= 10


def _is_told_elsewhere(text: str, initials: str) -> bool:
    """Whether the letters stand in the text outside brackets too: then they abbreviate something it tells of."""
    return bool(re.search(rf"(?<![(\w]){re.escape(initials)}(?![)\w])", text))
