"""Who reports, attributes, contradicts or omits a claim, and who is heard."""

import dataclasses

import told

from variorum.config.coverage import Coverage
from variorum.coverage import tabulate
from variorum.records import Annotation, Article, Cell, Comparison, Mode, Reading, Row, Story, Utterance

SILT = (
    "Dredgers will clear the harbour at Ostrand of forty thousand tonnes of silt before the winter storms.",
    "The port authority signed the contract with a Dutch firm on Monday, three months later than planned.",
    "Fishermen have complained for years that their boats touch the ground at low tide.",
    "The work is expected to last six weeks and will close the northern quay to all ships.",
)
GAZETTE = told.report("Gazette", *SILT, title="Ostrand harbour to be dredged")
POST = told.report(
    "Post",
    "The harbour at Ostrand is to be dredged before winter, the town said.",
    "Some forty thousand tonnes of mud must go, and the northern quay will be shut to ships meanwhile.",
    "The mayor called it a good day for the town, whose fish market has lost a third of its trade since the spring.",
    "Two restaurants on the front have closed, and a third is looking for a buyer at a price nobody will pay.",
)


def cells(told_story: Story, comparison: Comparison, *, settings: Coverage | None = None) -> dict[str, list[Cell]]:
    made = tabulate(
        told_story,
        told.annotations(told_story),
        told.names(told_story),
        comparison,
        (),
        told.each_alone(told_story),
        settings=settings,
    )
    assert made.coverage.articles == tuple(article.id for article in told_story.articles)
    return {row.claim: list(row.cells) for row in made.coverage.rows}


def of_one_claim(words: str, article: Article, *others: Article) -> list[Cell]:
    """The row of a claim that stands in ``article`` only."""
    both = told.story(article, *others)
    claim = told.claim(told.each_alone(both), (article, words))
    return cells(both, told.comparison(claim))[claim.id]


def test_the_lede_stands_at_the_top_and_the_last_paragraph_near_the_end() -> None:
    assert of_one_claim(SILT[0], GAZETTE) == [Cell("reports", 0.0)]
    [last] = of_one_claim(SILT[3], GAZETTE)
    assert last.state == "reports" and last.place is not None and 0.7 < last.place < 0.85


def test_place_counts_the_body_only() -> None:
    untitled = told.report("Gazette", *SILT)
    assert of_one_claim(SILT[2], GAZETTE)[0].place == of_one_claim(SILT[2], untitled)[0].place


def test_a_report_that_nowhere_comes_near_a_claim_omits_it() -> None:
    assert of_one_claim("Two restaurants on the front have closed", POST, GAZETTE)[1] == Cell("omits", None)


def test_a_report_that_tells_a_claim_in_other_words_is_not_said_to_omit_it() -> None:
    assert of_one_claim(SILT[0], GAZETTE, POST)[1] == Cell("unknown", None)


def test_telling_words_in_common_bring_a_report_nearer_to_a_claim() -> None:
    talk = ("Ships tie up at the northern quay.", "The baker, the butcher and the priest all said as much.")
    both = told.story(
        GAZETTE, told.report("Echo", *POST.text.split("\n\n")[2:], *talk, "Nobody else would talk to us.")
    )
    claim = told.claim(told.each_alone(both), (GAZETTE, SILT[3]))
    by_words = Coverage(presence=1.1, presence_words_weight=3.0)
    assert cells(both, told.comparison(claim), settings=by_words)[claim.id][1].state == "unknown"
    by_likeness = Coverage(presence=1.1, presence_words_weight=0.0)
    assert cells(both, told.comparison(claim), settings=by_likeness)[claim.id][1].state == "omits"


def test_what_a_paywall_may_hide_is_unknown() -> None:
    walled = dataclasses.replace(POST, cut=told.report("x", "y", cut="a paywall").cut)
    assert of_one_claim(SILT[2], GAZETTE, walled)[1] == Cell("unknown", None)


