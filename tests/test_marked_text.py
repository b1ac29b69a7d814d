"""A marked text keeps every character, however the cited stretches lie across each other."""

from edition_fixture import report
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from variorum.render.apparatus import Back, Cited
from variorum.render.marked_text import in_context, marked

TEXT = "One two three.\nFour five <six>.\n\n  Seven & eight\t.\n"


def cited(start: int, end: int) -> Cited:
    return Cited(start, end, f"A-{start}-{end}", ("claim",), (Back("#c", "c1", "claim 1"),))


spans = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: (min(pair), max(pair))),
    max_size=8,
    unique=True,
)


@given(spans)
def test_the_text_survives_and_every_stretch_can_be_put_together_again(chosen: list[tuple[int, int]]) -> None:
    article = report("A", "O", [("title", TEXT.split("\n")[0]), ("body", TEXT.split("\n", 1)[1])])
    text = article.text
    shifted = [(min(start, len(text)), min(end, len(text))) for start, end in chosen]
    html = marked(article, [cited(start, end) for start, end in dict.fromkeys(shifted)])
    tree = lxml_html.fromstring(f"<div>{html}</div>")
    assert tree.xpath("string()") == text
    spans = list(tree.iter("span"))
    for start, end in shifted:
        assert len([span for span in spans if span.get("id") == f"A-{start}-{end}"]) == 1
        pieces = [span for span in spans if f"A-{start}-{end}" in (span.get("id"), span.get("data-of"))]
        letters = "".join(str(piece.xpath("string()")) for piece in pieces)
        assert "".join(letters.split()) == "".join(text[start:end].split())


def test_a_stretch_over_two_paragraphs_has_one_id_and_names_it_in_its_second_piece() -> None:
    article = report("A", "O", [("body", "One two."), ("body", "Three four.")])
    html = str(marked(article, [cited(4, 15)]))
    assert html.count('id="A-4-15"') == 1
    assert html.count('data-of="A-4-15"') == 1
    assert html.index("data-short") > html.index("data-of")


def test_context_is_the_sentence_and_not_the_paragraph() -> None:
    text = "Before it. The crack is four metres long. After it.\nNext line."
    start = text.index("four")
    assert in_context(text, start, start + 11) == ("The crack is ", "four metres", " long.")


def test_a_spaced_ellipsis_does_not_end_a_sentence() -> None:
    text = "He took in “people . . . from any country”, she said. More."
    start = text.index("people")
    assert in_context(text, start, start + 6) == ("He took in “", "people", " . . . from any country”, she said.")


def test_context_of_a_whole_sentence_is_nothing() -> None:
    text = "Before it. The crack is long. After it."
    start = text.index("The crack")
    assert in_context(text, start, start + len("The crack is long.")) == ("", "The crack is long.", "")


def test_long_context_is_cut_at_a_word_and_says_so() -> None:
    text = "word " * 80 + "HERE" + " word" * 80
    start = text.index("HERE")
    before, _, after = in_context(text, start, start + 4)
    assert before.startswith("… word") and after.endswith("word …")
    assert len(before) < 150 and len(after) < 150
