"""Happenings as reports mention them: what happened, to or by whom, when and where."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from variorum.claims.lexicon import LIGHT, SAYING, family, office
from variorum.claims.reports import Named, Report
from variorum.claims.tenses import STATING, Tense, tense, verb_over
from variorum.claims.units import is_negative
from variorum.records import TimeMention
from variorum.text import fold, rarity

SAID = "statement"  # the kind of every verb of saying: who "said" and who "urged" may report one statement
_SIMULTANEOUS = frozenset(("during", "at", "in", "amid", "on"))
_WHILE = frozenset(("while", "as", "when"))
_ARGUMENTS = frozenset(
    (
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "attr",
        "dative",
        "appos",
        "poss",
        "compound",
        "conj",
        "agent",
        "oprd",
        "obj",
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """One mention of a happening.

    token: index of its verb or noun. kind: event family, or the lemma where it is in none.
    people: ids of persons (role nouns resolved); names: ids of every name taking part; nouns: lemmas of
    the common nouns that do, with their rarity. times, places: what is tied to it by the grammar.
    """

    report: Report
    token: int
    sentence: int
    kind: str
    in_family: bool
    names: frozenset[str]
    people: frozenset[str]
    nouns: dict[str, float]
    tense: Tense
    is_negative: bool
    times: tuple[TimeMention, ...]
    places: tuple[Named, ...]

    def tense_agrees(self, other: "Event") -> bool:
        """Whether the two can be one as far as past and future go: what is planned is not what happened."""
        return (self.tense == "future") == (other.tense == "future")

    def way(self, place: Named) -> str:
        """The preposition that ties a place to the event: being held in X is not being sent to X."""
        tokens = self.report.annotation.tokens
        inside = self.report.tokens_in(place.start, place.end)
        head = next((i for i in inside if tokens[i].head not in inside), inside[0])
        preposition = tokens[tokens[head].head].lemma.casefold()
        return "to" if preposition == "to" else "in"


def events(report: Report, roles: dict[str, frozenset[str]]) -> tuple[Event, ...]:
    """The happenings the report mentions in title, standfirst and body, in reading order.

    roles: for each "office nation" the ids of the persons the story gives it to (see :func:`offices`).
    """
    annotation = report.annotation
    found = []
    for index, sentence in enumerate(annotation.sentences):
        if sentence.part not in ("body", "standfirst", "title"):
            continue
        for at in range(sentence.first, sentence.last):
            kind = _kind(report, at)
            if kind is not None:
                found.append(_event(report, at, index, kind, roles))
    return tuple(found)


def _kind(report: Report, at: int) -> tuple[str, bool] | None:
    token = report.annotation.tokens[at]
    lemma = token.lemma.casefold()
    if token.pos == "VERB":
        named = family(lemma)
        if named is not None and (lemma not in SAYING or named == "announcement"):
            return named, True
        if lemma in SAYING:
            return SAID, False
        return None if lemma in LIGHT else (lemma, False)
    if token.pos == "NOUN" and token.dep not in ("compound", "amod", "nmod"):
        lemma = "talks" if token.text.casefold() == "talks" else lemma
        named = family(lemma)
        return (named, True) if named is not None else None
    return None


def _event(report: Report, at: int, sentence: int, kind: tuple[str, bool], roles: dict[str, frozenset[str]]) -> Event:
    inside = sorted(_taking_part(report, at))
    spans = [(report.annotation.tokens[i].start, report.annotation.tokens[i].end) for i in inside]
    named = [n for n in _named_in_sentence(report, sentence) if any(n.start <= s and e <= n.end for s, e in spans)]
    resolved = {id for i in inside for id in resolve(report, i, roles)}
    times = tuple(t for t in _times_in_sentence(report, sentence) if _ties(report, at, t.token))
    return Event(
        report=report,
        token=at,
        sentence=sentence,
        kind=kind[0],
        in_family=kind[1],
        names=frozenset(n.id for n in named) | resolved,
        people=frozenset(n.id for n in named if n.kind == "person") | resolved,
        nouns=_nouns(report, inside, named),
        tense=tense(report, at),
        is_negative=is_negative(report, at) or is_negative(report, verb_over(report, at)),
        times=times,
        places=tuple(n for n in named if n.kind != "group" and _stands_at(report, n, at)),
    )


def _named_in_sentence(report: Report, sentence: int) -> tuple[Named, ...]:
    at = report.annotation.sentences[sentence]
    return report.named_in(at.start, at.end)


def _times_in_sentence(report: Report, sentence: int) -> Iterable[TimeMention]:
    at = report.annotation.sentences[sentence]
    return (t for t in report.annotation.times if at.start <= t.start and t.end <= at.end)


def _taking_part(report: Report, at: int) -> set[int]:
    """Tokens of the event's arguments: what it governs short of other statements, and its verb's subject.

    A noun or a participle inside an adjunct ("following a meeting with…", "while hosting…") borrows the
    arguments of the verb over it: who speaks after the meeting has been in it.
    """
    tokens = report.annotation.tokens
    inside = _own(report, at)
    verb = verb_over(report, at if tokens[at].head == at else tokens[at].head)
    climbing = at
    for _ in range(3):
        if verb == climbing or tokens[verb].pos not in ("VERB", "AUX"):
            break
        blocked = tokens[climbing].dep == "ccomp" and tokens[verb].lemma.casefold() in SAYING
        if blocked and _subject(report, climbing) is not None:
            break
        for child in report.children[verb]:
            if tokens[child].dep in ("nsubj", "nsubjpass", "agent") or (
                tokens[child].dep in ("dobj", "prep") and tokens[verb].lemma.casefold() not in SAYING
            ):
                inside |= _own(report, child)
        if _subject(report, verb) is not None:
            break
        climbing, verb = verb, verb_over(report, tokens[verb].head)
    return inside - {at}


def _subject(report: Report, at: int) -> int | None:
    tokens = report.annotation.tokens
    return next((i for i in report.children[at] if tokens[i].dep in ("nsubj", "nsubjpass")), None)


def _own(report: Report, at: int) -> set[int]:
    """Token ``at`` and what hangs from it, without statements of their own."""
    tokens = report.annotation.tokens
    inside, waiting = {at}, list(report.children[at])
    while waiting:
        here = waiting.pop()
        if tokens[here].dep in STATING and tokens[here].pos in ("VERB", "AUX"):
            continue
        if here not in inside:
            inside.add(here)
            waiting.extend(report.children[here])
    return inside


def _nouns(report: Report, inside: Iterable[int], named: Iterable[Named]) -> dict[str, float]:
    tokens = report.annotation.tokens
    spans = [(n.start, n.end) for n in named]
    found = {}
    for i in inside:
        token = tokens[i]
        if token.pos not in ("NOUN", "PROPN") or token.dep not in _ARGUMENTS:
            continue
        if any(start <= token.start < end for start, end in spans):
            continue
        if any(t.start <= token.start < t.end for t in report.annotation.times):
            continue
        key = fold(token.lemma)
        if office(key) is None:
            found[key] = rarity(key)
    return found


def _ties(report: Report, event: int, time: int) -> bool:
    """Whether the grammar dates the event by the expression of time whose head is token ``time``."""
    tokens = report.annotation.tokens
    if _quoted_apart(report, event, time):
        return False
    here = time
    path: list[int] = []
    for _ in range(12):
        if here == event:
            return not any(_is_happening(report, i) for i in path)
        if here != time:
            path.append(here)
        if tokens[here].pos in ("VERB", "AUX") or tokens[here].head == here:
            break
        here = tokens[here].head
    if here == event:
        return True
    if _is_happening(report, here) and tokens[here].pos == "NOUN":
        return False
    if _follows_at_once(report, event, time):
        return True
    if any(tokens[i].pos == "NOUN" for i in path):
        return False  # "the vote comes after briefings on Wednesday": the day is the briefings'
    return tokens[here].pos in ("VERB", "AUX") and _is_part_of(report, event, here)


def _quoted_apart(report: Report, one: int, other: int) -> bool:
    tokens = report.annotation.tokens
    return report.is_quoted(tokens[one].start) != report.is_quoted(tokens[other].start)


def _is_happening(report: Report, at: int) -> bool:
    token = report.annotation.tokens[at]
    return token.pos == "VERB" or (token.pos == "NOUN" and family(token.lemma) is not None)


def _follows_at_once(report: Report, event: int, time: int) -> bool:
    """ "a meeting with the leader on Tuesday": nothing but the event's own arguments stands between."""
    tokens = report.annotation.tokens
    if not event < time <= event + 12:
        return False
    between = tokens[event + 1 : time]
    return not any(
        t.pos in ("VERB", "AUX", "PUNCT", "CCONJ", "SCONJ") or _is_family_noun(t.lemma, t.pos) for t in between
    )


