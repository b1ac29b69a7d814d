"""Notes on a report that was corrected since: carried to the same words of its new text, and nowhere else."""

from dataclasses import replace
from pathlib import Path

import pytest
from edition_fixture import ARTICLES, CONFLICTS, EDITION, A, D, E
from hypothesis import given
from hypothesis import strategies as st
from judged import FOUND, said
from received import received
from room import filled, grounding

from variorum import pipeline
from variorum.edition.findings import led
from variorum.pipeline.carrying import carried, mover
from variorum.records import Change, Edition, Finding, FindingKind, Judgement, Received
from variorum.render.notes_view import spoken_of
from variorum.store import Archive, judgements, stories

OLD = "Bridge shut\n\nIt broke on Monday. Orlov shut it.  31 cables\nwere found. It broke on Monday, she said.\n"
ONCE = ("Orlov shut it.", "31 cables\nwere found.", "she said")


def at(words: str, text: str = OLD) -> tuple[int, int]:
    assert text.count(words) == 1
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize("words", ONCE)
@pytest.mark.parametrize(
    ("was", "now"),
    [("Bridge shut", "Old bridge at Norby shut"), ("\n\nIt", "\n\nSorry. It"), ("shut it.  31", "shut it. 31")],
)
def test_the_same_words_are_found_again_however_far_they_moved(words: str, was: str, now: str) -> None:
    new = OLD.replace(was, now, 1)
    assert new != OLD
    assert mover(OLD, new)(*at(words)) == at(words, new)


@pytest.mark.parametrize(
    ("words", "was", "now"),
    [
        ("Orlov shut it.", "Orlov shut", "Orlov never shut"),
        ("31 cables\nwere found.", "31", "32"),
        ("31 cables\nwere found.", "cables\nwere", "cables were"),
        ("she said", "she said", "he said"),
        ("Orlov shut it.", "Orlov shut it.", ""),
    ],
)
def test_a_stretch_in_which_anything_changed_is_not_carried(words: str, was: str, now: str) -> None:
    new = OLD.replace(was, now)
    assert new != OLD
    assert mover(OLD, new)(*at(words)) is None


def test_words_that_stand_once_more_or_less_than_before_are_not_carried() -> None:
    """Of two printings one went: nobody can tell which of them is left."""
    first = OLD.index("It broke on Monday")
    stretch = (first, first + len("It broke on Monday"))
    assert mover(OLD, OLD.replace("It broke on Monday. ", ""))(*stretch) is None
    assert mover(OLD, f"{OLD}It broke on Monday\n")(*stretch) is None
    assert mover(OLD, OLD.replace("31", "32"))(*stretch) == stretch


@given(
    st.lists(st.sampled_from(["a b", "c", "a", "b.", "d e f", "\n", "31"]), max_size=14),
    st.lists(st.sampled_from(["a b", "c", "a", "b.", "d e f", "\n", "32"]), max_size=14),
    st.data(),
)
def test_what_is_carried_has_the_same_words_and_keeps_its_order(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    before, after = " ".join(old), " ".join(new)
    move = mover(before, after)
    ends = st.integers(0, len(before))
    start, end = sorted((data.draw(ends), data.draw(ends)))
    other, last = sorted((data.draw(ends), data.draw(ends)))
    one, two = move(start, end), move(other, last)
    if one is not None:
        assert before[start:end] == after[one[0] : one[1]]
        if two is not None and end <= other:
            assert one[1] <= two[0]


# In an archive


def shelf(archive: Archive) -> str:
    """The reports of the fixture in one story of an archive."""
    archive.add([received(one.text, one.outlet, title=None, place=f"{one.siglum}.txt") for one in ARTICLES])
    with archive.writing() as connection:
        stories.place(connection, [Change("opened", "a" * 16, None, tuple(one.id for one in ARTICLES))], 1)
    return "a" * 16


def revise(archive: Archive, text: str) -> str:
    """Another text at the address of report D. The new article's id."""
    (kept,) = archive.add([received(text, D.outlet, title=None, place="D.txt")])
    assert (kept.outcome, kept.of) == ("revision", D.id)
    return kept.article


def carry(archive: Archive, *held: Judgement) -> dict[str, Judgement]:
    with archive.reading() as connection:
        return carried(connection, held)


CHANGED = D.text.replace("1968", "1969")


def of(kind: FindingKind, **says: object) -> Judgement:
    """A judgement of a finding of that kind that rests on a report which is corrected, and on others."""
    found = [
        one
        for key, one in FOUND.items()
        if key[0] == kind and D.id in {p.article for p in one.spans} and len({p.article for p in one.spans}) > 1
        and all("1968" not in D.text[p.start : p.end] for p in one.spans if p.article == D.id)
    ]  # fmt: skip
    return said(found[0], **says)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["claim", "conflict", "quotation", "borrowing"])
def test_a_judgement_is_carried_to_the_corrected_report_and_its_words_stay(place: str, kind: FindingKind) -> None:
    one = of(kind)
    with Archive(place) as archive:
        shelf(archive)
        assert carry(archive, one) == {}, "what stands need not be carried"
        new = revise(archive, CHANGED)
        now = carry(archive, one)[one.id]
    texts = {**{article.id: article.text for article in ARTICLES}, new: CHANGED}
    assert D.id not in {p.article for p in now.spans}
    assert sorted(texts[p.article][p.start : p.end] for p in now.spans) == sorted(
        texts[p.article][p.start : p.end] for p in one.spans
    )
    assert (now.id, now.says, now.comment) == (one.id, one.says, one.comment)
    assert now.holds == one.holds.replace(D.id, new)


