"""Stories in an archive: which report is in which, how that came about, and what a list shows of them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, delete, func, insert, select, tuple_, update

from variorum.errors import UsageError
from variorum.records import Change, Found, ListedArticle, ListedStory, OutletFinding
from variorum.store.clock import stamp
from variorum.store.tables import ADDRESSES, ARTICLES, CHANGES, OUTLET_FINDINGS, PUBLISHED, REVISIONS, STORIES
from variorum.store.upsert import upsert

Order = Literal["newest", "biggest"]
_SHORTEST_PREFIX = 4  # characters of an id that may stand for the whole
Flag = Literal["disputed", "altered"]
_AT_ONCE = 500
_SHARED = 2
_NAMED = 8  # outlets a list names
_PARTS = 20  # of the time a story was told in
_A_DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article as gathering sees it. story: where it is, ``None`` while it waits. placed: the step that put it there,
    counted from 1."""

    article: str
    sketch: bytes | None
    day: int | None
    story: str | None
    placed: int | None


def waiting(connection: Connection, most: int) -> tuple[Waiting, ...]:
    """Articles that no story has yet, in the order of their arrival."""
    return _gathered(connection, ARTICLES.c.story.is_(None), ARTICLES.c.seq, most)


def placed_since(connection: Connection, step: int) -> tuple[Waiting, ...]:
    """Articles that were put into a story after gathering step ``step``, by whichever program."""
    return _gathered(connection, ARTICLES.c.placed > step, ARTICLES.c.seq, None)


def of_day(connection: Connection, day: int) -> tuple[Waiting, ...]:
    """The gathered articles filed under a day."""
    return _gathered(connection, (ARTICLES.c.day == day) & ARTICLES.c.story.is_not(None), ARTICLES.c.seq, None)


def days(connection: Connection) -> tuple[int, ...]:
    """The days under which articles are filed, what gives no day first, then the latest first."""
    held = connection.execute(select(ARTICLES.c.day).where(ARTICLES.c.day.is_not(None)).distinct()).scalars()
    return tuple(sorted(held, key=lambda day: (day >= 0, -abs(day))))


def last_step(connection: Connection) -> int:
    """The number of the last gathering step; 0 before the first."""
    return int(connection.execute(select(func.coalesce(func.max(ARTICLES.c.placed), 0))).scalar_one())


def place(connection: Connection, changes: Sequence[Change], step: int) -> None:
    """Carry out what gathering decided, record it, and count the stories concerned anew."""
    for story in sorted(move(connection, changes, step)):
        count(connection, story)


def move(connection: Connection, changes: Sequence[Change], step: int) -> set[str]:
    """Carry out what gathering decided and record it. Returns the stories that are to be counted anew."""
    now = stamp()
    touched: set[str] = set()
    for change in changes:
        if change.kind in ("opened", "split"):
            connection.execute(upsert(connection, STORIES, {"id": change.story, "opened_at": now}, ("id",)))
        for start in range(0, len(change.articles), _AT_ONCE):
            these = ARTICLES.c.id.in_(change.articles[start : start + _AT_ONCE])
            touched |= _left(connection, these)
            connection.execute(update(ARTICLES).where(these).values(story=change.story, placed=step))
        if change.kind == "merged":
            # Also what lies so far back that gathering did not have it at hand.
            rest = ARTICLES.c.story == change.other
            connection.execute(update(ARTICLES).where(rest).values(story=change.story, placed=step))
            connection.execute(update(STORIES).where(STORIES.c.id == change.other).values(merged_into=change.story))
        row = {"at": now, "kind": change.kind, "story": change.story, "other": change.other}
        connection.execute(insert(CHANGES).values(**row, articles=json.dumps(change.articles)))
        touched |= {change.story, *([change.other] if change.other else [])}
    return touched


