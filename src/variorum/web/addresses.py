"""The addresses of the room's pages: made here, and nowhere else."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from variorum.render.links import Links


def story(id: str) -> str:
    """An edition's page."""
    return f"/stories/{quote(id, safe='')}"


def report(story_id: str, article: str) -> str:
    """A report's page, in its story."""
    return f"{story(story_id)}/reports/{quote(article, safe='')}"


def quotation(story_id: str, utterance: str) -> str:
    """The page of one quotation."""
    return f"{story(story_id)}/quotations/{quote(utterance, safe='')}"


def find(story_id: str) -> str:
    """What leads from words to the finding of a story that rests on them."""
    return f"{story(story_id)}/find"


def beside(story_id: str, articles: Iterable[str]) -> str:
    """The page that sets reports side by side."""
    return f"{story(story_id)}/beside?{urlencode([('report', one) for one in articles])}"


def note(story_id: str) -> str:
    """The form for a note on a finding of a story, and where it is sent."""
    return f"{story(story_id)}/note"


def noted(id: str) -> str:
    """Where a note is: it leads to what it was made on."""
    return f"/notes/{quote(id, safe='')}"


def coverage(story_id: str) -> str:
    """The page of the whole matrix of claims and reports."""
    return f"{story(story_id)}/coverage"


def outlet(name: str) -> str:
    """An outlet's page. Its name stands in the query: it may hold any letter."""
    return f"/outlet?{urlencode({'name': name})}"


def stories(asked: Mapping[str, str | None]) -> str:
    """The list of stories, filtered."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/stories?{query}" if query else "/stories"


def job(id: str) -> str:
    """An intake's page."""
    return f"/jobs/{quote(id, safe='')}"


def again(story_id: str) -> str:
    """Where a story's edition is asked for once more."""
    return f"{story(story_id)}/again"


def links(story_id: str, *, here: str = "", on_edition: bool = False) -> Links:
    """Where the pages of a story lead. here: the report whose page it is. on_edition: whether it is the edition's."""
    base = story(story_id)
    return Links(
        edition="" if on_edition else base,
        reports=f"{base}/reports/",
        here=here,
        quotations=f"{base}/quotations/",
        beside=f"{base}/beside",
        coverage=coverage(story_id),
        finder=find(story_id),
    )
