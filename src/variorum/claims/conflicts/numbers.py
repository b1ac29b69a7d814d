"""Figures that cannot both be right: amounts of one thing that exclude each other."""

import re
from collections.abc import Iterator, Sequence
from math import floor, log10

from variorum.claims.conflicts.dates import may_be_one_time
from variorum.claims.conflicts.matching import Match, Matching, of_others
from variorum.claims.conflicts.slots import Slot
from variorum.claims.conflicts.statements import Compared, Statement, Verdict, clipped
from variorum.claims.lexicon import are_opposed, counted
from variorum.claims.units import Unit
from variorum.config.claims import Claims
from variorum.records import Figure
from variorum.text import fold, rarity

# Words beside a figure that say it counts a part, a further lot or a place in a row.
_PARTIAL = frozenset(
    "more another other additional further extra first second third last next remaining rest fewer less half "
    "average per each every total combined estimated capacity maximum minimum record least most".split()
)
_HEDGING = frozenset("more fewer less least most maximum minimum estimated".split())
_ROOM = frozenset("capacity room hold accommodate seat carry limit maximum license".split())
_SAME_ORDER = 10  # amounts further apart than that are rather of two things than two tellings of one
_ROUNDING = 0.03  # the most that rounding may take from an amount, as a share of it
_CONVERTED = 0.07  # share of an amount that rounding after conversion may take: "20 feet" is "six metres"
_CONVERTIBLE = frozenset(("m", "m2", "m3", "kg", "l", "s"))
_WHOLE = 0.5  # percentage points
_ROUND_FROM = 1000  # counts below are given exactly
# Counts of a period, which only stand against those of the same period.
_NARROWING = 1.6  # rarity of a word that fewer than one article in five has
_PERIODIC = frozenset(("new", "additional", "daily", "weekly"))
# A toll that is told as growing, or as not yet final.
_GROWING = re.compile(
    r"\b(?:so far|as of|rose|risen|rises?|rising|climb(?:ed|s|ing)?|grew|grown|initial(?:ly)?|preliminary|updated?|"
    r"now stands|had already reached|to date)\b",
    re.I,
)
# Happenings whose count goes up while reports are written.
_TOLLS = frozenset(
    "death injury arrest rescue evacuation displace infect hospitalize hospitalise damage destroy miss recover confirm "
    "test case body victim casualty infection".split()
)
_RATE_REACH = 30  # characters after a figure in which "a day" speaks of it
_RATE = re.compile(r"^[^.,;]*?\b(?:an?|per|each|every)\s(hour|day|night|week|month|quarter|season|year)\b", re.I)
_LONG = frozenset(("month", "season", "year", "decade"))
_NUMBERED = re.compile(
    r"(?:\bNos?\.|\b[Nn]umber|\b(?:Article|Title|Section|Chapter|Page|Route|Flight|Organization|Person)|#)\s?$"
)


def number_pairs(units: Sequence[Unit], matching: Matching, *, settings: Claims) -> Iterator[Compared]:
    """Pairs of figures in different articles that count the same thing, with whether they agree."""

    def judge(one: Slot, other: Slot) -> tuple[Verdict, float] | None:
        verdict = _judged(one, other, units)
        return None if verdict is None else (verdict, _least(one, other, units, settings))

    for match in matching.matches("number", judge):
        yield _compared(match, units)


def _least(one: Slot, other: Slot, units: Sequence[Unit], settings: Claims) -> float:
    """The nearness demanded: more where grammar does not say that both figures are of one thing."""
    listed = max(sum(f.unit == slot.figure.unit for f in units[slot.whole].figures) for slot in (one, other)) > 1
    subjects = [slot.figure.subject for slot in (one, other)]
    if one.anchor != other.anchor or listed:
        return settings.same_untied_figure
    return settings.same_figure if subjects[0] == subjects[1] is not None else settings.same_measure


def _judged(one: Slot, other: Slot, units: Sequence[Unit]) -> Verdict | None:
    a, b = one.figure, other.figure
    if a.unit != b.unit or not (_is_amount(one) and _is_amount(other)):
        return None
    subjects = [counted(fold(figure.subject)) if figure.subject is not None else None for figure in (a, b)]
    if a.unit is None and (subjects[0] != subjects[1] or (None in subjects and one.anchor != other.anchor)):
        return None
    if agree(a, b):
        return "agree"
    if max(a.value, b.value) > _SAME_ORDER * min(a.value, b.value) and _digits(a.value) != _digits(b.value):
        return None  # "$5 million" and "$5 billion" are one slip of a word apart
    if of_others(one, other, units) or (a.unit == "%" and abs(a.value + b.value - 100) < _WHOLE):
        return None  # who keeps 70 % gives up 30
    return "differ" if _one_thing(one, other) and _one_time(one, other, units) else None


def _digits(value: float) -> str:
    return f"{value:.12g}".replace(".", "").strip("0")


def _one_thing(one: Slot, other: Slot) -> bool:
    """Whether neither counts a part, a further lot or a capacity where the other does not, nor the opposite."""
    beside = [_beside(slot) for slot in (one, other)]
    if beside[0] & (_PARTIAL | _ROOM) != beside[1] & (_PARTIAL | _ROOM):
        return False
    if one.verb and other.verb and one.verb != other.verb:
        return False
    narrowed = [
        {word for word in each if _narrows(word, slot)} for each, slot in zip(beside, (one, other), strict=True)
    ]
    if one.figure.unit is None and all(narrowed) and not narrowed[0] & narrowed[1]:
        return False
    return one.is_negative == other.is_negative and not are_opposed(one.verb, other.verb)


