"""The readings of one utterance drawn: the base's words in lines, and under each line a row for every reading.

Where a row prints what the base prints stands a thin rule, where it departs its own words, so that the eye finds the
departures. Every word has a place of its own on the line, as wide as the widest thing that any reading prints there.
Where there are many rows, those that say the same of a whole line share one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.records import VariantKind
from variorum.render.apparatus import Citation, Mark, VoiceChip
from variorum.render.collation import Departure, Reach, Token
from variorum.render.letters import cut, width
from variorum.render.wording import count

WIDE, NARROW = 900.0, 340.0
StrokeKind = Literal["same", "beyond", "gap", "omitted", "gone"] | VariantKind

_SIZE, _ROW_SIZE = 16.0, 14.0  # of the letters of the base and of the readings
_SPACE = 5.5
_LABELS, _NARROW_LABELS = 96.0, 68.0  # room for the marks and letters of the reports
_LETTER = 8.8  # width of a letter of them
_BASE = 30.0  # height of a line of the base
_ROW = 21.0
_AIR = 16.0
_MOST = 0.55  # of a line: the widest that one word, or one departure, may be
_NARROW_MOST = 0.85
_OMITTED = 30.0  # least room for the mark of an omission
_ROWS = 40  # rows from which those that say the same of a whole line share one


@dataclass(frozen=True, slots=True)
class Line:
    """A reading to be drawn, or several of one voice that are alike."""

    chip: VoiceChip
    reach: tuple[Reach, ...]
    departures: tuple[Departure, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the base. number: of the places that begin there, as printed above it."""

    x: float
    width: float
    text: str
    full: str
    number: str
    lemma: bool


@dataclass(frozen=True, slots=True)
class Caret:
    """A place between two words where some reading adds."""

    x: float
    number: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """What a row has over a stretch of the line. words: as printed; full: all of them.

    standing: "altered", "differs", or "open" where the reading shows that it changed something, or nothing.
    """

    kind: StrokeKind
    x: float
    width: float
    words: str
    full: str
    standing: str


