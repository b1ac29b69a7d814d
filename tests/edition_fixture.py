"""An invented edition, rich in every kind of thing a page has to show. Offsets are found, never typed."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

from variorum.records import (
    Article,
    Borrowing,
    Cell,
    CellState,
    Claim,
    ClaimStatus,
    Conflict,
    ConflictKind,
    CoverageMatrix,
    Credit,
    Cut,
    Edition,
    Editions,
    Exemplar,
    Extract,
    Headline,
    Heard,
    Label,
    Lineage,
    Name,
    NameForm,
    Part,
    PartKind,
    Passage,
    Place,
    Position,
    Published,
    PublishedPrecision,
    Reading,
    Refusal,
    Span,
    Stance,
    Stemma,
    TimelineEntry,
    Utterance,
    Variant,
    Voice,
)
from variorum.text import digest

Paragraph = tuple[PartKind, str]


def at(article: Article, words: str, *, nth: int = 0) -> Span:
    """Where ``words`` stand in the article, for the ``nth`` time."""
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return Span(start, start + len(words))


def report(
    siglum: str,
    outlet: str,
    paragraphs: list[Paragraph],
    *,
    published: tuple[datetime, PublishedPrecision] | None = None,
    byline: tuple[str, ...] = (),
    url: str | None = None,
    language: str | None = "en",
    agency: str | None = None,
    cut: str | None = None,
) -> Article:
    """An article whose parts are the paragraphs given; ``cut`` is the reason it breaks off at its paywall."""
    text, parts = "", []
    for kind, words in paragraphs:
        text += "\n\n" if text else ""
        parts.append(Part(len(text), len(text) + len(words), kind))
        text += words
    title = next((words for kind, words in paragraphs if kind == "title"), None)
    wall = next((part.start for part in parts if part.kind == "paywall"), len(text))
    credits: tuple[Credit, ...] = ()
    if agency:
        start = text.rindex(agency)
        credits = (Credit(agency.strip("()"), start, start + len(agency), "text"),)
    return Article(
        id=digest(outlet, text),
        siglum=siglum,
        outlet=outlet,
        title=title,
        byline=byline,
        url=url,
        path=f"reports/{outlet.lower().replace(' ', '-')}.txt",
        published=Published(published[0], published[1]) if published else None,
        language=language,
        sha256=digest(text, length=64),
        text=text,
        parts=tuple(parts),
        credits=credits,
        cut=Cut(wall, cut) if cut else None,
    )


def _day(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2031, 10, day, hour, minute, tzinfo=UTC)


WIRE = [
    "Engineers are lowering the Brackwater reservoir after a crack was found in its dam.",
    "The crack, four metres long, was seen by a diver on Tuesday morning.",
    "“We will take the water down by six metres and we will not hurry,” said Ines Calloway, the safety director.",
    "About 2,300 people in the lower town have been asked to be ready to leave.",
]

A = report(
    "A", "Tarn Valley Courier",
    [("title", "Reservoir lowered after crack found in Brackwater dam"), *(("body", line) for line in WIRE),
     ("body", "Schools in Nether Caddon stay closed until Friday."),
     ("caption", "The Brackwater dam seen from the east bank. Photo: T. Imrie"), ("credit", "(Northern Press)")],
    published=(_day(7, 14, 5), "minute"), url="https://courier.example/brackwater", agency="(Northern Press)",
)  # fmt: skip
B = report(
    "B", "Harrow Daily",
    [("title", "Crack in dam: reservoir being drained"), *(("body", line) for line in WIRE),
     ("advert", "ADVERTISEMENT"), ("promo", "Sign up to the Harrow Daily morning letter and never miss a story")],
    published=(_day(7, 15, 30), "minute"), url="https://harrow.example/dam?id=3&ref=home",
)  # fmt: skip
C = report(
    "C", "Metro Eight",
    [("title", "‘We will not hurry’: dam boss on cracked wall"), ("body", WIRE[0]), ("body", WIRE[1]),
     ("body", "“We will take the water down by six metres,” said Ines Calloway, the safety director."),
     ("body", WIRE[3]), ("credit", "— Northern Press")],
    published=(_day(7), "day"), agency="Northern Press",
)  # fmt: skip
D = report(
    "D", "The Pellam Record",
    [("title", "Brackwater: what the diver saw"), ("standfirst", "A hairline that was not a hairline"),
     ("body", "Pavel Rudd had been under for twenty minutes on Tuesday when his lamp crossed the line in the wall."),
     ("body", "He measured it with his arms: six metres, he reckoned. “You don’t forget a thing like "
              "that,” Rudd said."),
     ("body", "By evening the water board had begun to lower the reservoir. “We would take the water down by six "
              "metres and we will not hurry,” Ines Calloway, the board’s head of safety, told the Record."),
     ("body", "Some 2,300 people live below the wall. The board has known of damp on the dry face since spring, two of "
              "its engineers said; the board denies this."),
     ("body", "The dam was built in 1968.")],
    published=(_day(8, 5, 0), "hour"), byline=("Maud Ferrier", "Col Anstey"), url="https://record.example/diver",
)  # fmt: skip
E = report(
    "E", "Pellam Online",
    [("title", "Diver tells of crack in Brackwater wall"),
     ("body", "Diver Pavel Rudd was twenty minutes into a routine inspection when he came upon the crack on Tuesday."),
     ("body", "With his arms he judged it to be six metres long."),
     ("body", "The water board started to draw down the lake that evening. Its head of safety said the level would "
              "fall by six metres without haste."),
     ("body", "Two engineers said the board knew of damp on the dry face from spring, which it denies."),
     ("teaser", "Read next: the best walks around Pellam")],
    published=(_day(8, 9, 12), "minute"),
)  # fmt: skip
F = report(
    "F", "Westmoor Herald",
    [("title", "Town told to pack as cracked dam is drained"),
     ("body", "Nearly 2,300 residents of lower Brackwater were told to pack a bag on Tuesday as the reservoir above "
              "them was drawn down."),
     ("body", "“We will take the water down by [about twenty feet] and we will not hurry,” Ines Calloway, director of "
              "safety, told a packed chapel."),
     ("body", "“Nobody should sleep at the bottom of that valley tonight,” said the mayor, Joss Hallam, who called the "
              "wall “that wreck”."),
     ("paywall", "Subscribe to go on reading. Already a subscriber? Log in")],
    published=(_day(7, 20, 45), "minute"), byline=("Ada Quill",), url="https://herald.example/pack",
    cut="A subscription notice stands where the text goes on.",
)  # fmt: skip
G = report(
    "G", "Radio Caddon",
    [("title", "Dam latest"),
     ("body", "A crack in the Brackwater dam is being watched around the clock, the water board says."),
     ("body", "The diver who found it on Wednesday has been praised by the mayor."),
     ("body", "Safety director Ines Calloway said: “We will take the water down by six metres and we will not rush.”"),
     ("body", "“Nobody should sleep at the bottom of that valley tonight,” mayor Joss Hallam said.")],
    published=None,
)  # fmt: skip
H = report(
    "H", "El Faro de Lindar",
    [("title", "Bajan el embalse de Brackwater tras hallarse una grieta"),
     ("body", "Los ingenieros rebajan el embalse después de que un buzo encontrara una grieta en la presa."),
     ("body", "Unas 2.300 personas viven bajo el muro.")],
    published=(_day(8), "day"), language="es",
)  # fmt: skip
ARTICLES = (A, B, C, D, E, F, G, H)

CALLOWAY, HALLAM, RUDD, DAM = "name-calloway", "name-hallam", "name-rudd", "name-dam"


def _name(id: str, name: str, kind: Any, forms: dict[str, tuple[Article, ...]]) -> Name:
    return Name(
        id, name, kind,
        tuple(NameForm(text, tuple(a.id for a in articles)) for text, articles in forms.items()),
        tuple(Place(a.id, *_ends(at(a, text))) for text, articles in forms.items() for a in articles),
    )  # fmt: skip


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


NAMES = (
    _name(CALLOWAY, "Ines Calloway", "person", {"Ines Calloway": (A, B, C, D, F, G)}),
    _name(HALLAM, "Joss Hallam", "person", {"Joss Hallam": (F, G)}),
    _name(RUDD, "Pavel Rudd", "person", {"Pavel Rudd": (D, E)}),
    _name(DAM, "Brackwater dam", "facility", {"Brackwater dam": (A, G), "the wall": (D,)}),
)


def _voice(article: Article, words: str, stance: Stance = "states", speaker: str | None = None) -> Voice:
    return Voice(article.id, *_ends(at(article, words)), stance, speaker)


def claim(voices: list[Voice], status: ClaimStatus, *, articles: tuple[Article, ...] = ARTICLES) -> Claim:
    """A claim told in the words of its first voice, counted against the lineages of the fixture."""
    first = voices[0]
    by_id = {article.id: article for article in articles}
    text = by_id[first.article].text[first.start : first.end]
    return Claim(
        id=digest(first.article, str(first.start), str(first.end)),
        text=text,
        article=first.article,
        start=first.start,
        end=first.end,
        voices=tuple(voices),
        outlets=len({voice.article for voice in voices}),
        lineages=STEMMA.voices({voice.article for voice in voices}),
        status=status,
    )


def _passages(a: Article, b: Article, pairs: list[tuple[str, str]], likeness: float) -> tuple[Passage, ...]:
    return tuple(Passage(at(a, one), at(b, other), likeness) for one, other in pairs)


STEMMA = Stemma(
    borrowings=(
        Borrowing(A.id, B.id, False, "verbatim", _passages(A, B, [(line, line) for line in WIRE], 1.0)),
        Borrowing(A.id, C.id, False, "verbatim", _passages(A, C, [(WIRE[0], WIRE[0]), (WIRE[3], WIRE[3])], 1.0)),
        Borrowing(D.id, E.id, True, "retold", _passages(D, E, [
            ("Pavel Rudd had been under for twenty minutes on Tuesday when his lamp crossed the line in the wall.",
             "Diver Pavel Rudd was twenty minutes into a routine inspection when he came upon the crack on Tuesday."),
            ("He measured it with his arms: six metres, he reckoned.",
             "With his arms he judged it to be six metres long."),
        ], 0.83)),
    ),
    lineages=(
        Lineage((A.id, B.id, C.id), Exemplar("agency", "Northern Press"), (
            "A and C credit their text to Northern Press.", "A and B share 84 words in 4 passages, word for word.")),
        Lineage((D.id, E.id), Exemplar("article", D.id), (
            "E tells what D tells in the same order, 4 sentences in a row.", "D was published four hours before E.")),
        Lineage((F.id,), Exemplar("none", None), ()),
        Lineage((G.id,), Exemplar("none", None), ()),
        Lineage((H.id,), Exemplar("none", None), ()),
    ),
)  # fmt: skip

CLAIMS = (
    claim([_voice(A, WIRE[0]), _voice(B, WIRE[0]), _voice(C, WIRE[0]),
           _voice(D, "By evening the water board had begun to lower the reservoir."),
           _voice(E, "The water board started to draw down the lake that evening."),
           _voice(F, "the reservoir above them was drawn down")], "corroborated"),
    claim([_voice(A, WIRE[3]), _voice(B, WIRE[3]), _voice(C, WIRE[3]),
           _voice(D, "Some 2,300 people live below the wall."),
           _voice(F, "Nearly 2,300 residents of lower Brackwater were told to pack a bag")], "corroborated"),
    claim([_voice(A, WIRE[1]), _voice(B, WIRE[1]), _voice(C, WIRE[1]),
           _voice(D, "He measured it with his arms: six metres, he reckoned.", "attributes", RUDD),
           _voice(E, "With his arms he judged it to be six metres long.", "attributes", RUDD)], "disputed"),
    claim([_voice(D, "The board has known of damp on the dry face since spring", "attributes", "two of its engineers"),
           _voice(E, "the board knew of damp on the dry face from spring", "attributes", "Two engineers")], "single"),
    claim([_voice(G, "The diver who found it on Wednesday has been praised by the mayor.")], "disputed"),
    claim([_voice(A, "Schools in Nether Caddon stay closed until Friday.")], "single"),
    claim([_voice(D, "The dam was built in 1968.")], "single"),
    claim([_voice(G, "A crack in the Brackwater dam is being watched around the clock", "attributes",
                  "the water board")], "single"),
)  # fmt: skip


def _position(value: str, places: list[tuple[Article, str]]) -> Position:
    return Position(value, tuple(Place(a.id, *_ends(at(a, words))) for a, words in places))


def conflict(kind: ConflictKind, about: str, *positions: Position) -> Conflict:
    """A conflict with an id made from what it is about."""
    return Conflict(digest(kind, about), kind, about, positions)


CONFLICTS = (
    conflict("number", "how long the crack is",
             _position("four metres", [(A, "four metres"), (B, "four metres"), (C, "four metres")]),
             _position("six metres", [(D, "six metres"), (E, "six metres")])),
    conflict("date", "the day the crack was found",
             _position("Tuesday", [(A, "Tuesday"), (B, "Tuesday"), (C, "Tuesday"), (D, "Tuesday"), (E, "Tuesday")]),
             _position("Wednesday", [(G, "Wednesday")])),
)  # fmt: skip

BASE = "We will take the water down by six metres and we will not hurry"


def _reading(
    article: Article, words: list[str], agreement: Any, variants: tuple[Variant, ...] = (), **more: Any
) -> Reading:
    spans = tuple(at(article, stretch) for stretch in words)
    speaker = "Ines Calloway" if "Ines Calloway" in article.text else None
    return Reading(
        article=article.id,
        spans=spans,
        text=" ".join(words),
        mode=more.get("mode", "direct"),
        marks=more.get("marks", "closed"),
        cue=at(article, "said") if "said" in article.text else None,
        speaker_span=at(article, speaker) if speaker else None,
        agreement=agreement,
        variants=variants,
    )


def _variant(kind: Any, article: Article, base_words: str, words: str) -> Variant:
    """A variant against the base in A; the words are looked up within either printing of the sentence."""
    start = at(A, BASE).start
    base = None
    if base_words:
        offset = A.text.index(base_words, start)
        base = Span(offset, offset + len(base_words))
    return Variant(kind, base_words, words, base, at(article, words) if words else None)


UTTERANCES = (
    Utterance("utterance-hurry", CALLOWAY, "Ines Calloway", 0, (
        _reading(A, [BASE], "base"),
        _reading(B, [BASE], "verbatim"),
        _reading(C, ["We will take the water down by six metres"], "trimmed"),
        _reading(D, ["We would take the water down by six metres and we will not hurry"], "altered",
                 (_variant("replaced", D, "will", "would"),)),
        _reading(F, ["We will take the water down by [about twenty feet] and we will not hurry"], "bracketed",
                 (_variant("bracketed", F, "six metres", "[about twenty feet]"),)),
        _reading(G, ["We will take the water down by six metres and we will not rush"], "altered",
                 (_variant("replaced", G, "hurry", "rush"),)),
        _reading(E, ["the level would fall by six metres without haste"], "reported", mode="indirect", marks="none"),
    )),
    Utterance("utterance-sleep", HALLAM, "Joss Hallam", 0, (
        _reading(F, ["Nobody should sleep at the bottom of that valley tonight"], "base"),
        _reading(G, ["Nobody should sleep at the bottom of that valley tonight"], "verbatim"),
    )),
    Utterance("utterance-forget", RUDD, "Rudd", 0, (_reading(D, ["You don’t forget a thing like that"], "base"),)),
    Utterance("utterance-wreck", HALLAM, "who", 0, (_reading(F, ["that wreck"], "base"),)),
)  # fmt: skip

_STATES: dict[str, tuple[CellState, float | None]] = {
    "r": ("reports", 0.3), "R": ("reports", 0.0), "a": ("attributes", 0.55), "x": ("contradicts", 0.2),
    "-": ("omits", None), "?": ("unknown", None),
}  # fmt: skip


def cells(pattern: str) -> tuple[Cell, ...]:
    """Cells from letters: r reports, R reports in the lede, a attributes, x contradicts, - omits, ? unknown."""
    return tuple(Cell(*_STATES[letter]) for letter in pattern)


def _row(number: int, pattern: str) -> Any:
    from variorum.records import Row

    return Row(CLAIMS[number].id, cells(pattern))


COVERAGE = CoverageMatrix(
    tuple(article.id for article in ARTICLES),
    (
        _row(0, "RRRrrR-?"), _row(1, "rrrr-R-?"), _row(2, "rrraa?-?"), _row(3, "---aa?-?"),
        _row(4, "xxxxx?r?"), _row(5, "r----?-?"), _row(6, "---r-?-?"), _row(7, "-----?a?"),
    ),
)  # fmt: skip


def _label(name: str, article: Article, text: str, own_voice: bool, count: int = 1) -> Label:
    return Label(name, article.id, text, own_voice, tuple(at(article, text, nth=n) for n in range(count)))


def _extract(number: int, *, disputed: bool = False) -> Extract:
    chosen = CLAIMS[number]
    return Extract(chosen.article, chosen.start, chosen.end, chosen.text, (chosen.id,), chosen.lineages, disputed)


def _dated(when: str, precision: str, article: Article, words: str, number: int | None) -> TimelineEntry:
    return TimelineEntry(
        when, precision, article.id, *_ends(at(article, words)), None if number is None else CLAIMS[number].id
    )


EDITION = Edition(
    story=Headline(
        "5be1b0c2a7d94e10-9d3f", "Reservoir lowered after crack found in Brackwater dam", _day(7, 14, 5), _day(8, 9, 12)
    ),
    articles=ARTICLES,
    names=NAMES,
    utterances=UTTERANCES,
    stemma=STEMMA,
    claims=CLAIMS,
    conflicts=CONFLICTS,
    coverage=COVERAGE,
    heard=(
        Heard(CALLOWAY, "Ines Calloway", A.id, 1, 14), Heard(CALLOWAY, "Ines Calloway", B.id, 1, 14),
        Heard(CALLOWAY, "Ines Calloway", C.id, 1, 9), Heard(CALLOWAY, "Ines Calloway", D.id, 1, 14),
        Heard(CALLOWAY, "Ines Calloway", F.id, 1, 15), Heard(CALLOWAY, "Ines Calloway", G.id, 1, 14),
        Heard(HALLAM, "Joss Hallam", F.id, 2, 12), Heard(HALLAM, "Joss Hallam", G.id, 1, 10),
        Heard(RUDD, "Rudd", D.id, 1, 7), Heard(None, "two of its engineers", D.id, 1, 11),
    ),
    labels=(
        _label(DAM, A, "its dam", True), _label(DAM, D, "the wall", True, 2), _label(DAM, F, "that wreck", False),
        _label(DAM, G, "the Brackwater dam", True), _label(CALLOWAY, A, "the safety director", True),
        _label(CALLOWAY, D, "the board’s head of safety", True), _label(CALLOWAY, F, "director of safety", True),
    ),
    timeline=(
        _dated("1968", "year", D, "The dam was built in 1968.", 6),
        _dated("2031-10-07", "day", A, "was seen by a diver on Tuesday morning", 2),
        _dated("2031-10-07", "day", D, "Pavel Rudd had been under for twenty minutes on Tuesday", None),
        _dated("2031-10-08", "day", G, "The diver who found it on Wednesday has been praised by the mayor.", 4),
    ),
    digest=(_extract(0), _extract(1), _extract(2, disputed=True), _extract(3)),
)  # fmt: skip

LONER = report(
    "", "Lindar Gazette", [("title", "Cat elected to parish council"), ("body", "It was unopposed.")],
    published=(_day(6), "day"),
)  # fmt: skip
EDITIONS = Editions(
    editions=(EDITION,),
    alone=(LONER.id,),
    refused=(Refusal("clippings/scan.pdf", "A PDF is not read: save its text first.", "255044462d312e37"),),
    loners=(LONER,),
)


def bare(*articles: Article) -> Edition:
    """An edition of the given articles in which no stage has found anything."""
    return Edition(
        story=Headline("0" * 16 + "-0", articles[0].title or "", None, None),
        articles=articles,
        names=(),
        utterances=(),
        stemma=Stemma((), tuple(Lineage((a.id,), Exemplar("none", None), ()) for a in articles)),
        claims=(),
        conflicts=(),
        coverage=CoverageMatrix(tuple(a.id for a in articles), ()),
        heard=(),
        labels=(),
        timeline=(),
        digest=(),
    )


# Fields that hold words of an article or of whoever wrote it, and so may hold anything.
_FREE = frozenset(
    "outlet title byline url path agency reason speaker_text value about evidence headline base_text reading_text "
    "when precision name first_bytes language siglum".split()
)


def tainted(record: Any, payload: str) -> Any:
    """The record with ``payload`` in every field that comes from outside; an article's text gets it at its end."""
    if isinstance(record, tuple):
        return tuple(tainted(item, payload) for item in record)
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changes: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in _FREE and not (isinstance(record, Exemplar) and record.kind == "article"):
            if isinstance(record, (Heard, Label)) and field.name == "name":
                continue
            if isinstance(value, str):
                changes[field.name] = value + payload
            elif isinstance(value, tuple) and all(isinstance(item, str) for item in value):
                changes[field.name] = tuple(item + payload for item in value)
        elif not isinstance(value, str):
            changes[field.name] = tainted(value, payload)
    if isinstance(record, Article):
        text = record.text + payload
        changes |= {
            "text": text,
            "parts": (*record.parts, Part(len(record.text), len(text), "body")),
            "url": f"javascript:{payload}",
        }
    return replace(record, **changes)
