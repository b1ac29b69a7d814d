"""What nobody can put in other words: names, figures, and the words of quotations.

A report that retells another has next to none of its own: it can only have what it was given. A reporter who was
there has some that the other lacks, however alike the two tell. So this is what parts a retelling from an independent
account of the same facts, where likeness of meaning alone cannot.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from variorum.config import Descent
from variorum.descent.prose import Prose
from variorum.records import Annotation, Article, Figure, Part
from variorum.text import rarity, words

_POSSESSIVE = re.compile(r"'s?$")
# After one of these, or at the start of a line, a capital letter says nothing.
_OPENS = re.compile(r"(?:^|[.!?:…\n][\s“”\"'‘’(\[]*|[“\"‘(\[])$")
_STEM = 5  # letters that a name and what is derived from it share: Corvania, Corvanian
_PLAIN_NAME = 2.0  # rarity up to which a capitalised word names nothing in particular (Monday, President)
_QUOTED = 3  # words in a row that are looked for in the other report
_SMALL = 12  # a count, or a span of time, up to which a figure is no detail
_EXACT = 1.6  # highest over lowest of what a figure may mean, beyond which it is none ("dozens", "more than")
_SMOOTH_OWN, _SMOOTH = 0.5, 4.0
_ALIKE = 0.015  # two values are one within this share: 1.6 km and a mile, 30 and 30.2
_RANGE = 1.35  # widest range, as a ratio, that is held against another figure: "about 40", not "dozens"
_SECONDS = {"s": 1.0, "day": 86_400.0, "month": 2_629_800.0, "year": 31_557_600.0}


@dataclass(frozen=True, slots=True)
class Specifics:
    """The details of a report.

    names: words that are capitalised within a sentence, folded. figures: exact ones and not small. quoted: runs of
    three words in quotations. words: all words; stems: the first letters of long ones; pairs: two words in a row, runs:
    three.
    """

    names: frozenset[str]
    figures: tuple[Figure, ...]
    quoted: frozenset[tuple[int, ...]]
    words: frozenset[str]
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    runs: frozenset[tuple[int, ...]]

    def weight(self, settings: Descent) -> float:
        """How many details there are; a quotation counts by its length, a figure for less than a name."""
        return _weight(len(self.names), len(self.figures), len(self.quoted), settings)


def specifics(article: Article, prose: Prose, annotation: Annotation) -> Specifics:
    """The details of a report's title, standfirst and body; names are looked for in standfirst and body only."""
    found = [word for part in article.parts_of("title", "standfirst", "body") for word in _words(article, part)]
    names = set()
    for part in article.parts_of("standfirst", "body"):
        for word in words(article.text, part.start, part.end):
            is_name = article.text[word.start].isupper() and len(word.key) > 1 and rarity(word.key) > _PLAIN_NAME
            before = article.text[max(part.start, word.start - 8) : word.start]
            if is_name and before and not _OPENS.search(before):
                names.add(_POSSESSIVE.sub("", word.key))
    keys = prose.keys.tolist()
    runs = [tuple(keys[at : at + _QUOTED]) for at in range(len(keys) - _QUOTED + 1)]
    quoted = prose.quoted.tolist()
    return Specifics(
        frozenset(names),
        tuple(one for one in annotation.figures if _is_detail(one)),
        frozenset(run for at, run in enumerate(runs) if quoted[at] and quoted[at + _QUOTED - 1]),
        frozenset(found),
        frozenset(word[:_STEM] for word in found if len(word) > _STEM),
        frozenset(pairwise(found)),
        frozenset(runs),
    )


def _is_detail(figure: Figure) -> bool:
    """Whether a figure is exact, and not so small that anybody might have it."""
    is_small = figure.value <= _SMALL and (figure.unit is None or figure.unit in _SECONDS)
    return not is_small and figure.low > 0 and figure.high <= _EXACT * figure.low


def _words(article: Article, part: Part) -> Iterable[str]:
    return (_POSSESSIVE.sub("", word.key) for word in words(article.text, part.start, part.end))


@dataclass(frozen=True, slots=True)
class Own:
    """What a report has that another has not. details: how many it has in all; share: of them its own, in [0, 1]."""

    names: tuple[str, ...]
    figures: tuple[Figure, ...]
    details: float
    share: float


def own(of: Specifics, beside: Specifics, *, settings: Descent) -> Own:
    """The details of a report that are not in another.

    The share is smoothed, as if half of one of four more details were its own, so that a report of few details never
    passes for one that has none. A figure counts for less than a name, for it can be told in other words, reckoned
    up or rounded ("two thirds", "a dozen").
    """
    names = tuple(sorted(name for name in of.names if not _has_name(beside, name)))
    figures = tuple(one for one in of.figures if not _has_figure(beside, one))
    details = of.weight(settings)
    unheld = _weight(len(names), len(figures), len(of.quoted - beside.runs), settings)
    return Own(names, figures, details, (unheld + _SMOOTH_OWN) / (details + _SMOOTH))


def _weight(names: int, figures: int, quoted: int, settings: Descent) -> float:
    return names + settings.figure_detail * figures + quoted / settings.quoted_detail


def _has_name(beside: Specifics, name: str) -> bool:
    return name in beside.words or (len(name) > _STEM and name[:_STEM] in beside.stems)


def _has_figure(beside: Specifics, figure: Figure) -> bool:
    printed = _printed(figure.text)
    if any(pair in beside.pairs for pair in pairwise(printed)):
        return True
    if any(key in beside.words for key in printed if key[:1].isdigit() and len(key) > 2):
        return True
    if figure.unit == "year" and figure.value == 10 and {"decade", "decades"} & beside.words:
        return True
    return any(_is_same(figure, other) for other in beside.figures)


@lru_cache(maxsize=1 << 14)
def _printed(text: str) -> tuple[str, ...]:
    return tuple(word.key for word in words(text))


def _is_same(one: Figure, other: Figure) -> bool:
    if one.unit != other.unit and one.unit in _SECONDS and other.unit in _SECONDS:
        return _is_near(one.value * _SECONDS[one.unit], other.value * _SECONDS[other.unit])
    if one.unit is not None and other.unit is not None and one.unit != other.unit:
        return False
    if _is_near(one.value, other.value):
        return True
    return _is_narrow(one) and _is_narrow(other) and one.low <= other.high and other.low <= one.high


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= _ALIKE * max(abs(one), abs(other))


def _is_narrow(figure: Figure) -> bool:
    return figure.low > 0 and figure.high <= _RANGE * figure.low
