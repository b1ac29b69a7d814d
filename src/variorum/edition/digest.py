"""A short account of a story, made only of what its reports print."""

from collections.abc import Mapping, Sequence

from variorum.config.edition import Edition as Settings
from variorum.edition.background import Background
from variorum.edition.candidates import Candidate, candidates
from variorum.records import Annotation, Claim, Comparison, Extract, Story

_MOSTLY_QUOTED = 0.5


def digest(
    story: Story,
    annotations: Mapping[str, Annotation],
    comparison: Comparison,
    around: Background,
    settings: Settings,
) -> tuple[Extract, ...]:
    """Extracts of at most ``settings.digest_words`` in all, in the order a reader is told the story.

    The opening extract is a lede; then whatever adds most, by the lineages of claims not yet told, for its
    words. No claim is told twice, and at most one extract rests on one lineage alone unless all do. An
    extract's ``lineages`` are those of the strongest claim whose voice lies in it, 1 when it carries none.
    """
    pool = list(candidates(story, annotations, comparison.claims, around, settings))
    while True:
        ordered = _in_order(_chosen(pool, settings))
        stray = _unprepared(ordered)
        if stray is None:
            return tuple(_extract(candidate) for candidate in ordered)
        pool = [candidate for candidate in pool if candidate is not stray]


def _chosen(pool: Sequence[Candidate], settings: Settings) -> list[Candidate]:
    chosen: list[Candidate] = []
    ledes = [candidate for candidate in pool if candidate.lede and not candidate.standing.needs]
    opening = _best(ledes, chosen, settings, opening=True) or _best(pool, chosen, settings, opening=True)
    while opening is not None:
        chosen.append(opening)
        opening = _best(pool, chosen, settings)
    return chosen


def _best(
    pool: Sequence[Candidate], chosen: Sequence[Candidate], settings: Settings, *, opening: bool = False
) -> Candidate | None:
    left = settings.digest_words - sum(candidate.words for candidate in chosen)
    told = {claim.id for candidate in chosen for claim in candidate.claims}
    several = any(candidate.lineages > 1 for candidate in pool)
    single = any(candidate.lineages == 1 for candidate in chosen)
    filled = settings.digest_words - left >= settings.digest_least_words
    fit = [
        candidate
        for candidate in pool
        if candidate.words <= left
        and not any(claim.id in told for claim in candidate.claims)
        and not (several and candidate.lineages == 1 and (single or filled or opening))
        and not _repeats(candidate, chosen, settings)
    ]
    if not fit:
        return None
    if not opening:
        fit = [candidate for candidate in fit if candidate.lineages > 1] or fit
    return max(
        fit,
        # Rounded, so that reprints of one sentence are equal whatever order their words were added up in.
        key=lambda candidate: (
            round(_worth(candidate, chosen, settings, opening), 9),
            -candidate.span.start,
            candidate.article,
        ),
    )


def _worth(candidate: Candidate, chosen: Sequence[Candidate], settings: Settings, opening: bool) -> float:
    """What a candidate adds, for its words.

    Quotations group best, being printed alike; each one told halves the worth of the next, lest the digest be
    all talk.
    """
    gain = sum(_weight(claim, settings) for claim in candidate.claims) or settings.single_weight / 2
    gain *= (
        candidate.plain * (1.2 - 0.4 * candidate.at) * (0.5 + candidate.central) * (1 - 0.4 * candidate.standing.quoted)
    )
    stands = candidate.standing
    gain *= 0.75**stands.looks_back * 0.85 ** len(stands.bare) * 0.9**stands.definites
    if candidate.standing.quoted > _MOSTLY_QUOTED:
        gain *= 0.5 ** sum(other.standing.quoted > _MOSTLY_QUOTED for other in chosen)
    if opening:
        gain *= (0.5 + candidate.central) ** 2  # the opening tells what all reports open with
    # The opening, and the one extract that may rest on one lineage, are chosen for what they tell, not by the word.
    price = 0.15 if opening or candidate.lineages == 1 else settings.price_of_words
    return float(gain / candidate.words**price)


def _weight(claim: Claim, settings: Settings) -> float:
    return claim.lineages - 1 if claim.lineages > 1 else settings.single_weight


def _repeats(candidate: Candidate, chosen: Sequence[Candidate], settings: Settings) -> bool:
    for other in chosen:
        if candidate.article == other.article and candidate.span.overlaps(other.span):
            return True
        if float(candidate.vector @ other.vector) >= settings.repeat_likeness:
            return True
        least = min(len(candidate.keys), len(other.keys))
        if least and len(candidate.keys & other.keys) / least > 0.6:
            return True
    return False


def _in_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The opening first, then by where reports tell it."""
    rest = sorted(chosen[1:], key=lambda candidate: (candidate.place, candidate.at, candidate.article, candidate.span))
    return [*chosen[:1], *rest]


def _unprepared(ordered: Sequence[Candidate]) -> Candidate | None:
    """An extract about "the ferry" that no extract before it has spoken of."""
    said: set[str] = set()
    for candidate in ordered:
        if candidate.standing.needs - said:
            return candidate
        said |= candidate.lemmas
    return None


def _extract(candidate: Candidate) -> Extract:
    return Extract(
        article=candidate.article,
        start=candidate.span.start,
        end=candidate.span.end,
        text=candidate.text,
        claims=tuple(claim.id for claim in candidate.claims),
        lineages=candidate.lineages,
        disputed=candidate.disputed,
    )
