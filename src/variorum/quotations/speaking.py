"""Speakers as the article calls them, joined to the story's names where the text allows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from variorum.quotations.genders import Gender
from variorum.quotations.speakers import is_pronoun
from variorum.records import Annotation, Article, Name, Place, Quotation, Span, Token

_REACH_SENTENCES = 2  # a pronoun's name stands in its own sentence or one of the two before it
NOTHING_KNOWN: Mapping[str, Gender] = MappingProxyType({})
_GOVERNED = re.compile(r"(?:[’']s?|\b(?:of|for|to|from|at|in|with|by))\s+$")
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
            name = _named(here, span, article.text)
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
    """The name that heads the speaker's phrase: the last one in it, and only if the phrase ends with it.

    "Rubio's spokesman" is not Rubio, "El Salvador's President Nayib Bukele" is not El Salvador.
    """
    inside = [mention for mention in here if mention.start < span.end and span.start < mention.end]
    if not inside or inside[-1].end < span.end or _GOVERNED.search(text, span.start, max(span.start, inside[-1].start)):
        return None
    return inside[-1].name


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
