"""What editors say of findings: on which it stands, also after the edition was made anew, and that it is kept."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import msgspec
import pytest
from edition_fixture import ARTICLES, BASE, CLAIMS, CONFLICTS, EDITION, UTTERANCES, A, B, C, D, E, F, G, at
from judged import FOUND, said
from received import received
from sqlalchemy import insert, select, update

from variorum import pipeline
from variorum.config import Settings, Store
from variorum.edition.findings import findings, matched, reading_id
from variorum.errors import ArchiveError, FormatError, UsageError
from variorum.pipeline import kept
from variorum.records import Change, Claim, Edition, FindingKind, Judgement, Place, Span, Voice
from variorum.store import Archive, judgements, results, stories, transfer
from variorum.store.check import check
from variorum.store.tables import JUDGED, JUDGEMENTS
from variorum.text import digest

KINDS = {"claim", "conflict", "quotation", "reading", "borrowing", "voice", "label", "moment", "story"}


def stands_on(judgement: Judgement, edition: Edition) -> str | None:
    """The id of the finding a judgement stands on; ``None`` for none."""
    standing, unmatched = matched([judgement], findings(edition))
    assert len(standing) + len(unmatched) == 1
    return next((id for _, id in standing), None)


def with_claims(*claims: Claim) -> Edition:
    return replace(EDITION, claims=claims)


def stating(id: str, *voices: tuple[str, int, int]) -> Claim:
    made = tuple(Voice(article, start, end, "states", None) for article, start, end in voices)
    article, start, end = voices[0]
    return Claim(id, EDITION.article(article).text[start:end], article, start, end, made, 1, 1, "single")


FIRST, SECOND = (at(A, line) for line in ("The crack, four metres long", "was seen by a diver on Tuesday morning"))
HERE = (A.id, FIRST.start, SECOND.end)
THERE = (D.id, 10, 90)


# Findings


def test_every_finding_of_an_edition_can_be_spoken_of_and_its_places_are_its_own() -> None:
    assert {kind for kind, _ in FOUND} == KINDS
    readings = sum(len(utterance.readings) for utterance in UTTERANCES)
    wanted = {"claim": len(CLAIMS), "conflict": len(CONFLICTS), "quotation": len(UTTERANCES), "reading": readings}
    for kind, number in wanted.items():
        assert sum(found == kind for found, _ in FOUND) == number
    for (kind, id), finding in FOUND.items():
        assert (finding.kind, finding.id) == (kind, id)
        assert finding.spans
        assert list(finding.spans) == sorted(finding.spans, key=lambda p: (p.article, p.start, p.end))
        assert all(0 <= p.start <= p.end <= len(EDITION.article(p.article).text) for p in finding.spans)
        assert 0 < len(finding.says) <= Settings().edition.finding_letters
        assert "\n" not in finding.says


def test_a_line_that_is_too_long_is_cut_and_keeps_what_matters_at_its_end() -> None:
    utterance = UTTERANCES[0]
    long = replace(utterance.readings[3], text="word " * 4000)
    edition = replace(EDITION, utterances=(replace(utterance, readings=(utterance.readings[0], long)),))
    found = findings(edition)["reading", f"{utterance.id}.{D.id}"]
    assert len(found.says) <= Settings().edition.finding_letters
    assert found.says.endswith("…: other words than the base, with nothing to show it")
    heavy = replace(CONFLICTS[0], positions=tuple(replace(p, value=p.value * 900) for p in CONFLICTS[0].positions))
    assert len(findings(replace(EDITION, conflicts=(heavy,)))["conflict", heavy.id].holds) == 16


def test_two_readings_of_one_utterance_in_one_report_are_two_findings() -> None:
    utterance = UTTERANCES[1]
    twice = (*utterance.readings, replace(utterance.readings[1], spans=(Span(3, 20),)))
    found = findings(replace(EDITION, utterances=(replace(utterance, readings=twice),)))
    assert len({reading_id(replace(utterance, readings=twice), reading) for reading in twice}) == 3
    assert sum(kind == "reading" for kind, _ in found) == 3


# Where a judgement stands


def test_a_judgement_stands_on_the_finding_it_was_made_on_and_on_no_other() -> None:
    for key, finding in FOUND.items():
        standing, unmatched = matched([said(finding)], FOUND)
        assert {found: len(held) for found, held in standing.items()} == {key: 1}, finding.says
        assert unmatched == ()


def test_two_editors_who_disagree_stand_side_by_side_in_the_order_they_spoke() -> None:
    finding = FOUND["claim", CLAIMS[0].id]
    late, early = said(finding, "right", by="Col", at="2031-10-11"), said(finding, at="2031-10-10")
    standing, _ = matched([late, early], FOUND)
    assert standing == {("claim", CLAIMS[0].id): (early, late)}


def test_an_edition_made_anew_with_other_ids_and_another_order_keeps_every_judgement() -> None:
    anew = replace(
        EDITION,
        story=replace(EDITION.story, id="another-seal"),
        claims=tuple(replace(claim, id=digest("anew", claim.id)) for claim in reversed(CLAIMS)),
        conflicts=tuple(replace(one, id=digest("anew", one.id)) for one in reversed(CONFLICTS)),
        utterances=tuple(replace(one, id=digest("anew", one.id)) for one in reversed(UTTERANCES)),
        articles=tuple(replace(article, siglum=None) for article in reversed(ARTICLES)),
    )
    _, unmatched = matched([said(finding) for finding in FOUND.values()], findings(anew))
    assert unmatched == ()


def test_a_claim_that_gains_a_clause_or_a_report_is_still_the_one_that_was_judged() -> None:
    before = findings(with_claims(stating("old", HERE, THERE)))["claim", "old"]
    grown = stating(
        "new", (A.id, FIRST.start - 20, SECOND.end + 10), THERE, (E.id, 5, 80), (F.id, 5, 60), (G.id, 9, 70)
    )
    assert stands_on(said(before), with_claims(CLAIMS[6], grown)) == "new"


def test_a_claim_that_a_report_has_left_is_another_claim() -> None:
    """What was wrong with it may have been just that report."""
    before = findings(with_claims(stating("old", HERE, THERE, (E.id, 5, 80))))["claim", "old"]
    assert stands_on(said(before), with_claims(stating("new", HERE, THERE))) is None


def test_a_claim_that_came_apart_hands_its_judgement_to_neither_half() -> None:
    before = findings(with_claims(stating("old", HERE, THERE)))["claim", "old"]
    apart = with_claims(stating("one", HERE), stating("other", THERE))
    assert stands_on(said(before), apart) is None
    clauses = with_claims(
        stating("one", (A.id, FIRST.start, FIRST.end)), stating("two", (A.id, SECOND.start, SECOND.end))
    )
    alone = findings(with_claims(stating("old", HERE)))["claim", "old"]
    assert stands_on(said(alone), clauses) is None


def test_a_claim_of_one_report_that_a_second_one_joins_is_another_claim() -> None:
    before = findings(with_claims(stating("old", HERE)))["claim", "old"]
    assert stands_on(said(before), with_claims(stating("new", HERE, THERE))) is None


def test_a_judgement_that_fits_two_findings_equally_stands_on_neither() -> None:
    before = findings(with_claims(stating("old", HERE)))["claim", "old"]
    twins = with_claims(stating("one", HERE), stating("two", HERE))
    assert stands_on(said(before), twins) is None


def test_a_judgement_on_a_revised_report_is_handed_back_and_never_dropped() -> None:
    revised = replace(A, id=digest("revised", A.id))
    edition = replace(
        EDITION,
        articles=(revised, *ARTICLES[1:]),
        claims=tuple(
            replace(claim, voices=tuple(replace(v, article=revised.id if v.article == A.id else v.article)
                                        for v in claim.voices), article=revised.id)
            for claim in CLAIMS if claim.article == A.id
        ),
        conflicts=(), utterances=(), labels=(), timeline=(), digest=(),
        stemma=replace(EDITION.stemma, borrowings=(), lineages=()),
    )  # fmt: skip
    one = said(FOUND["claim", CLAIMS[0].id])
    assert matched([one], findings(edition)) == ({}, (one,))


@pytest.mark.parametrize("agreement", ["verbatim", "trimmed", "bracketed"])
def test_a_reading_no_longer_called_altered_does_not_keep_what_was_said_of_the_alteration(agreement: str) -> None:
    utterance = UTTERANCES[0]
    judgement = said(FOUND["reading", f"{utterance.id}.{D.id}"])
    assert stands_on(judgement, EDITION) == f"{utterance.id}.{D.id}"
    readings = [replace(r, agreement=agreement, variants=()) if r.article == D.id else r for r in utterance.readings]
    mended = replace(EDITION, utterances=(replace(utterance, readings=tuple(readings)), *UTTERANCES[1:]))
    assert stands_on(judgement, mended) is None


def test_a_reading_altered_in_another_word_is_another_finding() -> None:
    utterance = UTTERANCES[0]
    judgement = said(FOUND["reading", f"{utterance.id}.{D.id}"])
    other = tuple(
        replace(r, variants=(replace(r.variants[0], base_text="six", reading_text="sixty"),))
        if r.article == D.id
        else r
        for r in utterance.readings
    )
    assert stands_on(judgement, replace(EDITION, utterances=(replace(utterance, readings=other),))) is None


def test_a_judgement_stays_with_one_of_two_utterances_that_share_reports() -> None:
    """A reading is found by its own words; the words of another quotation in the same report do not draw it over."""
    judgement = said(FOUND["reading", f"utterance-sleep.{G.id}"])
    assert stands_on(judgement, EDITION) == f"utterance-sleep.{G.id}"
    assert stands_on(judgement, replace(EDITION, utterances=UTTERANCES[:1])) is None


def test_a_quotation_given_to_somebody_else_is_another_finding() -> None:
    judgement = said(FOUND["quotation", "utterance-hurry"])
    moved = replace(EDITION, utterances=(replace(UTTERANCES[0], speaker="name-hallam"), *UTTERANCES[1:]))
    assert stands_on(judgement, moved) is None


def test_a_borrowing_turned_around_or_called_retold_is_another_finding() -> None:
    directed = EDITION.stemma.borrowings[2]
    judgement = said(FOUND["borrowing", f"{D.id}-{E.id}-retold"])

    def borrowing(**changes: object) -> Edition:
        changed = replace(directed, **changes)  # type: ignore[arg-type]
        return replace(EDITION, stemma=replace(EDITION.stemma, borrowings=(changed,)))

    assert stands_on(judgement, borrowing(spans=directed.spans[:1])) == f"{D.id}-{E.id}-retold"
    assert stands_on(judgement, borrowing(kind="verbatim")) is None
    assert stands_on(judgement, borrowing(directed=False)) is None
    turned = tuple(replace(span, a=span.b, b=span.a) for span in directed.spans)
    assert stands_on(judgement, borrowing(a=E.id, b=D.id, spans=turned)) is None


def test_a_voice_keeps_its_judgement_when_a_report_joins_and_loses_it_when_one_leaves() -> None:
    wire, retold, *rest = EDITION.stemma.lineages
    judgement = said(next(one for key, one in FOUND.items() if key[0] == "voice" and len(one.spans) == 3))

    def voice(*articles: str) -> Edition:
        return replace(
            EDITION, stemma=replace(EDITION.stemma, lineages=(replace(wire, articles=articles), retold, *rest))
        )

    assert stands_on(judgement, voice(A.id, B.id, C.id, F.id)) is not None
    assert stands_on(judgement, voice(A.id, B.id)) is None
    other = replace(wire, exemplar=replace(wire.exemplar, kind="lost", name=None))
    edition = replace(EDITION, stemma=replace(EDITION.stemma, lineages=(other, retold, *rest)))
    assert stands_on(judgement, edition) is None


def test_a_dispute_with_a_further_side_and_a_date_read_otherwise_are_other_findings() -> None:
    dispute = said(FOUND["conflict", CONFLICTS[1].id])
    third = replace(CONFLICTS[1].positions[1], value="Thursday", voices=(Place(F.id, 3, 9),))
    more = replace(CONFLICTS[1], positions=(*CONFLICTS[1].positions, third))
    assert stands_on(dispute, replace(EDITION, conflicts=(more,))) is None
    moment = said(next(one for key, one in FOUND.items() if key[0] == "moment" and one.holds == "2031-10-08"))
    entries = tuple(replace(entry, when=entry.when.replace("10-08", "10-01")) for entry in EDITION.timeline)
    assert stands_on(moment, EDITION) is not None
    assert stands_on(moment, replace(EDITION, timeline=entries)) is None


def test_a_verdict_on_a_story_needs_its_reports_and_a_star_only_the_story() -> None:
    verdict = said(FOUND["story", EDITION.story.id])
    star = replace(verdict, verdict=None, starred=True)
    fewer = replace(
        EDITION, articles=ARTICLES[:2], claims=(), conflicts=(), utterances=(), labels=(), timeline=(), digest=(),
        stemma=replace(EDITION.stemma, borrowings=(), lineages=()),
    )  # fmt: skip
    assert stands_on(verdict, fewer) is None
    assert stands_on(star, fewer) == EDITION.story.id


def test_where_judgements_stand_does_not_depend_on_their_order() -> None:
    every = [said(finding, by=by) for finding in FOUND.values() for by in ("Maud", "Col")]
    assert matched(every, FOUND) == matched(every[::-1], dict(reversed(FOUND.items())))


# In an archive


def filled(archive: Archive) -> str:
    """The reports of the fixture in an archive, their edition kept as if the program had made it. The story's id."""
    taken = [received(one.text, one.outlet, title=None, place=f"{one.siglum}.txt") for one in ARTICLES]
    assert {one.article.id for one in taken} == {one.id for one in ARTICLES}
    archive.add(taken)
    story = "a" * 16
    with archive.writing() as connection:
        stories.place(connection, [Change("opened", story, None, tuple(one.id for one in ARTICLES))], 1)
    keep(archive, story, EDITION)
    return story


