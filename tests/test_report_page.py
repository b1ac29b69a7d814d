"""A report by itself: its whole text, an anchor for all that is cited, and where each sentence stands elsewhere."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from edition_fixture import ARTICLES, CLAIMS, EDITION, WIRE, A, B, C, D, E, F, G, H, at, bare, report, tainted
from lxml import html as lxml_html
from test_example_story import edition as example

from variorum.records import Article, Claim, Edition, Voice
from variorum.render.html import edition_view, environment
from variorum.render.links import Links
from variorum.render.report_page import ReportPage, RevisionLink, SentenceView, report_data, report_page


def links(article: Article) -> Links:
    return Links("/stories/s", "/stories/s/reports/", article.id, "/stories/s/quotations/", "/stories/s/beside")


def page(article: Article, edition: Edition = EDITION, **more: object) -> ReportPage:
    return report_page(edition, article.id, links(article), **more)  # type: ignore[arg-type]


def shown(made: ReportPage) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(environment().get_template("report_page.html.j2").render(page=made))


def sentence(made: ReportPage, words: str) -> SentenceView:
    start = made.article.text.index(words)
    return next(view for view in made.sentences if view.sentence.start <= start < view.sentence.end)


def ties(view: SentenceView) -> dict[str, list[str]]:
    """How a sentence stands in which reports, by siglum."""
    return {tie.how: [c.siglum for chip in tie.chips for c in chip.citations] for tie in view.ties}


def text_of(tree: lxml_html.HtmlElement) -> str:
    """The text of the text's column: without the margins, which stand between its paragraphs."""
    [column] = tree.xpath("//div[@class='report-text']")
    for margin in column.xpath(".//aside"):
        margin.drop_tree()
    return str(column.xpath("string()"))


PAYLOAD = "\n</p><script>alert(1)</script> “&lt;b&gt;” <img src=x onerror=alert(1)> \u202e"


MADE: dict[str, Callable[[], Edition]] = {
    "dam": lambda: EDITION,
    "hostile": lambda: tainted(EDITION, PAYLOAD),
    "reef": example,
}


@pytest.mark.parametrize("made", MADE)
def test_the_column_is_the_text_and_nothing_else_and_nothing_in_it_is_markup(made: str) -> None:
    edition = MADE[made]()
    for article in edition.articles:
        tree = shown(page(article, edition))
        assert not tree.xpath("//script | //img | //@style | //@*[starts-with(name(), 'on')]")
        assert not tree.xpath("//a[starts-with(@href, 'javascript')]")
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert text_of(tree) == article.text


@pytest.mark.parametrize("made", ["dam", "reef"])
def test_whatever_another_page_cites_of_a_report_has_its_place_here_with_the_way_back(made: str) -> None:
    edition = MADE[made]()
    everything = edition_view(edition)
    for article, cited in zip(edition.articles, everything.texts.values(), strict=True):
        wanted = lxml_html.fromstring(f"<div>{cited}</div>")
        tree = shown(page(article, edition))
        assert set(wanted.xpath("//@id")) <= set(tree.xpath("//@id"))
        backs = set(tree.xpath("//a[@class='back']/@href"))
        assert {f"/stories/s{href}" for href in wanted.xpath("//a[@class='back']/@href")} == backs


@pytest.mark.parametrize("made", ["dam", "reef"])
def test_every_chip_leads_to_words_that_the_other_report_has_a_place_for(made: str) -> None:
    edition = MADE[made]()
    ids = {article.id: set(shown(page(article, edition)).xpath("//@id")) for article in edition.articles}
    for article in edition.articles:
        for href in shown(page(article, edition)).xpath("//aside//a[contains(@class, 'siglum')]/@href"):
            other, _, place = href.removeprefix("/stories/s/reports/").partition("#")
            assert other != article.id
            assert place in ids[other]


def test_a_sentence_stands_elsewhere_in_the_same_words_retold_as_a_claim_and_as_a_quotation() -> None:
    made = page(A)
    assert ties(sentence(made, WIRE[0])) == {"verbatim": ["B", "C"], "claim": ["D", "E", "F"]}
    said = ties(sentence(made, "We will take the water down"))
    assert said["verbatim"] == ["B"]
    assert set(said["quotation"]) == {"C", "D", "E", "F", "G"}
    assert ties(sentence(page(D), "He measured it"))["retold"] == ["E"]


def test_voices_are_counted_and_not_outlets_and_never_the_reports_own() -> None:
    assert sentence(page(A), WIRE[0]).voices == 2
    assert sentence(page(D), "He measured it").voices == 1
    assert sentence(page(E), "two miles" if "two miles" in E.text else "With his arms").shade == 1


def test_a_sentence_of_one_report_only_is_said_to_be_not_found_and_no_more() -> None:
    made = page(A)
    alone = sentence(made, "Schools in Nether Caddon")
    assert alone.alone
    assert not alone.ties
    said = shown(made).text_content()
    assert "not found in another report" in said
    assert "may still stand there in another form" in said
    assert "only in this report" not in said
    assert made.counted - made.found == sum(view.alone for view in made.sentences)


def test_a_denial_is_told_apart_and_carries_nothing() -> None:
    claim = CLAIMS[5]
    words = at(G, "A crack in the Brackwater dam is being watched around the clock, the water board says.")
    denied = replace(claim, voices=(*claim.voices, Voice(G.id, words.start, words.end, "denies", None)))
    edition = replace(EDITION, claims=(*CLAIMS[:5], denied, *CLAIMS[6:]))
    view = sentence(page(A, edition), "Schools in Nether Caddon")
    assert ties(view) == {"denial": ["G"]}
    assert view.voices == 0
    assert not view.alone


