"""Who is given which words: the content, the cue and the source of every attribution in a text.

A small encoder reads one paragraph at a time (see ``windows``) and says of every word whether it is
content, cue or source, of every word of content which cue gives it, and of every cue who its source
is. Its training, data and figures are in ``docs/attribution-model.md``.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from variorum.config import Language as Settings
from variorum.language.models import tagger
from variorum.language.windows import MARKS, Window, windows
from variorum.records import Attribution, Span
from variorum.text import balanced, sentences, stretches

Scores = NDArray[np.float32]
_CONTENT, _CUE, _SOURCE = range(3)
_OUTSIDE, _BEGINS = 0, 1


@dataclass(frozen=True, slots=True)
class Scored:
    """What the tagger says of a window of n pieces.

    tags: log probabilities of outside, begins, inside; shape (n, 3, 3), by piece and by content, cue,
    source. pointers: scores, shape (3, n, n): from a piece of content to the first piece of its cue, from
    a cue to the first and to the last piece of its source; the first piece of all means none.
    """

    tags: Scores
    pointers: Scores


def attributions(text: str, paragraphs: Sequence[Span], settings: Settings) -> tuple[Attribution, ...]:
    """The attributions of the paragraphs, in reading order.

    Each paragraph is read by itself: whatever stands in one, or is broken in it, no other is read differently.
    """
    found: list[Attribution] = []
    marked = stretches(text, paragraphs)
    at = 0
    for paragraph in paragraphs:
        inside = []
        while at < len(marked) and marked[at].span.start < paragraph.end:
            inside.append(marked[at])
            at += 1
        for window in windows(text, paragraph, inside, longest=settings.longest_window):
            found.extend(decoded(text, window, scored(window), settings))
    return tuple(found)


def scored(window: Window) -> Scored:
    """Run the tagger over one window."""
    inputs = {
        "ids": np.array([window.ids], dtype=np.int64),
        "marks": np.array([window.marks], dtype=np.int64),
        "cases": np.array([window.cases], dtype=np.int64),
    }
    tags, pointers = tagger().run(["tags", "pointers"], inputs)
    return Scored(_log_softmax(np.asarray(tags[0], np.float32)), np.asarray(pointers[0], np.float32))


def _log_softmax(scores: Scores) -> Scores:
    top = scores.max(axis=-1, keepdims=True)
    shifted = scores - top
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), np.float32)


def decoded(text: str, window: Window, given: Scored, settings: Settings) -> list[Attribution]:
    """The attributions that the scores speak for, in reading order."""
    units = _units(text, window)
    words = [unit for unit in units if text[unit[1]].isalnum()]
    if not words:
        return []
    # A cue may be a mark alone: "Orlov: We will", "We will. — Nadia Orlov".
    cues = [
        (units[first][0], units[first][1], units[last - 1][2])
        for first, last in _runs(given, units, _CUE, [settings.cue_threshold] * len(units))
    ]
    marked = [bool(window.marks[piece]) for piece, _, _ in words]
    thresholds = [settings.content_threshold_marked if inside else settings.content_threshold for inside in marked]
    contents = list(_runs(given, words, _CONTENT, thresholds))
    contents = _filled(given, words, contents, settings)
    cues = sorted({*cues, *_pointed_at(window, given, units, words, contents, cues, settings)})
    parts = sentences(text, window.span.start, window.span.end)
    by_cue: dict[int | None, list[Span]] = {}
    for run in contents:
        for cue, first, last in _divided(given, words, run, cues, parts, settings):
            by_cue.setdefault(cue, []).append(Span(words[first][1], words[last - 1][2]))
    made: list[Attribution] = []
    for cue, spans in by_cue.items():
        if cue is None:
            made.extend(Attribution((span,), None, None) for span in _merged(text, spans))
            continue
        piece, start, end = cues[cue]
        source = _source(text, given, words, piece)
        made.append(Attribution(tuple(_merged(text, spans)), Span(start, end), source))
    if len(cues) and len(cues) - 1 not in by_cue and window.span.of(text).endswith(":"):
        piece, start, end = cues[-1]
        made.append(Attribution((), Span(start, end), _source(text, given, words, piece)))
    return sorted(made, key=lambda attribution: attribution.start)


_Unit = tuple[int, int, int]  # first piece, start, end


def _units(text: str, window: Window) -> list[_Unit]:
    """The words and marks of a window, quotation marks aside: pieces of letters and figures that touch are a word."""
    made: list[_Unit] = []
    for at, (start, end) in enumerate(window.offsets):
        if start < 0 or window.marks[at] in MARKS:
            continue
        if made and made[-1][2] == start and text[start].isalnum() and text[start - 1].isalnum():
            made[-1] = (made[-1][0], made[-1][1], end)
        else:
            made.append((at, start, end))
    return made


def _runs(given: Scored, units: Sequence[_Unit], layer: int, thresholds: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Runs of units of one layer, as indices into ``units``, ends exclusive; one that begins starts a new run."""
    chance = given.tags[:, layer, :]
    start: int | None = None
    for at, (piece, _, _) in enumerate(units):
        inside = 1.0 - float(np.exp(chance[piece, _OUTSIDE])) >= thresholds[at]
        begins = inside and int(chance[piece].argmax()) == _BEGINS
        if start is not None and (not inside or begins):
            yield start, at
            start = None
        if inside and start is None:
            start = at
    if start is not None:
        yield start, len(units)


