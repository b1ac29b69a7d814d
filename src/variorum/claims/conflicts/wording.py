"""One utterance printed in words that differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from variorum.records import Conflict, Place, Position, Reading, Span, Utterance
from variorum.text import Word, align, digest, words

_AROUND = 3  # words shown on either side of what differs
_LONGEST_VALUE = 240  # characters of a wording shown; the rest is a click away
_ONE_PLACE = 2  # departures with at most so many words between them are one place


_Core = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A reading as words, each with the index of the base's word it stands for, where it does."""

    reading: Reading
    words: tuple[Word, ...]
    stands_for: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one reading has at a place: the words that count, and where, with words around."""

    core: tuple[str, ...]
    place: Place


def wording_conflicts(
    utterances: Sequence[Utterance], texts: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[Conflict]:
    """For each utterance of which a reading is altered, the wordings and who prints them.

    texts: the articles' texts by id. titles: names to show by id. Only readings given as the speaker's own
    words count: a report of the sense is free to choose its words, and what is bracketed or trimmed says so
    itself.
    """
    for utterance in utterances:
        own = [
            reading for reading in utterance.readings if reading.mode != "indirect" and reading.agreement != "reported"
        ]
        if any(reading.agreement == "altered" for reading in own):
            base = utterance.readings[utterance.base]
            base_words = _words(base, texts[base.article])
            printed = [_printed(reading, texts[reading.article], base_words) for reading in own]
            whose = titles.get(utterance.speaker or "") or utterance.speaker_text
            conflict = _conflict(printed, _places(printed, len(base_words)), texts, whose)
            if conflict is not None:
                yield conflict


def _words(reading: Reading, text: str) -> tuple[Word, ...]:
    return tuple(word for span in reading.spans for word in words(text, span.start, span.end))


def _printed(reading: Reading, text: str, base: Sequence[Word]) -> _Printed:
    own = _words(reading, text)
    blocks = align([word.key for word in base], [word.key for word in own])
    pairs = {
        block.b_start + step: block.a_start + step
        for block in blocks
        if block.kind == "equal"
        for step in range(block.a_end - block.a_start)
    }
    return _Printed(reading, own, pairs)


def _places(printed: Sequence[_Printed], length: int) -> list[tuple[int, int]]:
    """Ranges of the base's words, ends exclusive, in which some altered reading departs from it."""
    found: list[tuple[int, int]] = []
    for each in printed:
        if each.reading.agreement == "altered":
            found.extend(_departures(each, length))
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and first - joined[-1][1] <= _ONE_PLACE:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _departures(each: _Printed, length: int) -> Iterator[tuple[int, int]]:
    """Gaps between words that stand for the base's, where the collation found an alteration."""
    anchors = sorted(each.stands_for.items())
    for (here, base_here), (there, base_there) in pairwise(anchors):
        if there - here == 1 and base_there - base_here == 1:
            continue
        inside = Span(each.words[here].end, each.words[there].start)
        changed = [variant for variant in each.reading.variants if variant.kind not in ("bracketed", "moved")]
        omitted = any(variant.reading is None for variant in changed) and there - here == 1
        if omitted or any(variant.reading is not None and variant.reading.overlaps(inside) for variant in changed):
            yield base_here + 1, min(base_there, length)


def _conflict(
    printed: Sequence[_Printed], places: Sequence[tuple[int, int]], texts: Mapping[str, str], whose: str | None
) -> Conflict | None:
    wordings: dict[tuple[_Core | None, ...], list[tuple[_Told | None, ...]]] = {}
    as_base: list[_Core | None] = [None] * len(places)
    silent: list[tuple[tuple[_Core | None, ...], tuple[_Told | None, ...]]] = []
    for each in sorted(printed, key=lambda each: (_rank(each.reading), each.reading.article, each.reading.spans)):
        told = tuple(_told(each, first, last) for first, last in places)
        cores = tuple(one.core if one is not None else None for one in told)
        if each.reading.agreement != "altered":
            as_base = [base if base is not None else core for base, core in zip(as_base, cores, strict=True)]
            cores = tuple(base if core is not None else None for base, core in zip(as_base, cores, strict=True))
        if None in cores and each.reading.agreement != "altered":
            silent.append((cores, told))
        elif any(core is not None for core in cores):
            wordings.setdefault(cores, []).append(told)
    for cores, told in silent:
        fitting = [known for known in wordings if _fits(cores, known)]
        if len(fitting) == 1:
            wordings[fitting[0]].append(told)
    return _made(wordings, texts, whose)


def _rank(reading: Reading) -> int:
    return ("base", "verbatim", "trimmed", "bracketed", "altered", "reported").index(reading.agreement)


def _fits(cores: tuple["_Core | None", ...], known: tuple["_Core | None", ...]) -> bool:
    """Whether a reading that is silent in places says what the wording says wherever it speaks."""
    both = [(a, b) for a, b in zip(cores, known, strict=True) if a is not None and b is not None]
    return bool(both) and all(a == b for a, b in both)


def _made(
    wordings: "Mapping[tuple[_Core | None, ...], list[tuple[_Told | None, ...]]]",
    texts: Mapping[str, str],
    whose: str | None,
) -> Conflict | None:
    articles = {one.place.article for each in wordings.values() for told in each for one in told if one is not None}
    if len(wordings) < 2 or len(articles) < 2:
        return None
    positions = tuple(
        sorted((_position(each, texts) for each in wordings.values()), key=lambda p: (p.value, p.voices[0].article))
    )
    places = sorted(f"{voice.article}:{voice.start}:{voice.end}" for position in positions for voice in position.voices)
    return Conflict(digest("wording", *places), "wording", f"the words of {whose or 'one speaker'}", positions)


def _position(readings: Sequence[tuple[_Told | None, ...]], texts: Mapping[str, str]) -> Position:
    """One wording: for every reading the stretch from the first place it speaks at to the last."""
    voices = set()
    for told in readings:
        known = [one for one in told if one is not None]
        voices.add(Place(known[0].place.article, known[0].place.start, max(one.place.end for one in known)))
    ordered = sorted(voices, key=lambda place: (place.article, place.start, place.end))
    shown = (" ".join(texts[place.article][place.start : place.end].split()) for place in ordered)
    value = min(shown, key=lambda words: (-len(words), words))
    if len(value) > _LONGEST_VALUE:
        value = f"{value[: _LONGEST_VALUE // 2].rsplit(' ', 1)[0]} … {value[-_LONGEST_VALUE // 2 :].split(' ', 1)[-1]}"
    return Position(value, tuple(ordered))


def _told(each: _Printed, first: int, last: int) -> _Told | None:
    """What the reading has where the base has the words ``[first, last)``; ``None`` where it is silent."""
    before = [own for own, base in each.stands_for.items() if base < first]
    after = [own for own, base in each.stands_for.items() if base >= last]
    if not before or not after:
        return None
    left, right = max(before), min(after)
    if each.stands_for[left] < first - _AROUND or each.stands_for[right] >= last + _AROUND or left >= right:
        return None
    start, end = each.words[max(0, left - _AROUND + 1)].start, each.words[min(len(each.words), right + _AROUND) - 1].end
    core = tuple(word.key for word in each.words[left + 1 : right])
    return _Told(core, Place(each.reading.article, start, end))
