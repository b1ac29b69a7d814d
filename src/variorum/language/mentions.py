"""Names in one article: the recogniser's finds, mended, and propagated to where it missed them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from variorum.language.glosses import glosses
from variorum.language.parse import RawName
from variorum.language.persons import last_speaking, past_role, person_evidence
from variorum.records import Article, NameKind, NameMention, Span

_KINDS: dict[str, NameKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "NORP": "group",
    "FAC": "facility",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "LAW": "work",
    "PRODUCT": "other",
}
_LEADING = re.compile(r"^(?:the|a|an|this|that|his|her|its|their|our)\s+", re.I)
_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|mx|dr|prof|professor|sir|dame|lord|lady|president|vice president|prime minister|minister|"
    r"chancellor|secretary|senator|sen|representative|rep|congressman|congresswoman|governor|gov|mayor|judge|"
    r"justice|general|gen|colonel|col|captain|capt|lieutenant|lt|sergeant|sgt|officer|chief|king|queen|prince|"
    r"princess|pope|father|sister|brother|rev|reverend|imam|rabbi|detective|inspector|superintendent|"
    r"commissioner|ambassador|speaker|attorney general|cllr|councillor)\b\.?\s+)+",
    re.I,
)
_TRAILING = re.compile(r"(?:['’]s?|[\s,;:.\-–—])+$")
_COURTESY = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame)\b\.?\s+(?P<name>[A-Z][^\W\d_][\w’-]*(?:\s[A-Z][^\W\d_][\w’-]*){0,2})(?<!’s)"
)
_INSIDE_NAME = re.compile(r"(?<=[a-z,] )(?!(?:Mr|Mrs|Ms|Dr|President|Minister|Captain)\b)[A-Z][a-z]+ $")
_EDGE = "“”\"'’‘«»()[]{}"


def mentions(article: Article, raw: Iterable[RawName], stretches: Sequence[Span]) -> tuple[NameMention, ...]:
    """The names of one article in reading order, not overlapping, each of the kind most of its mentions have.

    raw: what the recogniser found. stretches: the lines that were analysed. A name found once is found
    wherever else its words stand in the same case, so one miss of the recogniser loses no mention.
    """
    text = article.text
    votes: dict[str, Counter[NameKind]] = {}
    found: set[Span] = set()
    named = [(name, _KINDS[name.label]) for name in raw if name.label in _KINDS]
    speaking = last_speaking(text)
    heads = {text[name.start : name.end] for name, _ in named}
    for name, kind in named:
        start = _past_owner(text, name.start, name.end, heads)
        start += past_role(text[start : name.end]) if kind == "person" else 0
        span = mended(text, start, name.end)
        if span is not None:
            tally = votes.setdefault(span.of(text), Counter())
            tally[kind] += 1
            tally["person"] += person_evidence(text, span.start, span.end, speaking)
            found.add(span)
    for span in _titled(text, stretches):
        votes.setdefault(span.of(text), Counter())["person"] += 3
        found.add(span)
    persons = _ending(votes)
    for form in [form for form in votes if " " in form and _voted(form, votes, persons) == "person"]:
        votes.setdefault(_last_name(form), Counter())["person"] += 1
    glossed = [span for gloss in glosses(text, stretches) for span in (gloss.long, gloss.short)]
    for span in glossed:
        votes.setdefault(span.of(text), Counter({"organisation": 1}))
    taken = bytearray(len(text))
    kept = [*_apart(glossed, taken), *_apart(found, taken)]
    kept += _free(_missed(text, set(votes), stretches), taken)
    persons = _ending(votes)
    kinds = {form: _voted(form, votes, persons) for form in votes}
    return tuple(
        NameMention(span.start, span.end, span.of(text), kinds[span.of(text)])
        for span in sorted(kept)
        if span.of(text) in kinds
    )


def mended(text: str, start: int, end: int) -> Span | None:
    """A name without article, title, possessive or marks at its edges; ``None`` when nothing is left."""
    while start < end and (text[start].isspace() or text[start] in _EDGE):
        start += 1
    while start < end and (text[end - 1].isspace() or (text[end - 1] in _EDGE)):
        end -= 1
    if text[start:end].startswith("State") and text[:start].endswith("ecretary of "):
        start += len("State")
        while start < end and text[start].isspace():
            start += 1
    for pattern in (_LEADING, _TITLES):
        match = pattern.match(text[start:end])
        if match and match.end() < end - start:
            start += match.end()
    trailing = _TRAILING.search(text[start:end])
    if trailing and not re.search(r"\b[A-Z]\.$", text[start:end]):
        end = start + trailing.start()
    inner = text[start:end]
    if not inner or "\n" in inner or not any(char.isupper() for char in inner) or len(inner) > 90:
        return None
    if inner.count("(") != inner.count(")"):
        return mended(text, start, start + inner.index("(")) if "(" in inner[1:] else None
    return Span(start, end)


def _titled(text: str, stretches: Sequence[Span]) -> Iterable[Span]:
    """Names behind a courtesy title, which no recogniser is needed for."""
    for stretch in stretches:
        for match in _COURTESY.finditer(text, stretch.start, stretch.end):
            yield Span(*match.span("name"))


def _last_name(form: str) -> str:
    parts = form.split()
    return (
        parts[-2]
        if len(parts) > 2 and parts[-1].rstrip(".").casefold() in ("jr", "sr", "ii", "iii", "iv")
        else parts[-1]
    )


def _past_owner(text: str, start: int, end: int, heads: set[str]) -> int:
    """Where a name begins behind its owner's: "Venezuela's Tren de Aragua" names two things."""
    match = re.match(r"(.+?)['’]s\s+(?=[A-Z])", text[start:end])
    return start + match.end() if match and match.group(1) in heads else start


