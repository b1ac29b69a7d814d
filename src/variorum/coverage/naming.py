"""Where the grammar of a sentence itself says that a phrase names somebody.

Apposition ("Roe, a former judge"), what stands before the name ("embattled minister Jane Roe"), "is" and
"becomes", and verbs of calling ("known as", "dubbed"). Nothing is guessed from nearness: a label put on the
wrong person is a false accusation, so each pattern asks for its punctuation and gives up where the sentence
is more than one thing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from variorum.coverage.phrases import Phrases
from variorum.coverage.roles import HONORIFICS, NOT_NAMING, OFFICES, PLACE_NOUNS, TITLES, WITHOUT_WEIGHT, is_person
from variorum.records import Name

How = Literal["apposition", "before", "is", "called"]


@dataclass(frozen=True, slots=True)
class Naming:
    """A phrase that names ``name``. within, head: token indices. reported: whether somebody else calls it so."""

    name: str
    within: range
    head: int
    how: How
    reported: bool = False


def namings(phrases: Phrases, name: Name, mention: range, taken: frozenset[int]) -> Iterator[Naming]:
    """The phrases that name what stands at ``mention``, by the grammar of its sentence.

    mention: token indices of the name. taken: tokens that belong to any name, which head no label.
    """
    head = phrases.head_of(mention)
    if head is None:
        return
    for how, at, reported in _candidates(phrases, head, mention):
        whole = phrases.phrase(at)
        if whole is not None and _can_name(phrases, name, at, taken) and not set(whole) & set(mention):
            yield Naming(name.id, whole, at, how, reported)
    before = _before(phrases, name, head, mention)
    if before is not None:
        yield before


def _candidates(phrases: Phrases, head: int, mention: range) -> Iterator[tuple[How, int, bool]]:
    tokens = phrases.tokens
    for at in phrases.child(head, "appos"):
        if at > head and _set_off(phrases, mention.stop, at):
            yield "apposition", at, False
            # "a former judge and an author", but not "a former judge and author": is the author former too?
            yield from (("apposition", also, False) for also in phrases.child(at, "conj") if phrases.child(also, "det"))
    above = tokens[head].head
    if tokens[head].dep == "appos" and above < head and _touches(phrases, above, head, mention):
        yield "apposition", above, False
    if tokens[head].dep in ("nsubj", "nsubjpass") and not phrases.child(head, "conj", "cc"):
        yield from _predicates(phrases, above)
    if tokens[head].dep == "dobj" and tokens[above].lemma.lower() in _CALLING:
        yield from _called(phrases, above, head)
    if tokens[head].dep == "pobj" and tokens[above].lemma.lower() == "as":
        known = tokens[above].head
        if tokens[known].dep == "acl" and tokens[known].lemma.lower() == "know":
            yield "called", tokens[known].head, False
    if tokens[head].dep == "pobj" and tokens[above].lemma.lower() == "of":
        noun = tokens[above].head
        if tokens[noun].lemma.lower() in PLACE_NOUNS and phrases.child(noun, "amod", "compound", "nmod"):
            yield "before", noun, False


# Titles that also begin the names of bodies: "General Assembly", "Justice Department".
_HALF_NAMES = frozenset(("General", "Justice", "Major", "Marshal", "Judge", "Head", "Chief", "Executive", "Speaker"))
_CALLING = frozenset("call dub brand label name describe portray style consider deem regard hail denounce term".split())
_SEEN_AS = frozenset("see know describe regard view hail denounce brand label dub portray style consider call".split())


def _predicates(phrases: Phrases, verb: int) -> Iterator[tuple[How, int, bool]]:
    """ "is a strongman", "has become a favourite", "is seen by some as an ally", "was dubbed the rat"."""
    tokens = phrases.tokens
    if phrases.child(verb, "neg") or any(tokens[at].tag == "MD" for at in phrases.child(verb, "aux", "auxpass")):
        return
    if phrases.child(verb, "mark") or tokens[verb].tag == "VB":
        return  # "if he is", "to be": not said to be so
    if tokens[verb].lemma.lower() in ("be", "become", "remain"):
        yield from (("is", at, False) for at in phrases.child(verb, "attr") if at > verb)
    if phrases.child(verb, "nsubjpass") and tokens[verb].lemma.lower() in _SEEN_AS:
        by = bool(phrases.child(verb, "agent"))
        for prep in phrases.child(verb, "prep"):
            if tokens[prep].text.lower() == "as":
                yield from (("called", at, by) for at in phrases.child(prep, "pobj"))
        yield from (("called", at, by) for at in phrases.child(verb, "oprd") if at > verb)


def _called(phrases: Phrases, verb: int, head: int) -> Iterator[tuple[How, int, bool]]:
    """ "Critics call Roe a fraud": named so by others, never by the outlet itself."""
    if phrases.tokens[verb].tag == "MD" or phrases.child(verb, "neg"):
        return
    for at in phrases.child(verb, "oprd", "ccomp"):
        if at > head and phrases.tokens[at].pos == "NOUN":
            yield "called", at, True
    after = [at for at in phrases.child(verb, "prep") if at > head and phrases.tokens[at].text.lower() == "as"]
    # Only the first: in "hails Roe as a friend and Poe as an ally" the second is not Roe's.
    for prep in after[:1]:
        yield from (("called", at, True) for at in phrases.child(prep, "pobj"))


def _before(phrases: Phrases, name: Name, head: int, mention: range) -> Naming | None:
    """ "embattled minister Jane Roe", "President Roe", "the notorious Quarry Centre"."""
    tokens = phrases.tokens
    first = mention.start
    for below in sorted((b for at in mention for b in phrases.children[at] if b < mention.start), reverse=True):
        if tokens[below].dep not in ("compound", "nmod", "amod", "appos", "poss", "nummod", "advmod", "punct"):
            break
        left = phrases.leftmost(below)
        if left >= first:
            continue
        if tokens[below].dep in ("appos", "punct") and tokens[below].text in ",;:()":
            break
        first = left
    while first < mention.start and (tokens[first].pos in ("DET", "PUNCT") or tokens[first].tag == "PRP$"):
        first += 1
    within = range(first, mention.start)
    if not within or any(tokens[at].text in ",;:()[]–—" or tokens[at].pos == "CCONJ" for at in within):
        return None  # of "former judge and mayor Jane Roe" no half can be cut off safely
    if within.start >= 2 and tokens[within.start - 1].pos == "CCONJ" and tokens[within.start - 2].pos == "NOUN":
        return None
    noun = _naming_noun(phrases, within)
    if noun is not None:
        return Naming(name.id, within, noun, "before") if _fits(phrases, name, noun) else None
    if (
        name.kind not in ("group", "place")
        and all(tokens[at].pos in ("ADJ", "ADV", "VERB") or tokens[at].text == "-" for at in within)
        and not any(tokens[at].text.lower() in WITHOUT_WEIGHT or tokens[at].text[0].isupper() for at in within)
    ):
        return Naming(name.id, range(first, mention.stop), head, "before")
    return None


def _fits(phrases: Phrases, name: Name, noun: int) -> bool:
    """One person has a singular noun for a person, and only a person has a title with a capital."""
    token = phrases.tokens[noun]
    if name.kind == "person":
        if token.text in _HALF_NAMES and " " not in name.name:
            return False
        return token.tag in ("NN", "NNP") and is_person(token.lemma.lower())
    return token.pos == "NOUN" or token.text.lower() in OFFICES  # a person whom the recogniser took for a firm


def _naming_noun(phrases: Phrases, within: range) -> int | None:
    """The noun in front of a name that says what its bearer is; a capitalised one must be a title."""
    tokens = phrases.tokens
    last = within.stop - 1
    if tokens[last].text in ("State", "Defense", "Defence", "Justice", "Interior", "Finance", "Staff", "General"):
        nouns = [at for at in within if tokens[at].text.lower() in TITLES]
        return nouns[-1] if nouns else None
    word = tokens[last].text.lower().rstrip(".")
    if word in HONORIFICS or word in NOT_NAMING:
        return None
    if tokens[last].pos == "NOUN" or (tokens[last].pos == "PROPN" and word in TITLES):
        return last
    return None


def _can_name(phrases: Phrases, name: Name, at: int, taken: frozenset[int]) -> bool:
    """Whether the noun at ``at`` can say what the bearer of ``name`` is."""
    token = phrases.tokens[at]
    word = token.lemma.lower()
    if at in taken and word not in TITLES:
        return False
    if token.pos != "NOUN" and not (token.pos == "PROPN" and word in TITLES):
        return False
    if word in NOT_NAMING or word in HONORIFICS:
        return False
    if name.kind == "person" and not is_person(word):
        return False
    return name.kind == "group" or token.tag in ("NN", "NNP")


def _set_off(phrases: Phrases, after: int, at: int) -> bool:
    """Whether the phrase of ``at`` stands between a comma or bracket after a name, and another mark.

    A dash goes on with the sentence more often than it explains the name before it; and without a mark at its
    end the phrase may be the next thing in a list.
    """
    tokens = phrases.tokens
    marks = "".join(token.text for token in tokens[after : phrases.leftmost(at)])
    end = phrases.rightmost(at) + 1
    closed = end >= len(tokens) or tokens[end].pos == "PUNCT" or tokens[end].sentence != tokens[at].sentence
    return marks in (",", "(", "[", ",“", ',"', ",‘") and closed


def _touches(phrases: Phrases, above: int, head: int, mention: range) -> bool:
    """Whether the phrase of ``above`` runs up to the name: "his deputy, Jane Roe", "mega-prison (CECOT)"."""
    whole = phrases.phrase(above)
    if phrases.lemmas(head, "det") & {"a", "an"}:
        return False  # "the governor, a Republican": there the name says what the governor is
    first = min(mention.start, phrases.leftmost(head))
    if whole is None or whole.stop > first:
        return False
    marks = "".join(token.text for token in phrases.tokens[whole.stop : first])
    owner = any(phrases.tokens[at].dep == "case" for at in phrases.children[head])
    return marks in (",", "(", "[") or (marks == "" and not owner)  # "the deal Roe's party made"
