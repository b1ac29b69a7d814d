"""Editions made visible: an HTML page, a terminal, Markdown, and the exchange format.

In: an :class:`~variorum.records.Editions` (or one edition, for a notebook). Out: text. Nothing here
computes a finding; each module draws what the edition holds, and every word it shows of a report is
cited from that report's text. Modules are imported one by one, because each brings its own library.
"""
