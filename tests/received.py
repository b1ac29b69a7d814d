"""Reports as they come in, made in a test."""

from dataclasses import replace
from hashlib import sha256

from variorum.config import Ingest
from variorum.ingest import Item, compose
from variorum.ingest.metadata import UNSTATED
from variorum.ingest.published import published as read_time
from variorum.records import Received

BODY = (
    "The keeper of the Skarn lighthouse put out his lamp for the last time on Friday evening. The harbour board said "
    "the lamp would be run from the mainland from Monday."
)


def received(
    text: str = BODY,
    outlet: str = "Skarn Courier",
    *,
    title: str | None = "Keeper puts out his lamp",
    url: str | None = None,
    key: str | None = None,
    place: str = "courier.txt",
    published: str | None = None,
) -> Received:
    """A report as ``ingest`` gives it. published: an ISO date or time."""
    stated = replace(
        UNSTATED, title=title, outlet=outlet, url=url, published=read_time(published) if published else None
    )
    return compose(Item(place, text.encode(), stated=stated, key=key), settings=Ingest())


def page(body: str, *, around: str = "Most read: ferry fares", url: str = "https://courier.example/keeper") -> Received:
    """A report on a web page, with a menu around it."""
    markup = (
        f'<html lang="en"><head><title>Keeper puts out his lamp</title><meta property="og:site_name" '
        f'content="Skarn Courier"><link rel="canonical" href="{url}"></head><body><nav><a href="/a">{around}</a>'
        f"</nav><article><h1>Keeper puts out his lamp</h1><p>{body}</p><p>Odd Brenner, who is 71, said he had counted "
        "nine thousand ships and that only two of them had ever waved back at him in all the years.</p></article>"
        "</body></html>"
    )
    one = compose(Item("page.html", markup.encode()), settings=Ingest())
    assert one.article.sha256 == sha256(markup.encode()).hexdigest()
    return one