def _left(connection: Connection, these: ColumnElement[bool]) -> set[str]:
    """The stories that articles are in before they are moved."""
    held = connection.execute(select(ARTICLES.c.story).where(these, ARTICLES.c.story.is_not(None)).distinct())
    return {str(story) for story in held.scalars()}


def count(connection: Connection, story: str) -> None:
    """Count a story anew: its reports, outlets and times, and the headline it goes by.

    The headline is that of the earliest report that has one; it is somebody's words, and whose it is the list of
    reports shows. What was found of the story as it stood before goes.
    """
    held = connection.execute(
        select(ARTICLES.c.outlet, ARTICLES.c.title, ARTICLES.c.published_at, ARTICLES.c.added_at)
        .where(ARTICLES.c.story == story, ARTICLES.c.current)
        .order_by(func.coalesce(ARTICLES.c.published_at, "9"), ARTICLES.c.seq)
    ).all()
    published = sorted(row.published_at for row in held if row.published_at)
    last_added = max((row.added_at for row in held), default=None)
    outlets = list(dict.fromkeys(row.outlet for row in held))
    connection.execute(
        update(STORIES).where(STORIES.c.id == story).values(
            headline=next((row.title for row in held if row.title), None),
            articles=len(held),
            outlets=len(outlets),
            first_published=published[0] if published else None,
            last_published=published[-1] if published else None,
            last_added=last_added,
            told=published[-1] if published else last_added,
            shared=len(held) > 1,
            arrivals=json.dumps(arrivals(published)),
            outlet_names=json.dumps(outlets[:_NAMED]),
            made_by=None, lineages=None, lineages_final=False, conflicts=None, altered=None,
        )
    )  # fmt: skip
    connection.execute(delete(OUTLET_FINDINGS).where(OUTLET_FINDINGS.c.story == story))


def arrivals(times: Sequence[str]) -> tuple[int, ...]:
    """How many of these times, ISO 8601 and sorted, lie in each of twenty equal parts of the whole; empty where all
    are one.

    The whole is a day at least: two reports of one hour would else look like two of one week.
    """
    at = [datetime.fromisoformat(time).timestamp() for time in times]
    if not at or at[0] == at[-1]:
        return ()
    counts, whole = [0] * _PARTS, max(_A_DAY, at[-1] - at[0])
    for one in at:
        counts[min(_PARTS - 1, int((one - at[0]) / whole * _PARTS))] += 1
    return tuple(counts)


