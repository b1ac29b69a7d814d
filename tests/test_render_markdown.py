"""The edition for a wiki: the same findings, and no article can smuggle markup into the page."""

import re
from dataclasses import replace

import pytest
from edition_fixture import EDITIONS, bare, report, tainted
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from variorum.records import Editions
from variorum.render.markdown import render
from variorum.render.markdown_text import escaped, link
from variorum.render.screen_text import on_one_line

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
PAGE = render(EDITIONS)


def _tokens(page: str) -> list[Token]:
    return [inner for token in READER.parse(page) for inner in (token, *(token.children or ()))]


PLAIN_KINDS = [token.type for token in _tokens(render(tainted(EDITIONS, " x ")))]


def _text(page: str) -> str:
    """What a reader sees."""
    shown = (token.content for token in _tokens(page) if token.type in ("text", "code_inline", "text_special"))
    return "".join(shown)


def test_the_findings_stand_under_headings() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    assert headings == [
        *("In brief", "Agreed", "Disputed", "Quotations", "Who goes back to whom", "Told by one voice only"),
        *("Who carries what", "Who is heard", "What they call it", "Timeline", "Reports"),
        *("In no shared story", "Could not be read"),
    ]
    assert PAGE.startswith("# Reservoir lowered after crack found in Brackwater dam\n")
    assert "**8 reports, 4 independent voices.** 1 report in another language: not compared." in PAGE


def test_a_changed_word_is_struck_and_its_replacement_bold() -> None:
    assert "[D](#reports) altered: “We ~~will~~ **would** take the water down by six metres" in PAGE
    assert "we will not ~~hurry~~ **rush**” (so 1 voice, otherwise" in PAGE


def test_letters_lead_to_the_list_of_reports_and_copies_share_a_link() -> None:
    assert "[A+B+C](#reports) [D+E](#reports) [F](#reports) (3 voices, 6 outlets)" in PAGE
    assert "| **A** | Tarn Valley Courier | [Reservoir lowered after crack found in Brackwater dam](<https://" in PAGE


def test_the_coverage_matrix_is_a_table_with_a_cell_a_report() -> None:
    table = PAGE.split("## Who carries what")[1].split("###")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")]
    assert rows[0] == "|  | A | B | C | D | E | F | G |"
    assert {row.count("|") for row in rows} == {9}
    assert "| against | against | against | against | against | ? | yes |" in table


def test_a_dispute_shows_its_positions_in_their_words() -> None:
    assert "**Figures differ:** how long the crack is" in PAGE
    assert "| **four metres** | [A+B+C](#reports) (1 voice, 3 outlets) | The crack, **four metres** long" in PAGE


def test_several_stories_have_their_own_lists_of_reports() -> None:
    one = report("A", "Courier", [("title", "Dam holds"), ("body", "The dam holds.")])
    page = render(Editions((*EDITIONS.editions, bare(one)), (), ()))
    assert "listed [below](#reports-1)" in page
    assert page.count("\n## Reports\n") == 2


def test_without_findings_nothing_is_claimed() -> None:
    one = report("A", "Courier", [("body", "The dam holds.")])
    page = render(Editions((bare(one),), (), ()))
    assert "That is no proof that there are none." in page
    assert "No statement is told by two independent voices." in page
    assert render(Editions((), (), ())).startswith("# No story")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](http://e.example/x.png)",
    "<http://e.example>",
    "| a | b |",
    "`code` **bold** __bold__ _it_ ~~gone~~",
    "\n\n# heading\n\n- item\n\n> quote\n\n```\ncode\n```\n\n    code",
    "[A]: http://e.example",
    "&lt;b&gt; &amp; &#60;",
    "\\",
    "\\[x\\](y)",
    "{{template}} $$x$$ [[page]] ^[note] ==marked==",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_article_text_becomes_no_markup(payload: str) -> None:
    page = render(tainted(EDITIONS, f" {payload} "))
    kinds = [token.type for token in _tokens(page)]
    for kind in set(kinds) - {"text", "text_special", "html_inline"}:
        assert kinds.count(kind) == PLAIN_KINDS.count(kind), kind
    assert not [token for token in _tokens(page) if token.type == "html_inline" and token.content != "<!-- -->"]
    links = {token.attrs["href"] for token in _tokens(page) if token.type == "link_open"}
    assert links == {"#reports"}, "the fixture's addresses are all hostile here"
    assert on_one_line(payload) in on_one_line(_text(page))


@given(st.text(min_size=1))
def test_escaped_text_reads_as_it_stood(text: str) -> None:
    line = on_one_line(text)
    tokens = READER.parse(f"- x {escaped(text)} x")
    inline = next(token for token in tokens if token.type == "inline")
    shown = "".join(child.content for child in inline.children or () if child.type != "html_inline")
    assert " ".join(shown.split()) == " ".join(f"x {line} x".split())


@given(st.text(min_size=1, alphabet="#+-*1.)>=~_`[]!|<& \\ax:"))
def test_escaped_text_begins_no_block(text: str) -> None:
    inner = [token.type for token in READER.parse(f"- {escaped(text)}")]
    assert set(inner) <= {
        *("bullet_list_open", "list_item_open", "paragraph_open", "inline"),
        *("paragraph_close", "list_item_close", "bullet_list_close"),
    }


@pytest.mark.parametrize(
    "text", ["see https://e.example/x", "www.e.example", "WWW.e.example", "mail a@b.example", "ping @desk"]
)
def test_bare_addresses_and_mentions_are_broken(text: str) -> None:
    made = escaped(text)
    assert not re.search(r"[^\\]://", made)
    assert "www." not in made.casefold()
    assert not re.search(r"@\w", made)


def test_a_time_of_day_stays_readable() -> None:
    assert escaped("at 10:30, he said: yes") == "at 10:30, he said: yes"


def test_an_address_cannot_leave_its_link() -> None:
    assert link("x", "https://e.example/a>b|c d\\e\n(f)") == "[x](<https://e.example/a%3Eb%7Cc%20d%5Ce%0A(f)>)"


def test_a_refused_path_is_shown_and_escaped() -> None:
    refused = replace(EDITIONS.refused[0], path="a|b_*c*.txt")
    assert r"- a\|b\_\*c\*.txt: A PDF" in render(replace(EDITIONS, refused=(refused,)))
