"""Plain words for counts, dates, languages and kinds, as the pages say them."""

import re
from datetime import date, datetime
from typing import Literal

from variorum.config.render import Render
from variorum.records import ConflictKind, ListedStory, Published

Prominence = Literal["lede", "middle", "last"]

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
_LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_MONTH = re.compile(r"\d{4}-\d{2}\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")

PRONOUNS = frozenset("he she they it we i you who him her them this that one".split())
"""Words that stand for a speaker without naming one, in lower case."""

CONFLICT_KINDS: dict[ConflictKind, str] = {
    "number": "Figures differ",
    "date": "Dates differ",
    "place": "Places differ",
    "name": "Names differ",
    "polarity": "Yes and no",
    "wording": "Wording differs",
}


CONFLICT_QUESTIONS: dict[ConflictKind, str] = {
    "number": "How many, or how much?",
    "date": "When?",
    "place": "Where?",
    "name": "Who, or which?",
    "polarity": "Is it so, or not?",
    "wording": "In which words?",
}

PROMINENCE: dict[Prominence, str] = {
    "lede": "in the lede",
    "middle": "in the middle",
    "last": "in the last fifth",
}

_PRECISIONS = {
    "minute": "to the minute",
    "hour": "to the hour",
    "day": "to the day",
    "weekday": "a day of the week only",
    "week": "to the week",
    "month": "to the month",
    "season": "to the season",
    "year": "to the year",
    "decade": "to the decade",
    "vague": "not bounded",
}


def count(number: int, noun: str, plural: str = "") -> str:
    """ "one voice", "3 voices": figures from two up, as a column of them reads best."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def in_words(number: int) -> str:
    """A number as a sentence prints it: words up to twelve."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def language_name(code: str | None) -> str:
    """English name of an ISO 639-1 code; the code in words where the table has none."""
    if code is None:
        return "a language that could not be told"
    return _LANGUAGES.get(code, f"the language “{code}”")


def day(value: date) -> str:
    """ "4 February 2025"."""
    return f"{value.day} {value:%B %Y}"


def published(value: Published | None) -> str:
    """When a report was published, no finer than the page said; empty where it did not say."""
    if value is None:
        return ""
    if value.precision == "year":
        return f"{value.at.year}"
    if value.precision == "month":
        return f"{value.at:%B %Y}"
    if value.precision == "day":
        return day(value.local_date())
    return f"{day(value.at)}, {value.at:%H:%M} UTC"


def period(first: datetime | None, last: datetime | None) -> str:
    """ "3 to 4 February 2025": the days between which a story was published; empty when unknown."""
    known = first or last
    if first is None or last is None:
        return "" if known is None else day(known)
    if first.date() == last.date():
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    return f"{day(first)} to {day(last)}"


def told_when(story: ListedStory) -> str:
    """The days between which a story of an archive was told; where no report is dated, when the last was added."""
    first, last = (datetime.fromisoformat(at) if at else None for at in (story.first_published, story.last_published))
    if last is None and story.last_added:
        return f"undated, added {period(datetime.fromisoformat(story.last_added), None)}"
    return period(first, last)


def moment(when: str) -> str:
    """An ISO 8601 date, month, time or interval in words; as it stands where it is none of these."""
    if "/" in when:
        start, _, end = when.partition("/")
        return f"{moment(start)} to {moment(end)}"
    try:
        if _MONTH.match(when):
            return f"{date.fromisoformat(when + '-01'):%B %Y}"
        if _DAY.match(when):
            parsed = date.fromisoformat(when)
            return f"{parsed:%A} {day(parsed)}"
        if "T" in when:
            at = datetime.fromisoformat(when)
            return f"{at:%A} {day(at)}, {at:%H:%M}"
    except ValueError:
        return when
    return when


def passage_place(place: float) -> str:
    """How far down a report something stands, in words."""
    if place < 0.05:
        return "at the very start"
    if place > 0.9:
        return "at the very end"
    return f"after {round(place * 100)} per cent of the text"


def prominence(place: float) -> Prominence:
    """Whether what stands after that share of a report's body is in its lede, its middle or its last part."""
    settings = Render()
    if place < settings.lede_share:
        return "lede"
    return "last" if place >= settings.last_share else "middle"


def precision(value: str) -> str:
    """How finely a text dates something: "to the day"; the value itself where it is none we know."""
    return _PRECISIONS.get(value, value)
