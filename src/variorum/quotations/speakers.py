"""Whose words they are: the cue near a quotation, and the subject it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.quotations.cues import PRONOUNS, ROLES, SAYING
from variorum.quotations.pieces import Paragraph
from variorum.records import Annotation, Span, Token

_INSIDE_NAME = frozenset(("det", "compound", "amod", "poss", "nmod", "nummod", "case", "punct", "appos"))
_APPOSED_TOKENS = 6  # tokens between a role and the name set beside it


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue and whose it is. token: index of the cue; span: of the cue; speaker: of who speaks, or ``None``."""

    token: int
    span: Span
    speaker: Span | None


def cues(annotation: Annotation, paragraph: Paragraph) -> tuple[Cue, ...]:
    """The cues of a paragraph that stand outside its quoted stretches, in reading order."""
    children = _children(annotation.tokens, paragraph, annotation)
    found = []
    for index in paragraph.sentences:
        sentence = annotation.sentences[index]
        for at in range(sentence.first, sentence.last):
            token = annotation.tokens[at]
            if _quoted(Span(token.start, token.end), paragraph):
                continue
            cue = _cue(annotation.tokens, at, children, paragraph)
            if cue is not None:
                found.append(cue)
    return tuple(found)


def _quoted(span: Span, paragraph: Paragraph) -> bool:
    return any(stretch.span.overlaps(span) for stretch in paragraph.stretches)


def _children(tokens: Sequence[Token], paragraph: Paragraph, annotation: Annotation) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for index in paragraph.sentences:
        sentence = annotation.sentences[index]
        for at in range(sentence.first, sentence.last):
            if tokens[at].head != at:
                children.setdefault(tokens[at].head, []).append(at)
    return children


def _cue(tokens: Sequence[Token], at: int, children: dict[int, list[int]], paragraph: Paragraph) -> Cue | None:
    token = tokens[at]
    span = Span(token.start, token.end)
    if token.text.casefold() == "according" and at + 1 < len(tokens) and tokens[at + 1].text.casefold() == "to":
        whose = _object(tokens, at, children)
        return Cue(at, Span(token.start, tokens[at + 1].end), _phrase(tokens, whose, children)) if whose else None
    if token.pos not in ("VERB", "AUX") or token.lemma not in SAYING or token.tag == "VB":
        return None
    subject = _subject(tokens, at, children)
    if subject is None:
        subject = _inverted(tokens, at, children)
    if subject is not None and _quoted(Span(tokens[subject].start, tokens[subject].end), paragraph):
        subject = None
    return Cue(at, span, _phrase(tokens, subject, children) if subject is not None else None)


def _object(tokens: Sequence[Token], at: int, children: dict[int, list[int]]) -> int | None:
    """What "according to" is according to."""
    for child in children.get(at, ()):
        for grandchild in children.get(child, ()):
            if tokens[grandchild].dep == "pobj":
                return grandchild
    following = range(at + 2, min(at + 8, len(tokens)))
    return next((i for i in following if tokens[i].pos in ("PROPN", "NOUN", "PRON")), None)


def _subject(tokens: Sequence[Token], at: int, children: dict[int, list[int]]) -> int | None:
    """The subject of a verb, or of the verb it hangs on where it has none ("Rubio gave thanks, saying")."""
    if tokens[at].tag == "VBN" and tokens[at].dep in ("acl", "relcl", "ROOT", "conj", "ccomp"):
        agent = next((i for i in children.get(at, ()) if tokens[i].dep == "agent"), None)
        if agent is not None:
            return next((i for i in children.get(agent, ()) if tokens[i].dep == "pobj"), None)
        if tokens[at].dep == "acl":
            return None
    for _ in range(5):
        subject = next((i for i in children.get(at, ()) if tokens[i].dep == "nsubj"), None)
        if subject is not None:
            if tokens[subject].text.casefold() in ("who", "which", "that") and tokens[at].dep == "relcl":
                return tokens[at].head
            return subject
        if tokens[at].dep == "relcl" or tokens[at].head == at:
            return None
        if tokens[at].dep not in ("conj", "advcl", "xcomp", "dep", "acl", "ccomp", "parataxis", "pcomp", "prep"):
            return None
        if tokens[at].dep == "acl":
            return tokens[at].head if tokens[tokens[at].head].pos in ("NOUN", "PROPN") else None
        at = tokens[at].head
    return None


def _inverted(tokens: Sequence[Token], at: int, children: dict[int, list[int]]) -> int | None:
    """ "…," said Maria Lopez: the parser often makes the speaker an object or leaves it hanging."""
    if tokens[at].tag not in ("VBD", "VBZ"):
        return None
    for i in children.get(at, ()):
        if (
            i > at
            and tokens[i].dep in ("dobj", "npadvmod", "attr", "dep", "oprd")
            and tokens[i].pos in ("PROPN", "NOUN")
        ):
            return i
    if at + 1 < len(tokens) and tokens[at + 1].pos == "PROPN" and tokens[at + 1].sentence == tokens[at].sentence:
        i = at + 1
        while i + 1 < len(tokens) and tokens[i + 1].pos == "PROPN" and tokens[i].dep == "compound":
            i += 1
        return i
    return None


