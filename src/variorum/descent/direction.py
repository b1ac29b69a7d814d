"""Who gave to whom, where there is evidence of it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from variorum.config import Descent
from variorum.descent.edges import Edge
from variorum.records import Article, Published

_PRECISION = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}
_CLOCKS_APART = timedelta(hours=12)
_REPORTING = r"(?:first\s+)?(?:reported|reports|wrote|writes|revealed|reveals)\b"
_AFTER = (
    r"(?:[Aa]ccording to|told|[Aa]s reported by|[Ff]irst reported by|[Rr]eport(?:ed)? (?:by|in|from))"
    r"\s+(?:the\s+|The\s+)?"
)


# A capitalised word before an outlet's name makes it another outlet's: "the Northern Post reported".
_LONGER = re.compile(r"\b(?!The\b)[A-Z][\w.'’-]*\s+$")


@dataclass(frozen=True, slots=True)
class Direction:
    """giver, taker: indices into the story's reports. reason: one plain sentence."""

    giver: int
    taker: int
    reason: str


def direction(edge: Edge, a: Article, b: Article, *, settings: Descent) -> Direction | None:
    """Which of two reports gave to the other; ``None`` where the evidence is missing or disagrees.

    In order: a report that names the other's outlet as its origin; the times of publication; one text standing
    wholly inside the other. Times say nothing of two texts that both may come from an agency, nor of a
    retelling: both reports may follow one that is not in the collection.
    """
    named = _named(edge, a, b)
    if named is not None:
        return named
    if edge.kind == "retold" or credited(a) or credited(b):
        return None
    timed, held = _timed(edge, a, b), _held(edge, a, b, settings)
    if timed is not None and held is not None and timed.giver != held.giver:
        return None
    return timed or held


def credited(article: Article) -> tuple[str, ...]:
    """The agencies that an article gives its text to, in the order they stand, each once. Pictures do not count."""
    return tuple(dict.fromkeys(credit.agency for credit in article.credits if credit.of == "text"))


def is_agency(outlet: str, agency: str) -> bool:
    """Whether an outlet is the agency credited, by name or by initials (MNA, Meridian News Agency)."""
    name = _plain(outlet)
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name))
    return _plain(agency) in (name, initials) and len(agency) > 1


def _plain(name: str) -> str:
    return re.sub(r"^the\s+", "", name.strip().casefold())


def _named(edge: Edge, a: Article, b: Article) -> Direction | None:
    by_a, by_b = _names(a, b), _names(b, a)
    if (by_a is None) == (by_b is None):
        return None
    giver, taker, reason = (edge.a, edge.b, by_b) if by_b is not None else (edge.b, edge.a, by_a)
    return Direction(giver, taker, str(reason))


def _names(taker: Article, giver: Article) -> str | None:
    """How ``taker`` names ``giver``'s outlet as its origin, as a sentence; ``None`` when it does not."""
    if taker.outlet == giver.outlet:
        return None
    agency = next((agency for agency in credited(taker) if is_agency(giver.outlet, agency)), None)
    if agency is not None and not any(is_agency(taker.outlet, one) for one in credited(taker)):
        return f"{taker.outlet} credits {giver.outlet} for the text."
    bare = re.sub(r"^[Tt]he\s+", "", giver.outlet)
    if not bare[:1].isupper():
        return None
    name = re.escape(bare)
    told = re.compile(
        rf"(?P<name>\b{name})(?:\s+(?:newspaper|has|had|also|on\s+\w+))?\s+{_REPORTING}|{_AFTER}(?P<after>{name})\b"
    )
    for part in taker.parts_of("standfirst", "body"):
        for match in told.finditer(taker.text, part.start, part.end):
            if match["after"] or not _LONGER.search(taker.text[part.start : match.start("name")]):
                return f"{taker.outlet} names {giver.outlet} as having reported it."
    return None


def _timed(edge: Edge, a: Article, b: Article) -> Direction | None:
    first, second = _window(a.published), _window(b.published)
    if first is None or second is None:
        return None
    if first[1] <= second[0]:
        return Direction(edge.a, edge.b, f"{a.outlet} was published before {b.outlet}.")
    if second[1] <= first[0]:
        return Direction(edge.b, edge.a, f"{b.outlet} was published before {a.outlet}.")
    return None


def _window(published: Published | None) -> tuple[datetime, datetime] | None:
    """The stretch of time in which a report came out, as far as its page says.

    A date without an hour is a date on the page's own clock, which may be half a day off ours: an agency's
    report of the 30th may well have been printed on the 29th, to the west of it.
    """
    if published is None:
        return None
    end = published.at + _PRECISION[published.precision]
    slack = timedelta(0) if published.precision in ("second", "minute", "hour") else _CLOCKS_APART
    return published.at - slack, end + slack


def _held(edge: Edge, a: Article, b: Article, settings: Descent) -> Direction | None:
    if edge.b_share >= settings.contained and edge.a_share <= settings.exceeded:
        return Direction(edge.a, edge.b, _holds(a, b))
    if edge.a_share >= settings.contained and edge.b_share <= settings.exceeded:
        return Direction(edge.b, edge.a, _holds(b, a))
    return None


def _holds(longer: Article, shorter: Article) -> str:
    return f"Outside quotations, the text of {shorter.outlet} stands almost wholly in {longer.outlet}, which has more."
