"""An edition as rows of the tables a batch writes. Which columns there are and what they mean: ``records.tables``."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from variorum.edition.seal import story_digest
from variorum.records import (
    Article,
    Borrowing,
    Claim,
    Conflict,
    Edition,
    Evidence,
    Lineage,
    Part,
    Passage,
    Place,
    Refusal,
    Span,
    Stemma,
    Utterance,
    Variant,
    Voice,
)
from variorum.records.tables import UNKNOWN_DATE
from variorum.text.words import WORD

Row = dict[str, object]
Names = Mapping[str, str]


def rows_of(edition: Edition, *, left_out: int = 0) -> dict[str, list[Row]]:
    """The rows of every table that is of stories, by the table's name, in the edition's order.

    edition: sealed or not; a row's ``story`` is without the seal, ``edition`` is its id as it stands.
    left_out: how many reports of the story the edition does not compare.
    """
    names = {name.id: name.name for name in edition.names}
    reports = {article.id: article for article in edition.articles}
    key: Row = {"date": day(edition.story.first_published), "story": story_digest(edition.story.id)}
    return {
        "stories": [key | _story_row(edition, left_out)],
        "borrowings": [
            borrowing_row(borrowing, date=str(key["date"]), story=str(key["story"]))
            for borrowing in edition.stemma.borrowings
        ],
        "lineages": [key | _lineage_row(at, lineage) for at, lineage in enumerate(edition.stemma.lineages)],
        "quotations": [
            key | row for utterance in edition.utterances for row in _reading_rows(utterance, reports, names)
        ],
        "utterances": [
            key | _utterance_row(utterance, reports, names, edition.stemma) for utterance in edition.utterances
        ],
        "claims": [key | _claim_row(claim, names) for claim in edition.claims],
        "conflicts": [key | _conflict_row(conflict) for conflict in edition.conflicts],
    }


def article_rows(edition: Edition) -> list[Row]:
    """The rows of ``articles`` for the reports an edition compares, in the order of their sigla."""
    story = story_digest(edition.story.id)
    return [
        article_row(article, story=story, lineage=edition.stemma.lineage_of(article.id), in_edition=True)
        for article in edition.articles
    ]


def article_row(article: Article, *, story: str | None, lineage: int | None = None, in_edition: bool = False) -> Row:
    """A row of ``articles``.

    story: id of its story, without a seal, ``None`` where it is alone. lineage, in_edition: its lineage's number in
    that story's edition, and whether the edition compares it. The siglum is the article's own, which it has in an
    edition only.
    """
    published, cut = article.published, article.cut
    return {
        "date": day(published.at if published else None),
        "article": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "byline": list(article.byline),
        "url": article.url,
        "path": article.path,
        "published": published.at.astimezone(UTC) if published else None,
        "precision": published.precision if published else None,
        "language": article.language,
        "sha256": article.sha256,
        "characters": len(article.text),
        "words": sum(1 for _ in WORD.finditer(article.text)),
        "text": article.text,
        "parts": [_part(part) for part in article.parts],
        "credits": [
            {"agency": credit.agency, "start": credit.start, "end": credit.end, "of": credit.of}
            for credit in article.credits
        ],
        "cut_start": cut.start if cut else None,
        "cut_reason": cut.reason if cut else None,
        "story": story,
        "lineage": lineage,
        "siglum": article.siglum if in_edition else None,
        "in_edition": in_edition,
    }


def borrowing_row(borrowing: Borrowing, *, date: str, story: str | None) -> Row:
    """A row of ``borrowings``. date: the story's day or, between stories, the earlier report's. story: without a seal,
    ``None`` where the two are of no common story."""
    return {
        "date": date,
        "story": story,
        "a": borrowing.a,
        "b": borrowing.b,
        "directed": borrowing.directed,
        "kind": borrowing.kind,
        "share": borrowing.share,
        "spans": [_passage(passage) for passage in borrowing.spans],
        "reasons": [_reason(reason) for reason in borrowing.reasons],
    }


def refusal_row(refusal: Refusal) -> Row:
    """A row of ``refused``."""
    return {"path": refusal.path, "reason": refusal.reason, "first_bytes": refusal.first_bytes}


def day(at: datetime | None) -> str:
    """The value of ``date`` for a time: its day in UTC, ``YYYY-MM-DD``, or ``unknown``."""
    return UNKNOWN_DATE if at is None else at.astimezone(UTC).date().isoformat()


def _story_row(edition: Edition, left_out: int) -> Row:
    head, claims, utterances = edition.story, edition.claims, edition.utterances
    return {
        "edition": head.id,
        "headline": head.headline,
        "first_published": _utc(head.first_published),
        "last_published": _utc(head.last_published),
        "articles": len(edition.articles),
        "outlets": len({article.outlet for article in edition.articles}),
        "lineages": len(edition.stemma.lineages),
        "claims": len(claims),
        "corroborated": sum(claim.status == "corroborated" for claim in claims),
        "disputed": sum(claim.status == "disputed" for claim in claims),
        "conflicts": len(edition.conflicts),
        "utterances": len(utterances),
        "altered": sum(_altered(utterance) for utterance in utterances),
        "left_out": left_out,
    }


def _lineage_row(at: int, lineage: Lineage) -> Row:
    return {
        "lineage": at,
        "articles": list(lineage.articles),
        "exemplar_kind": lineage.exemplar.kind,
        "exemplar_name": lineage.exemplar.name,
        "evidence": list(lineage.evidence),
    }


def _reading_rows(utterance: Utterance, reports: Mapping[str, Article], names: Names) -> Iterable[Row]:
    for at, reading in enumerate(utterance.readings):
        article = reports[reading.article]
        yield {
            "utterance": utterance.id,
            "reading": at,
            "article": reading.article,
            "outlet": article.outlet,
            "speaker": utterance.speaker,
            "speaker_name": names.get(utterance.speaker or ""),
            "speaker_text": _words(reading.speaker_span, article),
            "spans": [_span(span) for span in reading.spans],
            "text": reading.text,
            "mode": reading.mode,
            "marks": reading.marks,
            "cue": _span(reading.cue),
            "cue_text": _words(reading.cue, article),
            "speaker_span": _span(reading.speaker_span),
            "agreement": reading.agreement,
            "is_base": at == utterance.base,
            "variants": [_variant(variant) for variant in reading.variants],
        }


def _utterance_row(utterance: Utterance, reports: Mapping[str, Article], names: Names, stemma: Stemma) -> Row:
    base = utterance.readings[utterance.base]
    articles = {reading.article for reading in utterance.readings}
    return {
        "utterance": utterance.id,
        "speaker": utterance.speaker,
        "speaker_name": names.get(utterance.speaker or ""),
        "speaker_text": utterance.speaker_text,
        "base": utterance.base,
        "article": base.article,
        "text": base.text,
        "readings": len(utterance.readings),
        "outlets": len({reports[article].outlet for article in articles}),
        "lineages": stemma.voices(articles),
        "altered": _altered(utterance),
    }


def _claim_row(claim: Claim, names: Names) -> Row:
    return {
        "claim": claim.id,
        "text": claim.text,
        "article": claim.article,
        "start": claim.start,
        "end": claim.end,
        "outlets": claim.outlets,
        "lineages": claim.lineages,
        "status": claim.status,
        "voices": [_voice(voice, names) for voice in claim.voices],
    }


def _conflict_row(conflict: Conflict) -> Row:
    return {
        "conflict": conflict.id,
        "kind": conflict.kind,
        "about": conflict.about,
        "positions": [
            {"value": position.value, "voices": [_place(place) for place in position.voices]}
            for position in conflict.positions
        ],
    }


def _altered(utterance: Utterance) -> int:
    return sum(reading.agreement == "altered" for reading in utterance.readings)


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)


def _words(span: Span | None, article: Article) -> str | None:
    return None if span is None else span.of(article.text)


def _span(span: Span | None) -> Any:
    return None if span is None else {"start": span.start, "end": span.end}


def _part(part: Part) -> Row:
    return {"start": part.start, "end": part.end, "kind": part.kind}


def _place(place: Place) -> Row:
    return {"article": place.article, "start": place.start, "end": place.end}


def _passage(passage: Passage) -> Row:
    return {"a": _span(passage.a), "b": _span(passage.b), "likeness": passage.likeness}


def _reason(reason: Evidence) -> Row:
    return {
        "kind": reason.kind,
        "strength": reason.strength,
        "says": reason.says,
        "giver": reason.giver,
        "article": reason.article,
        "span": _span(reason.span),
    }


def _variant(variant: Variant) -> Row:
    return {
        "kind": variant.kind,
        "base_text": variant.base_text,
        "reading_text": variant.reading_text,
        "base": _span(variant.base),
        "reading": _span(variant.reading),
    }


def _voice(voice: Voice, names: Names) -> Row:
    return {
        "article": voice.article,
        "start": voice.start,
        "end": voice.end,
        "stance": voice.stance,
        "speaker": voice.speaker,
        "speaker_name": names.get(voice.speaker or "", voice.speaker),
    }
