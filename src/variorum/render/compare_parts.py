"""The reports of one story held against each other: what a newsroom asks of them, in five parts.

Every claim stands in one of three: *agreed* (two lineages or more, nobody against it), *disputed* (most of it lies in
a conflict, or a report denies what another tells), *only in* one lineage. The other two read the same claims and
quotations by report: what is *left out*, and who is *heard*.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from variorum.config.coverage import Coverage
from variorum.coverage.readable import unread
from variorum.records import Article, CellState, Conflict, Edition, Place, Stance, Voice
from variorum.render.apparatus import Apparatus, is_compared
from variorum.render.claims_view import spoken_by, touches
from variorum.render.compare_view import (
    Compared,
    Dispute,
    HeardIn,
    Hearing,
    Lack,
    LeftOut,
    ReportedAlone,
    Side,
    Statement,
    Told,
    Treatment,
    Why,
)

_MAKES: dict[CellState, Stance] = {"reports": "states", "attributes": "attributes", "contradicts": "denies"}
_CARRIED = frozenset[CellState](("reports", "attributes"))
# What a single voice tells is no lack of anybody's, but where there is only one other.
_VOICES_THAT_MAKE_A_LACK = 2


def compared(edition: Edition, *, settings: Coverage | None = None) -> Compared:
    """The parts of one edition, for all its reports.

    settings: those the edition was made with; they decide why a lack is unknown. What two other lineages carry is a
    lack, and what one carries where there is no second.
    """
    return _Comparing(edition, settings or Coverage()).made()


class _Comparing:
    """Sorts one edition into its parts."""

    def __init__(self, edition: Edition, settings: Coverage) -> None:
        self._edition = edition
        self._settings = settings
        self._lineages = Apparatus(edition).lineages
        self._articles = {article.id: article for article in edition.articles}
        self._lineage = {
            id: at for at, one in enumerate(self._lineages) for id in one.articles if is_compared(self._articles[id])
        }
        told = (Told(claim, self._in_order(map(self._voice, claim.voices))) for claim in edition.claims)
        self._told = sorted(told, key=lambda one: (-one.claim.lineages, -one.claim.outlets))
        conflicts = (self._conflict(conflict) for conflict in edition.conflicts)
        self._conflicts = sorted(conflicts, key=lambda one: (one.kind == "wording", -_voices(one)))

    def made(self) -> Compared:
        facts = [one for one in self._conflicts if one.kind != "wording"]
        disputed = (*facts, *self._denials(), *self._conflicts[len(facts) :])
        at_odds = {
            told.claim.id
            for dispute in disputed
            for told in dispute.claims
            if told.claim.status == "disputed" or _is_denied(told)
        }
        settled = [told for told in self._told if told.claim.id not in at_odds]
        treatments = self._treatments()
        return Compared(
            edition=self._edition,
            ours=None,
            lineages=self._lineages,
            agreed=tuple(told for told in settled if told.claim.lineages >= 2),
            disputed=disputed,
            only_in=self._only_in([told for told in settled if told.claim.lineages < 2]),
            left_out=self._left_out(treatments),
            heard=self._heard(),
            treatments=treatments,
        )

    def _voice(self, voice: Voice) -> Statement:
        edition = self._edition
        name = next((name.id for name in edition.names if name.id == voice.speaker), None)
        called = spoken_by(edition, voice.speaker, None) or None
        return Statement(self._articles[voice.article], voice.start, voice.end, voice.stance, called, name)

    def _in_order(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """By report, in the order of their letters, and as they stand there."""
        order = list(self._articles)
        return tuple(sorted(statements, key=lambda one: (order.index(one.article.id), one.start, one.end)))

    def _place(self, place: Place) -> Statement:
        """A place of a conflict; stance and speaker are those of the shortest statement of a claim that holds it."""
        article = self._articles[place.article]
        around = [
            one
            for told in self._told
            for one in told.statements
            if one.article is article and one.start < place.end and place.start < one.end
        ]
        if not around:
            return Statement(article, place.start, place.end)
        return replace(min(around, key=lambda one: (one.end - one.start, one.start)), start=place.start, end=place.end)

    def _conflict(self, conflict: Conflict) -> Dispute:
        sides = tuple(self._side(one.value, self._in_order(map(self._place, one.voices))) for one in conflict.positions)
        claims = tuple(told for told in self._told if touches(conflict, told.claim))
        return Dispute(conflict.id, conflict.kind, conflict.about, sides, claims)

    def _side(self, value: str, statements: tuple[Statement, ...]) -> Side:
        voices = {self._lineage.get(one.article.id) for one in statements} - {None}
        return Side(value, statements, len(voices), len({one.article.outlet for one in statements}))

    def _denials(self) -> list[Dispute]:
        """Claims that one report tells and another denies, where no conflict of facts says so already."""
        known = {told.claim.id for one in self._conflicts if one.kind != "wording" for told in one.claims}
        found = []
        for told in self._told:
            if _is_denied(told) and told.claim.id not in known:
                says = tuple(one for one in told.statements if one.stance != "denies")
                denies = tuple(one for one in told.statements if one.stance == "denies")
                sides = (self._side("says so", says), self._side("denies it", denies))
                found.append(Dispute(told.claim.id, "polarity", told.claim.text, sides, (told,)))
        return found

    def _only_in(self, claims: Sequence[Told]) -> tuple[ReportedAlone, ...]:
        by_report: dict[str, list[Told]] = {article.id: [] for article in self._edition.articles}
        for told in claims:
            by_report[told.claim.article].append(told)
        return tuple(
            ReportedAlone(self._articles[id], tuple(sorted(alone, key=lambda told: told.claim.start)))
            for id, alone in by_report.items()
            if alone
        )

    def _treatments(self) -> tuple[Treatment, ...]:
        matrix = self._edition.coverage
        cells = {row.claim: dict(zip(matrix.articles, row.cells, strict=True)) for row in matrix.rows}
        against = self._against()
        return tuple(
            Treatment(
                told,
                article,
                cell,
                self._why(article) if cell.state == "unknown" else None,
                _own(told, article, cell.state) or against.get((told.claim.id, article.id))
                if cell.state not in ("omits", "unknown")
                else None,
            )
            for told in self._told
            for article in self._edition.articles
            if (cell := cells.get(told.claim.id, {}).get(article.id)) is not None
        )

    def _against(self) -> dict[tuple[str, str], Statement]:
        """Where a report stands against a claim: its side of the first conflict of facts that touches the claim."""
        found: dict[tuple[str, str], Statement] = {}
        for conflict in self._conflicts:
            if conflict.kind != "wording":
                for told in conflict.claims:
                    for side in conflict.sides:
                        for one in side.statements:
                            found.setdefault((told.claim.id, one.article.id), one)
        return found

    def _why(self, article: Article) -> Why:
        if not is_compared(article):
            return "language"
        return unread(article, self._settings) or "near"

    def _left_out(self, treatments: Sequence[Treatment]) -> tuple[LeftOut, ...]:
        carried: dict[str, set[int]] = {}
        for one in treatments:
            if one.cell.state in _CARRIED and one.article.id in self._lineage:
                carried.setdefault(one.told.claim.id, set()).add(self._lineage[one.article.id])
        treated: dict[str, list[Treatment]] = {}
        for one in treatments:
            treated.setdefault(one.article.id, []).append(one)
        lacks = (self._lacks(article, treated.get(article.id, ()), carried) for article in self._edition.articles)
        return tuple(one for one in lacks if one.claims or one.unknown)

    def _lacks(self, article: Article, treated: Sequence[Treatment], carried: Mapping[str, set[int]]) -> LeftOut:
        others = set(range(len(self._lineages))) - {self._lineage.get(article.id)}
        wanted = min(_VOICES_THAT_MAKE_A_LACK, len(others))
        lacks = [
            (one.cell.state, Lack(one.told, voices, one.why))
            for one in treated
            if one.cell.state in ("omits", "unknown")
            and (voices := len(carried.get(one.told.claim.id, set()) & others)) >= wanted > 0
        ]
        lacks.sort(key=lambda lack: -lack[1].carried)
        return LeftOut(
            article,
            len(others),
            tuple(lack for state, lack in lacks if state == "omits"),
            tuple(lack for state, lack in lacks if state == "unknown"),
        )

    def _heard(self) -> tuple[Hearing, ...]:
        known = {name.id for name in self._edition.names}
        speakers: dict[tuple[str, str | None], dict[str, HeardIn]] = {}
        for heard in self._edition.heard:
            speaker = spoken_by(self._edition, heard.name, heard.speaker_text)
            here = speakers.setdefault((speaker, heard.name if heard.name in known else None), {})
            before = here.get(heard.article, HeardIn(self._articles[heard.article], 0, 0))
            here[heard.article] = HeardIn(
                before.article, before.quotations + heard.quotations, before.words + heard.words
            )
        found = [
            Hearing(speaker, id, tuple(here[article] for article in self._articles if article in here))
            for (speaker, id), here in speakers.items()
            if speaker
        ]
        return tuple(sorted(found, key=lambda one: (-len(one.reports), -one.words, -one.quotations, one.speaker)))


def _voices(dispute: Dispute) -> int:
    return sum(side.lineages for side in dispute.sides)


def _is_denied(told: Told) -> bool:
    """Whether one report denies what another tells."""
    denying = {one.article.id for one in told.statements if one.stance == "denies"}
    return bool(denying) and any(one.stance != "denies" and one.article.id not in denying for one in told.statements)


def _own(told: Told, article: Article, state: CellState) -> Statement | None:
    """The statement of a report that makes its state: the first of the stance that counts there, else its first."""
    own = [one for one in told.statements if one.article is article]
    first = next((one for one in own if one.stance == _MAKES.get(state)), None)
    return first if first or state == "contradicts" or not own else own[0]