def keep(archive: Archive, story: str, edition: Edition) -> None:
    settings = Settings()
    with archive.writing() as connection:
        key = kept._key("edition", story, [one.id for one in stories.members(connection, story)], settings)
        value = msgspec.json.encode(edition)
        results.put(connection, key, value, kind="edition", subject=story, settings=settings.store)


def problems(archive: Archive) -> tuple[str, ...]:
    with archive.reading() as connection:
        return check(connection).problems


def held(archive: Archive) -> list[Judgement]:
    with archive.reading() as connection:
        return list(judgements.every(connection))


CLAIM = CLAIMS[2].id


def test_a_judgement_is_kept_beside_the_finding_and_given_back_with_the_edition(place: str) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        made = pipeline.judge(archive, story[:6], "claim", CLAIM, verdict="wrong", comment="A mile off.", by="Maud")
        assert (made.story, made.kind, made.verdict, made.says) == (story, "claim", "wrong", CLAIMS[2].text)
        assert made.release
        assert held(archive) == [made]
        assert pipeline.judged(archive, story, EDITION) == ({("claim", CLAIM): (made,)}, ())
        assert pipeline.judged(archive, story, replace(EDITION, claims=())) == ({}, (made,))
        assert problems(archive) == ()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_findings_of_every_kind_can_be_judged(tmp_path: object, kind: FindingKind) -> None:
    with Archive(f"{tmp_path}/one.db") as archive:
        story = filled(archive)
        id = next(id for found, id in FOUND if found == kind)
        made = pipeline.judge(archive, story, kind, id, verdict="right")
        assert pipeline.judged(archive, story, EDITION) == ({(kind, id): (made,)}, ())


