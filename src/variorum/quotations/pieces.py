"""The quoted stretches of an article's body, with the paragraph each stands in."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from variorum.records import Article, PartKind, Span
from variorum.text import Stretch, lines, stretches

QUOTED: tuple[PartKind, ...] = ("title", "standfirst", "body")
_SAID = "said|says|added|adds|told|wrote|writes|asked|replied|tweeted|explained|announced|argued|insisted|warned"
_ATTRIBUTION = re.compile(
    rf",\s+(?:[^,.!?;:“”\"]{{2,70}}?\s(?:{_SAID})\b(?:\s[^,.!?;:“”\"]{{2,50}})?|"
    rf"(?:{_SAID})\s[^,.!?;:“”\"]{{2,70}})\.?$"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the article: its span, the part it is of, and the stretches in it, in order."""

    span: Span
    part: PartKind
    stretches: tuple[Stretch, ...]


def paragraphs(article: Article) -> tuple[Paragraph, ...]:
    """The lines that can quote, in reading order."""
    placed = [
        (line, part.kind) for part in article.parts_of(*QUOTED) for line in lines(article.text, part.start, part.end)
    ]
    found = [_shorn(article.text, stretch) for stretch in stretches(article.text, [line for line, _ in placed])]
    starts = [stretch.span.start for stretch in found]
    return tuple(
        Paragraph(
            line,
            kind,
            tuple(found[bisect_left(starts, line.start) : bisect_left(starts, line.end)]),
        )
        for line, kind in placed
    )


def _shorn(text: str, stretch: Stretch) -> Stretch:
    """A stretch that was never closed, without the attribution it ran into: "… of the dark, Lorne said"."""
    if stretch.closed:
        return stretch
    match = _ATTRIBUTION.search(text, stretch.span.start, stretch.span.end)
    if match is None or match.start() <= stretch.span.start:
        return stretch
    return replace(stretch, span=Span(stretch.span.start, match.start()))


def is_title(text: str, span: Span) -> bool:
    """Whether quoted words are the title of a book, a song or a plan: several, all with capitals but the small ones."""
    found = [word for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", span.of(text)) if len(word) > 3]
    return len(found) > 1 and all(word[0].isupper() for word in found)


def is_fragment(text: str, span: Span) -> bool:
    """Whether the quoted words lean on words of the reporter's own: they do not begin as a sentence does."""
    first = text[span.start : span.start + 1]
    return not (first.isupper() or first.isdigit() or first in "[(…")


def without_comma(text: str, span: Span) -> Span:
    """The span without the comma that only leads over to the cue."""
    return Span(span.start, span.start + len(span.of(text).rstrip(" ,;:—–-")))
