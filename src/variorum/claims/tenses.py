"""Whether a happening is told as past or as to come, and the verb that says so."""

from typing import Literal

from variorum.claims.reports import Report

Tense = Literal["past", "future", "open"]

_FUTURE = frozenset(("will", "shall", "would", "going", "may", "might", "could", "should", "can", "must"))
_PLANS = frozenset("set plan expect schedule due intend hope want agree prepare ready vow pledge promise".split())
STATING = frozenset(("conj", "relcl", "advcl", "ccomp", "parataxis", "xcomp", "acl", "csubj", "pcomp"))
_SCHEDULING = frozenset(
    "announce arrange call convene expect order organise organize plan postpone propose schedule set summon".split()
)
_IMPENDING = frozenset("due set likely scheduled expected ready about slated poised bound".split())


def verb_over(report: Report, at: int) -> int:
    """The verb at or above token ``at``; the token itself where none governs it."""
    tokens = report.annotation.tokens
    here = at
    for _ in range(12):
        if tokens[here].pos in ("VERB", "AUX") or tokens[here].head == here:
            return here
        here = tokens[here].head
    return at


def tense(report: Report, at: int) -> Tense:
    """Whether the happening is told as past, as to come, or neither can be read off its verb."""
    tokens = report.annotation.tokens
    here = verb_over(report, at)
    if tokens[at].pos == "NOUN" and tokens[here].lemma.casefold() in _SCHEDULING:
        return "future"  # "set another hearing for Friday"
    for step in range(6):
        token = tokens[here]
        helpers = [tokens[i] for i in report.children[here] if tokens[i].dep in ("aux", "auxpass")]
        if any(h.text.casefold() in _FUTURE for h in helpers) or (step and token.lemma.casefold() in _PLANS):
            return "future"
        if any(h.text.casefold() == "to" for h in helpers) or (token.tag == "VBG" and token.dep in STATING):
            if token.head == here or tokens[token.head].lemma.casefold() in _IMPENDING:
                return "future"
            here = verb_over(report, token.head)
            continue
        if token.tag in ("VBD", "VBN") or any(h.tag == "VBD" or h.lemma == "have" for h in helpers):
            return "past"
        if token.head == here or token.dep not in ("xcomp", "pcomp", "advcl", "acl", "conj"):
            return "open"
        here = verb_over(report, token.head)
    return "open"