def test_the_same_editor_has_one_judgement_of_a_finding_and_another_editor_has_another(place: str) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        first = pipeline.judge(archive, story, "claim", CLAIM, verdict="wrong", by="Maud")
        second = pipeline.judge(archive, story, "claim", CLAIM, verdict="right", starred=True, by=" Maud\n")
        other = pipeline.judge(archive, story, "claim", CLAIM, verdict="wrong", by="Col")
        assert (second.id, second.at) == (first.id, first.at)
        assert second.changed_at >= first.changed_at
        assert held(archive) == [second, other]


def test_an_editors_judgement_of_an_earlier_state_of_a_finding_is_replaced_and_not_doubled(place: str) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        first = pipeline.judge(archive, story, "claim", CLAIM, verdict="wrong", by="Maud")
        neighbour = pipeline.judge(archive, story, "claim", CLAIMS[0].id, verdict="wrong", by="Maud")
        grown = replace(CLAIMS[2], id="grown", voices=(*CLAIMS[2].voices, Voice(G.id, 4, 50, "states", None)))
        keep(archive, story, replace(EDITION, claims=(*CLAIMS[:2], grown, *CLAIMS[3:])))
        second = pipeline.judge(archive, story, "claim", "grown", verdict="right", by="Maud")
        assert second.id != first.id
        assert second.at == first.at
        assert sorted(held(archive), key=lambda one: one.id) == sorted((second, neighbour), key=lambda one: one.id)
        pipeline.judge(archive, story, "claim", "grown", by="Maud")
        assert held(archive) == [neighbour]
        assert problems(archive) == ()


