"""One quotation: every reading, word by word."""

from starlette.requests import Request

from variorum.edition.findings import reading_id
from variorum.errors import UsageError
from variorum.records import Edition, Utterance
from variorum.records.plain import plain
from variorum.render.collation_view import quotation_page
from variorum.web import addresses
from variorum.web.pages.edition import waiting
from variorum.web.problems import wants_json
from variorum.web.room import Room
from variorum.web.routes import Answered, Page
from variorum.web.shown import Shown


def quotation(room: Room, request: Request) -> Answered:
    """The page of an utterance."""
    of = room.standing(request.path_params["story"])
    made = room.edition(of)
    if made is None:
        return waiting(room, of)
    wanted = request.path_params["utterance"]
    utterance = next((one for one in made.utterances if one.id == wanted), None)
    if utterance is None:
        return _gone(of.story, wanted, request)
    state, notes = room.notes(of, made, request)
    return Shown(
        "quotation_page.html.j2",
        {
            "here": "story",
            "story": of.story,
            "headline": made.story.headline,
            "made": lambda: quotation_page(made, wanted, addresses.links(of.story)),
            "notes": notes,
            "utterance": utterance,
            "readings": {reading_id(utterance, one): one for one in utterance.readings},
            "outlets": {one.id: one.outlet for one in made.articles},
        },
        lambda: _plain(of.story, made, utterance),
        key=f"{of.key}/quotation/{wanted}/{state}",
    )


def _gone(story: str, wanted: str, request: Request) -> Shown:
    """The answer where the edition makes no such quotation, or makes it under another id by now."""
    if wants_json(request):
        said = f"the edition of {story} has no quotation {wanted[:40]!r}"
        raise UsageError(f"{said}; since a report joined the story, the quotation may have another id")
    return Shown("quotation_gone.html.j2", {"here": "story", "story": story}, dict, 404)


def _plain(story: str, made: Edition, utterance: Utterance) -> dict[str, object]:
    carried = {reading.article for reading in utterance.readings}
    return {
        "story": story,
        "speaker_name": next((name.name for name in made.names if name.id == utterance.speaker), None),
        "lineages": made.stemma.voices(frozenset(carried)),
        "utterance": plain(utterance),
        "articles": [
            {"id": one.id, "siglum": one.siglum, "outlet": one.outlet, "title": one.title}
            for one in made.articles
            if one.id in carried
        ],
    }


PAGES = (
    Page("/stories/{story}/quotations/{utterance}", quotation, "Every reading of one quotation.", (), "Quotation"),
)
