"""What commands on an archive write for programs: JSON Lines."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from variorum.records import Added, ListedArticle, ListedStory, Refusal, Revision, Voices
from variorum.render.json import well_formed
from variorum.render.revised import changed


def story(listed: ListedStory, members: Sequence[ListedArticle], voices: Voices) -> str:
    """A story with its articles, the earliest first."""
    return _line(
        {
            "story": listed.id,
            "headline": listed.headline,
            "outlets": listed.outlets,
            "lineages": voices.lineages,
            "lineages_final": voices.is_final,
            "first_published": listed.first_published,
            "last_published": listed.last_published,
            "last_added": listed.last_added,
            "articles": [_article(one) for one in members],
        }
    )


def hit(found: ListedArticle) -> str:
    """An article that was searched for, with the story it is in."""
    return _line({**_article(found), "url": found.url, "story": found.story})


def added(one: Added | Refusal) -> str:
    """What became of one input."""
    if isinstance(one, Refusal):
        return _line({"place": one.path, "outcome": "refused", "reason": one.reason})
    received, article = one.received, one.received.article
    return _line(
        {
            "place": received.place,
            "outcome": one.kept.outcome,
            "id": one.kept.article,
            "key": received.key,
            "revises": one.kept.of,
            "outlet": article.outlet,
            "title": article.title,
            "url": article.url,
            "story": one.story,
        }
    )


def revisions(address: str, held: Sequence[Revision]) -> Iterator[str]:
    """The texts of an address, each with the stretches that it changed in the one before.

    ``from`` and ``to`` are offsets into the text of the revision before and of this one.
    """
    before: Revision | None = None
    for one in held:
        steps = changed(before.article.text, one.article.text) if before is not None else ()
        yield _line(
            {
                "address": address,
                "revision": one.number,
                "seen_at": one.seen_at,
                "id": one.article.id,
                "title": one.article.title,
                "changes": [
                    {
                        "from": [step.old.start, step.old.end],
                        "to": [step.new.start, step.new.end],
                        "was": before.article.text[step.old.start : step.old.end],
                        "is": one.article.text[step.new.start : step.new.end],
                    }
                    for step in steps
                    if before is not None
                ],
            }
        )
        before = one


def _article(one: ListedArticle) -> dict[str, Any]:
    return {"id": one.id, "key": one.key, "outlet": one.outlet, "title": one.title, "published": one.published}


def _line(value: dict[str, Any]) -> str:
    return well_formed(json.dumps(value, ensure_ascii=False))
