"""Words of a report where they stand: what is shown when a citation is pointed at."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from variorum.errors import UsageError
from variorum.render.json import well_formed
from variorum.render.marked_text import in_context
from variorum.web.room import Room

_LONGEST = 2_000


def _words(request: Request) -> Response:
    room: Room = request.app.state.room
    article = room.archive.articles([request.path_params["article"]]).get(request.path_params["article"])
    if article is None:
        raise UsageError("no such report is here")
    try:
        start, end = (int(request.query_params[name]) for name in ("start", "end"))
    except (KeyError, ValueError) as error:
        raise HTTPException(422, "“start” and “end” are wanted, two offsets into the report's text.") from error
    if not 0 <= start <= end <= len(article.text):
        raise HTTPException(422, f"The report's text has {len(article.text)} characters.")
    before, words, after = in_context(article.text, start, min(end, start + _LONGEST))
    told = {"article": article.id, "outlet": article.outlet, "start": start, "end": end}
    told |= {"text": well_formed(words), "before": well_formed(before), "after": well_formed(after)}
    return JSONResponse(told, headers={"cache-control": "private, max-age=3600"})


routes = [Route("/reports/{article}/words.json", _words, methods=["GET"])]
