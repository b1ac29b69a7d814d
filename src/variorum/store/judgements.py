"""What editors say of findings, beside the evidence and never part of it.

A judgement is found by the reports it rests on and not by the story it was made in, so that it goes along when stories
are merged or split.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Select, delete, func, select

from variorum.config import Store
from variorum.errors import ArchiveError, UsageError
from variorum.records import Finding, FindingKind, Judgement, Place, Verdict
from variorum.store.tables import ADDRESSES, ARTICLES, JUDGED, JUDGEMENTS, REVISIONS
from variorum.store.upsert import upsert
from variorum.text import digest

_IDS = 500  # in one question; a database takes only so many
_AT_ONCE = 50  # judgements read together; one of a whole story may rest on hundreds of reports
_KEPT = tuple(column.name for column in JUDGEMENTS.c if column.name != "id")
# Controls but newline and tab, what turns a line around, halves of surrogate pairs: no words of anybody's.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def judgement_id(finding: Finding | Judgement, by: str) -> str:
    """The id of what an editor says of a finding: one editor has one judgement of it."""
    places = (f"{place.article}:{place.start}:{place.end}" for place in finding.spans)
    return digest("judgement", finding.kind, finding.holds, by, *places)


def put(connection: Connection, judgement: Judgement, *, settings: Store) -> Judgement:
    """Keep a judgement, in the place of the same editor's earlier one of the same finding; an empty one takes it away.

    Returns it as it was kept: without control characters and white space around its words, its id that of the finding
    and the editor, its ``at`` that of the one it replaces.
    Raises UsageError where the comment or the name is too long, or where it rests on no report of this archive.
    """
    refuse_unbounded(judgement, settings)
    ready = replace(judgement, comment=_words(judgement.comment), by=" ".join(_words(judgement.by).split()))
    ready = replace(ready, id=judgement_id(ready, ready.by))
    earlier = connection.execute(select(JUDGEMENTS.c.at).where(JUDGEMENTS.c.id == ready.id)).scalar()
    ready = replace(ready, at=min(earlier or ready.at, ready.at))
    if ready.is_empty:
        remove(connection, ready.id)
        return ready
    articles = sorted({place.article for place in ready.spans})
    _refuse_unknown(connection, articles)
    values = _row(ready)
    connection.execute(upsert(connection, JUDGEMENTS, values, ("id",), _KEPT))
    for article in articles:
        link = {"judgement": ready.id, "article": article}
        connection.execute(upsert(connection, JUDGED, link, ("judgement", "article")))
    return ready


def remove(connection: Connection, id: str) -> bool:
    """Take a judgement away. Returns whether there was one."""
    connection.execute(delete(JUDGED).where(JUDGED.c.judgement == id))
    return connection.execute(delete(JUDGEMENTS).where(JUDGEMENTS.c.id == id)).rowcount > 0


def one(connection: Connection, id: str) -> Judgement | None:
    """The judgement of that id, ``None`` where there is none."""
    return next(_formed(connection, select(JUDGEMENTS).where(JUDGEMENTS.c.id == id)), None)


def heirs(connection: Connection, articles: Iterable[str]) -> dict[str, str]:
    """By superseded revision, the article that stands at its address now.

    Those that stand, and those whose addresses lead to several articles by now, are not among them.
    """
    ids, found = sorted(set(articles)), dict[str, set[str]]()
    for start in range(0, len(ids), _IDS):
        asked = (
            select(ARTICLES.c.id, ADDRESSES.c.article)
            .join(REVISIONS, REVISIONS.c.article == ARTICLES.c.id)
            .join(ADDRESSES, ADDRESSES.c.address == REVISIONS.c.address)
            .where(ARTICLES.c.id.in_(ids[start : start + _IDS]), ~ARTICLES.c.current)
        )
        for old, now in connection.execute(asked):
            found.setdefault(old, set()).add(now)
    return {old: next(iter(now)) for old, now in found.items() if len(now) == 1}


def outlets(connection: Connection, articles: Iterable[str]) -> dict[str, str]:
    """The outlet of each article, by the article's id."""
    ids, found = sorted(set(articles)), dict[str, str]()
    for start in range(0, len(ids), _IDS):
        asked = select(ARTICLES.c.id, ARTICLES.c.outlet).where(ARTICLES.c.id.in_(ids[start : start + _IDS]))
        found.update((id, outlet) for id, outlet in connection.execute(asked))
    return found