def _narrows(word: str, slot: Slot) -> bool:
    """Whether a word beside a figure says which of the things counted are meant."""
    subject = slot.figure.subject
    return rarity(word) > _NARROWING and (subject is None or word != fold(subject)) and not word[:1].isdigit()


def _one_time(one: Slot, other: Slot, units: Sequence[Unit]) -> bool:
    """Whether nothing says that the two are counts of two times: a toll grows, and that is no contradiction."""
    u, v = units[one.unit], units[other.unit]
    periodic = one.figure.unit is None and (_beside(one) | _beside(other)) & _PERIODIC
    if periodic and not (u.times and v.times):
        return False
    if _rate(one) != _rate(other):
        return False
    if len({any(time.precision in _LONG for time in unit.times) for unit in (u, v)}) > 1:
        return False  # last year's figure is not this year's
    if {one.tense, other.tense} == {"past", "future"}:
        return False
    if _is_update(one, other, units):
        return False
    return all(may_be_one_time(s, t) for s in u.times for t in v.times)


def _rate(slot: Slot) -> str:
    """The stretch of time the figure is given for ("200 parcels a week"), empty where none is said."""
    text = slot.report.article.text[slot.end : slot.end + _RATE_REACH]
    found = _RATE.search(text)
    return found.group(1).casefold() if found else ""


def _is_update(one: Slot, other: Slot, units: Sequence[Unit]) -> bool:
    """Whether the later report has the larger figure and one of the two says that the count goes on."""
    earlier, later = sorted((one, other), key=lambda slot: slot.figure.value)
    when = [slot.report.article.published for slot in (earlier, later)]
    grows = any(slot.anchor in _TOLLS or slot.figure.subject in _TOLLS for slot in (one, other))
    if grows and when[0] is not None and when[1] is not None and when[0].at.date() < when[1].at.date():
        return True
    if when[0] is not None and when[1] is not None and when[0].at.date() > when[1].at.date():
        return False
    return any(_GROWING.search(units[slot.whole].text) for slot in (one, other))


def _is_amount(slot: Slot) -> bool:
    """Whether the figure is an amount: not a number in a list ("No. 2", "Article 5"), not two amounts in one."""
    text = slot.report.article.text
    if _NUMBERED.search(text[max(0, slot.start - 14) : slot.start]):
        return False
    return slot.figure.hedge == "range" or len(re.findall(r"\d[\d,.]*", slot.figure.text)) <= 1


def _beside(slot: Slot) -> frozenset[str]:
    """Lemmas that hang from the figure or from what it counts."""
    report, tokens, figure = slot.report, slot.report.annotation.tokens, slot.figure
    noun, counted_at = figure.token, figure.subject_span.start if figure.subject_span is not None else None
    for _ in range(4):
        if counted_at is None or tokens[noun].start == counted_at:
            break
        noun = tokens[noun].head
    near: set[int] = set()
    for at in {figure.token, noun}:
        for child in report.children[at]:
            near.add(child)
            near.update(below for below in report.children[child] if tokens[below].dep in ("amod", "det", "advmod"))
    kinds = ("NOUN", "ADJ", "PROPN", "ADV", "ADP", "DET")
    lemmas = frozenset(fold(tokens[i].lemma) for i in near if tokens[i].pos in kinds)
    return lemmas if figure.hedge == "exact" else lemmas - _HEDGING


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures of one unit can be one amount, hedges and rounding understood."""
    if _in_other_units(one, other) and abs(one.value - other.value) <= _CONVERTED * max(one.value, other.value):
        return True
    return _overlap(one, other) or _rounds_to(one.value, other.value) or _rounds_to(other.value, one.value)


def _in_other_units(one: Figure, other: Figure) -> bool:
    """Whether the two are written in different units of one quantity, of which newsrooms round the converted one."""
    written = [re.sub(r"[^a-z°]|(?<=[a-z])s\b", "", figure.text.casefold()) for figure in (one, other)]
    return one.unit in _CONVERTIBLE and written[0] != written[1]


def _overlap(one: Figure, other: Figure) -> bool:
    return one.low <= other.high and other.low <= one.high


def _rounds_to(exact: float, rounded: float) -> bool:
    """Whether ``rounded`` is ``exact`` with fewer digits (2.55 and 2.5, 5.68 million and 5.7 million).

    Not for whole numbers below a thousand: 12 hurt are not 10 hurt.
    """
    if rounded == 0 or (rounded == int(rounded) and abs(rounded) < _ROUND_FROM):
        return False
    digits = f"{rounded:.12g}".replace(".", "").rstrip("0").lstrip("0-")
    unit = 10.0 ** (floor(log10(abs(rounded))) - len(digits) + 1)
    return abs(exact - rounded) <= min(unit / 2, _ROUNDING * abs(rounded)) * (1 + 1e-9)


def _compared(match: Match, units: Sequence[Unit]) -> Compared:
    about = min((_about(slot, units) for slot in (match.one, match.other)), key=lambda words: (len(words), words))
    return Compared(_statement(match.one), _statement(match.other), match.verdict, about)


def _statement(slot: Slot) -> Statement:
    figure = slot.figure
    end = max(figure.end, figure.subject_span.end if figure.subject_span is not None else 0)
    end = end if figure.start < end <= figure.end + 30 else figure.end
    article = slot.report.article
    return Statement(article.id, figure.start, end, article.text[figure.start : end], figure.value)


def _about(slot: Slot, units: Sequence[Unit]) -> str:
    line = clipped(units[slot.unit].text)
    span = slot.figure.subject_span
    if slot.figure.unit is None and span is not None:
        return f"the number of {' '.join(span.of(slot.report.article.text).split())}: “{line}”"
    return f"the amount: “{line}”"
