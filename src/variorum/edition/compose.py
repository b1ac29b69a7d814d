"""Putting an edition together."""

from collections.abc import Mapping, Sequence

from variorum.config.edition import Edition as Settings
from variorum.edition.background import background
from variorum.edition.digest import digest
from variorum.edition.headline import headline
from variorum.edition.seal import seal
from variorum.edition.sigla import lettered
from variorum.edition.timeline import timeline
from variorum.records import (
    Annotation,
    Comparison,
    Edition,
    Headline,
    Name,
    Stemma,
    Story,
    Tabulation,
    Utterance,
)


def compose(
    story: Story,
    annotations: Mapping[str, Annotation],
    names: Sequence[Name],
    stemma: Stemma,
    utterances: Sequence[Utterance],
    comparison: Comparison,
    tabulation: Tabulation,
    *,
    settings: Settings | None = None,
) -> Edition:
    """The edition of a story, sealed.

    The headline, the timeline and the digest are made here, of stretches of the reports; everything else is
    taken over as the stages gave it. A story of one report gets an edition as well.
    """
    settings = settings or Settings()
    around = background(story, annotations, comparison, utterances, stemma)
    times = [article.published.at for article in story.articles if article.published is not None]
    return seal(
        Edition(
            story=Headline(
                id=story.id,
                headline=headline(story, annotations, stemma, around, settings),
                first_published=min(times, default=None),
                last_published=max(times, default=None),
            ),
            articles=lettered(story.articles),
            names=tuple(names),
            utterances=tuple(utterances),
            stemma=stemma,
            claims=comparison.claims,
            conflicts=comparison.conflicts,
            coverage=tabulation.coverage,
            heard=tabulation.heard,
            labels=tabulation.labels,
            timeline=timeline(story, annotations, comparison, settings),
            digest=digest(story, annotations, comparison, around, settings),
            headings=comparison.headings,
        )
    )
