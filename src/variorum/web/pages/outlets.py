"""Outlets: which there are, and what the editions found of one's reports. Counts, and no ranking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from variorum.errors import UsageError
from variorum.records import ListedOutlet, ListedStory, OutletFinding, OutletFindingKind
from variorum.store import outlets as kept
from variorum.store import stories
from variorum.web import addresses
from variorum.web.room import Room
from variorum.web.routes import Page
from variorum.web.shown import Shown

_LISTED = 500
_SHOWN = 25  # places shown of one kind


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found. href: the page that shows it."""

    finding: OutletFinding
    story: ListedStory
    href: str


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties reports of the outlet to another's. other: an outlet or an agency. stories: how many; reports: of this
    outlet."""

    other: str
    stories: int
    reports: int
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class OutletView:
    """One outlet. compared, timed, quoted: out of how many the other figures are. Lists are cut to what a page bears;
    the counts are of all."""

    outlet: ListedOutlet
    compared: int
    timed: int
    first: int
    first_places: Sequence[Place]
    quoted: int
    altered: int
    altered_places: Sequence[Place]
    differs: int
    took: Sequence[Ties]
    gave: Sequence[Ties]
    shares: Sequence[Ties]
    agencies: Sequence[Ties]


def outlets(room: Room, request: Request) -> Shown:
    """The page of all outlets."""
    asked = request.query_params.get("q", "").strip()[:200]
    with room.archive.reading() as connection:
        found = kept.outlets(connection, limit=_LISTED + 1, holding=asked)
    shown = found[:_LISTED]
    return Shown(
        "outlets.html.j2",
        {"here": "outlets", "q": asked, "outlets": [(one, addresses.outlet(one.outlet)) for one in shown],
         "is_cut": len(found) > _LISTED},
        lambda: {"outlets": [_plain(one) for one in shown], "complete": len(found) <= _LISTED},
    )  # fmt: skip


def outlet(room: Room, request: Request) -> Shown:
    """The page of one outlet."""
    name = request.query_params.get("name", "")
    with room.archive.reading() as connection:
        listed = kept.outlet(connection, name)
        if listed is None:
            raise UsageError(f"no report here is by an outlet {name[:80]!r}")
        found = kept.findings(connection, name, made_by=room.finder)
        told = stories.listed(connection, (one.story for one in found))
        recent = stories.stories(
            connection, order="newest", limit=10, wanted=stories.Wanted(least=1, outlet=name, made_by=room.finder)
        )
    view = _view(listed, found, told)
    values = {
        "here": "outlets",
        "view": view,
        "recent": [(one, addresses.story(one.id)) for one in recent],
        "all_stories": addresses.stories({"outlet": name, "alone": "1"}),
    }
    return Shown("outlet.html.j2", values, lambda: _figures(view))


def _view(listed: ListedOutlet, found: Sequence[OutletFinding], told: dict[str, ListedStory]) -> OutletView:
    def of(*kinds: OutletFindingKind) -> list[OutletFinding]:
        return [one for one in found if one.kind in kinds and one.story in told]

    def places(these: Iterable[OutletFinding]) -> list[Place]:
        return [Place(one, told[one.story], _href(one)) for one in list(these)[:_SHOWN]]

    def ties(*kinds: OutletFindingKind) -> list[Ties]:
        gathered: dict[str, list[OutletFinding]] = {}
        for one in of(*kinds):
            gathered.setdefault(one.other or "", []).append(one)
        return [
            Ties(other, len({one.story for one in these}), len({one.article for one in these}), places(these))
            for other, these in sorted(gathered.items(), key=lambda item: (-len({f.story for f in item[1]}), item[0]))
        ]

    def quotations(kind: OutletFindingKind) -> dict[tuple[str, str | None], OutletFinding]:
        """Each once, however many of the outlet's reports print it: an alteration carried over is one."""
        found: dict[tuple[str, str | None], OutletFinding] = {}
        for one in of(kind):
            found.setdefault((one.story, one.finding), one)
        return found

    altered = quotations("altered")
    return OutletView(
        outlet=listed,
        compared=len({one.article for one in of("told")}),
        timed=len({one.story for one in of("timed")}),
        first=len({one.story for one in of("first")}),
        first_places=places(of("first")),
        quoted=len(quotations("quoted")),
        altered=len(altered),
        altered_places=places(altered.values()),
        differs=len(quotations("differs").keys() - altered.keys()),
        took=ties("took"),
        gave=ties("gave"),
        shares=ties("shares"),
        agencies=ties("agency"),
    )


def _href(one: OutletFinding) -> str:
    if one.finding is not None:
        return addresses.quotation(one.story, one.finding)
    if one.other_article is not None:
        return addresses.beside(one.story, (one.article, one.other_article))
    return addresses.report(one.story, one.article)


def _plain(one: ListedOutlet) -> dict[str, object]:
    return {"outlet": one.outlet, "reports": one.articles, "stories": one.stories, "url": addresses.outlet(one.outlet)}


def _figures(view: OutletView) -> dict[str, object]:
    def places(these: Sequence[Place]) -> list[dict[str, object]]:
        return [
            {
                "story": p.story.id,
                "headline": p.story.headline,
                "article": p.finding.article,
                "says": p.finding.says,
                "url": p.href,
            }
            for p in these
        ]

    def ties(these: Sequence[Ties]) -> list[dict[str, object]]:
        return [
            {"other": one.other, "stories": one.stories, "reports": one.reports, "places": places(one.places)}
            for one in these
        ]

    return {
        **_plain(view.outlet),
        "reports_compared": view.compared,
        "stories_timed": view.timed,
        "stories_first": view.first,
        "first": places(view.first_places),
        "quotations_compared": view.quoted,
        "quotations_altered": view.altered,
        "quotations_differing": view.differs,
        "altered": places(view.altered_places),
        "took_from": ties(view.took),
        "gave_to": ties(view.gave),
        "shares_with": ties(view.shares),
        "agencies": ties(view.agencies),
    }


PAGES = (
    Page("/outlets", outlets, "The outlets of the archive, those of most reports first.",
         (("q", "Letters the name must hold."),), "Outlets"),
    Page("/outlet", outlet, "What editions found of one outlet's reports.", (("name", "The outlet."),), "Outlet"),
)  # fmt: skip
