"""A stretch of characters, the coin every statement is paid in."""

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A half-open stretch ``[start, end)`` of an article's text, in Unicode code points.

    Offsets index ``Article.text`` as stored, before any folding, so a citation made today
    points at the same letters after the tokeniser changes. A msgspec struct rather than a
    dataclass, because the format writes a bare span as the pair ``[start, end]``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` this span stands for."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end
