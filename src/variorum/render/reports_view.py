"""The reports themselves: their heads, and their text in full with every cited stretch marked."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from variorum.records import Article
from variorum.render.apparatus import Apparatus, Citation, Mark, is_compared
from variorum.render.marked_text import PART_LABELS, READ, marked
from variorum.render.wording import language_name, published


@dataclass(frozen=True, slots=True)
class ReportView:
    """The head of a report. article: its id in the edition; id: of its place on a page.

    url: only where it is an http or https address.
    language: its name where it is not English, and so not compared; empty otherwise.
    credits: agencies it names for its text, each with the first place where it does.
    """

    siglum: str
    article: str
    id: str
    href: str
    mark: Mark
    outlet: str
    title: str
    byline: str
    url: str | None
    path: str | None
    published: str
    published_iso: str
    language: str
    lang: str
    cut: str | None
    credits: tuple[tuple[str, Citation], ...]
    set_aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LonerView:
    """A report that shares no story with another, as read."""

    id: str
    outlet: str
    title: str
    url: str | None
    path: str | None
    published: str
    language: str
    lang: str
    text: Markup


def report_views(apparatus: Apparatus) -> tuple[ReportView, ...]:
    """The heads of the reports, in the order of their sigla."""
    return tuple(_head(apparatus, article) for article in apparatus.edition.articles)


def report_texts(apparatus: Apparatus) -> dict[str, Markup]:
    """Text of every report by the id of its place. Made last: it marks what the other sections have cited."""
    return {
        apparatus.report_id(article.id): marked(article, apparatus.cited(article.id))
        for article in apparatus.edition.articles
    }


def loner_view(article: Article, number: int) -> LonerView:
    """A report that stands in no edition."""
    return LonerView(
        id=f"alone-{number}",
        outlet=article.outlet,
        title=article.title or "",
        url=safe_url(article.url),
        path=article.path,
        published=published(article.published),
        language="" if article.language == "en" else language_name(article.language),
        lang=_lang(article),
        text=marked(article, ()),
    )


def safe_url(url: str | None) -> str | None:
    """The address when it is http or https and names a host; ``None`` for anything else."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else None


def _lang(article: Article) -> str:
    code = article.language or ""
    return code if code.isascii() and code.isalpha() and len(code) in (2, 3) else ""


def _head(apparatus: Apparatus, article: Article) -> ReportView:
    credits = {
        c.agency: apparatus.cite(article.id, c.start, c.end) for c in reversed(article.credits) if c.of == "text"
    }
    kinds = dict.fromkeys(part.kind for part in article.parts if part.kind not in READ)
    return ReportView(
        siglum=apparatus.siglum(article.id),
        article=article.id,
        id=apparatus.report_id(article.id),
        href=apparatus.report_href(article.id),
        mark=apparatus.mark(article.id),
        outlet=article.outlet,
        title=article.title or "",
        byline=", ".join(article.byline),
        url=safe_url(article.url),
        path=article.path,
        published=published(article.published),
        published_iso=article.published.at.date().isoformat() if article.published else "",
        language="" if is_compared(article) else language_name(article.language),
        lang=_lang(article),
        cut=article.cut.reason if article.cut else None,
        credits=tuple(reversed(credits.items())),
        set_aside=tuple(PART_LABELS[kind].lower() for kind in kinds),
    )
