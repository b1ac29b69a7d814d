"""Two or three reports of a story side by side: what they have in common joined, and where the words differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from markupsafe import Markup

from variorum.config.render import Render
from variorum.records import Article, Edition, Span
from variorum.render.apparatus import Apparatus
from variorum.render.claims_view import spoken_by
from variorum.render.differences import Difference, held
from variorum.render.joins import Join, JoinKind, joins
from variorum.render.links import Links
from variorum.render.marked_text import Stretch, woven
from variorum.render.reports_view import ReportView, report_views
from variorum.render.wording import in_words
from variorum.text import words

KINDS: dict[JoinKind, str] = {
    "verbatim": "the same words",
    "quotation": "the same quotation",
    "retold": "told in other words",
    "claim": "the same claim",
}


@dataclass(frozen=True, slots=True)
class ColumnDifferences:
    """Where one column departs from another within a join. column, against: their indices."""

    column: int
    against: int
    found: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class JoinView:
    """A join as the page shows it.

    label: what joins the places, in plain words, with the claims and quotations it holds. same: share of the words
    that are the same, in [0, 1], the least of the columns held against each other. marked: whether the differences
    are marked; where not, so few words are the same that marks would show nothing.
    """

    join: Join
    label: str
    same: float
    marked: bool
    differences: tuple[ColumnDifferences, ...]

    @property
    def differing(self) -> int:
        """In how many places the words differ; one where words stand for words counts once, not in either column."""
        return sum(
            difference.kind == "only" or side.column > side.against
            for side in self.differences
            for difference in side.found
        )


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One report: its head, its whole text, and the shares of its body's words that are joined, in [0, 1].

    in_the_same_words: in passages of the same words; joined: in any join.
    """

    report: ReportView
    text: Markup
    in_the_same_words: float
    joined: float


@dataclass(frozen=True, slots=True)
class PairView:
    """What two of the reports have in common. same_words, retold: passages; quotations, claims: things said."""

    a: ReportView
    b: ReportView
    same_words: int
    retold: int
    quotations: int
    claims: int


@dataclass(frozen=True, slots=True)
class Choosable:
    """A report that can be set beside others. chosen: whether it is."""

    report: ReportView
    article: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class BesideView:
    """Reports side by side. action: where the form leads; empty where no page sets reports side by side."""

    edition: Edition
    articles: tuple[str, ...]
    columns: tuple[ColumnView, ...]
    pairs: tuple[PairView, ...]
    joins: tuple[JoinView, ...]
    kinds: tuple[tuple[JoinKind, str], ...]
    choices: tuple[Choosable, ...]
    most: int
    action: str


def beside_view(edition: Edition, articles: Sequence[str], links: Links) -> BesideView:
    """Two or three reports of ``edition`` side by side, by their ids, in the order given.

    Raises ValueError for fewer or more, for the same twice, and for an id the edition does not have.
    """
    most = Render().most_beside
    _check(edition, articles, most)
    apparatus = Apparatus(edition, links=links)
    heads = {a.id: head for a, head in zip(edition.articles, report_views(apparatus), strict=True)}
    found = joins(edition, articles)
    views = tuple(_join(apparatus, join, articles) for join in found)
    return BesideView(
        edition=edition,
        articles=tuple(articles),
        columns=tuple(_column(apparatus, heads[id], at, articles, views) for at, id in enumerate(articles)),
        pairs=tuple(
            _pair(edition, heads, (articles[a], articles[b]), [j for j in found if j.spans[a] and j.spans[b]])
            for a, b in combinations(range(len(articles)), 2)
        ),
        joins=views,
        kinds=tuple((kind, words) for kind, words in KINDS.items() if any(join.kind == kind for join in found)),
        choices=tuple(Choosable(heads[a.id], a.id, a.id in articles) for a in edition.articles),
        most=most,
        action=links.beside,
    )


def beside_data(view: BesideView) -> dict[str, Any]:
    """The view as plain data: reports, and every join with its places and differences, offsets in code points."""
    texts = [view.edition.article(id).text for id in view.articles]
    return {
        "articles": [
            {
                "id": id,
                "siglum": column.report.siglum,
                "outlet": column.report.outlet,
                "in_the_same_words": round(column.in_the_same_words, 4),
                "joined": round(column.joined, 4),
            }
            for id, column in zip(view.articles, view.columns, strict=True)
        ],
        "joins": [_join_data(view, one, texts) for one in view.joins],
    }


