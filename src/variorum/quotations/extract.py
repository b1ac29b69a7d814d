"""Quotations of one article: whose words, which characters, in what state the marks are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.config import Quotations as Settings
from variorum.quotations.indirect import indirect, unmarked
from variorum.quotations.pieces import Paragraph, paragraphs
from variorum.quotations.speakers import Cue, cues, is_pronoun, nearest
from variorum.records import Annotation, Article, Marks, Quotation, Span
from variorum.text import Stretch, words

_BETWEEN = re.compile(r"[!?…]|(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)\.")
_INTERRUPTION_WORDS = 12


@dataclass(slots=True)
class _Memory:
    """Who spoke last, for quotations that carry no cue of their own."""

    speaker: Span | None = None
    paragraph: int = -2


def extract(article: Article, annotation: Annotation, *, settings: Settings | None = None) -> tuple[Quotation, ...]:
    """The quotations of an article's title, standfirst and body, in reading order.

    Direct, mixed and indirect; direct speech without marks too. Speakers stand as the article calls
    them; names are joined by :func:`variorum.quotations.speaking.name_speakers`.
    """
    settings = settings or Settings()
    found: list[Quotation] = []
    memory = _Memory()
    for index, paragraph in enumerate(paragraphs(article, annotation)):
        here = cues(annotation, paragraph)
        direct = _direct(article, annotation, paragraph, index, here, memory, settings)
        taken = [span for quotation in direct for span in quotation.spans]
        bare = unmarked(article, annotation, here, taken)
        taken += [span for quotation in bare for span in quotation.spans]
        reported = indirect(article, annotation, here, taken)
        found.extend(sorted((*direct, *bare, *reported), key=lambda quotation: quotation.spans[0].start))
        last = next(
            (q for q in reversed(found) if q.speaker_span is not None and paragraph.span.holds(q.spans[-1])), None
        )
        if last is not None:
            memory.speaker, memory.paragraph = last.speaker_span, index
    return tuple(_joined(article, found))


def _direct(
    article: Article,
    annotation: Annotation,
    paragraph: Paragraph,
    index: int,
    here: Sequence[Cue],
    memory: _Memory,
    settings: Settings,
) -> list[Quotation]:
    found: list[Quotation] = []
    for stretch in paragraph.stretches:
        count = len(words(article.text, stretch.span.start, stretch.span.end))
        if count == 0:
            continue
        cue = nearest(here, annotation, stretch.span, paragraph)
        fewest = settings.fewest_words_title if paragraph.part == "title" else settings.fewest_words_uncued
        carried_over = stretch.continues or not stretch.closed
        if (cue is None or cue.speaker is None) and count < fewest and not (carried_over and count > 2):
            continue
        speaker = cue.speaker if cue is not None else None
        if speaker is None and cue is None:
            speaker = _carried(article, paragraph, index, stretch, found, here, memory)
        found.append(
            Quotation(
                article=article.id,
                spans=(stretch.span,),
                text=stretch.span.of(article.text),
                mode="mixed" if _is_fragment(article.text, stretch) else "direct",
                marks=_marks(stretch),
                cue=cue.span if cue is not None else None,
                speaker_span=speaker,
                speaker_text=speaker.of(article.text) if speaker is not None else None,
            )
        )
    return found


def _marks(stretch: Stretch) -> Marks:
    return "closed" if stretch.closed and stretch.opened else "unclosed"


def _is_fragment(text: str, stretch: Stretch) -> bool:
    """Whether the quoted words lean on words of the reporter's own: they do not begin as a sentence does."""
    first = text[stretch.span.start : stretch.span.start + 1]
    return not (first.isupper() or first.isdigit() or first in "[(…")


def _carried(
    article: Article,
    paragraph: Paragraph,
    index: int,
    stretch: Stretch,
    found: Sequence[Quotation],
    here: Sequence[Cue],
    memory: _Memory,
) -> Span | None:
    """The speaker of a quotation with no cue: of the quotation before it, of a cue that leads up to it."""
    if found and found[-1].speaker_span is not None:
        return found[-1].speaker_span
    leading = [cue for cue in here if cue.span.end <= stretch.span.start and cue.speaker is not None]
    if leading:
        return leading[-1].speaker
    following = [cue for cue in here if cue.span.start >= stretch.span.end and cue.speaker is not None]
    if following and following[0].span.start - stretch.span.end < 90:
        return following[0].speaker
    opens = not article.text[paragraph.span.start : stretch.span.start].strip(" \"“„«'‘`")
    if opens and memory.paragraph == index - 1:
        return memory.speaker
    return None


def _joined(article: Article, found: Sequence[Quotation]) -> list[Quotation]:
    """Quotations interrupted by their cue, or carried over paragraphs, made one again."""
    made: list[Quotation] = []
    for quotation in found:
        last = made[-1] if made else None
        if last is not None and _goes_on(article, last, quotation):
            made[-1] = replace(
                last,
                spans=(*last.spans, *quotation.spans),
                text=f"{last.text} {quotation.text}",
                marks=quotation.marks,
                cue=last.cue or quotation.cue,
                speaker_span=_better(article, last.speaker_span, quotation.speaker_span),
                speaker_text=None,
            )
            span = made[-1].speaker_span
            made[-1] = replace(made[-1], speaker_text=span.of(article.text) if span is not None else None)
        else:
            made.append(quotation)
    return made


def _better(article: Article, one: Span | None, other: Span | None) -> Span | None:
    if one is None or other is None:
        return one or other
    return other if is_pronoun(one.of(article.text)) and not is_pronoun(other.of(article.text)) else one


def _goes_on(article: Article, last: Quotation, quotation: Quotation) -> bool:
    if "indirect" in (last.mode, quotation.mode) or "none" in (last.marks, quotation.marks):
        return False
    start, end = last.spans[-1].end, quotation.spans[0].start
    between = article.text[start:end]
    if "\n" in between:
        opened_again = not between.strip(" \n\"“„«'‘’”`")
        return last.marks == "unclosed" and opened_again and len(between) < 12
    if last.marks != "closed" or quotation.mode != "mixed" or last.cue is None:
        return False
    # "Words," she said, "more words": the first half ends in a comma, and only the cue stands between.
    pauses = last.text.rstrip().endswith((",", "—", "–", "-", "?", "!")) or between.lstrip("\"”’'")[:1] == ","
    brief = len(words(between)) <= _INTERRUPTION_WORDS and not _BETWEEN.search(between)
    return pauses and brief and start <= last.cue.start < end
