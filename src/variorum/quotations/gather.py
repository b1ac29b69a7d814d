"""Units brought together into utterances: one thing said, however many print it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.config import Quotations as Settings
from variorum.quotations.pairing import Match, pairs
from variorum.quotations.units import NameWords, Unit, unit
from variorum.records import Article, Span

_JOINING = frozenset(("and", "but", "or", "so"))
_SIDE_WORDS = 3  # words a part must have on its side of a cut for the cut to be one


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where in a unit a partner matches it."""

    start: int
    end: int
    partner: int


def gather(
    articles: Mapping[str, Article], found: Sequence[Unit], name_words: NameWords, settings: Settings
) -> list[list[Unit]]:
    """The utterances, each as its units, in an order that depends on content alone.

    A unit that holds the words of two different sentences of other reports (spliced, or joined by
    "and") is cut between them first, so that neither drags the other into its utterance.
    """
    current = sorted(found, key=lambda unit: unit.order)
    matches = pairs(current, settings)
    for _ in range(3):
        cut = _cut(articles, current, matches, name_words)
        if len(cut) == len(current):
            break
        current = sorted(cut, key=lambda unit: unit.order)
        matches = pairs(current, settings)
    return _joined(current, matches)


def _joined(found: Sequence[Unit], matches: Sequence[Match]) -> list[list[Unit]]:
    """Best matches first; two different sentences of one article never end in one utterance."""
    member = list(range(len(found)))
    groups: dict[int, set[int]] = {at: {at} for at in member}
    for match in matches:
        one, other = member[match.a], member[match.b]
        if one == other or not _may_join(found, groups[one], groups[other]):
            continue
        low, high = min(one, other), max(one, other)
        groups[low] |= groups.pop(high)
        for at in groups[low]:
            member[at] = low
    return [[found[at] for at in sorted(ats)] for _, ats in sorted(groups.items())]


def _may_join(found: Sequence[Unit], one: set[int], other: set[int]) -> bool:
    for left in one:
        for right in other:
            a, b = found[left], found[right]
            if a.article == b.article and not _repeats(a.keys, b.keys):
                return False
    return True


def _repeats(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return any(longer[at : at + len(shorter)] == shorter for at in range(len(longer) - len(shorter) + 1))


def _cut(
    articles: Mapping[str, Article], found: Sequence[Unit], matches: Sequence[Match], name_words: NameWords
) -> list[Unit]:
    stretches: dict[int, list[_Stretch]] = {}
    linked = {frozenset((match.a, match.b)) for match in matches}
    for match in matches:
        stretches.setdefault(match.a, []).append(_Stretch(*match.a_at, match.b))
        stretches.setdefault(match.b, []).append(_Stretch(*match.b_at, match.a))
    made: list[Unit] = []
    for at, whole in enumerate(found):
        boundary = _boundary(found, stretches.get(at, []), linked)
        if boundary is None:
            made.append(whole)
        else:
            made.extend(_parts(articles[whole.article].text, whole, boundary, name_words))
    return made


def _boundary(found: Sequence[Unit], here: Sequence[_Stretch], linked: set[frozenset[int]]) -> int | None:
    """Where a unit changes from one sentence of others to another of theirs; ``None`` when it does not.

    Two partners must match stretches that lie apart, must not match each other, and must be two
    sentences somewhere: of one article, so that nobody prints them as one.
    """
    for left in here:
        for right in here:
            apart = left.end <= right.start and min(left.end - left.start, right.end - right.start) >= _SIDE_WORDS
            if not apart or frozenset((left.partner, right.partner)) in linked:
                continue
            if found[left.partner].article != found[right.partner].article:
                continue
            crossing = any(
                min(left.end - other.start, other.end - right.start) >= _SIDE_WORDS
                for other in here
                if other.partner not in (left.partner, right.partner)
            )
            if not crossing:
                return left.end
    return None


def _parts(text: str, whole: Unit, boundary: int, name_words: NameWords) -> list[Unit]:
    at = whole.words[boundary].start
    left = tuple(Span(span.start, min(span.end, at)) for span in whole.spans if span.start < at)
    right = tuple(Span(max(span.start, at), span.end) for span in whole.spans if span.end > at)
    last = boundary - 1
    while last > 0 and whole.words[last].key in _JOINING:
        last -= 1  # the word that joins the two is of neither
    end = whole.words[last].end
    left = tuple(Span(span.start, min(span.end, end)) for span in left if span.start < end)
    before = unit(whole.article, text, left, whole.quotation, name_words)
    after = unit(whole.article, text, right, whole.quotation, name_words)
    # Where the cue stands between the two, the outlet shows that words may be missing.
    run_on = any(span.start < at < span.end and span.start <= whole.words[last].start for span in whole.spans)
    return [
        replace(before, speaker=whole.speaker, spliced_before=whole.spliced_before, spliced_after=run_on),
        replace(after, speaker=whole.speaker, spliced_before=run_on, spliced_after=whole.spliced_after),
    ]
