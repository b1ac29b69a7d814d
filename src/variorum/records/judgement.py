"""What editors say of findings: right or wrong, a comment, a star. Kept apart from evidence."""

from dataclasses import dataclass
from typing import Literal

from variorum.records.annotation import Place

FindingKind = Literal[
    "claim", "conflict", "quotation", "reading", "borrowing", "voice", "label", "moment", "story"
]  # fmt: skip
Verdict = Literal["right", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an edition found, as an editor can speak of it.

    kind: what sort of thing it is. id: its key among the findings of that kind in this edition. spans: the stretches it
    rests on, sorted. holds: what it holds of them that the stretches do not tell: the sides of a conflict, the variants
    of a reading, who gave to whom; empty where there is nothing besides. Two findings that hold different things are
    two findings, wherever they stand. says: one short line for people.
    """

    kind: FindingKind
    id: str
    spans: tuple[Place, ...]
    holds: str
    says: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one editor says of one finding. Of the finding, not of whether what is reported is true.

    id: digest of the finding and the editor. story: id of the story in the archive when it was made. kind, spans,
    holds, says: the finding as it was when it was judged. verdict: whether the finding is right, ``None`` where that is
    left open. comment: in the editor's words, or empty. starred: whether it is to be found again. by: the name the
    editor gave, or empty. at, changed_at: when it was made and last changed, ISO 8601 UTC. release: of the program that
    made the finding, empty where it is not known.
    """

    id: str
    story: str
    kind: FindingKind
    spans: tuple[Place, ...]
    holds: str
    says: str
    verdict: Verdict | None
    comment: str
    starred: bool
    by: str
    at: str
    changed_at: str
    release: str

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: no verdict, no comment, no star."""
        return self.verdict is None and not self.comment and not self.starred
