"""Where a page's links lead: to places on the page itself, or to other pages of the same story."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of one story's pages. As made without arguments: one page holds everything.

    edition: of the page with the findings, empty where that is this page. reports: what stands before a report's id
    in the address of its page, empty where the reports are on this page. here: id of the report this page shows.
    quotations: what stands before an utterance's id, empty where an utterance has no page of its own.
    beside: of the page that sets reports side by side, empty where there is none. coverage: of the page with the whole
    matrix of claims and reports, empty where that is on this page.
    """

    edition: str = ""
    reports: str = ""
    here: str = ""
    quotations: str = ""
    beside: str = ""
    coverage: str = ""

    def finding(self, id: str) -> str:
        """A link to a finding, by the id of its place."""
        return f"{self.edition}#{id}"

    def words(self, article: str, id: str) -> str:
        """A link to words of a report, by the id of their place in it."""
        return f"{self._page(article)}#{id}"

    def report(self, article: str, id: str) -> str:
        """A link to a whole report: its page, or its place on this one."""
        return self._page(article) or f"#{id}"

    def quotation(self, utterance: str) -> str | None:
        """A link to an utterance's own page; ``None`` where it has none."""
        return f"{self.quotations}{utterance}" if self.quotations else None

    def side_by_side(self, *articles: str) -> str | None:
        """A link to reports set side by side; ``None`` where no page does that."""
        return f"{self.beside}?{'&'.join(f'report={one}' for one in articles)}" if self.beside else None

    def _page(self, article: str) -> str:
        return f"{self.reports}{article}" if self.reports and article != self.here else ""
