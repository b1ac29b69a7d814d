"""Which pronoun a story uses for whom, learnt from the reports themselves.

No list of first names: a report that calls a minister "she" in a sentence that names nobody else says
it of her, and so does a title.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from variorum.records import Annotation, Article, Name

Gender = Literal["he", "she"]

_TITLES: dict[str, Gender] = {
    "mr": "he", "sir": "he", "lord": "he", "king": "he", "prince": "he", "congressman": "he", "chairman": "he",
    "spokesman": "he", "mrs": "she", "ms": "she", "miss": "she", "dame": "she", "lady": "she", "queen": "she",
    "princess": "she", "congresswoman": "she", "chairwoman": "she", "spokeswoman": "she",
}  # fmt: skip
_PRONOUNS: dict[str, Gender] = {
    "he": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she",
}  # fmt: skip
_BEFORE = re.compile(r"([A-Za-z]+)\.?\s+$")
_SHARE = 0.8  # of the evidence that must agree


def genders(
    articles: Sequence[Article], annotations: Mapping[str, Annotation], names: Sequence[Name]
) -> dict[str, Gender]:
    """The pronoun of each person the story leaves no doubt about, by name id."""
    evidence: dict[str, Counter[Gender]] = defaultdict(Counter)
    people = [name for name in names if name.kind == "person"]
    for article in articles:
        annotation = annotations[article.id]
        by_sentence: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for name in people:
            for place in name.mentions:
                if place.article != article.id:
                    continue
                title = _BEFORE.search(article.text, max(0, place.start - 20), place.start)
                if title and title.group(1).casefold() in _TITLES:
                    evidence[name.id][_TITLES[title.group(1).casefold()]] += 3
                at = annotation.sentence_at(place.start)
                if at is not None:
                    by_sentence[at].append((place.end, name.id))
        for at, mentions in by_sentence.items():
            if len({id for _, id in mentions}) == 1:
                end, id = mentions[0]
                for token in annotation.tokens_of(at):
                    # "Marrack told her" is of somebody else, "Marrack told her driver" most often of Marrack.
                    told = token.text.casefold() == "her" and token.tag != "PRP$"
                    if token.start >= end and token.text.casefold() in _PRONOUNS and not told:
                        evidence[id][_PRONOUNS[token.text.casefold()]] += 1
    return {id: tally.most_common(1)[0][0] for id, tally in evidence.items() if _clear(tally)}


def _clear(tally: Counter[Gender]) -> bool:
    return max(tally.values()) >= _SHARE * sum(tally.values())
