"""What editors noted on findings, as a page shows it beside them."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlencode

from variorum.config import Store
from variorum.config.edition import Edition as Settings
from variorum.edition.findings import Key, findings, reading_id
from variorum.records import Edition, Finding, FindingKind, Judgement
from variorum.render.apparatus import Apparatus
from variorum.render.claims_view import ClaimsView, ClaimView
from variorum.render.quotations_view import QuotationsView, label, weigh
from variorum.render.voices_view import VoicesView
from variorum.render.wording import count

KINDS: dict[FindingKind, str] = {
    "claim": "claim",
    "conflict": "dispute",
    "quotation": "quotation",
    "reading": "reading of a quotation",
    "borrowing": "passages two reports share",
    "voice": "voice",
    "label": "label",
    "moment": "date",
    "story": "story",
}
"""What a page calls a finding, by its kind."""


@dataclass(frozen=True, slots=True)
class NoteView:
    """One editor's note. kind: of what, in plain words. says: the finding as it is, or as it was when it was judged
    where the edition no longer makes it. then: what was said of the finding when it was judged, where other words are
    said of it now, or empty.

    verdict: ``right``, ``wrong`` or empty. by: the editor's name or empty. day: when it was last changed. joined: what
    a reader has to know where reports have joined the finding since, or empty.
    """

    kind: str
    says: str
    verdict: str
    by: str
    comment: str
    starred: bool
    day: str
    joined: str
    then: str = ""

    @property
    def said(self) -> str:
        """What the editor did, in words."""
        whom = "" if self.by else " by an editor"
        return f"marked {self.verdict}{whom}" if self.verdict else f"noted{whom}"


class Notes:
    """The notes of one edition, asked for by kind and id of a finding.

    standing: judgements by finding, as ``pipeline.judged`` has them. unmatched: those on findings the edition no longer
    makes. found: the edition's findings. action: where notes are made, empty where they cannot be; editor: the name of
    whoever reads the page, whose own note fills the form.
    """

    def __init__(
        self,
        standing: Mapping[tuple[FindingKind, str], Sequence[Judgement]],
        unmatched: Sequence[Judgement] = (),
        found: Mapping[tuple[FindingKind, str], Finding] | None = None,
        *,
        action: str = "",
        editor: str = "",
    ) -> None:
        known = found or {}
        self._views = {key: tuple(_view(one, known.get(key)) for one in held) for key, held in standing.items()}
        self.unmatched = tuple(_view(one, None) for one in unmatched)
        self.action = action
        self.editor = editor
        limits = Store()
        self.comment_characters = limits.comment_characters
        self.editor_characters = limits.editor_characters

    def of(self, kind: FindingKind, id: str) -> tuple[NoteView, ...]:
        """The notes on a finding, in the order in which they were made."""
        return self._views.get((kind, id), ())

    def form_of(self, kind: FindingKind, id: str) -> str:
        """The address of the form for a note on a finding."""
        return f"{self.action}?{urlencode({'kind': kind, 'finding': id})}"

    def is_wrong(self, kind: FindingKind, id: str) -> bool:
        """Whether an editor marked a finding wrong."""
        return any(note.verdict == "wrong" for note in self.of(kind, id))

    def any_wrong(self, claims: Iterable[ClaimView]) -> bool:
        """Whether an editor marked one of these claims wrong."""
        return any(self.is_wrong("claim", claim.key) for claim in claims)

    def own(self, kind: FindingKind, id: str) -> NoteView | None:
        """The reader's own note on a finding, ``None`` where there is none."""
        return next((note for note in self.of(kind, id) if note.by == self.editor), None)

    def apart(self, shown: Container[tuple[FindingKind, str]]) -> tuple[NoteView, ...]:
        """The notes on findings beside which none can stand. shown: those beside which they do."""
        return tuple(chain.from_iterable(views for key, views in self._views.items() if key not in shown))

    def called(self, kind: FindingKind) -> str:
        """What a page calls a finding of that kind."""
        return KINDS[kind]

    @property
    def number(self) -> int:
        """How many notes there are, on findings of this edition or not."""
        return sum(map(len, self._views.values())) + len(self.unmatched)


def beside(claims: ClaimsView, quotations: QuotationsView, voices: VoicesView) -> frozenset[tuple[FindingKind, str]]:
    """The findings beside which the page has room for notes."""
    found: list[tuple[FindingKind, str]] = [("claim", view.key) for view in claims.every]
    found += [("conflict", view.key) for view in claims.conflicts]
    for utterance in (*quotations.compared, *quotations.alone):
        found.append(("quotation", utterance.utterance))
        found += [("reading", row.key) for row in utterance.readings]
    found += [("voice", view.key) for view in (*voices.shared, *voices.alone)]
    found += [("borrowing", view.key) for view in voices.borrowings]
    return frozenset(found)


def spoken_of(edition: Edition, *, settings: Settings | None = None) -> dict[Key, Finding]:
    """The findings of an edition, each called what pages call it."""
    apparatus = Apparatus(edition)
    differing = {
        reading_id(utterance, reading)
        for utterance in edition.utterances
        for reading in utterance.readings
        if reading.agreement == "altered"
        and label(
            reading,
            [weigh(apparatus, utterance, reading, one).standing for one in reading.variants if one.kind != "bracketed"],
        )
        == "differs"
    }
    return findings(edition, differing=differing, settings=settings)


def _view(judgement: Judgement, finding: Finding | None) -> NoteView:
    return NoteView(
        kind=KINDS[judgement.kind],
        says=finding.says if finding else judgement.says,
        verdict=judgement.verdict or "",
        by=judgement.by,
        comment=judgement.comment,
        starred=judgement.starred,
        day=judgement.changed_at[:10],
        joined=_joined(judgement, finding),
        then=judgement.says if finding and finding.says != judgement.says else "",
    )


def _joined(judgement: Judgement, finding: Finding | None) -> str:
    if finding is None:
        return ""
    # Counted and not told apart: a report that was revised since has another id, and has not joined.
    more = len({place.article for place in finding.spans}) - len({place.article for place in judgement.spans})
    return f"before {count(more, 'more report')} joined" if more > 0 else ""
