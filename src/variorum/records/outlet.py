"""What editions found of one outlet's reports."""

from dataclasses import dataclass
from typing import Literal

OutletFindingKind = Literal[
    "told", "timed", "first", "took", "gave", "shares", "agency", "quoted", "altered", "differs"
]
"""What is known of one report of an outlet, from the edition of its story."""


@dataclass(frozen=True, slots=True)
class OutletFinding:
    """One thing an edition found of a report.

    kind: ``told``: the report is in an edition that compares it with others; ``timed``: the moment of its publication
    is known to the minute, zone and all, and that of another outlet's too; ``first``: it is the earliest of those;
    ``took``, ``gave``: evidence says that it borrowed from, or gave to, ``other_article``; ``shares``: the two share
    words or a telling, and nothing says who had it first; ``agency``: it goes back to the agency ``other``;
    ``quoted``: it prints a quotation that another outlet and another voice print too; ``altered``: its reading of that
    has other words than the better supported one, unmarked; ``differs``: the readings differ and neither is
    clearly better supported.
    other: the other outlet, or the agency. finding: id in the edition: of the utterance. says: what was found, in a few
    words of the reports: which words stand for which.
    """

    story: str
    outlet: str
    article: str
    kind: OutletFindingKind
    other: str | None = None
    other_article: str | None = None
    finding: str | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class ListedOutlet:
    """An outlet as lists show it. articles: current reports of it; stories: how many they tell."""

    outlet: str
    articles: int
    stories: int


@dataclass(frozen=True, slots=True)
class Found:
    """What an edition found of a story, as lists show it.

    lineages: how many; is_final: whether retellings were looked for too. conflicts, altered: how many, ``None`` where
    the story was not analysed; altered: quotations with a reading that has other words than a better supported one.
    headline: of its edition, ``None`` where that has none.
    """

    lineages: int
    is_final: bool
    conflicts: int | None = None
    altered: int | None = None
    headline: str | None = None
