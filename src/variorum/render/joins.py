"""What two or three reports of an edition have in common, as joins: a place in one, and its places in the others.

Passages of a borrowing, readings of one utterance and voices of one claim often cover the same words. They are
merged, so that one passage is one join, with the kind that covers most of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from variorum.records import Article, Edition, Span
from variorum.text import trimmed, words

JoinKind = Literal["verbatim", "quotation", "retold", "claim"]
Spans = tuple[Span, ...]

_STRENGTH: tuple[JoinKind, ...] = ("verbatim", "quotation", "retold", "claim")
_EXACT = frozenset[JoinKind](("verbatim", "quotation"))  # kinds that say the words there are the same, or nearly
_MOST_PAIRED = 40  # readings or voices of one thing in one report; what has more is paired in reading order

_LEAST_REST = 3  # words: fewer are the edge of a sentence whose middle stands in a stronger join


@dataclass(frozen=True, slots=True)
class Join:
    """One place that reports have in common.

    number: its place in the reading order of the first column, from 1. spans: its stretches in every column, in
    order; none in a column that does not have it, which can only be one of three. likeness: of the passages behind
    it, in [0, 1]; ``None`` where no passage is. claims, utterances: indices into the edition's, of those it holds.
    denied: whether one report denies what another states there, and nothing else joins them.
    """

    number: int
    kind: JoinKind
    likeness: float | None
    spans: tuple[tuple[Span, ...], ...]
    claims: tuple[int, ...]
    utterances: tuple[int, ...]
    denied: bool

    @property
    def columns(self) -> tuple[int, ...]:
        """Indices of the columns that have it."""
        return tuple(at for at, spans in enumerate(self.spans) if spans)


@dataclass(frozen=True, slots=True)
class _Tie:
    """One reason to join two places. index: of the claim or utterance behind it, -1 for a passage."""

    kind: JoinKind
    a: tuple[Span, ...]
    b: tuple[Span, ...]
    likeness: float | None = None
    index: int = -1
    denied: bool = False


def joins(edition: Edition, articles: Sequence[str]) -> tuple[Join, ...]:
    """The joins of two or three reports, numbered in the reading order of the first column.

    A join that the first column does not have stands where the second has it.
    """
    found: list[Join] = []
    for left, right in combinations(range(len(articles)), 2):
        for a, b, join in _of_pair(edition, articles[left], articles[right]):
            spans: list[tuple[Span, ...]] = [()] * len(articles)
            spans[left], spans[right] = a, b
            found.append(replace(join, spans=tuple(spans)))
    merged = _across(found) if len(articles) > 2 else found
    ends = [len(edition.article(id).text) for id in articles]
    merged.sort(key=lambda join: _order(join, ends))
    return tuple(replace(join, number=number) for number, join in enumerate(merged, start=1))


def _order(join: Join, ends: Sequence[int]) -> tuple[int, ...]:
    return tuple(spans[0].start if spans else end for spans, end in zip(join.spans, ends, strict=True))


def _of_pair(edition: Edition, a: str, b: str) -> Iterator[tuple[tuple[Span, ...], tuple[Span, ...], Join]]:
    ties = [*_passages(edition, a, b), *_quotations(edition, a, b), *_claims(edition, a, b)]
    ties.sort(key=lambda tie: (_STRENGTH.index(tie.kind), tie.a, tie.b))
    one, other = edition.article(a), edition.article(b)
    taken: list[tuple[JoinKind, Spans, Spans]] = []
    for kind, group in sorted(((_kind(group), group) for group in _grouped(ties)), key=lambda g: _STRENGTH.index(g[0])):
        shown = [tie for tie in group if tie.kind == kind or kind not in _EXACT]
        stronger = [(a, b) for of, a, b in taken if of != kind]
        mine = _without(one, _together(one, (s for tie in shown for s in tie.a)), [s for a, _ in stronger for s in a])
        theirs = _without(
            other, _together(other, (s for tie in shown for s in tie.b)), [s for _, b in stronger for s in b]
        )
        if not mine or not theirs:
            continue
        taken.append((kind, mine, theirs))
        likenesses = [tie.likeness for tie in group if tie.likeness is not None]
        join = Join(
            number=0,
            kind=kind,
            likeness=max(likenesses) if likenesses else None,
            spans=(),
            claims=tuple(sorted({tie.index for tie in group if tie.kind == "claim"})),
            utterances=tuple(sorted({tie.index for tie in group if tie.kind == "quotation"})),
            denied=all(tie.denied for tie in group),
        )
        yield mine, theirs, join


def _passages(edition: Edition, a: str, b: str) -> Iterator[_Tie]:
    """The passages of two reports; two sentences of one that tell what one sentence of the other tells, as one."""
    for borrowing in edition.stemma.borrowings:
        if {borrowing.a, borrowing.b} != {a, b}:
            continue
        found: list[_Tie] = []
        for passage in sorted(borrowing.spans, key=lambda passage: (passage.a, passage.b)):
            mine, theirs = (passage.a, passage.b) if borrowing.a == a else (passage.b, passage.a)
            if not len(mine) or not len(theirs):
                continue
            tie = _Tie(borrowing.kind, (mine,), (theirs,), passage.likeness)
            at = next((n for n, other in enumerate(found) if _half(tie.a, other.a) or _half(tie.b, other.b)), None)
            if at is None:
                found.append(tie)
            else:
                both = found[at]
                likeness = max(passage.likeness, both.likeness or 0.0)
                one, other = tuple(_flat((*both.a, mine))), tuple(_flat((*both.b, theirs)))
                found[at] = _Tie(borrowing.kind, one, other, likeness)
        yield from found


def _quotations(edition: Edition, a: str, b: str) -> Iterator[_Tie]:
    both = edition.article(a), edition.article(b)
    for index, utterance in enumerate(edition.utterances):
        mine, theirs = (
            [s for r in utterance.readings if r.article == id if (s := tuple(one for one in r.spans if len(one)))]
            for id in (a, b)
        )
        for one, other in _paired(mine, theirs, both):
            yield _Tie("quotation", one, other, index=index)


def _claims(edition: Edition, a: str, b: str) -> Iterator[_Tie]:
    both = edition.article(a), edition.article(b)
    for index, claim in enumerate(edition.claims):
        denying = {(v.article, v.start, v.end) for v in claim.voices if v.stance == "denies"}
        mine, theirs = (
            [(Span(v.start, v.end),) for v in claim.voices if v.article == id and v.start < v.end] for id in (a, b)
        )
        for one, other in _paired(mine, theirs, both):
            sides = (a, one[0].start, one[0].end) in denying, (b, other[0].start, other[0].end) in denying
            yield _Tie("claim", one, other, index=index, denied=sides[0] != sides[1])


def _paired(
    mine: Sequence[Spans], theirs: Sequence[Spans], both: tuple[Article, Article]
) -> Iterator[tuple[Spans, Spans]]:
    """Each place of one report with the place of the other that is most like it, every place once.

    Of places alike, a headline goes with a headline and body with body. Where a report says a thing twice and the
    other once, the likest place is paired and the rest are not: joins tell where to read on in the other column, and
    two lines to one place would not.
    """
    if len(mine) == len(theirs) == 1:
        yield mine[0], theirs[0]
        return
    if max(len(mine), len(theirs)) > _MOST_PAIRED:
        yield from zip(mine, theirs, strict=False)
        return
    (a, a_kinds), (b, b_kinds) = (
        ([_keys(article.text, spans) for spans in places], [article.kind_at(spans[0].start) for spans in places])
        for article, places in zip(both, (mine, theirs), strict=True)
    )
    ranked = sorted(
        (-_alike(a[i], b[j]), a_kinds[i] != b_kinds[j], abs(i - j), i, j)
        for i in range(len(mine))
        for j in range(len(theirs))
    )
    used: tuple[set[int], set[int]] = set(), set()
    for *_, i, j in ranked:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield mine[i], theirs[j]


def _keys(text: str, spans: Spans) -> frozenset[str]:
    return frozenset(word.key for span in spans for word in words(text, span.start, span.end))


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, len(a | b))


def _grouped(ties: Iterable[_Tie]) -> list[list[_Tie]]:
    """Ties that stand in one place in both reports, each with the stronger ones that it shares most with.

    A tie never brings two groups together: a claim that holds a quotation and the passage behind it would else make
    one join of what are two.
    """
    groups: list[list[_Tie]] = []
    for tie in ties:
        meeting = [group for group in groups if any(_one_place(tie, other) for other in group)]
        if meeting:
            max(meeting, key=lambda group: max(shared_characters(tie.a, other.a) for other in group)).append(tie)
        else:
            groups.append([tie])
    return groups


def _one_place(one: _Tie, other: _Tie) -> bool:
    return _mostly_shared(one.a, other.a) and _mostly_shared(one.b, other.b)


def _half(one: Spans, other: Spans) -> bool:
    """Whether half of the longer one stands in the other."""
    return 2 * shared_characters(one, other) >= max(_length(one), _length(other))


def _mostly_shared(one: Spans, other: Spans) -> bool:
    return 2 * shared_characters(one, other) >= min(_length(one), _length(other))


def shared_characters(one: Spans, other: Spans) -> int:
    """How many characters stand in a stretch of both. Stretches of one side do not overlap."""
    if not one or not other or one[-1].end <= other[0].start or other[-1].end <= one[0].start:
        return 0
    return sum(max(0, min(s.end, o.end) - max(s.start, o.start)) for s in one for o in other)


def _length(spans: Iterable[Span]) -> int:
    return sum(len(span) for span in spans)


def _kind(group: Sequence[_Tie]) -> JoinKind:
    """The strongest kind that covers half of the group's characters: to call a copy what is not one costs most."""
    whole, covered = 0, dict.fromkeys(_STRENGTH, 0)
    for places in [(tie.kind, tie.a) for tie in group], [(tie.kind, tie.b) for tie in group]:
        whole += _length(_flat(span for _, spans in places for span in spans))
        for kind in _STRENGTH:
            covered[kind] += _length(_flat(span for of, spans in places if of == kind for span in spans))
    return next((kind for kind in _STRENGTH if 2 * covered[kind] >= whole), max(_STRENGTH, key=lambda k: covered[k]))


