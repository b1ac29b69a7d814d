"""Who borrowed from whom, and how many independent voices there are.

In come a story and the annotations of its reports; out goes a Stemma: the pairs of reports that share passages
word for word outside quotations, or retell the same things in the same order, and the lineages that follow,
each with its evidence in plain sentences. Independence is the default. Quotations tell nothing, since two
reporters may have heard one speech; a credit alone ties a report to its agency and to no other report; a
picture's credit ties it to nothing.

``share`` is the half of it that needs no model and no story: the passages that any two articles of a collection of
any size have in common, found without comparing all pairs; ``groups`` divides a collection into what must be traced
together.

By file: ``share`` (the way through) takes ``prose`` (the words), ``fingerprints`` (which runs stand for an article),
``proposals`` (which pairs meet), ``passages`` (what a pair shares), ``scratch`` and ``work`` (disk and processes).
``afar`` does the same between the stories of an archive that no machine holds, a run and a pair at a time.
``trace`` takes ``edges`` (which pairs go together), ``chains`` and ``specifics`` (how alike two tell, and what each has
alone), ``retellings`` (what follows from both), ``direction`` and ``wording`` (who gave), ``lineages`` (the voices).
"""

from variorum.descent.afar import Runs, borrowed_afar, is_stock, runs_afar
from variorum.descent.share import share
from variorum.descent.trace import groups, trace

__all__ = ["Runs", "borrowed_afar", "groups", "is_stock", "runs_afar", "share", "trace"]
