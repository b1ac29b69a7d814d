"""Who leaves out what, who is heard, who calls it what."""

from dataclasses import dataclass
from typing import Literal

from variorum.records.span import Span

CellState = Literal["reports", "attributes", "contradicts", "omits", "unknown"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One article's treatment of one claim. place: share of the body before it, in [0, 1], or ``None``."""

    state: CellState
    place: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One claim over all articles, cells in the order of ``CoverageMatrix.articles``."""

    claim: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """Claims × articles. articles: ids, one a column."""

    articles: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker in one article: number of quotations, and of quoted words. name: name id or ``None``."""

    name: str | None
    speaker_text: str | None
    article: str
    quotations: int
    words: int


@dataclass(frozen=True, slots=True)
class Label:
    """What one article calls a name. own_voice: outside quotations. mentions: every place."""

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
