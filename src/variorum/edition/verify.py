"""The proof of an edition: that every statement in it is a stretch of a report, and nothing was changed.

In: the text of an edition file, and the folders its reports were read from, when they are at hand.
Out: a :class:`Report`. Nothing is believed: structure, the seal, every span beside every text, ids and
counts, the articles' own digests, and the bytes of the files. What it cannot see is who made the file:
somebody who changes an edition on purpose and seals it anew is caught only by the files themselves.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.edition.at_hand import Inside, found, found_inside, held, stays_inside
from variorum.edition.citations import check_citations
from variorum.edition.ledger import Failure, Ledger, quoted
from variorum.edition.references import check_references
from variorum.edition.seal import seal_of
from variorum.errors import FormatError
from variorum.records import Article, Edition, Editions, Intake
from variorum.records.formed import decoded, formed

__all__ = ["Failure", "Report", "verify"]

_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_SEALED = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_FIRST_BYTES = re.compile(r"(?:[0-9a-f]{2}){0,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Report:
    """What ``verify`` found.

    failures: everything that does not hold; empty for a sound edition.
    editions, articles, citations, references: how many of each were checked.
    compared: paths whose files were at hand and have the bytes that were read.
    absent: paths whose files are not at hand, so that their bytes could not be compared; no failure.
    """

    failures: tuple[Failure, ...]
    editions: int = 0
    articles: int = 0
    citations: int = 0
    references: int = 0
    compared: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing failed."""
        return not self.failures


def verify(
    raw: str | bytes,
    *,
    base: Path | None = None,
    folders: Sequence[Path] = (),
    reread: Intake | None = None,
    inside: Inside | None = None,
) -> Report:
    """Check the text of an edition file.

    raw: the file's text, or its bytes. base: the folder the file stands in; the reports are looked for
    there and in the current directory, or only in ``folders`` when any are given.
    reread: what reading the same paths again gives; then ``alone`` and ``refused``, of which the file
    holds no text, are held against it too. inside: what reads a file that holds many reports; without it
    their bytes cannot be compared.
    Never raises on what the file says: text that is no edition is one failure at its first fault.
    """
    try:
        plain = decoded(raw)
        editions = formed(plain, Editions)
    except FormatError as error:
        where, _, what = str(error).partition(": ")
        return Report((Failure(where, f"This is no edition: {what}."),))
    ledgers = [_edition(edition, plain, index) for index, edition in enumerate(editions.editions)]
    failures = [failure for ledger in ledgers for failure in ledger.failures]
    failures += _shared(editions)
    failures += _alone(editions, reread)
    places = tuple(folders) or (base or Path(), Path())
    failures += _refused(editions, places, reread)
    compared, absent, changed = _files(editions, places, inside)
    return Report(
        failures=(*failures, *changed),
        editions=len(editions.editions),
        articles=sum(len(edition.articles) for edition in editions.editions),
        citations=sum(ledger.citations for ledger in ledgers),
        references=sum(ledger.references for ledger in ledgers),
        compared=compared,
        absent=absent,
    )


def _edition(edition: Edition, file: dict[str, Any], index: int) -> Ledger:
    where = f"$.editions[{index}]"
    ledger = Ledger({article.id: article.text for article in edition.articles})
    if not edition.articles:
        ledger.fail(f"{where}.articles", "An edition has no article.")
    if not _SEALED.fullmatch(edition.story.id):
        ledger.fail(f"{where}.story.id", f"The id {quoted(edition.story.id)} carries no seal.")
    elif edition.story.id.partition("-")[2] != seal_of(file["editions"][index], file):
        ledger.fail(f"{where}.story.id", "The seal is broken: something in this file is not as it was written.")
    for index, article in enumerate(edition.articles):
        _article(article, f"{where}.articles[{index}]", ledger)
    check_citations(edition, where, ledger)
    check_references(edition, where, ledger)
    return ledger


def _article(article: Article, where: str, ledger: Ledger) -> None:
    if not _SHA256.fullmatch(article.sha256):
        ledger.fail(f"{where}.sha256", "A SHA-256 has 64 hexadecimal digits.")
    if article.path is not None and not stays_inside(article.path):
        ledger.fail(f"{where}.path", f"The path {quoted(article.path)} leads out of what was read.")


def _shared(editions: Editions) -> list[Failure]:
    """An article belongs to one story."""
    seen: set[str] = set()
    failures = []
    for number, edition in enumerate(editions.editions):
        ids = {article.id for article in edition.articles}
        if ids & seen:
            where = f"$.editions[{number}].articles"
            failures.append(Failure(where, f"The article {quoted(min(ids & seen))} belongs to an edition above too."))
        seen |= ids
    return failures


def _alone(editions: Editions, reread: Intake | None) -> list[Failure]:
    taken = {article.id for edition in editions.editions for article in edition.articles}
    known = None if reread is None else {article.id for article in reread.articles}
    failures = []
    for index, id in enumerate(editions.alone):
        where = f"$.alone[{index}]"
        if not _ID.fullmatch(id):
            failures.append(Failure(where, f"{quoted(id)} is no id of an article: 16 hexadecimal digits were wanted."))
        elif id in taken:
            failures.append(Failure(where, "The article is said to be alone, and has a place above already."))
        elif known is not None and id not in known:
            failures.append(Failure(where, "Read again, no report has this id."))
        taken.add(id)
    return failures


def _refused(editions: Editions, folders: Sequence[Path], reread: Intake | None) -> list[Failure]:
    failures = []
    for index, row in enumerate(editions.refused):
        where = f"$.refused[{index}]"
        if row.first_bytes is not None and not _FIRST_BYTES.fullmatch(row.first_bytes):
            failures.append(Failure(f"{where}.first_bytes", "At most 32 bytes in hexadecimal were wanted."))
        elif row.first_bytes is not None:
            files = found(row.path, folders)
            if files and row.first_bytes not in {file.first_bytes for file in files}:
                failures.append(Failure(f"{where}.first_bytes", f"The file {quoted(row.path)} begins otherwise."))
        if reread is not None and row not in reread.refused:
            failures.append(Failure(where, f"Read again, {quoted(row.path)} is not refused in these words."))
    return failures


def _files(
    editions: Editions, folders: Sequence[Path], inside: Inside | None
) -> tuple[tuple[str, ...], tuple[str, ...], list[Failure]]:
    compared, absent, failures = [], [], []
    paths = [article.path for edition in editions.editions for article in edition.articles if article.path is not None]
    within = {} if inside is None else found_inside(paths, folders, inside)
    for number, edition in enumerate(editions.editions):
        for index, article in enumerate(edition.articles):
            if article.path is None:
                continue
            state = held(article.sha256, found(article.path, folders) or within.get(article.path, ()))
            if state == "same":
                compared.append(article.path)
            elif state == "absent":
                absent.append(article.path)
            else:
                where = f"$.editions[{number}].articles[{index}].sha256"
                failures.append(
                    Failure(where, f"The file {quoted(article.path)} does not have the bytes that were read.")
                )
    return tuple(compared), tuple(absent), failures