def _filled(
    given: Scored, words: Sequence[_Unit], runs: Sequence[tuple[int, int]], settings: Settings
) -> list[tuple[int, int]]:
    """The runs, with a word or two of doubtful ones between two of them taken in."""
    made: list[tuple[int, int]] = []
    for first, last in runs:
        if made and first - made[-1][1] <= settings.content_gap:
            between = [words[at][0] for at in range(made[-1][1], first)]
            chance = 1.0 - np.exp(given.tags[between, _CONTENT, _OUTSIDE])
            others = 1.0 - np.exp(given.tags[between][:, [_CUE, _SOURCE], _OUTSIDE])
            if between and chance.min() >= settings.content_threshold_gap and others.max() < 0.5:
                made[-1] = (made[-1][0], last)
                continue
        made.append((first, last))
    return made


def _pointed_at(
    window: Window,
    given: Scored,
    units: Sequence[_Unit],
    words: Sequence[_Unit],
    contents: Sequence[tuple[int, int]],
    cues: Sequence[_Unit],
    settings: Settings,
) -> Iterator[_Unit]:
    """Cues that most words of a run of content point at, though their own label was too weak.

    Words in quotation marks need a cue and may have an odd one; of others a weak cue says that they are none.
    """
    known = {piece for piece, _, _ in cues}
    for first, last in contents:
        pieces = [words[at][0] for at in range(first, last)]
        piece, votes = Counter(given.pointers[0][pieces].argmax(axis=1).tolist()).most_common(1)[0]
        if not piece or piece in known or 2 * votes <= last - first:
            continue
        marked = 2 * sum(window.marks[at] != 0 for at in pieces) > last - first
        likely = 1.0 - float(np.exp(given.tags[piece, _CUE, _OUTSIDE])) >= settings.cue_threshold_pointed
        if marked or likely:
            yield from (unit for unit in units if unit[0] == piece and not any(_within(unit, cue) for cue in cues))


def _within(unit: _Unit, cue: _Unit) -> bool:
    return cue[1] <= unit[1] < cue[2]


def _divided(
    given: Scored,
    words: Sequence[_Unit],
    run: tuple[int, int],
    cues: Sequence[_Unit],
    parts: Sequence[Span],
    settings: Settings,
) -> list[tuple[int | None, int, int]]:
    """The run, given to one cue or divided among several where the pointers change their mind for good.

    parts: the sentences; a cue in a word's own sentence is preferred to one outside it.
    """
    first, last = run
    if not cues:
        return [(None, first, last)]
    pieces = [words[at][0] for at in range(first, last)]
    columns = [piece for piece, _, _ in cues] + [0]
    scores = given.pointers[0][np.ix_(pieces, columns)]
    ends = [part.end for part in parts]
    places = [bisect_right(ends, start) for _, start, _ in cues]
    for row, at in enumerate(range(first, last)):
        place = bisect_right(ends, words[at][1])
        for column, other in enumerate(places):
            scores[row, column] += settings.cue_beside if other == place else 0.0
    likely = _log_softmax(scores)
    best, back = likely[0].copy(), []
    for row in likely[1:]:
        leave = int(best.argmax())
        moved = best[leave] - settings.cue_change
        back.append(np.where(best >= moved, np.arange(len(columns)), leave))
        best = np.maximum(best, moved) + row
    at = int(best.argmax())
    path = [at]
    for step in reversed(back):
        at = int(step[at])
        path.append(at)
    path.reverse()
    made: list[tuple[int | None, int, int]] = []
    for offset, chosen in enumerate(path):
        cue = chosen if chosen < len(cues) else None
        if made and made[-1][0] == cue:
            made[-1] = (cue, made[-1][1], first + offset + 1)
        else:
            made.append((cue, first + offset, first + offset + 1))
    return made


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans of one attribution with nothing but marks and white space between them are one."""
    made: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if made and not any(char.isalnum() for char in text[made[-1].end : span.start]):
            made[-1] = Span(made[-1].start, span.end)
        else:
            made.append(span)
    return made


def _source(text: str, given: Scored, words: Sequence[_Unit], cue: int) -> Span | None:
    """The source of a cue: the best first and last piece together, or none where that is likelier."""
    starts, ends = _log_softmax(given.pointers[1][cue]), _log_softmax(given.pointers[2][cue])
    size = min(len(starts), _LONGEST_SOURCE)
    best, chosen = float(starts[0] + ends[0]), None
    for first in np.argsort(-starts)[:4]:
        if first == 0:
            continue
        last = int(first + ends[first : first + size].argmax())
        if last and float(starts[first] + ends[last]) > best:
            best, chosen = float(starts[first] + ends[last]), (int(first), last)
    if chosen is None:
        return None
    inside = [word for word in words if chosen[0] <= word[0] <= chosen[1]]
    if not inside:
        return None
    return balanced(text, Span(inside[0][1], inside[-1][2]))


_LONGEST_SOURCE = 40  # word pieces; the longest of PolNeAR train that is a noun phrase has fewer
