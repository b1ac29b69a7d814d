"""Phrases that point back to a name: "the embattled minister", "the Salvadoran leader", "the vessel".

Resolved only where one reading is possible: some report of the story must itself have said what the bearer
is (see :mod:`variorum.coverage.naming`), and nobody else in this article may be the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from variorum.coverage.naming import Naming
from variorum.coverage.phrases import Phrases
from variorum.coverage.roles import BROADER
from variorum.records import Name
from variorum.text import fold

# Sentences back within which, of two presidents, only one may have been named for "the president" to be his.
_NEAR = 4
_POINTING = frozenset(("the", "that", "this"))


class Profiles:
    """What each name of the story is said to be: its nouns, and the capitalised words that tell it apart."""

    def __init__(self, said: Iterable[tuple[Phrases, Naming]]) -> None:
        self.nouns: dict[str, set[str]] = defaultdict(set)
        self.marks: dict[str, set[str]] = defaultdict(set)
        for phrases, naming in said:
            if naming.reported:
                continue
            noun = phrases.tokens[naming.head].lemma.lower()
            self.nouns[naming.name].update((noun, *BROADER.get(noun, ())))
            self.marks[naming.name].update(_marks(phrases, naming.within))


def stand_ins(phrases: Phrases, text: str, people: Mapping[str, Sequence[range]]) -> Iterator[tuple[str, range]]:
    """Name ids with the token of a "he" or "she" that can only be theirs, for what the sentence says they are.

    text: of the article. people: person name ids to their mentions. Theirs it is when the sentence before, in the
    same paragraph, names one person and no other, and so far this sentence names nobody.
    """
    named: dict[int, set[str]] = defaultdict(set)
    first_named: dict[int, int] = {}
    for id, mentions in people.items():
        for mention in mentions:
            sentence = phrases.tokens[mention.start].sentence
            named[sentence].add(id)
            first_named[sentence] = min(first_named.get(sentence, mention.start), mention.start)
    for at, token in enumerate(phrases.tokens):
        if token.text.lower() not in ("he", "she") or not token.dep.startswith("nsubj"):
            continue
        before = named.get(token.sentence - 1, set())
        if len(before) != 1 or first_named.get(token.sentence, at + 1) < at:
            continue
        id = next(iter(before))
        last = max(m.stop for m in people[id] if phrases.tokens[m.start].sentence == token.sentence - 1)
        if "\n" not in text[phrases.tokens[last - 1].end : token.start]:
            yield id, range(at, at + 1)


def pointing_back(
    phrases: Phrases,
    here: Mapping[str, Sequence[int]],
    kinds: Mapping[str, Name],
    profiles: Profiles,
    used: frozenset[int],
) -> Iterator[Naming]:
    """The definite phrases of one article that can mean one of its names only.

    here: name id to the token index of each of its mentions, in reading order. used: tokens of names, and
    heads of phrases already given to one.
    """
    for at, token in enumerate(phrases.tokens):
        if at in used or token.pos != "NOUN" or not _is_definite(phrases, at):
            continue
        whole = phrases.phrase(at)
        if whole is None:
            continue
        name = _only(phrases, at, whole, here, kinds, profiles)
        if name is not None:
            yield Naming(name, whole, at, "before")


def _is_definite(phrases: Phrases, at: int) -> bool:
    if not phrases.lemmas(at, "det") & _POINTING or phrases.child(at, "poss", "appos", "nummod", "relcl", "conj"):
        return False
    return phrases.tokens[at].dep not in ("appos", "attr", "compound", "nmod", "npadvmod", "conj")


def _only(
    phrases: Phrases,
    at: int,
    whole: range,
    here: Mapping[str, Sequence[int]],
    kinds: Mapping[str, Name],
    profiles: Profiles,
) -> str | None:
    noun = phrases.tokens[at].lemma.lower()
    marks = _marks(phrases, whole)
    before = {id: [seen for seen in seen_at if seen < at] for id, seen_at in here.items()}
    fit = [id for id in sorted(here) if noun in profiles.nouns.get(id, ())]
    if marks:
        fit = [id for id in fit if marks <= profiles.marks.get(id, set())]
    if len(fit) > 1:
        sentence = phrases.tokens[at].sentence
        near = [id for id in fit if any(sentence - phrases.tokens[seen].sentence <= _NEAR for seen in before[id])]
        fit = near if all(kinds[id].kind == "person" for id in fit) else []
    if len(fit) != 1 or not before[fit[0]]:
        return None
    found = fit[0]
    kind = kinds[found].kind
    if kind == "person":
        return found if phrases.tokens[at].tag == "NN" else None
    # A company or a city that nobody described may stand nearer: then the phrase is its, not this one's.
    nearer = [id for id, seen in before.items() if kinds[id].kind == kind and seen and seen[-1] > before[found][-1]]
    return found if not nearer else None


def _marks(phrases: Phrases, within: range) -> set[str]:
    """The capitalised words of a phrase, folded: they say which president, which ministry."""
    return {
        fold(token.text).rstrip("'s")
        for token in phrases.tokens[within.start : within.stop]
        if token.text[0].isupper() and token.pos in ("PROPN", "ADJ") and token.text.lower() not in ("the",)
    } - _TITLE_WORDS


_TITLE_WORDS = frozenset(BROADER) | {"the", "leader", "state", "prime", "vice", "mr", "ms"}
