"""The coverage picture, its table, the filter, and what one report lacks: large stories stay readable."""

from dataclasses import replace
from typing import Any

import pytest
from crowded_edition import CUT, STUB, TICKER, crowded
from edition_fixture import ARTICLES, CLAIMS, EDITION, A, F, G, bare, cells, report
from lxml import html as lxml_html

from variorum.config.render import Render
from variorum.records import Claim, CoverageMatrix, Edition, Editions, Row, Voice
from variorum.render.apparatus import Apparatus
from variorum.render.claims_view import claims_view
from variorum.render.coverage_svg import picture
from variorum.render.coverage_view import MatrixView, matrix_view
from variorum.render.html import render
from variorum.render.missing_view import missing_view
from variorum.render.unknown import why_unknown
from variorum.render.wording import prominence

CROWDED = crowded()


def matrix_of(edition: Edition) -> MatrixView:
    apparatus = Apparatus(edition)
    return matrix_view(apparatus, claims_view(apparatus).every)


def page_of(*editions: Edition) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render(Editions(editions, (), ())))


@pytest.fixture(scope="module")
def tree() -> lxml_html.HtmlElement:
    return page_of(CROWDED)


def rows_of(tree: lxml_html.HtmlElement) -> list[Any]:
    return list(tree.xpath("//*[@class='picture']//*[@data-claim]"))


def test_the_first_fifth_is_the_lede_and_the_last_fifth_the_last_part() -> None:
    assert [prominence(place) for place in (0.0, 0.19, 0.2, 0.5, 0.79, 0.8, 1.0)] == [
        "lede", "lede", "middle", "middle", "middle", "last", "last",
    ]  # fmt: skip


def test_sixty_claims_of_twenty_reports_are_drawn_with_a_mark_each(tree: lxml_html.HtmlElement) -> None:
    rows = rows_of(tree)
    assert len(rows) == 60
    assert {len(row.xpath("./a[use]")) for row in rows} == {20}


@pytest.mark.parametrize(("reports", "claims"), [(20, 60), (11, 100)])
def test_the_picture_fits_beside_the_rail_of_a_page_of_1280_pixels(reports: int, claims: int) -> None:
    drawn = picture(matrix_of(crowded(reports, claims)), "picture", alone=False)
    assert drawn is not None
    assert drawn.width <= 952
    assert min(b.x - a.x for band in drawn.bands for a, b in zip(band.columns, band.columns[1:], strict=False)) >= 17


def test_more_reports_than_a_page_can_bear_make_the_picture_wider_and_not_the_marks_smaller() -> None:
    drawn = picture(matrix_of(crowded(48, 12)), "picture", alone=False)
    assert drawn is not None
    assert drawn.width > 952
    assert all(b.x - a.x >= 17 for band in drawn.bands for a, b in zip(band.columns, band.columns[1:], strict=False))


def test_nothing_in_the_picture_stands_on_anything_else() -> None:
    drawn = picture(matrix_of(CROWDED), "picture", alone=False)
    assert drawn is not None
    ends = [(y, y + 38) for y in drawn.strips] + [(row.y, row.y + 20) for row in drawn.rows]
    assert all(below[0] >= above[1] for above, below in zip(sorted(ends), sorted(ends)[1:], strict=False))
    assert sorted(ends)[-1][1] <= drawn.height
    assert all(len(row.words) * 6 < drawn.width - drawn.text for row in drawn.rows)


def test_letters_are_repeated_every_so_many_rows_but_not_for_a_last_row_or_two() -> None:
    every = Render().rows_between_letters
    for claims, strips in ((every, 1), (every + 2, 1), (every * 2, 2)):
        edition = crowded(6, 3)
        (first, *_) = edition.claims
        made = tuple(replace(first, id=f"c{n}", lineages=2, status="corroborated") for n in range(claims))
        rows = tuple(Row(claim.id, edition.coverage.rows[0].cells) for claim in made)
        drawn = picture(
            matrix_of(
                replace(edition, claims=made, conflicts=(), coverage=CoverageMatrix(edition.coverage.articles, rows))
            ),
            "p",
            alone=False,
        )
        assert drawn is not None
        assert len(drawn.strips) == strips


def test_rows_go_down_by_voices_and_each_bar_is_as_long_as_its_voices(tree: lxml_html.HtmlElement) -> None:
    (shared, alone) = tree.xpath("//*[@class='picture']")
    voices = [int(text) for text in shared.xpath(".//*[@class='voices']/text()")]
    assert voices == sorted(voices, reverse=True)
    bars = [float(width) for width in shared.xpath(".//*[@class='bar']/@width")]
    assert bars == sorted(bars, reverse=True)
    assert set(alone.xpath(".//*[@class='voices']/text()")) == {"1"}


def test_state_and_prominence_are_told_by_the_drawing_itself_and_not_by_colour(tree: lxml_html.HtmlElement) -> None:
    cells_by_claim = {row.claim: row.cells for row in CROWDED.coverage.rows}
    prefix = len("claim-")
    for row in rows_of(tree):
        drawn = [href.removeprefix("#cell-") for href in row.xpath("./a/use/@href")]
        expected = [
            cell.state if cell.place is None else f"{cell.state}-{prominence(cell.place)}"
            for cell in cells_by_claim[row.get("data-claim")[prefix:]]
        ]
        assert drawn == expected
    symbols = {element.get("id") for element in tree.xpath("//*[@class='sprite']//g")}
    assert {href[1:] for href in tree.xpath("//*[@class='picture']//use/@href")} <= symbols | {
        f"shape-{n}" for n in range(1, 9)
    }