def test_what_an_editor_said_of_a_neighbouring_finding_is_not_replaced(place: str) -> None:
    """Two claims may rest on nearly the same stretch; what was said of the one is not what is said of the other now."""
    wide, narrow = stating("wide", HERE), stating("narrow", (A.id, FIRST.start, SECOND.end - 12))
    with Archive(place) as archive:
        story = filled(archive)
        keep(archive, story, with_claims(wide, narrow))
        first = pipeline.judge(archive, story, "claim", "wide", verdict="right", by="Maud")
        assert stands_on(first, with_claims(narrow)) == "narrow", "near enough to be taken for it"
        second = pipeline.judge(archive, story, "claim", "narrow", verdict="wrong", by="Maud")
        assert held(archive) == [first, second]


def test_an_empty_judgement_takes_the_earlier_one_away(place: str) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        made = pipeline.judge(archive, story, "conflict", CONFLICTS[0].id, starred=True)
        assert held(archive) == [made]
        assert pipeline.judge(archive, story, "conflict", CONFLICTS[0].id, comment=" \n\x00 ").is_empty
        assert held(archive) == []
        with archive.writing() as connection:
            assert not judgements.remove(connection, made.id)
            assert connection.execute(select(JUDGED)).all() == []


def test_judgements_come_along_when_a_story_is_merged_or_split(place: str) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        of_a = pipeline.judge(archive, story, "label", next(id for kind, id in FOUND if kind == "label"), starred=True)
        of_d = pipeline.judge(archive, story, "claim", CLAIMS[6].id, verdict="wrong")
        assert {place.article for place in of_d.spans} == {D.id}
        with archive.writing() as connection:
            stories.place(connection, [Change("split", "b" * 16, story, (D.id, E.id))], 2)
            assert judgements.of_story(connection, story) == (of_a,)
            assert judgements.of_story(connection, "b" * 16) == (of_d,)
            rest = tuple(one.id for one in ARTICLES if one not in (D, E))
            stories.place(connection, [Change("merged", "b" * 16, story, rest)], 3)
            assert judgements.of_story(connection, stories.story_of(connection, story)) == (of_a, of_d)
        assert pipeline.judged(archive, story, EDITION)[1] == ()
        assert problems(archive) == ()


