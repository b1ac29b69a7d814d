"""The edition as one HTML page that needs nothing else: no network, no fonts, no scripts but its own.

Everything that comes from an article is hostile until escaped: templates escape by default, the
page's content security policy allows only our own style sheet and script, by their digests, and
only http and https addresses become links.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from variorum.records import Edition, Editions, Refusal
from variorum.render.apparatus import Apparatus, is_compared
from variorum.render.claims_view import ClaimsView, claims_view
from variorum.render.coverage_svg import Picture, picture
from variorum.render.coverage_view import MatrixView, matrix_view
from variorum.render.filter_view import FilterView, filter_view
from variorum.render.headings_view import HeadingView, headings_view
from variorum.render.heard_view import HeardView, heard_view, heard_words
from variorum.render.labels_view import LabelledName, labels_view
from variorum.render.links import Links
from variorum.render.missing_view import MissingView, missing_view
from variorum.render.notes_view import Notes, NoteView, beside
from variorum.render.quotations_view import QuotationsView, quotations_view
from variorum.render.reports_view import LonerView, ReportView, loner_view, report_texts, report_views
from variorum.render.timeline_svg import TimelineDrawing, timelines
from variorum.render.timeline_view import MomentView, timeline_view
from variorum.render.unknown import WHY
from variorum.render.voices_view import VoicesView, voices_view
from variorum.render.wording import count, in_words, period
from variorum.text import digest

_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section as the rail lists it. number: of the things in it, ``None`` where there is nothing to count."""

    href: str
    title: str
    number: int | None


