"""What editors noted, as a labelled set: JSON Lines, a row a judgement, with the words it rests on."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from variorum.records import Article, Judgement, Place
from variorum.render.json import well_formed

FORMAT = "variorum/judgements/1"


def head(*, release: str) -> str:
    """The first line: the format, and the release that wrote it."""
    return _line({"format": FORMAT, "release": release})


def row(judgement: Judgement, articles: Mapping[str, Article], base: Sequence[Place] = ()) -> str:
    """One judgement. articles: by id, those it rests on. base: where that of a judged reading stands, as far as known.

    ``text`` of a span is the stretch ``[start, end)`` of its article's text, null where the archive no longer has it.
    Only a judgement of a reading has ``base``: spans alike, as the edition has it now; empty where none does.
    """
    told = {"base": [_span(place, articles.get(place.article)) for place in base]}
    return _line(
        {
            "id": judgement.id,
            "kind": judgement.kind,
            "verdict": judgement.verdict,
            "comment": judgement.comment,
            "starred": judgement.starred,
            "by": judgement.by,
            "at": judgement.at,
            "changed_at": judgement.changed_at,
            "release": judgement.release,
            "story": judgement.story,
            "says": judgement.says,
            "holds": judgement.holds,
            "spans": [_span(place, articles.get(place.article)) for place in judgement.spans],
            **(told if judgement.kind == "reading" else {}),
        }
    )


def _span(place: Place, article: Article | None) -> dict[str, Any]:
    there = article is not None and place.end <= len(article.text)
    return {
        "article": place.article,
        "outlet": article.outlet if article is not None else None,
        "title": article.title if article is not None else None,
        "url": article.url if article is not None else None,
        "start": place.start,
        "end": place.end,
        "text": article.text[place.start : place.end] if article is not None and there else None,
    }


def _line(value: dict[str, Any]) -> str:
    return well_formed(json.dumps(value, ensure_ascii=False))
