"""What was said, and how each outlet prints it."""

from dataclasses import dataclass
from typing import Literal

from variorum.records.article import Article
from variorum.records.span import Span

Mode = Literal["direct", "indirect", "mixed"]
Marks = Literal["closed", "unclosed", "none"]
Agreement = Literal["base", "verbatim", "trimmed", "bracketed", "altered", "reported"]
VariantKind = Literal["replaced", "omitted", "added", "moved", "bracketed"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words one article gives to somebody.

    spans: the words only, without the marks about them and without an interrupting cue. text: their words.
    quoted: the spans of the words given as the speaker's own, inside marks or as direct speech without
    them: all of a direct quotation, none of an indirect one, a part of a mixed one.
    speaker: name id when the text allows, else ``None``; speaker_text: as the article calls the speaker.
    cue: the word or phrase that gives the words to the speaker ("said", "according to").
    """

    article: str
    spans: tuple[Span, ...]
    text: str
    mode: Mode
    marks: Marks
    cue: Span | None
    speaker_span: Span | None
    speaker_text: str | None
    speaker: str | None = None
    quoted: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quotations of one article, in reading order.

    ``speaker`` is here the name itself, in the fullest form the article has, since no list of names goes with it.
    """

    article: Article
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One place where a reading departs from the base.

    kind: how it departs. base_text: the base's words there, empty for an addition.
    reading_text: the reading's words there, empty for an omission. base: offsets into the text of the
    base reading's article, ``None`` when nothing stands there. reading: offsets into the text of the
    reading's own article, ``None`` when nothing stands there.
    """

    kind: VariantKind
    base_text: str
    reading_text: str
    base: Span | None
    reading: Span | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One article's printing of an utterance.

    article: its id. spans: the words only, without the marks and without an interrupting cue.
    text: their words, the stretches joined by a space. mode: direct speech, indirect, or a mixture.
    marks: whether quotation marks open and close it. cue: the word or phrase that gives the words to
    the speaker. speaker_span: where the speaker is named. agreement: how it stands to the base reading.
    variants: the places where it departs from it.
    """

    article: str
    spans: tuple[Span, ...]
    text: str
    mode: Mode
    marks: Marks
    cue: Span | None
    speaker_span: Span | None
    agreement: Agreement
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said, with all its readings.

    id: unique in its edition. speaker: name id, ``None`` when the speaker is no known name.
    speaker_text: what the base reading's article calls the speaker. readings: every article's printing.
    base: index of the reading the others are held against.

    The base is the fullest reading carried by the most lineages; that is no claim that it is what was said.
    """

    id: str
    speaker: str | None
    speaker_text: str | None
    base: int
    readings: tuple[Reading, ...]