def test_a_mark_leads_to_the_words_and_a_dash_or_hatching_to_the_claim(tree: lxml_html.HtmlElement) -> None:
    for row in rows_of(tree):
        for link in row.xpath("./a[use]"):
            drawn, href = link.xpath("string(use/@href)"), link.get("href")
            if drawn in ("#cell-omits", "#cell-unknown"):
                assert href == f"#{row.get('data-claim')}"
            else:
                (words,) = tree.xpath(f"//*[@id='{href[1:]}']")
                assert "cited" in words.get("class")


def test_the_picture_says_in_words_what_it_shows_and_stops_no_keyboard(tree: lxml_html.HtmlElement) -> None:
    for drawn in tree.xpath("//*[@class='picture']"):
        assert drawn.get("role") == "group"  # an image would hide the links in it
        title, described = drawn.get("aria-labelledby").split()
        assert "claims" in tree.xpath(f"string(//*[@id='{title}'])")
        assert "table below" in tree.xpath(f"string(//*[@id='{described}'])")
        assert {link.get("tabindex") for link in drawn.xpath(".//a")} == {"-1"}
    hrefs = set(tree.xpath("//*[@class='picture']//a[starts-with(use/@href, '#cell-reports')]/@href"))
    assert hrefs <= set(tree.xpath("//table[contains(@class, 'matrix')]//td/a/@href"))


def test_disputed_rows_carry_a_dagger(tree: lxml_html.HtmlElement) -> None:
    disputed = {f"claim-{claim.id}" for claim in CROWDED.claims if claim.status == "disputed"}
    marked = {row.get("data-claim") for row in rows_of(tree) if "†" in row.xpath("string(.//*[@class='claim-number'])")}
    assert marked == disputed


@pytest.mark.parametrize(("index", "why"), [(CUT, "cut"), (STUB, "stub"), (TICKER, "ticker"), (0, "near")])
def test_an_unknown_says_why(index: int, why: str) -> None:
    states = {row.cells[index].state for row in CROWDED.coverage.rows}
    assert why_unknown(CROWDED.articles[index], states) == why


def test_a_short_report_that_omits_something_was_read_whole() -> None:
    brief = report("A", "Brief", [("body", "A dam broke.")])
    assert why_unknown(brief, {"omits", "unknown"}) == "near"


def carried(pattern: str, others: int = 3) -> Edition:
    """One claim over A, F, G, each a voice of its own, and so on: cells as in the fixture."""
    articles = tuple(replace(article, cut=None) for article in (A, F, G, ARTICLES[3])[: others + 1])
    edition = bare(*articles)
    carriers = [a for a, letter in zip(articles, pattern, strict=True) if letter in "ra"]
    claim = Claim(
        "c", articles[0].text[:5], articles[0].id, 0, 5,
        tuple(Voice(a.id, 0, 5, "states", None) for a in carriers), len(carriers), len(carriers), "corroborated",
    )  # fmt: skip
    return replace(edition, claims=(claim,), coverage=replace(edition.coverage, rows=(Row("c", cells(pattern)),)))


def test_what_all_other_voices_tell_stands_apart_from_what_most_tell() -> None:
    (found,) = missing_view(matrix_of(carried("-rrr")))
    assert (found.report.article, len(found.by_all), len(found.by_most)) == (A.id, 1, 0)
    (found, _) = missing_view(matrix_of(carried("-rr-")))
    assert (len(found.by_all), len(found.by_most), found.by_most[0].carrying, found.by_most[0].others) == (0, 1, 2, 3)
    assert missing_view(matrix_of(carried("--r-"))) == ()


def test_unknown_is_never_listed_as_left_out() -> None:
    (found,) = missing_view(matrix_of(carried("?rrr")))
    assert (found.by_all, found.by_most) == ((), ())
    assert found.unknown[0].by_all


def test_lacks_are_ordered_by_how_many_other_voices_tell_them() -> None:
    for found in missing_view(matrix_of(CROWDED)):
        for lacks in (found.by_all, found.by_most, found.unknown):
            assert [one.carrying for one in lacks] == sorted((one.carrying for one in lacks), reverse=True)


def test_the_filter_is_hidden_without_the_script_and_every_control_has_a_label(tree: lxml_html.HtmlElement) -> None:
    (bar,) = tree.xpath("//div[@class='filter']")
    assert "hidden" in bar.attrib
    assert len(bar.xpath(".//label/input[@type='checkbox']")) == 20
    for select in bar.xpath(".//select"):
        assert bar.xpath(f".//label[@for='{select.get('id')}']")
    assert bar.xpath(".//*[@aria-live='polite']")


def test_only_what_occurs_can_be_chosen() -> None:
    (kind,) = page_of(EDITION).xpath("//select[@name='kind']")
    assert kind.xpath(".//option/@value") == ["", "agreed", "disputed", "one-voice", "number", "date"]


def test_claims_and_disputes_answer_to_the_filter_by_the_reports_that_carry_them() -> None:
    tree = page_of(EDITION)
    letters = tree.xpath("//div[@class='filter']//input/@data-siglum")
    (item,) = tree.xpath(f"//li[@id='claim-{CLAIMS[1].id}']")
    assert [letters[int(at)] for at in item.get("data-in").split()] == ["A", "B", "C", "D", "F"]
    assert [letters[int(at)] for at in item.get("data-out").split()] == ["E", "G"]
    assert (item.get("data-voices"), item.get("data-kinds")) == ("3", "agreed")
    (card,) = tree.xpath("//article[contains(@class, 'conflict-number')]")
    assert [letters[int(at)] for at in card.get("data-in").split()] == ["A", "B", "C", "D", "E"]


def test_each_story_on_a_page_has_a_filter_of_its_own() -> None:
    bars = page_of(EDITION, crowded(6, 6)).xpath("//div[@class='filter']")
    assert len({bar.get("data-key") for bar in bars}) == 2
