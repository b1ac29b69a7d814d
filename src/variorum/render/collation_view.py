"""The page of one utterance: every reading of it word by word, as an apparatus, as a picture and as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.records import Edition, VariantKind
from variorum.render.apparatus import Apparatus, Citation, Mark, VoiceChip, chips
from variorum.render.claims_view import ContextView
from variorum.render.collation import Collated, Departure, Token, collate, places, stretches, tokens
from variorum.render.collation_svg import NARROW, WIDE, CollationDrawing, Line, draw
from variorum.render.links import Links
from variorum.render.marked_text import in_context
from variorum.render.quotations_view import MARKS, Standing, UtteranceView, label, utterance_view
from variorum.text import words

CellKind = Literal["same", "not in", "elsewhere"] | VariantKind
_LEMMA = 12  # most words of a lemma that are printed whole


@dataclass(frozen=True, slots=True)
class BasePiece:
    """A stretch of the base as running text. numbers: of the places of variation that begin with it.

    lemma: whether some reading departs from it.
    """

    text: str
    numbers: tuple[int, ...]
    lemma: bool
    tight: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What some reports have at a place. words: what they print there, empty where they leave the lemma out."""

    kind: VariantKind
    words: str
    open: bool
    standing: Standing | None
    chips: tuple[VoiceChip, ...]

    @property
    def voices(self) -> int:
        """How many voices have it."""
        return len(self.chips)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A line of the apparatus. lemma: the base's words, or those after which words are added; empty at the start.

    adds: whether it is a place between words. base: who prints the base's words there. absent: whose reading does
    not reach it. elsewhere: whose departure there is told at another place, with its number.
    """

    number: int
    lemma: str
    adds: bool
    base: tuple[VoiceChip, ...]
    entries: tuple[Entry, ...]
    absent: tuple[VoiceChip, ...]
    elsewhere: tuple[tuple[int, tuple[VoiceChip, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shortened:
    """Words of the base that some reports do not print, and have not changed. open: left out under an ellipsis."""

    chips: tuple[VoiceChip, ...]
    words: str
    where: Literal["beginning", "middle", "end"]
    open: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """What one row of the table has at one place. see: number of the place where it is told, else 0."""

    kind: CellKind
    words: str
    open: bool
    standing: Standing | None
    see: int = 0


@dataclass(frozen=True, slots=True)
class TableRow:
    """One reading, or several of one voice that are alike. is_base: whether the base is among them."""

    chip: VoiceChip
    is_base: bool
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who has a reading. places: its stretches, each with a link; context: around the first. extra: runs on with."""

    citation: Citation
    label: str
    marks: str
    context: ContextView
    further: tuple[Citation, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class QuotationPage:
    """Everything the page of an utterance prints.

    summary: what ``utterance_view`` says of it. back: a link to its place among the findings.
    """

    summary: UtteranceView
    headline: str
    back: str
    base: tuple[BasePiece, ...]
    base_chips: tuple[VoiceChip, ...]
    places: tuple[PlaceView, ...]
    shortened: tuple[Shortened, ...]
    rows: tuple[TableRow, ...]
    drawings: tuple[CollationDrawing, ...]
    carriers: tuple[Carrier, ...]
    reported: tuple[ContextView, ...]


@dataclass(frozen=True, slots=True)
class _Witness:
    """A collated reading with the link to it."""

    row: Collated
    citation: Citation
    is_base: bool


def quotation_page(edition: Edition, utterance_id: str, links: Links | None = None) -> QuotationPage:
    """The page of one utterance of the edition. Raises KeyError when the edition has none of that id."""
    apparatus = Apparatus(edition, links=links)
    number, utterance = next(
        ((n, one) for n, one in enumerate(edition.utterances, start=1) if one.id == utterance_id), (0, None)
    )
    if utterance is None:
        raise KeyError(utterance_id)
    summary = utterance_view(apparatus, utterance, number)
    base = utterance.readings[utterance.base]
    said = tokens(apparatus.article(base.article).text, base.spans)
    found = [_Witness(row, _cite(apparatus, row), row.reading is base) for row in collate(apparatus, utterance)]
    where = places([one.row for one in found])
    rows = _grouped(found)
    return QuotationPage(
        summary=summary,
        headline=edition.story.headline,
        back=apparatus.links.finding(summary.id) if apparatus.links.edition else "",
        base=_base(said, where),
        base_chips=chips(one.citation for one in found if not one.row.departures and set(one.row.reach) <= {"same"}),
        places=tuple(_place(n, at, end, said, found, where) for n, (at, end) in enumerate(where, start=1)),
        shortened=_shortened(found, said),
        rows=tuple(_table_row(group, where) for group in rows),
        drawings=_drawings(said, where, rows),
        carriers=tuple(_carrier(apparatus, one) for one in sorted(found, key=_order)),
        reported=summary.reported,
    )


def _cite(apparatus: Apparatus, row: Collated) -> Citation:
    span = row.reading.spans[0]
    return apparatus.cite(row.reading.article, span.start, span.end, "quotation")


def _order(one: _Witness) -> tuple[bool, int, int, str, int]:
    """The base first, then by voice, letter and place."""
    return (
        not one.is_base, one.citation.mark.number, len(one.citation.siglum), one.citation.siglum, one.citation.start,
    )  # fmt: skip


def _grouped(found: Sequence[_Witness]) -> tuple[tuple[_Witness, ...], ...]:
    """Readings of one voice that are alike at every word, together; the voice of the base first."""
    groups: dict[tuple[Mark, object, object], list[_Witness]] = {}
    for one in sorted(found, key=_order):
        groups.setdefault((one.citation.mark, one.row.reach, one.row.departures), []).append(one)
    first = next((one.citation.mark for one in found if one.is_base), None)
    ordered = sorted(
        groups.values(), key=lambda group: (group[0].citation.mark != first, group[0].citation.mark.number)
    )
    return tuple(tuple(group) for group in ordered)


def _base(said: Sequence[Token], where: Sequence[tuple[int, int]]) -> tuple[BasePiece, ...]:
    pieces: list[BasePiece] = []
    for at, token in enumerate(said):
        numbers = tuple(n for n, (start, _) in enumerate(where, start=1) if start == at)
        lemma = any(start <= at < end for start, end in where)
        last = pieces[-1] if pieces else None
        if last and not numbers and last.lemma == lemma:
            pieces[-1] = BasePiece(_joined((Token(last.text, last.tight), token)), last.numbers, lemma, last.tight)
        else:
            pieces.append(BasePiece(token.text, numbers, lemma, token.tight))
    ends = tuple(n for n, (start, _) in enumerate(where, start=1) if start == len(said))
    return (*pieces, BasePiece("", ends, False, True)) if ends else tuple(pieces)


def _joined(found: Sequence[Token]) -> str:
    return "".join(("" if token.tight or not at else " ") + token.text for at, token in enumerate(found))


def _lemma(said: Sequence[Token], at: int, end: int) -> str:
    """The base's words, those in the middle of many left out."""
    if end - at <= _LEMMA:
        return _bare(_joined(said[at:end]))
    return f"{_bare(_joined(said[at : at + 4]))} … {_bare(_joined(said[end - 4 : end]))}"


def _bare(text: str) -> str:
    """Without the punctuation about it."""
    found = words(text)
    return text[found[0].start : found[-1].end] if found else text


def _place(
    number: int, at: int, end: int, said: Sequence[Token], found: Sequence[_Witness], where: Sequence[tuple[int, int]]
) -> PlaceView:
    adds = at == end
    entries: dict[tuple[VariantKind, tuple[str, ...], bool], list[tuple[Departure, Citation]]] = {}
    base, absent, elsewhere = list[Citation](), list[Citation](), dict[int, list[Citation]]()
    for one in sorted(found, key=_order):
        here = [departure for departure in one.row.departures if (departure.at, departure.end) == (at, end)]
        for departure in here:
            key = departure.kind, tuple(word.key for word in words(departure.words)), departure.open
            entries.setdefault(key, []).append((departure, one.citation))
        if here:
            continue
        cell = _cell(one.row, at, end, where)
        if cell.kind == "elsewhere":
            elsewhere.setdefault(cell.see, []).append(one.citation)
        else:
            (base if cell.kind == "same" else absent).append(one.citation)
    return PlaceView(
        number=number,
        lemma=_lemma(said, max(0, at - 2), at) if adds else _lemma(said, at, end),
        adds=adds,
        base=chips(base),
        entries=tuple(
            Entry(kind, told[0][0].words, is_open, _least([d.standing for d, _ in told]), chips(c for _, c in told))
            for (kind, _, is_open), told in entries.items()
        ),
        absent=chips(absent),
        elsewhere=tuple((see, chips(citations)) for see, citations in sorted(elsewhere.items())),
    )


def _least(standings: Iterable[Standing | None]) -> Standing | None:
    """ "altered" only where all are; nothing where none is an unmarked change."""
    known = set(standings)
    return "altered" if known == {"altered"} else "differs" if known & {"altered", "differs"} else None


def _cell(row: Collated, at: int, end: int, where: Sequence[tuple[int, int]]) -> CellView:
    """What a reading has at a place of variation."""
    here = next((one for one in row.departures if (one.at, one.end) == (at, end)), None)
    if here:
        return CellView(here.kind, here.words, here.open, here.standing)
    beside = row.covering(at, end)
    if beside:
        return CellView("elsewhere", "", False, None, where.index((beside[0].at, beside[0].end)) + 1)
    near = row.reach[at:end] if end > at else row.reach[max(0, at - 1) : at + 1]
    return CellView("same" if all(reach == "same" for reach in near) else "not in", "", False, None)


def _table_row(group: Sequence[_Witness], where: Sequence[tuple[int, int]]) -> TableRow:
    (chip,) = chips(one.citation for one in group)
    cells = tuple(_cell(group[0].row, at, end, where) for at, end in where)
    return TableRow(chip, any(one.is_base for one in group), cells)


def _shortened(found: Sequence[_Witness], said: Sequence[Token]) -> tuple[Shortened, ...]:
    lacking: dict[tuple[int, int, bool], list[Citation]] = {}
    for one in sorted(found, key=_order):
        for start, end, reach in stretches(one.row):
            lacking.setdefault((start, end, reach == "gap"), []).append(one.citation)
    return tuple(
        Shortened(
            chips(citations),
            _lemma(said, start, end),
            "beginning" if start == 0 else "end" if end == len(said) else "middle",
            is_open,
        )
        for (start, end, is_open), citations in sorted(lacking.items(), key=lambda item: item[0])
    )


def _drawings(
    said: Sequence[Token], where: Sequence[tuple[int, int]], rows: Sequence[Sequence[_Witness]]
) -> tuple[CollationDrawing, ...]:
    if not said or len(rows) < 2:
        return ()
    lines = [
        Line(chips(one.citation for one in group)[0], group[0].row.reach, group[0].row.departures) for group in rows
    ]
    return tuple(draw(said, where, lines, width, when) for width, when in ((WIDE, "at-wide"), (NARROW, "at-narrow")))


def _carrier(apparatus: Apparatus, one: _Witness) -> Carrier:
    reading = one.row.reading
    span = reading.spans[0]
    before, _, after = in_context(apparatus.article(reading.article).text, span.start, span.end)
    return Carrier(
        citation=one.citation,
        label=label(reading, [d.standing for d in one.row.departures if d.standing]),
        marks="" if reading.mode == "indirect" else MARKS[reading.marks],
        context=ContextView(one.citation, before, after),
        further=tuple(apparatus.cite(reading.article, s.start, s.end, "quotation") for s in reading.spans[1:]),
        before=one.row.before,
        after=one.row.after,
    )
