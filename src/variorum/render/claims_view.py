"""What is agreed, disputed, or told by one voice only, as a page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.edition.resting import telling_places
from variorum.records import Claim, Conflict, ConflictKind, Edition, Extract, Place, Position, Span, Utterance, Voice
from variorum.render.apparatus import Apparatus, Back, Citation, VoiceChip, chips
from variorum.render.marked_text import in_context
from variorum.render.wording import CONFLICT_KINDS, CONFLICT_QUESTIONS, PRONOUNS


@dataclass(frozen=True, slots=True)
class StatementView:
    """One report's statement of a claim.

    speaker: whom it names for it, empty where it gives it to somebody without a name; ``None`` where it
    states it itself.
    """

    citation: Citation
    denies: bool
    speaker: str | None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its number on the page, its chips, and each report's own words.

    href: a link to it that lasts. key: its id among the findings.
    """

    id: str
    href: str
    number: int
    text: str
    citation: Citation
    chips: tuple[VoiceChip, ...]
    statements: tuple[StatementView, ...]
    lineages: int
    outlets: int
    disputed: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class ReportClaims:
    """The claims that only one voice has, under the report they are printed from."""

    citation: Citation
    chips: tuple[VoiceChip, ...]
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class ContextView:
    """Cited words with the sentence around them."""

    citation: Citation
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PositionView:
    """One side of a conflict, with its words in context: once a voice, and the same voice's other reports apart."""

    value: str
    chips: tuple[VoiceChip, ...]
    places: tuple[ContextView, ...]
    repeats: tuple[ContextView, ...]
    lineages: int
    outlets: int


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A conflict card.

    href: a link to it that lasts. question: what is asked, in plain words; about: of what. silent: how many voices take
    no side. claims: the claims it touches. quotations, speaker: where wording differs, the way to the utterance and who
    says it. key: its id among the findings.
    """

    id: str
    href: str
    number: int
    type: ConflictKind
    kind: str
    question: str
    about: str
    positions: tuple[PositionView, ...]
    silent: int
    claims: tuple[ClaimView, ...]
    quotations: tuple[Back, ...]
    speaker: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ExtractView:
    """A line of the digest. note: what a reader has to know of its standing, or nothing."""

    citation: Citation
    text: str
    chips: tuple[VoiceChip, ...]
    lineages: int
    outlets: int
    disputed: bool
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """All claims of an edition, sorted into where the page prints them; each stands in one place."""

    every: tuple[ClaimView, ...]
    agreed: tuple[ClaimView, ...]
    disputed: tuple[ClaimView, ...]
    alone: tuple[ReportClaims, ...]
    conflicts: tuple[ConflictView, ...]
    digest: tuple[ExtractView, ...]


def claims_view(apparatus: Apparatus) -> ClaimsView:
    """The claims, conflicts and digest of the edition behind ``apparatus``."""
    edition = apparatus.edition
    told_by = telling_places(map(_claim_places, edition.claims))
    every = tuple(
        _claim(apparatus, claim, number, place)
        for number, (claim, place) in enumerate(zip(edition.claims, told_by, strict=True), start=1)
    )
    by_id = {claim.id: view for claim, view in zip(edition.claims, every, strict=True)}
    disputed_by = telling_places(
        [place for position in conflict.positions for place in position.voices] for conflict in edition.conflicts
    )
    return ClaimsView(
        every=every,
        agreed=tuple(view for view in every if view.lineages >= 2 and not view.disputed),
        disputed=tuple(view for view in every if view.disputed),
        alone=_alone(apparatus, [view for view in every if view.lineages < 2 and not view.disputed]),
        conflicts=tuple(
            _conflict(apparatus, conflict, number, by_id, place)
            for number, (conflict, place) in enumerate(zip(edition.conflicts, disputed_by, strict=True), start=1)
        ),
        digest=tuple(_extract(apparatus, extract, by_id) for extract in edition.digest),
    )


def speaker_name(edition: Edition, speaker: str | None) -> str | None:
    """The name behind a name id, or the words themselves where ``speaker`` is no id."""
    for name in edition.names:
        if name.id == speaker:
            return name.name
    return speaker


def spoken_by(edition: Edition, speaker: str | None, words: str | None) -> str:
    """Who says a thing, as a page names them; empty where a report has no more than a pronoun for them."""
    name = speaker_name(edition, speaker) or words or ""
    return "" if name.casefold() in PRONOUNS else name


def touches(conflict: Conflict, claim: Claim) -> bool:
    """Whether a place of the conflict lies in the words of a voice of the claim."""
    return bool(touched(conflict, (claim,)))


def touched(conflict: Conflict, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims in the words of whose voices a place of the conflict lies."""
    places: dict[str, list[tuple[int, int]]] = {}
    for position in conflict.positions:
        for place in position.voices:
            places.setdefault(place.article, []).append((place.start, place.end))
    return tuple(
        claim
        for claim in claims
        if any(
            start < voice.end and voice.start < end
            for voice in claim.voices
            if voice.article in places
            for start, end in places[voice.article]
        )
    )


def _claim_places(claim: Claim) -> list[Place]:
    """Where a claim rests, the words it is printed in first."""
    printed = Place(claim.article, claim.start, claim.end)
    voices = [Place(voice.article, voice.start, voice.end) for voice in claim.voices]
    return sorted(voices, key=lambda place: place != printed) or [printed]


