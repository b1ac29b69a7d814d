"""The interface for programs, described as OpenAPI 3.1 from the pages themselves."""

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from variorum import __version__
from variorum.web.routes import Page

Schema = dict[str, Any]
_NAMED = re.compile(r"\{(\w+)(?::\w+)?\}")

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
SHARE: Schema = {"type": "number", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
ANYTHING: Schema = {}


def maybe(schema: Schema) -> Schema:
    """Of that schema, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def some(schema: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": schema}


def ref(name: str) -> Schema:
    """One of the schemas below."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(**fields: Schema) -> Schema:
    """An object that has all these fields and no others."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def optional(**fields: Schema) -> Schema:
    """An object that may have these fields and no others."""
    return {"type": "object", "properties": fields, "additionalProperties": False}


_PLACE = record(story=TEXT, headline=maybe(TEXT), article=TEXT, says=maybe(TEXT), url=TEXT)
_TIES = some(record(other=TEXT, stories=NUMBER, reports=NUMBER, places=some(_PLACE)))
_OUTLET = {"outlet": TEXT, "reports": NUMBER, "stories": NUMBER, "url": TEXT}
_JOB = {
    "job": TEXT, "given": TEXT, "started": TEXT, "state": {"enum": ["waiting", "running", "done", "failed"]},
    "reason": maybe(TEXT), "done": NUMBER, "total": NUMBER,
    "counts": record(new=NUMBER, known=NUMBER, revised=NUMBER, refused=NUMBER),
}  # fmt: skip
_LISTED = record(id=TEXT, outlet=TEXT, title=maybe(TEXT), published=maybe(TEXT), url=maybe(TEXT))

SCHEMAS: dict[str, Schema] = {
    "Problem": record(type=TEXT, title=TEXT, status=NUMBER, detail=TEXT),
    "Stories": record(total=NUMBER, next=maybe(TEXT), stories=some(ref("ListedStory"))),
    "ListedStory": record(
        story=TEXT, url=TEXT, headline=maybe(TEXT), reports=NUMBER, outlets=NUMBER, outlet_names=some(TEXT),
        lineages=maybe(NUMBER), lineages_final=FLAG, conflicts=maybe(NUMBER), altered_quotations=maybe(NUMBER),
        first_published=maybe(TEXT), last_published=maybe(TEXT), last_added=maybe(TEXT), arrivals=some(NUMBER),
        more_hits=NUMBER,
        hits=some(record(
            article=TEXT, outlet=TEXT, title=maybe(TEXT), start=maybe(NUMBER), end=maybe(NUMBER), text=maybe(TEXT),
        )),
    ),
    "Waiting": record(
        story=TEXT, state={"enum": ["being made", "failed"]}, doing=TEXT, done=NUMBER, total=NUMBER, waiting=NUMBER,
        reason=maybe(TEXT), reports=some(_LISTED),
    ),
    "Coverage": record(story=TEXT, claims={"type": "object", "additionalProperties": TEXT}, coverage=ANYTHING),
    "Outlets": record(outlets=some(record(**_OUTLET)), complete=FLAG),
    "Outlet": record(
        **_OUTLET, reports_compared=NUMBER, stories_timed=NUMBER, stories_first=NUMBER, first=some(_PLACE),
        quotations_compared=NUMBER, quotations_altered=NUMBER, quotations_differing=NUMBER, altered=some(_PLACE),
        took_from=_TIES, gave_to=_TIES, shares_with=_TIES, agencies=_TIES,
    ),
    "Report": record(
        article=record(
            id=TEXT, siglum=maybe(TEXT), outlet=TEXT, title=maybe(TEXT), byline=some(TEXT), url=maybe(TEXT),
            path=maybe(TEXT), published=maybe(TEXT), language=maybe(TEXT), text=TEXT,
            parts=some(record(start=NUMBER, end=NUMBER, kind=TEXT)),
        ),
        compared=FLAG,
        sentences=some(record(
            number=NUMBER, part=TEXT, start=NUMBER, end=NUMBER, text=TEXT, voices=NUMBER,
            elsewhere=some(record(article=TEXT, start=NUMBER, end=NUMBER, text=TEXT, how=TEXT)),
        )),
    ),
    "Beside": record(
        articles=some(record(id=TEXT, siglum=maybe(TEXT), outlet=TEXT, in_the_same_words=SHARE, joined=SHARE)),
        joins=some(record(
            number=NUMBER, kind=TEXT, likeness=maybe(SHARE), same_words=SHARE, denied=FLAG, claims=some(TEXT),
            utterances=some(TEXT), spans=some(record(article=TEXT, start=NUMBER, end=NUMBER, text=TEXT)),
            differences=some(record(
                article=TEXT, against=TEXT, kind=TEXT, start=NUMBER, end=NUMBER, text=TEXT, other_text=TEXT,
            )),
            differences_marked=FLAG,
        )),
    ),
    "Notes": record(total=NUMBER, notes=some(ref("Note"))),
    "Note": record(
        id=TEXT, story=TEXT, kind=TEXT, holds=TEXT, says=TEXT, verdict=maybe({"enum": ["right", "wrong"]}),
        comment=TEXT, starred=FLAG, by=TEXT, at=TEXT, changed_at=TEXT, release=TEXT,
        spans=some(record(article=TEXT, start=NUMBER, end=NUMBER)),
    ),
    "Quotation": record(
        story=TEXT, speaker_name=maybe(TEXT), lineages=NUMBER, utterance=ref("Utterance"),
        articles=some(record(id=TEXT, siglum=maybe(TEXT), outlet=TEXT, title=maybe(TEXT))),
    ),
    "Found": {"anyOf": [ref("Editions"), ref("Quotation"), ref("Report")]},
    "Adding": record(
        can_add=FLAG, files=NUMBER, bytes=NUMBER, characters=NUMBER, texts_and_urls=NUMBER, suffixes=some(TEXT)
    ),
    "Jobs": record(jobs=some(record(**_JOB, url=TEXT))),
    "Job": record(
        **_JOB, settled=FLAG, notes=some(TEXT), lines_left_out=NUMBER, more_stories=NUMBER,
        lines=some(record(
            number=NUMBER, outcome=TEXT, place=TEXT, outlet=maybe(TEXT), title=maybe(TEXT), reason=maybe(TEXT),
            story=maybe(TEXT), url=maybe(TEXT),
        )),
        stories=some(record(
            story=TEXT, url=TEXT, headline=maybe(TEXT), reports=NUMBER, outlets=NUMBER, state=TEXT, doing=maybe(TEXT),
            done=NUMBER, total=NUMBER, reason=maybe(TEXT),
        )),
    ),
    "Given": optional(
        texts=some(
            optional(text=TEXT, outlet=maybe(TEXT), title=maybe(TEXT), url=maybe(TEXT), published=maybe(TEXT))
            | {"required": ["text"]}
        ),
        urls=some(TEXT),
    ),
    "Noting": optional(
        kind=TEXT, finding=TEXT, comment=TEXT, starred=FLAG, by=TEXT, verdict=maybe({"enum": ["right", "wrong", ""]})
    )
    | {"required": ["kind", "finding"]},
    "Refused": record(refused=some(record(place=TEXT, reason=TEXT, first_bytes=maybe(TEXT)))),
    "object": {"type": "object"},
}  # fmt: skip


def openapi(pages: Sequence[Page]) -> dict[str, Any]:
    """The description of these pages."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "variorum, the reading room",
            "version": __version__,
            "description": "Every page has the same data at its address with .json after it. A story whose edition is "
            "still being made answers 202 with Retry-After; asking is what has it made.",
        },
        "paths": {**{f"{page.path}.json": {"get": _operation(page)} for page in pages}, **_WRITES},
        "components": {
            "schemas": {**SCHEMAS, **_editions()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _write(summary: str, name: str, takes: str, gives: str, status: str, *path: str) -> dict[str, Any]:
    return {
        "post": {
            "summary": summary,
            "operationId": name,
            "parameters": [_in_path(one) for one in path],
            "requestBody": {"required": True, "content": {"application/json": {"schema": ref(takes)}}},
            "responses": {
                status: _answer("What came of it.", gives),
                "default": _answer("Why it could not be done.", "Problem", "application/problem+json"),
            },
        }
    }


def _operation(page: Page) -> dict[str, Any]:
    path = [_in_path(name) for name in _NAMED.findall(page.path)]
    query = [{"name": name, "in": "query", "schema": TEXT, "description": told} for name, told in page.query]
    answers = {
        "200": _answer("What the page shows.", page.schema),
        "404": _answer("There is no such thing here.", "Problem", "application/problem+json"),
        "default": _answer("Why it could not be done.", "Problem", "application/problem+json"),
    }
    if path:
        answers["202"] = _answer("The edition is being made; ask again after Retry-After seconds.", "Waiting")
    return {
        "summary": page.summary,
        "operationId": re.sub(r"\W+", "_", page.path).strip("_"),
        "parameters": path + query,
        "responses": answers,
    }


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": TEXT, "description": _MEANING[name]}


_MEANING = {
    "story": "The id of a story, the beginning of one, or the id of one of its reports.",
    "article": "The id of a report.",
    "utterance": "The id of an utterance in the story's edition.",
    "job": "The id of an intake.",
    "note": "The id of a note.",
}


def _answer(told: str, schema: str, media: str = "application/json") -> dict[str, Any]:
    return {"description": told, "content": {media: {"schema": ref(schema)}}}


@cache
def _editions() -> dict[str, Schema]:
    """The schema of the exchange format, its parts among ours."""
    text = (files("variorum.render") / "edition-1.schema.json").read_text("utf-8")
    schema: Schema = json.loads(text.replace("#/$defs/", "#/components/schemas/"))
    parts: dict[str, Schema] = schema.pop("$defs")
    schema.pop("$id", None)
    schema.pop("$schema", None)
    return {**parts, "Editions": schema}


_WRITES = {
    "/add": _write("Adds reports and the pages at addresses.", "take", "Given", "Job", "202"),
    "/stories/{story}/note": _write("Keeps a note on a finding.", "kept", "Noting", "Note", "200", "story"),
}
