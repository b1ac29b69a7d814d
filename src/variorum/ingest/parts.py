"""Every line of a text gets one label: nothing is deleted, everything is named.

The order of the steps is the order of certainty: what a line says of itself (an advert's mark, a
picture's credit), what the markup says, what stands at the top, what is printed twice, what stands
after the end. What none of them claims is body; losing body is worse than keeping residue.
"""

from collections import Counter
from collections.abc import Sequence

from variorum.config.ingest import Ingest
from variorum.ingest.captions import label_captions
from variorum.ingest.credits import is_signature
from variorum.ingest.head import is_byline, is_closing, is_dated, label_head, label_standfirst
from variorum.ingest.line import Line, read_lines
from variorum.ingest.residue import residue_kind
from variorum.ingest.tail import label_tail
from variorum.records import Part, PartKind, Span

# Words from which a line printed twice is a repeat and not a refrain ("Next?").
_REPEAT_WORDS = 5
# Lines of body above which a line that prints title or standfirst again is a copy of it.
_TOP_LINES = 1
# Lines at the end that may be about the report's makers.
_CLOSING_LINES = 6


def label(
    text: str, hints: Sequence[tuple[Span, PartKind | None]] | None = None, *, settings: Ingest | None = None
) -> tuple[Part, ...]:
    """The parts of ``text``: one a line (one a paragraph where lines were wrapped by hand), in order.

    hints: for a page, its lines with what the markup says of each (``None``: nothing); the text itself
    then has no top and bottom to be guessed. Every character but white space at margins is in one part.
    """
    settings = settings or Ingest()
    lines = read_lines(text, hints)
    kinds: list[PartKind | None] = [_alone(line, settings) for line in lines]
    label_captions(lines, kinds, settings)
    if hints is None:
        label_head(lines, kinds, settings)
        _label_closing(lines, kinds)
        label_tail(lines, kinds, settings)
    else:
        for at, (_, hint) in enumerate(hints):
            kinds[at] = _weigh(kinds[at], hint)
        label_standfirst(lines, kinds, settings)
        _label_closing(lines, kinds)
    _label_repeats(lines, kinds, settings)
    return tuple(Part(line.span.start, line.span.end, kind or "body") for line, kind in zip(lines, kinds, strict=True))


def _alone(line: Line, settings: Ingest) -> PartKind | None:
    if is_signature(line.text):
        return "credit"
    return residue_kind(line.text, len(line.keys), longest=settings.residue_words)


def _weigh(found: PartKind | None, hint: PartKind | None) -> PartKind | None:
    """Between a line's words and its markup: the words win inside the article, the markup elsewhere."""
    if hint is None or hint == "body":
        return found
    return hint


def _label_closing(lines: Sequence[Line], kinds: list[PartKind | None]) -> None:
    """Who contributed, who owns it, when it was published: in the last lines."""
    open_lines = [at for at, kind in enumerate(kinds) if kind in (None, "credit")]
    for at in open_lines[-_CLOSING_LINES:]:
        line = lines[at]
        if kinds[at] is None and at > 0 and (is_closing(line.text, len(line.keys)) or is_dated(line.text)):
            kinds[at] = "credit"
    if open_lines and kinds[open_lines[-1]] is None and len(open_lines) > 2 and is_byline(lines[open_lines[-1]].text):
        kinds[open_lines[-1]] = "credit"


def _label_repeats(lines: Sequence[Line], kinds: list[PartKind | None], settings: Ingest) -> None:
    """A line printed again word for word is a repeat; a sentence that says part of one again is not.

    What a text prints three times (a recipe's step, an interview's standing question) is its own way of
    telling, and short lines come twice by themselves; only the top of a report is ever just copied. A
    standfirst lifted from the middle of the body leaves the body's own sentence where it is.
    """
    times = Counter(line.keys for line in lines)
    begun = next((at for at, kind in enumerate(kinds) if kind is None), len(lines))
    seen: dict[tuple[str, ...], PartKind | None] = {}
    for at, line in enumerate(lines):
        if kinds[at] not in (None, "title", "standfirst", "caption") or len(line.keys) < _REPEAT_WORDS:
            continue
        if line.keys in seen:
            is_copied = kinds[at] is not None or (seen[line.keys] is not None and at <= begun + _TOP_LINES)
            if is_copied or (seen[line.keys] is None and times[line.keys] == 2 and line.is_prose(settings.prose_words)):
                kinds[at] = "repeat"
        else:
            seen[line.keys] = kinds[at]