def test_a_report_that_is_revised_leaves_what_was_said_of_it_in_the_archive(place: str) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        made = pipeline.judge(archive, story, "claim", CLAIMS[6].id, verdict="wrong", comment="1969.")
        (revised,) = archive.add([received(D.text.replace("1968", "1969"), D.outlet, title=None, place="D.txt")])
        assert revised.outcome == "revision"
        standing, unmatched = pipeline.judged(archive, story, replace(EDITION, claims=CLAIMS[:6], labels=()))
        assert (dict(standing), unmatched) == ({}, (made,))


def test_what_cannot_be_judged_is_refused_with_its_reason(place: str) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        for kind, id, why in (
            ("claim", "nowhere", "has no claim 'nowhere'"),
            ("conflict", CLAIM, "has no conflict"),
            ("outlet", CLAIM, "no kind of finding"),
        ):
            with pytest.raises(UsageError, match=why):
                pipeline.judge(archive, story, kind, id, verdict="wrong")  # type: ignore[arg-type]
        with pytest.raises(UsageError, match="right or wrong"):
            pipeline.judge(archive, story, "claim", CLAIM, verdict="true")  # type: ignore[arg-type]
        with pytest.raises(UsageError, match="no story"):
            pipeline.judge(archive, "f" * 16, "claim", CLAIM, verdict="wrong")
        (late,) = archive.add([received("Another report of the crack.", "Late Paper", place="late.txt")])
        with archive.writing() as connection:
            stories.place(connection, [Change("joined", story, None, (late.article,))], 2)
        with pytest.raises(UsageError, match="no edition of its reports as they stand"):
            pipeline.judge(archive, story, "claim", CLAIM, verdict="wrong")
        assert held(archive) == []


