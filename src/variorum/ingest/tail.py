"""The bottom of a report: lists of other stories, section names, what stands after the last sentence."""

from collections.abc import Sequence

from variorum.config.ingest import Ingest
from variorum.ingest.line import Line
from variorum.ingest.residue import is_section, opens_tail
from variorum.records import PartKind
from variorum.text import rarity

# Natural logarithms; from here a word is rare enough that two texts on different matters seldom share it.
_RARE = 5.0
_SHARED = 2
# A list of headlines with nothing to announce it must be this long to be one.
_UNANNOUNCED = 4
_TAG_WORDS = 4


def label_tail(lines: Sequence[Line], kinds: list[PartKind | None], settings: Ingest) -> None:
    """Mark lists of other stories, wherever they begin, as far as no body resumes after them."""
    at = 0
    has_told = False
    known: set[str] = set()
    while at < len(lines):
        if has_told and kinds[at] in (None, "navigation", "teaser") and _opens(lines, at):
            resumed = _resumes(lines, kinds, at, known, settings)
            _close(lines, kinds, at, resumed)
            at = resumed
        if at < len(lines) and kinds[at] is None:
            has_told = has_told or _tells(lines[at], None, settings)
            known.update(key for key in lines[at].keys if rarity(key) > _RARE)
        at += 1
    _label_trailing(lines, kinds, settings)


def _opens(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if opens_tail(line.text) and len(line.keys) <= 10:
        return True
    if not is_section(line.text):
        return False
    return any(opens_tail(after.text) or after.is_cut_off for after in lines[at + 1 : at + 5])


def _tells(line: Line, kind: PartKind | None, settings: Ingest) -> bool:
    return kind is None and line.is_prose(settings.prose_words) and not line.is_cut_off


def _resumes(
    lines: Sequence[Line], kinds: Sequence[PartKind | None], marker: int, known: set[str], settings: Ingest
) -> int:
    """Index of the first line of body after a list of other stories; ``len(lines)`` when none comes.

    A teaser's summary stands under its headline; body stands under body, or after a list of bare
    headlines, or speaks of what the report spoke of before. known: the rare words of the report so far.
    """
    bare = listed = 0
    for at in range(marker + 1, len(lines)):
        if not _tells(lines[at], kinds[at], settings):
            bare += kinds[at] is None
            listed += kinds[at] is None and _is_headline(lines[at])
            continue
        under_headline = _is_headline(lines[at - 1]) and not opens_tail(lines[at - 1].text) and kinds[at - 1] is None
        followed = at + 1 < len(lines) and _tells(lines[at + 1], kinds[at + 1], settings)
        is_listed = bare == listed > 1
        is_long = len(lines[at].keys) > settings.residue_words
        if is_long or is_listed or len(known & set(lines[at].keys)) >= _SHARED or (followed and not under_headline):
            return at
        bare += 1
    return len(lines)


def _is_headline(line: Line) -> bool:
    return line.is_headlike and len(line.keys) >= 3


def _close(lines: Sequence[Line], kinds: list[PartKind | None], start: int, end: int) -> None:
    for at in range(start, end):
        if kinds[at] is None:
            kinds[at] = "navigation" if opens_tail(lines[at].text) or is_section(lines[at].text) else "teaser"


def _ends_bare(line: Line) -> bool:
    return not line.is_cut_off and not line.text.endswith((":", ",", ";"))


def _label_trailing(lines: Sequence[Line], kinds: list[PartKind | None], settings: Ingest) -> None:
    """What stands after the last sentence with nothing to announce it: cut-off teasers, headlines, tags."""
    last = max((at for at, line in enumerate(lines) if _tells(line, kinds[at], settings)), default=None)
    if last is None:
        return
    # A short last paragraph ("She won.") still ends like a sentence.
    while (
        last + 1 < len(lines)
        and kinds[last + 1] is None
        and lines[last + 1].is_stopped
        and not _is_headline(lines[last + 1])
    ):
        last += 1
    rest = [at for at in range(last + 1, len(lines)) if kinds[at] is None]
    announcer = next((at for at in range(last + 1, len(lines)) if kinds[at] in ("teaser", "promo", "paywall")), None)
    after = set() if announcer is None else {at for at in rest if at > announcer}
    announced = any(_is_headline(lines[at]) and len(lines[at].keys) >= 5 for at in after)
    cut_off = sum(lines[at].is_cut_off for at in rest)
    headlines = sum(_is_headline(lines[at]) and len(lines[at].keys) >= 5 for at in rest)
    is_list = (cut_off >= 2 and headlines >= 1) or headlines >= _UNANNOUNCED
    for at in rest:
        if is_list or (announced and at in after):
            kinds[at] = "teaser"
        elif len(lines[at].keys) <= _TAG_WORDS and not lines[at].is_stopped and _ends_bare(lines[at]):
            kinds[at] = "navigation"
