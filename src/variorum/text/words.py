"""Words with their places, and the folding under which two printings of a word are the same word."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from variorum.text.spelling import respell

# A word keeps inner points and apostrophes (U.S., don't, o'clock), figures keep their separators
# (14,500; 3.5), and a hyphen divides, so that "mega-jail" and "mega jail" are the same two words.
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[.'’ʼ`´][^\W\d_]+)*|\w+")

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'"})
_NUMERALS = {
    word: str(value)
    for value, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen twenty"
        ).split()
    )
} | {
    word: str(value)
    for value, word in zip(range(30, 100, 10), "thirty forty fifty sixty seventy eighty ninety".split(), strict=True)
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands. start, end: offsets into the text. key: its folded form."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The form under which two printings of one word are equal.

    Case, accents, typographic apostrophes, points inside initials (U.S.), thousands separators,
    British and American spelling, and numerals up to ninety written out are folded away.
    Inflection is not: "will" and "would" stay two words.
    """
    folded = unicodedata.normalize("NFKD", word).casefold().translate(_APOSTROPHES)
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    if folded[:1].isdigit():
        return folded.replace(",", "")
    folded = folded.replace(".", "")
    return _NUMERALS.get(folded) or respell(folded)


def words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words of ``text[start:end]`` in reading order, with offsets into ``text``.

    start, end: offsets in code points; the whole text by default. Empty where no word stands.
    """
    return tuple(
        Word(match.start(), match.end(), fold(match.group()))
        for match in WORD.finditer(text, start, len(text) if end is None else end)
    )
