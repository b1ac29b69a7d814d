"""One utterance word by word: apparatus, picture and table say the same, and nothing is called what it is not."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from collated import told
from edition_fixture import EDITION, UTTERANCES, tainted
from lxml import etree
from lxml import html as lxml_html

from variorum.records import Edition
from variorum.render.apparatus import Apparatus
from variorum.render.collation import tokens
from variorum.render.collation_svg import CollationDrawing
from variorum.render.collation_view import PlaceView, QuotationPage, quotation_page
from variorum.render.html import edition_view, environment
from variorum.render.letters import cut, width
from variorum.render.links import Links
from variorum.render.quotations_view import quotations_view

BASE = "We will take the water down by six metres and we will not hurry"
LINKS = Links(edition="/story/1", reports="/story/1/report/", quotations="/story/1/quotation/")


def of(edition: Edition, id: str = "utterance-one", links: Links | None = None) -> QuotationPage:
    return quotation_page(edition, id, links)


def markup(page: QuotationPage) -> str:
    return environment().get_template("quotation.html.j2").render(quotation=page)


def parsed(page: QuotationPage) -> lxml_html.HtmlElement:
    return lxml_html.fragment_fromstring(markup(page), create_parent="div")


def letters(chips: object) -> str:
    return "".join(c.siglum for chip in chips for c in chip.citations)  # type: ignore[attr-defined]


def place(page: QuotationPage, lemma: str) -> PlaceView:
    (found,) = [one for one in page.places if one.lemma == lemma]
    return found


def long_edition() -> Edition:
    """A base of 150 words in twenty printings: words replaced, left out, put in, bracketed, ends cut."""
    random = Random(5)
    nouns = "harbour lantern valley engineer blanket orchard ferry chapel winter ledger".split()
    base = [f"{random.choice(nouns)}{number}" for number in range(150)]
    printings = [" ".join(base)]
    for _ in range(19):
        words = list(base)
        for _ in range(random.choice((0, 1, 2, 3))):
            at, kind = random.randrange(10, len(words) - 10), random.choice("roab")
            if kind == "r":
                words[at] = random.choice(("calmly", "promised", "seventeen"))
            elif kind == "o":
                del words[at : at + random.choice((1, 2, 8))]
            elif kind == "a":
                words[at:at] = random.choice((["very"], ["and", "I", "repeat", "this"]))
            else:
                words[at] = "[the dam]"
        first, last = random.choice((0, 0, 12)), random.choice((0, 0, 20))
        printings.append(" ".join(words[first : len(words) - last]))
    return told(*printings, voices=((0, 1, 2), (5, 6, 7, 8)))


EDITIONS = {
    "the fixture": (EDITION, UTTERANCES[0].id),
    "one printing": (EDITION, UTTERANCES[2].id),
    "many": (long_edition(), "utterance-one"),
    "spans": (told(BASE, "We will take the water down | and we will not hurry"), "utterance-one"),
    "ends": (told(BASE, f"Frankly {BASE}", f"{BASE}, for nobody", f"Well then {BASE} at all today"), "utterance-one"),
    "moved": (told(BASE, "and we will not hurry we will take the water down by six metres", BASE), "utterance-one"),
    "hostile": (
        told(
            f"We {'x' * 4000} will שלום hurry <b>now</b> e\u0301\u0303\u0303 here \u202etonight",
            f"We {'x' * 4000} will שלום rush <script>now</script> here \u202etonight",
            "We will מחר hurry <b>now</b> e\u0301 here \u202etonight",
        ),
        "utterance-one",
    ),
    "tainted": (tainted(EDITION, "</svg><script>alert(1)</script>\"'"), UTTERANCES[0].id),
}


@pytest.fixture(scope="module", params=EDITIONS)
def page(request: pytest.FixtureRequest) -> QuotationPage:
    return of(*EDITIONS[request.param])


def test_an_unknown_utterance_is_refused() -> None:
    with pytest.raises(KeyError):
        of(EDITION, "nothing")


def test_each_place_names_who_has_what_who_agrees_and_whom_it_does_not_reach() -> None:
    page = of(EDITION, UTTERANCES[0].id)
    assert [p.lemma for p in page.places] == ["will", "six metres", "hurry"]
    will, metres, hurry = page.places
    assert (letters(will.base), letters(will.absent)) == ("ABCFG", "")
    assert [(e.words, letters(e.chips), e.voices, e.standing) for e in will.entries] == [("would", "D", 1, "altered")]
    assert [(e.words, e.open, e.standing) for e in metres.entries] == [("[about twenty feet]", True, None)]
    assert (letters(hurry.base), letters(hurry.absent)) == ("ABDF", "C")
    assert letters(page.base_chips) == "AB"
    assert [p.citation.siglum for p in page.reported] == ["E"]


def test_what_a_reading_does_not_reach_is_never_an_omission() -> None:
    page = of(told(BASE, "and we will not hurry", "We will take the water down by six metres", BASE))
    assert page.places == ()
    assert [(letters(s.chips), s.where, s.open) for s in page.shortened] == [
        ("B", "beginning", False), ("C", "end", False),
    ]  # fmt: skip
    assert "om." not in parsed(page).xpath("string(.//*[contains(@class,'collation')])")


def test_words_left_out_with_nothing_to_show_it_are_told_from_those_under_an_ellipsis() -> None:
    page = of(
        told(
            BASE,
            "We will take the water down and we will not hurry",
            "We will take the water down … and we will not hurry",
            BASE,
        )
    )
    (gap,) = page.places
    assert (gap.lemma, [(e.kind, letters(e.chips)) for e in gap.entries]) == ("by six metres", [("omitted", "B")])
    assert (letters(gap.base), letters(gap.absent)) == ("AD", "C")
    (open_gap,) = page.shortened
    assert (letters(open_gap.chips), open_gap.words, open_gap.open) == ("C", "by six metres", True)


def test_words_put_in_stand_after_the_words_before_them() -> None:
    page = of(
        told(
            BASE, "We will take the water right down by six metres and we will not hurry", BASE, "and we will not hurry"
        )
    )
    (added,) = page.places
    assert (added.adds, added.lemma, added.entries[0].words) == (True, "the water", "right")
    assert (letters(added.base), letters(added.absent)) == ("AC", "D")


def test_an_open_change_keeps_its_brackets_and_is_told_from_an_unmarked_one() -> None:
    page = of(told(BASE, BASE.replace("six", "[twenty]"), BASE.replace("six", "twenty"), BASE))
    entries = [(e.words, e.open, e.standing) for e in place(page, "six").entries]
    assert entries == [("[twenty]", True, None), ("twenty", False, "altered")]


def test_words_that_moved_are_told_at_the_place_they_left() -> None:
    page = of(*EDITIONS["moved"])
    (moved,) = [e for p in page.places for e in p.entries if e.kind == "moved"]
    assert letters(moved.chips) == "B"
    for drawing in page.drawings:
        strokes = [s for line in drawing.lines for row in line.rows for s in row.strokes]
        assert {"moved", "gone"} <= {stroke.kind for stroke in strokes}


def test_nothing_is_called_altered_that_the_list_of_quotations_does_not_call_so() -> None:
    for edition, id in EDITIONS.values():
        page = of(edition, id)
        views = quotations_view(Apparatus(edition))
        (listed,) = [u for u in (*views.compared, *views.alone) if u.utterance == id]
        notes = {(row.citation.article, note.standing) for row in listed.readings for note in row.notes}
        for entry in (e for p in page.places for e in p.entries):
            assert not (entry.open and entry.standing)
            if entry.standing == "altered":
                assert all((c.article, "altered") in notes for chip in entry.chips for c in chip.citations)
        assert page.summary.standing == listed.standing


def test_a_change_with_as_many_voices_as_the_base_only_differs() -> None:
    page = of(told(BASE, BASE.replace("hurry", "rush")))
    assert [e.standing for p in page.places for e in p.entries] == ["differs"]
    text = parsed(page).text_content()
    assert "altered" not in text
    assert "readings differ" in text


def numbers_of(drawing: CollationDrawing) -> set[int]:
    found = {w.number for line in drawing.lines for w in line.words} | {
        caret.number for line in drawing.lines for caret in line.carets
    }
    return {int(number) for said in found if said for number in said.split(", ")}


def test_every_place_of_variation_is_in_the_base_the_apparatus_the_picture_and_the_table(page: QuotationPage) -> None:
    every = set(range(1, len(page.places) + 1))
    assert {number for piece in page.base for number in piece.numbers} == every
    assert {p.number for p in page.places} == every
    for drawing in page.drawings:
        assert numbers_of(drawing) == every
    for row in page.rows:
        assert len(row.cells) == len(every)
    tree = parsed(page)
    assert len(tree.xpath(".//ol[@class='apparatus']/li")) == len(every)
    assert len(tree.xpath(".//table[@class='collation-table']/thead//th")) == (len(every) + 1 if every else 0)


def test_at_each_place_every_report_is_in_one_group_and_the_table_says_the_same(page: QuotationPage) -> None:
    witnesses = sorted(c.start for row in page.rows for c in row.chip.citations)
    for at, one in enumerate(page.places):
        groups = [one.base, one.absent, *(e.chips for e in one.entries), *(chips for _, chips in one.elsewhere)]
        assert sorted(c.start for chips in groups for chip in chips for c in chip.citations) == witnesses
        for row in page.rows:
            cell, sigla = row.cells[at], set(letters([row.chip]))
            if cell.kind == "same":
                assert sigla <= set(letters(one.base))
            elif cell.kind == "not in":
                assert sigla <= set(letters(one.absent))
            elif cell.kind != "elsewhere":
                (entry,) = [e for e in one.entries if sigla & set(letters(e.chips))]
                assert (entry.kind, entry.open, entry.words.casefold()) == (cell.kind, cell.open, cell.words.casefold())


def test_every_departure_is_drawn_in_its_own_row_and_in_full_or_with_its_full_words_beside(page: QuotationPage) -> None:
    for drawing in page.drawings:
        drawn = {
            (label.full, stroke.full)
            for line in drawing.lines
            for row in line.rows
            for label in row.labels
            for stroke in row.strokes
            if stroke.kind in ("replaced", "added", "moved", "bracketed")
        }
        for one in page.places:
            for entry in one.entries:
                if entry.words:
                    assert any(full == entry.words for _, full in drawn)


def test_nothing_in_the_picture_stands_on_anything_else(page: QuotationPage) -> None:
    for drawing in page.drawings:
        for line in drawing.lines:
            spots = [(w.x, w.x + w.width) for w in line.words]
            for one, other in combinations(sorted(spots), 2):
                assert one[1] <= other[0] + 0.01
            assert all(word.x + word.width <= drawing.width for word in line.words)
            assert all(width(w.text, 16) <= w.width + 2 for w in line.words)
            for row in line.rows:
                ends = sorted((s.x, s.x + s.width) for s in row.strokes)
                assert all(a[1] <= b[0] + 0.01 for a, b in combinations(ends, 2))
                assert all(width(s.words, 14) <= s.width + 2 for s in row.strokes)
            heights = sorted({row.y for row in line.rows})
            assert all(b - a >= 20 for a, b in combinations(heights, 2))
            assert heights[0] > line.y
        assert drawing.lines[-1].rows[-1].y < drawing.height


def test_links_lead_to_the_words_in_their_reports() -> None:
    page = of(EDITION, UTTERANCES[0].id, LINKS)
    assert page.back == f"/story/1#quotation-{UTTERANCES[0].id}"
    hrefs = {str(href) for href in parsed(page).xpath(".//@href") if not href.startswith("#")}
    view = edition_view(EDITION, links=LINKS)
    anchors = {f"/story/1/report/{a.id}#" for a in EDITION.articles}
    for href in hrefs - {page.back}:
        assert any(href.startswith(anchor) for anchor in anchors)
    cited = Apparatus(EDITION, links=LINKS)
    for reading in UTTERANCES[0].readings:
        assert cited.cite(reading.article, reading.spans[0].start, reading.spans[0].end).href in hrefs
    assert view.links is LINKS


def test_the_list_of_quotations_leads_to_the_page_where_there_is_one() -> None:
    template = environment().from_string(
        '{% import "macros.html.j2" as m %}{% set heading = 1 %}{% include "quotations.html.j2" %}'
    )
    with_pages = template.render(edition=edition_view(EDITION, links=LINKS))
    assert with_pages.count("Word by word") == 2
    assert f'href="/story/1/quotation/{UTTERANCES[0].id}"' in with_pages
    assert "Word by word" not in template.render(edition=edition_view(EDITION))


def test_links_within_the_page_have_their_places_and_nothing_is_inline(page: QuotationPage) -> None:
    tree = parsed(page)
    ids = [str(id) for id in tree.xpath(".//@id")]
    assert len(ids) == len(set(ids))
    inner = {href[1:] for href in tree.xpath(".//*[@class='quotation-page']//a/@href") if href.startswith("#place")}
    assert inner <= set(ids)
    assert not tree.xpath(".//@style | .//script | .//style")
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    for svg in tree.xpath(".//*[@role='group']"):
        assert set(svg.get("aria-labelledby").split()) <= set(ids)


def test_the_markup_is_well_formed(page: QuotationPage) -> None:
    drawn = environment().get_template("collation.svg.j2").render(quotation=page)
    etree.fromstring(f"<div>{drawn}</div>")
    etree.fromstring(f"<div>{markup(page)}</div>".replace("&nbsp;", " "))


def test_words_are_long_and_the_picture_is_not() -> None:
    page = of(*EDITIONS["hostile"])
    for drawing in page.drawings:
        assert max(len(w.text) for line in drawing.lines for w in line.words) < 100
        assert max(len(w.full) for line in drawing.lines for w in line.words) == 4000


def test_many_readings_share_the_rows_in_which_they_say_the_same() -> None:
    page = of(*EDITIONS["many"])
    wide, narrow = page.drawings
    rows = sum(len(line.rows) for line in wide.lines)
    assert rows < len(wide.lines) * len(page.rows) / 2
    for line in (*wide.lines, *narrow.lines):
        assert [row.said for row in line.rows if row.said]
    assert narrow.height < 8000


def test_reported_words_stand_in_no_quotation_marks() -> None:
    reported = replace(UTTERANCES[3], readings=tuple(replace(r, mode="indirect") for r in UTTERANCES[3].readings))
    page = of(replace(EDITION, utterances=(reported,)), reported.id)
    (base,) = parsed(page).xpath(".//blockquote")
    assert base.get("class") == "base base-told"
    assert "quotation marks" not in parsed(page).text_content()


def test_the_tokens_of_a_text_are_the_text() -> None:
    edition = told("“We (all of us) will – mega-jail or not – wait…” he said, “now.”")
    reading = edition.utterances[0].readings[0]
    found = tokens(edition.articles[0].text, reading.spans)
    said = "".join(("" if token.tight else " ") + token.text for token in found).strip()
    assert said == " ".join(reading.text.split())


def test_a_text_is_cut_at_a_word_and_never_to_nothing() -> None:
    assert cut("six metres and more", 80, 16) == "six…"
    assert cut("x" * 4000, 80, 16).startswith("xxxx")
    assert cut("six", 80, 16) == "six"
