"""Who leaves out what, who is heard, who calls it what."""

from dataclasses import dataclass
from typing import Literal

from variorum.records.span import Span

CellState = Literal["reports", "attributes", "contradicts", "omits", "unknown"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One article's treatment of one claim.

    state: whether the article reports it as fact, attributes it to somebody, contradicts it, omits it,
    or whether that is unknown. place: share of the body that stands before it, in [0, 1]; ``None``
    where it does not stand.
    """

    state: CellState
    place: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One claim over all articles. claim: its id. cells: one an article, in the order of the columns."""

    claim: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """Claims × articles. articles: ids, one a column. rows: one a claim."""

    articles: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker in one article.

    name: name id, ``None`` when the speaker is no known name. speaker_text: what the article calls the
    speaker. article: its id. quotations: how often it gives the speaker's words.
    words: how many words it quotes.
    """

    name: str | None
    speaker_text: str | None
    article: str
    quotations: int
    words: int


@dataclass(frozen=True, slots=True)
class Label:
    """What one article calls a name.

    name: name id. article: its id. text: the label, as printed. own_voice: whether it stands outside
    quotations, in the article's own words. mentions: every place where it stands so.
    """

    name: str
    article: str
    text: str
    own_voice: bool
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Tabulation:
    """What ``coverage.tabulate`` gives."""

    coverage: CoverageMatrix
    heard: tuple[Heard, ...]
    labels: tuple[Label, ...]
