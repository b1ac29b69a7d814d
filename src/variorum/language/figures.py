"""Figures with what they count, their unit and how firmly they are meant."""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.records import Article, Figure, Hedge, Span, Token

_ONES = dict(
    zip(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        ).split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
# What a round plural allows: "dozens" are at least two of them and fewer than it takes to say "hundreds".
_PLURALS = {
    "dozens": (24, 240), "scores": (40, 400), "hundreds": (200, 5_000), "thousands": (2_000, 50_000),
    "tens of thousands": (20_000, 500_000), "hundreds of thousands": (200_000, 5_000_000),
    "millions": (2e6, 5e8), "tens of millions": (2e7, 5e8), "billions": (2e9, 5e11),
}  # fmt: skip
# The longest first, or "fourteen" would be read as "four".
_WORD_NUMBER = "|".join(sorted((*_TENS, *_ONES), key=len, reverse=True))
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|"
    rf"(?<![\w-])(?:(?:{'|'.join(_TENS)})-(?:{'|'.join(sorted(_ONES, key=len, reverse=True))})|{_WORD_NUMBER}))"
)
_SCALE = r"(?:\s+(?:hundred|thousand|million|billion|trillion)\b|(?<=\d)\s?(?:k|m|mn|bn|tn)\b)"
_CURRENCY = {
    "$": "USD", "us$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "dollars": "USD", "dollar": "USD",
    "pounds": "GBP", "euros": "EUR", "euro": "EUR", "yen": "JPY", "rupees": "INR", "usd": "USD", "gbp": "GBP",
    "eur": "EUR",
}  # fmt: skip
# To one unit of each quantity, so that "20 feet" and "6 metres" can be held together.
_UNITS: dict[str, tuple[str, float]] = {
    "%": ("%", 1), "percent": ("%", 1), "per cent": ("%", 1), "pc": ("%", 1),
    "percentage point": ("points", 1), "percentage points": ("points", 1),
    "km": ("m", 1000), "kilometre": ("m", 1000), "kilometer": ("m", 1000), "mile": ("m", 1609.344),
    "m": ("m", 1), "metre": ("m", 1), "meter": ("m", 1), "foot": ("m", 0.3048), "feet": ("m", 0.3048),
    "ft": ("m", 0.3048), "inch": ("m", 0.0254), "inches": ("m", 0.0254), "cm": ("m", 0.01), "yard": ("m", 0.9144),
    "nautical mile": ("m", 1852), "kg": ("kg", 1), "kilogram": ("kg", 1), "kilo": ("kg", 1), "pound": ("kg", 0.4536),
    "lb": ("kg", 0.4536), "tonne": ("kg", 1000), "ton": ("kg", 1000), "litre": ("l", 1), "liter": ("l", 1),
    "gallon": ("l", 3.785), "barrel": ("barrel", 1), "second": ("s", 1), "minute": ("s", 60), "hour": ("s", 3600),
    "day": ("day", 1), "week": ("day", 7), "month": ("month", 1), "year": ("year", 1), "decade": ("year", 10),
    "mph": ("m/s", 0.44704), "kph": ("m/s", 0.27778), "knot": ("m/s", 0.51444), "acre": ("m2", 4046.86),
    "hectare": ("m2", 10_000), "megawatt": ("W", 1e6), "mw": ("W", 1e6), "degree": ("degree", 1), "°c": ("°C", 1),
    "°f": ("°F", 1),
}  # fmt: skip
_UNIT_WORDS = "|".join(
    sorted((re.escape(unit) for unit in _UNITS if unit not in ("%", "°c", "°f", "m")), key=len, reverse=True)
)
_FIGURE = re.compile(
    rf"(?P<currency>US\$|[$£€¥₹]\s?)?(?<![\w.])(?P<number>{_NUMBER})(?P<scale>{_SCALE})?"
    rf"(?P<range>\s?(?:[-–—]|to|and)\s?(?:[$£€]\s?)?(?P<upper>{_NUMBER})(?P<upper_scale>{_SCALE})?)?"
    rf"(?:\s?(?P<percent>%|°[CF])|[\s-](?P<unit>(?:square\s|cubic\s)?(?:{_UNIT_WORDS})s?)\b|"
    r"\s(?P<money>dollars|pounds|euros|yen|rupees)\b)?",
    re.I,
)
_ROUND = re.compile(
    r"\b(?:tens of thousands|hundreds of thousands|tens of millions|dozens|scores|hundreds|thousands|"
    r"millions|billions)\b",
    re.I,
)
_HEDGING: dict[Hedge, str] = {
    "at_least": "more than|at least|over|above|upwards of|in excess of|greater than|no fewer than|no less than|"
    "exceeding|beyond|past|minimum of",
    "at_most": "up to|as many as|as much as|at most|fewer than|less than|under|below|no more than|maximum of|"
    "capacity of|room for",
    "about": "about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated|circa|just over|"
    "just under|slightly (?:more|less) than|or so|near",
}
_HEDGES = tuple(
    (hedge, re.compile(rf"(?:{words})\s+(?:an?\s+|the\s+|some\s+|estimated\s+|US\s?)?$", re.I))
    for hedge, words in _HEDGING.items()
)
_AFTER_AT_LEAST = re.compile(r"^\s*(?:or more|and counting|plus\b|\+)", re.I)


