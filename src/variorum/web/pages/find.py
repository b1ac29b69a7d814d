"""A finding by the words it rests on: an address that leads to it also when reports joined the story."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse

from variorum.edition.findings import findings
from variorum.edition.resting import resting_on
from variorum.errors import UsageError
from variorum.pipeline import Standing
from variorum.records import Edition, FindingKind, Place
from variorum.render.apparatus import Apparatus
from variorum.render.citing import cite_everything
from variorum.web import addresses
from variorum.web.pages.edition import waiting
from variorum.web.room import Room
from variorum.web.routes import Answered, Page

_ANCHORS: dict[FindingKind, str] = {"claim": "claim", "conflict": "dispute", "quotation": "quotation"}


def find(room: Room, request: Request) -> Answered:
    """Leads to the finding that rests on given words, in the story as it stands."""
    kind, place = _asked(request)
    on_own_page = kind == "quotation" and request.query_params.get("page") == "1"
    of = room.standing(request.path_params["story"])
    article = room.archive.articles([place.article]).get(place.article)
    if article is None:
        raise UsageError(f"no report {place.article[:40]!r} is here")
    if place.end > len(article.text):
        raise HTTPException(422, f"The report's text has {len(article.text)} characters.")
    if not _holds(of, place.article):
        return RedirectResponse(_elsewhere(room.standing(place.article), kind, place, on_own_page), 307)
    made = room.edition(of)
    if made is None:
        return waiting(room, of)
    return RedirectResponse(_found(of.story, made, kind, place, on_own_page), 307)


def _asked(request: Request) -> tuple[FindingKind, Place]:
    """What is asked for. Raises HTTPException where that cannot be."""
    asked = request.query_params
    kind = next((one for one in _ANCHORS if one == asked.get("kind")), None)
    if kind is None:
        raise HTTPException(422, f"“kind” is wanted, one of {', '.join(_ANCHORS)}.")
    if not asked.get("article"):
        raise HTTPException(422, "“article” is wanted, the id of a report.")
    try:
        return kind, Place(asked["article"], *_offsets(asked["start"], asked["end"]))
    except (KeyError, ValueError) as error:
        raise HTTPException(422, "“start” and “end” are wanted, two offsets into the report's text.") from error


def _offsets(*written: str) -> tuple[int, int]:
    start, end = (int(one) for one in written)
    if not 0 <= start <= end:
        raise ValueError(f"a span needs 0 <= start <= end, got [{start}, {end})")
    return start, end


def _holds(of: Standing, article: str) -> bool:
    return article in {one.id for one in of.reports}


def _elsewhere(now: Standing, kind: FindingKind, place: Place, on_own_page: bool) -> str:
    """Where a report's words lead that the story does not hold: to the story it went to, or that of its successor."""
    if not _holds(now, place.article):
        return addresses.story(now.story)
    links = addresses.links(now.story)
    if on_own_page:
        return links.find_quotation(place.article, place.start, place.end, "") or ""
    return links.find(kind, place.article, place.start, place.end, "")


def _found(story: str, made: Edition, kind: FindingKind, place: Place, on_own_page: bool) -> str:
    """The address of the finding, or of the words where no such finding rests on them."""
    finding = resting_on((one for one in findings(made).values() if one.kind == kind), place)
    apparatus = Apparatus(made, links=addresses.links(story))
    if finding is not None and on_own_page:
        return addresses.quotation(story, finding.id)
    if finding is not None:
        return apparatus.links.finding(apparatus.id(_ANCHORS[kind], finding.id))
    cite_everything(apparatus)
    cited = (one.id for one in apparatus.cited(place.article) if (one.start, one.end) == (place.start, place.end))
    anchor = next(cited, None)
    return addresses.report(story, place.article) + (f"#{anchor}" if anchor else "")


PAGES = (
    Page("/stories/{story}/find", find, "Leads to the finding that rests on words of a report, or to the words.",
         (("kind", "claim, conflict or quotation."), ("article", "The id of the report."),
          ("start", "Where the words begin in its text, in characters."), ("end", "Where they end."),
          ("page", "1: to a quotation's own page.")), "Found"),
)  # fmt: skip
