"""What small changes of wording between two printings of one text say of which came first."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from variorum.records import Article, Evidence, Passage, Span
from variorum.text import Word, align, known, spelling, words

# What is added for readers elsewhere: a measure or a sum in another unit in brackets, whose clock it is.
_ADDED = re.compile(
    r"\((?:about\s+|around\s+|some\s+|roughly\s+|approximately\s+)?(?:[£$€¥]\s?|US\$\s?|A\$\s?|C\$\s?)?\d[\d.,]*"
    r"(?:\s?(?:million|billion|m|bn))?\s?(?:km|kilomet\w+|miles?|mi|met\w+|m|f(?:ee|oo)?t|kg|pounds?|lbs?|tonnes?|tons?|"
    r"acres?|hectares?|ha|litres?|liters?|gallons?|[CF]|°\s?[CF]|degrees\s\w+|dollars|euros|GMT|UTC|ET|BST|CET)?\)"
    r"|\blocal time\b"
)
_SHORTEST = 6  # letters of a word that is taken for misspelt
_MOST_WORDS = 500  # of a passage that are held against each other: aligning takes the square
_HABIT = 2  # words of one spelling that make a habit, or a trace


def reworded(a: Article, b: Article, passages: Sequence[Passage]) -> Iterator[Evidence]:
    """What the wording of two reports' shared passages says: a spelling kept, a word corrected, a measure added."""
    yield from _kept_spelling(a, b, [passage.a for passage in passages], [passage.b for passage in passages])
    yield from _kept_spelling(b, a, [passage.b for passage in passages], [passage.a for passage in passages])
    found: dict[str, Evidence] = {}
    for passage in passages:
        for one in (*_corrected(a, passage.a, b, passage.b), *_localised(a, passage.a, b, passage.b)):
            found.setdefault(f"{one.kind} {one.giver}", one)
        for one in (*_corrected(b, passage.b, a, passage.a), *_localised(b, passage.b, a, passage.a)):
            found.setdefault(f"{one.kind} {one.giver}", one)
    yield from found.values()


def _kept_spelling(taker: Article, giver: Article, took: Sequence[Span], gave: Sequence[Span]) -> Iterator[Evidence]:
    """A report that spells one way by itself and the other way in what it shares has the words from elsewhere."""
    inside, outside = Counter[str](), Counter[str]()
    for part in taker.parts_of("title", "standfirst", "body"):
        for word in words(taker.text, part.start, part.end):
            way = spelling(taker.text[word.start : word.end])
            if way is not None:
                within = any(span.start <= word.start < span.end for span in took)
                (inside if within else outside)[way] += 1
    its = Counter[str]()
    for span in gave:
        its.update(spelling(giver.text[word.start : word.end]) or "" for word in words(giver.text, *_of(span)))
    for own, other in (("British", "American"), ("American", "British")):
        if (
            outside[own] >= _HABIT
            and not outside[other]
            and inside[other] >= _HABIT
            and not inside[own]
            and its[other] >= _HABIT
        ):
            says = f"{taker.outlet} spells in the {own} way, but what it shares with {giver.outlet} in the {other} way."
            yield Evidence("spelling", "fair", says, giver.id)


def _of(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _corrected(giver: Article, gave: Span, taker: Article, took: Span) -> Iterator[Evidence]:
    """A word that is misspelt in ``giver`` and right in ``taker``."""
    for one, other in _changes(giver, gave, taker, took):
        if len(one) == len(other) == 1:
            wrong, right = (
                text[word.start : word.end] for text, word in ((giver.text, one[0]), (taker.text, other[0]))
            )
            if _is_slip(wrong, right):
                says = f"{taker.outlet} has “{right}” where {giver.outlet} has “{wrong}”."
                yield Evidence("corrected", "weak", says, giver.id, giver.id, Span(one[0].start, one[0].end))


def _is_slip(wrong: str, right: str) -> bool:
    """Whether one word is the other with a slip inside it: letters lost, doubled, swapped; no ending, no name."""
    return (
        min(len(wrong), len(right)) >= _SHORTEST
        and wrong.isalpha()
        and wrong.islower()
        and right.islower()
        and wrong[0] == right[0]
        and wrong[-2:] == right[-2:]
        and known(right)
        and not known(wrong)
        and spelling(right) is None
        and spelling(wrong) is None
        and OSA.distance(wrong, right) == 1
    )


def _localised(giver: Article, gave: Span, taker: Article, took: Span) -> Iterator[Evidence]:
    """Something for readers elsewhere that ``taker`` has inside a shared passage and ``giver`` has not."""
    theirs = {match.group() for match in _ADDED.finditer(giver.text, gave.start, gave.end)}
    for match in _ADDED.finditer(taker.text, took.start, took.end):
        if match.group() not in theirs:
            says = f"{taker.outlet} adds “{match.group().strip('()')}” to what {giver.outlet} has."
            yield Evidence("localised", "weak", says, giver.id, taker.id, Span(*match.span()))
            return


def _changes(a: Article, a_span: Span, b: Article, b_span: Span) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """Words put in the place of others between two printings."""
    one, other = words(a.text, *_of(a_span))[:_MOST_WORDS], words(b.text, *_of(b_span))[:_MOST_WORDS]
    if [word.key for word in one] == [word.key for word in other]:
        return
    for block in align([word.key for word in one], [word.key for word in other]):
        if block.kind == "replace":
            yield one[block.a_start : block.a_end], other[block.b_start : block.b_end]
