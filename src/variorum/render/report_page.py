"""One report by itself: its text as received, and in the margin where each sentence stands in the other reports."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from variorum.config.render import Render
from variorum.records import Article, Edition
from variorum.render.apparatus import Apparatus, Citation, VoiceChip, chips, is_compared
from variorum.render.citing import cite_everything
from variorum.render.claims_view import spoken_by
from variorum.render.html import environment
from variorum.render.links import Links
from variorum.render.marked_text import Stretch, stretch_of, woven
from variorum.render.reports_view import ReportView
from variorum.render.standing import HOW, How, Sentence, standing, strongest

_COUNTED = ("standfirst", "body")  # sentences of the report itself: a headline says again what these do


@dataclass(frozen=True, slots=True)
class RevisionLink:
    """Another text of the same report that the archive holds. label: when it was seen; here: whether it is this one."""

    label: str
    href: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """The reports that have a sentence in one way, voice by voice."""

    how: How
    label: str
    chips: tuple[VoiceChip, ...]


@dataclass(frozen=True, slots=True)
class ClaimMark:
    """A claim in the margin. short: its number on the pages ("c5")."""

    short: str
    href: str
    text: str
    lineages: int
    outlets: int
    disputed: bool


@dataclass(frozen=True, slots=True)
class QuotationMark:
    """A quotation in the margin. speaker: empty where the report names none."""

    short: str
    href: str
    speaker: str


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with what stands beside it. number: from 1, the headline's first; id: of its place on the page.

    voices: how many other voices carry it, wholly or in part; shade: of the strip, from 0 to ``most_shade``.
    alone: that it was found in no other report. words: of each of its places elsewhere.
    """

    number: int
    id: str
    ties: tuple[Tie, ...]
    claims: tuple[ClaimMark, ...]
    quotations: tuple[QuotationMark, ...]
    voices: int
    shade: int
    alone: bool
    sentence: Sentence
    words: tuple[str, ...]

    @property
    def has_row(self) -> bool:
        """Whether anything stands beside it."""
        return bool(self.ties or self.claims or self.quotations or self.alone)


