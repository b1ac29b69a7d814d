"""Quotations: whose words, which characters, and what each outlet did to them."""

from hypothesis import given, settings
from hypothesis import strategies as st
from reports import annotated, each_alone, report, story_of

from variorum.language import resolve
from variorum.quotations import collate
from variorum.quotations.equivalence import same_words
from variorum.quotations.extract import extract
from variorum.quotations.speaking import name_speakers
from variorum.records import Exemplar, Lineage, Quotation, Reading, Stemma, Utterance

SPEECH = "Nadia Orlov, the mayor, spoke on Friday. “{}” Orlov said."


def quotations(text: str) -> tuple[Quotation, ...]:
    article = report(text)
    annotations = annotated(article)
    names = resolve((article,), annotations)
    return name_speakers(article, annotations[article.id], extract(article, annotations[article.id]), names)


def speakers(text: str) -> list[tuple[str, str | None]]:
    return [(quotation.text, quotation.speaker_text) for quotation in quotations(text)]


def utterances(*texts: str, stemma: Stemma | None = None) -> tuple[Utterance, ...]:
    articles = [report(text, f"Outlet {number}") for number, text in enumerate(texts)]
    annotations = annotated(*articles)
    names = resolve(articles, annotations)
    return collate(story_of(*articles), annotations, names, stemma or each_alone(*articles))


def shared(*texts: str) -> Utterance:
    (found,) = [utterance for utterance in utterances(*texts) if len({r.article for r in utterance.readings}) > 1]
    return found


def reading(utterance: Utterance, part: str) -> Reading:
    return next(reading for reading in utterance.readings if part in reading.text)


def said(*wordings: str) -> Utterance:
    return shared(*(SPEECH.format(wording) for wording in wordings))


FULL = "We will keep the bridge closed until every cable on it has been tested,"


def test_the_speaker_stands_behind_before_or_between() -> None:
    assert speakers("“We will rebuild the bridge by spring,” Nadia Orlov said.")[0][1] == "Nadia Orlov"
    assert speakers("Nadia Orlov said: “We will rebuild the bridge by spring.”")[0][1] == "Nadia Orlov"
    ((words, speaker),) = speakers("“We will rebuild the bridge,” Nadia Orlov said, “and we will do it by spring.”")
    assert (words, speaker) == ("We will rebuild the bridge, and we will do it by spring.", "Nadia Orlov")


def test_a_pronoun_is_the_person_spoken_of_and_else_stays_a_pronoun() -> None:
    (first,) = quotations("Nadia Orlov visited the bridge. “We will rebuild it by spring,” she said.")
    assert (first.speaker_text, first.speaker is not None) == ("she", True)
    doubtful = quotations("Nadia Orlov and Vera Lind visited the bridge. “We will rebuild it by spring,” she said.")
    assert doubtful[-1].speaker is None


def test_a_spokesman_is_not_the_minister_he_speaks_for() -> None:
    (found,) = quotations("“The bridge will be rebuilt by spring,” said a spokesman for Nadia Orlov.")
    assert found.speaker is None


def test_scare_quotes_are_no_speech() -> None:
    assert not quotations("The so-called “bridge to nowhere” was closed in spring.")


def test_direct_speech_with_no_marks_is_found() -> None:
    found = quotations("Orlov confirmed the plan, stating, We are ready to pay our share, adding that spring was near.")
    bare = next(quotation for quotation in found if quotation.mode == "direct")
    assert (bare.text, bare.marks) == ("We are ready to pay our share", "none")


def test_a_quotation_over_two_paragraphs_is_one() -> None:
    found = quotations("“We will rebuild the bridge.\n“And we will do it by spring,” Nadia Orlov said.")
    assert len(found) == 1 and len(found[0].spans) == 2


def test_an_unclosed_quotation_does_not_swallow_its_cue() -> None:
    (found,) = quotations('"We wrote twice about the cables, council leader Vera Lind said.')
    assert (found.text, found.marks) == ("We wrote twice about the cables", "unclosed")


def test_marks_case_spelling_and_contractions_are_no_alteration() -> None:
    utterance = said(
        FULL,
        "We’ll keep the bridge closed until every cable on it has been tested,",
        "we will keep the bridge closed until every cable on it has been tested",
    )
    assert {reading.agreement for reading in utterance.readings} == {"base", "verbatim"}
    assert said("No city has organised 2 such tests", "No city’s organized two such tests").readings[1].variants == ()


def test_a_changed_word_inside_marks_is_altered_and_shown() -> None:
    utterance = said(FULL, FULL, FULL.replace("will", "would"))
    odd = reading(utterance, "would")
    (variant,) = odd.variants
    assert odd.agreement == "altered"
    assert (variant.kind, variant.base_text, variant.reading_text) == ("replaced", "will", "would")


def test_a_dropped_and_an_added_word_are_altered() -> None:
    utterance = said(FULL, FULL, FULL.replace("every cable", "every single cable"), FULL.replace(" on it", ""))
    kinds = {variant.kind for reading in utterance.readings for variant in reading.variants}
    assert kinds == {"added", "omitted"}


