"""One thing put in two places that cannot both be right."""

import re
from collections.abc import Iterator, Mapping, Sequence

from variorum.claims.conflicts.matching import Matching, of_others, printed, shorter_line
from variorum.claims.conflicts.slots import Slot
from variorum.claims.conflicts.statements import Compared, Verdict
from variorum.claims.lexicon import COUNTRIES
from variorum.claims.reports import Named, Report
from variorum.claims.units import Unit
from variorum.config.claims import Claims
from variorum.text import words

_REGION = re.compile(
    r"\b(?:County|Province|State|Region|District|Coast|North|South|East|West|Northern|Southern|Eastern|Western|"
    r"Central|Valley|Bay|Islands?|America|Europe|Asia|Africa|Britain|England|Scotland|Wales)\b"
)
_PLACING = frozenset(("in", "at", "near", "outside", "to", "from", "off", "into"))
_TOWARDS = frozenset(("to", "into", "from"))

Nested = frozenset[frozenset[str]]


def place_pairs(
    reports: Sequence[Report],
    units: Sequence[Unit],
    matching: Matching,
    titles: Mapping[str, str],
    *,
    settings: Claims,
) -> Iterator[Compared]:
    """Pairs of places where reports put one thing, with whether they agree. titles: name ids to the names to show."""
    nested = nested_places(reports)

    def judge(one: Slot, other: Slot) -> tuple[Verdict, float] | None:
        if one.named.id == other.named.id:
            return "agree", settings.same_place
        if not {one.preposition, other.preposition} <= _PLACING or _way(one) != _way(other):
            return None  # being held in one place is not being sent to another
        if one.is_negative != other.is_negative or {one.tense, other.tense} == {"past", "future"}:
            return None
        if _is_listed(one) or _is_listed(other):
            return None
        if one.anchor != other.anchor or of_others(one, other, units):
            return None
        if other.named.id in units[one.whole].names or one.named.id in units[other.whole].names:
            return None
        return ("differ", settings.same_place) if exclude(one.named, other.named, titles, nested) else None

    for match in matching.matches("place", judge):
        yield Compared(
            printed(match.one), printed(match.other), match.verdict, f"where it is in “{shorter_line(match, units)}”"
        )


def _is_listed(slot: Slot) -> bool:
    """Whether the place is one of several ("in Norby, Harle and Stennick")."""
    tokens = slot.report.annotation.tokens
    return tokens[slot.token].dep == "conj" or any(tokens[at].dep == "conj" for at in slot.report.children[slot.token])


def _way(slot: Slot) -> str:
    return slot.preposition if slot.preposition in _TOWARDS else "in"


def exclude(one: Named, other: Named, titles: Mapping[str, str], nested: Nested) -> bool:
    """Whether something cannot be in both places: two towns or two countries, neither put inside the other."""
    mine, theirs = titles[one.id], titles[other.id]
    if frozenset((one.id, other.id)) in nested or share_a_word(mine, theirs):
        return False
    countries = [_folded(name) in COUNTRIES for name in (mine, theirs)]
    if countries[0] != countries[1]:
        return False
    # A region may hold a town without any report saying so.
    return all(countries) or not (_REGION.search(mine) or _REGION.search(theirs))


def nested_places(reports: Sequence[Report]) -> Nested:
    """Pairs of places that some report sets side by side as one in the other: "A, B", "A in B", "B's A"."""
    found = set()
    for report in reports:
        for one, other in zip(report.named, report.named[1:], strict=False):
            between = report.article.text[one.end : other.start] if other.start >= one.end else "-"
            if re.fullmatch(r"(['’]s?)?\s*(,|\(|,?\s*(?:in|near|outside)(?: the)?)?\s*(?:the\s)?", between):
                found.add(frozenset((one.id, other.id)))
    return frozenset(found)


def share_a_word(one: str, other: str) -> bool:
    """Whether two names have a word in common beyond titles, so that they may be one name in two forms."""
    return bool(({w.key for w in words(one)} - _TITLES) & ({w.key for w in words(other)} - _TITLES))


_TITLES = frozenset("mr mrs ms miss dr sen rep gov gen sir lord judge president the of s".split())


def _folded(title: str) -> str:
    return " ".join(word.key for word in words(title) if word.key not in ("the", "s"))