def of_story(connection: Connection, story: str) -> tuple[Judgement, ...]:
    """The judgements that rest on a report of a story, superseded revisions included, in the order they were made.

    story: its id as the story stands now, see :func:`variorum.store.stories.story_of`.
    """
    here = select(JUDGED.c.judgement).join(ARTICLES, ARTICLES.c.id == JUDGED.c.article).where(ARTICLES.c.story == story)
    return tuple(_formed(connection, _ordered().where(JUDGEMENTS.c.id.in_(here))))


def every(connection: Connection) -> Iterator[Judgement]:
    """All judgements of an archive, a few at a time, in the order they were made."""
    ids = connection.execute(select(JUDGEMENTS.c.id).order_by(JUDGEMENTS.c.at, JUDGEMENTS.c.id)).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        yield from _formed(connection, _ordered().where(JUDGEMENTS.c.id.in_(ids[start : start + _AT_ONCE])))


def latest(
    connection: Connection, *, limit: int, verdict: Verdict | None = None, starred: bool = False
) -> tuple[tuple[Judgement, ...], int]:
    """The judgements changed last, and how many there are. verdict, starred: only those that say so."""
    fits: list[ColumnElement[bool]] = [JUDGEMENTS.c.verdict == verdict] if verdict else []
    fits += [JUDGEMENTS.c.starred] if starred else []
    asked = select(JUDGEMENTS).where(*fits).order_by(JUDGEMENTS.c.changed_at.desc(), JUDGEMENTS.c.id).limit(limit)
    total = connection.execute(select(func.count()).select_from(JUDGEMENTS).where(*fits)).scalar_one()
    return tuple(_formed(connection, asked)), int(total)


def formed(row: Mapping[Any, Any]) -> Judgement:
    """The judgement of a row, of whatever origin. Raises ArchiveError where the row can hold none."""
    try:
        spans = tuple(Place(str(article), int(start), int(end)) for article, start, end in json.loads(row["spans"]))
        words = [value for name, value in row.items() if name not in ("verdict", "starred")]
        verdict: Verdict | None = row["verdict"]
        kind: FindingKind = row["kind"]
        is_whole = (
            all(isinstance(one, str) for one in words)
            and kind in get_args(FindingKind)
            and verdict in (None, *get_args(Verdict))
            and isinstance(row["starred"], bool | int)
            and bool(spans)
            and all(0 <= place.start <= place.end for place in spans)
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ArchiveError(f"a judgement cannot be read: {error}; `variorum check` says which") from error
    made = Judgement(
        id=row["id"], story=row["story"], kind=kind, spans=spans, holds=row["holds"], says=row["says"],
        verdict=verdict, comment=row["comment"], starred=bool(row["starred"]), by=row["editor"], at=row["at"],
        changed_at=row["changed_at"], release=row["release"],
    )  # fmt: skip
    if not is_whole or made.id != judgement_id(made, made.by):
        raise ArchiveError("a judgement is damaged; `variorum check` says which")
    return made


def refuse_unbounded(judgement: Judgement, settings: Store) -> None:
    """Refuse more words than an editor may write. Raises UsageError that names the limit."""
    for what, given, most in (
        ("a comment", judgement.comment, settings.comment_characters),
        ("an editor's name", judgement.by, settings.editor_characters),
        # These the program writes itself, and never so long; an export that was meddled with may have anything there.
        *(
            ("a judgement's own line", told, settings.comment_characters)
            for told in (judgement.says, judgement.holds, judgement.story, judgement.release, judgement.changed_at)
        ),
    ):
        if len(given) > most:
            raise UsageError(f"{what} may have {most:,} characters at most, and this has {len(given):,}")


def _words(given: str) -> str:
    """An editor's words, fit to be kept and shown."""
    return _UNWANTED.sub("", given.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _refuse_unknown(connection: Connection, articles: Sequence[str]) -> None:
    known: set[str] = set()
    for start in range(0, len(articles), _IDS):
        some = ARTICLES.c.id.in_(articles[start : start + _IDS])
        known |= set(connection.execute(select(ARTICLES.c.id).where(some)).scalars())
    if not articles or known != set(articles):
        raise UsageError("a judgement must rest on reports that the archive has")


def _row(judgement: Judgement) -> dict[str, Any]:
    columns = asdict(judgement)
    columns["editor"] = columns.pop("by")
    columns["spans"] = json.dumps([[place.article, place.start, place.end] for place in judgement.spans])
    return columns


def _ordered() -> Select[Any]:
    return select(JUDGEMENTS).order_by(JUDGEMENTS.c.at, JUDGEMENTS.c.id)


def _formed(connection: Connection, asked: Select[Any]) -> Iterator[Judgement]:
    for row in connection.execute(asked).mappings().all():
        yield formed(row)
