"""Yes and no: one says it happened, another that it did not, or that the opposite did."""

from collections.abc import Iterator, Sequence

import numpy as np

from variorum.claims.conflicts.dates import may_be_one_time
from variorum.claims.conflicts.numbers import agree
from variorum.claims.conflicts.statements import Compared, Statement, clipped
from variorum.claims.lexicon import LIGHT, SAYING, are_opposed, family
from variorum.claims.likeness import Floats
from variorum.claims.tenses import tense
from variorum.claims.units import Unit
from variorum.config.claims import Claims
from variorum.text import fold

_CONDITIONS = frozenset(("if", "whether", "unless", "until"))
# "Not again", "not yet" and "no longer" do not say that it never was.
_NO_PLAIN_NO = frozenset("again yet longer anymore only just still immediately always necessarily".split())
# Also acts, which can be done or not.
_DECIDING = frozenset(("reject", "announce"))
_MAYBE = frozenset(("would", "could", "may", "might", "should", "must", "can"))
_SAID_BY_OTHERS = frozenset(("ccomp", "xcomp", "pcomp", "csubj", "acl"))


def polarity_pairs(units: Sequence[Unit], alike: Floats, *, settings: Claims) -> Iterator[Compared]:
    """Pairs of statements in different articles of which one says yes and one says no to the same.

    Quoted words are left to the comparison of wordings, and what somebody claims, believes or denies is that
    person's yes or no, not the report's. A report that says both elsewhere takes no side.
    """
    told = [at for at, unit in enumerate(units) if is_asserted(unit)]
    asserted = np.zeros(len(units), dtype=np.bool_)
    asserted[told] = True
    near = np.triu(alike >= settings.same_denied, 1) & asserted[:, None] & asserted[None, :]
    for a, b in zip(*(each.tolist() for each in np.nonzero(near)), strict=True):
        u, v = units[a], units[b]
        if u.report is v.report or not contrary(u, v):
            continue
        if alike[a, b] < settings.same_state and _root(u) in LIGHT | {"be"}:
            continue  # "was the lone no vote", "was unclear": what is said stands in other words than the verb
        if {tense(u.report, u.root), tense(v.report, v.root)} == {"past", "future"}:
            continue
        if not _of_one_thing(u, v):
            continue
        if not _says_both(units, told, alike, a, b, settings):
            yes = v if u.is_negative and not v.is_negative else u
            about = f"whether it is so that “{clipped(yes.text)}”"
            yield Compared(_statement(u), _statement(v), "differ", about)


def _of_one_thing(u: Unit, v: Unit) -> bool:
    """Whether the two share a subject where both name one, and no day or figure sets them apart."""
    subjects = [_subject(unit) for unit in (u, v)]
    if all(subjects) and not subjects[0] & subjects[1]:
        return False
    if not all(may_be_one_time(s, t) for s in u.times for t in v.times):
        return False
    return all(agree(f, g) for f in u.figures for g in v.figures if f.unit == g.unit and f.subject == g.subject)


def _subject(unit: Unit) -> frozenset[str]:
    """Lemmas of the words of the main verb's subject, and ids of the names in it; empty where it is a pronoun."""
    report, tokens = unit.report, unit.report.annotation.tokens
    head = next((at for at in report.children[unit.root] if tokens[at].dep in ("nsubj", "nsubjpass")), None)
    if head is None or tokens[head].pos not in ("NOUN", "PROPN"):
        return frozenset()
    inside = [head, *(at for at in report.children[head] if tokens[at].pos in ("NOUN", "PROPN"))]
    named = {n.id for at in inside for n in report.named_in(max(0, tokens[at].start - 60), tokens[at].end + 60)
             if n.start <= tokens[at].start < n.end}  # fmt: skip
    return frozenset({fold(tokens[at].lemma) for at in inside} | named)


def _says_both(units: Sequence[Unit], told: Sequence[int], alike: Floats, a: int, b: int, settings: Claims) -> bool:
    """Whether either report also says what the other says of it."""
    for mine, theirs in ((a, b), (b, a)):
        for c in told:
            beside = units[c].report is units[mine].report and c != mine and not units[c].overlaps(units[mine])
            same = _root(units[c]) == _root(units[theirs]) and units[c].is_negative == units[theirs].is_negative
            if beside and same and alike[c, theirs] >= settings.same_denied:
                return True
    return False


def contrary(u: Unit, v: Unit) -> bool:
    """Whether the main verbs are one and only one is denied, or are opposites with neither or both denied."""
    a, b = _root(u), _root(v)
    if are_opposed(a, b):
        return u.is_negative == v.is_negative
    return u.is_negative != v.is_negative and (a == b or family(a) == family(b) is not None)


def is_asserted(unit: Unit) -> bool:
    """Whether the report says so itself: not quoted, and not what somebody says, thinks, wants or asks."""
    report, tokens = unit.report, unit.report.annotation.tokens
    if (
        tokens[unit.root].pos not in ("VERB", "AUX")
        or report.is_quoted(tokens[unit.root].start)
        or unit.text.rstrip().endswith("?")
    ):
        return False
    helpers = {tokens[at].lemma.casefold() for at in report.children[unit.root] if tokens[at].dep == "aux"}
    beside = {tokens[at].lemma.casefold() for at in report.children[unit.root] if tokens[at].dep == "advmod"}
    if helpers & _MAYBE or beside & _NO_PLAIN_NO or _root(unit) in SAYING - _DECIDING:
        return False  # what would be; and "did not say" denies nothing
    here = unit.root
    for _ in range(6):
        below = (tokens[at].lemma.casefold() for at in report.children[here] if tokens[at].dep in ("mark", "advmod"))
        if any(word in _CONDITIONS for word in below):
            return False
        if tokens[here].head == here:
            return True
        if tokens[here].dep in _SAID_BY_OTHERS:
            return False
        here = tokens[here].head
    return True


def _root(unit: Unit) -> str:
    return unit.report.annotation.tokens[unit.root].lemma.casefold()


def _statement(unit: Unit) -> Statement:
    """The answer in plain words: the verb as told, with its "not"."""
    tokens = unit.report.annotation.tokens
    around = [i for i in unit.report.children[unit.root] if tokens[i].dep in ("neg", "aux", "auxpass")]
    inside = sorted((*around, unit.root))
    words = " ".join(tokens[i].text for i in inside).replace(" n't", "n't").replace(" n’t", "n’t")
    denied = " (denied)" if unit.is_negative and not any(tokens[i].dep == "neg" for i in inside) else ""
    return Statement(unit.place[0], unit.start, unit.end, f"{words}{denied}", float(unit.is_negative))