@dataclass(frozen=True, slots=True)
class OtherReport:
    """What another report has of this one. sentences: how many; same_words: how many of them in the same words."""

    citation: Citation
    sentences: int
    same_words: int
    beside: str | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report's page. others: the reports that have something of it, in the order of the sigla.

    without: those in which nothing of it was found; not_compared: those in another language.
    compared: whether it was held against another. counted: sentences of its body; found: those that stand elsewhere.
    """

    article: Article
    report: ReportView
    edition_href: str
    text: Markup
    sentences: tuple[SentenceView, ...]
    others: tuple[OtherReport, ...]
    without: tuple[Citation, ...]
    not_compared: tuple[Citation, ...]
    compared: bool
    counted: int
    found: int
    revisions: tuple[RevisionLink, ...]
    hows: tuple[tuple[How, str], ...]


def report_page(
    edition: Edition, article_id: str, links: Links, *, revisions: Sequence[RevisionLink] = ()
) -> ReportPage:
    """The page of the report ``article_id`` of ``edition``.

    links: where its links lead; ``links.here`` is to be ``article_id``, so that its own words are on the page.
    revisions: other texts of this report, in order of time. Raises KeyError when the edition has no such report.
    """
    apparatus = Apparatus(edition, links=links)
    article = apparatus.article(article_id)
    heads = cite_everything(apparatus)
    others = [other for other in edition.articles if other.id != article_id]
    compared = is_compared(article) and any(is_compared(other) for other in others)
    found = standing(edition, article) if compared else ()
    views = tuple(_sentence(apparatus, one, n, article) for n, one in enumerate(found, start=1))
    counted = [one for one in found if one.part in _COUNTED]
    return ReportPage(
        article=article,
        report=next(head for head, one in zip(heads, edition.articles, strict=True) if one.id == article_id),
        edition_href=links.edition,
        text=_text(apparatus, article, views),
        sentences=views,
        others=_others(apparatus, article, counted),
        without=_without(apparatus, article, counted) if compared else (),
        not_compared=tuple(apparatus.to_report(other.id) for other in others if not is_compared(other)),
        compared=compared,
        counted=len(counted),
        found=sum(bool(one.elsewhere) for one in counted),
        revisions=tuple(revisions),
        hows=tuple((how, text) for how, text in HOW.items() if any(t.how == how for v in views for t in v.ties)),
    )


def report_data(page: ReportPage) -> dict[str, Any]:
    """The page as plain data: the report, and every sentence with all its places in the other reports."""
    article = page.article
    return {
        "article": {
            "id": article.id,
            "siglum": article.siglum,
            "outlet": article.outlet,
            "title": article.title,
            "byline": list(article.byline),
            "url": article.url,
            "path": article.path,
            "published": page.report.published_iso or None,
            "language": article.language,
            "text": article.text,
            "parts": [{"start": part.start, "end": part.end, "kind": part.kind} for part in article.parts],
        },
        "compared": page.compared,
        "sentences": [
            {
                "number": view.number,
                "part": view.sentence.part,
                "start": view.sentence.start,
                "end": view.sentence.end,
                "text": article.text[view.sentence.start : view.sentence.end],
                "voices": view.voices,
                "elsewhere": [
                    {"article": p.article, "start": p.start, "end": p.end, "text": text, "how": p.how}
                    for p, text in zip(view.sentence.elsewhere, view.words, strict=True)
                ],
            }
            for view in page.sentences
        ],
    }


def _sentence(apparatus: Apparatus, sentence: Sentence, number: int, article: Article) -> SentenceView:
    best = strongest(sentence)
    ties = []
    for how, label in HOW.items():
        # A denial is told beside whatever else ties two reports there.
        places = [place for place in (sentence.elsewhere if how == "denial" else best.values()) if place.how == how]
        if places:
            ties.append(Tie(how, label, chips(apparatus.cite(p.article, p.start, p.end) for p in places)))
    own = apparatus.mark(article.id)
    voices = {apparatus.mark(p.article) for p in best.values() if p.how != "denial"} - {own}
    return SentenceView(
        number=number,
        id=apparatus.id("sentence", str(sentence.start)),
        ties=tuple(ties),
        claims=tuple(_claim(apparatus, at) for at in sentence.claims),
        quotations=tuple(_quotation(apparatus, at) for at in sentence.utterances),
        voices=len(voices),
        shade=min(len(voices), Render().most_shade),
        alone=not best and sentence.part in _COUNTED,
        sentence=sentence,
        words=tuple(apparatus.article(p.article).text[p.start : p.end] for p in sentence.elsewhere),
    )


def _claim(apparatus: Apparatus, at: int) -> ClaimMark:
    claim = apparatus.edition.claims[at]
    return ClaimMark(
        short=f"c{at + 1}",
        href=apparatus.links.finding(apparatus.id("claim", claim.id)),
        text=claim.text,
        lineages=claim.lineages,
        outlets=claim.outlets,
        disputed=claim.status == "disputed",
    )


def _quotation(apparatus: Apparatus, at: int) -> QuotationMark:
    utterance = apparatus.edition.utterances[at]
    return QuotationMark(
        short=f"q{at + 1}",
        href=apparatus.links.quotation(utterance.id)
        or apparatus.links.finding(apparatus.id("quotation", utterance.id)),
        speaker=spoken_by(apparatus.edition, utterance.speaker, utterance.speaker_text),
    )


def _others(apparatus: Apparatus, article: Article, counted: Sequence[Sentence]) -> tuple[OtherReport, ...]:
    any_way: Counter[str] = Counter()
    same: Counter[str] = Counter()
    for sentence in counted:
        for id, place in strongest(sentence).items():
            any_way[id] += 1
            same[id] += place.how == "verbatim"
    return tuple(
        OtherReport(
            apparatus.to_report(other.id),
            any_way[other.id],
            same[other.id],
            apparatus.links.side_by_side(article.id, other.id),
        )
        for other in apparatus.edition.articles
        if any_way[other.id]
    )


def _without(apparatus: Apparatus, article: Article, counted: Sequence[Sentence]) -> tuple[Citation, ...]:
    """The other reports that have no sentence of this one."""
    having = {place.article for sentence in counted for place in sentence.elsewhere}
    return tuple(
        apparatus.to_report(other.id)
        for other in apparatus.edition.articles
        if other.id != article.id and other.id not in having and is_compared(other)
    )


def _text(apparatus: Apparatus, article: Article, views: Sequence[SentenceView]) -> Markup:
    """The text, each paragraph with its strip before it and its margin behind it."""
    margin = environment().get_template("report_margin.html.j2").module
    starts = [view.sentence.start for view in views]

    def around(start: int, end: int) -> tuple[Markup, Markup]:
        here = views[bisect_left(starts, start) : bisect_left(starts, end)]
        if not here:
            return Markup('<p dir="auto">'), Markup("</p>")
        strip = Markup("").join(
            Markup('<i class="heat heat-{} long-{}" data-voices="{}"></i>').format(
                view.shade, _twelfths(view, end - start), view.voices or ""
            )
            for view in here
        )
        return (
            Markup('<div class="paragraph"><div class="strip" aria-hidden="true">{}</div><p dir="auto">').format(strip),
            Markup("</p>{}</div>").format(margin.margin([view for view in here if view.has_row])),  # type: ignore[attr-defined]
        )

    marks = [_mark(view, view.sentence) for view in views]
    return woven(article, [*marks, *(stretch_of(cited) for cited in apparatus.cited(article.id))], around)


def _twelfths(view: SentenceView, paragraph: int) -> int:
    """About how many twelfths of its paragraph the sentence fills, one at least."""
    return max(1, min(12, round(12 * (view.sentence.end - view.sentence.start) / max(1, paragraph))))


def _mark(view: SentenceView, sentence: Sentence) -> Stretch:
    return Stretch(
        sentence.start,
        sentence.end,
        opening=Markup('<span class="sentence" id="{}" data-number="{}">').format(view.id, view.number),
        again=Markup('<span class="sentence">'),
    )