@pytest.mark.parametrize(
    ("words", "kept_as"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\u202eevil\u202c \u2066turned\u2069", "evil turned"),
        ("nul\x00 and bell\x07 and\x1b[31m red", "nul and bell and[31m red"),
        ("half\ud83d of a pair", "half of a pair"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("x' ; DROP TABLE judgements; --", "x' ; DROP TABLE judgements; --"),
        ("שלום, ‏مرحبا, 😀", "שלום, ‏مرحبا, 😀"),
    ],
)
def test_hostile_words_are_kept_as_words(place: str, words: str, kept_as: str) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        made = pipeline.judge(archive, story, "claim", CLAIM, comment=words, by=words)
        assert made.comment == kept_as
        assert made.by == " ".join(kept_as.split())
        assert held(archive) == [made]
        assert problems(archive) == ()


def test_ten_megabytes_of_comment_are_refused_with_the_limit(place: str) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        with pytest.raises(UsageError, match=r"a comment may have 4,000 characters at most, and this has 10,000,000"):
            pipeline.judge(archive, story, "claim", CLAIM, comment="x" * 10_000_000)
        with pytest.raises(UsageError, match=r"an editor's name may have 100 characters at most"):
            pipeline.judge(archive, story, "claim", CLAIM, starred=True, by="x" * 101)
        assert held(archive) == []


def test_a_judgement_rests_on_reports_the_archive_has(tmp_path: object) -> None:
    missing = said(FOUND["claim", CLAIM])
    with Archive(f"{tmp_path}/one.db") as archive:
        with pytest.raises(UsageError, match="reports that the archive has"), archive.writing() as connection:
            judgements.put(connection, missing, settings=Store())
        assert held(archive) == []


def test_many_judgements_are_given_a_few_at_a_time_in_the_order_they_were_made(place: str) -> None:
    with Archive(place) as archive:
        filled(archive)
        with archive.writing() as connection:
            for number in range(130):
                one = said(FOUND["claim", CLAIM], by=f"Editor {number}", at=f"2031-10-{1 + number % 28:02}T00:00:00Z")
                judgements.put(connection, one, settings=Store())
        told = held(archive)
        assert len(told) == 130
        assert [(one.at, one.id) for one in told] == sorted((one.at, one.id) for one in told)


# Moved, and checked


def exported(archive: Archive) -> bytes:
    written = BytesIO()
    with archive.reading() as connection:
        transfer.export(connection, written, release="test")
    return written.getvalue()


def test_judgements_travel_with_the_whole_archive(place: str, new_place: Callable[[], str]) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        pipeline.judge(archive, story, "claim", CLAIM, verdict="wrong", comment="“Tuesday”", by="Maud")
        pipeline.judge(archive, story, "story", "", starred=True)
        whole, told = exported(archive), held(archive)
    with Archive(new_place()) as other:
        with other.writing() as connection:
            transfer.take(connection, BytesIO(whole))
        assert held(other) == told
        assert exported(other) == whole
        assert problems(other) == ()
        assert len(pipeline.judged(other, story, EDITION)[0]) == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"comment": "x" * 5000}, {"says": "x" * 5000}, {"editor": "x" * 101}, {"verdict": "liar"}, {"kind": "outlet"},
        {"spans": "[]"},
        {"spans": '[["a", 3, 1]]'}, {"spans": "[" * 4000}, {"holds": "another"}, {"comment": 7}, {"id": "f" * 16},
    ],
)  # fmt: skip
def test_a_judgement_that_was_meddled_with_is_not_imported(tmp_path: object, changed: dict[str, object]) -> None:
    import gzip
    from hashlib import sha256

    with Archive(f"{tmp_path}/one.db") as archive:
        story = filled(archive)
        pipeline.judge(archive, story, "claim", CLAIM, verdict="wrong", by="Maud")
        lines = gzip.decompress(exported(archive)).splitlines(keepends=True)
    rows = [json.loads(line) for line in lines]
    for row in rows:
        if row.get("in") == "judgements":
            row["row"] |= changed
        if row.get("in") == "judged" and "id" in changed:
            row["row"]["judgement"] = changed["id"]
    meddled = [json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in rows[:-1]]
    end = {"end": len(meddled) - 1, "sha256": sha256(b"".join(meddled)).hexdigest()}
    packed = gzip.compress(b"".join([*meddled, json.dumps(end).encode() + b"\n"]))
    with Archive(f"{tmp_path}/two.db") as other:
        with pytest.raises(FormatError, match="cannot be a row of judgements"), other.writing() as connection:
            transfer.take(connection, BytesIO(packed))
        assert held(other) == []


def test_check_names_a_judgement_that_is_damaged_or_listed_under_other_reports(place: str) -> None:
    with Archive(place) as archive:
        story = filled(archive)
        one = pipeline.judge(archive, story, "claim", CLAIM, verdict="wrong")
        with archive.writing() as connection:
            connection.execute(insert(JUDGED).values(judgement=one.id, article=F.id))
        assert [told for told in problems(archive) if one.id in told] == [
            f"judgements {one.id}: it is listed under other reports than it rests on"
        ]
        with archive.writing() as connection:
            connection.execute(update(JUDGEMENTS).values(verdict="liar"))
        assert any(f"judgements {one.id}: it cannot be read" in told for told in problems(archive))
        with pytest.raises(ArchiveError, match="damaged"):
            held(archive)


def test_the_words_of_the_base_are_those_the_fixture_names() -> None:
    """The tests above lean on it."""
    assert FOUND["quotation", "utterance-hurry"].says == f"Ines Calloway: “{BASE}”"
