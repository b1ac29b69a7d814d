"""Editors' notes on the page: beside the finding they are of, never instead of it, and nothing where there are none."""

from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from crowded_edition import crowded
from edition_fixture import CLAIMS, CONFLICTS, EDITION, EDITIONS, A, D, E, G
from judged import FOUND, said
from lxml import html as lxml_html

from variorum.edition.findings import Key, findings, matched
from variorum.records import Editions, Exemplar, Judgement, Lineage
from variorum.render.html import edition_view, environment, render
from variorum.render.notes_view import Notes, spoken_of

PAYLOAD = "</textarea></bdi><script>alert(1)</script>\"' onfocus='alert(2)\u202e{{7*7}}\x00"


def page(*made: Judgement, unmatched: tuple[Judgement, ...] = (), **form: object) -> str:
    standing, lost = matched(made, FOUND)
    assert lost == ()
    return render(EDITIONS, notes={EDITION.story.id: Notes(standing, unmatched, FOUND, **form)})  # type: ignore[arg-type]


def parsed(page: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page)


def around(page: str, key: Key) -> lxml_html.HtmlElement:
    """The place of a finding on the page, by the one note that stands in it."""
    (notes,) = parsed(page).xpath("//ul[@class='editor-notes'][not(ancestor::section[contains(@class, 'notes')])]")
    assert key in FOUND
    return notes.getparent()


