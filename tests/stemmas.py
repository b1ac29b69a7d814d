"""Editions for the drawings: so many reports, in voices of so many, with names short and long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from crowded_edition import crowded
from edition_fixture import bare

from variorum.edition.sigla import lettered
from variorum.records import Borrowing, Edition, Exemplar, Lineage, Published, Stemma, TimelineEntry

NAMES = (
    "The Pellam Record", "Port", "The Lower Town Intelligencer and Advertiser", "Radio Caddon", "El Faro de Lindar",
    "Donaudampfschifffahrtsgesellschaftsblatt", "Frankfurter Nachrichtenzeitung",
)  # fmt: skip


def edition_of(*sizes: int, seed: int = 3) -> Edition:
    """An edition whose voices have so many reports each; what borrows from what is drawn by lot."""
    random = Random(seed)
    reports = sum(sizes)
    made = crowded(reports, 6) if reports > 5 else bare(*crowded(6, 6).articles[:reports])
    start = datetime(2031, 10, 7, 6, tzinfo=UTC)
    articles = lettered([
        replace(
            article, outlet=f"{NAMES[at % len(NAMES)]} {at}",
            published=Published(start + timedelta(minutes=random.randrange(2600)), "minute"),
        )
        for at, article in enumerate(made.articles)
    ])  # fmt: skip
    lineages, borrowings, at = list[Lineage](), list[Borrowing](), 0
    for number, size in enumerate(sizes):
        members = articles[at : at + size]
        at += size
        kinds = (Exemplar("agency", "Northern Press"), Exemplar("article", members[0].id), Exemplar("lost", None))
        ids = tuple(member.id for member in members)
        lineages.append(Lineage(ids, kinds[number % 3] if size > 1 else Exemplar("none", None), ()))
        for place, member in enumerate(members[1:], start=1):
            giver = members[0] if random.random() < 0.7 else members[random.randrange(place)]
            directed, kind = random.random() < 0.5, "verbatim" if random.random() < 0.7 else "retold"
            borrowings.append(Borrowing(giver.id, member.id, directed, kind, (), share=random.random()))
    return replace(made, articles=articles, stemma=Stemma(tuple(borrowings), tuple(lineages)))


def dated(edition: Edition, *times: tuple[str, str]) -> Edition:
    """The edition with a timeline of so many moments, the words of its claims in turn."""
    entries = []
    for number, (when, precision) in enumerate(times):
        claim = edition.claims[number % len(edition.claims)]
        entries.append(TimelineEntry(when, precision, claim.article, claim.start, claim.end, claim.id))
    return replace(edition, timeline=tuple(entries))