_NEAR_TOKENS = 40  # a verb's subject stands nearer than that


@dataclass(frozen=True, slots=True)
class _Read:
    value: float
    low: float
    high: float
    hedge: Hedge


def figures(
    article: Article, tokens: Sequence[Token], stretches: Sequence[Span], taken: Sequence[Span]
) -> tuple[Figure, ...]:
    """The figures inside ``stretches``, in reading order.

    taken: spans that are something else already (dates, names such as "MS-13") and hold no figure.
    Values in a unit of length, weight, speed or area are given in one unit of that quantity.
    """
    starts = [token.start for token in tokens]
    blocked = sorted(taken)
    ends = [span.end for span in blocked]
    found: list[Figure] = []
    for stretch in stretches:
        matches = [*_FIGURE.finditer(article.text, stretch.start, stretch.end)]
        matches += _ROUND.finditer(article.text, stretch.start, stretch.end)
        for match in sorted(matches, key=lambda match: match.start()):
            span = Span(match.start(), match.end())
            at = bisect_left(ends, span.start + 1)
            if at < len(blocked) and blocked[at].overlaps(span):
                continue
            if found and found[-1].end > span.start:
                continue
            figure = _figure(article.text, match, stretch, tokens, starts)
            if figure is not None:
                found.append(figure)
    return tuple(found)


def _figure(
    text: str, match: re.Match[str], stretch: Span, tokens: Sequence[Token], starts: list[int]
) -> Figure | None:
    if _in_a_word(text, match.start(), match.end()):
        return None
    groups = match.groupdict()
    rounded = not groups
    read = _round(match.group()) if rounded else _read(text, match, stretch)
    unit, factor = (None, 1.0) if rounded else _unit(groups)
    at = _token(tokens, starts, match)
    if at is None or read is None:
        return None
    subject = _subject(tokens, at, match.start(), match.end(), measured=unit is not None)
    if rounded and subject is not None:
        unit = _CURRENCY.get(tokens[subject].text.casefold())  # "billions of dollars"
    if unit is None and not rounded and _idle(tokens[at], match.group()):
        return None
    return Figure(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        value=read.value * factor,
        low=read.low * factor,
        high=read.high * factor,
        unit=unit,
        subject=tokens[subject].lemma if subject is not None else None,
        subject_span=Span(tokens[subject].start, tokens[subject].end) if subject is not None else None,
        hedge=read.hedge,
        token=at,
    )


