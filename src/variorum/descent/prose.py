"""The words a reporter wrote: what stands outside quotation marks."""

from dataclasses import dataclass

from variorum.config import Descent
from variorum.records import Article, Span
from variorum.text import Word, lines, stretches, words


@dataclass(frozen=True, slots=True)
class Prose:
    """An article's own words, in reading order.

    opens: for each word the index of the first word of its run, where a run is unbroken by a quotation
    or the end of a part. quotations: the stretches left out, with at least ``settings.quoted_words`` words.
    """

    article: Article
    words: tuple[Word, ...]
    opens: tuple[int, ...]
    quotations: tuple[Span, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The folded words."""
        return tuple(word.key for word in self.words)

    def quoted_share(self, span: Span) -> float:
        """Share of a stretch's characters that stand inside quotations, in [0, 1]; 0.0 of an empty one."""
        inside = sum(
            max(0, min(span.end, quotation.end) - max(span.start, quotation.start)) for quotation in self.quotations
        )
        return inside / len(span) if len(span) else 0.0


def prose(article: Article, *, settings: Descent) -> Prose:
    """The prose of an article's title, standfirst and body.

    A word or two between marks ("mega-prison") is the reporter's choice and stays; longer stretches are
    another's words, which two reporters may have heard alike, and break the run.
    """
    found: list[Word] = []
    opens: list[int] = []
    quotations: list[Span] = []
    for part in article.parts_of("title", "standfirst", "body"):
        paragraphs = lines(article.text, part.start, part.end)
        quoted = [
            stretch.span
            for stretch in stretches(article.text, paragraphs)
            if len(words(article.text, stretch.span.start, stretch.span.end)) >= settings.quoted_words
        ]
        quotations.extend(quoted)
        for run in _between(part.span, quoted):
            start = len(found)
            inside = words(article.text, run.start, run.end)
            found.extend(inside)
            opens.extend([start] * len(inside))
    return Prose(article, tuple(found), tuple(opens), tuple(quotations))


def _between(whole: Span, quoted: list[Span]) -> list[Span]:
    runs, at = [], whole.start
    for span in quoted:
        if span.start > at:
            runs.append(Span(at, span.start))
        at = max(at, span.end)
    if at < whole.end:
        runs.append(Span(at, whole.end))
    return runs
