"""The critical edition of one story: all that the stages found, with sigla, timeline and digest.

In: a story with its annotations, names, stemma, utterances, comparison and tabulation. Out: an
:class:`~variorum.records.Edition`, sealed. The digest, the timeline and the headline are made of
extracts only: every one is a stretch of a report. ``variorum.edition.verify`` holds a written edition
against the texts it cites.

On twelve BASIL stories the digest tells 2.7 claims of several lineages for 100 words, the first sentences of the
longest report 1.0 (``evals/digest.py``).
"""

from variorum.edition.compose import compose

__all__ = ["compose"]
