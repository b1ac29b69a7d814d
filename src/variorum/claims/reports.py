"""One report as this stage sees it: the article, what the language pass says of it, and its names by id."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.records import Annotation, Article, Name, NameKind, Span, Story
from variorum.text import lines, stretches

# What an outlet says in its own account of the event. Captions repeat it, promotion is about something else.
TELLING = frozenset(("title", "standfirst", "body"))


@dataclass(frozen=True, slots=True)
class Named:
    """A place where a name stands: offsets, the name's id and kind."""

    start: int
    end: int
    id: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Report:
    """An article with its annotation.

    named: where names stand, in reading order. quoted: the words between quotation marks.
    children: for each token the indices of the tokens it governs. measured: figures and times, in order.
    """

    article: Article
    annotation: Annotation
    named: tuple[Named, ...]
    quoted: tuple[Span, ...]
    children: tuple[tuple[int, ...], ...]
    measured: tuple[Span, ...]

    def is_measured(self, offset: int) -> bool:
        """Whether the character at ``offset`` belongs to a figure or an expression of time."""
        at = bisect_left(self.measured, offset + 1, key=lambda span: span.start) - 1
        return at >= 0 and offset < self.measured[at].end

    def named_in(self, start: int, end: int) -> tuple[Named, ...]:
        """The names that stand wholly inside ``[start, end)``."""
        at = bisect_left(self.named, start, key=lambda named: named.start)
        found = []
        while at < len(self.named) and self.named[at].start < end:
            if self.named[at].end <= end:
                found.append(self.named[at])
            at += 1
        return tuple(found)

    def tokens_in(self, start: int, end: int) -> range:
        """Indices of the tokens that begin inside ``[start, end)``."""
        first = bisect_left(self.annotation.tokens, start, key=lambda token: token.start)
        last = bisect_left(self.annotation.tokens, end, key=lambda token: token.start)
        return range(first, last)

    def is_quoted(self, offset: int) -> bool:
        """Whether the character at ``offset`` stands inside quotation marks."""
        return any(span.start <= offset < span.end for span in self.quoted)


def reports(story: Story, annotations: Mapping[str, Annotation], names: Sequence[Name]) -> tuple[Report, ...]:
    """The story's reports in the order of their ids, so that nothing depends on the order given.

    Articles without an annotation, or with an empty one, are left out: they were not analysed.
    """
    mentions: dict[str, list[Named]] = {}
    for name in names:
        for place in name.mentions:
            mentions.setdefault(place.article, []).append(Named(place.start, place.end, name.id, name.kind))
    made = []
    for article in sorted(story.articles, key=lambda article: article.id):
        annotation = annotations.get(article.id)
        if annotation is None or not annotation.sentences:
            continue
        named = sorted(mentions.get(article.id, ()), key=lambda named: (named.start, named.end, named.id))
        made.append(
            Report(article, annotation, tuple(named), _quoted(article), _children(annotation), _measured(annotation))
        )
    return tuple(made)


def _quoted(article: Article) -> tuple[Span, ...]:
    paragraphs = [line for part in article.parts for line in lines(article.text, part.start, part.end)]
    return tuple(stretch.span for stretch in stretches(article.text, paragraphs))


def _measured(annotation: Annotation) -> tuple[Span, ...]:
    figures = [Span(figure.start, figure.end) for figure in annotation.figures]
    return tuple(sorted([*figures, *(Span(time.start, time.end) for time in annotation.times)]))


def _children(annotation: Annotation) -> tuple[tuple[int, ...], ...]:
    children: list[list[int]] = [[] for _ in annotation.tokens]
    for index, token in enumerate(annotation.tokens):
        if token.head != index:
            children[token.head].append(index)
    return tuple(tuple(each) for each in children)
