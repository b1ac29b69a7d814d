"""Judgements on the findings of the invented edition, made in a test."""

from edition_fixture import EDITION

from variorum.edition.findings import findings
from variorum.records import Finding, Judgement, Verdict
from variorum.store.judgements import judgement_id

FOUND = findings(EDITION)


def said(
    finding: Finding,
    verdict: Verdict | None = "wrong",
    *,
    by: str = "Maud",
    comment: str = "",
    starred: bool = False,
    at: str = "2031-10-09",
) -> Judgement:
    """What an editor says of a finding as it stands."""
    return Judgement(
        id=judgement_id(finding, by), story="0" * 16, kind=finding.kind, spans=finding.spans, holds=finding.holds,
        says=finding.says, verdict=verdict, comment=comment, starred=starred, by=by, at=at, changed_at=at,
        release="test",
    )  # fmt: skip