@dataclass(frozen=True, slots=True)
class Label:
    """Whose row it is. letters: of the reports, as far as they fit; full: all of them, with their outlets."""

    x: float
    y: float
    chip: VoiceChip
    letters: str
    full: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row under a line. said: what all of several readings do, where they share it, else nothing."""

    y: float
    labels: tuple[Label, ...]
    strokes: tuple[Stroke, ...]
    said: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of the base with the rows under it. y: of its letters' foot."""

    y: float
    words: tuple[Word, ...]
    carets: tuple[Caret, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CollationDrawing:
    """The whole picture in one width. when: the class that shows it in its width; left: where the base begins."""

    when: str
    width: float
    height: float
    left: float
    lines: tuple[DrawnLine, ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A word of the base, or the place before it where something is added. before: the space left of it."""

    at: int
    adds: bool
    width: float
    before: float


def draw(
    tokens: Sequence[Token], places: Sequence[tuple[int, int]], rows: Sequence[Line], wide: float, when: str
) -> CollationDrawing:
    """Lays out the rows under the lines of the base in ``wide`` pixels."""
    left = _LABELS if wide == WIDE else _NARROW_LABELS
    room = wide - left - 6
    lines = _balanced(_slots(tokens, rows, room), room)
    shared = len(rows) * len(lines) > _ROWS
    left_over: dict[tuple[int, int], str] = {}
    y, drawn = 0.0, list[DrawnLine]()
    for line in lines:
        drawn.append(_line(tokens, places, rows, line, left, wide, y, left_over, shared=shared))
        below = drawn[-1].rows[-1]
        y = max([below.y, *(label.y for label in below.labels)]) + _ROW / 2 + _AIR
    return CollationDrawing(when, wide, y, left, tuple(drawn))


def _slots(tokens: Sequence[Token], rows: Sequence[Line], room: float) -> list[_Slot]:
    """Every word and every place where something is added, with the room it takes."""
    most = room * (_MOST if room > NARROW else _NARROW_MOST)
    words = [min(most, width(token.text, _SIZE)) for token in tokens]
    added: dict[int, float] = {}
    for row in rows:
        for one in row.departures:
            needs = min(most, max(_OMITTED, width(one.words, _ROW_SIZE) + 8))
            if one.at == one.end:
                added[one.at] = max(added.get(one.at, 0.0), needs)
            elif one.kind == "moved":
                if one.to is not None:
                    added[one.to] = max(added.get(one.to, 0.0), needs)
                words[one.end - 1] = max(words[one.end - 1], 44.0 if one.end - one.at == 1 else 0.0)
            else:
                has = sum(words[one.at : one.end]) + _SPACE * (one.end - one.at - 1)
                words[one.end - 1] += max(0.0, needs - has)
    slots: list[_Slot] = []
    for at in range(len(tokens) + 1):
        if at in added:
            slots.append(_Slot(at, True, added[at], _SPACE))
        if at < len(tokens):
            tight = tokens[at].tight and at not in added
            slots.append(_Slot(at, False, words[at], 0.0 if tight else _SPACE))
    return slots


def _balanced(slots: Sequence[_Slot], room: float) -> list[list[_Slot]]:
    """As few lines as can be, and those about as long as each other, so that no word is left for the last alone."""
    lines = list(_lines(slots, room))
    least, most = max(slot.width for slot in slots), room
    for _ in range(10):
        middle = (least + most) / 2
        narrower = list(_lines(slots, middle))
        if len(narrower) == len(lines):
            lines, most = narrower, middle
        else:
            least = middle
    return lines


def _lines(slots: Sequence[_Slot], room: float) -> Iterator[list[_Slot]]:
    line, taken = list[_Slot](), 0.0
    for slot in slots:
        if line and taken + slot.before + slot.width > room:
            yield line
            line, taken = [], 0.0
        taken += (slot.before if line else 0.0) + slot.width
        line.append(slot)
    if line:
        yield line


def _line(
    tokens: Sequence[Token],
    places: Sequence[tuple[int, int]],
    rows: Sequence[Line],
    line: Sequence[_Slot],
    left: float,
    wide: float,
    top: float,
    left_over: dict[tuple[int, int], str],
    *,
    shared: bool,
) -> DrawnLine:
    ends: list[tuple[float, float]] = []
    x = left
    for number, slot in enumerate(line):
        x += slot.before if number else 0.0
        ends.append((x, x + slot.width))
        x += slot.width
    foot = top + _BASE - 8
    strokes = [_strokes(number, row, line, ends, left_over) for number, row in enumerate(rows)]
    made: list[Row] = []
    y = top + _BASE + _ROW / 2
    alike: dict[str, list[int]] = {"same": [], "beyond": []}
    for number, found in enumerate(strokes):
        if shared and len(found) == 1 and found[0].kind in alike:
            alike[found[0].kind].append(number)
            continue
        made.append(Row(y, (_label(rows[number].chip, 0.0, y, left - 6),), tuple(found), ""))
        y += _ROW
    for kind, said in (("same", "the same"), ("beyond", "not in")):
        if alike[kind]:
            made.append(_shared([rows[number].chip for number in alike[kind]], said, y, wide))
            y = max([y, *(label.y for label in made[-1].labels)]) + _ROW
    return DrawnLine(foot, _words(tokens, places, line, ends), _carets(places, rows, line, ends), tuple(made))


def _words(
    tokens: Sequence[Token],
    places: Sequence[tuple[int, int]],
    line: Sequence[_Slot],
    ends: Sequence[tuple[float, float]],
) -> tuple[Word, ...]:
    return tuple(
        Word(
            x=a,
            width=b - a,
            text=cut(tokens[slot.at].text, b - a + 1, _SIZE),
            full=tokens[slot.at].text,
            number=", ".join(str(n) for n, (at, end) in enumerate(places, start=1) if at == slot.at and end > at),
            lemma=any(at <= slot.at < end for at, end in places),
        )
        for slot, (a, b) in zip(line, ends, strict=True)
        if not slot.adds
    )


def _carets(
    places: Sequence[tuple[int, int]],
    rows: Sequence[Line],
    line: Sequence[_Slot],
    ends: Sequence[tuple[float, float]],
) -> tuple[Caret, ...]:
    """Where something is added or stands that has moved; each with the number of the place it belongs to."""
    moved = {
        (one.to, places.index((one.at, one.end)) + 1) for row in rows for one in row.departures if one.to is not None
    }
    made = []
    for slot, (a, b) in zip(line, ends, strict=True):
        if slot.adds:
            added = {n for n, place in enumerate(places, start=1) if place == (slot.at, slot.at)}
            numbers = sorted(added | {n for to, n in moved if to == slot.at})
            made.append(Caret((a + b) / 2, ", ".join(map(str, numbers))))
    return tuple(made)


def _strokes(
    number: int,
    row: Line,
    line: Sequence[_Slot],
    ends: Sequence[tuple[float, float]],
    left_over: dict[tuple[int, int], str],
) -> list[Stroke]:
    """What a row has over a line, stretch after stretch. left_over: words that did not fit on the line before."""
    runs: list[tuple[StrokeKind, int, float, float, bool]] = []  # kind, departure or -1, from, to, whether it ends
    for slot, (a, b) in zip(line, ends, strict=True):
        kind, which = _state(row, slot)
        done = which < 0 or slot.adds or slot.at == row.departures[which].end - 1
        if runs and runs[-1][:2] == (kind, which) and not (slot.adds and which >= 0):
            runs[-1] = (kind, which, runs[-1][2], b, done)
        else:
            runs.append((kind, which, a, b, done))
    made: list[Stroke] = []
    for kind, which, a, b, done in runs:
        if which < 0:
            made.append(Stroke(kind, a, b - a, "", "", ""))
            continue
        one = row.departures[which]
        standing = "open" if one.open else one.standing or ""
        words = ""
        if kind not in ("omitted", "gone"):
            whole = left_over.pop((number, which), one.words)
            words = cut(whole, b - a + 1, _ROW_SIZE)
            if not done and words.endswith("…") and not whole.endswith("…"):
                left_over[number, which] = whole[len(words) - 1 :].lstrip()
                words = words[:-1]
        made.append(Stroke(kind, a, b - a, words, one.words, standing))
    return made


def _state(row: Line, slot: _Slot) -> tuple[StrokeKind, int]:
    """What a row has at a word or between two, with the number of its departure there."""
    for number, one in enumerate(row.departures):
        if slot.adds:
            if (one.at == one.end == slot.at) or (one.kind == "moved" and one.to == slot.at):
                return one.kind, number
            if one.at < slot.at < one.end:
                return ("gone" if one.kind == "moved" else one.kind if one.words else "omitted"), number
        elif one.at <= slot.at < one.end:
            return ("gone" if one.kind == "moved" else one.kind if one.words else "omitted"), number
    if not slot.adds:
        return row.reach[slot.at], -1
    sides = row.reach[max(0, slot.at - 1) : slot.at + 1]
    return (sides[0] if all(side == sides[0] for side in sides) else "same" if "same" in sides else "beyond"), -1


def _label(chip: VoiceChip, x: float, y: float, room: float) -> Label:
    """The mark of a voice and the letters of its reports, those that do not fit counted."""
    letters = list(dict.fromkeys(c.siglum if len(c.siglum) <= 4 else c.siglum[:3] + "…" for c in chip.citations))
    most = int((room - 16) // _LETTER)
    said, kept = " ".join(letters), len(letters)
    while kept > 1 and len(said) > most:
        kept -= 1
        said = " ".join(letters[:kept]) + f" +{len(letters) - kept}"
    full = ", ".join(dict.fromkeys(f"{c.siglum} {c.outlet}" for c in chip.citations))
    return Label(x, y, chip, said, full)


def _shared(chips: Sequence[VoiceChip], said: str, y: float, wide: float) -> Row:
    """One row for several readings: their labels, or on a phone, where those fill more than a row, their number."""
    by_voice: dict[Mark, list[Citation]] = {}
    for chip in chips:
        by_voice.setdefault(chip.mark, []).extend(chip.citations)
    labels, last = _together([VoiceChip(mark, tuple(cited)) for mark, cited in by_voice.items()], y, wide)
    if wide == NARROW and last > y:
        return Row(y, (), (), f"{said}: {count(len({c.article for chip in chips for c in chip.citations}), 'report')}")
    return Row(y, labels, (), said)


def _together(chips: Sequence[VoiceChip], y: float, wide: float) -> tuple[tuple[Label, ...], float]:
    """The labels of several rows on one, or on as many as they need; and where the last stands."""
    start = 62.0
    x, found = start, list[Label]()
    for chip in chips:
        label = _label(chip, x, y, wide - start)
        takes = 16 + _LETTER * len(label.letters) + 10
        if x + takes > wide and x > start:
            x, y = start, y + _ROW
            label = _label(chip, x, y, wide - start)
        found.append(label)
        x += takes
    return tuple(found), y
