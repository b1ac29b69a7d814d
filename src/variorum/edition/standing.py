"""Whether a passage can be read by itself, and what it needs a reader to have read before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.edition.pronouns import THIRD_PERSON, is_loose
from variorum.records import Annotation, Article, NameMention, Span, Token
from variorum.text import lines, stretches

_CONNECTIVES = frozenset(
    "additionally also afterwards again and besides but consequently finally firstly further furthermore hence here "
    "however indeed instead later likewise meanwhile moreover nevertheless next nonetheless nor or otherwise secondly "
    "similarly so still subsequently then there therefore thirdly thus too yet yes well elsewhere conversely "
    "accordingly ultimately overall both either neither".split()
)
_DEMONSTRATIVES = frozenset("this that these those such".split())
_FIRST_PERSON = frozenset("i we you me us my our your mine ours yours myself ourselves".split())
_LOOKING_BACK = frozenset(
    "also too another other others again same former latter further later though "
    "however meanwhile instead nevertheless".split()
)
_STEPPING_ON = ("following", "next", "same", "previous", "latter", "former", "latest", "other")
_GOING_ON = frozenset("add continue reply respond answer counter conclude go".split())
# What everybody knows without having been told: no earlier mention is wanted.
_KNOWN = frozenset(
    "government police president world public country state law court parliament army military weekend week month "
    "year economy market opposition ministry minister nation city sun sea weather war election senate house congress "
    "king queen pope internet press media road coast north south east west".split()
)
_QUOTE_MARKS = re.compile(r"[“”\"„«»]|``|''|’’")
# A passage that is nearly all quotation leaves no room for whose it is.
_MOST_QUOTED = 0.92


@dataclass(frozen=True, slots=True)
class Standing:
    """needs: lemmas of bare definite subjects ("the ferry") that must have been mentioned before.

    looks_back: words that lean a little on what went before ("also", "another").
    definites: things spoken of as known and not named or described ("the criticism"), outside the subject.
    bare: last names printed without a first one. quoted: share of the passage between quotation marks.
    """

    needs: frozenset[str]
    looks_back: int
    definites: int
    bare: tuple[str, ...]
    quoted: float


def quotations(article: Article) -> tuple[Span, ...]:
    """What stands between quotation marks in the article, read paragraph by paragraph."""
    return tuple(stretch.span for stretch in stretches(article.text, lines(article.text)))


def standing(
    article: Article, annotation: Annotation, passage: Span, given: Sequence[Span] | None = None
) -> Standing | None:
    """How the passage stands by itself; ``None`` when it does not.

    given: the article's quotations, and other stretches that are somebody's words; read off its marks by default.
    It does not stand when it begins with a connective or a pronoun, has a pronoun with nothing before it to stand
    for, speaks in the first person outside quotation marks, begins or breaks off inside a quotation, or asks.
    """
    text = passage.of(article.text)
    marks = [span for span in (quotations(article) if given is None else given) if span.overlaps(passage)]
    quoted = _covered(marks) / max(1, len(passage))
    if not _is_whole(text) or quoted > _MOST_QUOTED or not all(passage.holds(span) for span in marks):
        return None
    read = [
        at
        for at, token in enumerate(annotation.tokens)
        if passage.start <= token.start and token.end <= passage.end and token.pos not in ("PUNCT", "SPACE")
    ]
    told = [at for at in read if not any(span.start <= annotation.tokens[at].start < span.end for span in marks)]
    names = [name for name in annotation.names if passage.start <= name.start and name.end <= passage.end]
    words = [annotation.tokens[at] for at in told]
    if not any(token.pos in ("VERB", "AUX") for token in words) or not any(
        token.pos in ("NOUN", "PROPN") for token in words
    ):
        return None
    if _leans(annotation.tokens[read[0]], words) or is_loose(annotation, told, names):
        return None
    return Standing(
        needs=_needs(annotation, told),
        looks_back=sum(token.text.lower() in _LOOKING_BACK or token.lemma.lower() in _GOING_ON for token in words),
        definites=sum(1 for at in told if _is_bare_definite(annotation, at, told)),
        bare=_bare(names),
        quoted=quoted,
    )


def _covered(spans: Sequence[Span]) -> int:
    """Characters that stand in any of the spans."""
    total = reach = 0
    for span in sorted(spans):
        total += max(0, span.end - max(span.start, reach))
        reach = max(reach, span.end)
    return total


def _is_whole(text: str) -> bool:
    """Whether it begins and ends like a sentence, closes its quotations, and holds no aside of an editor."""
    first = text.lstrip("“\"‘'«(")[:1]
    if not (first.isupper() or first.isdigit()) or text.rstrip().endswith(("?", ":", "…")):
        return False
    return not any(mark in text for mark in ("[", "]", "©", "http", "\n")) and not len(_QUOTE_MARKS.findall(text)) % 2


def _leans(first: Token, told: Sequence[Token]) -> bool:
    """Whether it opens with a word that goes on from another sentence, or points or speaks out of its own."""
    opening = first.text.lower()
    if opening == "the" and told[:1] == [first] and told[1:] and told[1].text.lower() in _STEPPING_ON:
        return True
    if opening in _CONNECTIVES or opening in _DEMONSTRATIVES or opening in THIRD_PERSON or first.pos == "CCONJ":
        return True
    if first.pos == "PRON" and first is told[0]:
        return True
    for token in told:
        word = token.text.lower()
        if word in _FIRST_PERSON or (word == "there" and token.dep == "advmod"):
            return True
        if word in _DEMONSTRATIVES and token.tag == "DT" and token.dep in ("det", "nsubj", "nsubjpass", "dobj", "pobj"):
            return True
    return False


def _needs(annotation: Annotation, told: Sequence[int]) -> frozenset[str]:
    tokens = annotation.tokens
    subjects = (at for at in told if tokens[at].dep in ("nsubj", "nsubjpass", "agent"))
    # After another noun it is part of that one's scene: "a ferry sank, the operator said".
    return frozenset(
        tokens[at].lemma.lower()
        for at in subjects
        if _is_bare_definite(annotation, at, told)
        and not any(tokens[i].pos in ("NOUN", "PROPN") and i < at for i in told)
    )


def _is_bare_definite(annotation: Annotation, at: int, told: Sequence[int]) -> bool:
    """ "The ferry", with nothing that says which."""
    tokens = annotation.tokens
    if tokens[at].pos != "NOUN" or tokens[at].lemma.lower() in _KNOWN:
        return False
    below = [tokens[i] for i in told if tokens[i].head == at and i != at]
    return [child.text.lower() for child in below] == ["the"]


def _bare(names: Sequence[NameMention]) -> tuple[str, ...]:
    full = {name.text.split()[-1] for name in names if len(name.text.split()) > 1}
    return tuple(sorted({name.text for name in names if name.kind == "person" and " " not in name.text} - full))
