"""Outlets in an archive: which there are, and what editions found of their reports."""

from collections.abc import Sequence
from itertools import islice

from sqlalchemy import Connection, func, select

from variorum.records import ListedOutlet, OutletFinding
from variorum.store.tables import ARTICLES, OUTLET_FINDINGS, STORIES


def outlets(connection: Connection, *, limit: int | None = None, holding: str = "") -> tuple[ListedOutlet, ...]:
    """The outlets, those of most reports first. holding: only those whose name has these letters, in whichever case."""
    asked = (
        select(ARTICLES.c.outlet, func.count(), func.count(ARTICLES.c.story.distinct()))
        .where(ARTICLES.c.current)
        .group_by(ARTICLES.c.outlet)
        .order_by(func.count().desc(), ARTICLES.c.outlet)
    )
    # Looked through here and not there: a file's database knows the cases of no letters but English ones.
    fitting = (row for row in connection.execute(asked) if holding.casefold() in row[0].casefold())
    return tuple(ListedOutlet(*row) for row in islice(fitting, limit))


def names(connection: Connection, *, limit: int) -> tuple[str, ...]:
    """The names of the outlets, those of most reports first."""
    asked = select(ARTICLES.c.outlet).where(ARTICLES.c.current).group_by(ARTICLES.c.outlet)
    asked = asked.order_by(func.count().desc(), ARTICLES.c.outlet).limit(limit)
    return tuple(connection.execute(asked).scalars())


def outlet(connection: Connection, name: str) -> ListedOutlet | None:
    """One outlet; ``None`` where no current report is its."""
    counted = select(func.count(), func.count(ARTICLES.c.story.distinct()))
    row = connection.execute(counted.where(ARTICLES.c.outlet == name, ARTICLES.c.current)).one()
    return ListedOutlet(name, *row) if row[0] else None


def findings(connection: Connection, name: str, *, made_by: str) -> Sequence[OutletFinding]:
    """What editions of stories as they stand found of an outlet's reports, those told last first.

    made_by: digest of the release and settings whose findings count.
    """
    columns = ("story", "outlet", "article", "kind", "other", "other_article", "finding", "says")
    asked = (
        select(*(OUTLET_FINDINGS.c[name] for name in columns))
        .join(STORIES, STORIES.c.id == OUTLET_FINDINGS.c.story)
        .where(OUTLET_FINDINGS.c.outlet == name, STORIES.c.made_by == made_by)
        .order_by(STORIES.c.told.desc(), STORIES.c.id, OUTLET_FINDINGS.c.number)
    )
    return [OutletFinding(*row) for row in connection.execute(asked)]
