"""Who borrowed from whom, and how many independent voices there are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from descent_reports import STORIES
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.config import Descent
from variorum.descent import share, trace
from variorum.language import annotate_all
from variorum.records import Annotation, Article, Credit, Part, Published, Stemma, Story
from variorum.text import digest, words

SHARED = Path(__file__).parents[2] / "shared"

WIRE = """\
The mayor of Tarn Bridge resigned on Monday after auditors found that 40,000 in parking fees had gone missing.
Elsa Quill, who had led the town since 2014, handed her chain to the deputy at a meeting that lasted six minutes.
"I signed what I was given," she said.
The auditors had been called in by the county, which noticed that the meters on the quay took in less than those uphill.
Prosecutors in Dunmere have opened an inquiry against two clerks but not against the mayor herself.
The meters, bought second-hand from a seaside resort, could be emptied with an ordinary key.
A vote for a successor must be held within ninety days, and the deputy has said that he will not stand.
"""
# The same wire story as a subeditor leaves it: a figure, a title and a word or two changed, one line cut.
EDITED = """\
The mayor of Tarn Bridge stepped down on Monday after auditors found that some 40,000 in parking fees had gone missing.
Elsa Quill, who had led the town since 2014, handed her chain to deputy mayor Hugh Bane at a meeting that lasted six
minutes.
The auditors had been called in by the county council, which noticed that the meters on the quay took in less than
those uphill.
Prosecutors in Dunmere have opened an inquiry against two clerks but not against the mayor herself.
A vote for a successor must be held within ninety days.
"""
OWN = """\
Tarn Bridge woke on Tuesday without a mayor, and the talk at the fish market was of keys.
Anyone who ever lost one could have opened the parking meters, said Dory Wick, who sells herring there.
"I signed what I was given," the departing Elsa Quill had told the council the evening before.
Her opponents have asked for years why the quay, always full of cars, brought in so little.
What happens to the money that was to pay for the lido's new roof, nobody could say.
Two clerks have engaged lawyers. Neither would speak to this newspaper.
"""
SPEECH = (
    '"We have heard the fishermen, we have counted the boats, and we will not sign any treaty that leaves the northern '
    'banks to fleets from somewhere else, however long it takes and whatever it may cost us," said premier Ada Lorne.\n'
)

Planted = dict[str, tuple[dict[str, Article], dict[str, Annotation]]]


def report(
    text: str,
    outlet: str,
    *,
    at: datetime | None = None,
    credit: str | None = None,
    of_picture: bool = False,
    language: str | None = "en",
) -> Article:
    credits: tuple[Credit, ...] = ()
    if credit is not None:
        start = len(text)
        text = f"{text}({credit})\n"
        credits = (Credit(credit, start + 1, start + 1 + len(credit), "picture" if of_picture else "text"),)
    body = len(text) if not credits else credits[0].start - 1
    parts = tuple(part for part in (Part(0, body, "body"), Part(body, len(text), "credit")) if part.start < part.end)
    published = Published(at, "minute", 0) if at else None
    return Article(
        digest(outlet, text),
        None,
        outlet,
        None,
        (),
        None,
        None,
        published,
        language,
        "0" * 64,
        text,
        parts,
        credits,
    )


def traced(*articles: Article) -> Stemma:
    return trace(Story("story", articles), {})


def voices(stemma: Stemma) -> int:
    return len(stemma.lineages)


# Words shared


def test_a_report_by_itself_stands_on_its_own() -> None:
    article = report(WIRE, "Harbour Gazette")
    (lineage,) = traced(article).lineages
    assert (lineage.articles, lineage.exemplar.kind, lineage.evidence) == ((article.id,), "none", ())


def test_five_reprints_of_one_wire_story_count_as_one_voice() -> None:
    assert voices(traced(*(report(WIRE, f"Paper {index}") for index in range(5)))) == 1


def test_an_edited_reprint_is_found_with_its_passages() -> None:
    wire, edited = report(WIRE, "Harbour Gazette"), report(EDITED, "North Quay Post")
    stemma = traced(wire, edited)
    (borrowing,) = stemma.borrowings
    assert borrowing.kind == "verbatim"
    texts = {wire.id: wire.text, edited.id: edited.text}
    first = borrowing.spans[0]
    assert "auditors found that" in first.a.of(texts[borrowing.a])
    assert "auditors found that" in first.b.of(texts[borrowing.b])
    assert 0.8 < first.likeness < 1.0
    assert voices(stemma) == 1


def test_the_evidence_says_how_much_is_shared() -> None:
    (lineage,) = traced(report(WIRE, "Harbour Gazette"), report(EDITED, "North Quay Post")).lineages
    assert lineage.evidence[0].startswith("Harbour Gazette and North Quay Post share ")
    assert "outside quotations" in lineage.evidence[0]


def test_two_reporters_who_heard_one_speech_are_two_voices() -> None:
    here = "The premier spoke in the fish hall for an hour.\n" + SPEECH + "Gulls could be heard through the roof.\n"
    there = "Ada Lorne addressed the fleet at noon.\n" + SPEECH + "A vote is due in parliament before Easter.\n"
    stemma = traced(report(here, "Harbour Gazette"), report(there, "North Quay Post"))
    assert (voices(stemma), stemma.borrowings) == (2, ())


def test_a_speech_that_one_report_prints_without_marks_is_no_borrowing() -> None:
    bare = SPEECH.replace('"', "")
    here = "The premier spoke in the fish hall for an hour.\n" + bare + "Gulls could be heard through the roof.\n"
    there = "Ada Lorne addressed the fleet at noon.\n" + bare + "A vote is due in parliament before Easter.\n"
    assert voices(traced(report(here, "Harbour Gazette"), report(there, "North Quay Post"))) == 2


def test_two_reports_of_one_event_are_two_voices() -> None:
    assert voices(traced(report(WIRE, "Harbour Gazette"), report(OWN, "North Quay Post"))) == 2


def test_a_stock_phrase_and_a_title_are_no_borrowing() -> None:
    stock = "The ministry did not immediately respond to a request for comment on the matter.\n"
    title = "Foreign minister Ilse Marrack met the Danish prime minister Mette Holm on Tuesday.\n"
    one = report(stock + title + "Ferries ran late. Nobody had been told why.\n" * 3, "A")
    other = report("Grain prices rose again in the port.\n" * 6 + title + stock, "B")
    assert voices(traced(one, other)) == 2


def test_a_report_in_another_language_is_a_voice_by_itself() -> None:
    pair = (report(WIRE, "Der Bote", language="de"), report(WIRE, "Das Blatt", language="de"))
    assert voices(traced(*pair)) == 2


# Credits


def test_two_reports_crediting_one_agency_without_shared_text_are_two_voices() -> None:
    stemma = traced(report(WIRE, "Harbour Gazette", credit="dpa"), report(OWN, "North Quay Post", credit="dpa"))
    assert [lineage.exemplar.kind for lineage in stemma.lineages] == ["agency", "agency"]
    assert stemma.borrowings == ()


def test_reprints_that_credit_an_agency_go_back_to_the_agency() -> None:
    (lineage,) = traced(report(WIRE, "Harbour Gazette", credit="dpa"), report(EDITED, "North Quay Post")).lineages
    assert (lineage.exemplar.kind, lineage.exemplar.name) == ("agency", "dpa")
    assert "Harbour Gazette credits dpa for the text." in lineage.evidence


def test_a_picture_credit_is_no_evidence_of_descent() -> None:
    (lineage,) = traced(report(WIRE, "Harbour Gazette", credit="AFP", of_picture=True)).lineages
    assert lineage.exemplar.kind == "none"


def test_the_agencys_own_report_gave_to_the_one_that_credits_it() -> None:
    own = report(WIRE, "Meridian News Agency")
    paper = report(EDITED, "Harbour Gazette", credit="MNA")
    stemma = traced(paper, own)
    (borrowing,) = stemma.borrowings
    assert (borrowing.a, borrowing.b, borrowing.directed) == (own.id, paper.id, True)
    assert stemma.lineages[0].exemplar.name == "Meridian News Agency"


# Direction


def test_without_evidence_no_direction_is_claimed() -> None:
    (borrowing,) = traced(
        report(WIRE, "Harbour Gazette"), report(WIRE + "More follows.\n", "North Quay Post")
    ).borrowings
    assert not borrowing.directed


def test_the_earlier_report_is_the_exemplar() -> None:
    early = report(WIRE, "North Quay Post", at=datetime(2024, 5, 6, 9, 0, tzinfo=UTC))
    late = report(EDITED, "Harbour Gazette", at=datetime(2024, 5, 6, 14, 30, tzinfo=UTC))
    stemma = traced(late, early)
    assert (stemma.borrowings[0].a, stemma.borrowings[0].directed) == (early.id, True)
    assert (stemma.lineages[0].exemplar.kind, stemma.lineages[0].exemplar.name) == ("article", early.id)


def test_an_hour_without_its_zone_says_nothing_of_who_was_first() -> None:
    noon = datetime(2024, 5, 6, 12, tzinfo=UTC)
    first, second = (
        report(WIRE, "North Quay Post", at=noon),
        report(WIRE, "Harbour Gazette", at=noon + timedelta(hours=3)),
    )
    assert traced(first, second).borrowings[0].directed
    unzoned = replace(second, published=Published(noon + timedelta(hours=3), "minute"))
    assert not traced(first, unzoned).borrowings[0].directed


def test_the_same_day_without_an_hour_gives_no_direction() -> None:
    noon = datetime(2024, 5, 6, tzinfo=UTC)
    pair = [report(WIRE, "North Quay Post"), report(EDITED, "Harbour Gazette")]
    stemma = traced(*(replace(article, published=Published(noon, "day")) for article in pair))
    assert not stemma.borrowings[0].directed


@pytest.mark.parametrize(("later", "directed"), [(7, False), (8, True)])
def test_dates_a_day_apart_may_be_one_moment_on_two_clocks(later: int, directed: bool) -> None:
    first = replace(report(WIRE, "North Quay Post"), published=Published(datetime(2024, 5, 6, tzinfo=UTC), "day"))
    then = Published(datetime(2024, 5, later, tzinfo=UTC), "day")
    second = replace(report(EDITED, "Harbour Gazette"), published=then)
    assert traced(first, second).borrowings[0].directed is directed


def test_times_say_nothing_of_two_reprints_of_an_agency() -> None:
    early = report(WIRE, "North Quay Post", at=datetime(2024, 5, 6, 9, tzinfo=UTC), credit="dpa")
    late = report(EDITED, "Harbour Gazette", at=datetime(2024, 5, 7, 9, tzinfo=UTC), credit="dpa")
    assert not traced(early, late).borrowings[0].directed


def test_a_text_wholly_inside_a_longer_one_was_cut_from_it() -> None:
    whole = report(WIRE + OWN, "Harbour Gazette")
    cut = report("".join(WIRE.splitlines(keepends=True)[:4]), "North Quay Post")
    (borrowing,) = traced(cut, whole).borrowings
    assert (borrowing.a, borrowing.directed) == (whole.id, True)


def test_a_report_that_names_the_other_outlet_followed_it() -> None:
    first = report(WIRE, "Quay Post")
    second = report(EDITED + "The inquiry was wider than thought, the Quay Post reported.\n", "Harbour Gazette")
    (borrowing,) = traced(first, second).borrowings
    assert (borrowing.a, borrowing.directed) == (first.id, True)


def test_an_outlet_with_a_longer_name_is_not_the_one_named() -> None:
    first = report(WIRE, "Quay Post")
    second = report(EDITED + "It was wider than thought, the Northern Quay Post reported.\n", "Harbour Gazette")
    assert not traced(first, second).borrowings[0].directed


# Retelling


@pytest.fixture(scope="module")
def planted() -> Planted:
    stories = {}
    for name, texts in STORIES.items():
        articles = {key: report(text, key.replace("_", " ").title()) for key, text in texts.items()}
        annotated = annotate_all(tuple(articles.values()))
        stories[name] = (articles, {annotation.article: annotation for annotation in annotated})
    return stories


@pytest.mark.parametrize("name", STORIES)
def test_two_reports_that_retell_an_unseen_one_have_a_lost_exemplar(planted: Planted, name: str) -> None:
    articles, annotations = planted[name]
    stemma = trace(Story(name, tuple(articles.values())), annotations)
    (borrowing,) = stemma.borrowings
    assert {borrowing.a, borrowing.b} == {articles["retold_1"].id, articles["retold_2"].id}
    assert (borrowing.kind, borrowing.directed) == ("retold", False)
    lineage = stemma.lineages[stemma.lineage_of(borrowing.a)]
    assert (len(lineage.articles), lineage.exemplar.kind) == (2, "lost")


@pytest.mark.parametrize("name", STORIES)
def test_reports_that_share_facts_and_quotations_stay_independent(planted: Planted, name: str) -> None:
    articles, annotations = planted[name]
    stemma = trace(Story(name, tuple(articles.values())), annotations)
    assert voices(stemma) == 3
    for key in ("independent_1", "independent_2"):
        assert stemma.lineages[stemma.lineage_of(articles[key].id)].articles == (articles[key].id,)


@pytest.mark.parametrize("name", STORIES)
def test_the_planted_retellings_share_no_six_words_in_a_row(name: str) -> None:
    one, other = ([word.key for word in words(STORIES[name][key])] for key in ("retold_1", "retold_2"))
    runs = [{tuple(keys[at : at + 6]) for at in range(len(keys) - 5)} for keys in (one, other)]
    assert not runs[0] & runs[1]


def test_a_retelling_with_its_paragraphs_moved_is_shown_piece_by_piece(planted: Planted) -> None:
    articles, _ = planted["theft"]
    lines = STORIES["theft"]["retold_2"].splitlines()
    moved = report("\n".join([*lines[6:], *lines[:6]]) + "\n", "Moved")
    pair = (articles["retold_1"], moved)
    annotations = {annotation.article: annotation for annotation in annotate_all(pair)}
    (borrowing,) = trace(Story("story", pair), annotations).borrowings
    assert len(borrowing.spans) >= len(lines) - 2


def test_alike_as_they_are_two_reports_with_details_of_their_own_are_two_voices() -> None:
    own = (
        "\nWarden Olaf Brekke, 58, of the Velle rescue corps counted 412 blankets and 37 dogs at the Lund school. "
        "Nordal Power's spokeswoman Karin Holst put the loss at 8.4 million crowns and ordered 650 drains flushed. "
        "“We slept in our boots and sang to the children,” said baker Signe Dahl of Quarry Lane."
    )
    other = (
        "\nMidwife Runa Eide drove 19 patients to Sund hospital in a milk lorry lent by Torvald Ness, 63. Engineers "
        "from Graz measured 140 litres a minute at gauge 7. “The cows knew it first,” said farmer Jon Aasen."
    )
    pair = (
        report(STORIES["dam"]["retold_1"] + own, "Valley Post"),
        report(STORIES["dam"]["retold_2"] + other, "Lund Herald"),
    )
    annotations = {annotation.article: annotation for annotation in annotate_all(pair)}
    assert voices(trace(Story("story", pair), annotations)) == 2


def test_a_later_report_with_no_detail_of_its_own_was_made_from_the_fuller_one() -> None:
    short = report("".join(STORIES["water"]["retold_2"].splitlines(keepends=True)[:6]), "Short")
    fuller = STORIES["water"]["retold_1"] + (
        "\nWarden Olaf Brekke, 58, of the Velle rescue corps counted 412 blankets and 37 dogs at the Lund school. "
        "Spokeswoman Karin Holst put the loss at 8.4 million crowns and ordered 650 drains flushed by Sunday. "
        "“We slept in our boots and sang to the children,” said baker Signe Dahl of Quarry Lane."
    )
    pair = (report(fuller, "Fuller"), short)
    annotations = {annotation.article: annotation for annotation in annotate_all(pair)}
    (borrowing,) = trace(Story("story", pair), annotations).borrowings
    contained = next(reason for reason in borrowing.reasons if reason.kind == "contained")
    assert (contained.giver, contained.strength, borrowing.directed) == (pair[0].id, "weak", False)
    dated = [
        replace(one, published=Published(datetime(2031, 5, day, 12, tzinfo=UTC), "hour", 0))
        for day, one in enumerate(pair, start=1)
    ]
    (borrowing,) = trace(Story("story", tuple(dated)), annotations).borrowings
    assert (borrowing.directed, borrowing.a) == (True, pair[0].id)


def test_a_later_retelling_is_not_said_to_follow_the_earlier(planted: Planted) -> None:
    articles, annotations = planted["dam"]
    early = replace(articles["retold_1"], published=Published(datetime(2024, 1, 2, tzinfo=UTC), "day"))
    late = replace(articles["retold_2"], published=Published(datetime(2024, 1, 5, tzinfo=UTC), "day"))
    assert not trace(Story("story", (early, late)), annotations).borrowings[0].directed


def test_every_passage_of_a_retelling_is_a_sentence_of_its_report(planted: Planted) -> None:
    articles, annotations = planted["club"]
    stemma = trace(Story("story", tuple(articles.values())), annotations)
    for borrowing in stemma.borrowings:
        for side in ("a", "b"):
            held = {sentence.span for sentence in annotations[getattr(borrowing, side)].sentences}
            assert {getattr(passage, side) for passage in borrowing.spans} <= held


# Properties


def test_a_refrain_hides_no_reprint_and_costs_no_square() -> None:
    refrain = "Ring the bell for the lost boats of the bay. " * 3000
    articles = [report(WIRE + refrain, outlet) for outlet in ("Gazette", "Herald")]
    (shared,) = share(articles)
    assert shared.borrowed[0].a.start == 0
    assert len(shared.passages) < 20


LINES = [*WIRE.splitlines(keepends=True), *OWN.splitlines(keepends=True)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=8), min_size=1, max_size=5), st.randoms())
def test_every_report_is_in_one_lineage_and_order_changes_nothing(texts: list[list[str]], random: Random) -> None:
    articles = [report("".join(text), f"Paper {index}") for index, text in enumerate(texts)]
    stemma = traced(*articles)
    assert sorted(one for lineage in stemma.lineages for one in lineage.articles) == sorted(one.id for one in articles)
    shuffled = list(articles)
    random.shuffle(shuffled)
    assert traced(*shuffled) == stemma


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=8), min_size=2, max_size=4))
def test_passages_do_not_overlap_and_lie_outside_quotations(texts: list[list[str]]) -> None:
    articles = [report("".join(text), f"Paper {index}") for index, text in enumerate(texts)]
    by_id = {article.id: article for article in articles}
    for borrowing in traced(*articles).borrowings:
        for side, owner in (("a", by_id[borrowing.a]), ("b", by_id[borrowing.b])):
            spans = [getattr(passage, side) for passage in borrowing.spans]
            assert not any(one.overlaps(other) for one, other in combinations(spans, 2))
            assert not any("I signed what I was given" in span.of(owner.text) for span in spans)


# Real reports


@pytest.mark.gold
@pytest.mark.skipif(not (SHARED / "stories" / "el-salvador").exists(), reason="the real reports are not part of it")
def test_of_five_real_reports_two_retell_one_and_three_stand_alone() -> None:
    from variorum import ingest
    from variorum.stories import gather

    (story,) = gather(ingest.read([SHARED / "stories" / "el-salvador"]).articles).stories
    annotations = {annotation.article: annotation for annotation in annotate_all(story.articles)}
    stemma = trace(story, annotations, settings=Descent())
    together = [
        sorted(story.article(one).outlet[:3] for one in lineage.articles)
        for lineage in stemma.lineages
        if len(lineage.articles) > 1
    ]
    assert together == [["001", "002"]]


# A planted event of evals/retellings

PLANTED = Path(__file__).parents[1] / "evals" / "retellings"


def test_three_retellings_hang_from_their_report_and_three_accounts_from_nothing() -> None:
    from variorum import ingest

    articles = ingest.read([PLANTED / "first" / "quarry-ruling"]).articles
    reports = [article for article in articles if article.path and article.path.endswith(".txt")]
    annotations = {annotation.article: annotation for annotation in annotate_all(reports)}
    stemma = trace(Story("story", tuple(reports)), annotations)
    names = {article.id: article.outlet for article in reports}
    together = sorted(sorted(names[one] for one in lineage.articles) for lineage in stemma.lineages)
    assert together == [["heavy", "light", "moved", "report"], ["own-1"], ["own-2"], ["own-3"]]
    backwards = trace(Story("story", tuple(reversed(reports))), annotations)
    assert backwards == stemma
