"""What a page says of its article outside the text: title, authors, outlet, address, time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from variorum.config.ingest import Ingest
from variorum.ingest.published import published
from variorum.ingest.values import address, authors, host, listed, names, one_line
from variorum.records import Published
from variorum.text import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # plain texts are read without it

_ARTICLE_TYPES = frozenset(
    "NewsArticle Article ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle "
    "AskPublicNewsArticle ReviewNewsArticle BlogPosting LiveBlogPosting Report TechArticle ScholarlyArticle".split()
)
# One block of JSON-LD; the largest met, a live blog's, has 300 kB.
_JSON_CHARACTERS = 1_000_000
_JSON_ITEMS = 5_000
_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "article.published", "publishdate", "publish-date",
    "publication_date", "published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "pubdate",
    "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "article_date_original", "date",
)  # fmt: skip
_TITLE_NAMES = ("og:title", "twitter:title", "headline", "dc.title")
_SUMMARY_NAMES = ("og:description", "description", "twitter:description")
_SITE_IN_TITLE = re.compile(r"\s+[|–—·•-]\s+[^|–—·•]{2,60}$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page states of its article. summary: its own description, printed or not."""

    title: str | None
    authors: tuple[str, ...]
    outlet: str | None
    url: str | None
    published: Published | None
    language: str | None
    summary: str | None


UNSTATED = Metadata(None, (), None, None, None, None, None)
"""Of something that states nothing of itself."""


def metadata(tree: HtmlElement, *, settings: Ingest | None = None) -> Metadata:
    """What ``tree`` states in JSON-LD, meta tags and its head, in that order; every value bounded and cleaned."""
    settings = settings or Ingest()
    item = next(_json_articles(tree), {})
    meta = _meta(tree)
    url = _url(tree, meta, item, settings)
    return Metadata(
        title=_title(tree, meta, item, settings),
        authors=_authors(tree, meta, item, settings),
        outlet=_outlet(meta, item, url, settings),
        url=url,
        published=_published(tree, meta, item),
        language=one_line(
            tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or item.get("inLanguage"), 20
        )
        or _first(meta, ("og:locale", "content-language"), 20),
        summary=_first(meta, _SUMMARY_NAMES, 2 * settings.title_characters),
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...], longest: int) -> str | None:
    return next((value for name in names if (value := one_line(meta.get(name), longest))), None)


def _json_articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The JSON-LD items of the page that are articles, in the order they stand."""
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        raw = (script.text or "").strip()
        if not raw or len(raw) > _JSON_CHARACTERS:
            continue
        try:
            held = json.loads(raw, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (item for item in _items(held) if _types(item) & _ARTICLE_TYPES)


def _items(held: object) -> Iterator[dict[str, Any]]:
    waiting: list[object] = [held]
    for _ in range(_JSON_ITEMS):
        if not waiting:
            return
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item[:_JSON_ITEMS]
        elif isinstance(item, dict):
            yield item
            waiting.extend(item.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item)


def _types(item: dict[str, Any]) -> set[str]:
    kind = item.get("@type")
    return (
        {kind}
        if isinstance(kind, str)
        else {one for one in kind if isinstance(one, str)}
        if isinstance(kind, list)
        else set()
    )


def _title(tree: HtmlElement, meta: dict[str, str], item: dict[str, Any], settings: Ingest) -> str | None:
    longest = settings.title_characters
    stated = one_line(item.get("headline"), longest) or _first(meta, _TITLE_NAMES, longest)
    head = next((one_line(element.text_content(), longest) for element in tree.iter("title")), None)
    known = {word.key for word in words(stated or head or "")}
    shown = [line for element in tree.iter("h1") if (line := one_line(element.text_content(), longest))]
    for line in shown:
        keys = {word.key for word in words(line)}
        if keys and (not known or len(keys & known) >= 0.5 * min(len(keys), len(known))) and len(keys) > 1:
            return line
    return stated or (_SITE_IN_TITLE.sub("", head) if head else None)


def _authors(tree: HtmlElement, meta: dict[str, str], item: dict[str, Any], settings: Ingest) -> tuple[str, ...]:
    longest = settings.author_characters
    found = list(names(item.get("author"), longest))
    if not found:
        stated = _first(
            meta, ("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "article:author"), 4 * longest
        )
        found = listed(stated) if stated else []
    if not found:
        found = [
            line
            for element in tree.iter()
            if isinstance(element.tag, str) and (element.get("rel") == "author" or element.get("itemprop") == "author")
            and (line := one_line(element.text_content(), longest))
        ]  # fmt: skip
    return authors(found, settings)


def _outlet(meta: dict[str, str], item: dict[str, Any], url: str | None, settings: Ingest) -> str | None:
    longest = settings.outlet_characters
    stated = _first(meta, ("og:site_name",), longest) or next(names(item.get("publisher"), longest), None)
    if stated is not None:
        return stated
    stated = _first(meta, ("application-name", "dc.publisher"), longest)
    return (host(url) or "")[:longest] or stated


def _url(tree: HtmlElement, meta: dict[str, str], item: dict[str, Any], settings: Ingest) -> str | None:
    canonical = [
        link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    main = item.get("mainEntityOfPage")
    held = main.get("@id") if isinstance(main, dict) else main
    return next(
        (url for value in (*canonical, meta.get("og:url"), item.get("url"), held) if (url := address(value, settings))),
        None,
    )


def _published(tree: HtmlElement, meta: dict[str, str], item: dict[str, Any]) -> Published | None:
    """The first time that can be read; where a later place gives the same day more finely, still the first."""
    stated: list[object] = [item.get("datePublished"), *(meta.get(name) for name in _DATE_NAMES)]
    marked = tree.xpath("//*[@itemprop='datePublished'][@datetime or @content]")
    stated.extend(element.get("datetime") or element.get("content") for element in marked[:3])
    times = tree.xpath("//article//time[@datetime] | //main//time[@datetime]") or tree.xpath("//time[@datetime]")
    # A page's later time tags belong to other stories, and of several on a page with no article none is sure.
    stated.extend(element.get("datetime") for element in times[:1])
    for value in stated:
        found = published(value) if isinstance(value, str) else None
        if found is not None:
            return found
    return None
