"""Where a page's links lead: to places on the page itself, or to other pages of the same story."""

from dataclasses import dataclass
from urllib.parse import urlencode

from variorum.records import FindingKind


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of one story's pages. As made without arguments: one page holds everything.

    edition: of the page with the findings, empty where that is this page. reports: what stands before a report's id
    in the address of its page, empty where the reports are on this page. here: id of the report this page shows.
    quotations: what stands before an utterance's id, empty where an utterance has no page of its own.
    beside: of the page that sets reports side by side, empty where there is none. coverage: of the page with the whole
    matrix of claims and reports, empty where that is on this page. finder: of what leads from words to the finding that
    rests on them, empty where there is no such thing.
    """

    edition: str = ""
    reports: str = ""
    here: str = ""
    quotations: str = ""
    beside: str = ""
    coverage: str = ""
    finder: str = ""

    def finding(self, id: str) -> str:
        """A link to a finding, by the id of its place."""
        return f"{self.edition}#{id}"

    def find(self, kind: FindingKind, article: str, start: int, end: int, id: str) -> str:
        """A link to a finding that lasts when reports join the story: by words it rests on.

        start, end: offsets of the words into the text of ``article``. id: of the finding's place, to which the link
        leads where nothing finds by words.
        """
        return self._by_words(kind, article, start, end) if self.finder else self.finding(id)

    def words(self, article: str, id: str) -> str:
        """A link to words of a report, by the id of their place in it."""
        return f"{self._page(article)}#{id}"

    def report(self, article: str, id: str) -> str:
        """A link to a whole report: its page, or its place on this one."""
        return self._page(article) or f"#{id}"

    def quotation(self, utterance: str) -> str | None:
        """A link to an utterance's own page; ``None`` where it has none."""
        return f"{self.quotations}{utterance}" if self.quotations else None

    def find_quotation(self, article: str, start: int, end: int, utterance: str) -> str | None:
        """A link to an utterance's own page that lasts as :meth:`find` has it; ``None`` where it has none."""
        own = self.quotation(utterance)
        return own if own is None or not self.finder else f"{self._by_words('quotation', article, start, end)}&page=1"

    def side_by_side(self, *articles: str) -> str | None:
        """A link to reports set side by side; ``None`` where no page does that."""
        return f"{self.beside}?{'&'.join(f'report={one}' for one in articles)}" if self.beside else None

    def _by_words(self, kind: FindingKind, article: str, start: int, end: int) -> str:
        return f"{self.finder}?{urlencode({'kind': kind, 'article': article, 'start': start, 'end': end})}"

    def _page(self, article: str) -> str:
        return f"{self.reports}{article}" if self.reports and article != self.here else ""