def _flat(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _together(article: Article, spans: Iterable[Span]) -> Spans:
    """The stretches in order, those with no word between them as one, unless a paragraph ends there."""
    found: list[Span] = []
    for span in _flat(spans):
        between = article.text[found[-1].end : span.start] if found else ""
        if found and "\n" not in between and not any(char.isalnum() for char in between):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


def _without(article: Article, spans: Spans, taken: Iterable[Span]) -> Spans:
    """The stretches without what stands in a stronger join already; a rest of a word or two is dropped."""
    left = list(spans)
    for cut in taken:
        left = [
            piece
            for span in left
            for piece in (
                (Span(span.start, max(span.start, cut.start)), Span(min(span.end, cut.end), span.end))
                if span.overlaps(cut)
                else (span,)
            )
        ]
    return tuple(
        trimmed(article.text, s.start, s.end)
        for s in left
        if (s in spans and len(s)) or len(words(article.text, s.start, s.end)) >= _LEAST_REST
    )


def _across(pairs: Sequence[Join]) -> list[Join]:
    """Joins of pairs made joins of three, where they stand in one place in every column they share.

    The strongest first. Half of both must be shared, not half of the smaller: a long passage of two reports would
    else swallow all that the third has in common with either.
    """
    found: list[Join] = []
    for pair in sorted(pairs, key=lambda join: (_STRENGTH.index(join.kind), join.spans)):
        for at, other in enumerate(found):
            if _fits(other, pair):
                found[at] = _merged(other, pair)
                break
        else:
            found.append(pair)
    return found


def _fits(one: Join, other: Join) -> bool:
    shared = [at for at in one.columns if at in other.columns]
    if not shared or (len(one.columns) == 2 and one.columns == other.columns):
        return False
    return all(_half(one.spans[at], other.spans[at]) for at in shared)


def _merged(one: Join, other: Join) -> Join:
    """The kind and likeness of two pairs are the weaker one's; a third pair, weaker still, only adds what it holds."""
    likenesses = [join.likeness for join in (one, other) if join.likeness is not None]
    whole = all(one.spans)
    return Join(
        number=0,
        kind=one.kind if whole else other.kind,
        likeness=one.likeness if whole else min(likenesses) if likenesses else None,
        spans=tuple(mine or theirs for mine, theirs in zip(one.spans, other.spans, strict=True)),
        claims=tuple(sorted({*one.claims, *other.claims})),
        utterances=tuple(sorted({*one.utterances, *other.utterances})),
        denied=one.denied or other.denied,
    )