def found(
    connection: Connection, story: str, result: Found, findings: Sequence[OutletFinding], *, made_by: str
) -> None:
    """Keep what was found of a story as it stands. made_by: digest of the release and settings that found it."""
    values = {"lineages": result.lineages, "lineages_final": result.is_final, "made_by": made_by}
    values |= {"conflicts": result.conflicts, "altered": result.altered}
    values |= {"headline": result.headline} if result.headline else {}
    connection.execute(update(STORIES).where(STORIES.c.id == story).values(**values))
    connection.execute(delete(OUTLET_FINDINGS).where(OUTLET_FINDINGS.c.story == story))
    rows = [asdict(one) for one in findings]
    for start in range(0, len(rows), _AT_ONCE):
        connection.execute(insert(OUTLET_FINDINGS), rows[start : start + _AT_ONCE])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which stories a list shows.

    least: reports a story must have. since, until: last told, or added, at that time or later, and before that one,
    ISO 8601. outlet: one that tells it. flag: what was found in it. among: no other than these. made_by: digest of the
    release and settings whose findings count; those of others are not shown. before: the story after which the list
    goes on, as its ``told`` and id.
    """

    least: int = 2
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    flag: Flag | None = None
    among: tuple[str, ...] | None = None
    made_by: str | None = None
    before: tuple[str, str] | None = None


def stories(
    connection: Connection, *, order: Order, limit: int | None, wanted: Wanted | None = None
) -> tuple[ListedStory, ...]:
    """Stories for a list; newest: those last told first."""
    wanted = wanted or Wanted()
    newest = (STORIES.c.told.desc(), STORIES.c.id.desc())
    by = (STORIES.c.articles.desc(), *newest) if order == "biggest" else newest
    asked = _listed().where(*_fits(wanted)).order_by(*by)
    if wanted.before is not None:
        asked = asked.where(tuple_(STORIES.c.told, STORIES.c.id) < tuple_(*wanted.before))
    if limit is not None:
        asked = asked.limit(limit)
    return tuple(_story(row, wanted.made_by) for row in connection.execute(asked))


def how_many(connection: Connection, wanted: Wanted | None = None) -> int:
    """How many stories there are that fit."""
    asked = select(func.count()).select_from(STORIES).where(*_fits(wanted or Wanted()))
    return int(connection.execute(asked).scalar_one())


def listed(connection: Connection, ids: Iterable[str], *, made_by: str | None = None) -> dict[str, ListedStory]:
    """Stories by id. made_by: see :class:`Wanted`."""
    wanted = sorted(set(ids))
    found: dict[str, ListedStory] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        held = connection.execute(_listed().where(STORIES.c.id.in_(wanted[start : start + _AT_ONCE])))
        found.update((row.id, _story(row, made_by)) for row in held)
    return found


def members(connection: Connection, story: str) -> tuple[ListedArticle, ...]:
    """The reports of a story as they stand now, the earliest first, undated ones last; no superseded revision."""
    return members_of(connection, (story,)).get(story, ())


def members_of(connection: Connection, wanted: Iterable[str]) -> dict[str, tuple[ListedArticle, ...]]:
    """The reports of several stories, each as :func:`members` has them; stories without any are left out."""
    columns = (ARTICLES.c.id, ARTICLES.c.key, ARTICLES.c.outlet, ARTICLES.c.title, PUBLISHED)
    asked = select(*columns, ARTICLES.c.url, ARTICLES.c.story).where(ARTICLES.c.current)
    ids, found = sorted(set(wanted)), dict[str, list[ListedArticle]]()
    for start in range(0, len(ids), _AT_ONCE):
        for row in connection.execute(asked.where(ARTICLES.c.story.in_(ids[start : start + _AT_ONCE]))):
            found.setdefault(row.story, []).append(ListedArticle(*row))
    # Sorted here and not there: two databases have two ideas of the order of letters.
    return {
        story: tuple(sorted(held, key=lambda one: (one.published is None, one.published or "", one.outlet, one.id)))
        for story, held in found.items()
    }


def stories_of(connection: Connection, wanted: Iterable[str]) -> dict[str, str]:
    """The story of each article that has one, by the article's id."""
    ids, found = sorted(set(wanted)), dict[str, str]()
    for start in range(0, len(ids), _AT_ONCE):
        asked = select(ARTICLES.c.id, ARTICLES.c.story).where(ARTICLES.c.id.in_(ids[start : start + _AT_ONCE]))
        found.update((id, story) for id, story in connection.execute(asked) if story is not None)
    return found


def story_of(connection: Connection, wanted: str) -> str:
    """The id of the story meant: by its id, the beginning of it, or the id of one of its reports.

    A story that was merged leads to what it became. Raises UsageError where none, or more than one, is meant.
    """
    story: str | None = _one(connection, STORIES.c.id, wanted, "story")
    if story is None:
        report = _one(connection, ARTICLES.c.id, wanted, "report")
        story = None if report is None else _story_now(connection, report)
    if story is None:
        raise UsageError(f"there is no story {wanted!r} here; `variorum stories` lists them")
    return _now(connection, story)


def changes(connection: Connection, story: str) -> Iterator[tuple[str, Change]]:
    """How a story came about: each time, ISO 8601 UTC, with what was decided."""
    asked = select(CHANGES).where((CHANGES.c.story == story) | (CHANGES.c.other == story)).order_by(CHANGES.c.number)
    for row in connection.execute(asked):
        yield row.at, Change(row.kind, row.story, row.other, tuple(json.loads(row.articles)))


