"""The edition put together: sigla, headline, digest, timeline."""

import dataclasses
import json
from datetime import UTC, datetime

import pytest
import told
from hypothesis import given
from hypothesis import strategies as st

from variorum.config.edition import Edition as Settings
from variorum.coverage import tabulate
from variorum.edition import compose
from variorum.edition.headline import shortened
from variorum.edition.sigla import lettered, siglum
from variorum.edition.standing import standing
from variorum.edition.verify import verify
from variorum.records import FORMAT, Comparison, Conflict, Edition, Editions, Published, Span, Stemma, Story
from variorum.records.plain import plain

LEDE = "A cable car with 31 people aboard stuck above the Lauter gorge for nine hours on Saturday, the operator said."
RESCUE = "Mountain guides lowered every passenger on ropes, the last of them after dark."
CAUSE = "Engineers blamed a frozen wheel on the third pylon for the standstill."
BUYER = "The canton wants to sell its share of the Lauter railway to a hotel firm from Basel."
HUMOUR = "A dachshund called Otto was the first to reach the ground."

BOTE = told.report(
    "Bote",
    LEDE,
    "The rope had been changed in the autumn. " + RESCUE,
    CAUSE,
    "It was the second breakdown of the year. " + HUMOUR,
    BUYER,
    title="Thirty-one stuck for nine hours above the Lauter gorge",
)
KURIER = told.report(
    "Kurier",
    "Thirty-one passengers hung in a cable car over the Lauter gorge for nine hours on Saturday.",
    "All of them were let down on ropes by mountain guides, who finished after nightfall.",
    "A wheel on the third pylon had frozen, according to engineers.",
    "But nobody complained. He gave them tea from his flask.",
    title="Nine cold hours in the sky",
)
ECHO = told.report(
    "Echo",
    "Nine hours above a gorge: 31 people were stuck in the Lauter cable car on Saturday.",
    "Guides from the valley brought the passengers down with ropes, one by one, until late at night.",
    title="Cable car stuck above Lauter gorge for nine hours",
)
THREE = told.story(BOTE, KURIER, ECHO)


def claims(stemma: Stemma, *, disputed: bool = False) -> Comparison:
    return told.comparison(
        told.claim(
            stemma,
            (BOTE, LEDE),
            (KURIER, "Thirty-one passengers hung in a cable car over the Lauter gorge for nine hours on Saturday"),
            (ECHO, "31 people were stuck in the Lauter cable car on Saturday"),
        ),
        told.claim(
            stemma,
            (BOTE, RESCUE),
            (KURIER, "All of them were let down on ropes by mountain guides, who finished after nightfall"),
            (ECHO, "Guides from the valley brought the passengers down with ropes"),
            status="disputed" if disputed else None,
        ),
        told.claim(stemma, (BOTE, CAUSE), (KURIER, "A wheel on the third pylon had frozen, according to engineers")),
        told.claim(stemma, (BOTE, HUMOUR)),
        told.claim(stemma, (BOTE, BUYER)),
    )


def edition(
    story: Story = THREE,
    comparison: Comparison | None = None,
    stemma: Stemma | None = None,
    settings: Settings | None = None,
) -> Edition:
    stemma = stemma or told.each_alone(story)
    comparison = comparison or claims(stemma)
    annotations, names = told.annotations(story), told.names(story)
    tabulation = tabulate(story, annotations, names, comparison, (), stemma)
    return compose(story, annotations, names, stemma, (), comparison, tabulation, settings=settings)