def test_a_stub_omits_nothing() -> None:
    stub = told.report("Brief", "Ostrand is getting a new bakery, the owner said. Read more on our site.")
    assert of_one_claim(SILT[2], GAZETTE, stub)[1] == Cell("unknown", None)


def test_a_live_ticker_omits_nothing() -> None:
    entries = [f"1{hour}:05 {words}" for hour, words in enumerate(POST.text.split("\n\n") * 2)]
    assert of_one_claim(SILT[2], GAZETTE, told.report("Live", *entries))[1] == Cell("unknown", None)


def test_a_report_in_another_language_omits_nothing() -> None:
    foreign = told.report("Blatt", "Der Hafen von Ostrand wird ausgebaggert. " * 12, language="de")
    both = told.story(GAZETTE, foreign)
    claim = told.claim(told.each_alone(both), (GAZETTE, SILT[2]))
    annotated = {GAZETTE.id: told.annotation(GAZETTE), foreign.id: Annotation(foreign.id)}
    made = tabulate(both, annotated, (), told.comparison(claim), (), told.each_alone(both))
    assert made.coverage.rows[0].cells[1] == Cell("unknown", None)


def test_who_holds_another_position_contradicts() -> None:
    echo = told.report(
        "Echo", *SILT[1:], "The harbour will be cleared of ninety thousand tonnes of silt, its master said."
    )
    both = told.story(GAZETTE, echo)
    claim = told.claim(told.each_alone(both), (GAZETTE, SILT[0]))
    about = told.conflict(
        "number",
        ("40,000", [(GAZETTE, "forty thousand tonnes of silt")]),
        ("90,000", [(echo, "ninety thousand tonnes")]),
    )
    [gazette, other] = cells(both, told.comparison(claim, conflicts=[about]))[claim.id]
    assert gazette.state == "reports"
    assert other.state == "contradicts" and other.place is not None and other.place > 0.7


def test_who_holds_both_positions_contradicts_nobody() -> None:
    echo = told.report("Echo", *SILT, "Others speak of ninety thousand tonnes of silt.")
    both = told.story(GAZETTE, echo)
    claim = told.claim(told.each_alone(both), (GAZETTE, SILT[0]), (echo, SILT[0]))
    about = told.conflict(
        "number",
        ("40,000", [(GAZETTE, "forty thousand tonnes"), (echo, "forty thousand tonnes")]),
        ("90,000", [(echo, "ninety thousand tonnes")]),
    )
    assert [cell.state for cell in cells(both, told.comparison(claim, conflicts=[about]))[claim.id]] == ["reports"] * 2


def test_a_quotation_printed_in_other_words_contradicts_no_fact() -> None:
    both = told.story(GAZETTE, POST)
    claim = told.claim(told.each_alone(both), (GAZETTE, SILT[0]), (POST, "Some forty thousand tonnes of mud must go"))
    about = told.conflict("wording", ("silt", [(GAZETTE, "tonnes of silt")]), ("mud", [(POST, "tonnes of mud")]))
    assert [cell.state for cell in cells(both, told.comparison(claim, conflicts=[about]))[claim.id]] == ["reports"] * 2


def test_a_denial_contradicts_and_a_statement_of_others_is_attributed() -> None:
    both = told.story(GAZETTE, POST)
    said = (GAZETTE, SILT[0]), (POST, "The harbour at Ostrand is to be dredged before winter")
    denied = told.claim(told.each_alone(both), *said, stances={"Post": "denies"})
    attributed = told.claim(told.each_alone(both), *said, stances={"Post": "attributes"})
    assert cells(both, told.comparison(denied))[denied.id][1] == Cell("contradicts", 0.0)
    assert cells(both, told.comparison(attributed))[attributed.id][1] == Cell("attributes", 0.0)


