"""Quotations as an apparatus: the base reading, and every other reading with its variants marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.edition.findings import reading_id
from variorum.edition.resting import telling_places
from variorum.records import Agreement, Marks, Place, Reading, Span, Utterance, Variant
from variorum.render.aligned import has_base, same_words, words_of
from variorum.render.apparatus import Apparatus, Back, Citation, VoiceChip, chips
from variorum.render.claims_view import ContextView, spoken_by
from variorum.render.marked_text import in_context
from variorum.text import Word, reverses, words

PieceKind = Literal["same", "added", "replaced", "omitted", "moved", "bracketed", "gap", "lemma"]
Standing = Literal["altered", "differs"]

_LEAD_REVERSED = 2  # voices by which the base must lead a reading of the contrary sense
_AFTER = 2  # words after a variant that tell what its "no" is: "no fewer than" denies nothing

MARKS: dict[Marks, str] = {
    "closed": "printed inside quotation marks",
    "unclosed": "printed with a quotation mark missing at one end",
    "none": "printed as direct speech, without quotation marks",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a reading. text: what it prints; base_text: what the base has there instead."""

    kind: PieceKind
    text: str
    base_text: str = ""


@dataclass(frozen=True, slots=True)
class VariantNote:
    """One unmarked change in plain words.

    for_base, for_reading: voices that print either. reverses: whether it turns the sense of the words it stands in.
    """

    kind: str
    text: str
    base_text: str
    for_base: int
    for_reading: int
    others: bool
    standing: Standing
    reverses: bool


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One reading, or several that print the same words, as a row of the apparatus. key: its id among the findings."""

    chips: tuple[VoiceChip, ...]
    citation: Citation
    agreement: Agreement
    label: str
    marks: str
    pieces: tuple[Piece, ...]
    notes: tuple[VariantNote, ...]
    begins_later: bool
    ends_sooner: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class UtteranceView:
    """One thing said: who said it, its base reading, the other readings, and who only reports it.

    id: of its place on the page; utterance: its own. href: a link to its place that lasts; page: one to its own page,
    ``None`` where it has none. direct: whether the base reading is, at least in part, the speaker's own words.
    """

    id: str
    href: str
    page: str | None
    utterance: str
    number: int
    speaker: str
    base: tuple[Piece, ...]
    base_citation: Citation
    base_chips: tuple[VoiceChip, ...]
    readings: tuple[ReadingView, ...]
    reported: tuple[ContextView, ...]
    lineages: int
    outlets: int
    standing: Standing | None
    direct: bool


@dataclass(frozen=True, slots=True)
class QuotationsView:
    """compared: utterances printed by several reports, altered ones first; alone: by one report only."""

    compared: tuple[UtteranceView, ...]
    alone: tuple[UtteranceView, ...]


_LABELS: dict[Agreement, str] = {
    "base": "base",
    "verbatim": "the same words",
    "trimmed": "shortened",
    "bracketed": "changed, and marked as changed",
    "altered": "altered",
    "reported": "reported, not quoted",
}
_RANK: dict[Agreement, int] = {"altered": 0, "bracketed": 1, "trimmed": 2, "verbatim": 3, "base": 4, "reported": 5}


def quotations_view(apparatus: Apparatus) -> QuotationsView:
    """The utterances of the edition behind ``apparatus``, in the order the page prints them."""
    utterances = apparatus.edition.utterances
    told_by = telling_places(map(_places, utterances))
    views = [
        utterance_view(apparatus, utterance, n, place)
        for n, (utterance, place) in enumerate(zip(utterances, told_by, strict=True), start=1)
    ]
    rank: dict[Standing | None, int] = {"altered": 0, "differs": 1, None: 2}
    compared = [view for view in views if view.readings or view.reported or _carriers(view.base_chips) > 1]
    compared.sort(key=lambda view: (rank[view.standing], not view.readings, -view.lineages, -view.outlets, view.number))
    return QuotationsView(tuple(compared), tuple(view for view in views if view not in compared))


def _carriers(found: Iterable[VoiceChip]) -> int:
    return sum(len(chip.citations) for chip in found)


def _places(utterance: Utterance) -> list[Place]:
    """Where an utterance is printed, its base first."""
    base = utterance.readings[utterance.base]
    readings = sorted(utterance.readings, key=lambda reading: reading is not base)
    return [Place(reading.article, span.start, span.end) for reading in readings for span in reading.spans]


def utterance_view(
    apparatus: Apparatus, utterance: Utterance, number: int, place: Place | None = None
) -> UtteranceView:
    """One utterance as the page prints it; number: its place among those of the edition, from 1.

    place: the words by which it is linked to; the base's where ``None``.
    """
    place = place or _places(utterance)[0]
    id = apparatus.id("quotation", utterance.id)
    back = Back(apparatus.links.finding(id), f"q{number}", f"quotation {number}")
    base = utterance.readings[utterance.base]
    cited = [_cite(apparatus, reading, back) for reading in utterance.readings]
    same = [c for c, r in zip(cited, utterance.readings, strict=True) if r is base or r.agreement == "verbatim"]
    rows = [
        _reading(apparatus, utterance, reading, citation)
        for citation, reading in zip(cited, utterance.readings, strict=True)
        if reading is not base and reading.agreement in ("trimmed", "bracketed", "altered")
    ]
    rows.sort(key=lambda row: (_RANK[row.agreement], row.citation.siglum))
    articles = {reading.article for reading in utterance.readings}
    standings = {note.standing for row in rows for note in row.notes}
    return UtteranceView(
        id=id,
        href=apparatus.links.find("quotation", place.article, place.start, place.end, id),
        page=apparatus.links.find_quotation(place.article, place.start, place.end, utterance.id),
        utterance=utterance.id,
        number=number,
        speaker=spoken_by(apparatus.edition, utterance.speaker, utterance.speaker_text),
        base=tuple(_base_pieces(apparatus, utterance, base)),
        base_citation=cited[utterance.base],
        base_chips=chips(same),
        readings=_once(rows),
        reported=tuple(
            _in_context(apparatus, reading, citation)
            for citation, reading in zip(cited, utterance.readings, strict=True)
            if reading.agreement == "reported"
        ),
        lineages=apparatus.edition.stemma.voices(articles),
        outlets=len({apparatus.article(article).outlet for article in articles}),
        standing="altered" if "altered" in standings else "differs" if standings else None,
        direct=base.mode != "indirect",
    )


def _once(rows: Iterable[ReadingView]) -> tuple[ReadingView, ...]:
    """The rows, without those that print again what the same report has already been shown to print."""
    found = {(row.citation.article, row.agreement, row.marks, row.pieces): row for row in reversed(list(rows))}
    kept = list(found.values())
    return tuple(reversed(kept))


def _cite(apparatus: Apparatus, reading: Reading, back: Back) -> Citation:
    """Cites every stretch of a reading; gives the first."""
    cited = [apparatus.cite(reading.article, s.start, s.end, "quotation", back) for s in reading.spans]
    for variant in reading.variants:
        if variant.reading is not None and len(variant.reading):
            apparatus.cite(reading.article, variant.reading.start, variant.reading.end, "variant")
    return cited[0]


def _in_context(apparatus: Apparatus, reading: Reading, citation: Citation) -> ContextView:
    span = reading.spans[0]
    before, _, after = in_context(apparatus.article(reading.article).text, span.start, span.end)
    return ContextView(citation, before, after)


def _reading(apparatus: Apparatus, utterance: Utterance, reading: Reading, citation: Citation) -> ReadingView:
    notes = tuple(
        weigh(apparatus, utterance, reading, variant)
        for variant in reading.variants
        if variant.kind != "bracketed" and reading.agreement == "altered"
    )
    base = words_of(apparatus, utterance.readings[utterance.base])
    same = same_words(base, words_of(apparatus, reading))
    trimmed = reading.agreement == "trimmed" and bool(same)
    return ReadingView(
        chips=chips([citation]),
        citation=citation,
        agreement=reading.agreement,
        label=label(reading, [note.standing for note in notes]),
        marks=MARKS[reading.marks],
        pieces=tuple(_reading_pieces(apparatus, utterance, reading)),
        notes=notes,
        begins_later=trimmed and min(same) > 0,
        ends_sooner=trimmed and max(same) < len(base) - 1,
        key=reading_id(utterance, reading),
    )


def label(reading: Reading, standings: Iterable[Standing]) -> str:
    """How a reading stands to the base, in words; "altered" only where one of its changes is."""
    if reading.agreement == "altered" and "altered" not in standings:
        return "differs"
    return _LABELS[reading.agreement]


def weigh(apparatus: Apparatus, utterance: Utterance, reading: Reading, variant: Variant) -> VariantNote:
    """Weighs a variant by voices: who prints the base's words there, who prints the reading's.

    The reading is called altered where the base's words have more voices; where it turns their sense, only where
    they have two more, since one voice is all that would then say which of two contrary things was said.
    """
    for_reading = {reading.article}
    for other in utterance.readings:
        if any(_agree(variant, found) for found in other.variants):
            for_reading.add(other.article)
    quoting = [r for r in utterance.readings if r.agreement != "reported" and r.article not in for_reading]
    for_base = {other.article for other in quoting if has_base(apparatus, utterance, other, variant)}
    stemma = apparatus.edition.stemma
    base_voices, reading_voices = stemma.voices(for_base), stemma.voices(for_reading)
    turned = _turns(apparatus, utterance, reading, variant)
    lead = _LEAD_REVERSED if turned else 1
    shared = {apparatus.mark(a) for a in for_base} & {apparatus.mark(a) for a in for_reading}
    return VariantNote(
        kind=variant.kind,
        text=variant.reading_text,
        base_text=variant.base_text,
        for_base=base_voices,
        for_reading=reading_voices,
        others=not shared,
        standing="altered" if base_voices - reading_voices >= lead else "differs",
        reverses=turned,
    )


def _turns(apparatus: Apparatus, utterance: Utterance, reading: Reading, variant: Variant) -> bool:
    """Whether a variant turns the sense of the words it stands in: "every" for "no"."""
    if variant.kind == "moved":
        return False
    if variant.reading is not None and len(variant.reading):
        beside, end = words_of(apparatus, reading), variant.reading.end
    else:
        beside, end = words_of(apparatus, utterance.readings[utterance.base]), variant.base.end if variant.base else 0
    after = [word.key for word in beside if word.start >= end][:_AFTER]
    return reverses([*_keys(variant.base_text), *after], [*_keys(variant.reading_text), *after])


def _agree(one: Variant, other: Variant) -> bool:
    """Whether two variants put the same words in the same place."""
    if one.kind != other.kind or _keys(one.reading_text) != _keys(other.reading_text):
        return False
    if one.base is None or other.base is None:
        return one.base is other.base
    return one.base.overlaps(other.base) or one.base == other.base


def _keys(text: str) -> list[str]:
    return [word.key for word in words(text)]


def _base_pieces(apparatus: Apparatus, utterance: Utterance, base: Reading) -> Iterator[Piece]:
    """The base reading, with the places marked where another reading departs from it."""
    spans = sorted({v.base for r in utterance.readings for v in r.variants if v.base is not None and len(v.base)})
    yield from _pieces(apparatus.article(base.article).text, base.spans, [(s, "lemma", "") for s in spans])


def _reading_pieces(apparatus: Apparatus, utterance: Utterance, reading: Reading) -> Iterator[Piece]:
    """A reading's own words, its variants marked, and what it leaves out put back where it would stand."""
    base = words_of(apparatus, utterance.readings[utterance.base])
    own = words_of(apparatus, reading)
    placed: list[tuple[Span, PieceKind, str]] = []
    for variant in reading.variants:
        if variant.reading is not None and len(variant.reading):
            placed.append((variant.reading, variant.kind, variant.base_text))
        elif variant.base is not None:
            at = _gap_for(base, own, variant.base, reading)
            placed.append((Span(at, at), "omitted", variant.base_text))
    placed.sort(key=lambda found: (found[0], found[1]))
    yield from _pieces(apparatus.article(reading.article).text, reading.spans, placed)


def _gap_for(base: Sequence[Word], own: Sequence[Word], omitted: Span, reading: Reading) -> int:
    """Where in a reading's text the words it leaves out would stand: after the last word it shares before them."""
    same = same_words(base, own)
    before = [j for i, j in same.items() if base[i].end <= omitted.start]
    return own[max(before)].end if before else reading.spans[0].start


def _pieces(text: str, spans: Sequence[Span], placed: Sequence[tuple[Span, PieceKind, str]]) -> Iterator[Piece]:
    for index, span in enumerate(spans):
        if index:
            yield Piece("gap", " … ")
        at = span.start
        for where, kind, base_text in placed:
            if where.start < at or where.end > span.end:
                continue
            if where.start > at:
                yield Piece("same", text[at : where.start])
            if kind == "omitted" and where.start > span.start:
                yield Piece("gap", " ")
            yield Piece(kind, text[where.start : where.end], base_text)
            if kind == "omitted" and where.start == span.start:
                yield Piece("gap", " ")
            at = where.end
        if at < span.end:
            yield Piece("same", text[at : span.end])
