"""What keeps two alike statements from being one claim."""

from collections.abc import Sequence
from functools import lru_cache

from variorum.claims.amounts import is_one_statement
from variorum.claims.conflicts.dates import may_be_one_time
from variorum.claims.conflicts.polarity import contrary
from variorum.claims.units import Unit
from variorum.records import Figure
from variorum.text import fold

_TELLING = 1.0  # rarity of words that more than one article in three has
_MOSTLY = 0.5  # share of a statement's words from which it is mostly its subject


def differ(u: Unit, v: Unit) -> bool:
    """Whether a figure, a time, yes and no, the person acting, or what is said of them sets the two apart."""
    return _figures(u.figures, v.figures) or _times(u, v) or contrary(u, v) or _actors(u, v) or _predicates(u, v)


def _predicates(u: Unit, v: Unit) -> bool:
    """Whether the two are alike in whom they speak of and share no word of what they say of them.

    "Ada Holm, who chairs the council, got up" and "Ada Holm, of the council, had written" are two facts.
    """
    mine, of_mine = _predicate(u)
    theirs, of_theirs = _predicate(v)
    return min(of_mine, of_theirs) >= _MOSTLY and not mine & theirs


@lru_cache(maxsize=4096)
def _predicate(unit: Unit) -> tuple[frozenset[str], float]:
    """The telling lemmas of a unit outside its subject, and the share of its words that the subject takes."""
    tokens, children = unit.report.annotation.tokens, unit.report.children
    subject: set[int] = set()
    ahead = [at for at in children[unit.root] if tokens[at].dep in ("nsubj", "nsubjpass")]
    while ahead:
        at = ahead.pop()
        subject.add(at)
        ahead.extend(children[at])
    outside = [at for at in range(unit.first, unit.last) if at not in subject]
    keys = frozenset(key for at in outside if unit.words.get(key := fold(tokens[at].lemma), 0.0) > _TELLING)
    return keys, 1 - len(outside) / max(1, unit.last - unit.first)


def _figures(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    """Whether both give figures of one unit and no two of them state one amount."""
    for unit in {figure.unit for figure in one}:
        mine = [figure for figure in one if figure.unit == unit]
        theirs = [figure for figure in other if figure.unit == unit]
        if theirs and not any(is_one_statement(a, b) for a in mine for b in theirs):
            return True
    return False


def _times(u: Unit, v: Unit) -> bool:
    return bool(u.times and v.times) and not any(may_be_one_time(a, b) for a in u.times for b in v.times)


def _actors(u: Unit, v: Unit) -> bool:
    """Whether different persons are named and none in both."""
    mine, theirs = _persons(u), _persons(v)
    return bool(mine and theirs) and not mine & theirs


def _persons(unit: Unit) -> frozenset[str]:
    return frozenset(named.id for named in unit.report.named_in(unit.start, unit.end) if named.kind == "person")
