"""What was said, and how each outlet prints it."""

from dataclasses import dataclass
from typing import Literal

from variorum.records.span import Span

Mode = Literal["direct", "indirect", "mixed"]
Marks = Literal["closed", "unclosed", "none"]
Agreement = Literal["base", "verbatim", "trimmed", "bracketed", "altered", "reported"]
VariantKind = Literal["replaced", "omitted", "added", "moved", "bracketed"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words one article gives to somebody.

    spans: the words only, without the marks and without an interrupting cue. text: their words.
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


@dataclass(frozen=True, slots=True)
class Variant:
    """One place where a reading departs from the base, with offsets into both articles' texts."""

    kind: VariantKind
    base_text: str
    reading_text: str
    base: Span | None
    reading: Span | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One article's printing of an utterance. agreement: how it stands to the base reading."""

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
    """One thing said, with all its readings. base: index of the reading the others are held against.

    The base is the fullest reading carried by the most lineages; that is no claim that it is what was said.
    """

    id: str
    speaker: str | None
    speaker_text: str | None
    base: int
    readings: tuple[Reading, ...]