def test_claims_and_quotations_stand_in_the_margin_with_what_they_rest_on() -> None:
    view = sentence(page(A), WIRE[1])
    [mark] = view.claims
    assert (mark.short, mark.lineages, mark.outlets, mark.disputed) == (
        "c3", CLAIMS[2].lineages, CLAIMS[2].outlets, True,
    )  # fmt: skip
    quotation = sentence(page(A), "We will take the water down").quotations[0]
    assert (quotation.short, quotation.speaker) == ("q1", "Ines Calloway")
    assert quotation.href == f"/stories/s/quotations/{EDITION.utterances[0].id}"
    marks = shown(page(A)).xpath("//a[contains(@class, 'is-disputed')]")
    assert "c3†, disputed," in "".join(mark.text_content() for mark in marks)


def test_what_other_reports_have_of_it_is_counted_in_sentences_and_leads_side_by_side() -> None:
    made = page(D)
    by_siglum = {other.citation.siglum: other for other in made.others}
    assert by_siglum["E"].sentences >= 3
    assert by_siglum["E"].beside == f"/stories/s/beside?report={D.id}&report={E.id}"
    assert made.without == (), "nothing can be said of what was not compared"
    assert [c.siglum for c in made.not_compared] == ["H"]
    assert [c.siglum for c in page(A, replace(EDITION, claims=(), utterances=())).without] == ["D", "E", "F", "G"]
    order = [article.siglum for article in ARTICLES]
    assert list(by_siglum) == sorted(by_siglum, key=order.index)


def test_a_report_without_another_has_no_margin_and_says_why() -> None:
    loner = report("A", "Lindar Gazette", [("title", "Cat elected"), ("body", "It was unopposed. It slept.")])
    tree = shown(page(loner, bare(loner)))
    assert not tree.xpath("//aside")
    assert "No other report of this story is in the archive" in tree.text_content()
    assert text_of(tree) == loner.text


def test_a_report_in_another_language_is_shown_as_read() -> None:
    made = page(H)
    assert not made.sentences
    assert "shown as read, not compared" in shown(made).text_content()


def test_other_texts_of_the_report_are_listed_where_the_caller_gives_them() -> None:
    given = (RevisionLink("7 October, 14:05", "/x/1", here=True), RevisionLink("7 October, 18:00", "/x/2"))
    tree = shown(page(A, revisions=given))
    assert tree.xpath("//dd/b[@aria-current]/text()") == ["7 October, 14:05"]
    assert tree.xpath("//dd/a[@href='/x/2']/text()") == ["7 October, 18:00"]


def test_an_address_is_a_link_only_where_it_is_a_web_address() -> None:
    assert shown(page(A)).xpath("//dd/a/@href")[-1] == "https://courier.example/brackwater"
    assert "javascript" not in str(lxml_html.tostring(shown(page(A, tainted(EDITION, PAYLOAD)))))


def test_the_data_has_every_place_of_every_sentence() -> None:
    for article in (A, B, C, D, E, F, G):
        told = report_data(page(article))
        assert told["article"]["text"] == article.text
        for one in told["sentences"]:
            assert article.text[one["start"] : one["end"]] == one["text"]
            for place in one["elsewhere"]:
                assert EDITION.article(place["article"]).text[place["start"] : place["end"]] == place["text"]
                assert place["article"] != article.id


def test_a_sentence_is_carried_by_whoever_carries_it_back() -> None:
    """Where a sentence of one report stands in another, some sentence there stands in the first."""
    edition = example()
    made = {article.id: page(article, edition) for article in edition.articles}
    for id, one in made.items():
        for view in one.sentences:
            for place in view.sentence.elsewhere:
                there = [
                    v.sentence
                    for v in made[place.article].sentences
                    if v.sentence.start < place.end and place.start < v.sentence.end
                ]
                inside = edition.article(place.article).kind_at(place.start) in ("title", "standfirst", "body")
                assert not inside or any(back.article == id for other in there for back in other.elsewhere)


def test_the_sentences_hold_every_letter_of_the_body() -> None:
    for article in example().articles:
        made = page(article, example())
        covered = "".join(article.text[v.sentence.start : v.sentence.end] for v in made.sentences)
        body = "".join(article.text[p.start : p.end] for p in article.parts_of("title", "standfirst", "body"))
        assert "".join(covered.split()) == "".join(body.split())


def test_an_unknown_report_is_refused() -> None:
    with pytest.raises(KeyError):
        report_page(EDITION, "nobody", links(A))


def test_a_claim_told_twice_in_a_report_is_marked_at_both_places() -> None:
    first, second = at(A, WIRE[0]), at(A, WIRE[1])
    voices = (
        Voice(A.id, first.start, first.end, "states", None),
        Voice(A.id, second.start, second.end, "states", None),
        Voice(G.id, 0, len("Dam latest"), "states", None),
    )
    claim = Claim("twice", WIRE[0], A.id, first.start, first.end, voices, 2, 2, "corroborated")
    made = page(A, replace(EDITION, claims=(claim,)))
    assert [m.short for words in WIRE[:2] for m in sentence(made, words).claims] == ["c1", "c1"]
