"""Quotations of one article: whose words, which characters, in what state the marks are.

The tagger says which words are given to whom, the marks say which of them are the speaker's own. A
quoted stretch belongs to the attribution that holds most of it, and belongs to it whole; an attribution
that holds no quoted stretch is reported in the outlet's words.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.config import Quotations as Settings
from variorum.quotations.pieces import Paragraph, is_fragment, is_title, paragraphs
from variorum.quotations.pronouns import is_pronoun
from variorum.records import Annotation, Article, Attribution, Marks, Mode, Quotation, Span
from variorum.text import Stretch, balanced, words

_FIRST_PERSON = re.compile(r"\b(?:I|we|our|ours|us|my|me|I['’]m|we['’]re|we['’]ll|I['’]ll|I['’]ve|we['’]ve)\b", re.I)
_LABEL = re.compile(r"([A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}|[QA]):\s+(?=\S)")
_SET_OFF = re.compile(r"\s*[,:]\s*")
_NEAR = 90  # code points within which a source that follows may still be that of a quotation with no cue


@dataclass(slots=True)
class _Memory:
    """Who spoke last, for quotations that carry no cue of their own.

    cue: set where the paragraph announced what the next one quotes ("Orlov added:").
    """

    speaker: Span | None = None
    cue: Span | None = None
    paragraph: int = -2


def extract(article: Article, annotation: Annotation, *, settings: Settings | None = None) -> tuple[Quotation, ...]:
    """The quotations of an article's title, standfirst and body, in reading order.

    Direct, mixed and indirect; direct speech without marks too. Speakers stand as the article calls
    them; names are joined by :func:`variorum.quotations.speaking.name_speakers`.
    """
    settings = settings or Settings()
    found: list[Quotation] = []
    memory = _Memory()
    placed = paragraphs(article)
    given = _by_paragraph(placed, annotation.attributions)
    for index, (paragraph, mine) in enumerate(zip(placed, given, strict=True)):
        paragraph, transcribed = _transcribed(article, paragraph)
        owners = _owners(article.text, paragraph, mine, settings)
        here = [
            quotation
            for at, attribution in enumerate(mine)
            if (quotation := _attributed(article, paragraph, attribution, at, owners, settings)) is not None
            and not any(one.spans[0].overlaps(span) for one in transcribed for span in attribution.content)
        ]
        here += transcribed
        here.sort(key=lambda quotation: quotation.spans[0].start)
        sourced = [(quotation.spans[0].start, quotation.speaker_span) for quotation in here if quotation.speaker_span]
        for at, stretch in enumerate(paragraph.stretches):
            if at not in owners and _is_speech(article, paragraph, stretch, settings):
                cue, speaker = _carried(article, paragraph, index, stretch, sourced, memory)
                here.append(_quotation(article, (stretch.span,), (stretch,), cue, speaker))
        here.sort(key=lambda quotation: quotation.spans[0].start)
        found.extend(here)
        last = next((quotation for quotation in reversed(here) if quotation.speaker_span is not None), None)
        announced = next((attribution for attribution in mine if not attribution.content), None)
        if announced is not None:
            memory.speaker, memory.cue, memory.paragraph = announced.source, announced.cue, index
        elif last is not None:
            memory.speaker, memory.cue, memory.paragraph = last.speaker_span, None, index
    return tuple(_joined(article, found))


def _transcribed(article: Article, paragraph: Paragraph) -> tuple[Paragraph, list[Quotation]]:
    """The stretches that open with their speaker's name, as transcripts print them ("ORLOV: We will …"), and the rest.

    Whatever cues stand inside such a speech, the whole of it is the speaker's.
    """
    left: list[Stretch] = []
    made: list[Quotation] = []
    for stretch in paragraph.stretches:
        label = _LABEL.match(article.text, stretch.span.start, stretch.span.end)
        if label is None:
            left.append(stretch)
            continue
        # Left open, it runs to the end of its paragraph, over whatever it quotes itself.
        end = stretch.span.end if stretch.closed else paragraph.span.end
        own = replace(stretch, span=_trimmed(article.text, Span(label.end(), end)))
        speaker, colon = Span(*label.span(1)), Span(label.end(1), label.end(1) + 1)
        made.append(_quotation(article, (own.span,), (own,), colon, speaker))
        if not stretch.closed:
            break
    return (replace(paragraph, stretches=tuple(left)) if made else paragraph), made


def _by_paragraph(
    placed: Sequence[Paragraph], attributions: Sequence[Attribution]
) -> tuple[tuple[Attribution, ...], ...]:
    """The attributions of each paragraph. Both come in reading order."""
    made: list[tuple[Attribution, ...]] = []
    at = 0
    for paragraph in placed:
        mine = []
        while at < len(attributions) and attributions[at].start < paragraph.span.end:
            # What no cue gives to anybody is left to the marks.
            if attributions[at].start >= paragraph.span.start and attributions[at].cue is not None:
                mine.append(attributions[at])
            at += 1
        made.append(tuple(mine))
    return tuple(made)


def _owners(text: str, paragraph: Paragraph, mine: Sequence[Attribution], settings: Settings) -> dict[int, int]:
    """Which quoted stretch is whose: index of the stretch to index of the attribution."""
    owners: dict[int, int] = {}
    reach = max((attribution.content[-1].end for attribution in mine if attribution.content), default=0)
    for at, stretch in enumerate(paragraph.stretches):
        if stretch.span.start >= reach:
            break
        inside = words(text, stretch.span.start, stretch.span.end)
        if not inside:
            continue
        held = [
            sum(any(span.start <= word.start < span.end for span in attribution.content) for word in inside)
            for attribution in mine
        ]
        if held and sum(held) >= settings.quoted_share * len(inside):
            owners[at] = held.index(max(held))
    return owners


def _attributed(
    article: Article,
    paragraph: Paragraph,
    attribution: Attribution,
    number: int,
    owners: Mapping[int, int],
    settings: Settings,
) -> Quotation | None:
    """The quotation an attribution makes; ``None`` when nothing is left of it."""
    own = [paragraph.stretches[at] for at, owner in owners.items() if owner == number]
    others = [paragraph.stretches[at].span for at, owner in owners.items() if owner != number]
    # "ORLOV: We will", all of it inside marks, as transcripts print it: who speaks is no part of the words.
    frame = [span for span in (attribution.cue, attribution.source) if span is not None]
    own = [
        replace(stretch, span=_trimmed(article.text, part))
        for stretch in own
        for part in _without([stretch.span], frame)
        if words(article.text, part.start, part.end)
    ]
    spans = _united(article.text, [*_without(attribution.content, others), *(stretch.span for stretch in own)])
    if not spans:
        return None
    if (
        not own
        and sum(len(words(article.text, span.start, span.end)) for span in spans) < settings.fewest_words_reported
    ):
        return None
    if own and all(any(stretch.span.holds(span) for stretch in own) for span in spans):
        spans = tuple(stretch.span for stretch in own)
    else:
        spans = tuple(balanced(article.text, span) for span in spans)
    return _quotation(article, spans, own, attribution.cue, attribution.source)


def _trimmed(text: str, span: Span) -> Span:
    """The span without the white space and the colon or dash that stood between it and what was cut off."""
    inside = span.of(text)
    left = len(inside) - len(inside.lstrip(" :,—–―-"))
    return Span(span.start + left, span.start + len(inside.rstrip()))


def _without(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    left = list(spans)
    for hole in taken:
        left = [
            Span(start, end)
            for span in left
            for start, end in ((span.start, min(span.end, hole.start)), (max(span.start, hole.end), span.end))
            if start < end
        ]
    return left


def _united(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans, those with no word between them made one, without empty ones."""
    made: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if made and (span.start <= made[-1].end or not words(text, made[-1].end, span.start)):
            made[-1] = Span(made[-1].start, max(made[-1].end, span.end))
        elif words(text, span.start, span.end):
            made.append(span)
    return tuple(made)