def _in_a_word(text: str, start: int, end: int) -> bool:
    """Whether the digits belong to a name or code (MS-13, B52, 7-Eleven, 3-2)."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return bool(
        re.search(r"[A-Za-z][-–]?$|[/:#]$|\d[-–]$", before)
        or re.match(r"[A-Za-z]|[-–]\d|[/:]\d|(?:st|nd|rd|th)\b", after)
    )


def _idle(token: Token, words: str) -> bool:
    """ "One of them", "one another", "the two": a word, not a count worth comparing."""
    return words.casefold() in ("one", "zero") and token.dep != "nummod"


def _number(words: str) -> float:
    folded = words.casefold().replace(",", "")
    if folded[0].isdigit():
        return float(folded)
    if "-" in folded:
        tens, ones = folded.split("-")
        return _TENS[tens] + _ONES[ones]
    return float(_TENS.get(folded, _ONES.get(folded, 0)))


def _scaled(words: str, scale: str | None) -> float:
    return _number(words) * _SCALES[scale.strip().casefold()] if scale else _number(words)


def _read(text: str, match: re.Match[str], stretch: Span) -> _Read | None:
    scale = match["scale"]
    before = text[max(stretch.start, match.start() - 40) : match.start()]
    joined_by_and = bool(match["range"]) and match["range"].strip().casefold().startswith("and")
    if match["range"] and not (joined_by_and and not re.search(r"\bbetween\s+$", before, re.I)):
        upper = _scaled(match["upper"], match["upper_scale"])
        lower = _scaled(
            match["number"], scale or (match["upper_scale"] if "." in match["number"] or not scale else None)
        )
        if lower > upper:
            lower = _number(match["number"])
        return _Read(lower, lower, upper, "range") if lower < upper else None
    value = _scaled(match["number"], scale)
    hedge: Hedge = next((hedge for hedge, pattern in _HEDGES if pattern.search(before)), "exact")
    if _AFTER_AT_LEAST.match(text[match.end() : match.end() + 14]):
        hedge = "at_least"
    low, high = allowed(value, hedge)
    return _Read(value, low, high, hedge)


def allowed(value: float, hedge: Hedge) -> tuple[float, float]:
    """The values a hedged and perhaps rounded figure allows, as (low, high).

    A round number may be rounded: half a unit of its last significant digit either way, at most 5 %.
    "About" allows a whole unit, at most 20 %. "Up to" and "more than" are open on their side.
    """
    if value == 0:
        return 0.0, 0.0
    digits = f"{value:.15g}".replace(".", "").rstrip("0")
    unit = 10.0 ** (math.floor(math.log10(abs(value))) - len(digits.lstrip("0")) + 1)
    slack = min(unit / 2, 0.05 * value) if unit >= 1000 else 0.0
    if hedge == "about":
        slack = min(max(unit, 0.1 * value), 0.2 * value)
    low, high = value - slack, value + slack
    if hedge == "at_least":
        return low, math.inf
    if hedge == "at_most":
        return 0.0, high
    return low, high


def _round(words: str) -> _Read:
    low, high = _PLURALS[words.casefold()]
    return _Read(float(low), float(low), float(high), "range")


def _unit(groups: dict[str, str | None]) -> tuple[str | None, float]:
    currency = groups["currency"] or groups["money"]
    if currency:
        return _CURRENCY[currency.strip().casefold()], 1.0
    written = groups["percent"] or groups["unit"]
    if not written:
        return None, 1.0
    folded = " ".join(written.casefold().split())
    power = 3 if folded.startswith("cubic ") else 2 if folded.startswith("square ") else 1
    bare = folded.removeprefix("square ").removeprefix("cubic ")
    unit, factor = _UNITS.get(bare) or _UNITS[bare.removesuffix("s")]
    return (unit, factor) if power == 1 else (f"{unit}{power}", factor**power)


def _token(tokens: Sequence[Token], starts: list[int], match: re.Match[str]) -> int | None:
    number = match.span("number") if "number" in match.groupdict() else match.span()
    at = bisect_left(starts, number[0])
    if at < len(tokens) and tokens[at].start < number[1]:
        return at
    return at - 1 if at and tokens[at - 1].end > number[0] else None


def _subject(tokens: Sequence[Token], at: int, start: int, end: int, *, measured: bool) -> int | None:
    """What is counted: what the figure is "of", else the noun it stands before.

    measured: whether the figure has a unit; then it may speak of its verb's subject ("shares fell 18 percent").
    """
    own = _of(tokens, at, end)
    if own is not None:
        return own
    token = at
    for _ in range(5):
        head = tokens[token].head
        if head == token:
            return None
        governor = tokens[head]
        inside = start <= governor.start < end
        if not inside and governor.pos in ("NOUN", "PROPN"):
            return head
        if governor.pos in ("VERB", "AUX") and not inside:
            near = range(max(0, head - _NEAR_TOKENS), min(len(tokens), head + _NEAR_TOKENS))
            subjects = (i for i in near if tokens[i].head == head and tokens[i].dep in ("nsubj", "nsubjpass"))
            return next((i for i in subjects if i != token), None) if measured else None
        token = head
    return None


def _of(tokens: Sequence[Token], at: int, end: int) -> int | None:
    """The noun of "tens of thousands *of people*", "36 per cent *of its capacity*"."""
    near = range(at, min(len(tokens), at + 6))
    link = next((i for i in near if tokens[i].start >= end and tokens[i].pos != "PUNCT"), None)
    if link is None or tokens[link].text.casefold() != "of" or tokens[link].sentence != tokens[at].sentence:
        return None
    nouns = (i for i in range(link + 1, min(len(tokens), link + 8)) if tokens[i].head == link)
    return next((i for i in nouns if tokens[i].pos in ("NOUN", "PROPN", "PRON")), None)
