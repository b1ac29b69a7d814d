"""What several reports state, and what in them cannot all be right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from told import report

from variorum.claims import compare
from variorum.language import annotate, resolve
from variorum.records import (
    Annotation,
    Article,
    Comparison,
    Conflict,
    Cut,
    Exemplar,
    Lineage,
    Published,
    Reading,
    Span,
    Stemma,
    Story,
    Utterance,
    Variant,
)


def compared(
    *articles: Article, utterances: Sequence[Utterance] = (), lineages: Sequence[Sequence[Article]] = ()
) -> Comparison:
    """The comparison of a story; every article its own lineage unless ``lineages`` says otherwise."""
    grouped = lineages or [[article] for article in articles]
    stemma = Stemma((), tuple(Lineage(tuple(a.id for a in each), Exemplar("none", None), ()) for each in grouped))
    annotations = {article.id: annotate(article) for article in articles}
    return compare(Story("story", articles), annotations, resolve(articles, annotations), utterances, stemma)


def of_kind(comparison: Comparison, kind: str) -> list[Conflict]:
    return [conflict for conflict in comparison.conflicts if conflict.kind == kind]


def values(conflict: Conflict) -> set[str]:
    return {position.value for position in conflict.positions}


GAZETTE = report(
    "Gazette",
    "The trawler Anna Petrel sank off Norby on Monday after it struck a drifting container.",
    "Coastguards treated 31 passengers for injuries at the hospital in Norby.",
    "Mayor Ines Calder opened an inquiry into the wreck.",
)
HERALD = report(
    "Herald",
    "The trawler Anna Petrel sank off Norby after hitting a container that was adrift.",
    "Bakers in Norby expect a quiet summer.",
    "Mayor Ines Calder has opened an inquiry into the wreck.",
)


def test_two_tellings_of_one_fact_are_one_claim() -> None:
    claims = compared(GAZETTE, HERALD).claims
    inquiry = next(claim for claim in claims if "inquiry" in claim.text)
    assert {voice.article for voice in inquiry.voices} == {GAZETTE.id, HERALD.id}
    assert (inquiry.outlets, inquiry.lineages, inquiry.status) == (2, 2, "corroborated")


def test_what_one_outlet_alone_reports_is_single() -> None:
    claims = compared(GAZETTE, HERALD).claims
    bakers = next(claim for claim in claims if "Bakers" in claim.text)
    assert (bakers.outlets, bakers.status) == (1, "single")


def test_reprints_of_one_report_are_one_voice() -> None:
    reprint = replace(GAZETTE, id="f" * 16, outlet="Echo")
    claims = compared(GAZETTE, reprint, lineages=[[GAZETTE, reprint]]).claims
    assert {(claim.outlets, claim.lineages, claim.status) for claim in claims} == {(2, 1, "single")}


def test_every_voice_and_text_slices_back() -> None:
    texts = {article.id: article.text for article in (GAZETTE, HERALD)}
    for claim in compared(GAZETTE, HERALD).claims:
        assert claim.text == texts[claim.article][claim.start : claim.end]
        assert (claim.article, claim.start, claim.end) in {(v.article, v.start, v.end) for v in claim.voices}
        assert all(0 <= voice.start < voice.end <= len(texts[voice.article]) for voice in claim.voices)


def test_the_order_of_the_articles_changes_nothing() -> None:
    third = report("Post", "Mayor Ines Calder opened an inquiry on Tuesday.", "The trawler sank off Norby on Sunday.")
    assert compared(GAZETTE, HERALD, third) == compared(third, GAZETTE, HERALD)


def test_no_sentence_stands_in_two_claims() -> None:
    spans = [(v.article, v.start, v.end) for claim in compared(GAZETTE, HERALD).claims for v in claim.voices]
    assert len(spans) == len(set(spans))


def test_an_article_that_was_not_analysed_takes_no_part() -> None:
    foreign = report("Zeitung", "Der Kutter Anna Petrel sank am Montag.", language="de")
    assert compared(GAZETTE, foreign).claims == compared(GAZETTE).claims


def test_an_empty_story_has_no_claims() -> None:
    lone = report("Herald", "Sinking.")
    assert compare(Story("s", (lone,)), {lone.id: Annotation(lone.id)}, (), (), Stemma((), ())) == Comparison((), ())


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("The harbour board closed the northern quay.", "states"),
        ("Director Olga Brandt said the harbour board closed the northern quay.", "attributes"),
        ("According to the union, the harbour board closed the northern quay.", "attributes"),
        ("Director Olga Brandt denied that the harbour board closed the northern quay.", "denies"),
    ],
)
def test_stance_is_read_off_the_cue(sentence: str, stance: str) -> None:
    claims = compared(report("Herald", sentence)).claims
    quay = [voice for claim in claims for voice in claim.voices if "quay" in claim.text]
    assert [voice.stance for voice in quay] == [stance]


def test_the_speaker_of_an_attributed_claim_is_the_named_person() -> None:
    article = report("Herald", "Director Olga Brandt said the harbour board closed the northern quay.")
    names = {name.id: name.name for name in resolve((article,), {article.id: annotate(article)})}
    (voice,) = (voice for claim in compared(article).claims for voice in claim.voices)
    assert voice.speaker is not None
    assert "Brandt" in names[voice.speaker]


def test_one_meeting_on_two_weekdays_is_a_conflict() -> None:
    one = report("Gazette", "President Tomas Varga met Chancellor Lena Hoff in the capital on Monday.")
    other = report("Herald", "Lena Hoff promised aid following a meeting with Tomas Varga on Tuesday.")
    (conflict,) = of_kind(compared(one, other), "date")
    assert values(conflict) == {"Monday", "Tuesday"}
    assert "meeting" in conflict.about


def test_a_day_of_something_else_is_no_position() -> None:
    one = report("Gazette", "President Tomas Varga met Chancellor Lena Hoff in the capital on Monday.")
    other = report(
        "Herald",
        "The chancellery on Tuesday said Tomas Varga and Lena Hoff had a friendly meeting.",
        "On Wednesday, Tomas Varga is set to meet Lena Hoff's deputy in Norby.",
    )
    assert of_kind(compared(one, other), "date") == []


def test_a_role_stands_for_its_holder_when_the_story_has_one_only() -> None:
    one = report("Gazette", "Borduria's President Tomas Varga hosted Chancellor Lena Hoff at his villa on Monday.")
    other = report("Herald", "Lena Hoff promised aid following a meeting with the Bordurian leader on Tuesday.")
    assert len(of_kind(compared(one, other), "date")) == 1


def test_a_year_and_a_month_in_it_do_not_conflict() -> None:
    one = report("Gazette", "The Norby council elected Ines Calder as mayor in 2019.")
    other = report("Herald", "The Norby council elected Ines Calder as mayor in June 2019.")
    assert compared(one, other).conflicts == ()


def test_two_counts_of_the_same_injured_conflict() -> None:
    other = report("Herald", "Coastguards treated 13 passengers for injuries at the hospital in Norby.")
    (conflict,) = of_kind(compared(GAZETTE, other), "number")
    assert values(conflict) == {"31 passengers", "13 passengers"}


def test_a_disputed_figure_marks_the_claims_it_stands_in() -> None:
    other = report("Herald", "Coastguards treated 13 passengers for injuries at the hospital in Norby.")
    claims = [claim for claim in compared(GAZETTE, other).claims if "injuries" in claim.text]
    assert [claim.status for claim in claims] == ["disputed", "disputed"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The stadium in Norby was holding 14,500 people.", "The stadium in Norby holds up to 40,000 people."),
        ("Police arrested more than 80,000 people.", "Police arrested 80,200 people."),
        ("Police arrested tens of thousands of people.", "Police arrested 80,000 people."),
        ("The storm killed 12 people in Norby.", "The storm injured 40 people in Norby."),
        ("The company paid $3 million for the quay.", "The company paid £2 million for the quay."),
        ("Shares of the line rose 2.5 percent.", "Shares of the line rose 2.55 percent."),
        ("Clinics in Norby reported 143 new cases.", "Clinics in Norby reported 99 new cases."),
        ("Police arrested 20 people in 2019.", "Police arrested 35 people in 2021."),
    ],
)
def test_figures_that_can_both_be_right_do_not_conflict(one: str, other: str) -> None:
    assert of_kind(compared(report("Gazette", one), report("Herald", other)), "number") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The food bank in Norby gives out 40 parcels a day.", "The food bank in Norby gives out 200 parcels a week."),
        ("The council gave up 30 percent of the common land.", "The council kept 70 percent of the common land."),
        ("A wave of 20 feet struck the Norby quay.", "A wave of six metres struck the Norby quay."),
        ("The storm damaged 160 homes in Norby.", "The storm destroyed 38 homes in Norby."),
        ("The thieves took nine paintings in Norby.", "The thieves took three more paintings in Norby."),
        ("The line carried 41,000 people.", "The line carried 29,000 people last year."),
        ("Farmers harvested about 400 tonnes of hops.", "Farmers harvested 380 tonnes of hops."),
        ("Nearly half of the boats came back.", "Some 48 percent of the boats came back."),
    ],
)
def test_figures_of_other_things_do_not_conflict(one: str, other: str) -> None:
    assert of_kind(compared(report("Gazette", one), report("Herald", other)), "number") == []


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (
            "Fourteen people drowned when the ferry capsized.",
            "Seventeen people drowned when the ferry capsized.",
            "number",
        ),
        ("The firm paid $5 million for the quay.", "The firm paid $5 billion for the quay.", "number"),
        ("Doctors in Norby treated 12 children.", "Doctors in Norby treated 21 children.", "number"),
        ("The court sentenced the captain on Monday.", "The court sentenced the captain on Thursday.", "date"),
        ("The trawler sank off Norby in the night.", "The trawler did not sink off Norby in the night.", "polarity"),
        ("The council accepted the harbour plan.", "The council rejected the harbour plan.", "polarity"),
    ],
)
def test_a_slip_in_an_otherwise_like_statement_is_a_conflict(one: str, other: str, kind: str) -> None:
    assert [c.kind for c in compared(report("Gazette", one), report("Herald", other)).conflicts] == [kind]


def on(day: int, outlet: str, *lines: str) -> Article:
    """A report published on that day of March 2025."""
    return replace(report(outlet, *lines), published=Published(datetime(2025, 3, day, 12, tzinfo=UTC), "day"))


def test_a_toll_that_has_grown_by_the_next_day_is_an_update() -> None:
    one, other = "The storm in Norby killed 12 people.", "The storm in Norby killed 19 people."
    assert of_kind(compared(on(4, "Gazette", one), on(5, "Herald", other)), "number") == []
    assert len(of_kind(compared(on(4, "Gazette", one), on(4, "Herald", other)), "number")) == 1


def test_a_weekday_is_held_against_a_date() -> None:
    one = on(5, "Gazette", "The court in Norby sentenced the captain on March 4.")
    tuesday = on(5, "Herald", "The court in Norby sentenced the captain on Tuesday.")
    monday = on(5, "Herald", "The court in Norby sentenced the captain on Monday.")
    assert of_kind(compared(one, tuesday), "date") == []
    assert len(of_kind(compared(one, monday), "date")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The union said on Monday that the strike is over.", "The union said on Tuesday that talks will go on."),
        ("The court heard the captain on Monday.", "The court will hear the captain on Thursday."),
        ("The minister visited Norby on Monday.", "The minister visited Harle on Tuesday."),
    ],
)
def test_days_of_two_things_do_not_conflict(one: str, other: str) -> None:
    assert of_kind(compared(report("Gazette", one), report("Herald", other)), "date") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The union has left the talks.", "The union has not yet left the talks."),
        ("The owner commented on the fire.", "The owner did not say when the fire broke out."),
        ("Prices rose in Norby.", "Rents fell in Norby."),
        ("The law would close the quay.", "The law does not close the quay."),
        ("Will the council close the quay?", "The council did not close the quay."),
    ],
)
def test_what_is_no_plain_no_is_no_conflict(one: str, other: str) -> None:
    assert of_kind(compared(report("Gazette", one), report("Herald", other)), "polarity") == []


def test_a_list_that_names_fewer_only_leaves_out() -> None:
    one = report("Gazette", "The minister will travel to Norby and Harle.")
    other = report("Herald", "The minister will travel to Norby, Harle and Stennick.")
    assert compared(one, other).conflicts == ()


TITLE = "Fifty hurt as trawler sinks off Norby"


def test_a_headline_is_held_against_its_own_report() -> None:
    titled = report("Gazette", "The trawler Petrel sank off Norby.", "A crew of 12 was hurt.", title=TITLE)
    (heading,) = compared(titled, HERALD).headings
    assert titled.text[heading.start : heading.end] == TITLE
    assert heading.own is not None
    assert titled.text[heading.own.start : heading.own.end] == "The trawler Petrel sank off Norby."
    assert [titled.text[span.start : span.end] for span in heading.unsupported] == ["Fifty"]


def test_a_figure_in_a_headline_may_stand_in_what_is_cut_off() -> None:
    titled = report("Gazette", "The trawler Petrel sank off Norby.", title=TITLE)
    cut = replace(titled, cut=Cut(len(titled.text), "paywall"))
    (heading,) = compared(cut, HERALD).headings
    assert heading.unsupported == ()


def test_an_outlet_that_gives_both_figures_is_in_no_conflict() -> None:
    one = report("Gazette", "Coastguards treated 31 passengers for injuries.")
    other = report(
        "Herald",
        "Coastguards treated 13 passengers for injuries in the first hour.",
        "By noon coastguards had treated 31 passengers for injuries.",
    )
    assert of_kind(compared(one, other), "number") == []


def test_one_treaty_signed_in_two_towns_is_a_conflict() -> None:
    one = report("Gazette", "Ministers signed the fishing treaty in Paris on Monday.")
    other = report("Herald", "Ministers signed the fishing treaty in Vienna on Monday.")
    (conflict,) = of_kind(compared(one, other), "place")
    assert values(conflict) == {"Paris", "Vienna"}


def test_a_town_and_its_country_do_not_conflict() -> None:
    one = report("Gazette", "Ministers signed the fishing treaty in Paris on Monday.")
    other = report("Herald", "Ministers signed the fishing treaty in Austria on Monday.")
    assert of_kind(compared(one, other), "place") == []


def test_yes_and_no_conflict() -> None:
    one = report("Gazette", "The Norby council approved the new harbour budget.")
    other = report("Herald", "The Norby council did not approve the new harbour budget.")
    comparison = compared(one, other)
    assert len(of_kind(comparison, "polarity")) == 1
    assert all(len(claim.voices) == 1 for claim in comparison.claims)


def test_a_denial_that_is_only_reported_is_not_the_reports_own_no() -> None:
    one = report("Gazette", "The Norby council approved the new harbour budget.")
    other = report("Herald", "Olga Brandt claimed the Norby council did not approve the new harbour budget.")
    assert of_kind(compared(one, other), "polarity") == []


def test_one_part_filled_by_two_persons_is_a_conflict() -> None:
    one = report("Gazette", "Judge Martin Sorel sentenced the trawler's captain to two years in prison.")
    other = report("Herald", "Judge Edwin Pratt sentenced the trawler's captain to two years in prison.")
    assert len(of_kind(compared(one, other), "name")) == 1


def test_who_knows_both_persons_tells_them_apart() -> None:
    one = report(
        "Gazette",
        "Judge Martin Sorel sentenced the trawler's captain to two years in prison.",
        "Judge Edwin Pratt is to hear the appeal.",
    )
    other = report("Herald", "Judge Edwin Pratt sentenced the trawler's captain to two years in prison.")
    assert of_kind(compared(one, other), "name") == []


def _reading(article: Article, words: str, agreement: str, variants: tuple[Variant, ...] = ()) -> Reading:
    start = article.text.index(words)
    span = Span(start, start + len(words))
    return Reading(article.id, (span,), words, "direct", "closed", None, None, agreement, variants)  # type: ignore[arg-type]


def test_an_altered_quotation_is_a_conflict_of_wordings() -> None:
    one = report("Gazette", "“The fee will be low for all of us,” Olga Brandt said.")
    other = report("Herald", "“The fee would be low for all of us,” Olga Brandt said.")
    third = report("Echo", "“The fee will be low for all of us,” Brandt said.")
    will, would = one.text.index("will"), other.text.index("would")
    variant = Variant("replaced", "will", "would", Span(will, will + 4), Span(would, would + 5))
    utterance = Utterance(
        "u", None, "Olga Brandt", 0,
        (
            _reading(one, "The fee will be low for all of us", "base"),
            _reading(other, "The fee would be low for all of us", "altered", (variant,)),
            _reading(third, "The fee will be low for all of us", "verbatim"),
        ),
    )  # fmt: skip
    (conflict,) = of_kind(compared(one, other, third, utterances=(utterance,)), "wording")
    held = {position.value: {voice.article for voice in position.voices} for position in conflict.positions}
    assert held == {"The fee will be low for": {one.id, third.id}, "The fee would be low for": {other.id}}


def _said_of_the_roof(*words: str) -> tuple[tuple[Article, ...], Utterance]:
    """Three reports of one utterance; the first is the base, and the word after "have" is what may differ."""
    told = tuple(
        report(outlet, f"“{line},” engineer Tomas Weil told the inquiry.")
        for outlet, line in zip(("Gazette", "Herald", "Echo"), words, strict=False)
    )
    readings = [_reading(told[0], words[0], "base")]
    for article, line in zip(told[1:], words[1:], strict=True):
        a, b = words[0].split()[2], line.split()[2]
        here, there = told[0].text.index(a), article.text.index(b)
        variant = Variant("replaced", a, b, Span(here, here + len(a)), Span(there, there + len(b)))
        changed = (variant,) if line != words[0] else ()
        readings.append(_reading(article, line, "altered" if changed else "verbatim", changed))
    return told, Utterance("u", None, "Tomas Weil", 0, tuple(readings))


NO_REASON = "We have no reason to believe that the roof would have collapsed"
EVERY_REASON = "We have every reason to believe that the roof would have collapsed"


def test_a_quotation_and_its_contrary_are_two_claims_and_disputed() -> None:
    told, utterance = _said_of_the_roof(NO_REASON, NO_REASON, EVERY_REASON)
    found = compared(*told, utterances=(utterance,))
    assert len(of_kind(found, "wording")) == 1
    assert [(claim.lineages, claim.status) for claim in found.claims] == [(2, "disputed"), (1, "disputed")]
    assert {voice.article for voice in found.claims[1].voices} == {told[2].id}


def test_a_quotation_with_another_word_is_one_claim_and_agreed() -> None:
    good, fair = (NO_REASON.replace("no", word) for word in ("good", "fair"))
    told, utterance = _said_of_the_roof(good, good, fair)
    found = compared(*told, utterances=(utterance,))
    assert len(of_kind(found, "wording")) == 1
    assert [(claim.lineages, claim.status) for claim in found.claims] == [(3, "corroborated")]


def test_who_is_said_not_to_have_said_it_is_no_voice_of_it() -> None:
    words = "the wall would protect the houses on Quay Street"
    one = report("Gazette", f"Engineers said that {words}.")
    other = report("Herald", f"Engineers did not say that {words}.")
    readings = tuple(
        replace(_reading(article, words, agreement), mode="indirect", marks="none")
        for article, agreement in ((one, "base"), (other, "reported"))
    )
    found = compared(one, other, utterances=(Utterance("u", None, "Engineers", 0, readings),))
    assert [claim.lineages for claim in found.claims] == [1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("All of the boats at Norby were insured.", "None of the boats at Norby was insured."),
        ("Divers left the trawler with a licence.", "Divers left the trawler without a licence."),
        ("The pier will be shut at least six weeks.", "The pier will be shut at least ten weeks."),
        ("More than 80 guests fled the hotel in Norby.", "More than 300 guests fled the hotel in Norby."),
        ("More than 80 guests fled the hotel in Norby.", "Some 300 guests fled the hotel in Norby."),
        ("Up to 380 guests fled the hotel in Norby.", "Up to 90 guests fled the hotel in Norby."),
        ("About 20 guests fled the hotel in Norby.", "About 50 guests fled the hotel in Norby."),
        ("About 50 guests fled the hotel in Norby.", "About 60 guests fled the hotel in Norby."),
        ("At least 12 guests fled the hotel in Norby.", "Up to 12 guests fled the hotel in Norby."),
        ("Between 20 and 60 guests fled the hotel in Norby.", "Between 50 and 90 guests fled the hotel in Norby."),
    ],
)  # fmt: skip
def test_statements_that_do_not_say_the_same_are_two_claims(one: str, other: str) -> None:
    assert [claim.lineages for claim in compared(report("Gazette", one), report("Herald", other)).claims] == [1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("More than 80,000", "80,200"),
        ("About 60", "62"),
        ("At least 12", "12"),
        ("At least 12", "More than 12"),
        ("Nearly 2,000", "More than 1,900"),
        ("Up to 380", "380"),
        ("Dozens of", "More than 40"),
        ("Between 20 and 30", "About 25"),
        ("Between 20 and 30", "20 to 30"),
    ],
)
def test_one_amount_hedged_or_rounded_is_one_claim(one: str, other: str) -> None:
    told = [
        report(outlet, f"{amount} guests fled the burning hotel in Norby.")
        for outlet, amount in (("Gazette", one), ("Herald", other))
    ]
    assert [claim.lineages for claim in compared(*told).claims] == [2]


def test_a_trimmed_quotation_is_no_conflict() -> None:
    one = report("Gazette", "“The fee will be low for all of us,” Olga Brandt said.")
    other = report("Herald", "The fee will be “low for all of us”, Olga Brandt said.")
    utterance = Utterance(
        "u", None, "Olga Brandt", 0,
        (
            _reading(one, "The fee will be low for all of us", "base"),
            _reading(other, "low for all of us", "trimmed"),
        ),
    )  # fmt: skip
    assert of_kind(compared(one, other, utterances=(utterance,)), "wording") == []


def test_every_position_of_a_conflict_cites_its_words() -> None:
    one = report("Gazette", "President Tomas Varga met Chancellor Lena Hoff in the capital on Monday.")
    other = report("Herald", "Lena Hoff promised aid following a meeting with Tomas Varga on Tuesday.")
    texts = {one.id: one.text, other.id: other.text}
    for conflict in compared(one, other).conflicts:
        for position in conflict.positions:
            assert all(texts[voice.article][voice.start : voice.end] == position.value for voice in position.voices)
