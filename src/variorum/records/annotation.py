"""What the language pass says of one article. Offsets are always into ``Article.text``."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from variorum.records.article import PartKind
from variorum.records.span import Span

NameKind = Literal["person", "organisation", "place", "group", "facility", "event", "work", "other"]
Hedge = Literal["exact", "about", "at_least", "at_most", "range"]
TimePrecision = Literal["minute", "hour", "day", "weekday", "week", "month", "season", "year", "decade", "vague"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark. head: index of its governor in ``Annotation.tokens`` (its own for a root).

    pos, tag, dep: Universal part of speech, Penn tag and ClearNLP relation, as spaCy names them.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence. first, last: token indices, ``last`` exclusive. part: the kind of part it stands in."""

    start: int
    end: int
    first: int
    last: int
    part: PartKind

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence that says one thing: a verb with what depends on it.

    sentence: index of its sentence. root: token index of its verb. first, last: token indices,
    ``last`` exclusive. A sentence that says one thing has one clause, as long as itself.
    """

    start: int
    end: int
    sentence: int
    root: int
    first: int
    last: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class NameMention:
    """One place where a name stands, with the kind this article's mentions voted for."""

    start: int
    end: int
    text: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class TimeMention:
    """An expression of time.

    value: ISO 8601 date, month, year or interval ``start/end``; ``None`` when it cannot be resolved.
    weekday: 0 for Monday to 6 for Sunday when a weekday is named, resolved or not.
    token: index of the expression's head token.
    """

    start: int
    end: int
    text: str
    value: str | None
    precision: TimePrecision
    weekday: int | None
    token: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity. value: as written; low, high: what it allows once hedge and rounding are read.

    unit: folded unit or currency ("%", "USD", "km"), ``None`` for a count of the subject.
    subject: lemma of what is counted or measured ("inmate", "fee"), ``None`` when the text gives none.
    token: index of the figure's head token.
    """

    start: int
    end: int
    text: str
    value: float
    low: float
    high: float
    unit: str | None
    subject: str | None
    subject_span: Span | None
    hedge: Hedge
    token: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words given to somebody, as the tagger found them, whatever marks stand about them.

    content: the words given; more than one stretch when the cue or the source interrupts them, and none when a
    paragraph only announces the next ("Orlov added:"). cue: the words that give them ("said", "according
    to"). source: the words for who is given them.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None

    @property
    def start(self) -> int:
        """Where it first stands in the text."""
        return min(span.start for span in (*self.content, self.cue, self.source) if span is not None)


@dataclass(frozen=True, slots=True)
class Annotation:
    """All the language pass says of one article, body, title, standfirst and captions only.

    vectors: float32, shape ``(len(sentences), d)``, unit length; clause_vectors likewise, one row a clause.
    An article that is not analysed (another language) has an annotation with nothing in it.
    """

    article: str
    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    clauses: tuple[Clause, ...] = ()
    names: tuple[NameMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    figures: tuple[Figure, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 384), dtype=np.float32))
    clause_vectors: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 384), dtype=np.float32))

    def tokens_of(self, sentence: int) -> tuple[Token, ...]:
        """The tokens of one sentence, by its index."""
        at = self.sentences[sentence]
        return self.tokens[at.first : at.last]

    def sentence_at(self, offset: int) -> int | None:
        """The index of the sentence that holds the character at ``offset``; ``None`` outside all."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= offset:
            return low
        return None


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way a name is written. text: the form, as printed. articles: ids of those that write it so."""

    text: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A cited stretch of an article. article: its id. start, end: offsets into its text."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A person, organisation, place or other named thing, over the whole story.

    id: unique in its edition. name: the fullest form. kind: what sort of thing it is.
    forms: every way it is written. mentions: every place it stands.
    """

    id: str
    name: str
    kind: NameKind
    forms: tuple[NameForm, ...]
    mentions: tuple[Place, ...]
