"""One part in one event, given to two persons, or one happening in two places, read off alike statements."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from variorum.claims.conflicts.statements import Compared, Statement
from variorum.claims.lexicon import COUNTRIES, LIGHT, SAYING, family
from variorum.claims.likeness import Floats
from variorum.claims.reports import Named, Report
from variorum.claims.units import Unit
from variorum.config.claims import Claims
from variorum.text import words

_PARTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "appos", "attr", "oprd"))
_REGION = re.compile(
    r"\b(?:County|Province|State|Region|District|Coast|North|South|East|West|Northern|Southern|Eastern|Western|"
    r"Central|Valley|Bay|Islands?|America|Europe|Asia|Africa|Britain|England|Scotland|Wales)\b"
)
_TITLES = frozenset("mr mrs ms miss dr sen rep gov gen sir lord judge president the s".split())
_Part = tuple[str, str, str]
_DEEP = {"nsubjpass": "dobj"}  # who was accused is whom somebody accused


def name_pairs(
    units: Sequence[Unit], alike: Floats, titles: Mapping[str, str], *, settings: Claims
) -> Iterator[Compared]:
    """Pairs of persons who have one part in statements that are the same but for them.

    Each article must know only the one of the two: who names both tells them apart. The likenesses of the
    statements add up: one name put for another throughout a report shows in several.
    """
    found: dict[tuple[str, str], dict[tuple[tuple[str, int], tuple[str, int]], tuple[float, Compared]]] = {}
    for u, v, likeness in _alike(units, alike, settings.hardly_the_same):
        for one, other in _filling(u, v, "person", likeness, settings):
            known_u = {named.id for named in u.report.named}
            known_v = {named.id for named in v.report.named}
            if other.id in known_u or one.id in known_v or _share_a_word(titles[one.id], titles[other.id]):
                continue
            pair = Compared(_statement(u, one), _statement(v, other), "differ", f"who it is in “{_line(u)}”")
            pair = pair if pair.one.value <= pair.other.value else replace(pair, about=f"who it is in “{_line(v)}”")
            ids = (one.id, other.id) if one.id < other.id else (other.id, one.id)
            sides = sorted((((u.place[0], u.sentence)), ((v.place[0], v.sentence))))
            held = found.setdefault(ids, {})
            held[sides[0], sides[1]] = max(
                held.get((sides[0], sides[1]), (0.0, pair)), (likeness, pair), key=lambda known: known[0]
            )
    for held in found.values():
        if sum(likeness for likeness, _ in held.values()) >= settings.same_part:
            yield from (pair for _, pair in held.values())


def place_swaps(
    units: Sequence[Unit],
    alike: Floats,
    titles: Mapping[str, str],
    nested: frozenset[frozenset[str]],
    *,
    settings: Claims,
) -> Iterator[Compared]:
    """Pairs of places that stand in one place of two statements that are the same but for them."""
    for u, v, likeness in _alike(units, alike, settings.same_but_for_place):
        if _happening(u) is None or _happening(u) != _happening(v):
            continue
        for one, other in _filling(u, v, "place", likeness, settings):
            apart = other.id not in u.names and one.id not in v.names
            if apart and exclude(one, other, titles, nested) and not _regions(titles[one.id], titles[other.id]):
                yield Compared(_statement(u, one), _statement(v, other), "differ", f"where it is in “{_line(u)}”")


def _happening(unit: Unit) -> str | None:
    """The verb of a statement that tells of something done at one place; ``None`` for "has", "made", "carried out"."""
    lemma = unit.report.annotation.tokens[unit.root].lemma.casefold()
    return None if lemma in LIGHT else family(lemma) or lemma


def _regions(*names: str) -> bool:
    """Whether one of the names is of a region, which another may lie in without any report saying so."""
    return any(_REGION.search(name) or _folded(name) in COUNTRIES for name in names)


def exclude(one: Named, other: Named, titles: Mapping[str, str], nested: frozenset[frozenset[str]]) -> bool:
    """Whether something cannot be in both places: two towns or two countries, neither put inside the other."""
    # A small model takes many a town for somebody; that the other report has a place there sets it right.
    if "place" not in (one.kind, other.kind) or "facility" in (one.kind, other.kind):
        return False
    if frozenset((one.id, other.id)) in nested:
        return False
    if _share_a_word(titles[one.id], titles[other.id]):
        return False
    return (_folded(titles[one.id]) in COUNTRIES) == (_folded(titles[other.id]) in COUNTRIES)


def nested_places(reports: Sequence[Report]) -> frozenset[frozenset[str]]:
    """Pairs of places that some report sets side by side as one in the other: "A, B", "A in B", "B's A"."""
    found = set()
    for report in reports:
        for one, other in zip(report.named, report.named[1:], strict=False):
            between = report.article.text[one.end : other.start] if other.start >= one.end else "-"
            if re.fullmatch(r"(['’]s?)?\s*(,|\(|,?\s*(?:in|near|outside)(?: the)?)?\s*(?:the\s)?", between):
                found.add(frozenset((one.id, other.id)))
    return frozenset(found)


def _alike(units: Sequence[Unit], alike: Floats, least: float) -> Iterator[tuple[Unit, Unit, float]]:
    rows, columns = np.nonzero(np.triu(alike, 1) >= least)
    for a, b in zip(rows.tolist(), columns.tolist(), strict=True):
        u, v = units[a], units[b]
        if u.report is not v.report and u.is_negative == v.is_negative:
            yield u, v, float(alike[a, b])


def _filling(u: Unit, v: Unit, kind: str, likeness: float, settings: Claims) -> Iterator[tuple[Named, Named]]:
    """Names of ``kind`` that have one part in the two units, where the rest of what they name goes together."""
    theirs = _parts(v, kind, likeness >= settings.same_claim)
    for one, part in _parts(u, kind, likeness >= settings.same_claim).items():
        for other, same_part in theirs.items():
            if part != same_part or one.id == other.id:
                continue
            rest_u, rest_v = u.names - {one.id}, v.names - {other.id}
            if rest_u & rest_v or not (rest_u and rest_v):
                yield one, other


def _parts(unit: Unit, kind: str, with_saying: bool) -> dict[Named, _Part]:
    """Names with the relation, the preposition and the governing word that give them their part in the unit."""
    report, tokens = unit.report, unit.report.annotation.tokens
    found = {}
    for named in report.named_in(unit.start, unit.end):
        if named.kind != kind or report.is_quoted(named.start):
            continue
        inside = report.tokens_in(named.start, named.end)
        head = next((i for i in inside if tokens[i].head not in inside), None)
        if head is None or tokens[head].dep not in _PARTS:
            continue
        over, preposition = tokens[head].head, ""
        if tokens[head].dep == "pobj":
            over, preposition = tokens[over].head, tokens[over].lemma.casefold()
        governor = tokens[over].lemma.casefold()
        if not unit.first <= over < unit.last or (governor in SAYING | LIGHT and not with_saying):
            continue
        found[named] = (_DEEP.get(tokens[head].dep, tokens[head].dep), preposition, governor)
    return found


def _share_a_word(one: str, other: str) -> bool:
    return bool(({w.key for w in words(one)} - _TITLES) & ({w.key for w in words(other)} - _TITLES))


def _folded(title: str) -> str:
    return " ".join(word.key for word in words(title) if word.key not in ("the", "s"))


def _line(unit: Unit, most: int = 110) -> str:
    line = " ".join(unit.text.split())
    return line if len(line) <= most else line[: line.rfind(" ", 0, most)] + " …"


def _statement(unit: Unit, named: Named) -> Statement:
    written = unit.report.article.text[named.start : named.end]
    return Statement(unit.place[0], named.start, named.end, " ".join(written.split()))
