"""Yes and no: one says it happened, another that it did not, or that the opposite did."""

from collections.abc import Iterator, Sequence

from variorum.claims.conflicts.sameness import Sameness, pairs
from variorum.claims.conflicts.statements import Compared, Statement
from variorum.claims.events import SAID, Event
from variorum.claims.lexicon import are_opposed
from variorum.claims.units import Unit


def polarity_pairs(events: Sequence[Event], same: Sameness) -> Iterator[Compared]:
    """Pairs of mentions of one event in different articles, of which one is denied and the other not.

    Only verbs, with the same subject and something else in common. Quoted words are left to the comparison
    of wordings, and what somebody claims, believes or denies is that person's yes or no, not the report's.
    """
    told = [event for event in events if event.kind != SAID and event.subject and event.is_asserted]
    for one, other in pairs(told):
        if one.is_negative == other.is_negative or not one.subject & other.subject:
            continue
        if same.event_but_for_yes_and_no(one, other):
            asserted = other if one.is_negative else one
            about = f"whether it is so that “{_line(asserted)}”"
            yield Compared(_statement(one), _statement(other), "differ", about)


def differ_in_polarity(u: Unit, v: Unit) -> bool:
    """Whether the main verbs are one and only one is denied, or are opposites with neither or both denied."""
    a = u.report.annotation.tokens[u.root]
    b = v.report.annotation.tokens[v.root]
    if are_opposed(a.lemma, b.lemma):
        return u.is_negative == v.is_negative
    return u.is_negative != v.is_negative and a.lemma == b.lemma


def _line(event: Event, most: int = 110) -> str:
    span = event.report.annotation.sentences[event.sentence]
    line = " ".join(event.report.article.text[span.start : span.end].split())
    return line if len(line) <= most else line[: line.rfind(" ", 0, most)] + " …"


def _statement(event: Event) -> Statement:
    """The answer in plain words: the verb as told, with its "not"."""
    tokens = event.report.annotation.tokens
    around = [i for i in event.report.children[event.token] if tokens[i].dep in ("neg", "aux", "auxpass")]
    inside = sorted((*around, event.token))
    words = " ".join(tokens[i].text for i in inside).replace(" n't", "n't").replace(" n’t", "n’t")
    denied = " (denied)" if event.is_negative and not any(tokens[i].dep == "neg" for i in inside) else ""
    span = event.report.annotation.sentences[event.sentence]
    return Statement(event.report.article.id, span.start, span.end, f"{words}{denied}", float(event.is_negative))
