"""Figures that cannot both be right: same thing counted, same happening, amounts that exclude each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10

from variorum.claims.conflicts.dates import may_be_one_time
from variorum.claims.conflicts.statements import Compared, Statement, Verdict
from variorum.claims.lexicon import FAMILIES, LIGHT, are_opposed, counted, family
from variorum.claims.likeness import Floats
from variorum.claims.units import Unit
from variorum.config.claims import Claims
from variorum.records import Figure
from variorum.text import fold, rarity

# Words beside a figure that say it counts a part, a further lot or a place in a row.
_PARTIAL = frozenset(
    "more another other additional further extra first second third last next remaining rest fewer less half "
    "average per each every total combined estimated capacity maximum minimum record least most".split()
)
_ROOM = frozenset("capacity room hold accommodate seat carry limit maximum license".split())
_SILENT = LIGHT | {""}
_SPANS_OF_TIME = frozenset(("s", "day", "month", "year"))
_SAME_ORDER = 10  # amounts further apart than that are rather of two things than two tellings of one
_ROUNDING = 0.03  # the most that rounding may take from an amount, as a share of it
_ROUND_FROM = 1000  # counts below are given exactly
_LISTED = 3  # figures of one unit in a sentence that make it a list, whose items grammar does not tell apart
# Counts of a period, which only stand against those of the same period.
_PERIODIC = frozenset(("new", "additional", "daily", "weekly"))


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """A figure with what decides whether another speaks of the same thing.

    unit: index of the smallest stretch that holds it; sentence: index of the whole sentence.
    predicate: lemma or family of the verb over it. beside: rare words that narrow what is counted.
    """

    figure: Figure
    unit: int
    sentence: int
    subject: str | None
    predicate: str
    beside: frozenset[str]
    partial: frozenset[str]


def number_pairs(units: Sequence[Unit], alike: Floats, *, settings: Claims) -> Iterator[Compared]:
    """Pairs of figures in different articles that count the same thing, with whether they agree."""
    counts = _counts(units)
    by_article: dict[str, list[Count]] = {}
    for count in counts:
        by_article.setdefault(units[count.unit].place[0], []).append(count)
    for at, one in enumerate(counts):
        for other in counts[at + 1 :]:
            if not _comparable(one, other, units, alike, settings):
                continue
            verdict = _verdict(one.figure, other.figure)
            if verdict == "differ" and _explained(one, other, units, by_article):
                continue
            yield Compared(_statement(one, units), _statement(other, units), verdict, _about(one, units))


def _counts(units: Sequence[Unit]) -> list[Count]:
    smallest: dict[tuple[str, int], int] = {}
    whole: dict[tuple[str, int], int] = {}
    for at, unit in enumerate(units):
        for figure in unit.figures:
            key = (unit.place[0], figure.start)
            if key not in smallest or len(units[smallest[key]].text) > len(unit.text):
                smallest[key] = at
            if unit.whole:
                whole[key] = at
    found = []
    for key, at in sorted(smallest.items()):
        figure = next(f for f in units[at].figures if f.start == key[1])
        if not _counts_something(figure, units[at]):
            continue
        found.append(_count(figure, at, whole.get(key, at), units[at]))
    return found


def _counts_something(figure: Figure, unit: Unit) -> bool:
    """Whether the figure is an amount: not a number in a list ("No. 2", "Article 5"), not two amounts in one."""
    before = unit.report.article.text[max(0, figure.start - 12) : figure.start]
    if re.search(
        r"(?:\bNos?\.|\b[Nn]umber|\b(?:Article|Title|Section|Chapter|Page|Route|Flight|Organization)|#)\s?$", before
    ):
        return False
    return figure.hedge == "range" or len(re.findall(r"\d[\d,.]*", figure.text)) <= 1


def _count(figure: Figure, at: int, sentence: int, unit: Unit) -> Count:
    report, tokens = unit.report, unit.report.annotation.tokens
    noun = figure.token
    for _ in range(4):
        if figure.subject_span is not None and tokens[noun].start == figure.subject_span.start:
            break
        noun = tokens[noun].head
    near: set[int] = set()
    for at_token in (figure.token, noun):
        for child in report.children[at_token]:
            near.add(child)
            near.update(report.children[child])
            near.update(grand for below in report.children[child] for grand in report.children[below])
    lemmas = {fold(tokens[i].lemma) for i in near if tokens[i].pos in ("NOUN", "ADJ", "PROPN", "ADV", "ADP", "DET")}
    subject = counted(fold(figure.subject)) if figure.subject is not None else None
    return Count(
        figure=figure,
        unit=at,
        sentence=sentence,
        subject=subject,
        predicate=_predicate(unit, figure.token),
        beside=frozenset(
            word
            for word in lemmas
            if (rarity(word) > 2.5 or word in _PERIODIC) and word != subject and not word[:1].isdigit()
        ),
        partial=frozenset(lemmas & (_PARTIAL | _ROOM)),
    )


def _predicate(unit: Unit, token: int) -> str:
    tokens = unit.report.annotation.tokens
    at = token
    for _ in range(8):
        if tokens[at].pos in ("VERB", "AUX") or tokens[at].head == at:
            break
        at = tokens[at].head
    lemma = tokens[at].lemma.casefold()
    if tokens[at].pos not in ("VERB", "AUX"):
        lemma = ""
    return family(lemma) or lemma


def _tied(one: Count, other: Count) -> bool:
    """Whether grammar says that both count one thing; spans of time hang on anything ("over ten years")."""
    return one.subject is not None and one.subject == other.subject and one.figure.unit not in _SPANS_OF_TIME


def _comparable(one: Count, other: Count, units: Sequence[Unit], alike: Floats, settings: Claims) -> bool:
    u, v = units[one.unit], units[other.unit]
    if u.report is v.report or one.figure.unit != other.figure.unit:
        return False
    if one.figure.unit is None and (one.subject is None or one.subject != other.subject):
        return False
    if one.subject is not None and other.subject is not None and one.subject != other.subject:
        return False
    likeness = max(float(alike[one.unit, other.unit]), float(alike[one.sentence, other.sentence]))
    if max(one.figure.value, other.figure.value) > _SAME_ORDER * min(one.figure.value, other.figure.value):
        return False
    least = settings.same_figure if _tied(one, other) else settings.same_untied_figure
    if likeness < least or one.partial != other.partial:
        return False
    if u.is_negative != v.is_negative or not _same_predicate(one, other, likeness >= settings.same_statement):
        return False
    if one.beside and other.beside and not one.beside & other.beside:
        return False
    if (one.beside | other.beside | one.partial | other.partial) & _PERIODIC and not (u.times and v.times):
        return False
    if max(_of_one_unit(one, units), _of_one_unit(other, units)) >= _LISTED:
        return False
    return all(may_be_one_time(s, t) for s in u.times for t in v.times)


def _of_one_unit(count: Count, units: Sequence[Unit]) -> int:
    return sum(figure.unit == count.figure.unit for figure in units[count.sentence].figures)


def _same_predicate(one: Count, other: Count, alike: bool) -> bool:
    """Whether the same is said of what is counted. alike: whether the statements are otherwise near enough."""
    if are_opposed(one.predicate, other.predicate):
        return False
    if one.predicate == other.predicate and one.predicate not in _SILENT:
        return True
    if one.predicate in FAMILIES and other.predicate in FAMILIES:
        return False
    return alike or (one.predicate in _SILENT and other.predicate in _SILENT and bool(one.beside & other.beside))


def _verdict(one: Figure, other: Figure) -> Verdict:
    if _overlap(one, other):
        return "agree"
    return "agree" if _rounds_to(one.value, other.value) or _rounds_to(other.value, one.value) else "differ"


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


def _explained(one: Count, other: Count, units: Sequence[Unit], by_article: dict[str, list[Count]]) -> bool:
    """Whether either article has a figure that agrees with the other's: then the two count different things."""
    for mine, theirs in ((one, other), (other, one)):
        for count in by_article[units[mine.unit].place[0]]:
            if count is mine or count.figure.unit != theirs.figure.unit:
                continue
            alike = count.subject == theirs.subject or count.subject is None or theirs.subject is None
            firm = count.figure.hedge in ("exact", "about")
            if alike and firm and _overlap(count.figure, theirs.figure):
                return True
    return False


def _statement(count: Count, units: Sequence[Unit]) -> Statement:
    figure, unit = count.figure, units[count.unit]
    end = max(figure.end, figure.subject_span.end if figure.subject_span is not None else 0)
    end = end if figure.start < end <= figure.end + 30 else figure.end
    return Statement(unit.place[0], figure.start, end, unit.report.article.text[figure.start : end], figure.value)


def _about(count: Count, units: Sequence[Unit]) -> str:
    line = _clipped(units[count.unit].text)
    if count.figure.unit is None and count.figure.subject is not None:
        return f"the number of {_noun(count, units)}: “{line}”"
    return f"the amount: “{line}”"


def _noun(count: Count, units: Sequence[Unit]) -> str:
    """What is counted, as it is printed."""
    span = count.figure.subject_span
    text = units[count.unit].report.article.text
    return " ".join(span.of(text).split()) if span is not None else "them"


def _clipped(words: str, most: int = 90) -> str:
    joined = " ".join(words.split())
    return joined if len(joined) <= most else joined[: joined.rfind(" ", 0, most)] + " …"