def _quotation(
    article: Article, spans: tuple[Span, ...], own: Sequence[Stretch], cue: Span | None, speaker: Span | None
) -> Quotation:
    text = article.text
    mode, quoted = _mode(text, spans, own, cue)
    return Quotation(
        article=article.id,
        spans=spans,
        text=" ".join(span.of(text) for span in spans),
        mode=mode,
        marks=_marks(own),
        cue=cue,
        speaker_span=speaker,
        speaker_text=speaker.of(text) if speaker is not None else None,
        quoted=quoted,
    )


def _mode(
    text: str, spans: tuple[Span, ...], own: Sequence[Stretch], cue: Span | None
) -> tuple[Mode, tuple[Span, ...]]:
    """How the words are given, and which of them are the speaker's own."""
    if not own:
        return ("direct", spans) if _is_unmarked_speech(text, spans, cue) else ("indirect", ())
    quoted = tuple(stretch.span for stretch in own)
    beyond = any(not any(part.holds(span) for part in quoted) for span in spans)
    return ("mixed" if beyond or is_fragment(text, quoted[0]) else "direct"), quoted


def _is_unmarked_speech(text: str, spans: Sequence[Span], cue: Span | None) -> bool:
    """Direct speech printed with no marks: "stating, We are ready to help".

    Only where a comma or colon sets off words that begin with a capital and speak in the first person:
    a report does not say "we" of a minister.
    """
    if cue is None or spans[0].start < cue.end or not text[spans[0].start].isupper():
        return False
    set_off = _SET_OFF.fullmatch(text, cue.end, spans[0].start) or text[cue.end - 1] == ":"
    return bool(set_off) and bool(_FIRST_PERSON.search(text, spans[0].start, spans[0].end))


