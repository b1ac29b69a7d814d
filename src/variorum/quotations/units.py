"""Quoted sentences: the units in which readings are brought together."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.config import Quotations as Settings
from variorum.quotations.pieces import is_title
from variorum.records import Article, Name, Quotation, Span
from variorum.text import Word, fold, rarity, sentences, words

ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|\[[^\]]{0,3}\]")
"""What shows that words were left out."""

_STOP = re.compile(r"[a-z]{4,}[.!?]")  # after a word that is no abbreviation


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence (or fragment) that one article prints as somebody's words.

    spans: where its words stand; more than one when the cue, or a paragraph's end, interrupts it.
    words: with offsets into the article's text; keys: the same words folded, names in short and long
    form made one ("U.S.", "United States"). plain: the keys that are no part of a name: any two
    sentences on one subject share its names. quotation: index into the story's quotations.
    speaker: name id of who is said to speak, where it is known.
    spliced_before, spliced_after: whether the outlet ran other words of the speech on at that end.
    """

    article: str
    spans: tuple[Span, ...]
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    plain: frozenset[str]
    quotation: int
    speaker: str | None = None
    spliced_before: bool = False
    spliced_after: bool = False

    @property
    def order(self) -> tuple[str, int]:
        return (self.article, self.spans[0].start)


class NameWords:
    """The story's names inside quotations: where they stand, and which acronym stands for which."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._long: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            shorts = {fold(form.text) for form in name.forms if _is_acronym(form.text)}
            longs = {tuple(word.key for word in words(form.text)) for form in name.forms}
            for long in longs:
                if shorts and len(long) > 1:
                    self._long.setdefault(long[0], []).append((long, min(shorts)))
        self._mentions: dict[str, list[tuple[int, int]]] = {}
        for name in names:
            for place in name.mentions:
                self._mentions.setdefault(place.article, []).append((place.start, place.end))
        for mentions in self._mentions.values():
            mentions.sort()
        for choices in self._long.values():
            choices.sort(key=lambda choice: (-len(choice[0]), choice))

    def in_a_name(self, article: str, word: Word) -> bool:
        """Whether the word stands in a mention of a name."""
        mentions = self._mentions.get(article, [])
        at = bisect_right(mentions, (word.start, word.end + 1_000)) - 1
        return at >= 0 and mentions[at][0] <= word.start < mentions[at][1]

    def applied(self, found: Sequence[Word]) -> tuple[Word, ...]:
        """The words with every long form drawn together into one word under the acronym's key."""
        made: list[Word] = []
        at = 0
        while at < len(found):
            for long, short in self._long.get(found[at].key, ()):
                if tuple(word.key for word in found[at : at + len(long)]) == long:
                    made.append(Word(found[at].start, found[at + len(long) - 1].end, short))
                    at += len(long)
                    break
            else:
                made.append(found[at])
                at += 1
        return tuple(made)


def _is_acronym(form: str) -> bool:
    bare = form.replace(".", "")
    return bare.isupper() and bare.isalpha() and 2 <= len(bare) <= 6


def units(articles: Mapping[str, Article], quotations: Sequence[Quotation], name_words: NameWords) -> tuple[Unit, ...]:
    """The units of the direct and mixed quotations, in the quotations' order."""
    found: list[Unit] = []
    for index, quotation in enumerate(quotations):
        text = articles[quotation.article].text
        pieces: list[list[Span]] = []
        for span in quotation.quoted:
            if is_title(text, span):
                continue
            parts = sentences(text, span.start, span.end)
            for number, part in enumerate(parts):
                goes_on = number == 0 and pieces and _goes_on(text, pieces[-1][-1], part, quotation.cue)
                if goes_on:
                    pieces[-1].append(part)
                else:
                    pieces.append([part])
        for piece in pieces:
            made = unit(quotation.article, text, tuple(piece), index, name_words)
            if made.words:
                found.append(replace(made, speaker=quotation.speaker))
    return tuple(found)


def unit(article: str, text: str, spans: tuple[Span, ...], quotation: int, name_words: NameWords) -> Unit:
    """The unit those spans make."""
    found = name_words.applied([word for span in spans for word in words(text, span.start, span.end)])
    keys = tuple(word.key for word in found)
    plain = frozenset(word.key for word in found if not name_words.in_a_name(article, word))
    return Unit(article, spans, found, keys, plain or frozenset(keys), quotation)


def _goes_on(text: str, last: Span, part: Span, cue: Span | None) -> bool:
    """Whether a quoted piece goes on with the sentence of the piece before it: "words," she said, "more words".

    Only the cue may stand between: two fragments with words of the reporter's own between them are two.
    """
    if text[last.end - 1] in ".!?…" or text[part.start].isupper():
        return False
    between = text[last.end : part.start]
    broken = cue is not None and last.end <= cue.start and cue.end <= part.start
    if not broken and any(char.isalnum() for char in between):
        return False
    return not _STOP.search(between) and len(sentences(text, last.end, part.end)) == 1


def content(keys: Sequence[str], least: float) -> tuple[str, ...]:
    """The keys that are content words: rarer than ``least`` in news."""
    return tuple(key for key in keys if rarity(key) >= least)


def tells(run: Sequence[str], settings: Settings) -> bool:
    """Whether a shared run is more than chance: long, or two words with a content word among them."""
    return len(run) >= settings.telling_run or (len(run) > 1 and bool(content(run, settings.content_rarity)))


def holds(keys: tuple[str, ...], run: tuple[str, ...]) -> bool:
    """Whether the run stands in the keys, unbroken."""
    return any(keys[at : at + len(run)] == run for at in range(len(keys) - len(run) + 1))


def repeats(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter stands whole in the longer, as where a headline quotes what stands below."""
    shorter, longer = sorted((one, other), key=len)
    return holds(longer, shorter)
