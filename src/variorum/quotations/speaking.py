"""Speakers as the article calls them, joined to the story's names where the text allows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from variorum.quotations.genders import Gender
from variorum.quotations.pronouns import is_pronoun
from variorum.records import Annotation, Article, Name, Place, Quotation, Span, Token

_REACH_SENTENCES = 2  # a pronoun's name stands in its own sentence or one of the two before it
NOTHING_KNOWN: Mapping[str, Gender] = MappingProxyType({})
_PHRASE_ENDS = re.compile(r",\s*|\s*[(\[:—–]|\s+(?:of|for|from|at|in|with|by|on|who|whose|which|that|to)\b")
_ROLE = re.compile(r"(?:The|the)\s+([a-z]{4,})")
_JOINED = re.compile(r"\b(?:and|or)\s")
_PERSONS = frozenset(("he", "she", "i"))


@dataclass(frozen=True, slots=True)
class _Mentioned:
    """A mention of a name in one article."""

    start: int
    end: int
    name: Name


def name_speakers(
    article: Article,
    annotation: Annotation,
    quotations: Sequence[Quotation],
    names: Sequence[Name],
    known: Mapping[str, Gender] = NOTHING_KNOWN,
) -> tuple[Quotation, ...]:
    """The quotations with ``speaker`` set where one name is meant and no other can be.

    A speaker given by name is that name; "he" or "she" is the person the text spoke of last, where that
    is one person only. What stays open stays as it stands: a wrong name is worse than "he".
    known: the pronouns of persons, as :func:`variorum.quotations.genders.genders` learns them.
    """
    here = _here(article.id, names)
    made: list[Quotation] = []
    for quotation in quotations:
        span = quotation.speaker_span
        name = None
        if span is not None:
            name = _named(here, span, article.text) or _by_role(here, span, article.text)
            if name is None and span.of(article.text).casefold() in _PERSONS:
                pronoun = span.of(article.text).casefold()
                others = {id for id, gender in known.items() if gender != pronoun and pronoun != "i"}
                fitting = [mention for mention in here if mention.name.id not in others]
                name = _antecedent(annotation, fitting, made, span)
        made.append(replace(quotation, speaker=name.id) if name is not None else quotation)
    return tuple(made)


def _here(article: str, names: Sequence[Name]) -> list[_Mentioned]:
    found = [
        _Mentioned(place.start, place.end, name)
        for name in names
        for place in _places(name)
        if place.article == article
    ]
    return sorted(found, key=lambda mention: mention.start)


def _places(name: Name) -> tuple[Place, ...]:
    return name.mentions


def _named(here: Sequence[_Mentioned], span: Span, text: str) -> Name | None:
    """The name that heads the speaker's phrase.

    "Hugh Hill, a doctor" and "the doctor, Hugh Hill" are Hill, "El Salvador's President Nayib Bukele" is
    Bukele; "Rubio's spokesman" and "a spokesman for Rubio" are not Rubio, and two names are nobody's one.
    """
    inside = [mention for mention in here if mention.start < span.end and span.start < mention.end]
    if not inside:
        return None
    first, *rest = _segments(text, span, inside)
    named = _heading(text, first, inside)
    if named is None and rest and not _heads_a_name(text, first, inside):
        # "the mayor, Nadia Orlov": only a person's name set beside a role says who the role is.
        beside = _heading(text, rest[0], inside)
        named = beside if beside is not None and beside.kind == "person" else None
    return named


def _by_role(here: Sequence[_Mentioned], span: Span, text: str) -> Name | None:
    """Whom "the mayor" or "the department" means: the only one the article calls so beside its name."""
    match = _ROLE.fullmatch(text, span.start, span.end)
    if match is None:
        return None
    noun = match.group(1).casefold()
    before = re.compile(rf"\b{re.escape(noun)}(?: (?:of|for) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)?,?\s+$", re.I)
    after = re.compile(rf",\s+(?:the|a|an|his|her|its|their)?(?:\s?[\w’'-]+){{0,3}}\s{re.escape(noun)}\b", re.I)
    called: dict[str, Name] = {}
    for mention in here:
        if mention.name.kind == "person":
            introduced = before.search(text, max(0, mention.start - 80), mention.start)
            if introduced or after.match(text, mention.end):
                called[mention.name.id] = mention.name
        elif mention.name.kind == "organisation" and noun in text[mention.start : mention.end].casefold().split():
            called[mention.name.id] = mention.name
    return next(iter(called.values())) if len(called) == 1 else None


def _segments(text: str, span: Span, inside: Sequence[_Mentioned]) -> list[Span]:
    """The phrase up to its first comma, bracket or preposition, then what stands after a comma."""
    cuts = [
        match
        for match in _PHRASE_ENDS.finditer(text, span.start, span.end)
        if not any(mention.start < match.end() and match.start() < mention.end for mention in inside)
    ]
    if not cuts:
        return [span]
    made = [Span(span.start, cuts[0].start())]
    commas = [match for match in cuts if match.group().strip() == ","]
    if commas:
        end = next((match.start() for match in cuts if match.start() > commas[0].start()), span.end)
        made.append(Span(commas[0].end(), max(commas[0].end(), end)))
    return made


def _heading(text: str, segment: Span, inside: Sequence[_Mentioned]) -> Name | None:
    """The name a segment ends with, unless it holds another beside it ("Orlov and Lorne")."""
    ending = [mention for mention in inside if segment.start <= mention.start and mention.end <= segment.end]
    if not ending or _JOINED.search(text, segment.start, ending[-1].start):
        return None
    after = text[ending[-1].end : segment.end].strip()
    return ending[-1].name if after in ("", "'s", "’s", "'", "’", ":") else None


def _heads_a_name(text: str, segment: Span, inside: Sequence[_Mentioned]) -> bool:
    """Whether the segment is about a name that it does not end with ("Rubio's spokesman")."""
    return any(segment.start <= mention.start and mention.end <= segment.end for mention in inside) and bool(
        _JOINED.search(text, segment.start, segment.end)
    )


def _antecedent(
    annotation: Annotation, here: Sequence[_Mentioned], before: Sequence[Quotation], span: Span
) -> Name | None:
    """Whom "he" or "she" means: the person named last before it, if the sentences at hand name no other.

    Several persons at hand leave it open, unless one of them is the subject of the sentence before, or
    was the speaker just before.
    """
    at = annotation.sentence_at(span.start)
    if at is None:
        return None
    first = max(0, at - _REACH_SENTENCES)
    for reach in range(at, first - 1, -1):
        start = annotation.sentences[reach].start
        people = [mention for mention in here if mention.name.kind == "person" and start <= mention.start < span.start]
        if not people:
            continue
        ids = {mention.name.id for mention in people}
        if len(ids) == 1:
            return people[-1].name
        subjects = [mention for mention in people if _is_subject(annotation, mention)]
        if len({mention.name.id for mention in subjects}) == 1:
            return subjects[-1].name
        last = before[-1] if before else None
        if last is not None and last.speaker in ids:
            return next(mention.name for mention in people if mention.name.id == last.speaker)
        return None
    return None


def _is_subject(annotation: Annotation, mention: _Mentioned) -> bool:
    at = annotation.sentence_at(mention.start)
    return at is not None and any(
        mention.start <= token.start < mention.end and _is_subject_word(annotation, token)
        for token in annotation.tokens_of(at)
    )


def _is_subject_word(annotation: Annotation, token: Token) -> bool:
    joined = token.dep == "conj" and annotation.tokens[token.head].dep in ("nsubj", "nsubjpass")
    return joined or token.dep in ("nsubj", "nsubjpass")


def spoken_by_pronoun(quotation: Quotation) -> bool:
    """Whether the article gives the speaker only by a pronoun."""
    return quotation.speaker_text is not None and is_pronoun(quotation.speaker_text)
