"""Units brought together into utterances: one thing said, however many print it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from variorum.config import Quotations as Settings
from variorum.quotations.pairing import FRAGMENT_WORDS, Match, pairs
from variorum.quotations.units import ELLIPSIS, NameWords, Unit, content, holds, repeats, unit
from variorum.records import Article, Span

_JOINING = frozenset(("and", "but", "or", "so"))
_HALF_WORDS = 5  # words of a sentence that are its half of a splice
_SEAM_WORDS = 2  # words between the halves that are of neither
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
        cut = _cut(articles, current, matches, name_words, settings)
        if len(cut) == len(current):
            break
        current = sorted(cut, key=lambda unit: unit.order)
        matches = pairs(current, settings)
    return _joined(current, matches)


def _joined(found: Sequence[Unit], matches: Sequence[Match]) -> list[list[Unit]]:
    """Best matches first; two different sentences of one article never end in one utterance.

    A fragment of few words ("net neutrality") may be a reading of one utterance, and is no bridge between two:
    fragments come last, and only where all the sentences that hold their words are one utterance.
    """
    member = list(range(len(found)))
    groups: dict[int, set[int]] = {at: {at} for at in member}

    def join(one: int, other: int) -> None:
        if one != other and _may_join(found, groups[one], groups[other]):
            low, high = min(one, other), max(one, other)
            groups[low] |= groups.pop(high)
            for at in groups[low]:
                member[at] = low

    brief = {at for at, unit in enumerate(found) if len(unit.keys) < FRAGMENT_WORDS}
    for match in matches:
        if (match.a in brief) == (match.b in brief):
            join(member[match.a], member[match.b])
    held: dict[int, set[int]] = {}
    for match in matches:
        for fragment, whole in ((match.a, match.b), (match.b, match.a)):
            if fragment in brief and whole not in brief:
                held.setdefault(fragment, set()).add(whole)
    for fragment, wholes in sorted(held.items()):
        alike = [held.get(other, set()) for other in groups[member[fragment]]]
        places = {member[whole] for others in (wholes, *alike) for whole in others}
        if len(places) == 1:
            join(member[fragment], places.pop())
    return [[found[at] for at in sorted(ats)] for _, ats in sorted(groups.items())]


def _may_join(found: Sequence[Unit], one: set[int], other: set[int]) -> bool:
    for left in one:
        for right in other:
            a, b = found[left], found[right]
            if a.article == b.article and not repeats(a.keys, b.keys):
                return False
    return True


def _cut(
    articles: Mapping[str, Article],
    found: Sequence[Unit],
    matches: Sequence[Match],
    name_words: NameWords,
    settings: Settings,
) -> list[Unit]:
    stretches: dict[int, list[_Stretch]] = {}
    linked = {frozenset((match.a, match.b)) for match in matches}
    for match in matches:
        stretches.setdefault(match.a, []).append(_Stretch(*match.a_at, match.b))
        stretches.setdefault(match.b, []).append(_Stretch(*match.b_at, match.a))
    seams = _seams(found, settings)
    made: list[Unit] = []
    for at, whole in enumerate(found):
        boundary = seams.get(at) or _boundary(found, whole.keys, stretches.get(at, []), linked)
        if boundary is None:
            made.append(whole)
        else:
            made.extend(_parts(articles[whole.article].text, whole, boundary, name_words))
    return made


def _seams(found: Sequence[Unit], settings: Settings) -> dict[int, int]:
    """Units spliced of two sentences: which, and the word at which the second half begins.

    "We knew of the light until the last lamp was mended": each half stands as it is in another sentence of one
    report, and neither half is enough to be matched by itself.
    """
    holding: dict[tuple[str, ...], list[Unit]] = {}
    for one in found:
        for start in range(len(one.keys) - _HALF_WORDS + 1):
            holding.setdefault(one.keys[start : start + _HALF_WORDS], []).append(one)
    seams: dict[int, int] = {}
    for at, whole in enumerate(found):
        keys = whole.keys
        if len(keys) < 2 * _HALF_WORDS:
            continue
        heads = [one for one in holding[keys[:_HALF_WORDS]] if _may_be_spliced(whole, one)]
        tails = [one for one in holding[keys[-_HALF_WORDS:]] if _may_be_spliced(whole, one)]
        for head, tail in product(heads, tails):
            if head is tail or head.article != tail.article or _prints_both(head, tail, keys, _HALF_WORDS):
                continue
            first, last = _reach(keys, head.keys), len(keys) - _reach(keys[::-1], tail.keys[::-1])
            seam = min(first, last) if first > last else first
            halves = keys[:seam], keys[seam:]
            telling = all(content(half, settings.content_rarity) and len(half) >= _HALF_WORDS for half in halves)
            if telling and last - first <= _SEAM_WORDS:
                seams.setdefault(at, seam)
    return seams


def _prints_both(one: Unit, other: Unit, keys: tuple[str, ...], size: int) -> bool:
    """Whether one of two sentences holds both ends of a unit: then that one was printed, and nothing spliced."""
    return any(holds(held.keys, keys[:size]) and holds(held.keys, keys[-size:]) for held in (one, other))


def _may_be_spliced(whole: Unit, other: Unit) -> bool:
    """Whether another report's sentence may be one that was spliced: its speaker's, and longer than its half."""
    return (
        other.article != whole.article
        and (whole.speaker is None or other.speaker is None or whole.speaker == other.speaker)
        and len(other.keys) >= _HALF_WORDS + _SIDE_WORDS
    )


def _reach(keys: Sequence[str], other: Sequence[str]) -> int:
    """How many of the first words stand in the other in one run."""
    size = 0
    for start in range(len(other)):
        length = 0
        while length < len(keys) and start + length < len(other) and keys[length] == other[start + length]:
            length += 1
        size = max(size, length)
    return size


def _boundary(
    found: Sequence[Unit], keys: tuple[str, ...], here: Sequence[_Stretch], linked: set[frozenset[int]]
) -> int | None:
    """Where a unit changes from one sentence of others to another of theirs; ``None`` when it does not.

    Two partners must match stretches that lie apart, must not match each other, and must be two
    sentences somewhere: of one article, so that nobody prints them as one.
    """
    for left in here:
        for right in here:
            apart = left.end <= right.start and min(left.end - left.start, right.end - right.start) >= _SIDE_WORDS
            if not apart or frozenset((left.partner, right.partner)) in linked:
                continue
            one, other = found[left.partner], found[right.partner]
            if one.article != other.article or _prints_both(one, other, keys, _SIDE_WORDS):
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
    # Where the cue or an ellipsis stands between the two, the outlet shows that words may be missing.
    elided = ELLIPSIS.search(text, whole.words[last].end, at) is not None
    run_on = not elided and any(
        span.start < at < span.end and span.start <= whole.words[last].start for span in whole.spans
    )
    return [
        replace(before, speaker=whole.speaker, spliced_before=whole.spliced_before, spliced_after=run_on),
        replace(after, speaker=whole.speaker, spliced_before=run_on, spliced_after=whole.spliced_after),
    ]