def _story_now(connection: Connection, report: str) -> str | None:
    """The story of a report, or of what stands in its place since it was changed."""
    stands = (
        select(ADDRESSES.c.article)
        .join(REVISIONS, REVISIONS.c.address == ADDRESSES.c.address)
        .where(REVISIONS.c.article == report)
        .order_by(ADDRESSES.c.address)
    )
    is_current = connection.execute(select(ARTICLES.c.current).where(ARTICLES.c.id == report)).scalar()
    now = report if is_current else connection.execute(stands).scalar() or report
    story: str | None = connection.execute(select(ARTICLES.c.story).where(ARTICLES.c.id == now)).scalar()
    return story


def _now(connection: Connection, story: str) -> str:
    seen = {story}
    while True:
        into = connection.execute(select(STORIES.c.merged_into).where(STORIES.c.id == story)).scalar()
        if into is None or into in seen:
            return story
        seen.add(into)
        story = into


def _one(connection: Connection, column: Column[str], wanted: str, what: str) -> str | None:
    if len(wanted) < _SHORTEST_PREFIX:
        raise UsageError(f"{wanted!r} is too short for an id: at least {_SHORTEST_PREFIX} of its characters are needed")
    found = connection.execute(
        # Ids are hexadecimal, so that "g" comes after all that may follow; a pattern would use no index.
        select(column).where(column >= wanted, column < f"{wanted}g").order_by(column).limit(2)
    ).scalars().all()  # fmt: skip
    if len(found) > 1 and found[0] != wanted:
        raise UsageError(f"{wanted!r} may be more than one {what}; give more of its id")
    return str(found[0]) if found else None


def _fits(wanted: Wanted) -> list[ColumnElement[bool]]:
    # Indexes have the stories of several reports, and those of any, in the order in which they were told. One without a
    # report, because it was merged or all were changed, was never told.
    fits: list[ColumnElement[bool]] = [STORIES.c.shared if wanted.least == _SHARED else STORIES.c.told > ""]
    if wanted.least > _SHARED:
        fits.append(STORIES.c.articles >= wanted.least)
    if wanted.since is not None:
        fits.append(STORIES.c.told >= wanted.since)
    if wanted.until is not None:
        fits.append(STORIES.c.told < wanted.until)
    if wanted.outlet is not None:
        told = select(ARTICLES.c.story).where(ARTICLES.c.outlet == wanted.outlet, ARTICLES.c.current)
        fits.append(STORIES.c.id.in_(told))
    if wanted.flag is not None:
        flag = STORIES.c.conflicts if wanted.flag == "disputed" else STORIES.c.altered
        fits += [flag > 0, STORIES.c.made_by == wanted.made_by]
    if wanted.among is not None:
        fits.append(STORIES.c.id.in_(wanted.among))
    return fits


def _listed() -> Select[Any]:
    return select(STORIES)


def _story(row: Row[Any], made_by: str | None) -> ListedStory:
    is_known = row.lineages is not None and row.made_by == made_by
    return ListedStory(
        row.id, row.headline, row.articles, row.outlets, row.first_published, row.last_published, row.last_added,
        arrivals=tuple(json.loads(row.arrivals or "[]")),
        outlet_names=tuple(json.loads(row.outlet_names or "[]")),
        found=Found(row.lineages, row.lineages_final, row.conflicts, row.altered) if is_known else None,
    )  # fmt: skip


def _gathered(
    connection: Connection, which: ColumnElement[bool], order: ColumnElement[Any], most: int | None
) -> tuple[Waiting, ...]:
    asked = select(ARTICLES.c.id, ARTICLES.c.sketch, ARTICLES.c.day, ARTICLES.c.story, ARTICLES.c.placed)
    asked = asked.where(which).order_by(order)
    return tuple(Waiting(*row) for row in connection.execute(asked.limit(most) if most is not None else asked))