def told(element: lxml_html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


SHOWN: dict[Key, tuple[str, str]] = {
    ("claim", CLAIMS[0].id): ("li", "claim"),
    ("conflict", CONFLICTS[1].id): ("article", "conflict"),
    ("quotation", "utterance-hurry"): ("article", "utterance"),
    ("quotation", "utterance-forget"): ("li", ""),
    ("reading", f"utterance-hurry.{D.id}"): ("li", "reading"),
    ("borrowing", f"{D.id}-{E.id}-retold"): ("details", "borrowing"),
    next(key for key, one in FOUND.items() if key[0] == "voice" and len(one.spans) == 3): ("div", "voice"),
    next(key for key, one in FOUND.items() if key[0] == "voice" and len(one.spans) == 1): ("div", "voice"),
}


@pytest.mark.parametrize("key", SHOWN, ids=lambda key: key[0])
def test_a_finding_marked_wrong_says_so_where_it_stands_and_keeps_its_evidence(key: Key) -> None:
    marked = page(said(FOUND[key], comment="Ask the board."))
    tag, name = SHOWN[key]
    place = around(marked, key)
    assert place.tag == tag
    assert "marked-wrong" in place.get("class", "").split()
    assert set(name.split()) <= set(place.get("class").split())
    assert "marked wrong by Maud, 2031-10-09 Ask the board." in told(place)
    assert len(parsed(marked).xpath("//main//*[contains(@class, 'marked-wrong')]")) == 1
    links, shown = (Counter(map(str, parsed(one).xpath("//main//@href"))) for one in (render(EDITIONS), marked))
    assert links <= shown


def test_a_finding_marked_right_is_not_struck_and_a_star_has_words() -> None:
    key = ("claim", CLAIMS[0].id)
    marked = page(said(FOUND[key], "right", starred=True, by=""))  # type: ignore[index]
    place = around(marked, key)  # type: ignore[arg-type]
    assert "marked-wrong" not in marked.split("</style>")[1]
    assert "marked right by an editor" in told(place)
    (star,) = place.xpath(".//*[@role='img']")
    assert star.get("aria-label") == "starred"


def test_editors_who_disagree_are_both_shown() -> None:
    finding = FOUND["claim", CLAIMS[0].id]
    marked = page(said(finding, at="2031-10-09"), said(finding, "right", by="Col", at="2031-10-10"))
    found = told(around(marked, ("claim", CLAIMS[0].id)))
    assert "marked wrong by Maud" in found
    assert found.index("marked wrong by Maud") < found.index("marked right by Col")


def test_a_note_made_before_reports_joined_says_so() -> None:
    finding = FOUND["claim", CLAIMS[0].id]
    early = replace(finding, spans=tuple(place for place in finding.spans if place.article in (A.id, D.id)))
    assert "marked right by Maud, 2031-10-09, before 4 more reports joined" in told(
        around(page(said(early, "right")), ("claim", CLAIMS[0].id))
    )


def test_a_line_in_brief_says_when_a_claim_of_it_was_marked_wrong() -> None:
    extract = EDITION.digest[0]
    finding = FOUND["claim", extract.claims[0]]
    for verdict, marked in (("wrong", 1), ("right", 0)):
        lines = parsed(page(said(finding, verdict))).xpath("//section[@id='digest']/ol/li")  # type: ignore[arg-type]
        carrying = [extract.claims[0] in one.claims for one in EDITION.digest]
        says = ["marked wrong by an editor" in told(line) for line in lines]
        assert says == [one and bool(marked) for one in carrying]
    other = next(key for key in FOUND if key[0] == "claim" and not any(key[1] in e.claims for e in EDITION.digest))
    section = parsed(page(said(FOUND[other]))).xpath("//section[@id='digest']")[0]
    assert "marked wrong" not in told(section)


def test_a_note_says_what_its_finding_was_called_when_it_was_judged() -> None:
    """A report that joins may make "readings differ" into "altered": the editor spoke of the former."""
    utterance = EDITION.utterances[0]
    key: Key = ("reading", f"utterance-hurry.{D.id}")
    base = utterance.readings[utterance.base]
    reading = next(one for one in utterance.readings if one.article == D.id)
    two = replace(utterance, readings=(base, reading), base=0)
    alone = tuple(Lineage((one.id,), Exemplar("none", None), ()) for one in (A, D))
    few = replace(EDITION, utterances=(two,), stemma=replace(EDITION.stemma, lineages=alone))
    before, now = spoken_of(few)[key], spoken_of(EDITION)[key]
    assert before.says.endswith(": other words than the base; the readings differ")
    assert now.says.endswith(": other words than the base, with nothing to show it")
    assert (before.holds, before.spans) == (now.holds, now.spans)
    standing, _ = matched([said(before)], FOUND)
    view = Notes(standing, (), spoken_of(EDITION)).of(*key)
    assert [(one.says, one.then) for one in view] == [(now.says, before.says)]
    marked = render(EDITIONS, notes={EDITION.story.id: Notes(standing, (), spoken_of(EDITION))})
    assert f"; then: {before.says}" in told(around(marked, key))
    assert "then:" not in told(around(page(said(now)), key))


def test_notes_on_what_has_no_room_and_on_what_is_no_longer_found_stand_at_the_end() -> None:
    label, moment, story = (
        next(one for key, one in FOUND.items() if key[0] == k) for k in ("label", "moment", "story")
    )
    verbatim = FOUND["reading", f"utterance-sleep.{G.id}"]
    lost = replace(said(FOUND["claim", CLAIMS[0].id]), says="A claim that nobody makes any more")
    marked = page(said(label), said(moment), said(story), said(verbatim), unmatched=(lost,))
    (section,) = parsed(marked).xpath("//section[@id='notes']")
    found = told(section)
    assert found.startswith("Notes 5 notes by editors.")
    for finding in (label, moment, story, verbatim):
        assert " ".join(finding.says.split()) in found
    assert "On findings this edition no longer makes" in found
    assert "Claim: A claim that nobody makes any more marked wrong by Maud" in found
    assert parsed(marked).xpath("//nav//a[@href='#notes']")
    assert not parsed(marked).xpath("//main//*[contains(@class, 'marked-wrong')]"), "nothing on the page is meant"


def test_every_note_is_shown_once_whatever_it_is_of() -> None:
    every = [said(finding, comment=f"comment {number:03}") for number, finding in enumerate(FOUND.values())]
    marked = page(*every)
    for number in range(len(every)):
        assert marked.count(f"comment {number:03}") == 1, list(FOUND)[number]
    ids = parsed(marked).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_page_without_notes_is_what_it_was() -> None:
    bare = render(EDITIONS)
    assert render(EDITIONS, notes={}) == bare
    assert render(EDITIONS, notes={"another story": Notes({})}) == bare
    assert render(EDITIONS, notes={EDITION.story.id: Notes({})}) == bare
    markup = bare.split("</style>")[1]
    assert "editor-" not in markup
    assert "note-form" not in markup
    assert 'class="notes"' not in markup


def test_hostile_words_of_editors_stay_words() -> None:
    made = [said(one, comment=PAYLOAD, by=PAYLOAD) for one in FOUND.values()]
    marked = page(*made, unmatched=(replace(made[0], says=PAYLOAD),), action="/note", editor=PAYLOAD)
    tree = parsed(marked)
    assert len(tree.xpath("//script")) == 1
    assert not [name for name in tree.xpath("//@*") if getattr(name, "attrname", "").startswith("on")]
    assert "\x00" not in marked
    assert "{{7*7}}" in tree.text_content()
    for element in tree.xpath("//main//*[contains(text(), '\u202e')]"):
        assert element.tag in ("bdi", "textarea"), element.tag


# The form


def test_the_mailed_page_has_no_form() -> None:
    assert not parsed(page(said(FOUND["claim", CLAIMS[0].id]))).xpath("//form | //*[@class='note-form']")


def test_every_finding_of_an_app_leads_to_a_form_with_its_key() -> None:
    tree = parsed(page(action="/note", editor="Maud"))
    asked = [
        (asked["kind"][0], asked["finding"][0])
        for address in tree.xpath("//p[@class='to-note']/a/@href")
        for asked in (parse_qs(urlsplit(address).query),)
    ]
    assert set(asked) <= set(FOUND)
    assert len(set(asked)) == len(asked)
    assert {key for key in FOUND if key[0] in ("claim", "conflict", "quotation", "voice", "borrowing")} - set(
        asked
    ) == {
        next(
            key
            for key, one in FOUND.items()
            if key[0] == "voice" and EDITION.article(one.spans[0].article).language == "es"
        )
    }, "a report in another language is no voice of this page"
    assert not tree.xpath("//section[@id='notes']"), "nobody has noted anything"


def form(*made: Judgement, kind: str, id: str) -> Any:
    """The form for a finding, as Maud is given it."""
    standing, _ = matched(made, FOUND)
    source = '{% import "notes.html.j2" as noted %}{{ noted.form(notes, kind, id) }}'
    notes = Notes(standing, action="/note", editor="Maud")
    return parsed(environment().from_string(source).render(notes=notes, kind=kind, id=id)).xpath("//form")[0]


def test_a_form_asks_for_all_that_can_be_said() -> None:
    empty = form(kind="claim", id=CLAIMS[0].id)
    assert (empty.get("method"), empty.get("action")) == ("post", "/note")
    assert empty.xpath(".//input[@name='finding']/@value") == [CLAIMS[0].id]
    assert empty.xpath(".//input[@name='verdict']/@value") == ["right", "wrong", ""]
    assert empty.xpath(".//input[@name='verdict'][@checked]/@value") == [""]
    assert empty.xpath(".//input[@name='by']/@value") == ["Maud"]
    assert [told(button) for button in empty.xpath(".//button")] == ["Keep note"]
    for field in empty.xpath(".//input[@type != 'hidden'] | .//textarea"):
        assert field.xpath("ancestor::label"), "every field has a name"


def test_a_form_holds_the_readers_own_note_and_nobody_elses() -> None:
    finding = FOUND["claim", CLAIMS[0].id]
    made = (said(finding, comment="\n mine & <b>", starred=True), said(finding, "right", by="Col", comment="other"))
    own = form(*made, kind="claim", id=CLAIMS[0].id)
    assert own.xpath(".//input[@name='verdict'][@checked]/@value") == ["wrong"]
    assert own.xpath(".//input[@name='starred']/@checked")
    assert own.xpath("string(.//textarea)").strip() == "mine & <b>"


def test_several_stories_on_one_page_keep_their_notes_apart() -> None:
    other = crowded()
    finding = next(one for key, one in findings(other).items() if key[0] == "claim")
    standing, _ = matched([said(finding)], findings(other))
    both = Editions((EDITION, other), (), ())
    tree = parsed(render(both, notes={other.story.id: Notes(standing)}))
    (marked,) = tree.xpath("//main//*[contains(@class, 'marked-wrong')]")
    assert "marked wrong by Maud" in told(marked)
    assert len(tree.xpath("//section[contains(@id, 'notes')]")) == 1


def test_templates_of_other_pages_can_show_the_notes_of_a_finding() -> None:
    standing, _ = matched([said(FOUND["claim", CLAIMS[0].id])], FOUND)
    view = edition_view(EDITION, notes=Notes(standing, found=FOUND))
    source = '{% import "notes.html.j2" as noted %}{{ noted.on(edition.notes, "claim", id) }}'
    shown = environment().from_string(source).render(edition=view, id=CLAIMS[0].id)
    assert "marked wrong" in shown
    assert environment().from_string(source).render(edition=view, id=CLAIMS[1].id) == ""
