"""Whether an outlet states a fact itself, gives it to somebody, or reports its denial."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.claims.lexicon import DENYING, SAYING
from variorum.claims.likeness import Floats
from variorum.claims.reports import Report
from variorum.claims.units import Unit
from variorum.config.claims import Claims
from variorum.records import Span, Stance, Utterance

_MOSTLY = 0.4  # share of characters: what is left beside the quoted words is the cue


@dataclass(frozen=True, slots=True)
class Attributed:
    """Words that an article gives to somebody: which utterance, their spans, the name id or words of whom."""

    utterance: str
    spans: tuple[Span, ...]
    speaker: str | None


def attributions(utterances: Sequence[Utterance]) -> Mapping[str, tuple[Attributed, ...]]:
    """By article id, what the article gives to a speaker, in reading order."""
    found: dict[str, list[Attributed]] = {}
    for utterance in utterances:
        for reading in utterance.readings:
            speaker = utterance.speaker or utterance.speaker_text
            found.setdefault(reading.article, []).append(Attributed(utterance.id, reading.spans, speaker))
    return {article: tuple(sorted(each, key=lambda a: (a.spans, a.utterance))) for article, each in found.items()}


def stance(unit: Unit, given: Sequence[Attributed]) -> tuple[Stance, str | None]:
    """The unit's stance and, where it is not the outlet's own, of whom.

    given: the attributions of the unit's article. An attribution that covers most of the unit decides;
    else a verb of saying over it, "according to" beside it, or quotation marks around most of it.
    """
    cue = _cue(unit)
    if cue is not None and unit.report.annotation.tokens[cue].lemma.casefold() in DENYING:
        return "denies", _speaker(unit.report, cue)
    for words in given:
        if sum(_shared(unit, span) for span in words.spans) > _MOSTLY * (unit.end - unit.start):
            return "attributes", words.speaker or (_speaker(unit.report, cue) if cue is not None else None)
    if cue is not None:
        return "attributes", _speaker(unit.report, cue)
    according = _according_to(unit)
    if according is not None:
        return "attributes", according
    if sum(_shared(unit, span) for span in unit.report.quoted) > _MOSTLY * (unit.end - unit.start):
        return "attributes", None
    return "states", None


Place = tuple[str, int, int]
Spans = tuple[Span, ...]


def share_utterances(
    units: Sequence[Unit], alike: Floats, given: Mapping[str, Sequence[Attributed]], *, settings: Claims
) -> Mapping[tuple[Place, Place], tuple[Spans, Spans]]:
    """Raise, in place, the likeness of units that print one utterance: that was settled word by word.

    Gives, by the places of every two such units, both ways round, where the words said stand in either report.
    """
    printing: dict[str, list[tuple[int, Spans]]] = {}
    for at, unit in enumerate(units):
        for words in given.get(unit.place[0], ()):
            covered = sum(_shared(unit, span) for span in words.spans)
            printed = sum(len(span) for span in words.spans)
            if covered > _MOSTLY * (unit.end - unit.start) and covered > _MOSTLY * printed:
                printing.setdefault(words.utterance, []).append((at, words.spans))
    same: dict[tuple[Place, Place], tuple[Spans, Spans]] = {}
    for found in printing.values():
        for a, of_a in found:
            for b, of_b in found:
                if units[a].report is not units[b].report:
                    alike[a, b] = max(float(alike[a, b]), settings.same_utterance)
                    same[units[a].place, units[b].place] = of_a, of_b
    return same


def _shared(unit: Unit, span: Span) -> int:
    return max(0, min(unit.end, span.end) - max(unit.start, span.start))


def _cue(unit: Unit) -> int | None:
    """The verb of saying or denying that the unit's main statement is the content of."""
    report, tokens = unit.report, unit.report.annotation.tokens
    here = unit.root
    if tokens[here].lemma.casefold() in SAYING and _has_content(report, here, unit):
        return here
    if tokens[here].lemma.casefold() in DENYING:
        return here
    for _ in range(6):
        head = tokens[here].head
        if head == here:
            return None
        if tokens[here].dep in ("ccomp", "xcomp", "pcomp") and _says(tokens[head].lemma):
            return head
        if tokens[here].dep not in ("ccomp", "conj", "advcl", "xcomp", "relcl", "acl"):
            return None
        here = head
    return None


def _says(lemma: str) -> bool:
    return lemma.casefold() in SAYING or lemma.casefold() in DENYING


def _has_content(report: Report, verb: int, unit: Unit) -> bool:
    tokens = report.annotation.tokens
    return any(
        tokens[at].dep in ("ccomp", "parataxis") and unit.first <= at < unit.last for at in report.children[verb]
    )


def _speaker(report: Report, cue: int) -> str | None:
    tokens = report.annotation.tokens
    at = cue
    for _ in range(4):
        subject = next((i for i in report.children[at] if tokens[i].dep in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            return _called(report, subject)
        if tokens[at].dep not in ("conj", "advcl", "xcomp") or tokens[at].head == at:
            return None
        at = tokens[at].head
    return None


def _called(report: Report, head: int) -> str:
    """The id of the name at token ``head``, else the words of the noun phrase it heads."""
    tokens = report.annotation.tokens
    for named in report.named_in(max(0, tokens[head].start - 60), tokens[head].end + 60):
        if named.start <= tokens[head].start < named.end:
            return named.id
    beside = ("det", "amod", "compound", "poss", "nummod", "nmod")
    inside = [head, *(at for at in report.children[head] if tokens[at].dep in beside)]
    first, last = min(inside), max(inside)
    return report.article.text[tokens[first].start : tokens[last].end]


def _according_to(unit: Unit) -> str | None:
    tokens = unit.report.annotation.tokens
    sentence = unit.report.annotation.sentences[unit.sentence]
    for at in range(sentence.first, sentence.last - 2):
        if tokens[at].text.casefold() == "according" and tokens[at + 1].text.casefold() == "to":
            below = (i for i in unit.report.children[at + 1] if tokens[i].dep == "pobj")
            head = next(below, None)
            return _called(unit.report, head) if head is not None else tokens[at + 2].text
    return None
