"""What an archive keeps, knows again, and finds; in a file and on PostgreSQL alike."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from received import BODY, page, received
from sqlalchemy import update

from variorum.errors import FormatError, UsageError
from variorum.records import Change, Refusal, Validators
from variorum.store import Archive, Remembered, results, search, stories, transfer
from variorum.store.addresses import address_of
from variorum.store.check import check
from variorum.store.tables import RESULTS

Places = Callable[[], str]
CHANGED = BODY.replace("Friday", "Saturday")


def problems(archive: Archive) -> tuple[str, ...]:
    with archive.reading() as connection:
        return check(connection).problems


def test_a_report_comes_back_as_it_went_in_with_its_bytes(place: str) -> None:
    one = received(url="https://courier.example/keeper", published="2025-03-01T08:30:00+01:00")
    with Archive(place) as archive:
        (kept,) = archive.add([one])
        assert kept.outcome == "new"
        assert archive.articles([kept.article, "0" * 16]) == {kept.article: one.article}
        assert archive.raw(one.article.sha256) == one.raw
        assert archive.raw("0" * 64) is None
    with Archive(place, access="read") as archive:
        assert archive.articles([kept.article])[kept.article] == one.article
        assert problems(archive) == ()


def test_the_same_report_again_is_known_by_address_or_by_its_words(place: str) -> None:
    with Archive(place) as archive:
        first, again, elsewhere, reprint = archive.add(
            [
                received(url="https://courier.example/keeper"),
                received(url="http://COURIER.example:80/keeper/?utm_source=mail#top"),
                received(url="https://courier.example/amp/keeper"),
                received(outlet="Northern Mail", url="https://mail.example/keeper"),
            ]
        )
    assert (first.outcome, again.outcome, elsewhere.outcome) == ("new", "same", "same")
    assert first.article == again.article == elsewhere.article
    assert (reprint.outcome, reprint.article != first.article) == ("new", True), "a reprint is another report"


def test_a_changed_text_at_the_same_address_is_a_revision_beside_the_old(place: str) -> None:
    with Archive(place) as archive:
        (old,) = archive.add([received(url="https://courier.example/keeper")])
        (new,) = archive.add([received(CHANGED, url="https://courier.example/keeper?fbclid=1")])
        assert (new.outcome, new.of) == ("revision", old.article)
        found = archive.revisions("http://courier.example/keeper/")
        assert found is not None
        assert [one.article.id for one in found[1]] == [old.article, new.article]
        assert "Friday" in found[1][0].article.text
        assert archive.revisions("https://courier.example/other") is None
        assert problems(archive) == ()


def test_a_text_that_goes_back_to_what_it_was_is_a_third_revision_and_current_again(place: str) -> None:
    first, second = (received(text, url="https://courier.example/keeper") for text in (BODY, CHANGED))
    with Archive(place) as archive:
        outcomes = [archive.add([one])[0].outcome for one in (first, second, first, first)]
        found = archive.revisions("https://courier.example/keeper")
        assert outcomes == ["new", "revision", "revision", "same"]
        assert found is not None
        assert [one.number for one in found[1]] == [1, 2, 3]
        assert problems(archive) == ()


def test_what_stands_around_a_report_changes_without_a_revision(place: str) -> None:
    with Archive(place) as archive:
        (first,) = archive.add([page(BODY, around="Most read: ferry fares to rise again in spring")])
        (again,) = archive.add([page(BODY, around="Most read: harbour pool to close for winter")])
        (changed,) = archive.add([page(CHANGED, around="Most read: harbour pool to close for winter")])
    assert (first.outcome, again.outcome, changed.outcome) == ("new", "same", "revision")


def test_an_inputs_own_id_is_an_address_within_its_outlet(place: str) -> None:
    with Archive(place) as archive:
        (old,) = archive.add([received(key="a-17")])
        (new,) = archive.add([received(CHANGED, key="a-17", place="other.txt")])
        (stranger,) = archive.add([received(CHANGED, outlet="Northern Mail", key="a-17")])
        found = archive.revisions("a-17")
    assert (new.outcome, new.of, stranger.outcome) == ("revision", old.article, "new")
    assert found is not None


def test_a_files_name_makes_a_revision_only_of_a_text_much_like_it(place: str) -> None:
    other = "Ferry fares between Skarn and the mainland will rise by a tenth in April, the company announced today."
    with Archive(place) as archive:
        (old,) = archive.add([received(place="report1.txt")])
        (new,) = archive.add([received(CHANGED, place="report1.txt")])
        (another,) = archive.add([received(other, title="Fares to rise", place="report1.txt")])
        assert (new.outcome, new.of, another.outcome) == ("revision", old.article, "new")
        corrected = other.replace("April", "May")
        (later,) = archive.add([received(corrected, title="Fares to rise", place="report1.txt")])
        assert (later.outcome, later.of) == ("revision", another.article), "the name is the newer report's now"
        found = archive.revisions("report1.txt")
        assert found is not None
        assert [one.article.id for one in found[1]] == [another.article, later.article]
        assert problems(archive) == ()


COURT = (
    "A man was jailed for {} years at {} Crown Court on Tuesday after he admitted {}. The judge said {} had shown no "
    "remorse. He was told he would serve at least half of the sentence before he could be considered for release."
)
HULL = COURT.format("six", "Hull", "an armed robbery at a post office", "Peter Lund, 41, of Anlaby Road,")
YORK = COURT.format("two", "York", "fraud by false claims for sick pay", "Martin Oake, a former bus driver,")


def test_two_reports_of_one_mould_under_one_name_are_two_reports(place: str) -> None:
    with Archive(place) as archive:
        kept = [
            archive.add([received(text, title=title, place=name)])[0].outcome
            for name in ("court.txt", "day.csv#7")
            for text, title in ((HULL + name, "Robber jailed"), (YORK + name, "Man lied for sick pay"))
        ]
    assert kept == ["new"] * 4


def test_two_files_of_one_name_in_one_run_are_never_revisions_of_each_other(place: str) -> None:
    with Archive(place) as archive:
        taken: set[str] = set()
        kept = [archive.add([received(text, place="council.txt")], taken=taken)[0].outcome for text in (BODY, CHANGED)]
        assert kept == ["new", "new"]
        later = received(BODY.replace("mainland", "harbour"), place="council.txt")
        assert archive.add([later], taken=set())[0].outcome == "revision", "the next run is another day"


def test_what_was_not_known_of_a_report_is_filled_in_when_it_comes_with_it(place: str) -> None:
    with Archive(place) as archive:
        (first,) = archive.add([received()])
        (again,) = archive.add([received(published="2025-03-01", url="https://courier.example/keeper", key="17")])
        assert (again.outcome, again.article) == ("same", first.article)
        article = archive.articles([first.article])[first.article]
        assert article.url == "https://courier.example/keeper"
        assert article.published is not None
        assert article.published.precision == "day"
        assert archive.add([received(CHANGED, key="17")])[0].of == first.article
        assert problems(archive) == ()


def test_a_story_is_counted_anew_when_a_report_of_it_is_replaced(place: str) -> None:
    with Archive(place) as archive:
        old, other = archive.add(
            [received(url="https://courier.example/keeper"), received(outlet="Northern Mail", place="mail.txt")]
        )
        opened = Change("opened", "story-a", None, (old.article,))
        with archive.writing() as connection:
            stories.place(connection, [opened, Change("joined", "story-a", None, (other.article,))], 1)
        archive.add([received(CHANGED, url="https://courier.example/keeper")])
        with archive.reading() as connection:
            assert stories.stories(connection, order="newest", limit=None) == ()
            assert [
                one.articles
                for one in stories.stories(connection, order="newest", limit=None, wanted=stories.Wanted(least=1))
            ] == [1]
        assert problems(archive) == ()


def test_refused_inputs_are_kept_with_their_reason(place: str) -> None:
    from sqlalchemy import select

    from variorum.store.tables import REFUSED

    with Archive(place) as archive:
        archive.refuse([Refusal("a.txt", "This file is empty.", None)] * 2)
        with archive.reading() as connection:
            held = connection.execute(select(REFUSED.c.place, REFUSED.c.reason)).all()
    assert held == [("a.txt", "This file is empty.")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("lighthouse lamp", {"Skarn Courier"}),
        ("lamps", {"Skarn Courier"}),
        ("ferry", {"Northern Mail"}),
        ('"harbour board"', {"Skarn Courier"}),
        ('"board harbour"', set()),
        ("ferry OR lamp", {"Skarn Courier", "Northern Mail"}),
        ("Skarn -ferry", {"Skarn Courier"}),
        ("zeppelin", set()),
        ("don't", set()),
        ("zeppelin' OR 1=1 --", set()),
        ('zeppelin ") NOT (', set()),
        ("* AND NEAR(a b)", set()),
        ("lamp & ! | <-> :*", {"Skarn Courier"}),
        ("U.S.", {"Northern Mail"}),
        ("24/7", {"Northern Mail"}),
        ("$1.5", {"Northern Mail"}),
        ("B-52", {"Northern Mail"}),
        ("ferry.example", {"Northern Mail"}),
        ("because of", {"Northern Mail"}),
        ("Skarn -because", {"Skarn Courier"}),
    ],
)
def test_a_search_means_one_thing_in_either_database(place: str, asked: str, found: set[str]) -> None:
    other = (
        "The ferry to Skarn did not sail on Sunday because of ice in the channel, the company said. It runs 24/7 for "
        "$1.5 and carried a U.S. crew past a B-52 on a barge; see www.ferry.example for more."
    )
    with Archive(place) as archive:
        archive.add([received(), received(other, "Northern Mail", title="No boat", place="mail.txt")])
        with archive.reading() as connection:
            hits = search.search(connection, asked, settings=archive.settings)
            assert {hit.outlet for hit in hits} == found


@pytest.mark.parametrize("asked", ["", "   ", "-lamp", '""', "!!"])
def test_a_search_for_no_word_is_refused(asked: str) -> None:
    with pytest.raises(UsageError, match="needs a word"):
        search.terms(asked, most=8)


def test_a_superseded_revision_is_not_found_and_not_counted(place: str) -> None:
    with Archive(place) as archive:
        archive.add([received(url="https://courier.example/keeper")])
        archive.add([received(CHANGED, url="https://courier.example/keeper")])
        with archive.reading() as connection:
            (hit,) = search.search(connection, "lamp", settings=archive.settings)
            assert search.search(connection, "Friday", settings=archive.settings) == ()
        assert "Saturday" in archive.articles([hit.id])[hit.id].text


def gathered(archive: Archive) -> tuple[str, str, str]:
    """Three reports in two stories, and then in one."""
    kept = archive.add([received(place=f"{at}.txt", text=f"{BODY} Number {at}.", outlet=f"Paper {at}") for at in "abc"])
    one, two, three = (each.article for each in kept)
    with archive.writing() as connection:
        stories.place(
            connection,
            [
                Change("opened", "story-a", None, (one,)),
                Change("joined", "story-a", None, (two,)),
                Change("opened", "story-c", None, (three,)),
            ],
            1,
        )
    return one, two, three


def test_stories_are_listed_merged_and_found_by_any_of_their_ids(place: str) -> None:
    with Archive(place) as archive:
        one, _, three = gathered(archive)
        with archive.reading() as connection:
            (listed,) = stories.stories(connection, order="newest", limit=None)
            assert (listed.id, listed.articles, listed.outlets) == ("story-a", 2, 2)
            assert len(stories.stories(connection, order="biggest", limit=None, wanted=stories.Wanted(least=1))) == 2
        with archive.writing() as connection:
            stories.place(connection, [Change("merged", "story-a", "story-c", (three,))], 2)
        with archive.reading() as connection:
            assert stories.story_of(connection, "story-c") == "story-a"
            assert stories.story_of(connection, one) == "story-a"
            assert stories.story_of(connection, "story-a") == "story-a"
            assert len(stories.members(connection, "story-a")) == 3
            assert [change.kind for _, change in stories.changes(connection, "story-a")] == [
                "opened",
                "joined",
                "merged",
            ]
            with pytest.raises(UsageError, match="no story"):
                stories.story_of(connection, "nowhere")
            with pytest.raises(UsageError, match="too short"):
                stories.story_of(connection, "st")
            with pytest.raises(UsageError, match="more than one"):
                stories.story_of(connection, "story")
        assert problems(archive) == ()


def test_results_are_found_under_their_digest_only(place: str) -> None:
    with Archive(place) as archive:
        gathered(archive)
        with archive.writing() as connection:
            settings = archive.settings
            results.put(connection, "a" * 64, b"first", kind="edition", subject="story-a", settings=settings)
            results.put(connection, "b" * 64, b"second", kind="edition", subject="story-a", settings=settings)
        with archive.reading() as connection:
            assert results.get(connection, "b" * 64) == b"second"
            assert results.get(connection, "a" * 64) is None, "what can never be asked for again is not kept"
        with archive.writing() as connection:
            connection.execute(update(RESULTS).values(packed=b"damaged"))
        with archive.reading() as connection:
            assert results.get(connection, "b" * 64) is None, "what is damaged is computed anew"


def exported(archive: Archive) -> bytes:
    written = BytesIO()
    with archive.reading() as connection:
        transfer.export(connection, written, release="test")
    return written.getvalue()


def test_an_archive_moves_whole_from_either_database_to_either(place: str, tmp_path: object) -> None:
    with Archive(place) as archive:
        gathered(archive)
        with archive.writing() as connection:
            moved = stories.members(connection, "story-c")[0].id
            stories.place(connection, [Change("merged", "story-a", "story-c", (moved,))], 2)
        archive.add([received(CHANGED, url="https://courier.example/keeper")])
        whole = exported(archive)
    with Archive(f"{tmp_path}/moved.db") as other:
        with other.writing() as connection:
            transfer.take(connection, BytesIO(whole))
        assert exported(other) == whole
        assert problems(other) == ()
        (kept,) = other.add([received(outlet="Another", place="later.txt")])
        assert kept.outcome == "new"


def test_an_export_comes_back_on_the_other_side(place: str, new_place: Places) -> None:
    with Archive(place) as archive:
        gathered(archive)
        whole = exported(archive)
    with Archive(new_place()) as other:
        with other.writing() as connection:
            transfer.take(connection, BytesIO(whole))
        assert exported(other) == whole
        assert other.add([received(outlet="Another", place="later.txt")])[0].outcome == "new"
        with other.reading() as connection:
            assert len(search.search(connection, "lamp", settings=other.settings)) == 4


@pytest.mark.parametrize("fault", ["empty", "cut", "changed", "twice", "no gzip", "other format", "bomb"])
def test_an_export_that_is_not_whole_leaves_nothing_behind(tmp_path: object, fault: str) -> None:
    import gzip

    with Archive(f"{tmp_path}/one.db") as archive:
        gathered(archive)
        whole = gzip.decompress(exported(archive))
    lines = whole.splitlines(keepends=True)
    broken = {
        "empty": b"",
        "cut": b"".join(lines[:-3]),
        "changed": whole.replace(b"Paper b", b"Paper x"),
        "twice": whole + whole,
        "no gzip": b"",
        "other format": b'{"format":"other"}\n',
        "bomb": b"0" * 200_000_000,
    }[fault]
    file = BytesIO(b"nothing" if fault == "no gzip" else gzip.compress(broken, 1))
    with Archive(f"{tmp_path}/two.db") as other:
        with pytest.raises(FormatError), other.writing() as connection:
            transfer.take(connection, file)
        with other.reading() as connection:
            assert check(connection).articles == 0


def test_an_archive_that_holds_something_is_not_written_over(place: str) -> None:
    with Archive(place) as archive:
        gathered(archive)
        whole = exported(archive)
        with pytest.raises(FormatError, match="holds something already"), archive.writing() as connection:
            transfer.take(connection, BytesIO(whole))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x", "https://A.example:443/x/"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2&utm_medium=mail#part"),
        ("https://a.example", "https://a.example/"),
    ],
)
def test_spellings_of_one_url_are_one_address(one: str, other: str) -> None:
    assert address_of(one) == address_of(other)


@pytest.mark.parametrize("other", ["https://a.example/y", "https://a.example:8443/x", "https://a.example/x?id=2"])
def test_another_page_is_another_address(other: str) -> None:
    assert address_of("https://a.example/x") != address_of(other)


@pytest.mark.parametrize("odd", ["", "http://[", "http://a:b:c/", "no url", "https://a.example/" + "x" * 5000])
def test_any_text_is_an_address_of_bounded_length(odd: str) -> None:
    assert len(address_of(odd)) <= 500


def test_what_is_remembered_of_an_address_is_kept_with_the_reports_that_came_before_it(place: str) -> None:
    url = "https://courier.example/feed"
    with Archive(place) as archive:
        memory = Remembered(archive)
        memory.remember(url, Validators('"a"', None))
        assert memory.validators(url) == Validators('"a"', None)
    with Archive(place) as archive:
        memory = Remembered(archive)
        assert memory.validators(url) is None, "it was never written: the run was stopped before its reports were"
        memory.remember(url, Validators('"b"', "Mon, 03 Mar 2025 08:00:00 GMT"))
        archive.add([received()], also=memory.writer())
    with Archive(place) as archive:
        assert Remembered(archive).validators(url) == Validators('"b"', "Mon, 03 Mar 2025 08:00:00 GMT")


def test_a_report_that_a_feed_lists_is_known_until_it_is_changed(place: str) -> None:
    url = "https://courier.example/keeper"
    with Archive(place) as archive:
        memory, before = Remembered(archive), datetime.now(UTC)
        assert not memory.known(url, None)
        archive.add([received(url=url, key="tag:courier,2025:17")])
        for key in (url, "http://courier.example/keeper/?utm_source=feed", "tag:courier,2025:17"):
            assert memory.known(key, None)
            assert memory.known(key, before)
            assert not memory.known(key, datetime.now(UTC) + timedelta(minutes=1))
        later = datetime.now(UTC)
        archive.add([received(url=url)])
        assert memory.known(url, later), "it was looked at since, and was the same"


def test_a_report_is_listed_with_no_finer_a_time_than_it_gave(place: str) -> None:
    with Archive(place) as archive:
        times = {"a.txt": "2025-03-03", "b.txt": "2025-03-03T08:10:00Z", "c.txt": "2025-03"}
        added = [received(f"{BODY} {name}", place=name, published=at) for name, at in times.items()]
        kept = archive.add(added)
        with archive.writing() as connection:
            opened = Change("opened", "story-a", None, tuple(one.article for one in kept))
            stories.place(connection, [opened], 1)
        with archive.reading() as connection:
            listed = {one.published for one in stories.members(connection, "story-a")}
            found = {one.published for one in search.search(connection, "lamp", settings=archive.settings)}
    assert listed == found == {"2025-03-03", "2025-03-03T08:10:00.000000Z", "2025-03"}
