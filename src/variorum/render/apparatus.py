"""The apparatus of one edition on a page: sigla, voices, and every stretch that is cited.

The sections of a page cite while they are made; the reports, printed last, then carry an anchor
for every stretch cited, with the way back to what cites it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from variorum.records import Article, Edition, Lineage
from variorum.render.links import Links
from variorum.text import digest

Role = Literal["claim", "quotation", "variant", "dispute", "passing"]

_SAFE = re.compile(r"[A-Za-z0-9_-]+\Z")
SHAPES = 8  # drawn in templates/symbols.html.j2
COLOURS = 8  # set in static/page.css


@dataclass(frozen=True, slots=True)
class Mark:
    """How a voice is told apart on the page: its number, and a shape as well as a colour.

    All three are 0 for a report that was not compared and so is no voice.
    """

    number: int
    shape: int
    colour: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A link to words where they stand. words: the words themselves, ``text[start:end]``."""

    article: str
    siglum: str
    outlet: str
    href: str
    mark: Mark
    words: str
    start: int


@dataclass(frozen=True, slots=True)
class VoiceChip:
    """Citations that go back to one exemplar, shown as one chip: one chip is one voice."""

    mark: Mark
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Back:
    """The way back from cited words. short: as printed after them ("c3"); title: in plain words."""

    href: str
    short: str
    title: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch of one report that something on the page cites."""

    start: int
    end: int
    id: str
    roles: tuple[Role, ...]
    backs: tuple[Back, ...]


class Apparatus:
    """Gives out citations of one edition and remembers them.

    prefix: stands before every id, so that several editions can share a page; empty for one. links: to which pages
    its citations lead.
    """

    def __init__(self, edition: Edition, *, prefix: str = "", links: Links | None = None) -> None:
        self.edition = edition
        self.prefix = prefix
        self.links = links or Links()
        self._articles = {article.id: article for article in edition.articles}
        self._sigla: dict[str, str] = {}
        for index, article in enumerate(edition.articles):
            self._sigla[article.id] = article.siglum or f"({index + 1})"
        self._marks: dict[str, Mark] = {}
        self.lineages = tuple(  # those with a report that was compared: the others are no voices
            lineage
            for lineage in edition.stemma.lineages
            if any(is_compared(self._articles[a]) for a in lineage.articles)
        )
        for index, lineage in enumerate(self.lineages):
            for member in lineage.articles:
                self._marks[member] = mark(index)
        for article in edition.articles:
            self._marks.setdefault(article.id, Mark(0, 0, 0))
        self._cited: dict[str, dict[tuple[int, int], tuple[dict[Role, None], dict[Back, None]]]] = {}

    def origin(self, lineage: Lineage) -> str | None:
        """Id of the report a voice goes back to, where it is in the collection: as an article or its agency's own."""
        exemplar = lineage.exemplar
        if exemplar.kind == "article":
            return exemplar.name
        if exemplar.kind == "agency" and exemplar.name:
            wanted = exemplar.name.casefold()
            return next((a for a in lineage.articles if self._articles[a].outlet.casefold() == wanted), None)
        return None

    def is_retold(self, lineage: Lineage) -> bool:
        """Whether the reports of a voice only retell, and share no text."""
        inside = [
            one for one in self.edition.stemma.borrowings if one.a in lineage.articles and one.b in lineage.articles
        ]
        return bool(inside) and all(one.kind == "retold" for one in inside)

    def id(self, kind: str, name: str = "") -> str:
        """An id for a thing on the page. A name that does not fit in an id is replaced by its digest."""
        if not name:
            return f"{self.prefix}{kind}"
        return f"{self.prefix}{kind}-{name if _SAFE.match(name) else digest(name)}"

    def siglum(self, article: str) -> str:
        """The letter of a report; its number in brackets where the edition gave it none."""
        return self._sigla[article]

    def article(self, id: str) -> Article:
        """The report with that id. Raises KeyError when the edition has none."""
        return self._articles[id]

    def mark(self, article: str) -> Mark:
        """The mark of the voice a report belongs to."""
        return self._marks[article]

    def report_href(self, article: str) -> str:
        """A link to a report's own place on the page, or to its page."""
        return self.links.report(article, self.report_id(article))

    def cite(self, article: str, start: int, end: int, role: Role = "passing", back: Back | None = None) -> Citation:
        """A link to ``[start, end)`` of a report. Raises ValueError when the report has no such stretch."""
        text = self._articles[article].text
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"report {self._sigla[article]} has {len(text)} characters, cited at [{start}, {end})")
        roles, backs = self._cited.setdefault(article, {}).setdefault((start, end), ({}, {}))
        roles[role] = None
        if back is not None:
            backs[back] = None
        return Citation(
            article=article,
            siglum=self._sigla[article],
            outlet=self._articles[article].outlet,
            href=self.links.words(article, self._span_id(article, start, end)),
            mark=self._marks[article],
            words=text[start:end],
            start=start,
        )

    def to_report(self, article: str) -> Citation:
        """A link to a whole report."""
        return Citation(
            article=article,
            siglum=self._sigla[article],
            outlet=self._articles[article].outlet,
            href=self.report_href(article),
            mark=self._marks[article],
            words="",
            start=0,
        )

    def cited(self, article: str) -> tuple[Cited, ...]:
        """Every stretch of a report cited so far, by place, the longer first."""
        found = self._cited.get(article, {})
        return tuple(
            Cited(start, end, self._span_id(article, start, end), tuple(roles), tuple(backs))
            for (start, end), (roles, backs) in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1]))
        )

    def report_id(self, article: str) -> str:
        """The id of a report's own place on the page."""
        return self.id("report", self._sigla[article])

    def _span_id(self, article: str, start: int, end: int) -> str:
        siglum = self._sigla[article]
        return f"{self.prefix}{siglum if _SAFE.match(siglum) else digest(siglum)}-{start}-{end}"


def is_compared(article: Article) -> bool:
    """Whether the article's language is one that is compared; the others are shown as read."""
    return article.language == "en"


def mark(index: int) -> Mark:
    """The mark of the voice at ``index``: shape and colour go together for the first eight, then part."""
    return Mark(index + 1, index % SHAPES + 1, (index + index // SHAPES) % COLOURS + 1)


def chips(citations: Iterable[Citation]) -> tuple[VoiceChip, ...]:
    """Citations gathered by voice, in the order of the voices, one report after another within each."""
    by_voice: dict[Mark, list[Citation]] = {}
    for citation in citations:
        by_voice.setdefault(citation.mark, []).append(citation)
    return tuple(
        VoiceChip(voice, tuple(sorted(by_voice[voice], key=lambda c: (len(c.siglum), c.siglum, c.start))))
        for voice in sorted(by_voice, key=lambda voice: voice.number)
    )
