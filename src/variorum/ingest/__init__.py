"""Bytes to articles: text kept whole, every line of it labelled.

In come files, folders and standard input, as plain text or web pages in any usual encoding; out comes
an :class:`~variorum.records.Intake` of articles whose ``parts`` name what each line is (title, body,
caption, advert, other stories' teasers ...), with the agencies they credit, where they break off, what
the page states of itself, and one plain sentence for every input that is no report.

``intake`` takes paths; ``formats`` finds the reports in what holds many (WARC, JSON, CSV, zip, saved pages), ``feeds``
reads feeds, ``fetch`` asks the web, ``online`` and ``watch`` put the two together; ``compose`` makes one report of one
item, whichever way it came. What fetches is imported from its own module: a run over files needs none of it.
"""

from variorum.ingest.compose import article_of, compose
from variorum.ingest.intake import is_address, read, receive, stream
from variorum.ingest.item import Item

__all__ = ["Item", "article_of", "compose", "is_address", "read", "receive", "stream"]