def _phrase(tokens: Sequence[Token], head: int, children: dict[int, list[int]]) -> Span:
    """The words by which the text calls the speaker: the noun with what stands before it, and its "of"."""
    first = head
    while True:
        before = [i for i in children.get(first, ()) if i < first and tokens[i].dep in _INSIDE_NAME]
        own = [i for i in children.get(head, ()) if i < first and tokens[i].dep in _INSIDE_NAME]
        candidates = [i for i in (*before, *own) if i < first]
        if not candidates:
            break
        first = min(candidates)
    while tokens[first].pos == "PUNCT" and first < head:
        first += 1
    end = tokens[head].end
    if tokens[head].pos == "NOUN":
        for i in children.get(head, ()):
            if tokens[i].dep == "prep" and tokens[i].text.casefold() in ("of", "for") and i == head + 1:
                end = max(end, tokens[_last(tokens, i, children)].end)
        named = next((i for i in children.get(head, ()) if tokens[i].dep == "appos" and tokens[i].pos == "PROPN"), None)
        if named is not None and head < named <= head + _APPOSED_TOKENS:
            end = max(end, tokens[named].end)  # "the mayor, Nadia Orlov, said"
    return Span(tokens[first].start, end)


def _last(tokens: Sequence[Token], at: int, children: dict[int, list[int]]) -> int:
    last = at
    for child in children.get(at, ()):
        if tokens[child].dep in ("pobj", "compound", "det", "amod", "poss", "nmod", "case"):
            last = max(last, _last(tokens, child, children))
    return last


def nearest(cues_here: Sequence[Cue], annotation: Annotation, span: Span, paragraph: Paragraph) -> Cue | None:
    """The cue that belongs to a quoted stretch: right behind it, else before it, within its own sentences."""
    touched = {annotation.tokens[cue.token].sentence for cue in cues_here if _reaches(annotation, cue, span)}
    mine = [
        cue for cue in cues_here if annotation.tokens[cue.token].sentence in touched and _reaches(annotation, cue, span)
    ]
    after = [cue for cue in mine if cue.span.start >= span.end and _clear(paragraph, span.end, cue.span.start)]
    before = [cue for cue in mine if cue.span.end <= span.start and _clear(paragraph, cue.span.end, span.start)]
    ranked = sorted(after, key=lambda cue: cue.span.start)[:1] + sorted(before, key=lambda cue: -cue.span.end)[:1]
    with_speaker = [cue for cue in ranked if cue.speaker is not None]
    if len(with_speaker) == 2:
        behind, ahead = with_speaker
        gap_behind, gap_ahead = behind.span.start - span.end, span.start - ahead.span.end
        return behind if gap_behind <= gap_ahead + 12 else ahead
    chosen = next(iter(with_speaker or ranked), None)
    return _outermost(cues_here, annotation, chosen) if chosen is not None else None


def _outermost(cues_here: Sequence[Cue], annotation: Annotation, cue: Cue) -> Cue:
    """ "Ditto said she expects …": whose words they are is told by the verb that governs the pronoun's."""
    tokens = annotation.tokens
    by_token = {other.token: other for other in cues_here}
    at = cue.token
    for _ in range(6):
        speaker = cue.speaker
        pronoun = (
            speaker is not None
            and len(speaker) <= 4
            and any(
                token.start == speaker.start and token.pos == "PRON"
                for token in tokens[max(0, cue.token - 12) : cue.token]
            )
        )
        if not pronoun or tokens[at].head == at or tokens[at].dep not in ("ccomp", "conj", "advcl", "relcl", "xcomp"):
            return cue
        at = tokens[at].head
        outer = by_token.get(at)
        if outer is not None and outer.speaker is not None:
            cue = outer
    return cue


def _reaches(annotation: Annotation, cue: Cue, span: Span) -> bool:
    sentence = annotation.sentences[annotation.tokens[cue.token].sentence]
    return sentence.start <= span.end and span.start <= sentence.end


def _clear(paragraph: Paragraph, start: int, end: int) -> bool:
    """Whether no other quoted stretch lies wholly between a quotation and the cue."""
    between = Span(start, max(start, end))
    return not any(between.holds(stretch.span) and len(stretch.span) for stretch in paragraph.stretches)


def is_pronoun(words: str) -> bool:
    """Whether a speaker is given only by a pronoun."""
    return words.casefold() in PRONOUNS


def is_role(words: str) -> bool:
    """Whether a speaker is given by what they are ("the department", "a spokesman")."""
    return bool(ROLES & set(words.casefold().split()))
