"""How rare a word is in news, learnt from a collection and shipped as a table of counts.

With two to fifty reports of one event the collection itself cannot tell a rare word from a common
one: every report says "ferry". So rarity is a property of the language of news, counted once.
"""

from functools import cache
from importlib.resources import files
from math import log

from variorum.text.words import fold


@cache
def _table() -> tuple[int, dict[str, int]]:
    raw = (files("variorum.text") / "article_counts.tsv").read_text("utf-8").splitlines()
    total = int(raw[0].split("\t")[1])
    return total, {word: int(count) for word, count in (line.split("\t") for line in raw[1:])}


def rarity(key: str) -> float:
    """Inverse document frequency of a folded word in news, in natural logarithms.

    key: as :func:`variorum.text.fold` gives it. A word that the table does not hold counts as having
    stood in one article. About 0.1 for "the", 2 for "president", 8 for a name.
    """
    total, counts = _table()
    return log((total + 1) / (counts.get(key, 1) + 0.5))


def known(word: str) -> bool:
    """Whether the table of news words holds a word: one it does not hold is rare, new or misspelt."""
    return fold(word) in _table()[1]