def test_a_stretch_of_the_base_is_trimmed_and_a_bracket_is_bracketed() -> None:
    utterance = said(FULL, FULL, "keep the bridge closed until every cable", FULL.replace("We", "[The city]"))
    assert reading(utterance, "[The city]").agreement == "bracketed"
    assert next(r for r in utterance.readings if r.text.startswith("keep")).agreement == "trimmed"


def test_a_fragment_that_begins_with_a_common_word_is_trimmed_not_altered() -> None:
    whole = "The auditors found that the money for the bridge was spent on the mayor’s garden"
    utterance = said(whole, whole, "the money for the bridge was spent on the mayor’s garden")
    assert [reading.agreement for reading in utterance.readings if reading.text.startswith("the")] == ["trimmed"]


def test_an_outlet_that_prints_more_of_the_speech_alters_nothing() -> None:
    longer = "It is an important day, but I will say this: " + FULL.replace("We", "we")
    assert "altered" not in {reading.agreement for reading in said(FULL, FULL, longer).readings}


def test_what_stands_in_round_brackets_in_anothers_place_is_marked() -> None:
    whole = "I do not want to look into his mind but it was a strange answer to give"
    utterance = said(whole, whole, whole.replace("his", "(the mayor’s)"))
    assert reading(utterance, "(the mayor’s)").agreement == "bracketed"


def test_an_ellipsis_marks_what_is_left_out() -> None:
    utterance = said(FULL, FULL, "We will keep the bridge closed … until every cable has been tested")
    assert {reading.agreement for reading in utterance.readings} <= {"base", "verbatim", "altered"}
    elided = said(FULL, FULL, "We will keep the bridge closed until . . . it has been tested")
    assert reading(elided, ". . .").agreement == "trimmed"


def test_two_sentences_built_alike_stay_two_utterances() -> None:
    found = utterances(
        SPEECH.format("No passenger should have to depend on the courage of strangers,"),
        SPEECH.format("No islander should have to depend on the patience of a ministry,"),
    )
    assert all(len(utterance.readings) == 1 for utterance in found if utterance.readings[0].mode == "direct")


def test_a_splice_is_cut_between_its_sentences() -> None:
    one = "We were warned about the cables for years, and we did nothing at all"
    two = "I am not going to stand here and blame the engineers for our delay"
    text = f"“{one},” Nadia Orlov said. “{two},” Orlov said."
    spliced = f"“{one[:42]} and {two[:14]} blame the engineers for our delay,” Orlov said."
    found = [utterance for utterance in utterances(text, text, spliced) if len(utterance.readings) == 3]
    assert len(found) == 2
    assert all(any(reading.agreement == "altered" for reading in utterance.readings) for utterance in found)


def test_indirect_speech_is_reported_not_altered() -> None:
    utterance = shared(
        SPEECH.format(FULL),
        "The mayor, Nadia Orlov, said that the bridge would be kept closed until every cable on it had been tested.",
    )
    assert {reading.agreement for reading in utterance.readings} == {"base", "reported"}


def test_the_base_is_what_most_lineages_carry_not_what_most_outlets_print() -> None:
    texts = [SPEECH.format(FULL.replace("will", "would")) + f" Copy {n}." for n in range(3)]
    texts += [SPEECH.format(FULL) + f" Own report {n}." for n in range(2)]
    articles = [report(text, f"Outlet {number}") for number, text in enumerate(texts)]
    annotations = annotated(*articles)
    lineages = [Lineage(tuple(a.id for a in articles[:3]), Exemplar("agency", "Northwire"), ())]
    lineages += [Lineage((a.id,), Exemplar("none", None), ()) for a in articles[3:]]
    names = resolve(articles, annotations)
    found = collate(story_of(*articles), annotations, names, Stemma((), tuple(lineages)))
    assert "will" in found[0].readings[found[0].base].text.split()


def test_every_variant_and_reading_slices_back_to_its_words() -> None:
    texts = [SPEECH.format(w) for w in (FULL, FULL.replace("will", "would"), FULL.replace(" on it", ""))]
    articles = {a.id: a for a in (report(text, f"Outlet {n}") for n, text in enumerate(texts))}
    for utterance in utterances(*texts):
        base = articles[utterance.readings[utterance.base].article]
        for reading in utterance.readings:
            text = articles[reading.article].text
            assert " ".join(span.of(text) for span in reading.spans) == reading.text
            for variant in reading.variants:
                assert variant.base is None or variant.base.of(base.text) == variant.base_text
                assert variant.reading is None or variant.reading.of(text) == variant.reading_text


def test_the_result_does_not_depend_on_the_order_of_the_reports() -> None:
    articles = [report(SPEECH.format(w), f"Outlet {n}") for n, w in enumerate((FULL, FULL.replace("We", "They"), FULL))]
    annotations = annotated(*articles)
    names = resolve(articles, annotations)
    one = collate(story_of(*articles), annotations, names, each_alone(*articles))
    other = collate(story_of(*articles[::-1]), annotations, names, each_alone(*articles[::-1]))
    assert one == other


