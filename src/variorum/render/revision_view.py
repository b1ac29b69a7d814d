"""A text that stood at an address once, with what was changed in it since."""

from dataclasses import dataclass

from variorum.records import Revision
from variorum.render.quotations_view import Piece
from variorum.render.reports_view import safe_url
from variorum.render.revised import changed


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One revision held against the next. pieces: the earlier text, what was dropped and what came in its place marked.

    number, of: which of how many texts. seen, until: days on which it and the next were first seen, ISO 8601.
    """

    outlet: str
    title: str
    url: str | None
    number: int
    of: int
    seen: str
    until: str
    pieces: tuple[Piece, ...]
    changes: int


def revision_view(revision: Revision, following: Revision, of: int) -> RevisionView:
    """``revision`` held against the text that came after it at the address; of: how many there were in all."""
    before, after = revision.article.text, following.article.text
    pieces: list[Piece] = []
    at, changes = 0, 0
    for step in changed(before, after):
        pieces.append(Piece("same", before[at : step.old.start]))
        dropped, added = before[step.old.start : step.old.end], after[step.new.start : step.new.end]
        pieces.append(Piece("replaced" if dropped and added else "omitted" if dropped else "added", added, dropped))
        at, changes = step.old.end, changes + 1
    pieces.append(Piece("same", before[at:]))
    return RevisionView(
        outlet=revision.article.outlet,
        title=revision.article.title or "",
        url=safe_url(revision.article.url),
        number=revision.number,
        of=of,
        seen=revision.seen_at[:10],
        until=following.seen_at[:10],
        pieces=tuple(piece for piece in pieces if piece.text or piece.base_text),
        changes=changes,
    )
