"""What a report says where reports can be compared: a figure, a time, a place or a person, and what stands around."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from variorum.claims.lexicon import LIGHT, SAYING, counted, family
from variorum.claims.reports import Named, Report
from variorum.claims.tenses import Tense, tense, verb_over
from variorum.claims.units import Unit, is_negative
from variorum.records import Figure, TimeMention
from variorum.text import fold, rarity

SlotKind = Literal["number", "date", "place", "name"]

_WINDOW = 7  # words on either side that tell what a value is of
_FADING = 0.08  # what a word loses for each word between it and the value
_NAME = 4.0  # rarity of a name, however common its words are
_WORDLESS = frozenset(("PUNCT", "SPACE", "SYM", "X"))
_TIMES_OF_DAY = frozenset("morning noon afternoon evening night midnight weekend dawn dusk".split())
_BESIDE_A_NOUN = frozenset(("compound", "nmod", "poss", "amod", "nummod"))
_DATING = frozenset(("day", "weekday", "month", "year"))


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One value in one report.

    unit: index of the smallest stretch that holds it; whole: of its sentence. token: its head.
    verb: lemma, or family, of the verb over it, empty where that says nothing. anchor: lemma or family of what it
    belongs to: that verb, light ones too, or the noun it stands with ("Monday's meeting"). relation: its
    grammatical relations up to the verb. preposition: the one that ties it, if any. around: folded lemmas and name
    ids near it, weighed by rarity and nearness.
    """

    kind: SlotKind
    report: Report
    unit: int
    whole: int
    start: int
    end: int
    token: int
    value: Figure | TimeMention | Named
    verb: str
    anchor: str
    relation: tuple[str, ...]
    preposition: str
    around: Mapping[str, float]
    tense: Tense
    is_negative: bool
    is_quoted: bool

    @property
    def place(self) -> tuple[str, int, int]:
        """Article id and offsets."""
        return self.report.article.id, self.start, self.end

    @property
    def figure(self) -> Figure:
        """The value of a number. Raises TypeError for another kind."""
        if not isinstance(self.value, Figure):
            raise TypeError(f"a slot of kind {self.kind} holds no figure")
        return self.value

    @property
    def time(self) -> TimeMention:
        """The value of a date. Raises TypeError for another kind."""
        if not isinstance(self.value, TimeMention):
            raise TypeError(f"a slot of kind {self.kind} holds no time")
        return self.value

    @property
    def named(self) -> Named:
        """The value of a place or a name. Raises TypeError for another kind."""
        if not isinstance(self.value, Named):
            raise TypeError(f"a slot of kind {self.kind} holds no name")
        return self.value


def slots(units: Sequence[Unit]) -> tuple[Slot, ...]:
    """The values in the units, in the order of the units' reports and of reading."""
    smallest: dict[tuple[str, int], int] = {}  # by article and token
    whole: dict[tuple[str, int], int] = {}
    reports: dict[str, Report] = {}
    for at, unit in enumerate(units):
        article = unit.place[0]
        reports.setdefault(article, unit.report)
        if unit.whole:
            whole[article, unit.sentence] = at
        for inner in range(unit.first, unit.last):
            held = smallest.get((article, inner))
            if held is None or units[held].last - units[held].first > unit.last - unit.first:
                smallest[article, inner] = at
    found = []
    for article, report in reports.items():
        names = {i: named.id for named in report.named for i in report.tokens_in(named.start, named.end)}
        for kind, start, end, value in _values(report):
            inside = report.tokens_in(start, end)
            token = _head(report, inside)
            unit_at = smallest.get((article, token)) if token is not None else None
            if token is None or unit_at is None:
                continue
            sentence_at = whole.get((article, units[unit_at].sentence))
            if sentence_at is not None:
                found.append(_slot(kind, report, unit_at, sentence_at, (start, end), token, value, inside, names))
    return tuple(found)


def _values(report: Report) -> Iterator[tuple[SlotKind, int, int, Figure | TimeMention | Named]]:
    for figure in report.annotation.figures:
        yield "number", figure.start, figure.end, figure
    for time in report.annotation.times:
        if time.precision in _DATING:
            yield "date", time.start, time.end, time
    for named in report.named:
        if named.kind in ("place", "person"):
            yield ("place" if named.kind == "place" else "name"), named.start, named.end, named