def _join_data(view: BesideView, one: JoinView, texts: Sequence[str]) -> dict[str, Any]:
    join = one.join
    return {
        "number": join.number,
        "kind": join.kind,
        "likeness": join.likeness,
        "same_words": round(one.same, 4),
        "denied": join.denied,
        "claims": [view.edition.claims[at].id for at in join.claims],
        "utterances": [view.edition.utterances[at].id for at in join.utterances],
        "spans": [
            {"article": view.articles[at], "start": s.start, "end": s.end, "text": texts[at][s.start : s.end]}
            for at, spans in enumerate(join.spans)
            for s in spans
        ],
        "differences": [
            {
                "article": view.articles[side.column],
                "against": view.articles[side.against],
                "kind": difference.kind,
                "start": difference.start,
                "end": difference.end,
                "text": difference.text,
                "other_text": difference.other,
            }
            for side in one.differences
            for difference in side.found
        ],
        "differences_marked": one.marked,
    }


def _check(edition: Edition, articles: Sequence[str], most: int) -> None:
    if not 2 <= len(articles) <= most:
        raise ValueError(f"two or {in_words(most)} reports can be set side by side, not {in_words(len(articles))}")
    known = {article.id for article in edition.articles}
    for at, id in enumerate(articles):
        if id not in known:
            raise ValueError(f"no report of this story has the id {id[:80]!r}")
        if id in articles[:at]:
            raise ValueError(f"a report cannot be set beside itself: {id} was asked for twice")


def _join(apparatus: Apparatus, join: Join, articles: Sequence[str]) -> JoinView:
    """The join with its differences: each column is held against the one before it, the first against the next."""
    texts = [apparatus.article(id).text for id in articles]
    same, marked = 1.0, True
    sides: list[ColumnDifferences] = []
    for nth, (left, right) in enumerate(zip(join.columns, join.columns[1:], strict=False)):
        outcome = held(texts[left], join.spans[left], texts[right], join.spans[right])
        same, marked = min(same, outcome.same), marked and outcome.marked
        if nth == 0:
            sides.append(ColumnDifferences(left, right, outcome.here))
        sides.append(ColumnDifferences(right, left, outcome.there))
    return JoinView(join, _label(apparatus.edition, join), same, marked, tuple(s for s in sides if s.found))


def _label(edition: Edition, join: Join) -> str:
    said = [KINDS[join.kind]]
    if join.denied:
        said = ["one report denies what another states"]
    for at in join.utterances[:3]:
        utterance = edition.utterances[at]
        who = spoken_by(edition, utterance.speaker, utterance.speaker_text)
        said.append(f"q{at + 1}, {who}" if who else f"q{at + 1}")
    said.extend(
        f"c{at + 1}, disputed" if edition.claims[at].status == "disputed" else f"c{at + 1}" for at in join.claims[:3]
    )
    return "; ".join(said)


def _pair(edition: Edition, heads: dict[str, ReportView], pair: tuple[str, str], found: Sequence[Join]) -> PairView:
    both = set(pair)
    return PairView(
        a=heads[pair[0]],
        b=heads[pair[1]],
        same_words=sum(join.kind == "verbatim" for join in found),
        retold=sum(join.kind == "retold" for join in found),
        quotations=sum(both <= {reading.article for reading in one.readings} for one in edition.utterances),
        claims=sum(
            both <= {voice.article for voice in one.voices if voice.stance != "denies"} for one in edition.claims
        ),
    )


def _column(
    apparatus: Apparatus, head: ReportView, at: int, articles: Sequence[str], views: Sequence[JoinView]
) -> ColumnView:
    article = apparatus.article(articles[at])
    sigla = [apparatus.siglum(id) for id in articles]
    stretches = [s for view in views for s in _joined(view, at, sigla)]
    stretches += _said(apparatus, article) + _claimed(apparatus, article)
    stretches += [
        Stretch(d.start, d.end, tag, tag, Markup("</mark>"))
        for view in views
        if view.marked
        for side in view.differences
        if side.column == at
        for d in side.found
        for tag in [_difference_tag(d, sigla[side.against])]
    ]
    body = [span for part in article.parts_of("body") for span in [Span(part.start, part.end)]]
    exact = [span for view in views if view.join.kind == "verbatim" for span in view.join.spans[at]]
    return ColumnView(
        report=head,
        text=woven(article, stretches),
        in_the_same_words=_share(article, body, exact),
        joined=_share(article, body, [span for view in views for span in view.join.spans[at]]),
    )