def test_what_is_the_same_in_other_letters_is_the_same() -> None:
    assert same_words(["country's"], ["country", "has"])
    assert same_words(["won't"], ["will", "not"])
    assert same_words(["2", "million"], ["2000000"])
    assert not same_words(["will"], ["would"])


@given(st.text(alphabet="Nadia Orlov said we go. ,\n“”\"'‘’", max_size=150))
@settings(max_examples=40, deadline=None)
def test_no_state_of_the_marks_raises(text: str) -> None:
    for quotation in quotations(text):
        assert quotation.text == " ".join(span.of(text) for span in quotation.spans)


def test_an_oath_with_letters_struck_out_is_not_altered() -> None:
    whole = "They will not move the shit off the road before the winter comes"
    assert "altered" not in {r.agreement for r in said(whole, whole, whole.replace("shit", "s—")).readings}


def test_statements_of_two_people_that_share_a_run_stay_two_utterances() -> None:
    found = utterances(
        "“The council has the duty to examine the conduct of the builders of the bridge, and we go on,” Nadia Orlov "
        "said.",
        "“The court clears the way for our firm to examine the conduct of the builders of the bridge,” Viktor Hahn, a "
        "lawyer, said. Hahn spoke on Friday.",
    )
    assert all(len(utterance.readings) == 1 for utterance in found)


LONG = "We were told about the cables in March, and the city did nothing until the first of them broke,"


def test_a_clause_that_was_moved_is_altered_and_shown_as_moved() -> None:
    utterance = said(
        LONG, LONG, "The city did nothing until the first of them broke, and we were told about the cables in March,"
    )
    odd = next(reading for reading in utterance.readings if reading.text.startswith("The city"))
    assert odd.agreement == "altered"
    assert "moved" in {variant.kind for variant in odd.variants}


def test_a_stretch_of_the_base_is_trimmed_though_its_first_words_stand_elsewhere_in_it() -> None:
    full = "This is not about the right bank or the wrong bank of the river, this is the right bank of the law,"
    assert reading(said(full, full, "the right bank of the law"), "the right bank of the law").agreement in (
        "base",
        "trimmed",
    )
    assert all(reading.agreement != "altered" for reading in said(full, full, "the right bank of the law").readings)


def test_what_the_page_itself_announces_is_no_alteration() -> None:
    for other in (
        LONG.replace("We were", "we’d been").replace("we’d been", "We were"),
        LONG.replace("We were told", "-- we -- we were told"),
        LONG.replace("nothing", "nothin (sic)"),
        LONG.replace("the first of them", "[the first cable]"),
    ):
        assert {reading.agreement for reading in said(LONG, LONG, other).readings} <= {
            "base",
            "verbatim",
            "bracketed",
            "trimmed",
        }
    senator = "I asked Senator Lind about the cables on the bridge, and the senator did not answer me,"
    assert {r.agreement for r in said(senator, senator.replace("Senator", "Sen.")).readings} == {"base", "verbatim"}


def test_words_printed_without_marks_or_cue_are_found_and_never_called_altered() -> None:
    plain = (
        "The mayor spoke on Friday. We were told about the cables in March, and the city did nothing until {} broke."
    )
    for ending, agreement in (("the first of them", "verbatim"), ("the last of these two", "reported")):
        utterance = utterances(SPEECH.format(LONG), plain.format(ending))
        found = [r for u in utterance if len(u.readings) > 1 for r in u.readings if r.marks == "none"]
        assert [(r.agreement, r.mode) for r in found] in ([(agreement, "direct")], [])
    assert found == [] or found[0].agreement != "altered"


def test_two_sentences_spliced_inside_the_marks_are_altered() -> None:
    one = "We were told about the cables in March by the engineers who tested them,"
    two = "The bridge will stay closed until every one of these cables has been replaced."
    both = f"Nadia Orlov, the mayor, spoke on Friday. “{one}” Orlov said. “{two}”"
    spliced = "We were told about the cables in March until every one of these cables has been replaced,"
    found = utterances(both, both.replace("Friday", "that day"), SPEECH.format(spliced))
    assert any(r.agreement == "altered" and "in March" in r.text for u in found for r in u.readings)


def test_a_term_two_sentences_share_does_not_join_them() -> None:
    found = utterances(
        "Nadia Orlov spoke on Friday. “The harbour bridge toll is an insult to all who work here,” Orlov said.",
        "Nadia Orlov spoke on Friday. “Nobody asked this town about a harbour bridge toll before June,” Orlov said.",
        "Nadia Orlov spoke on Friday about the “harbour bridge toll” that the city wants.",
    )
    assert all(len({r.article for r in u.readings}) == 1 for u in found if "insult" in u.readings[0].text)
