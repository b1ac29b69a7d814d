"""Checks that the parts of an edition fit each other: ids exist, counts are what they count."""

import re
from collections.abc import Iterable, Mapping, Sequence

from variorum.edition.ledger import Ledger, quoted, short
from variorum.edition.seal import story_digest
from variorum.records import Edition, Extract, Row, Stance
from variorum.text import digest

_SIGLUM = re.compile(r"[A-Z]+", re.ASCII)


def check_references(edition: Edition, where: str, ledger: Ledger) -> None:
    """Hold every id and every count of an edition against what it stands for."""
    _ids(edition, where, ledger)
    _lineages(edition, f"{where}.stemma", ledger)
    _claims(edition, where, ledger)
    _coverage(edition, f"{where}.coverage", ledger)
    _tables(edition, where, ledger)
    _story(edition, f"{where}.story", ledger)


def _ids(edition: Edition, where: str, ledger: Ledger) -> None:
    ledger.unique((article.id for article in edition.articles), "article", f"{where}.articles")
    ledger.unique((name.id for name in edition.names), "name", f"{where}.names")
    ledger.unique((utterance.id for utterance in edition.utterances), "utterance", f"{where}.utterances")
    ledger.unique((claim.id for claim in edition.claims), "claim", f"{where}.claims")
    ledger.unique((conflict.id for conflict in edition.conflicts), "conflict", f"{where}.conflicts")
    sigla: set[str] = set()
    for index, article in enumerate(edition.articles):
        at = f"{where}.articles[{index}].siglum"
        if not _SIGLUM.fullmatch(article.siglum or ""):
            ledger.fail(at, "An article of an edition must have a siglum, of capital letters.")
        elif article.siglum in sigla:
            ledger.fail(at, f"The siglum {quoted(article.siglum)} is another article's already.")
        sigla.add(article.siglum or "")


def _lineages(edition: Edition, where: str, ledger: Ledger) -> None:
    placed: set[str] = set()
    for index, lineage in enumerate(edition.stemma.lineages):
        at = f"{where}.lineages[{index}]"
        if not lineage.articles:
            ledger.fail(f"{at}.articles", "A lineage has no article.")
        for nth, id in enumerate(lineage.articles):
            ledger.known(id, ledger.texts, "article", f"{at}.articles[{nth}]")
            if id in placed:
                ledger.fail(f"{at}.articles[{nth}]", "The article belongs to another lineage already.")
            placed.add(id)
        kind, name = lineage.exemplar.kind, lineage.exemplar.name
        if kind == "article" and name not in lineage.articles:
            ledger.fail(f"{at}.exemplar.name", "The exemplar is none of the lineage's articles.")
        if kind == "agency" and not name:
            ledger.fail(f"{at}.exemplar.name", "The agency has no name.")
        if kind == "none" and len(lineage.articles) > 1:
            ledger.fail(f"{at}.exemplar.kind", "Several articles are called one voice, and go back to nothing.")
    for index, article in enumerate(edition.articles):
        if article.id not in placed:
            ledger.fail(f"{where}.lineages", f"The article at articles[{index}] belongs to no lineage.")
    for index, borrowing in enumerate(edition.stemma.borrowings):
        ledger.known(borrowing.a, ledger.texts, "article", f"{where}.borrowings[{index}].a")
        ledger.known(borrowing.b, ledger.texts, "article", f"{where}.borrowings[{index}].b")


def _claims(edition: Edition, where: str, ledger: Ledger) -> None:
    outlet = {article.id: article.outlet for article in edition.articles}
    for index, claim in enumerate(edition.claims):
        at = f"{where}.claims[{index}]"
        if not claim.voices:
            ledger.fail(f"{at}.voices", "A claim has no voice.")
        telling = [voice for voice in claim.voices if voice.stance != "denies"] or claim.voices
        holders = {voice.article for voice in telling}
        outlets = {outlet[id] for id in holders if id in outlet}
        _counted(claim.outlets, len(outlets), "outlets", f"{at}.outlets", ledger)
        _counted(claim.lineages, edition.stemma.voices(holders), "lineages", f"{at}.lineages", ledger)
        if claim.status == "corroborated" and claim.lineages < 2:
            ledger.fail(f"{at}.status", "A claim is called corroborated, and rests on fewer than two lineages.")
        if claim.status == "single" and claim.lineages != 1:
            ledger.fail(f"{at}.status", "A claim is called single, and does not rest on one lineage.")
    for index, conflict in enumerate(edition.conflicts):
        at = f"{where}.conflicts[{index}].positions"
        if len(conflict.positions) < 2:
            ledger.fail(at, "A conflict needs two positions.")
        for side, position in enumerate(conflict.positions):
            if not position.voices:
                ledger.fail(f"{at}[{side}].voices", "A position has no voice.")