@dataclass(frozen=True, slots=True)
class EditionView:
    """One edition as the page prints it.

    texts: of the reports, empty where these have pages of their own. is_abridged: whether the coverage matrix has more
    rows than the picture shows.
    """

    prefix: str
    headline: str
    period: str
    reports: tuple[ReportView, ...]
    compared: int
    lineages: int
    claims: ClaimsView
    filter: FilterView
    quotations: QuotationsView
    voices: VoicesView
    matrix: MatrixView
    pictures: tuple[Picture, ...]
    missing: tuple[MissingView, ...]
    heard: HeardView
    labels: tuple[LabelledName, ...]
    headings: tuple[HeadingView, ...]
    timeline: tuple[MomentView, ...]
    timelines: tuple[TimelineDrawing, ...]
    texts: dict[str, Markup]
    sections: tuple[SectionLink, ...]
    links: Links
    is_abridged: bool
    notes: Notes | None = None
    notes_apart: tuple[NoteView, ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """A whole page."""

    title: str
    editions: tuple[EditionView, ...]
    loners: tuple[LonerView, ...]
    refused: tuple[Refusal, ...]
    style: str
    script: str
    policy: str


def render(editions: Editions, *, notes: Mapping[str, Notes] | None = None) -> str:
    """One self-contained HTML page for everything a reading gave.

    notes: what editors noted, by the id of the edition's story.
    Raises ValueError when an edition cites a stretch that its article does not have.
    """
    several = len(editions.editions) > 1
    views = tuple(
        edition_view(
            edition,
            prefix=f"{_story_id(edition)}-" if several else "",
            notes=(notes or {}).get(edition.story.id),
        )
        for edition in editions.editions
    )
    title = views[0].headline if len(views) == 1 else count(len(views), "story", "stories") if views else "No story"
    style, script = static("page.css") + static("pictures.css"), static("peek.js") + static("page.js")
    page = PageView(
        title=title,
        editions=views,
        loners=tuple(loner_view(article, number) for number, article in enumerate(editions.loners, start=1)),
        refused=editions.refused,
        style=style,
        script=script,
        policy=_policy(style, script),
    )
    html = environment().get_template("page.html.j2").render(page=page)
    return without_unprintable(html)


def without_unprintable(markup: str) -> str:
    """The markup with what no page may hold, nulls and halves of surrogate pairs, replaced."""
    try:
        markup.encode()  # ten times as fast over a large page as the pattern, and fails at such a half
    except UnicodeEncodeError:
        return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", markup)
    return markup.replace("\0", "\N{REPLACEMENT CHARACTER}")


def fragment(edition: Edition, *, height_pixels: int = 720) -> str:
    """The page of one edition in a frame, for a notebook: its styles and ids cannot meet the notebook's.

    height_pixels: of the frame. The frame is a sandbox: it can reach neither the notebook nor its kernel.
    """
    return fragments(Editions(editions=(edition,), alone=(), refused=()), height_pixels=height_pixels)


def fragments(editions: Editions, *, height_pixels: int = 720) -> str:
    """The page of everything a reading gave, in a frame as :func:`fragment` makes it."""
    page = render(editions)
    title = ", ".join(edition.story.headline for edition in editions.editions) or "no shared story"
    frame = Markup(
        '<iframe class="variorum" title="{}" srcdoc="{}" width="100%" height="{}" frameborder="0" '
        'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )
    return str(frame.format(f"Edition: {title}", page, height_pixels))


def edition_view(
    edition: Edition,
    *,
    prefix: str = "",
    links: Links | None = None,
    texts: bool = True,
    drawn_cells: int | None = None,
    notes: Notes | None = None,
) -> EditionView:
    """Everything the page prints of one edition. The texts come last: they mark what the rest has cited.

    links: where its citations lead; ``None`` where the page holds everything. texts: whether it prints the reports in
    full. drawn_cells: most cells of the coverage matrix; ``None`` for all. notes: what editors
    noted on it.
    """
    apparatus = Apparatus(edition, prefix=prefix, links=links)
    claims = claims_view(apparatus)
    quotations = quotations_view(apparatus)
    voices = voices_view(apparatus)
    whole = matrix_view(apparatus, claims.every)
    most = None if drawn_cells is None else max(1, drawn_cells // max(1, len(edition.articles)))
    matrix = replace(whole, rows=whole.rows[:most])
    drawings = (
        picture(matrix, apparatus.id("picture"), alone=False),
        picture(matrix, apparatus.id("picture-one-voice"), alone=True),
    )
    heard = heard_view(apparatus)
    labels = labels_view(apparatus)
    headings = headings_view(apparatus, claims.every)
    timeline = timeline_view(apparatus, claims)
    reports = report_views(apparatus)
    found: list[tuple[str, str, int | None, bool]] = [
        ("digest", "In brief", None, bool(claims.digest)),
        ("agreed", "Agreed", len(claims.agreed), True),
        ("disputed", "Disputed", len(claims.conflicts), True),
        ("one-voice", "One voice only", sum(len(r.claims) for r in claims.alone), bool(claims.alone)),
        ("quotations", "Quotations", len(quotations.compared) + len(quotations.alone), True),
        ("voices", "Voices", len(apparatus.lineages), True),
        ("coverage", "Who carries what", None, bool(matrix.rows)),
        ("heard", "Who is heard", len(heard.rows), bool(heard.rows)),
        ("labels", "What they call it", len(labels), bool(labels)),
        ("headlines", "Headlines", None, bool(headings)),
        ("timeline", "Timeline", None, bool(timeline)),
        ("reports", "Reports in full", len(reports), texts),
        ("notes", "Notes", notes.number if notes else None, bool(notes and notes.number)),
    ]
    return EditionView(
        prefix=prefix,
        headline=edition.story.headline,
        period=period(edition.story.first_published, edition.story.last_published),
        reports=reports,
        compared=sum(is_compared(article) for article in edition.articles),
        lineages=len(apparatus.lineages),
        claims=claims,
        filter=filter_view(claims, whole),
        quotations=quotations,
        voices=voices,
        matrix=matrix,
        pictures=tuple(drawn for drawn in drawings if drawn),
        missing=missing_view(whole),
        heard=heard,
        labels=labels,
        headings=headings,
        timeline=timeline,
        timelines=timelines(apparatus, timeline),
        texts=report_texts(apparatus) if texts else {},
        sections=tuple(
            SectionLink(f"#{apparatus.id(name)}", title, number) for name, title, number, shown in found if shown
        ),
        links=apparatus.links,
        is_abridged=len(matrix.rows) < len(whole.rows),
        notes=notes,
        notes_apart=notes.apart(beside(claims, quotations, voices)) if notes else (),
    )


def _story_id(edition: Edition) -> str:
    """What its links begin with where several stories share a page: of the story, not of the edition's seal."""
    return "s" + digest(edition.story.id.partition("-")[0], length=8)


@cache
def environment() -> Environment:
    """What fills the templates: everything is escaped that is not marked as markup."""
    environment = Environment(
        loader=PackageLoader("variorum.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(count=count, in_words=in_words, heard_words=heard_words, why=WHY)
    return environment


@cache
def static(name: str) -> str:
    """A file of ``render/static``."""
    return (files("variorum.render") / "static" / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy that allows this style sheet and this script and nothing else."""
    return (
        f"default-src 'none'; style-src '{_sha256(style)}'; script-src '{_sha256(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