def _head(report: Report, inside: range) -> int | None:
    tokens = report.annotation.tokens
    return next((i for i in inside if tokens[i].head not in inside or tokens[i].head == i), None)


def _slot(
    kind: SlotKind,
    report: Report,
    unit: int,
    whole: int,
    span: tuple[int, int],
    token: int,
    value: Figure | TimeMention | Named,
    inside: range,
    names: Mapping[int, str],
) -> Slot:
    tokens = report.annotation.tokens
    over = verb_over(report, token)
    relation: list[str] = []
    at = _apposed_to(report, token) if kind == "name" else token
    while at != over and len(relation) < 3:
        relation.append(tokens[at].dep)
        at = tokens[at].head
    lemma = tokens[over].lemma.casefold() if tokens[over].pos in ("VERB", "AUX") else ""
    return Slot(
        kind=kind,
        report=report,
        unit=unit,
        whole=whole,
        start=span[0],
        end=span[1],
        token=token,
        value=value,
        verb="" if lemma in LIGHT | SAYING | {"be"} else family(lemma) or lemma,
        anchor=_anchor(report, token, over, beside_a_noun=kind != "number"),
        relation=tuple(relation),
        preposition=_preposition(report, token),
        around=_around(report, inside, names),
        tense=tense(report, token),
        is_negative=is_negative(report, over),
        is_quoted=report.is_quoted(span[0]),
    )


def _apposed_to(report: Report, token: int) -> int:
    """The noun that stands for the same person in the sentence: "nominee Ada Holm", "the nominee, Ada Holm"."""
    tokens = report.annotation.tokens
    at = token
    for _ in range(3):
        over = tokens[at].head
        if tokens[at].dep not in ("appos", "compound", "nmod") or tokens[over].pos not in ("NOUN", "PROPN"):
            break
        at = over
    return at


def _anchor(report: Report, token: int, over: int, *, beside_a_noun: bool) -> str:
    """What the value belongs to: the noun between it and the verb that tells of a happening, else the verb.

    beside_a_noun: whether any noun it stands with will do ("Monday's concert"); of a figure that is what it counts.
    """
    tokens = report.annotation.tokens
    at = token
    while at != over:
        at = tokens[at].head
        noun = tokens[at].lemma.casefold()
        if (
            tokens[at].pos == "NOUN"
            and noun not in _TIMES_OF_DAY
            and (family(noun) is not None or (beside_a_noun and tokens[token].dep in _BESIDE_A_NOUN))
        ):
            return family(noun) or noun
        if tokens[at].head == at:
            break
    lemma = tokens[over].lemma.casefold()
    return family(lemma) or ("saying" if lemma in SAYING else lemma)


def _preposition(report: Report, token: int) -> str:
    tokens = report.annotation.tokens
    at = token
    for _ in range(2):
        over = tokens[at].head
        if tokens[over].pos == "ADP":
            return tokens[over].lemma.casefold()
        at = over
    return ""


def _around(report: Report, inside: range, names: Mapping[int, str]) -> dict[str, float]:
    tokens = report.annotation.tokens
    sentence = report.annotation.sentences[tokens[inside[0]].sentence]
    before = range(max(sentence.first, inside[0] - _WINDOW), inside[0])
    after = range(inside[-1] + 1, min(sentence.last, inside[-1] + 1 + _WINDOW))
    found: dict[str, float] = {}
    for i in (*before, *after):
        if i in names:
            found[names[i]] = _NAME
            continue
        if tokens[i].pos in _WORDLESS or report.is_measured(tokens[i].start):
            continue
        key = counted(fold(tokens[i].lemma or tokens[i].text))
        if key and key[0].isalnum():
            distance = inside[0] - i if i < inside[0] else i - inside[-1]
            found[key] = max(found.get(key, 0.0), max(0.0, rarity(key)) * (1 - _FADING * distance))
    return found


def alike_around(one: Slot, other: Slot) -> float:
    """How much of what stands around two values is the same: cosine over squared weights, in [0, 1]."""
    shared = sum(min(one.around[key], other.around[key]) ** 2 for key in one.around.keys() & other.around.keys())
    lengths = [sum(weight * weight for weight in slot.around.values()) for slot in (one, other)]
    return shared / sqrt(lengths[0] * lengths[1]) if all(lengths) else 0.0
