"""The page: whole, self-contained, safe whatever the articles hold, and every citation leads to its words."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import chain, pairwise

import pytest
from crowded_edition import crowded
from edition_fixture import (
    ARTICLES,
    CLAIMS,
    EDITION,
    EDITIONS,
    LONER,
    STEMMA,
    UTTERANCES,
    A,
    D,
    F,
    G,
    at,
    bare,
    report,
    tainted,
)
from lxml import html as lxml_html

from variorum.records import (
    Article,
    Cell,
    Claim,
    Edition,
    Editions,
    Extract,
    Heading,
    PartKind,
    Place,
    Position,
    Row,
    Span,
    Voice,
)
from variorum.render.html import fragment, fragments, render

VOID = "area base br col embed hr img input link meta source track wbr".split()
PAYLOAD = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)>\"' onfocus='alert(3)\u202e{{7*7}}"


def one(edition: Edition) -> Editions:
    return Editions((edition,), (), ())


def parsed(page: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page)


def text_of(page: str, siglum: str) -> str:
    (found,) = parsed(page).xpath(f"//div[@data-report='{siglum}']")
    return str(found.text_content())


PAGES = {
    "rich": EDITIONS,
    "one report": one(bare(A)),
    "no claims": one(bare(A, D, F)),
    "several stories": Editions((EDITION, bare(A, G)), (LONER.id,), (), (LONER,)),
    "no story": Editions((), (LONER.id,), EDITIONS.refused, (LONER,)),
    "hostile": tainted(EDITIONS, PAYLOAD),
    "crowded": one(crowded()),
}


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return render(PAGES[request.param])


def test_every_tag_that_opens_closes(page: str) -> None:
    class Balance(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.stack: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert len({name for name, _ in attrs}) == len(attrs)
            if tag not in VOID:
                self.stack.append(tag)

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            """Nothing stays open."""

        def handle_endtag(self, tag: str) -> None:
            assert self.stack.pop() == tag

    balance = Balance()
    balance.feed(page)
    assert balance.stack == []


def test_no_two_things_share_an_id(page: str) -> None:
    ids = parsed(page).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_link_into_the_page_has_its_place(page: str) -> None:
    tree = parsed(page)
    ids = set(tree.xpath("//@id"))
    targets = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
    assert targets <= ids
    for names in tree.xpath("//@aria-labelledby"):
        assert set(names.split()) <= ids


def test_the_page_asks_nothing_of_any_other_machine(page: str) -> None:
    tree = parsed(page)
    assert not tree.xpath("//link | //img | //iframe | //object | //embed | //video | //audio | //form | //base")
    assert not tree.xpath("//@src | //@srcset | //@action | //@style | //@data")
    assert all(href.startswith(("#", "https://", "http://")) for href in tree.xpath("//@href"))
    css = tree.xpath("//style")[0].text_content()
    assert "url(" not in css and "@import" not in css


def test_only_our_own_script_and_style_are_on_the_page_and_allowed(page: str) -> None:
    tree = parsed(page)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (element,) = tree.xpath(f"//{tag}")
        between = re.search(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert between is not None
        digest = base64.b64encode(hashlib.sha256(between.group(1).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert not element.attrib


def test_nothing_from_an_article_becomes_markup() -> None:
    page = render(PAGES["hostile"])
    tree = parsed(page)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img")
    assert not [name for name in tree.xpath("//@*") if getattr(name, "attrname", "").startswith("on")]
    assert "javascript:" not in " ".join(tree.xpath("//@href"))
    assert "{{7*7}}" in tree.text_content()
    assert len(re.findall(r"(?i)<script", page)) == 1


def test_free_text_outside_a_report_stands_isolated_from_the_direction_of_what_surrounds_it() -> None:
    tree = parsed(render(PAGES["hostile"]))
    for element in tree.xpath("//main//*[not(self::script)][contains(text(), '\u202e')]"):
        around = [element, *element.iterancestors()]
        assert any(
            e.tag in ("bdi", "title", "text") or e.get("dir") == "auto" or e.get("class") == "siglum" for e in around
        ), element.text


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.outlet)
def test_a_report_on_the_page_is_its_text_character_for_character(article: Article) -> None:
    assert text_of(render(EDITIONS), str(article.siglum)) == article.text


def test_odd_white_space_and_line_ends_survive() -> None:
    odd = report(
        "A", "Odd", [("title", "T\r"), ("body", "  two  spaces\tand a tab \r\n\r\n lines "), ("body", "\u2028 end ")]
    )
    assert text_of(render(one(bare(odd))), "A") == odd.text


def test_characters_that_html_cannot_hold_are_replaced_one_for_one() -> None:
    odd = report("A", "Od\ud800d", [("body", "nul \x00 and half a pair \udc00.")])
    page = render(one(bare(odd)))
    page.encode("utf-8")
    assert text_of(page, "A") == "nul \ufffd and half a pair \ufffd."


def test_a_cited_stretch_holds_exactly_its_words() -> None:
    tree = parsed(render(EDITIONS))
    by_siglum = {article.siglum: article for article in ARTICLES}
    seen = 0
    for element in tree.xpath("//div[@data-report]//span[@id]"):
        siglum, start, end = element.get("id").split("-")
        pieces = [element, *tree.xpath(f"//span[@data-of='{element.get('id')}']")]
        assert "".join(p.text_content() for p in pieces) == by_siglum[siglum].text[int(start) : int(end)]
        seen += 1
    assert seen > 30


def test_a_citation_outside_its_report_is_an_error_and_no_page() -> None:
    beyond = Extract(A.id, 5, len(A.text) + 1, "…", (), 1, False)
    with pytest.raises(ValueError, match="cited at"):
        render(one(replace(EDITION, digest=(beyond,))))


def test_the_head_counts_reports_and_voices_but_not_what_was_not_compared() -> None:
    tree = parsed(render(EDITIONS))
    (tally,) = tree.xpath("//p[@class='tally']")
    assert tally.text_content().startswith("8 reports, 4 independent voices")
    assert "1 report in another language: shown as read, not compared" in tree.text_content()


def test_each_claim_stands_in_one_section_only() -> None:
    tree = parsed(render(EDITIONS))
    shown = {
        section: tree.xpath(f"//section[@id='{section}']//li[starts-with(@id, 'claim-')]/@id")
        for section in ("agreed", "disputed", "one-voice")
    }
    assert sorted(chain.from_iterable(shown.values())) == sorted(f"claim-{claim.id}" for claim in CLAIMS)
    assert shown["agreed"] == [f"claim-{CLAIMS[0].id}", f"claim-{CLAIMS[1].id}"]


def test_the_sides_of_a_dispute_stand_together_with_their_words_and_no_verdict() -> None:
    tree = parsed(render(EDITIONS))
    (card,) = tree.xpath("//article[contains(@class, 'conflict')][.//h3[contains(., 'how long the crack is')]]")
    values = [value.text_content() for value in card.xpath(".//p[@class='value']")]
    assert values == ["four metres", "six metres"]
    assert "1 voice, 3 outlets" in card.text_content()
    assert f"#D-{at(D, 'six metres').start}-{at(D, 'six metres').end}" in card.xpath(".//@href")


def test_a_claim_that_two_reports_of_one_voice_carry_is_one_voice_only() -> None:
    tree = parsed(render(EDITIONS))
    (item,) = tree.xpath(f"//li[@id='claim-{CLAIMS[3].id}']")
    assert "1 voice, 2 outlets" in item.text_content()
    assert item.xpath("ancestor::section/@id")[-1] == "one-voice"


def test_a_report_that_breaks_off_says_so_and_its_cells_read_unknown() -> None:
    tree = parsed(render(EDITIONS))
    (remark,) = tree.xpath("//article[@id='report-F']//p[contains(., 'Breaks off')]")
    assert "subscription notice" in remark.text_content()
    cells = [td.text_content().strip() for td in tree.xpath("//section[@id='coverage']//td[@class='s-unknown first']")]
    assert cells and all(cell.startswith("F unknown") for cell in cells)


def test_a_cell_of_the_matrix_leads_to_the_words_it_stands_for() -> None:
    tree = parsed(render(EDITIONS))
    (link,) = tree.xpath(f"//table[contains(@class,'matrix')]//tr[th/a[@href='#claim-{CLAIMS[0].id}']]/td[4]/a")
    assert link.get("aria-label").startswith("D reports it")
    (target,) = tree.xpath(f"//*[@id='{link.get('href')[1:]}']")
    assert target.text_content() == "By evening the water board had begun to lower the reservoir."


def test_headings_go_down_one_level_at_a_time(page: str) -> None:
    levels = [int(heading.tag[1]) for heading in parsed(page).xpath("//h1 | //h2 | //h3 | //h4 | //h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_name_their_rows_and_columns(page: str) -> None:
    tree = parsed(page)
    for table in tree.xpath("//table"):
        assert table.xpath(".//thead//th[@scope]")
    assert not tree.xpath("//th[not(@scope)]")


def test_set_aside_parts_are_labelled_and_kept() -> None:
    tree = parsed(render(EDITIONS))
    (advert,) = tree.xpath("//div[@data-report='B']//div[@data-label='Advert']")
    assert advert.text_content() == "ADVERTISEMENT"


def test_only_web_addresses_become_links() -> None:
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host/x",
        "https:///nowhere",
        "http://[bad",
    ):
        assert not parsed(render(one(bare(replace(A, url=url))))).xpath("//a[not(starts-with(@href, '#'))]")
    (link,) = parsed(render(one(bare(A)))).xpath("//a[not(starts-with(@href, '#'))]")
    assert (link.get("href"), link.get("rel")) == ("https://courier.example/brackwater", "noreferrer noopener")


def test_the_same_edition_gives_the_same_page() -> None:
    assert render(EDITIONS) == render(EDITIONS)


def test_what_could_not_be_read_and_what_stands_alone_is_shown() -> None:
    text = parsed(render(EDITIONS)).text_content()
    assert "A PDF is not read: save its text first." in text
    assert "Cat elected to parish council" in text


def test_a_fragment_is_one_frame_with_the_whole_page_inside() -> None:
    (frame,) = lxml_html.fragments_fromstring(fragment(EDITION))
    assert frame.tag == "iframe"
    assert "allow-same-origin" not in str(frame.get("sandbox"))
    assert frame.get("srcdoc") == render(one(EDITION))
    (frame,) = lxml_html.fragments_fromstring(fragments(EDITIONS))
    assert frame.get("srcdoc") == render(EDITIONS)


def test_a_position_whose_voices_repeat_each_other_shows_one_and_keeps_the_rest() -> None:
    conflict = replace(
        EDITION.conflicts[0],
        positions=(
            Position(
                "four metres",
                tuple(Place(a.id, at(a, "four metres").start, at(a, "four metres").end) for a in ARTICLES[:3]),
            ),
        ),
    )
    tree = parsed(render(one(replace(EDITION, conflicts=(conflict,)))))
    (position,) = tree.xpath("//div[@class='position']")
    assert "2 more of the same voice" in position.text_content()
    assert len(position.xpath(".//p[@class='context']")) == 3


def test_the_stemma_is_drawn_with_a_hollow_node_for_an_agency_and_an_arrow_only_where_directed() -> None:
    tree = parsed(render(EDITIONS))
    boxes = tree.xpath("//figure[@class='stemma']//*[@role='group']")
    assert len(boxes) == len(STEMMA.lineages) - 1  # the report in another language is no voice
    assert len(boxes[0].xpath(".//*[@class='hollow']")) == 1
    assert not boxes[0].xpath(".//*[@marker-end]")
    assert [p.get("class") for p in boxes[1].xpath(".//*[@marker-end]")] == ["line retold"]


def test_an_utterance_of_one_report_is_in_the_collapsed_list() -> None:
    tree = parsed(render(EDITIONS))
    for utterance in UTTERANCES[2:]:
        (item,) = tree.xpath(f"//*[@id='quotation-{utterance.id}']")
        assert item.xpath("ancestor::details/summary[contains(., 'Quoted in one report only')]")


def test_reported_words_of_one_report_stand_in_no_quotation_marks() -> None:
    utterance = UTTERANCES[-1]
    reported = replace(utterance, readings=tuple(replace(r, mode="indirect") for r in utterance.readings))
    tree = parsed(render(one(replace(EDITION, utterances=(*UTTERANCES[:-1], reported)))))
    (item,) = tree.xpath(f"//*[@id='quotation-{utterance.id}']")
    assert not item.xpath(".//q")
    assert item.xpath("ancestor::details/summary[contains(., 'Reported, not quoted')]")


def test_an_agreed_claim_whose_words_are_disputed_names_the_dispute() -> None:
    told = tuple(replace(claim, status="corroborated", lineages=2) for claim in CLAIMS)
    tree = parsed(render(one(replace(EDITION, claims=told))))
    touched = tree.xpath("//section[@id='disputed']//p[contains(@class, 'touches')]//a[starts-with(@href, '#claim-')]")
    assert touched
    for link in touched:
        (dispute,) = link.xpath("ancestor::article/@id")
        (claim,) = tree.xpath(f"//section[@id='agreed']//li[@id='{link.get('href')[1:]}']")
        assert claim.xpath(f".//p[@class='meta']/a[@href='#{dispute}']")


def _crowd(reports: int, claims: int) -> Edition:
    """An edition of many reports that each carry every claim, one to a line."""
    lines: list[tuple[PartKind, str]] = [("body", f"Statement {n} of the day.") for n in range(claims)]
    articles = tuple(report(chr(65 + i), f"Outlet {i}", [("title", f"Title {i}"), *lines]) for i in range(reports))
    edition = bare(*articles)
    spans = [[at(article, words) for _, words in lines] for article in articles]
    made = tuple(
        Claim(
            f"claim{n}", lines[n][1], articles[0].id, spans[0][n].start, spans[0][n].end,
            tuple(Voice(a.id, s[n].start, s[n].end, "states", None) for a, s in zip(articles, spans, strict=True)),
            reports, reports, "corroborated",
        )
        for n in range(claims)
    )  # fmt: skip
    cells = (Cell("reports", 0.5),) * reports
    coverage = replace(edition.coverage, rows=tuple(Row(claim.id, cells) for claim in made))
    return replace(edition, claims=made, coverage=coverage)


def test_twenty_reports_and_sixty_claims_make_a_cell_each() -> None:
    tree = parsed(render(one(_crowd(20, 60))))
    assert len(tree.xpath("//table[contains(@class,'matrix')]/tbody//td/a")) == 20 * 60
    assert len(set(tree.xpath("//figure[@class='stemma']//*[@role='group']//use/@href"))) == 8


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_colour_of_text_stands_out_from_what_is_behind_it_by_light_and_by_dark() -> None:
    css = str(parsed(render(EDITIONS)).xpath("string(//style)"))
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for block in re.findall(r":root \{(.*?)\n *\}", css, re.DOTALL)[:2]
    )
    for palette in (light, {**light, **dark}):
        text = {"ink", "soft", "rubric", "link", *(f"v{n}" for n in range(1, 9))}
        pairs = [(name, behind) for name in text for behind in ("paper", "panel")]
        pairs += [(name, behind) for name in ("ink", "soft", "rubric") for behind in ("lit", "quote-wash")]
        pairs.append(("paper", "rubric"))
        for name, behind in pairs:
            one, other = sorted((_luminance(palette[name]), _luminance(palette[behind])))
            assert (other + 0.05) / (one + 0.05) >= 4.5, (name, palette[name], behind, palette[behind])


def test_a_headline_stands_beside_the_nearest_words_of_its_report() -> None:
    told = CLAIMS[0]
    voice = told.voices[0]
    article = EDITION.article(voice.article)
    title = article.parts[0]
    own = Place(voice.article, voice.start, voice.end)
    heading = Heading(article.id, title.start, title.end, own, told.id, (Span(title.start, title.start + 3),))
    page = lxml_html.fromstring(render(Editions((replace(EDITION, headings=(heading,)),), (), ())))
    (item,) = page.xpath("//section[@id='headlines']//li[p[@class='held']]")
    held = " ".join(item.text_content().split())
    assert " ".join(article.text[own.start : own.end].split()) in held
    assert f"c{EDITION.claims.index(told) + 1}" in held
    assert f"Not among its report’s figures: {article.text[title.start : title.start + 3]}" in held


def test_a_headline_of_one_voice_says_no_more_than_that_nobody_tells_all_of_it() -> None:
    alone = next(c for c in CLAIMS if len({v.article for v in c.voices}) == 1)
    (voice,) = alone.voices
    article = EDITION.article(voice.article)
    title = article.parts[0]
    own = Place(voice.article, voice.start, voice.end)
    heading = Heading(article.id, title.start, title.end, own, alone.id, ())

    def held(*more: Claim) -> str:
        edition = replace(EDITION, headings=(heading,), claims=(*CLAIMS, *more))
        page = lxml_html.fromstring(render(Editions((edition,), (), ())))
        return " ".join(page.xpath("//section[@id='headlines']")[0].text_content().split())

    assert "No sentence of another voice was found to say all of it." in held()
    other = next(c for c in CLAIMS if c.voices[0].article != voice.article).voices[0]
    part = replace(alone, id="part", voices=(replace(voice, end=voice.end - 1), other), status="corroborated")
    assert "Told in part by others" in held(part)
    assert "No sentence of another voice" not in held(part)
