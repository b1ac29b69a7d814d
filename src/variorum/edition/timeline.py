"""What is dated, in the order it happened."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from variorum.config.edition import Edition as Settings
from variorum.records import (
    Annotation,
    Article,
    Clause,
    Comparison,
    Span,
    Story,
    TimelineEntry,
    TimeMention,
    TimePrecision,
)

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEARLESS = re.compile(r"--(\d\d)-(\d\d)")
_CLOCK = re.compile(r"T\d\d(:\d\d)*")
# A day and month without a year mean the nearest such day; from this far, in days, either year may be meant.
_NEAREST_DAYS = 150


@dataclass(frozen=True, slots=True)
class _Dated:
    """A statement, when it happened, its words as a vector, and on how many lineages its claim rests."""

    entry: TimelineEntry
    vector: NDArray[np.float32]
    lineages: int
    is_own: bool


def timeline(
    story: Story, annotations: Mapping[str, Annotation], comparison: Comparison, settings: Settings
) -> tuple[TimelineEntry, ...]:
    """One entry for each date and claim, sorted by date, then by the story's order.

    Only times that could be resolved to a date, month, year or interval: a bare weekday that cannot be is
    no ISO 8601 value, and a guess would be a claim nobody made. A time of day is joined to the one day its
    statement names. An entry cites the clause that holds the time, or its sentence where the clause is a
    fragment, and the claim that has a voice there. Of statements dated alike that belong to one claim, or
    say the same, one is listed: that of the claim of most lineages, in the report the claim is cited from.
    """
    rank = {article.id: at for at, article in enumerate(story.articles)}
    near = _first_day(story)
    found = [
        dated
        for article in story.articles
        if article.id in annotations
        for dated in _of_article(article, annotations[article.id], comparison, near)
    ]
    found.sort(key=lambda dated: (-dated.lineages, not dated.is_own, rank[dated.entry.article], dated.entry.start))
    kept: list[_Dated] = []
    for dated in found:
        if not any(_same(dated, other, settings) for other in kept):
            kept.append(dated)
    entries = [dated.entry for dated in kept]
    return tuple(sorted(entries, key=lambda entry: (*_sortable(entry.when), rank[entry.article], entry.start)))


def _first_day(story: Story) -> date | None:
    return min((article.published.local_date() for article in story.articles if article.published), default=None)


def _same(one: _Dated, other: _Dated, settings: Settings) -> bool:
    a, b = one.entry, other.entry
    if a.when[:10] != b.when[:10]:
        return False
    if a.claim is not None and a.claim == b.claim:
        return True
    return float(one.vector @ other.vector) >= settings.repeat_likeness


def _of_article(
    article: Article, annotation: Annotation, comparison: Comparison, near: date | None
) -> Iterator[_Dated]:
    statements: dict[Span, list[TimeMention]] = {}
    for time in annotation.times:
        at = annotation.sentence_at(time.start)
        if at is not None and annotation.sentences[at].part == "body" and time.precision != "vague":
            statements.setdefault(_statement(annotation, at, time), []).append(time)
    by_id = {claim.id: claim for claim in comparison.claims}
    for said, times in statements.items():
        for time, when, precision in _values(times, near):
            claim = _claim(article, said, time, comparison)
            yield _Dated(
                TimelineEntry(when, precision, article.id, said.start, said.end, claim),
                _vector(annotation, said),
                by_id[claim].lineages if claim else 0,
                claim is not None and by_id[claim].article == article.id,
            )


def _values(times: Iterable[TimeMention], near: date | None) -> Iterator[tuple[TimeMention, str, TimePrecision]]:
    """The resolved values of one statement's times; a time of day joined to the day, when there is one day."""
    resolved = [(time, _resolved(time.value, near)) for time in times if time.value is not None]
    clocks = [(time, value) for time, value in resolved if value and _CLOCK.fullmatch(value)]
    days = {value for _, value in resolved if value and _DAY.fullmatch(value)}
    joined = len(days) == 1 and len(clocks) == 1
    for time, value in resolved:
        if value is None or _CLOCK.fullmatch(value):
            continue
        if joined and value in days:
            yield time, value + clocks[0][1], clocks[0][0].precision
        else:
            yield time, value, time.precision


def _resolved(value: str | None, near: date | None) -> str | None:
    """The value, a missing year filled in from when the story was published; ``None`` when that is no help."""
    yearless = _YEARLESS.fullmatch(value or "")
    if not yearless:
        return value
    if near is None:
        return None
    days = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            days.append(date(year, int(yearless[1]), int(yearless[2])))
        except ValueError:  # 29 February
            continue
    nearest = min(days, key=lambda day: abs(day - near), default=None)
    return nearest.isoformat() if nearest and abs(nearest - near) <= timedelta(days=_NEAREST_DAYS) else None


def _statement(annotation: Annotation, at: int, time: TimeMention) -> Span:
    """The shortest clause that holds the time and a subject of its own, else the sentence."""
    whole = [
        clause.span
        for clause in annotation.clauses
        if clause.sentence == at
        and clause.start <= time.start
        and time.end <= clause.end
        and _has_subject(annotation, clause)
    ]
    return min(whole, key=lambda span: (len(span), span), default=annotation.sentences[at].span)


def _has_subject(annotation: Annotation, clause: Clause) -> bool:
    return any(
        token.head == clause.root
        and token.dep in ("nsubj", "nsubjpass", "expl")
        and token.tag not in ("WP", "WDT", "PRP")
        for token in annotation.tokens[clause.first : clause.last]
    )


def _vector(annotation: Annotation, said: Span) -> NDArray[np.float32]:
    """The vector of the clause, else of the sentence, that ``said`` is."""
    at = next((at for at, clause in enumerate(annotation.clauses) if clause.span == said), None)
    rows = annotation.vectors if at is None else annotation.clause_vectors
    row: NDArray[np.float32] = rows[annotation.sentence_at(said.start) or 0 if at is None else at]
    return row


def _claim(article: Article, said: Span, time: TimeMention, comparison: Comparison) -> str | None:
    """The claim whose voice holds the time; of several, the one that fits the statement best."""
    fits = []
    for claim in comparison.claims:
        for voice in claim.voices:
            if voice.article == article.id and voice.start <= time.start and time.end <= voice.end:
                shared = min(voice.end, said.end) - max(voice.start, said.start)
                spanned = max(voice.end, said.end) - min(voice.start, said.start)
                fits.append((-shared / spanned, claim.id))
    return min(fits)[1] if fits else None


def _sortable(when: str) -> tuple[str, str]:
    """A date, month, year or interval by its first day; of one day, a bare date before a time of day."""
    first, _, last = when.partition("/")
    return first.ljust(10, "-"), last or first