def _claim(apparatus: Apparatus, claim: Claim, number: int, place: Place) -> ClaimView:
    id = apparatus.id("claim", claim.id)
    back = Back(apparatus.links.finding(id), f"c{number}", f"claim {number}")
    statements = tuple(_statement(apparatus, voice, back) for voice in claim.voices)
    return ClaimView(
        id=id,
        href=apparatus.links.find("claim", place.article, place.start, place.end, id),
        number=number,
        text=claim.text,
        citation=apparatus.cite(claim.article, claim.start, claim.end, "claim", back),
        chips=chips(statement.citation for statement in statements),
        statements=statements,
        lineages=claim.lineages,
        outlets=claim.outlets,
        disputed=claim.status == "disputed",
        key=claim.id,
    )


def _statement(apparatus: Apparatus, voice: Voice, back: Back) -> StatementView:
    return StatementView(
        citation=apparatus.cite(voice.article, voice.start, voice.end, "claim", back),
        denies=voice.stance == "denies",
        speaker=spoken_by(apparatus.edition, voice.speaker, None) if voice.stance != "states" else None,
    )


def _alone(apparatus: Apparatus, views: Sequence[ClaimView]) -> tuple[ReportClaims, ...]:
    by_report: dict[str, list[ClaimView]] = {}
    for view in views:
        by_report.setdefault(view.citation.article, []).append(view)
    order = [article.id for article in apparatus.edition.articles]
    return tuple(
        ReportClaims(
            citation=apparatus.to_report(article),
            chips=chips([apparatus.to_report(article)]),
            claims=tuple(sorted(by_report[article], key=lambda view: view.citation.start)),
        )
        for article in sorted(by_report, key=order.index)
    )


def _conflict(
    apparatus: Apparatus, conflict: Conflict, number: int, by_id: dict[str, ClaimView], place: Place
) -> ConflictView:
    id = apparatus.id("dispute", conflict.id)
    back = Back(apparatus.links.finding(id), f"d{number}", f"dispute {number}")
    utterances = _utterances(apparatus, conflict) if conflict.kind == "wording" else []
    speakers = dict.fromkeys(spoken_by(apparatus.edition, u.speaker, u.speaker_text) for _, u in utterances)
    sided = {apparatus.mark(place.article) for position in conflict.positions for place in position.voices}
    return ConflictView(
        id=id,
        href=apparatus.links.find("conflict", place.article, place.start, place.end, id),
        number=number,
        type=conflict.kind,
        kind=CONFLICT_KINDS[conflict.kind],
        question=CONFLICT_QUESTIONS[conflict.kind],
        about=conflict.about,
        positions=tuple(_position(apparatus, position, back) for position in conflict.positions),
        silent=len(apparatus.lineages) - sum(mark.number > 0 for mark in sided),
        claims=tuple(by_id[claim.id] for claim in touched(conflict, apparatus.edition.claims)),
        quotations=tuple(
            Back(apparatus.links.finding(apparatus.id("quotation", u.id)), f"q{n}", f"quotation {n}")
            for n, u in utterances
        ),
        speaker="".join(speakers) if len(speakers) == 1 else "",
        key=conflict.id,
    )


def _utterances(apparatus: Apparatus, conflict: Conflict) -> list[tuple[int, Utterance]]:
    """The utterances whose readings hold every position of the conflict, with their numbers on the page."""
    found = []
    for number, utterance in enumerate(apparatus.edition.utterances, start=1):
        spans: dict[str, list[Span]] = {}
        for reading in utterance.readings:
            spans.setdefault(reading.article, []).extend(reading.spans)
        if all(
            any(s.start < place.end and place.start < s.end for s in spans.get(place.article, ()))
            for position in conflict.positions
            for place in position.voices
        ):
            found.append((number, utterance))
    return found


def _position(apparatus: Apparatus, position: Position, back: Back) -> PositionView:
    places = []
    for voice in position.voices:
        before, _, after = in_context(apparatus.article(voice.article).text, voice.start, voice.end)
        citation = apparatus.cite(voice.article, voice.start, voice.end, "dispute", back)
        places.append(ContextView(citation, before, after))
    articles = {voice.article for voice in position.voices}
    first = {place.citation.mark: place for place in reversed(places)}
    shown = [place for place in places if first[place.citation.mark] is place]
    return PositionView(
        value=position.value,
        chips=chips(place.citation for place in places),
        places=tuple(shown),
        repeats=tuple(place for place in places if place not in shown),
        lineages=len({apparatus.mark(article) for article in articles}),
        outlets=len({apparatus.article(article).outlet for article in articles}),
    )


def _extract(apparatus: Apparatus, extract: Extract, by_id: dict[str, ClaimView]) -> ExtractView:
    claims = tuple(by_id[claim] for claim in extract.claims if claim in by_id)
    citation = apparatus.cite(extract.article, extract.start, extract.end)
    cited = {citation.article: citation}
    for claim in claims:
        for statement in claim.statements:
            cited.setdefault(statement.citation.article, statement.citation)
    return ExtractView(
        citation=citation,
        text=extract.text,
        chips=chips(cited.values()),
        lineages=extract.lineages,
        outlets=len({found.outlet for found in cited.values()}),
        disputed=extract.disputed,
        claims=claims,
    )