def _marks(own: Sequence[Stretch]) -> Marks:
    if not own:
        return "none"
    return "closed" if all(stretch.closed and stretch.opened for stretch in own) else "unclosed"


def _is_speech(article: Article, paragraph: Paragraph, stretch: Stretch, settings: Settings) -> bool:
    """Whether quoted words that nobody is said to speak are speech, rather than a title or a scare quote."""
    count = len(words(article.text, stretch.span.start, stretch.span.end))
    fewest = settings.fewest_words_title if paragraph.part == "title" else settings.fewest_words_uncued
    carried_over = stretch.continues or not stretch.closed
    # Words up to a closing mark that nothing opened begin at a guess: only a cue makes speech of them.
    named = paragraph.part != "title" and is_title(article.text, stretch.span)
    return stretch.opened and not named and (count >= fewest or (carried_over and count > 2))


def _carried(
    article: Article,
    paragraph: Paragraph,
    index: int,
    stretch: Stretch,
    sourced: Sequence[tuple[int, Span]],
    memory: _Memory,
) -> tuple[Span | None, Span | None]:
    """The cue and the speaker of a quotation with none of its own: of the one before it, of one that follows at once.

    sourced: the paragraph's quotations that have a speaker, where each begins and who it is, in order.
    """
    opens = not article.text[paragraph.span.start : stretch.span.start].strip(" \"“„«'‘`")
    if opens and memory.cue is not None and memory.paragraph == index - 1:
        return memory.cue, memory.speaker
    at = bisect_left(sourced, stretch.span.start, key=lambda one: one[0])
    if at:
        return None, sourced[at - 1][1]
    if sourced and sourced[0][0] - stretch.span.end < _NEAR:
        return None, sourced[0][1]
    if opens and memory.paragraph == index - 1:
        return None, memory.speaker
    return None, None


def _joined(article: Article, found: Sequence[Quotation]) -> list[Quotation]:
    """Quotations carried over paragraphs, made one again."""
    made: list[Quotation] = []
    for quotation in found:
        last = made[-1] if made else None
        if last is None or not _goes_on(article, last, quotation):
            made.append(quotation)
            continue
        speaker = _better(article, last.speaker_span, quotation.speaker_span)
        made[-1] = replace(
            last,
            spans=(*last.spans, *quotation.spans),
            quoted=(*last.quoted, *quotation.quoted),
            text=f"{last.text} {quotation.text}",
            marks=quotation.marks,
            cue=last.cue or quotation.cue,
            speaker_span=speaker,
            speaker_text=speaker.of(article.text) if speaker is not None else None,
        )
    return made


def _better(article: Article, one: Span | None, other: Span | None) -> Span | None:
    if one is None or other is None:
        return one or other
    return other if is_pronoun(one.of(article.text)) and not is_pronoun(other.of(article.text)) else one


def _goes_on(article: Article, last: Quotation, quotation: Quotation) -> bool:
    """Whether a quotation takes up, in the next paragraph, the one that was left open."""
    if last.marks != "unclosed" or quotation.marks == "none":
        return False
    if last.cue is not None and quotation.cue is not None and _differ(last.speaker_text, quotation.speaker_text):
        return False
    between = article.text[last.spans[-1].end : quotation.spans[0].start]
    return "\n" in between and len(between) < 12 and not between.strip(" \n\"“„«'‘’”`")


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two speakers are given by two names; a pronoun may mean either."""
    if one is None or other is None or is_pronoun(one) or is_pronoun(other):
        return False
    return one.casefold().split()[-1:] != other.casefold().split()[-1:]
