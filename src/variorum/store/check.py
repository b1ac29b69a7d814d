"""Whether an archive is whole: every digest, every reference, and the database's own word for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from variorum.errors import ArchiveError
from variorum.store import judgements, rows
from variorum.store.tables import ADDRESSES, ARTICLES, JUDGED, JUDGEMENTS, METADATA, RAWS, RESULTS, REVISIONS, STORIES
from variorum.text import digest

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at. problems: one sentence each, with its place; empty for a sound archive."""

    articles: int
    raws: int
    stories: int
    results: int
    problems: tuple[str, ...]


def check(connection: Connection) -> Checked:
    """Look at everything an archive holds, in a transaction that reads."""
    problems = [*_database(connection), *_raws(connection), *_articles(connection), *_references(connection)]
    problems += _results(connection)
    problems += _judgements(connection)
    articles, raws, stories, results = (
        int(connection.execute(select(func.count()).select_from(one)).scalar_one())
        for one in (ARTICLES, RAWS, STORIES, RESULTS)
    )
    return Checked(articles, raws, stories, results, tuple(problems))


def _database(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (says,) in connection.execute(text("PRAGMA integrity_check(20)")):
            if says != "ok":
                yield f"the file: {says}"


def _each(connection: Connection, asked: Select[Any]) -> Iterator[Any]:
    yield from connection.execution_options(yield_per=_AT_ONCE).execute(asked)


def _raws(connection: Connection) -> Iterator[str]:
    for id, size, held in _each(connection, select(RAWS.c.sha256, RAWS.c.size, RAWS.c.packed)):
        try:
            raw = rows.unpacked(held, size)
        except ArchiveError:
            yield f"raws {id}: the bytes are damaged"
            continue
        if sha256(raw).hexdigest() != id:
            yield f"raws {id}: the bytes have another sha256"


def _articles(connection: Connection) -> Iterator[str]:
    columns = (ARTICLES.c.id, ARTICLES.c.sha256, ARTICLES.c.outlet, ARTICLES.c.told, ARTICLES.c.text)
    for id, raw, outlet, told, words, record in _each(connection, select(*columns, ARTICLES.c.record)):
        try:
            article = rows.article(record, words)
        except ArchiveError:
            yield f"articles {id}: the record cannot be read"
            continue
        if digest(outlet, words) != id or article.id != id or article.outlet != outlet:
            yield f"articles {id}: outlet and text have another digest"
        elif article.sha256 != raw:
            yield f"articles {id}: record and row name different bytes"
        elif any(part.end > len(words) for part in article.parts):
            yield f"articles {id}: a part reaches beyond the text"
        elif rows.told(article) != told:
            yield f"articles {id}: what it tells has another digest"


def _references(connection: Connection) -> Iterator[str]:
    """Foreign keys, which SQLite checks only where a program asked it to, and counts that follow from rows."""
    for table in METADATA.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            there = key.column.table.alias()
            missing = select(func.count()).select_from(table.outerjoin(there, key.parent == there.c[key.column.name]))
            lost = connection.execute(missing.where(key.parent.is_not(None), there.c[key.column.name].is_(None)))
            if count := lost.scalar_one():
                yield f"{table.name}: {count} of its rows name {key.column.table.name} that are not there"
    stands = select(ADDRESSES.c.article)
    for asked, says in (
        (ARTICLES.c.current & ARTICLES.c.id.not_in(stands) & ARTICLES.c.id.in_(select(REVISIONS.c.article)),
         "are current and stand at no address"),
        (~ARTICLES.c.current & ARTICLES.c.id.in_(stands), "stand at an address and are not current"),
    ):  # fmt: skip
        if count := connection.execute(select(func.count()).select_from(ARTICLES).where(asked)).scalar_one():
            yield f"articles: {count} {says}"
    yield from _counts(connection)
    yield from _found(connection)


def _counts(connection: Connection) -> Iterator[str]:
    held = (
        select(ARTICLES.c.story, func.count().label("articles"))
        .where(ARTICLES.c.current, ARTICLES.c.story.is_not(None))
        .group_by(ARTICLES.c.story)
        .subquery()
    )
    wrong = (
        select(STORIES.c.id)
        .select_from(STORIES.outerjoin(held, held.c.story == STORIES.c.id))
        .where(STORIES.c.articles != func.coalesce(held.c.articles, 0))
        .order_by(STORIES.c.id)
    )
    for id in connection.execute(wrong).scalars():
        yield f"stories {id}: it is said to have another number of reports than it has"


def _found(connection: Connection) -> Iterator[str]:
    every = connection.execute(select(func.count()).select_from(ARTICLES)).scalar_one()
    table = "article_words_docsize" if connection.dialect.name == "sqlite" else "article_words"
    indexed = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 - constants only
    if indexed != every:
        yield f"search: {indexed} of {every} articles can be found by their words"


def _results(connection: Connection) -> Iterator[str]:
    for id, wanted, held in _each(connection, select(RESULTS.c.id, RESULTS.c.sha256, RESULTS.c.packed)):
        try:
            value = rows.unpacked(held)
        except ArchiveError:
            yield f"results {id}: the bytes are damaged"
            continue
        if sha256(value).hexdigest() != wanted:
            yield f"results {id}: the bytes have another sha256"


def _judgements(connection: Connection) -> Iterator[str]:
    listed: dict[str, set[str]] = {}
    for judgement, article in _each(connection, select(JUDGED.c.judgement, JUDGED.c.article)):
        listed.setdefault(judgement, set()).add(article)
    judged = ARTICLES.c.id.in_(select(JUDGED.c.article))
    lengths = {
        row[0]: row[1] for row in _each(connection, select(ARTICLES.c.id, func.length(ARTICLES.c.text)).where(judged))
    }
    for row in _each(connection, select(JUDGEMENTS).order_by(JUDGEMENTS.c.id)):
        try:
            one = judgements.formed(row._mapping)
        except ArchiveError:
            yield f"judgements {row.id}: it cannot be read, or its finding has another digest"
            continue
        if {place.article for place in one.spans} != listed.get(one.id, set()):
            yield f"judgements {one.id}: it is listed under other reports than it rests on"
        elif any(place.end > lengths.get(place.article, 0) for place in one.spans):
            yield f"judgements {one.id}: it reaches beyond the text of a report"
