"""Reports side by side: what they have in common is joined once, and differences are marked where they show."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from edition_fixture import ARTICLES, CLAIMS, EDITION, WIRE, A, B, C, D, E, F, G, H, at, bare, report, tainted
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from test_example_story import edition as example

from variorum.records import Borrowing, Edition, Passage, Span, Voice
from variorum.render.beside_view import BesideView, beside_data, beside_view
from variorum.render.differences import held
from variorum.render.html import environment
from variorum.render.joins import joins, shared_characters
from variorum.render.links import Links

LINKS = Links(edition="/stories/s", reports="/stories/s/reports/", beside="/stories/s/beside")


def shown(view: BesideView) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(environment().get_template("beside.html.j2").render(view=view))


def beside(*articles: object, edition: Edition = EDITION) -> BesideView:
    return beside_view(edition, [getattr(article, "id", str(article)) for article in articles], LINKS)


def passages(text: str, other: str, *pairs: tuple[str, str], kind: str = "verbatim") -> tuple[Edition, str, str]:
    """An edition of two reports of these words that share these passages."""
    one, two = report("A", "One", [("body", text)]), report("B", "Two", [("body", other)])
    spans = tuple(Passage(at(one, a), at(two, b), 0.9) for a, b in pairs)
    made = bare(one, two)
    return (
        replace(made, stemma=replace(made.stemma, borrowings=(Borrowing(one.id, two.id, False, kind, spans),))),  # type: ignore[arg-type]
        one.id,
        two.id,
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([A.id], "two or three reports can be set side by side, not one"),
        ([A.id, B.id, C.id, D.id], "not four"),
        ([], "not no"),
        ([A.id, A.id], "cannot be set beside itself"),
        ([A.id, "nobody"], "no report of this story has the id 'nobody'"),
    ],
)
def test_what_cannot_be_set_side_by_side_is_refused_in_plain_words(asked: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        beside_view(EDITION, asked, LINKS)


def test_a_copied_passage_that_holds_a_quotation_and_a_claim_is_one_join() -> None:
    found = joins(EDITION, [A.id, B.id])
    assert [join.kind for join in found] == ["verbatim"] * 4
    assert [tuple(s.of(A.text) for s in join.spans[0]) for join in found] == [(line,) for line in WIRE]
    assert found[0].claims == (0,)
    assert found[2].utterances == (0,)


def test_no_two_joins_of_a_pair_stand_in_one_place() -> None:
    for edition in (EDITION, example()):
        for a, b in combinations(edition.articles, 2):
            found = joins(edition, [a.id, b.id])
            for one, other in combinations(found, 2):
                overlaps = [
                    2 * shared_characters(one.spans[at], other.spans[at])
                    >= min(sum(map(len, one.spans[at])), sum(map(len, other.spans[at])))
                    for at in (0, 1)
                ]
                assert not all(overlaps), (a.siglum, b.siglum, one, other)


def test_joins_are_numbered_as_the_first_column_reads_and_stand_in_the_texts() -> None:
    edition = example()
    for a, b in combinations(edition.articles, 2):
        found = joins(edition, [a.id, b.id])
        assert [join.number for join in found] == list(range(1, len(found) + 1))
        assert all(one.spans[0][0].start <= other.spans[0][0].start for one, other in pairwise(found))
        for join in found:
            for article, spans in zip((a, b), join.spans, strict=True):
                assert spans
                assert list(spans) == sorted(spans)
                assert all(len(span) and span.end <= len(article.text) for span in spans)


def test_the_order_of_the_columns_changes_no_join_but_its_number() -> None:
    edition = example()
    for a, b in combinations(edition.articles, 2):
        there = {(j.kind, j.spans[0], j.spans[1], j.claims) for j in joins(edition, [a.id, b.id])}
        back = {(j.kind, j.spans[1], j.spans[0], j.claims) for j in joins(edition, [b.id, a.id])}
        assert there == back


def test_a_claim_that_holds_a_quotation_and_a_copied_passage_does_not_make_them_one() -> None:
    edition = example()
    by_siglum = {article.siglum: article for article in edition.articles}
    one, other = by_siglum["A"], by_siglum["G"]
    words = [" ".join(s.of(one.text) for s in j.spans[0]) for j in joins(edition, [one.id, other.id])]
    assert "We were warned about that light, and we did not act" in words
    assert any(text.startswith("Transport Minister Ilse Marrack told a press conference") for text in words)


def test_of_words_printed_in_headline_and_body_the_body_is_joined_with_a_body() -> None:
    edition = example()
    by_siglum = {article.siglum: article for article in edition.articles}
    one, other = by_siglum["A"], by_siglum["G"]
    found = [j for j in joins(edition, [one.id, other.id]) if "steered for a light" in j.spans[0][0].of(one.text)]
    assert [other.kind_at(join.spans[1][0].start) for join in found] == ["body"]


def test_a_retelling_is_joined_sentence_by_sentence_and_its_words_are_not_marked() -> None:
    view = beside(D, E)
    retold = [one for one in view.joins if one.join.kind == "retold"]
    assert len(retold) == 2
    assert not any(one.marked or one.differences for one in retold)


def test_two_sentences_that_tell_one_are_one_join() -> None:
    edition, a, b = passages(
        "First half of it. Something else. Second half of it.", "All of it in one sentence.",
        ("First half of it.", "All of it in one sentence."), ("Second half of it.", "All of it in one sentence."),
        kind="retold",
    )  # fmt: skip
    [join] = joins(edition, [a, b])
    assert [span.of(edition.articles[0].text) for span in join.spans[0]] == ["First half of it.", "Second half of it."]


def test_changed_words_and_words_of_one_report_only_are_told_apart() -> None:
    edition, a, b = passages(
        "The old pier was shut on Monday after the storm.", "The pier was closed on Monday after the storm.",
        ("The old pier was shut on Monday after the storm", "The pier was closed on Monday after the storm"),
    )  # fmt: skip
    [one] = beside_view(edition, [a, b], LINKS).joins
    assert one.differing == 2
    here, there = one.differences
    assert [(d.kind, d.text, d.other) for d in here.found] == [("only", "old", ""), ("changed", "shut", "closed")]
    assert [(d.kind, d.text, d.other) for d in there.found] == [("changed", "closed", "shut")]


def test_a_quotation_in_another_wording_shows_the_word_that_differs() -> None:
    view = beside(A, G)
    one = next(one for one in view.joins if one.join.kind == "quotation")
    assert [(d.text, d.other) for side in one.differences for d in side.found] == [("hurry", "rush"), ("rush", "hurry")]


@given(st.text("ab .", max_size=60), st.text("ab .", max_size=60))
@settings(max_examples=60, deadline=None)
def test_words_held_against_themselves_do_not_differ_and_differences_slice_back(one: str, other: str) -> None:
    whole = (Span(0, len(one)),)
    assert held(one, whole, one, whole).here == ()
    outcome = held(one, whole, other, (Span(0, len(other)),))
    assert all(one[d.start : d.end] == d.text for d in outcome.here)
    assert all(other[d.start : d.end] == d.text for d in outcome.there)
    assert 0 <= outcome.same <= 1


def test_a_passage_of_three_reports_is_one_join_and_may_miss_a_column() -> None:
    found = joins(EDITION, [A.id, B.id, C.id])
    assert {join.columns for join in found} == {(0, 1, 2)}
    kinds = {join.spans[0][0].of(A.text): join.kind for join in found}
    assert (kinds[WIRE[0]], kinds[WIRE[3]]) == ("verbatim", "verbatim"), "what A shares with each, B and C share"
    assert kinds[WIRE[1]] == "claim", "A and B print it in the same words, C was only found to tell the same"
    columns = {join.columns for join in joins(EDITION, [A.id, D.id, E.id])}
    assert {(0, 1, 2), (1, 2)} <= columns


def test_a_join_of_a_statement_and_its_denial_says_so() -> None:
    words = at(G, "The diver who found it on Wednesday has been praised by the mayor.")
    claim = replace(CLAIMS[5], voices=(*CLAIMS[5].voices, Voice(G.id, words.start, words.end, "denies", None)))
    view = beside(A, G, edition=replace(EDITION, claims=(claim,)))
    [one] = [one for one in view.joins if one.join.kind == "claim"]
    assert one.join.denied
    assert one.label.startswith("one report denies what another states")
    assert view.pairs[0].claims == 0, "what one of them denies they do not have in common"
    assert shown(view).xpath("//span[contains(@class, 'join-denied')][@id]")


def test_reports_without_anything_in_common_say_what_that_means() -> None:
    tree = shown(beside(A, H))
    assert "may still tell the same in other words" in tree.text_content()
    assert not tree.xpath("//a[@class='join-number']")
    assert "shown as read, not compared" in tree.text_content()


def test_the_figures_in_common_and_the_shares() -> None:
    view = beside(A, B)
    [pair] = view.pairs
    assert (pair.same_words, pair.retold, pair.quotations) == (4, 0, 1)
    assert view.columns[1].in_the_same_words == 1.0
    assert 0.8 < view.columns[0].in_the_same_words < 1.0


@pytest.mark.parametrize("pair", [(A, B), (D, E), (F, G), (A, C, D), (H, G)], ids=str)
def test_every_column_holds_the_whole_text_and_every_number_leads_somewhere(pair: tuple[object, ...]) -> None:
    payload = "\n</p><script>alert(1)</script> “&lt;b&gt;” <img src=x onerror=alert(1)> \u202e"
    for edition in (EDITION, tainted(EDITION, payload)):
        view = beside(*pair, edition=edition)
        tree = shown(view)
        for article, column in zip(pair, tree.xpath("//div[@class='side-text']"), strict=True):
            assert column.xpath("string()") == edition.article(article.id).text  # type: ignore[attr-defined]
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        links = tree.xpath("//a[@class='join-number']/@href")
        assert len(links) == sum(len(spans) for one in view.joins for spans in one.join.spans)
        assert {link[1:] for link in links} <= set(ids)
        assert not tree.xpath("//script | //img | //@style | //@*[starts-with(name(), 'on')]")


def test_the_example_story_side_by_side_keeps_every_text() -> None:
    edition = example()
    for a, b in combinations(edition.articles, 2):
        tree = shown(beside(a, b, edition=edition))
        for article, column in zip((a, b), tree.xpath("//div[@class='side-text']"), strict=True):
            assert column.xpath("string()") == article.text


def test_the_form_offers_every_report_and_needs_no_script() -> None:
    tree = shown(beside(A, B))
    [form] = tree.xpath("//form")
    assert (form.get("action"), form.get("method")) == ("/stories/s/beside", "get")
    boxes = form.xpath(".//input[@name='report']")
    assert [box.get("value") for box in boxes] == [article.id for article in ARTICLES]
    assert [box.get("value") for box in boxes if box.get("checked") is not None] == [A.id, B.id]


def test_the_data_slices_back_to_the_texts() -> None:
    for view in (beside(A, G), beside(A, D, E)):
        told = beside_data(view)
        assert [one["id"] for one in told["articles"]] == list(view.articles)
        for join in told["joins"]:
            for place in (*join["spans"], *join["differences"]):
                assert EDITION.article(place["article"]).text[place["start"] : place["end"]] == place["text"]
    assert beside_data(beside(A, G))["joins"][0]["claims"] is not None
