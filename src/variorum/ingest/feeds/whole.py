"""Whether what a feed carries of a report is the whole of it."""

from __future__ import annotations

import re

from variorum.config.ingest import Ingest
from variorum.ingest.feeds.clean import line

# What blog software puts under every entry, whole or not.
_FOOT = re.compile(r"\s*(?:the (?:post|article)\b.{0,600}\b(?:appeared first on|first appeared on)\b.{0,200})$", re.I)
_GOES_ON = re.compile(
    r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.|more|\+\d+ chars)\s*\]|\(more\)|(?:read|see|learn|find out) more(?: here)?"
    r"|continue reading\b.{0,200}|keep reading|read on|(?:read|see|view|click (?:here )?(?:to|for)|get)"
    r"(?: \w+)? the (?:full|whole|rest|entire|complete|original)\b.{0,120}|full (?:story|article|text|report))"
    r"\W*(?:»|>|→)?\W*$",
    re.I,
)
_LONGEST = 400_000


def is_whole(content: str, *, is_summary: bool, settings: Ingest) -> bool:
    """Whether ``content`` is a whole report and no beginning of one.

    content: markup or text. is_summary: whether it stands in the field that is for summaries (``description``),
    where a report is believed only when it is longer than any summary. A text that ends with dots or with an
    invitation to read on says of itself that it goes on elsewhere.

    What is taken for whole is not fetched, and what a report then leaves out counts as left out; so where there
    is doubt it is taken for a summary.
    """
    text = line(content, _LONGEST) or ""
    text = text[:-1_000] + _FOOT.sub("", text[-1_000:])
    wanted = settings.feed_summary_words if is_summary else settings.feed_content_words
    return len(text.split()) >= wanted and not _GOES_ON.search(text[-300:])
