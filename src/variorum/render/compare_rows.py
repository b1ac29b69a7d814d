"""A comparison for programs: JSON with every part, and CSV with a row for every claim and report."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from variorum.records import Article, Editions
from variorum.records.plain import plain
from variorum.render.compare_view import Compared, Dispute, Hearing, Lack, LeftOut, Statement, Told, Treatment
from variorum.render.json import well_formed
from variorum.render.rows import cell

FORMAT = "variorum/comparison/1"
COLUMNS = (
    "story", "claim", "claim_text", "status", "lineages", "outlets", "article", "siglum", "outlet", "lineage",
    "state", "why", "place", "stance", "speaker", "start", "end", "words",
)  # fmt: skip


def dump(editions: Editions, stories: Sequence[Compared]) -> str:
    """The comparison as JSON text: ``format``, ``stories``, ``alone``, ``refused``.

    stories: one comparison an edition, or those that hold the report they were narrowed to. Every stretch is
    ``article``, ``start``, ``end`` and ``text``, and ``text`` is what stands there.
    """
    made = {
        "format": FORMAT,
        "stories": [_story(story) for story in stories],
        "alone": [{"id": one.id, "outlet": one.outlet, "path": one.path} for one in editions.loners],
        "refused": plain(editions.refused),
    }
    return well_formed(json.dumps(made, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def _story(story: Compared) -> dict[str, object]:
    return {
        **plain(story.edition.story),
        "lineages": len(story.lineages),
        "ours": story.ours.id if story.ours else None,
        "articles": [_article(story, article) for article in story.edition.articles],
        "agreed": [_claim(told) for told in story.agreed],
        "disputed": [_dispute(dispute) for dispute in story.disputed],
        "only_in": [{**_named(one.article), "claims": [_claim(told) for told in one.claims]} for one in story.only_in],
        "left_out": [_left_out(one) for one in story.left_out],
        "heard": [_heard(one) for one in story.heard],
    }


def _article(story: Compared, article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "siglum": article.siglum,
        "outlet": article.outlet,
        "title": article.title,
        "path": article.path,
        "published": plain(article.published),
        "language": article.language,
        "lineage": story.lineage(article),
    }


def _named(article: Article) -> dict[str, object]:
    return {"article": article.id, "siglum": article.siglum, "outlet": article.outlet}


def _claim(told: Told) -> dict[str, object]:
    claim = told.claim
    return {
        "id": claim.id,
        "text": claim.text,
        "article": claim.article,
        "start": claim.start,
        "end": claim.end,
        "status": claim.status,
        "lineages": claim.lineages,
        "outlets": claim.outlets,
        "voices": [_voice(one) for one in told.statements],
    }


def _voice(one: Statement) -> dict[str, object]:
    return {
        **_named(one.article),
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "stance": one.stance,
        "speaker": one.speaker,
        "speaker_id": one.speaker_id,
    }


def _dispute(dispute: Dispute) -> dict[str, object]:
    return {
        "id": dispute.id,
        "kind": dispute.kind,
        "about": dispute.about,
        "positions": [
            {
                "value": side.value,
                "lineages": side.lineages,
                "outlets": side.outlets,
                "voices": [_voice(one) for one in side.statements],
            }
            for side in dispute.sides
        ],
        "claims": [_claim(told) for told in dispute.claims],
    }


def _left_out(one: LeftOut) -> dict[str, object]:
    return {
        **_named(one.article),
        "others": one.others,
        "claims": [_lack(lack) for lack in one.claims],
        "unknown": [{**_lack(lack), "why": lack.why} for lack in one.unknown],
    }


def _lack(lack: Lack) -> dict[str, object]:
    claim = lack.told.claim
    return {"claim": claim.id, "text": claim.text, "status": claim.status, "carried": lack.carried}


def _heard(one: Hearing) -> dict[str, object]:
    return {
        "speaker": one.speaker,
        "speaker_id": one.speaker_id,
        "quotations": one.quotations,
        "words": one.words,
        "reports": [
            {**_named(here.article), "quotations": here.quotations, "words": here.words} for here in one.reports
        ],
    }


def treatments_csv(stories: Iterable[Compared]) -> Iterator[str]:
    """A row a claim and report under ``COLUMNS``, the header first; claims of most lineages first.

    article: its path. state: what the report makes of the claim; why: of a state that is unknown. place: share of the
    body that stands before it. start, end, words: the report's own words for it, or against it; empty where it has
    none. What a spreadsheet would take for a formula stands after an apostrophe.
    """
    yield _line(COLUMNS)
    for story in stories:
        for one in story.treatments:
            yield _line(_row(story, one))


def _row(story: Compared, one: Treatment) -> tuple[object, ...]:
    claim, article, own = one.told.claim, one.article, one.statement
    place = "" if one.cell.place is None else round(one.cell.place, 3)
    words = ("",) * 5 if own is None else (own.stance or "", own.speaker or "", own.start, own.end, own.text)
    return (
        *(story.edition.story.headline, claim.id, claim.text, claim.status, claim.lineages, claim.outlets),
        *(article.path or "", article.siglum or "", article.outlet, story.lineage(article) or ""),
        *(one.cell.state, one.why or "", place, *words),
    )


def _line(values: Iterable[object]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow([cell(value) for value in values])
    return well_formed(written.getvalue())