def _joined(view: JoinView, at: int, sigla: Sequence[str]) -> list[Stretch]:
    """The join's stretches in one column, each with its number, which leads to the next column that has it."""
    join = view.join
    if not join.spans[at]:
        return []
    others = [*(c for c in join.columns if c > at), *(c for c in join.columns if c < at)]
    classes = f"join join-{join.kind}{' join-denied' if join.denied else ''}{'' if view.marked else ' join-apart'}"
    tag = Markup('<span class="{}" data-join="{}">').format(classes, join.number)
    first = Markup('<span class="{}" data-join="{}" id="{}">').format(classes, join.number, _place(join, at))
    number = Markup('<a class="join-number" href="#{}" data-number="{}" aria-label="{}"></a>').format(
        _place(join, others[0]),
        join.number,
        f"Passage {join.number}, {view.label}: go to it in {sigla[others[0]]}",
    )
    return [
        Stretch(span.start, span.end, tag if nth else first, tag, before=number)
        for nth, span in enumerate(join.spans[at])
    ]


def _place(join: Join, at: int) -> str:
    return f"join-{join.number}-{at + 1}"


def _difference_tag(difference: Difference, siglum: str) -> Markup:
    said = f"{siglum} has: {_short(difference.other)}" if difference.kind == "changed" else f"not in {siglum} here"
    return Markup('<mark class="{}" title="{}">').format(difference.kind, said)


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:159].rpartition(" ")[0] + " …"


def _said(apparatus: Apparatus, article: Article) -> list[Stretch]:
    """The quotations of a report, each with the way to it."""
    found: list[Stretch] = []
    for number, utterance in enumerate(apparatus.edition.utterances, start=1):
        for reading in utterance.readings:
            if reading.article == article.id:
                id = apparatus.id("quotation", utterance.id)
                href = apparatus.links.quotation(utterance.id) or apparatus.links.finding(id)
                who = spoken_by(apparatus.edition, utterance.speaker, utterance.speaker_text)
                to = _to(href, f"q{number}", f"Quotation {number}{f', {who}' if who else ''}")
                last = len(reading.spans) - 1
                tag = Markup('<span class="said">')
                found.extend(
                    Stretch(s.start, s.end, tag, tag, after=to if nth == last else Markup(""))
                    for nth, s in enumerate(reading.spans)
                    if len(s)
                )
    return found


def _claimed(apparatus: Apparatus, article: Article) -> list[Stretch]:
    """The claims of a report that others carry too, or that are disputed, each with the way to it."""
    found: list[Stretch] = []
    for number, claim in enumerate(apparatus.edition.claims, start=1):
        disputed = claim.status == "disputed"
        if not disputed and len({voice.article for voice in claim.voices}) < 2:
            continue
        tag = Markup('<span class="claimed{}">').format(" claimed-disputed" if disputed else "")
        href = apparatus.links.finding(apparatus.id("claim", claim.id))
        to = _to(href, f"c{number}{'†' if disputed else ''}", f"Claim {number}{', disputed' if disputed else ''}")
        found.extend(
            Stretch(voice.start, voice.end, tag, tag, after=to)
            for voice in claim.voices
            if voice.article == article.id and voice.start < voice.end
        )
    return found


def _to(href: str, short: str, title: str) -> Markup:
    return Markup('<a class="to-finding" href="{}" data-short="{}" aria-label="{}" title="{}"></a>').format(
        href, short, title, title
    )


def _share(article: Article, body: Iterable[Span], spans: Sequence[Span]) -> float:
    """Share of the body's words that stand in one of the spans."""
    total = inside = 0
    ordered = sorted(spans)
    for part in body:
        near = [span for span in ordered if span.overlaps(part)]
        for word in words(article.text, part.start, part.end):
            total += 1
            inside += any(span.start <= word.start < span.end for span in near)
    return inside / total if total else 0.0
