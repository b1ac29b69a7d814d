"""Who leaves out what, who is heard, who calls it what.

In: a story with its annotations, names, stemma, utterances and comparison. Out: a
:class:`~variorum.records.Tabulation`: the matrix of claims × articles, the speakers each article gives
words to, and the labels each article uses for a name. That an article *omits* a claim is said only where
the whole report could be read and nothing in it comes near the claim; else the cell is *unknown*.

Labels of people on NewsWCL50: 126 of 128 judged are right, 71 % of what the annotators marked is found
(``evals/labels.py``). Of facts told in other words, about one in eight would still be called omitted; the price is
that a fifth of true omissions are given as unknown (see ``config/coverage.py`` for both measurements).
"""

from collections.abc import Mapping, Sequence

from variorum.config.coverage import Coverage
from variorum.coverage.hearing import hearing
from variorum.coverage.labels import labels
from variorum.coverage.matrix import matrix
from variorum.records import Annotation, Comparison, Name, Stemma, Story, Tabulation, Utterance

__all__ = ["tabulate"]


def tabulate(
    story: Story,
    annotations: Mapping[str, Annotation],
    names: Sequence[Name],
    comparison: Comparison,
    utterances: Sequence[Utterance],
    stemma: Stemma,
    *,
    settings: Coverage | None = None,
) -> Tabulation:
    """The tables of one story.

    annotations: by article id; an article without one takes part as a column of unknowns.
    Returns tables in the story's order of articles.
    """
    settings = settings or Coverage()
    named = labels(story, annotations, names, utterances, settings)
    return Tabulation(
        coverage=matrix(story, annotations, comparison, stemma, settings),
        heard=hearing(story, names, utterances, named),
        labels=named,
    )
