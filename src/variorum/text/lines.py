"""Lines with their places. A line is the unit of labelling; a paragraph, for us, is a line of body."""

import re

from variorum.records import Span

_LINE = re.compile(r"[^\n]+")


def lines(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The lines of ``text[start:end]`` that hold anything but white space, trimmed of it at both ends."""
    found = []
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        stripped = match.group().strip()
        if stripped:
            at = match.start() + match.group().index(stripped[0])
            found.append(Span(at, at + len(stripped)))
    return tuple(found)


def trimmed(text: str, start: int, end: int) -> Span:
    """``[start, end)`` without white space at either end; empty at ``start`` when there is nothing else."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    if left == len(inner):
        return Span(start, start)
    return Span(start + left, end - (len(inner) - len(inner.rstrip())))