def _apart(found: Iterable[Span], taken: bytearray) -> Iterator[Span]:
    """The longer of any two that overlap. taken: see ``_free``."""
    return _free(sorted(found, key=lambda span: (-len(span), span.start)), taken)


def _free(found: Iterable[Span], taken: bytearray) -> Iterator[Span]:
    """Those that overlap none before them. taken: the code points already under a name; marked further."""
    for span in found:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * len(span)
            yield span


def _missed(text: str, forms: set[str], stretches: Sequence[Span]) -> Iterable[Span]:
    """Further places of the forms."""
    wanted = {form for form in forms if len(form) > 2}
    if not wanted:
        return
    pattern = re.compile(
        r"(?<![\w-])(?:"
        + "|".join(re.escape(form) for form in sorted(wanted, key=len, reverse=True))
        + r")(?![\w-]|\.\w)"
    )
    for stretch in stretches:
        for match in pattern.finditer(text, stretch.start, stretch.end):
            if " " in match.group() or not _INSIDE_NAME.search(text, stretch.start, match.start()):
                yield Span(match.start(), match.end())


def _ending(votes: Mapping[str, Counter[NameKind]]) -> Counter[str]:
    """Votes for a person that longer names give to what they end in: "Ilse Marrack" to "Marrack"."""
    given: Counter[str] = Counter()
    for form, kinds in votes.items():
        if kinds["person"]:
            given.update({form[gap.end() :]: kinds["person"] for gap in re.finditer(" ", form)})
    return given


def _voted(form: str, votes: Mapping[str, Counter[NameKind]], persons: Mapping[str, int]) -> NameKind:
    """The kind of a form by all its mentions and those of longer names that end in it."""
    tally = Counter(votes[form])
    if any(char.isdigit() for char in form):
        tally["other"] += tally.pop("person", 0)
    if persons.get(form):
        tally["person"] += persons[form]
    return max(sorted(tally), key=lambda kind: (tally[kind], kind == "person"))