def test_claims_of_most_lineages_come_first_and_the_lede_before_the_end() -> None:
    both = told.story(GAZETTE, POST)
    alone = told.each_alone(both)
    late, early = told.claim(alone, (GAZETTE, SILT[3])), told.claim(alone, (GAZETTE, SILT[0]))
    shared = told.claim(alone, (GAZETTE, SILT[2]), (POST, "Two restaurants on the front have closed"))
    rows = list(cells(both, told.comparison(late, early, shared)))
    assert rows == [shared.id, early.id, late.id]


def test_the_matrix_does_not_depend_on_the_order_of_the_articles() -> None:
    words = "Two restaurants on the front have closed"
    one, other = told.story(GAZETTE, POST), told.story(POST, GAZETTE)
    claim = told.claim(told.each_alone(one), (POST, words))
    there = cells(one, told.comparison(claim))[claim.id]
    assert cells(other, told.comparison(claim))[claim.id] == there[::-1]


def reading(article: Article, words: str, mode: Mode) -> Reading:
    span = told.where(article, words)
    return Reading(article.id, (span,), words, mode, "closed", None, None, "base", ())


def heard_in(article: Article, speaker: str | None, *readings: Reading) -> list[tuple[str | None, int, int]]:
    alone = told.story(article)
    utterances = [Utterance(f"u{at}", None, speaker, 0, (one,)) for at, one in enumerate(readings)]
    made = tabulate(alone, told.annotations(alone), (), Comparison((), ()), utterances, told.each_alone(alone))
    return [(heard.speaker_text, heard.quotations, heard.words) for heard in made.heard]


def test_the_words_of_a_speaker_are_counted_and_those_only_reported_are_not() -> None:
    article = told.report("Post", "“The sea gave us nothing,” said the diver. The diver said that he would stay.")
    direct = reading(article, "The sea gave us nothing,", "direct")
    indirect = reading(article, "that he would stay", "indirect")
    assert heard_in(article, "the diver", direct, indirect) == [("the diver", 2, 5)]


def test_of_half_quoted_speech_only_the_quoted_words_count() -> None:
    article = told.report("Post", "The diver called the wreck “a cold, dark house” and left.")
    assert heard_in(article, "The diver", reading(article, "the wreck “a cold, dark house” and left", "mixed")) == [
        ("The diver", 1, 4)
    ]


def test_he_is_nobody_in_particular() -> None:
    article = told.report("Post", "“The sea gave us nothing,” he said.")
    assert heard_in(article, "he", reading(article, "The sea gave us nothing,", "direct")) == []


def test_a_speaker_called_by_an_office_is_heard_as_its_bearer() -> None:
    article = told.report(
        "Post", "Governor Jane Roe came by boat.", "The weary governor said that the harbour would stay shut."
    )
    alone = told.story(article)
    span = told.where(article, "The weary governor")
    said = dataclasses.replace(reading(article, "that the harbour would stay shut", "indirect"), speaker_span=span)
    utterance = Utterance("u", None, "The weary governor", 0, (said,))
    made = tabulate(
        alone, told.annotations(alone), told.names(alone), Comparison((), ()), [utterance], told.each_alone(alone)
    )
    assert [(heard.speaker_text, heard.name is None) for heard in made.heard] == [("Jane Roe", False)]


def test_every_row_has_a_cell_for_every_article_and_a_place_where_the_claim_stands() -> None:
    three = told.story(GAZETTE, POST, told.report("Echo", *SILT[2:]))
    claims = [told.claim(told.each_alone(three), (GAZETTE, words)) for words in SILT]
    made = tabulate(
        three, told.annotations(three), told.names(three), told.comparison(*claims), (), told.each_alone(three)
    )
    assert all(isinstance(row, Row) and len(row.cells) == 3 for row in made.coverage.rows)
    for row in made.coverage.rows:
        for cell in row.cells:
            assert (cell.place is None) == (cell.state in ("omits", "unknown"))
            assert cell.place is None or 0 <= cell.place <= 1
