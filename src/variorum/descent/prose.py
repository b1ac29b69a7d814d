"""The words of an article as they are compared: which are its reporter's own, and which stand in quotations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from variorum.config import Descent
from variorum.records import Article, Span
from variorum.text import Numbered, lines, number
from variorum.text import stretches as quoted_stretches

# What signs a post that a page shows: a dash, a name, a handle.
_SIGNED = re.compile(r"[—–-]\s*[^\n—–]{1,80}\(@\w{1,30}\)")


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of an article's title, standfirst and body, in reading order; arrays of shape ``(n,)``.

    starts, ends: offsets into the article's text. keys: digests of the folded words. rarities: in natural logarithms.
    spoken: words of somebody speaking. quoted: words between quotation marks. stretches: which unbroken
    stretch each stands in, counted from 0; a new one begins with every part and at every mark of a quotation.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    keys: NDArray[np.uint64]
    rarities: NDArray[np.float32]
    spoken: NDArray[np.bool_]
    quoted: NDArray[np.bool_]
    stretches: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def own(self) -> int:
        """How many words stand outside quotations."""
        return len(self) - int(self.quoted.sum())

    def span(self, first: int, last: int) -> Span:
        """Where the words ``[first, last)`` stand in the text."""
        return Span(int(self.starts[first]), int(self.ends[last - 1]))

    def quoted_share(self, span: Span) -> float:
        """Share of the words in a stretch of text that stand in quotations, in [0, 1]; 0.0 where no word is."""
        first, last = self.words_in(span)
        return float(self.quoted[first:last].mean()) if last > first else 0.0

    def words_in(self, span: Span) -> tuple[int, int]:
        """The words that begin within a stretch of text, as indices ``[first, last)``."""
        first, last = np.searchsorted(self.starts, (span.start, span.end))
        return int(first), int(last)


def prose(article: Article, *, settings: Descent) -> Prose:
    """The words of an article's title, standfirst and body.

    A word or two between marks ("mega-prison") is the reporter's choice and stays; longer stretches are
    another's words, which two reporters may have heard alike. So is a post that its signature follows.
    """
    found = [
        (part, number(article.text, part.start, part.end))
        for part in article.parts_of("title", "standfirst", "body")
        if part.end > part.start
    ]
    numbered = Numbered.joined([words for _, words in found])
    starts = numbered.starts
    quoted = np.zeros(len(starts), np.bool_)
    breaks = np.zeros(len(starts) + 1, np.bool_)
    for part, _ in found:
        breaks[np.searchsorted(starts, part.start)] = True
        for span in _anothers(article.text, lines(article.text, part.start, part.end)):
            first, last = np.searchsorted(starts, (span.start, span.end))
            if last - first >= settings.quoted_words:
                quoted[first:last] = True
                breaks[[first, last]] = True
    stretches = np.cumsum(breaks[:-1], dtype=np.int32)
    return Prose(starts, numbered.ends, numbered.keys, numbered.rarities, numbered.spoken, quoted, stretches)


def _anothers(text: str, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """What somebody else said or wrote: stretches between marks, and posts with a signature."""
    for stretch in quoted_stretches(text, paragraphs):
        yield stretch.span
    for before, paragraph in zip((None, *paragraphs), paragraphs, strict=False):
        signed = _SIGNED.search(text, paragraph.start, paragraph.end)
        if signed is not None and signed.start() > paragraph.start:
            yield Span(paragraph.start, signed.start())
        elif signed is not None and before is not None:
            yield before