def _is_family_noun(lemma: str, pos: str) -> bool:
    return pos == "NOUN" and family(lemma) is not None


def _is_part_of(report: Report, event: int, verb: int) -> bool:
    """Whether what ``verb`` tells happens at the event: "during a visit by X, Y on Monday agreed"."""
    tokens = report.annotation.tokens
    here = event
    for _ in range(6):
        head = tokens[here].head
        token = tokens[here]
        if token.dep == "pobj" and tokens[head].lemma.casefold() in _SIMULTANEOUS:
            return tokens[head].head == verb or verb_over(report, tokens[head].head) == verb
        if token.dep == "advcl" and head == verb:
            return any(tokens[i].lemma.casefold() in _WHILE for i in report.children[here])
        if here == event and head == verb and token.dep in ("dobj", "nsubjpass", "nsubj"):
            return tokens[verb].lemma.casefold() in LIGHT
        if head == here or token.dep in ("ccomp", "relcl"):
            return False
        here = head
    return False


def _stands_at(report: Report, named: Named, event: int) -> bool:
    """Whether the place is where the event happens: "in X", "at X", hanging from it or from its verb."""
    tokens = report.annotation.tokens
    inside = report.tokens_in(named.start, named.end)
    if not inside:
        return False
    head = next((i for i in inside if tokens[i].head not in inside), inside[0])
    preposition = tokens[head].head
    if tokens[head].dep != "pobj" or tokens[preposition].lemma.casefold() not in ("in", "at", "to", "near", "outside"):
        return False
    over = tokens[preposition].head
    return over == event or (tokens[over].pos in ("VERB", "AUX") and over == verb_over(report, event))


