"""Which way a text went, where there is evidence of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from variorum.config import Descent
from variorum.descent.edges import Edge
from variorum.descent.retellings import Retelling
from variorum.descent.wording import reworded
from variorum.records import Article, Evidence, Published, Span

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
_WEIGHT = {"strong": 4, "fair": 2, "weak": 1}
_DECIDES = 2
_AGAINST = 1

# A capitalised word before an outlet's name makes it another outlet's: "the Northern Post reported".
_LONGER = re.compile(r"\b(?!The\b)[A-Z][\w.'’-]*\s+$")


def evidence(edge: Edge, a: Article, b: Article, *, settings: Descent) -> tuple[Evidence, ...]:
    """What says which of two reports gave to the other, the strongest first.

    A report that names the other's outlet as its origin, credits it or links to it: strong. The times of publication,
    one text standing wholly inside the other, a spelling kept against a report's own habit: fair. A misspelt word
    corrected, a measure or a clock added for readers elsewhere: weak. Times and containment say nothing of two texts
    that both may come from an agency. Of a retelling they say little, for both reports may follow one that is not in
    the collection: that one tells nothing beyond another that tells much more, and came later, are weak each.
    """
    found = [*_credited(a, b), *_credited(b, a), *_named(a, b), *_named(b, a), *_linked(a, b), *_linked(b, a)]
    if edge.kind == "verbatim":
        if not credited(a) and not credited(b):
            found.extend(_timed(a, b))
            found.extend(_held(edge, a, b, settings))
        found.extend(reworded(a, b, edge.passages))
    elif edge.retelling is not None and edge.retelling.taker is not None and not credited(a) and not credited(b):
        found.extend(_fuller(edge.retelling, a, b, settings))
        found.extend(replace(one, strength="weak") for one in _timed(a, b))
    return tuple(sorted(found, key=lambda one: -_WEIGHT[one.strength]))


def giver(found: Sequence[Evidence], a: Article, b: Article) -> str | None:
    """The id of the report that gave to the other; ``None`` where the evidence is missing, weak or disagrees."""
    weights = {a.id: 0, b.id: 0}
    for one in found:
        if one.giver is not None:
            weights[one.giver] += _WEIGHT[one.strength]
    more, less = (a.id, b.id) if weights[a.id] >= weights[b.id] else (b.id, a.id)
    outweighed = weights[less] == 0 or (weights[more] >= _WEIGHT["strong"] and weights[less] <= _AGAINST)
    return more if weights[more] >= _DECIDES and outweighed else None


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


def _credited(taker: Article, giver: Article) -> Iterator[Evidence]:
    if taker.outlet == giver.outlet or any(is_agency(taker.outlet, one) for one in credited(taker)):
        return
    for credit in taker.credits:
        if credit.of == "text" and is_agency(giver.outlet, credit.agency):
            says = f"{taker.outlet} credits {giver.outlet} for the text."
            yield Evidence("credit", "strong", says, giver.id, taker.id, Span(credit.start, credit.end))
            return


def _named(taker: Article, giver: Article) -> Iterator[Evidence]:
    """Where ``taker`` names ``giver``'s outlet as having reported what it tells."""
    bare = re.sub(r"^[Tt]he\s+", "", giver.outlet)
    if taker.outlet == giver.outlet or not bare[:1].isupper():
        return
    name = re.escape(bare)
    told = re.compile(
        rf"(?P<name>\b{name})(?:\s+(?:newspaper|has|had|also|on\s+\w+))?\s+{_REPORTING}|{_AFTER}(?P<after>{name})\b"
    )
    for part in taker.parts_of("standfirst", "body"):
        for match in told.finditer(taker.text, part.start, part.end):
            if match["after"] or not _LONGER.search(taker.text[part.start : match.start("name")]):
                says = f"{taker.outlet} names {giver.outlet} as having reported it."
                yield Evidence("named", "strong", says, giver.id, taker.id, Span(*match.span()))
                return


def _linked(taker: Article, giver: Article) -> Iterator[Evidence]:
    if taker.outlet == giver.outlet or giver.url is None:
        return
    for link in taker.links:
        if _address(link.url) == _address(giver.url) is not None:
            says = f"{taker.outlet} links to the report of {giver.outlet}."
            yield Evidence("linked", "strong", says, giver.id, taker.id, Span(link.start, link.end))
            return


def _address(url: str) -> str | None:
    """Host and path, under which two links to one page are the same; ``None`` for a site's front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = parts.path.rstrip("/").casefold()
    return parts.netloc.casefold().removeprefix("www.") + path if path else None


def _timed(a: Article, b: Article) -> Iterator[Evidence]:
    first, second = _window(a.published), _window(b.published)
    if first is None or second is None:
        return
    for before, after, earlier, later in ((first, second, a, b), (second, first, b, a)):
        if before[1] <= after[0]:
            yield Evidence("time", "fair", f"{earlier.outlet} was published before {later.outlet}.", earlier.id)
            return


def _window(published: Published | None) -> tuple[datetime, datetime] | None:
    """The stretch of time in which a report came out, as far as its page says.

    A date without an hour is a date on the page's own clock, which may be half a day off ours: an agency's
    report of the 30th may well have been printed on the 29th, to the west of it. So may an hour whose zone is not told.
    """
    if published is None:
        return None
    end = published.at + _PRECISION[published.precision]
    is_known = published.precision in ("second", "minute", "hour") and published.utc_offset_minutes is not None
    slack = timedelta(0) if is_known else _CLOCKS_APART
    return published.at - slack, end + slack


def _fuller(found: Retelling, a: Article, b: Article, settings: Descent) -> Iterator[Evidence]:
    """One report has no detail of its own beside another that has many: it was made from it, or from its like."""
    taker, giver, held, fuller = (a, b, found.a_own, found.b_own)
    if found.taker == found.b:
        taker, giver, held, fuller = b, a, found.b_own, found.a_own
    if held.share <= settings.held_share and fuller.share >= settings.fuller_share:
        says = (
            f"Every name, figure and quotation in {taker.outlet}, or nearly every one, stands in {giver.outlet}, "
            "which has many more."
        )
        yield Evidence("contained", "weak", says, giver.id)


def _held(edge: Edge, a: Article, b: Article, settings: Descent) -> Iterator[Evidence]:
    for longer, shorter, share, more in ((a, b, edge.b_share, edge.a_share), (b, a, edge.a_share, edge.b_share)):
        if share >= settings.contained and more <= settings.exceeded:
            says = (
                f"Outside quotations, the text of {shorter.outlet} stands almost wholly in {longer.outlet}, "
                "which has more."
            )
            yield Evidence("contained", "fair", says, longer.id)
            return
