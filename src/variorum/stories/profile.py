"""What a report is compared by: its words, and which of them are names or numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.config import Stories
from variorum.records import Article
from variorum.text import Word, words

# A capital after one of these says nothing: it opens a sentence or a quotation.
_OPENING = frozenset('.!?:;\n"“‘«„')


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts of folded words, those of title and lead doubled; names: those that are names or numbers."""

    counts: dict[str, int]
    names: frozenset[str]


def profile(article: Article, *, settings: Stories) -> Profile:
    """The profile of an article's title, standfirst and body; adverts, teasers and the like have no say."""
    counts: Counter[str] = Counter()
    names: set[str] = set()
    seen = 0
    for part in article.parts_of("title", "standfirst", "body"):
        found = words(article.text, part.start, part.end)
        names.update(_names(article.text, found))
        for word in found:
            leads = part.kind == "title" or seen < settings.lead_words
            seen += part.kind != "title"
            if len(word.key) > 1 or word.key.isdigit():
                counts[word.key] += 2 if leads else 1
    return Profile(dict(counts), frozenset(names) & frozenset(counts))


def _names(text: str, found: Sequence[Word]) -> set[str]:
    """Keys of numbers, and of words with a capital that no sentence's start explains."""
    keys = set()
    for index, word in enumerate(found):
        first = text[word.start]
        bare = bool(index) and _OPENING.isdisjoint(text[found[index - 1].end : word.start])
        if first.isdigit() or (first.isupper() and bare):
            keys.add(word.key)
    return keys
