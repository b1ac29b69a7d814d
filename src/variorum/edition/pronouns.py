"""Whether every "he", "it" and "they" of a passage has something in the passage to stand for."""

from collections.abc import Sequence

from variorum.records import Annotation, NameMention, Token

THIRD_PERSON = frozenset("he she him her his hers himself herself they them their theirs it its itself".split())
_HUMAN = frozenset("he she him his hers himself herself her".split())
_OWNING = frozenset("his her their its".split())


def is_loose(annotation: Annotation, told: Sequence[int], names: Sequence[NameMention]) -> bool:
    """Whether some pronoun among ``told`` can stand for nothing before it.

    told: indices of the passage's tokens outside quotations, in reading order. names: those in the passage.
    "It" needs a thing, "he" a person or somebody described by a noun; and no pronoun that a verb acts on
    stands for that verb's own subject ("the council had reported it").
    """
    tokens = annotation.tokens
    people = [name for name in names if name.kind == "person"]
    for at in told:
        token = tokens[at]
        word = token.text.lower()
        if word not in THIRD_PERSON or token.pos not in ("PRON", "DET") or token.dep == "expl":
            continue
        barred = _subject_of(annotation, token.head) if token.dep in ("dobj", "pobj", "dative") else frozenset()
        before = [i for i in told if i < at and i not in barred]
        if not any(_can_be(tokens[i], word, people) for i in before) and not (
            word in _OWNING and _named_after(annotation, told, at)
        ):
            return True
    return False


def _can_be(token: Token, word: str, people: Sequence[NameMention]) -> bool:
    is_person = any(name.start <= token.start < name.end for name in people)
    if word in _HUMAN:
        return is_person or (token.pos == "NOUN" and token.dep in ("nsubj", "nsubjpass"))
    if token.dep in ("compound", "amod", "nmod", "npadvmod"):
        return False
    if word in ("it", "its", "itself"):
        return token.pos in ("NOUN", "PROPN") and not is_person and token.tag in ("NN", "NNP")
    return token.pos == "NOUN" or (token.pos == "PROPN" and not is_person)


def _subject_of(annotation: Annotation, head: int) -> frozenset[int]:
    """Indices of the subject, with all that belongs to it, of the verb that governs ``head``."""
    tokens = annotation.tokens
    verb = head
    while tokens[verb].pos not in ("VERB", "AUX") and tokens[verb].head != verb:
        verb = tokens[verb].head
    subjects = {at for at, token in enumerate(tokens) if token.head == verb and token.dep in ("nsubj", "nsubjpass")}
    first, last = _sentence(annotation, verb)
    return frozenset(at for at in range(first, last) if _above(annotation, at) & subjects)


def _above(annotation: Annotation, at: int) -> set[int]:
    chain = {at}
    while annotation.tokens[at].head != at:
        at = annotation.tokens[at].head
        chain.add(at)
    return chain


def _sentence(annotation: Annotation, at: int) -> tuple[int, int]:
    sentence = annotation.sentences[annotation.tokens[at].sentence]
    return sentence.first, sentence.last


def _named_after(annotation: Annotation, told: Sequence[int], at: int) -> bool:
    """ "In his speech, Roe said": the name follows as the subject."""
    tokens = annotation.tokens
    return any(tokens[i].pos == "PROPN" and tokens[i].dep in ("nsubj", "nsubjpass") for i in told if i > at)
