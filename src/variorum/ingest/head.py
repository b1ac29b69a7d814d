"""The top of a report: title, standfirst, byline, dates, before the first line of body."""

import re
from collections.abc import Sequence

from variorum.config.ingest import Ingest
from variorum.ingest.credits import has_dateline, is_agency_byline
from variorum.ingest.line import Line
from variorum.ingest.residue import is_section
from variorum.records import PartKind
from variorum.text import rarity

_NAME = r"(?:[^\W\d_a-z][\w.'’-]*|de|da|del|van|von|der|den|la|le|bin|al|el|di|dos|du)"
_FULL_NAME = rf"{_NAME}(?: {_NAME}){{1,4}}"
_ROLE = (
    r"(?:staff|reporters?|correspondents?|editors?|writers?|bureau|desk|agencies|agency|journalists?|columnist|"
    r"newsroom|"
    r"producer|contributors?|team)"
)
_BY = re.compile(
    r"^(?:(?:written |reported |posted |published |words |story |report )?by|author|authors|reporter|"
    r"from our correspondent)\b\s*:?\s*"
    r"(?P<names>\S.{1,160})$",
    re.IGNORECASE,
)
_NAME_PLACE = re.compile(r"^(?P<names>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){1,3}),\s+[A-Z][\w .'’-]{1,40}$")
_STAFF = re.compile(
    rf"^(?:(?:the|our|a) )?(?:[\w.&'’-]+ ){{0,4}}{_ROLE}(?: (?:in|at|and) [\w .'’-]{{2,40}})?$", re.IGNORECASE
)
_NAME_ONLY = re.compile(
    rf"^{_FULL_NAME}(?:(?:,| and| &) {_FULL_NAME}){{0,3}}(?:,? (?:[\w-]+ ){{0,3}}{_ROLE}.{{0,40}})?$"
)
# Headlines of two words are rarer than texts that begin with their author.
_TWO_WORD_NAMES = re.compile(rf"^{_NAME} {_NAME}(?:(?:,| and| &) {_NAME} {_NAME}){{0,3}}$")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? \d{{2,4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
)
_DATED = re.compile(
    r"^(?:(?:first |last )?(?:published|posted|updated|modified|created|issued|date|last updated|on|"
    r"as of)\b\W*(?:on |at )?)?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    rf"(?:{_DATE})(?:[\s,|·•T-]*(?:at )?\d{{1,2}}[:.]\d{{2}}.{{0,40}})?(?:\s*[|·•-].{{0,60}})?$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"^(?:(?:first |last )?(?:published|posted|updated|modified|last updated)\b\W*.{0,60}|"
    r"\d+ min(?:ute)?s?\.? (?:read|listen)|"
    r"(?:reading time|read time)\b.{0,30}|\d+ (?:minutes?|hours?|days?|weeks?) ago)$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:\bcontributed to this (?:report|story|article)\b|\bcontributed\W*$|^contributing\s*:|"
    r"^with (?:\w+ ){0,3}wires?\b"
    r"|^\W*(?:additional |with |further )*(?:reporting|editing|writing|compiled|edited|written|translated) by\b"
    r"|\bfollow (?:her|him|them) (?:on|at)\b|\bcan be reached (?:at|on|by)\b|\be-?mail (?:her|him|them) at\b"
    r"|^(?:©|\(c\)\s|copyright\b)|\ball rights reserved\b|\bis (?:a|an|the|our) (?:[\w'’-]+ ){0,5}(?:reporter|"
    r"correspondent|editor|columnist|"
    r"writer|journalist|contributor|producer|bureau chief|fellow)\b(?: (?:at|for|with|of|based|in|"
    r"covering)\b.{0,120})?\.?$)",
    re.IGNORECASE,
)
_CREDIT_WORDS = 40
# Words of a standfirst: fewest; most where only a picture parts it from the body.
_STANDFIRST_LEAST = 5
_STANDFIRST_SHORT = 25
# Share of a standfirst's words of content (rarity in natural logarithms) that the first paragraph below
# it says again; more is asked under a title, where a first paragraph is the likelier. By eye.
_CONTENT = 2.0
_RESTATED = 0.2
_RESTATED_UNDER_TITLE = 0.4


def is_byline(text: str) -> bool:
    """Whether a line gives the author: "By Jane Doe", "JANE DOE, Quayside"."""
    match = _BY.match(text)
    if match is not None:
        named = match["names"].split(",")[0].split(" and ")[0].split("|")[0].strip()
        return len(text.split()) <= 16 and not text.endswith(("!", "?", ":")) and named[:1].isupper()
    return bool(_NAME_PLACE.match(text))


def is_dated(text: str) -> bool:
    """Whether a line says when the report was published, and nothing else."""
    return len(text) <= 120 and bool(_DATED.match(text) or _PUBLISHED.match(text))


def is_closing(text: str, words: int) -> bool:
    """Whether a line at a report's end is about its makers: who contributed, who owns it, how to reach them."""
    return words <= _CREDIT_WORDS and bool(_CLOSING.search(text))


def authors(text: str) -> tuple[str, ...]:
    """The names in a byline's line, in order; none when it names a desk or an agency's staff only."""
    match = _BY.match(text) or _NAME_PLACE.match(text)
    if match is None:
        return ()
    names = re.split(r"\s*(?:,|;|&|\band\b|\bwith\b|\|)\s*", match["names"])
    found = []
    for name in names:
        bare = re.sub(r"\s+(?:in|for|at|of) .*$|[\[(].*$", "", name).strip(" .-–—")
        if re.fullmatch(_FULL_NAME, bare) and not re.search(rf"\b{_ROLE}\b", bare, re.IGNORECASE):
            found.append(bare.title() if bare.isupper() else bare)
    return tuple(found)


def label_head(lines: Sequence[Line], kinds: list[PartKind | None], settings: Ingest) -> None:
    """Mark title, standfirst, bylines and dates at the top of a text that has no markup."""
    open_lines = [at for at, kind in enumerate(kinds) if kind is None]
    if len(open_lines) < 2:
        return
    if kinds[0] == "teaser":
        # "Analysis: ...", "Watch: ..." before any body is a headline, whatever it would be after it.
        kinds[0] = None
        open_lines.insert(0, 0)
    first = open_lines[0]
    if len(open_lines) > 2 and _is_section_head(lines, open_lines):
        kinds[first] = "navigation"
        first = open_lines[1]
    if _is_title(lines[first], settings) and _body_follows(lines, kinds, first, settings):
        kinds[first] = "title"
    _label_makers(lines, kinds, settings)
    label_standfirst(lines, kinds, settings)


def _content(line: Line) -> set[str]:
    return {key for key in line.keys if rarity(key) > _CONTENT}


def _is_section_head(lines: Sequence[Line], open_lines: Sequence[int]) -> bool:
    first, second = lines[open_lines[0]], lines[open_lines[1]]
    return is_section(first.text) and second.is_headlike and len(second.keys) >= 4


def _is_title(line: Line, settings: Ingest) -> bool:
    return (
        2 <= len(line.keys) <= settings.title_words
        and line.is_headlike
        and not (is_byline(line.text) or is_dated(line.text) or _TWO_WORD_NAMES.match(line.text))
    )


def _body_follows(lines: Sequence[Line], kinds: Sequence[PartKind | None], at: int, settings: Ingest) -> bool:
    return any(
        kind is None and line.is_prose(settings.prose_words)
        for line, kind in zip(lines[at + 1 :], kinds[at + 1 :], strict=True)
    )


def _label_makers(lines: Sequence[Line], kinds: list[PartKind | None], settings: Ingest) -> None:
    """Bylines and dates: marked by their form alone up to the first prose, bare names only under a title."""
    under_title = bool(lines) and kinds[0] is None and bool(_TWO_WORD_NAMES.match(lines[0].text))
    for at, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is None and line.is_prose(settings.prose_words) and not (is_byline(line.text) or is_dated(line.text)):
            after = lines[at + 1] if at + 1 < len(lines) else None
            if after is None or not is_byline(after.text):
                return
        if kind == "title":
            under_title = True
        elif kind is None and (
            is_byline(line.text)
            or is_dated(line.text)
            or (under_title and is_agency_byline(line.text))
            or (under_title and len(line.keys) <= 10 and (_STAFF.match(line.text) or _NAME_ONLY.match(line.text)))
        ):
            kinds[at] = "credit"


def label_standfirst(lines: Sequence[Line], kinds: list[PartKind | None], settings: Ingest) -> None:
    """The first line left is a standfirst when something only the top of a report has comes between it and the rest."""
    candidates = [at for at, kind in enumerate(kinds) if kind is None]
    if len(candidates) < 2:
        return
    first = candidates[0]
    line = lines[first]
    if not _STANDFIRST_LEAST <= len(line.keys) <= settings.standfirst_words or has_dateline(line.text):
        return
    title = next((at for at, kind in enumerate(kinds[:first]) if kind == "title"), None)
    is_repeated = any(lines[at].keys == line.keys for at in candidates[1:3])
    between = kinds[first + 1 : candidates[1]]
    content = _content(line)
    again = len(content & _content(lines[candidates[1]]))
    restated = again >= 2 and again >= (_RESTATED if title is None else _RESTATED_UNDER_TITLE) * len(content)
    # A picture stands as often after the first paragraph as after a standfirst; the paragraph goes on,
    # the standfirst is told again.
    is_parted = "credit" in between or ("caption" in between and restated and len(line.keys) <= _STANDFIRST_SHORT)
    blocks = [lines[at].block for at in candidates]
    is_spaced = len(set(blocks)) > 0.8 * len(blocks)
    in_title_block = title is not None and lines[title].block == line.block and is_spaced
    if not _body_follows(lines, kinds, first, settings):
        return
    if is_repeated or in_title_block or (is_parted and len(line.keys) <= settings.title_words + 10):
        kinds[first] = "standfirst"