def test_a_judgement_is_carried_over_several_corrections_and_not_after_its_words_changed(place: str) -> None:
    one = of("claim")
    stretch = next(p for p in one.spans if p.article == D.id)
    words = D.text[stretch.start : stretch.end]
    with Archive(place) as archive:
        shelf(archive)
        revise(archive, CHANGED)
        (kept,) = archive.add([received(f"Corrected.\n{CHANGED}", D.outlet, title=None, place="D.txt")])
        now = carry(archive, one)[one.id]
        assert kept.article in {p.article for p in now.spans}
        archive.add([received(CHANGED.replace(words, words.replace(" ", " not ", 1)), D.outlet, title=None,
                              place="D.txt")])  # fmt: skip
        assert carry(archive, one) == {}


def test_a_verdict_on_whole_reports_is_not_carried_and_a_star_on_their_story_is(place: str) -> None:
    verdict = said(FOUND["story", EDITION.story.id])
    star = replace(verdict, id="star", verdict=None, starred=True)
    with Archive(place) as archive:
        shelf(archive)
        new = revise(archive, CHANGED)
        now = carry(archive, verdict, star)
    assert set(now) == {"star"}
    assert new in {p.article for p in now["star"].spans}


def test_what_a_borrowing_holds_names_the_reports_that_stand_now() -> None:
    holds = FOUND["borrowing", f"{D.id}-{E.id}-retold"].holds
    one = said(FOUND["borrowing", f"{D.id}-{E.id}-retold"])
    assert led(one, {D.id: "f" * 16}) == holds.replace(D.id, "f" * 16)
    undirected = replace(one, holds="\n".join(("verbatim", "undirected", *sorted((A.id, E.id)))))
    for new in ("0" * 16, "f" * 16):
        assert led(undirected, {A.id: new}).split("\n")[2:] == sorted((new, E.id))
    assert led(said(FOUND["conflict", CONFLICTS[0].id]), {D.id: "x"}) == FOUND["conflict", CONFLICTS[0].id].holds


def test_the_archives_heirs_are_what_stands_now(place: str) -> None:
    with Archive(place) as archive:
        shelf(archive)
        new = revise(archive, CHANGED)
        (last,) = archive.add([received(f"{CHANGED}\nMore.", D.outlet, title=None, place="D.txt")])
        with archive.reading() as connection:
            found = judgements.heirs(connection, {D.id, A.id, new, "0" * 16})
    assert found == {D.id: last.article, new: last.article}


# A correction to a report, and the notes of its story


def test_a_one_digit_correction_keeps_the_notes_on_untouched_sentences(tmp_path: Path) -> None:
    reports = grounding()
    with filled(tmp_path / "a.db", reports) as archive:
        with archive.reading() as connection:
            (listed,) = stories.stories(connection, order="newest", limit=None)
        before = pipeline.edition(archive, listed.id).only
        post = next(one for one in before.articles if one.outlet == "Brekka Post")
        found = spoken_of(before)
        on_post = [key for key, one in found.items() if post.id in {p.article for p in one.spans}]
        for kind, id in on_post:
            pipeline.judge(archive, listed.id, kind, id, verdict="wrong", by="Maud")
        told = {_words(before, found[key]) for key in on_post}
        list(pipeline.add(archive, [corrected(post.text.replace("64", "65"))]))
        after = pipeline.edition(archive, listed.id).only
        standing, unmatched = pipeline.judged(archive, listed.id, after)
        anew = spoken_of(after)
        still = [key for key, one in anew.items() if _words(after, one) in told]
        kinds = {kind for kind, _ in still}
        assert {"claim", "quotation", "reading"} <= kinds
        assert set(standing) == set(still), "each on the finding it was made on, and on no other"
        for key, (one,) in standing.items():
            assert one.says == anew[key].says
            assert post.id in {p.article for p in one.spans}, "kept as it was made"
        assert all(
            any("64" in before.article(p.article).text[p.start : p.end] for p in one.spans if p.article == post.id)
            for one in unmatched
        )
        # What the same editor says of one now takes the place of what was said before, and is not a second note.
        key = next(key for key in still if key[0] == "reading")
        second = pipeline.judge(archive, listed.id, *key, verdict="right", by="Maud")
        standing, _ = pipeline.judged(archive, listed.id, after)
        assert standing[key] == (second,)


def _words(edition: Edition, finding: Finding) -> tuple[str, ...]:
    """A finding as a reader sees it: by its words and whose they are."""
    places = ((edition.article(p.article), p) for p in finding.spans)
    stretches = sorted(f"{one.outlet}: {one.text[p.start : p.end]}" for one, p in places)
    return finding.kind, finding.says, *stretches


def corrected(text: str) -> Received:
    return received(
        text, "Brekka Post", title="Steering blamed for Skarn grounding", url="https://post.example/3",
        published="2024-03-06",
    )  # fmt: skip
