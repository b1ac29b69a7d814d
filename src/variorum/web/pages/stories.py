"""What is being told now: the stories of the archive, the newest first, searched and filtered by the address."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request

from variorum.errors import UsageError
from variorum.records import ListedArticle, ListedStory
from variorum.render.hits_view import HitView, hit_views
from variorum.render.spark import Spark, spark
from variorum.store import finding, outlets, search
from variorum.store import stories as kept
from variorum.store.clock import stamp
from variorum.store.stories import Flag, Wanted
from variorum.web import addresses
from variorum.web.room import Room
from variorum.web.routes import Page
from variorum.web.shown import Shown

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_FLAGS: dict[str, Flag] = {"disputed": "disputed", "altered": "altered"}
_A_DAY = timedelta(days=1)
_LAST_DAY = datetime.max.replace(tzinfo=UTC) - _A_DAY  # no day comes after it
_OUTLETS = 500  # suggested where an outlet is asked for
_HITS = 2  # reports shown of a story that was searched for
_LONGEST = 400  # characters of what is searched for
_QUERY = (
    ("q", 'Words the reports must have: all of them, a "phrase", -unwanted, one OR other.'),
    ("outlet", "Only stories this outlet tells."),
    ("since", "Only stories last told on that day or later, YYYY-MM-DD."),
    ("until", "Only stories last told on that day or before, YYYY-MM-DD."),
    ("flag", "disputed: with a dispute; altered: with an altered quotation. Of the stories that were analysed."),
    ("alone", "1: reports that share their story with no other too."),
    ("after", "The story after which the list goes on, as `next` gives it."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; empty where it does not."""

    q: str
    outlet: str
    since: str
    until: str
    flag: str
    alone: str

    def address(self, **other: str) -> str:
        """The address of the list with these filters, some of them replaced."""
        return addresses.stories({**asdict(self), **other})

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any((self.q, self.outlet, self.since, self.until, self.flag))


@dataclass(frozen=True, slots=True)
class Row:
    """A story of the list. hits: the first of its reports that were searched for, the newest arrived first; more: how
    many others there are."""

    story: ListedStory
    href: str
    spark: Spark | None
    hits: Sequence[HitView] = ()
    more: int = 0


def stories(room: Room, request: Request) -> Shown:
    """The page."""
    asked = _asked(request)
    wanted, hits, trouble = _wanted(room, asked, request.query_params.get("after", ""))
    if trouble and request.url.path.endswith(".json"):
        raise HTTPException(422, trouble)
    with room.archive.reading() as connection:
        listed = kept.stories(connection, order="newest", limit=room.web.listed + 1, wanted=wanted)
        total = kept.how_many(connection, wanted)
        known = outlets.names(connection, limit=_OUTLETS)
    more = listed[room.web.listed :]
    listed = listed[: room.web.listed]
    room.desk.count(one.id for one in listed if one.found is None)
    after = f"{listed[-1].last_published or listed[-1].last_added}~{listed[-1].id}" if more else ""
    rows = _rows(room, asked, listed, hits)
    values = {
        "here": "stories",
        "asked": asked,
        "rows": rows,
        "total": total,
        "outlets": known,
        "following": asked.address(after=after) if after else "",
        "trouble": trouble,
        "is_empty": not listed and not asked.is_filtered,
    }
    return Shown(
        "stories.html.j2",
        values,
        lambda: {
            "total": total,
            "next": f"/stories.json?{asked.address(after=after).partition('?')[2]}" if after else None,
            "stories": [_plain(row) for row in rows],
        },
    )


def _rows(
    room: Room, asked: Asked, listed: Sequence[ListedStory], hits: Mapping[str, Sequence[ListedArticle]]
) -> tuple[Row, ...]:
    if not hits:
        return tuple(Row(one, addresses.story(one.id), spark(one)) for one in listed)
    shown = {one.id: hits.get(one.id, ())[:_HITS] for one in listed}
    with room.archive.reading() as connection:
        texts = finding.texts(connection, (hit.id for some in shown.values() for hit in some))
    terms = search.terms(asked.q, most=room.settings.store.search_words)
    words = [term.words[0] for term in terms if not term.is_unwanted]
    return tuple(
        Row(one, addresses.story(one.id), spark(one), hit_views(shown[one.id], texts, words),
            len(hits.get(one.id, ())) - len(shown[one.id]))
        for one in listed
    )  # fmt: skip


def _asked(request: Request) -> Asked:
    def given(name: str) -> str:
        return " ".join(request.query_params.get(name, "").split())[:_LONGEST]

    return Asked(*(given(name) for name in ("q", "outlet", "since", "until", "flag", "alone")))


def _wanted(room: Room, asked: Asked, after: str) -> tuple[Wanted, dict[str, list[ListedArticle]], str]:
    """What the store is asked for; the reports that were searched for, by story; what of the address makes no sense."""
    hits: dict[str, list[ListedArticle]] = {}
    trouble = ""
    for name, day in (("since", asked.since), ("until", asked.until)):
        if day and _midnight(day) is None:
            trouble = f"“{name}” wants a day, such as 2025-03-31."
    if asked.flag and asked.flag not in _FLAGS:
        trouble = "“flag” wants “disputed” or “altered”."
    if asked.q:
        try:
            with room.archive.reading() as connection:
                for one in search.newest(
                    connection, asked.q, settings=room.settings.store, limit=room.web.searched, is_typing=True
                ):
                    if one.story is not None:
                        hits.setdefault(one.story, []).append(one)
        except UsageError as error:
            trouble = f"{str(error)[:1].upper()}{str(error)[1:]}."
    since, until = _midnight(asked.since), _midnight(asked.until)
    told, mark, id = after.partition("~")
    return (
        Wanted(
            least=1 if asked.alone or asked.q else 2,
            since=stamp(since) if since else None,
            until=stamp(until + _A_DAY) if until and until < _LAST_DAY else None,
            outlet=asked.outlet or None,
            flag=_FLAGS.get(asked.flag),
            among=tuple(hits) if asked.q or trouble else None,
            made_by=room.finder,
            before=(told, id) if mark else None,
        ),
        hits,
        trouble,
    )


def _midnight(day: str) -> datetime | None:
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC) if _DAY.match(day) else None
    except ValueError:
        return None


def _plain(row: Row) -> dict[str, object]:
    one, found = row.story, row.story.found
    return {
        "story": one.id,
        "url": row.href,
        "headline": one.headline,
        "reports": one.articles,
        "outlets": one.outlets,
        "outlet_names": list(one.outlet_names),
        "lineages": found.lineages if found else None,
        "lineages_final": found.is_final if found else False,
        "conflicts": found.conflicts if found else None,
        "altered_quotations": found.altered if found else None,
        "first_published": one.first_published,
        "last_published": one.last_published,
        "last_added": one.last_added,
        "arrivals": list(one.arrivals),
        "hits": [
            {
                "article": hit.article.id,
                "outlet": hit.article.outlet,
                "title": hit.article.title,
                "start": hit.span.start if hit.span else None,
                "end": hit.span.end if hit.span else None,
                "text": hit.words if hit.span else None,
            }
            for hit in row.hits
        ],
        "more_hits": row.more,
    }


PAGES = (Page("/stories", stories, "The stories of the archive, the last told first.", _QUERY, "Stories"),)
