"""What a page says of its article outside the text: title, authors, outlet, address, time."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from variorum.config.ingest import Ingest
from variorum.ingest.decode import cleaned
from variorum.ingest.published import published
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
_NOT_A_NAME = re.compile(r"https?:|www\.|@|[<>{}]|\.com\b", re.IGNORECASE)


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
        language=_short(
            tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or item.get("inLanguage"), 20
        )
        or _first(meta, ("og:locale", "content-language"), 20),
        summary=_first(meta, _SUMMARY_NAMES, 2 * settings.title_characters),
    )


def _short(value: object, longest: int) -> str | None:
    """One clean line of at most ``longest`` characters; ``None`` for anything that is no text."""
    if not isinstance(value, str):
        return None
    line = " ".join(cleaned(html.unescape(value[: 4 * longest])).split())[:longest].strip()
    return line or None


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...], longest: int) -> str | None:
    return next((value for name in names if (value := _short(meta.get(name), longest))), None)


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


def _names(value: object, longest: int) -> Iterator[str]:
    """The names in a JSON-LD person, organisation, text, or list of them."""
    for one in value if isinstance(value, list) else [value]:
        name = _short(one.get("name") if isinstance(one, dict) else one, longest)
        if name:
            yield name


def _title(tree: HtmlElement, meta: dict[str, str], item: dict[str, Any], settings: Ingest) -> str | None:
    longest = settings.title_characters
    stated = _short(item.get("headline"), longest) or _first(meta, _TITLE_NAMES, longest)
    head = next((_short(element.text_content(), longest) for element in tree.iter("title")), None)
    known = {word.key for word in words(stated or head or "")}
    shown = [line for element in tree.iter("h1") if (line := _short(element.text_content(), longest))]
    for line in shown:
        keys = {word.key for word in words(line)}
        if keys and (not known or len(keys & known) >= 0.5 * min(len(keys), len(known))) and len(keys) > 1:
            return line
    return stated or (_SITE_IN_TITLE.sub("", head) if head else None)


def _authors(tree: HtmlElement, meta: dict[str, str], item: dict[str, Any], settings: Ingest) -> tuple[str, ...]:
    longest = settings.author_characters
    found = list(_names(item.get("author"), longest))
    if not found:
        stated = _first(
            meta, ("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "article:author"), 4 * longest
        )
        found = re.split(r"\s*(?:[,;|]|\band\b|&)\s*", stated) if stated else []
    if not found:
        found = [
            line
            for element in tree.iter()
            if isinstance(element.tag, str) and (element.get("rel") == "author" or element.get("itemprop") == "author")
            and (line := _short(element.text_content(), longest))
        ]  # fmt: skip
    names = (re.sub(r"^by\s+", "", name, flags=re.IGNORECASE).strip() for name in found)
    kept = [name for name in names if name and not _NOT_A_NAME.search(name)]
    return tuple(dict.fromkeys(kept))[: settings.authors]


def _outlet(meta: dict[str, str], item: dict[str, Any], url: str | None, settings: Ingest) -> str | None:
    longest = settings.outlet_characters
    stated = _first(meta, ("og:site_name",), longest) or next(_names(item.get("publisher"), longest), None)
    if stated is not None:
        return stated
    stated = _first(meta, ("application-name", "dc.publisher"), longest)
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    return host[:longest] or stated


def _url(tree: HtmlElement, meta: dict[str, str], item: dict[str, Any], settings: Ingest) -> str | None:
    canonical = [
        link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    main = item.get("mainEntityOfPage")
    for value in (*canonical, meta.get("og:url"), item.get("url"), main.get("@id") if isinstance(main, dict) else main):
        url = (value or "").strip() if isinstance(value, str) else ""
        if len(url) > settings.url_characters or not url.isprintable() or " " in url:
            continue
        try:
            split = urlsplit(url)
            if split.scheme in ("http", "https") and split.hostname:
                return url
        except ValueError:
            continue
    return None


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
