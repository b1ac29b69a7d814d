"""An invented edition as large as a page must bear: many reports, many claims, every state of a cell."""

from dataclasses import replace
from random import Random

from edition_fixture import at, bare, conflict, report

from variorum.records import (
    Article,
    Cell,
    CellState,
    Claim,
    CoverageMatrix,
    Edition,
    Exemplar,
    Heard,
    Lineage,
    PartKind,
    Place,
    Position,
    Row,
    Span,
    Stance,
    Stemma,
    Voice,
)

_WHO = "The harbour board|A spokesman for the union|The mayor of Pellam|The coastguard|Two engineers|The owner".split(
    "|"
)
_DOES = "closed|reopened|inspected|sold|moved|repaired|measured|counted|lit|insured".split("|")
_WHAT = "the north pier|nine cranes|the old light|a chapel roof|the lower lock|three tugs|the customs shed".split("|")
_SIZES = (4, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1)  # reports of each voice, of twenty
CUT, STUB, TICKER, SILENT = 5, 11, 14, 17


def crowded(reports: int = 20, claims: int = 60, *, seed: int = 8) -> Edition:
    """An edition of so many reports and claims; every third claim is one voice's own, every seventh disputed.

    Report ``CUT`` breaks off, ``STUB`` is a headline with a line, ``TICKER`` is a live ticker, ``SILENT`` quotes
    nobody; what these do not carry is unknown.
    """
    random = Random(seed)
    voices = _voices(reports)
    told = [_told(number, random) for number in range(claims)]
    carried = [_carriers(number, reports, voices, random) for number in range(claims)]
    articles = tuple(_article(i, [told[n] for n in range(claims) if i in carried[n]], random) for i in range(reports))
    made, rows = [], []
    for number in range(claims):
        stances: dict[int, Stance] = {
            i: "denies" if number % 7 == 0 and i % 5 == 3 else "attributes" if random.random() < 0.3 else "states"
            for i in carried[number]
        }
        made.append(_claim(number, told[number], articles, stances, voices))
        cells = tuple(_cell(i, articles[i], told[number], stances.get(i), random) for i in range(reports))
        rows.append(Row(made[-1].id, cells))
    lineages = tuple(
        Lineage(tuple(articles[i].id for i in voice), Exemplar("lost" if len(voice) > 1 else "none", None), ())
        for voice in voices
    )
    heard = tuple(
        Heard(None, speaker, article.id, 1 + (i + at) % 3, 0 if (i + at) % 7 == 0 else 5 + 9 * at)
        for at, speaker in enumerate(_WHO)
        for i, article in enumerate(articles)
        if i not in (STUB, SILENT) and (i + at) % (at + 1) == 0
    )
    return replace(
        bare(*articles),
        stemma=Stemma((), lineages),
        claims=tuple(made),
        conflicts=tuple(_dispute(claim, articles) for claim in made if claim.status == "disputed"),
        coverage=CoverageMatrix(tuple(article.id for article in articles), tuple(rows)),
        heard=heard,
    )


def _voices(reports: int) -> list[list[int]]:
    found: list[list[int]] = []
    at = 0
    for size in (*_SIZES, *([1] * reports)):
        if at < reports:
            found.append(list(range(at, min(reports, at + size))))
            at += size
    return found


def _told(number: int, random: Random) -> str:
    said = f"{random.choice(_WHO)} {random.choice(_DOES)} {random.choice(_WHAT)}"
    return f"{said} on day {number} of the strike, after a night in which nobody slept in the lower town."


def _carriers(number: int, reports: int, voices: list[list[int]], random: Random) -> list[int]:
    wide = 0.9 - 0.8 * number / 60
    if number % 3 == 2:
        return list(voices[number % len(voices)])
    found = [i for i in range(reports) if i not in (CUT, STUB, TICKER) and random.random() < wide]
    return sorted({*found, voices[0][0], voices[1][0], *({CUT} if number % 4 == 0 and reports > CUT else ())})


def _article(index: int, told: list[str], random: Random) -> Article:
    letters = chr(65 + index) if index < 26 else f"A{chr(65 + index - 26)}"
    random.shuffle(told)
    lines = [f"{9 + n // 60}:{n % 60:02} {line}" for n, line in enumerate(told)] if index == TICKER else told
    body: list[tuple[PartKind, str]] = [("body", line) for line in lines[: 1 if index == STUB else None]]
    if index == TICKER:
        body += [("body", f"1{n}:30 More soon.") for n in range(4)]
    if index == STUB:
        body += [("body", line) for line in lines[1:]]
    wall: list[tuple[PartKind, str]] = [("paywall", "Subscribe to go on reading.")] if index == CUT else []
    return report(
        letters, f"Outlet of Port {letters}", [("title", f"The strike, as {letters} saw it"), *body, *wall],
        cut="A subscription notice stands where the text goes on." if index == CUT else None,
    )  # fmt: skip


def _claim(
    number: int, told: str, articles: tuple[Article, ...], stances: dict[int, Stance], voices: list[list[int]]
) -> Claim:
    spans = {i: at(articles[i], told) for i in stances}
    first = min(spans)
    lineages = sum(any(i in stances and stances[i] != "denies" for i in voice) for voice in voices)
    return Claim(
        id=f"claim-{number:02}", text=told, article=articles[first].id, start=spans[first].start, end=spans[first].end,
        voices=tuple(Voice(articles[i].id, s.start, s.end, stances[i], None) for i, s in spans.items()),
        outlets=len(spans), lineages=max(1, lineages),
        status="disputed" if "denies" in stances.values() else "corroborated" if lineages > 1 else "single",
    )  # fmt: skip


def _cell(index: int, article: Article, told: str, stance: Stance | None, random: Random) -> Cell:
    if stance is None:
        unknown = index in (CUT, STUB, TICKER) or random.random() < 0.2
        return Cell("unknown" if unknown else "omits", None)
    states: dict[Stance, CellState] = {"states": "reports", "attributes": "attributes", "denies": "contradicts"}
    body = article.parts_of("body")
    return Cell(states[stance], (at(article, told).start - body[0].start) / (body[-1].end - body[0].start))


def _dispute(claim: Claim, articles: tuple[Article, ...]) -> object:
    def places(denying: bool) -> tuple[Place, ...]:
        found = []
        for voice in claim.voices:
            if (voice.stance == "denies") is denying:
                text = next(a.text for a in articles if a.id == voice.article)
                day = Span(text.index("day ", voice.start), text.index(" of the strike", voice.start))
                found.append(Place(voice.article, day.start, day.end))
        return tuple(found)

    kind = ("date", "polarity", "number")[int(claim.id[-2:]) // 7 % 3]
    return conflict(kind, f"what happened in {claim.id}", Position("yes", places(False)), Position("no", places(True)))