@pytest.mark.parametrize(("at", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")])
def test_sigla_run_from_a_to_z_and_go_on_with_two_letters(at: int, letters: str) -> None:
    assert siglum(at) == letters


def test_no_siglum_before_the_first() -> None:
    with pytest.raises(ValueError, match="-1"):
        siglum(-1)


@given(st.integers(1, 900))
def test_no_two_articles_share_a_siglum(count: int) -> None:
    assert len({article.siglum for article in lettered([BOTE] * count)}) == count


def test_articles_keep_their_order_and_get_their_letters() -> None:
    assert [(article.siglum, article.outlet) for article in edition().articles] == [
        ("A", "Bote"),
        ("B", "Kurier"),
        ("C", "Echo"),
    ]


def test_the_headline_is_the_title_nearest_to_what_all_reports_tell() -> None:
    assert edition().story.headline in (BOTE.title, ECHO.title)


def test_without_a_title_the_headline_is_cut_from_a_lede() -> None:
    bare = told.report("Bote", LEDE, RESCUE, CAUSE)
    alone = told.story(bare)
    made = edition(alone, Comparison((), ()), settings=Settings(headline_letters=90))
    assert made.story.headline == LEDE[: LEDE.index(", the operator")]
    assert made.story.headline in bare.text


@given(st.text(), st.integers(20, 200))
def test_a_shortened_headline_is_a_stretch_of_its_text_and_no_longer_than_asked(text: str, letters: int) -> None:
    short = shortened(text, letters)
    assert short in text and len(short) <= letters


def test_the_story_runs_from_its_first_report_to_its_last() -> None:
    first, last = datetime(2024, 2, 3, 18, tzinfo=UTC), datetime(2024, 2, 5, 7, 30, tzinfo=UTC)
    early = dataclasses.replace(BOTE, published=Published(first, "hour"))
    late = dataclasses.replace(ECHO, published=Published(last, "minute"))
    made = edition(told.story(late, KURIER, early), Comparison((), ()))
    assert (made.story.first_published, made.story.last_published) == (first, last)


def test_reports_without_a_date_leave_the_story_without_one() -> None:
    assert edition().story.first_published is None and edition().story.last_published is None


def test_the_digest_tells_the_strongest_claims_once_and_the_lede_first() -> None:
    made = edition()
    strong = [claim.id for claim in made.claims if claim.lineages > 1]
    carried = [id for extract in made.digest for id in extract.claims]
    assert len(carried) == len(set(carried))
    assert set(strong) <= set(carried)
    assert made.digest[0].start <= made.article(made.digest[0].article).text.index("Saturday")
    assert [extract.lineages for extract in made.digest][:1] == [3]


def test_every_extract_is_a_stretch_of_its_report() -> None:
    for extract in edition().digest:
        article = next(article for article in THREE.articles if article.id == extract.article)
        assert article.text[extract.start : extract.end] == extract.text


def test_the_digest_keeps_to_its_length() -> None:
    for most in (20, 45, 150):
        words = sum(len(extract.text.split()) for extract in edition(settings=Settings(digest_words=most)).digest)
        assert 0 < words <= most


def test_one_extract_at_most_rests_on_one_report_where_others_rest_on_several() -> None:
    assert sum(1 for extract in edition().digest if extract.lineages == 1) <= 1


def test_an_extract_counts_the_lineages_of_its_strongest_claim() -> None:
    stemma = told.together(THREE, (BOTE, KURIER, ECHO))
    made = edition(comparison=claims(stemma), stemma=stemma)
    by_id = {claim.id: claim.lineages for claim in made.claims}
    assert made.digest
    for extract in made.digest:
        assert extract.lineages == max([by_id[id] for id in extract.claims], default=1) == 1


def test_a_disputed_claim_is_marked_where_the_digest_tells_it() -> None:
    made = edition(comparison=claims(told.each_alone(THREE), disputed=True))
    [rescue] = [claim.id for claim in made.claims if claim.status == "disputed"]
    assert {extract.disputed for extract in made.digest if rescue in extract.claims} == {True}
    assert not all(extract.disputed for extract in made.digest)


def test_an_extract_with_contested_words_is_marked_disputed() -> None:
    stemma = told.each_alone(THREE)
    about: Conflict = told.conflict("number", ("31", [(BOTE, "31 people")]), ("30", [(ECHO, "31 people")]))
    plain = claims(stemma)
    made = edition(comparison=Comparison(plain.claims, (about,)), stemma=stemma)
    for extract in made.digest:
        contested = "31 people" in extract.text
        assert extract.disputed == contested


def test_a_story_of_one_report_has_a_digest_from_its_lede() -> None:
    alone = told.story(BOTE)
    stemma = told.each_alone(alone)
    single = told.comparison(*(told.claim(stemma, (BOTE, words)) for words in (LEDE, RESCUE, CAUSE, HUMOUR, BUYER)))
    made = edition(alone, single, stemma)
    assert made.digest[0].text == LEDE
    assert {extract.lineages for extract in made.digest} == {1}


def test_a_report_nobody_could_read_gives_an_empty_digest() -> None:
    foreign = told.report("Blatt", "Die Seilbahn stand neun Stunden lang still.", language="de")
    made = edition(told.story(foreign), Comparison((), ()))
    assert made.digest == () and made.timeline == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "He gave them tea from his flask.",
        "But nobody on the mountain complained to the operator.",
        "Additionally, the canton offered every passenger a free ticket.",
        "This decision was welcomed by the hotels in the valley.",
        "Those passengers were given a free ticket by the canton.",
        "In the evening she gave the passengers tea from a flask.",
        "We were cold, and the canton gave every passenger a ticket.",
        "Did the operator know of the frozen wheel on the pylon?",
        "“The wind did the rest and we waited for the morning,”",
        "the operator gave every passenger a free ticket on Sunday.",
    ],
)
def test_a_sentence_that_leans_on_what_went_before_stands_in_no_digest(sentence: str) -> None:
    article = told.report("Bote", sentence)
    assert standing(article, told.annotation(article), Span(0, len(sentence))) is None