def _counted(printed: int, found: int, what: str, where: str, ledger: Ledger) -> None:
    if printed != found:
        ledger.fail(where, f"It counts {short(printed)} {what}, and its voices come to {found}.")


def _coverage(edition: Edition, where: str, ledger: Ledger) -> None:
    claims = {claim.id for claim in edition.claims}
    columns = edition.coverage.articles
    voices: dict[str, dict[str, set[Stance]]] = {}
    for claim in edition.claims:
        for voice in claim.voices:
            voices.setdefault(claim.id, {}).setdefault(voice.article, set()).add(voice.stance)
    for index, id in enumerate(columns):
        ledger.known(id, ledger.texts, "article", f"{where}.articles[{index}]")
        if id in columns[:index]:
            ledger.fail(f"{where}.articles[{index}]", "The article has a column already.")
    for index, row in enumerate(edition.coverage.rows):
        at = f"{where}.rows[{index}]"
        ledger.known(row.claim, claims, "claim", f"{at}.claim")
        if len(row.cells) != len(columns):
            ledger.fail(f"{at}.cells", f"The row has {len(row.cells)} cells for {len(columns)} articles.")
        _cells(row, columns, voices.get(row.claim, {}), at, ledger)


def _cells(row: Row, columns: Sequence[str], stances: Mapping[str, set[Stance]], where: str, ledger: Ledger) -> None:
    """stances: what the claim's voices have, by article."""
    for nth, (article, cell) in enumerate(zip(columns, row.cells, strict=False)):
        at = f"{where}.cells[{nth}]"
        if cell.state in ("omits", "unknown") and article in stances:
            ledger.fail(f"{at}.state", f"The article is said not to tell what it has a voice for: {cell.state}.")
        if cell.state in ("reports", "attributes") and not stances.get(article, set()) - {"denies"}:
            ledger.fail(f"{at}.state", "The article is said to tell what it has no voice for.")
        if cell.place is not None and not 0 <= cell.place <= 1:
            ledger.fail(f"{at}.place", "A place must lie between 0 and 1.")
        if cell.place is not None and cell.state in ("omits", "unknown"):
            ledger.fail(f"{at}.place", "A claim that does not stand in an article has no place in it.")


def _tables(edition: Edition, where: str, ledger: Ledger) -> None:
    names = {name.id for name in edition.names}
    claims = {claim.id: claim.lineages for claim in edition.claims}
    for index, utterance in enumerate(edition.utterances):
        ledger.known(utterance.speaker, names, "name", f"{where}.utterances[{index}].speaker")
        for nth, reading in enumerate(utterance.readings):
            at = f"{where}.utterances[{index}].readings[{nth}].article"
            ledger.known(reading.article, ledger.texts, "article", at)
    for index, heard in enumerate(edition.heard):
        at = f"{where}.heard[{index}]"
        ledger.known(heard.name, names, "name", f"{at}.name")
        ledger.known(heard.article, ledger.texts, "article", f"{at}.article")
        for what, count in (("quotations", heard.quotations), ("words", heard.words)):
            if count < 0:
                ledger.fail(f"{at}.{what}", "A count cannot be below 0.")
    for index, label in enumerate(edition.labels):
        ledger.known(label.name, names, "name", f"{where}.labels[{index}].name")
        ledger.known(label.article, ledger.texts, "article", f"{where}.labels[{index}].article")
    for index, entry in enumerate(edition.timeline):
        ledger.known(entry.claim, claims, "claim", f"{where}.timeline[{index}].claim")
    for index, extract in enumerate(edition.digest):
        at = f"{where}.digest[{index}]"
        for nth, id in enumerate(extract.claims):
            ledger.known(id, claims, "claim", f"{at}.claims[{nth}]")
        _extract(extract, (claims[id] for id in extract.claims if id in claims), at, ledger)


def _extract(extract: Extract, lineages: Iterable[int], where: str, ledger: Ledger) -> None:
    """An extract rests on the lineages of its strongest claim; on its own article's where it carries none."""
    strongest = max(lineages, default=1)
    if extract.lineages != strongest:
        ledger.fail(
            f"{where}.lineages",
            f"It counts {short(extract.lineages)} lineages, and its strongest claim has {strongest}.",
        )


def _story(edition: Edition, where: str, ledger: Ledger) -> None:
    ids = sorted(article.id for article in edition.articles)
    if story_digest(edition.story.id) != digest(*ids):
        ledger.fail(f"{where}.id", "Its first half is not the digest of the ids of these articles.")
    times = [article.published.at for article in edition.articles if article.published is not None]
    for name, printed, found in (
        ("first_published", edition.story.first_published, min(times, default=None)),
        ("last_published", edition.story.last_published, max(times, default=None)),
    ):
        if printed != found:
            ledger.fail(f"{where}.{name}", "It is not the time of any article, or not the outermost.")
