"""What keeps two alike statements from being one claim."""

from collections.abc import Sequence
from functools import lru_cache

from variorum.claims.amounts import is_one_statement
from variorum.claims.conflicts.dates import may_be_one_time
from variorum.claims.conflicts.polarity import contrary
from variorum.claims.units import Unit
from variorum.records import Figure, Span
from variorum.text import align, fold, reverses

_TELLING = 1.0  # rarity of words that more than one article in three has
_MOSTLY = 0.5  # share of a statement's words from which it is mostly its subject
# Rarity of the words two statements have in one order, over that of the shorter one's, from which they are one
# sentence in two wordings, so that the words in which they differ can be weighed.
_ONE_WORDING = 0.6


def differ(u: Unit, v: Unit) -> bool:
    """Whether a figure, a time, yes and no, the person acting, or what is said of them sets the two apart."""
    return (
        _figures(u.figures, v.figures)
        or _times(u, v)
        or contrary(u, v)
        or _reversed(u, v)
        or _actors(u, v)
        or _predicates(u, v)
    )


def differ_as_said(u: Unit, v: Unit, of_u: Sequence[Span], of_v: Sequence[Span]) -> bool:
    """Whether two printings of one utterance have another figure or the contrary sense.

    of_u, of_v: where the words said stand in each report. What stands beside them, such as the day they were said,
    is not what was said.
    """
    figures = [
        [figure for figure in unit.figures if any(s.start <= figure.start < s.end for s in spans)]
        for unit, spans in ((u, of_u), (v, of_v))
    ]
    if _figures(*figures) or contrary(u, v):  # "did not say" is no saying of it
        return True
    return reverses(_lemmas(u, tuple(of_u)), _lemmas(v, tuple(of_v)))


def _reversed(u: Unit, v: Unit) -> bool:
    """Whether the two are one sentence but for words that turn its sense: "no reason" and "every reason"."""
    lighter = min(sum(u.words.values()), sum(v.words.values()))
    if sum(weight for word, weight in u.words.items() if word in v.words) < _ONE_WORDING * lighter:
        return False
    mine, theirs = (_lemmas(unit, (Span(unit.start, unit.end),)) for unit in (u, v))
    equal = (block for block in align(mine, theirs) if block.kind == "equal")
    in_order = {word for block in equal for word in mine[block.a_start : block.a_end]}
    return sum(u.words.get(word, 0.0) for word in in_order) >= _ONE_WORDING * lighter and reverses(mine, theirs)


@lru_cache(maxsize=4096)
def _lemmas(unit: Unit, within: tuple[Span, ...]) -> tuple[str, ...]:
    """The folded lemmas of the unit's words that stand in the stretches ``within``."""
    tokens = unit.report.annotation.tokens[unit.first : unit.last]
    inside = (token for token in tokens if any(span.start <= token.start < span.end for span in within))
    keys = (fold(token.lemma or token.text) for token in inside)
    return tuple(key for key in keys if key and key[0].isalnum())


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