@pytest.mark.parametrize(
    "sentence",
    [
        LEDE,
        "In his letter, Jane Roe thanked the guides of the valley.",
        "The guides said they had never seen the gorge so dark.",
        "“We waited for the wind,” Jane Roe, a guide from the valley, said on Sunday.",
        "The operator Jane Roe came when it was snowing in the valley.",
    ],
)
def test_a_sentence_that_names_its_people_can_stand_alone(sentence: str) -> None:
    article = told.report("Bote", sentence)
    assert standing(article, told.annotation(article), Span(0, len(sentence))) is not None


def test_a_sentence_from_the_middle_of_a_quotation_stands_in_no_digest() -> None:
    article = told.report("Bote", "“I saw it all,” Jane Roe said. “The operator lied to us. Nobody came. It was dark.”")
    lied = told.where(article, "Nobody came.")
    assert standing(article, told.annotation(article), lied) is None


def test_a_heading_among_the_paragraphs_stands_in_no_digest() -> None:
    article = told.report("Bote", "Guides bring passengers down on ropes", LEDE)
    alone = told.story(article)
    assert [extract.text for extract in edition(alone, Comparison((), ())).digest] == [LEDE]


def test_the_thing_spoken_of_must_have_been_spoken_of_before() -> None:
    article = told.report("Bote", "The ferry was towed to the yard by two tugs.")
    found = standing(article, told.annotation(article), Span(0, len(article.text)))
    assert found is not None and found.needs == {"ferry"}


def test_the_timeline_is_sorted_and_lists_only_what_could_be_dated() -> None:
    dated = told.report(
        "Bote",
        "The cable car was opened on 4 May 1956 by the mayor of Lauter.",
        "It broke down on a Saturday. Work on a new one began in March 2021.",
        "The canton took over the railway in 1988.",
    )
    made = edition(told.story(dated), Comparison((), ()))
    whens = [entry.when for entry in made.timeline]
    assert whens == ["1956-05-04", "1988", "2021-03"]
    for entry, words in zip(made.timeline, ("was opened", "took over", "Work on"), strict=True):
        assert words in dated.text[entry.start : entry.end]


def test_one_claim_dated_alike_by_two_reports_is_one_entry() -> None:
    words = "The cable car was opened on 4 May 1956"
    first = told.report("Bote", words + " by the mayor of Lauter.")
    other = told.report("Echo", "People came from far. " + words + " amid a great crowd.")
    both = told.story(first, other)
    stemma = told.each_alone(both)
    same = told.claim(stemma, (other, words), (first, words))
    made = edition(both, told.comparison(same), stemma)
    assert [(entry.when, entry.claim, entry.article) for entry in made.timeline] == [("1956-05-04", same.id, other.id)]


def test_digest_and_headline_do_not_depend_on_the_order_of_the_articles() -> None:
    turned = told.story(ECHO, BOTE, KURIER)
    one, other = edition(), edition(turned, claims(told.each_alone(turned)))
    assert one.story.headline == other.story.headline
    assert one.digest == other.digest


def test_an_edition_does_not_change_between_two_makings() -> None:
    assert edition() == edition()


def test_a_title_with_a_contested_figure_is_not_the_headline() -> None:
    tabloid = told.report(
        "Blick",
        "Some 13 people were stuck in the Lauter cable car above the gorge for nine hours on Saturday.",
        title="Cable car with 13 people stuck above Lauter gorge for nine hours",
    )
    four = told.story(tabloid, BOTE, KURIER)
    about = told.conflict("number", ("13", [(tabloid, "13 people were stuck")]), ("31", [(BOTE, "31 people")]))
    assert edition(four, Comparison((), ())).story.headline == tabloid.title
    assert edition(four, Comparison((), (about,))).story.headline == BOTE.title


def test_a_time_of_day_is_joined_to_the_day_of_its_statement() -> None:
    dated = told.report("Bote", "The cable car stopped at 9:40 p.m. on 3 February 2024 above the gorge.")
    made = edition(told.story(dated), Comparison((), ()))
    assert [(entry.when, entry.precision) for entry in made.timeline] == [("2024-02-03T21:40", "minute")]


def test_a_day_without_a_year_is_the_one_nearest_to_the_story() -> None:
    words = "The letter to the operator is dated 19 October and was never answered."
    at = datetime(2024, 2, 3, 18, tzinfo=UTC)
    undated, dated = told.report("Bote", words), told.report("Echo", LEDE, published=Published(at, "hour"))
    made = edition(told.story(undated, dated), Comparison((), ()))
    assert "2023-10-19" in [entry.when for entry in made.timeline]
    assert [entry for entry in edition(told.story(undated), Comparison((), ())).timeline if entry.when[:1] == "-"] == []


def test_an_edition_as_composed_passes_its_own_proof() -> None:
    written = json.dumps({"format": FORMAT, **plain(Editions((edition(),), (), ()))})
    assert verify(written).failures == ()
