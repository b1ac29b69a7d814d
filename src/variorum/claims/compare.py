"""The stage's verb."""

from collections.abc import Mapping, Sequence

from variorum.claims.conflicts import Told, find
from variorum.claims.difference import differ, differ_as_said
from variorum.claims.groups import chosen, groups
from variorum.claims.headings import headings
from variorum.claims.likeness import likeness, nearer_ledes
from variorum.claims.made import by_strength, claim, contested
from variorum.claims.reports import reports
from variorum.claims.stance import attributions, share_utterances
from variorum.claims.units import Unit, units
from variorum.config.claims import Claims
from variorum.records import Annotation, Comparison, Name, Stemma, Story, Utterance


def compare(
    story: Story,
    annotations: Mapping[str, Annotation],
    names: Sequence[Name],
    utterances: Sequence[Utterance],
    stemma: Stemma,
    *,
    settings: Claims | None = None,
) -> Comparison:
    """The claims of a story, strongest first, and its conflicts.

    annotations: by article id; an article without one, or with an empty one, takes no part.
    Every span slices back to the words it stands for; the result does not depend on the articles' order.
    """
    settings = settings or Claims()
    told = reports(story, annotations, names)
    stretches: list[Unit] = [
        unit
        for report in told
        for unit in units(report, fewest_words=settings.fewest_words, most_sentences=settings.most_sentences)
    ]
    if not stretches:
        return Comparison((), ())
    alike = likeness(stretches, stretches, settings=settings)
    alike = nearer_ledes(alike, stretches, stretches, settings=settings)
    given = attributions(utterances)
    printed = share_utterances(stretches, alike, given, settings=settings)
    titles = {name.id: name.name for name in names}
    but_for_figures = likeness(stretches, stretches, settings=settings, with_figures=False)
    share_utterances(stretches, but_for_figures, given, settings=settings)
    conflicts = find(Told(told, stretches, but_for_figures, titles), utterances, settings=settings)

    def apart(u: Unit, v: Unit) -> bool:
        """Whether two units cannot be one claim; the day it was said, or to whom, is not what was said."""
        said = printed.get((u.place, v.place))
        return differ(u, v) if said is None else differ_as_said(u, v, *said)

    picked = chosen(stretches, alike, settings=settings)
    kept = [stretches[at] for at in picked]
    kept_alike = alike[picked, :][:, picked]
    against = contested(kept, printed, conflicts)
    made = [
        claim(group, kept, kept_alike, stemma, given, conflicts, against)
        for group in groups(kept, kept_alike, apart, settings=settings)
    ]
    claims = by_strength(made)
    return Comparison(claims, conflicts, headings(told, stretches, claims, settings=settings))
