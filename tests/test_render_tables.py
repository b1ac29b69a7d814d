"""Who is heard, what each calls whom, when it was, and the cards of disputes: what a reader sees at a glance."""

from dataclasses import replace

import pytest
from crowded_edition import SILENT, crowded
from edition_fixture import CONFLICTS, DAM, EDITION, A, D, at
from lxml import html as lxml_html

from variorum.records import Edition, Editions, Heard, Label
from variorum.render.apparatus import Apparatus
from variorum.render.claims_view import claims_view
from variorum.render.heard_view import HeardView, heard_view
from variorum.render.html import render
from variorum.render.labels_view import labels_view
from variorum.render.timeline_view import timeline_view


def page_of(edition: Edition) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render(Editions((edition,), (), ())))


def heard_of(edition: Edition) -> HeardView:
    return heard_view(Apparatus(edition))


def test_a_cell_shows_words_and_how_often_they_are_given() -> None:
    (row,) = page_of(EDITION).xpath("//table[contains(@class, 'heard-table')]//tr[contains(th, 'Joss Hallam')]")
    shown = [" ".join(td.text_content().split()) for td in row.xpath("td")]
    assert shown == [*["not heard"] * 5, "12 2×", "10 1×"]
    assert "quoted by 2 of 7, 2 voices; 22 words" in row.text_content()


def test_a_report_that_quotes_nobody_stands_out_at_the_foot() -> None:
    tree = page_of(EDITION)
    rows = tree.xpath("//table[contains(@class, 'heard-table')]/tfoot/tr")
    letters = [a.text for a in tree.xpath("//table[contains(@class, 'heard-table')]/thead//a")]
    for row in rows:
        nobody = [letter for letter, td in zip(letters, row.xpath("td"), strict=True) if "nobody" in td.get("class")]
        assert nobody == ["E"]
    view = heard_of(crowded())
    letters = [report.siglum for group in view.groups for report in group.reports]
    assert (view.totals[letters.index(chr(65 + SILENT))].words, view.speakers[SILENT]) == (0, 0)


def test_the_totals_of_the_reports_and_of_the_speakers_are_the_same_words() -> None:
    view = heard_of(EDITION)
    assert sum(cell.words for cell in view.totals) == sum(row.words for row in view.rows)


def test_a_speaker_whom_nobody_quotes_is_named_under_the_table() -> None:
    told = replace(EDITION, heard=(*EDITION.heard, Heard(None, "the union", A.id, 2, 0)))
    (one,) = heard_of(told).reported_only
    assert (one.speaker, [report.siglum for report in one.reports]) == ("the union", ["A"])
    assert "the union" not in [row.speaker for row in heard_of(told).rows]
    assert "Only reported, quoted by no one: the union" in " ".join(page_of(told).text_content().split())


def test_all_reports_stand_side_by_side_for_one_name() -> None:
    (dam, calloway) = labels_view(Apparatus(EDITION))
    assert (dam.name, calloway.name) == ("Brackwater dam", "Ines Calloway")
    reports = [report.siglum for group in dam.groups for report in group.reports]
    used = {
        use.text: {s: (len(c.own), len(c.quoted)) for s, c in zip(reports, use.cells, strict=True) if c.own or c.quoted}
        for use in dam.uses
    }
    assert used == {
        "the wall": {"D": (2, 0)}, "its dam": {"A": (1, 0)}, "that wreck": {"F": (0, 1)},
        "the Brackwater dam": {"G": (1, 0)},
    }  # fmt: skip


def test_one_label_in_two_cases_is_one_row() -> None:
    label = Label(DAM, A.id, "Its Dam", True, (at(A, "its dam"),))
    uses = labels_view(Apparatus(replace(EDITION, labels=(*EDITION.labels, label))))[0].uses
    assert [use.text for use in uses if use.text.casefold() == "its dam"] == ["Its Dam"]


def test_a_label_links_to_every_place_and_quoted_words_stand_apart() -> None:
    tree = page_of(EDITION)
    (row,) = tree.xpath(
        "//section[@id='labels']//details[contains(@class, 'places')]//tr[contains(th, 'Pellam Record')]"
    )[:1]
    own, quoted = row.xpath("td")
    assert "×2" in own.text_content()
    places = [f"#D-{at(D, 'the wall', nth=n).start}-{at(D, 'the wall', nth=n).end}" for n in (0, 1)]
    assert own.xpath(".//span[@class='times']/a/@href") == places
    assert "×" not in quoted.text_content()
    (wreck,) = tree.xpath("//table[contains(@class, 'uses')]//tr[contains(th, 'that wreck')]//a")
    assert (wreck.get("class"), wreck.text) == ("in-quotes", "“1”")


def test_a_date_in_dispute_is_marked_on_the_timeline_and_leads_to_its_card() -> None:
    apparatus = Apparatus(EDITION)
    moments = {m.when: m for m in timeline_view(apparatus, claims_view(apparatus))}
    assert [m.is_disputed for m in moments.values()] == [False, True, True]
    tree = page_of(EDITION)
    (date,) = [c for c in CONFLICTS if c.kind == "date"]
    links = tree.xpath(f"//section[@id='timeline']//a[@href='#dispute-{date.id}']")
    assert len(links) == 3
    assert all("Tuesday or Wednesday" in " ".join(link.text_content().split()) for link in links)


def test_a_claim_disputed_for_another_reason_is_marked_with_that() -> None:
    tree = page_of(EDITION)
    (number,) = [c for c in CONFLICTS if c.kind == "number"]
    (link,) = tree.xpath(f"//section[@id='timeline']//a[@href='#dispute-{number.id}']")
    assert "figures differ" in link.text_content()
    alone = page_of(replace(EDITION, conflicts=()))
    assert len(alone.xpath("//section[@id='timeline']//a[contains(., 'disputed')]")) == 2


def test_a_date_says_how_finely_it_is_given() -> None:
    shown = [p.text_content() for p in page_of(EDITION).xpath("//section[@id='timeline']//p[@class='when']")]
    assert "to the year" in shown[0]
    assert "to the day" in shown[1]


@pytest.mark.parametrize(("kind", "question"), [("number", "How many, or how much?"), ("date", "When?")])
def test_a_card_asks_its_question_and_says_how_many_voices_take_no_side(kind: str, question: str) -> None:
    (card,) = page_of(EDITION).xpath(f"//article[contains(@class, 'conflict-{kind}')]")
    assert question in card.text_content()
    silent = {"number": "Two of four voices take no side", "date": "One of four voices takes no side"}
    assert silent[kind] in card.text_content()


def test_every_side_of_a_dispute_shows_its_voices_and_its_words_in_their_sentence() -> None:
    for card in page_of(EDITION).xpath("//article[contains(@class, 'conflict')]"):
        for position in card.xpath(".//div[@class='position']"):
            assert position.xpath(".//span[@class='chip']") or position.xpath(".//span[starts-with(@class, 'chip ')]")
            assert position.xpath("./p[@class='context']//a[@class='words']")
            assert "voice" in position.xpath("string(./p[@class='meta'])")


def test_a_speaker_whom_several_papers_quote_from_one_text_is_counted_by_voices_too() -> None:
    (calloway,) = [row for row in heard_of(EDITION).rows if row.speaker == "Ines Calloway"]
    assert (calloway.quoting, calloway.lineages) == (6, 4)