def offices(stories: Iterable[Report]) -> dict[str, frozenset[str]]:
    """Who holds which office, by the story's own words: "office|nation" and "office" -> ids of persons.

    Read off a title that stands before a name ("El Salvador's President Nayib Bukele") or beside it
    in apposition.
    """
    held: dict[str, set[str]] = {}
    for report in stories:
        tokens = report.annotation.tokens
        for named in report.named:
            if named.kind != "person":
                continue
            inside = report.tokens_in(named.start, named.end)
            if not inside:
                continue
            before = tokens[max(0, inside[0] - 6) : inside[0]]
            for at, token in enumerate(before):
                kind = office(token.lemma)
                if kind is None or any(t.pos in ("VERB", "PUNCT", "ADP") for t in before[at + 1 :]):
                    continue
                held.setdefault(kind, set()).add(named.id)
                for earlier in reversed(before[:at]):
                    if earlier.pos in ("ADP", "VERB", "PUNCT", "DET", "CCONJ"):
                        break
                    if earlier.pos in ("PROPN", "ADJ"):
                        held.setdefault(f"{kind}|{nation(earlier.text)}", set()).add(named.id)
    return {key: frozenset(ids) for key, ids in held.items()}


def nation(word: str) -> str:
    """A stem that a country and its people share: "Salvadoran", "Salvadorean" and "El Salvador"."""
    folded = re.sub(r"'s$", "", fold(word))
    return folded[: max(4, min(6, len(folded) - 2))]


def resolve(report: Report, at: int, roles: dict[str, frozenset[str]]) -> frozenset[str]:
    """The person a role noun at token ``at`` stands for ("the Salvadoran leader"), when the story allows one only."""
    tokens = report.annotation.tokens
    kind = office(tokens[at].lemma)
    if kind is None or tokens[at].pos != "NOUN":
        return frozenset()
    for child in report.children[at]:
        if tokens[child].dep in ("amod", "compound", "poss", "nmod"):
            ids = roles.get(f"{kind}|{nation(tokens[child].text)}", frozenset())
            if len(ids) == 1:
                return ids
            if tokens[child].pos == "PROPN" or tokens[child].dep == "poss":
                return frozenset()
    ids = roles.get(kind, frozenset())
    return ids if len(ids) == 1 else frozenset()
