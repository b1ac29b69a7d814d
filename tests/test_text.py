"""Words, spelling, sentences, marks and alignment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.records import Span
from variorum.text import align, digest, fold, lines, rarity, reverses, sentences, stretches, trimmed, words

MARKS = st.text(alphabet="ab. ,\n“”‘’\"'`«»", max_size=120)


def quoted(text: str) -> list[str]:
    return [stretch.span.of(text) for stretch in stretches(text, lines(text))]


def test_two_printings_of_a_word_fold_to_one() -> None:
    for one, other in (("Colour", "color"), ("U.S.", "US"), ("organise", "organize"), ("40,000", "40000"),
                       ("don’t", "don't"), ("café", "cafe"), ("two", "2"), ("centre", "Center"),
                       ("enquiry", "inquiry"), ("travelled", "traveled")):  # fmt: skip
        assert fold(one) == fold(other), (one, other)


def test_two_words_do_not_fold_to_one() -> None:
    for one, other in (("will", "would"), ("four", "for"), ("hour", "hor"), ("resident", "residents"), ("our", "or")):
        assert fold(one) != fold(other), (one, other)


@given(st.text(max_size=200))
def test_every_word_stands_where_it_says(text: str) -> None:
    for word in words(text):
        assert fold(text[word.start : word.end]) == word.key


def test_a_name_is_rarer_than_a_function_word() -> None:
    assert rarity("the") < 0.5 < rarity("minister") < rarity("stennick")


@given(st.lists(st.sampled_from("abcd"), max_size=20), st.lists(st.sampled_from("abcd"), max_size=20))
def test_an_alignment_covers_both_sequences_in_order(a: list[str], b: list[str]) -> None:
    a_at = b_at = 0
    for block in align(a, b):
        assert (block.a_start, block.b_start) == (a_at, b_at)
        if block.kind == "equal":
            assert a[block.a_start : block.a_end] == b[block.b_start : block.b_end]
        a_at, b_at = block.a_end, block.b_end
    assert (a_at, b_at) == (len(a), len(b))


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=20))
def test_a_text_aligned_with_itself_is_one_equal_block(a: list[str]) -> None:
    assert [block.kind for block in align(a, a)] == ["equal"]


def test_sentences_survive_real_punctuation() -> None:
    text = (
        "Mr. Orr met the U.S. envoy at 9 a.m. on Friday. “We will pay. We will not wait,” he said. "
        "It rained . . . and rained.The ferry left. “Why now?” Ms Lund asked."
    )
    assert [span.of(text) for span in sentences(text)] == [
        "Mr. Orr met the U.S. envoy at 9 a.m. on Friday.",
        "“We will pay.",
        "We will not wait,” he said.",
        "It rained . . . and rained.",
        "The ferry left.",
        "“Why now?” Ms Lund asked.",
    ]


@given(st.text(alphabet='aB. !?"”’ \tU.S', max_size=80))
def test_sentences_hold_every_letter_of_their_line(text: str) -> None:
    held = "".join(span.of(text) for span in sentences(text))
    assert [char for char in held if not char.isspace()] == [char for char in text if not char.isspace()]


def test_marks_of_every_kind_are_read() -> None:
    assert quoted("“We go,’’ he said.") == ["We go,"]
    assert quoted("``We go,'' he said.") == ["We go,"]
    assert quoted('He said: "We go.”') == ["We go."]
    assert quoted("« We go » he said.") == ["We go"]
    assert quoted("‘We don’t go,’ he said.") == ["We don’t go,"]


def test_a_mark_never_closed_ends_with_its_paragraph() -> None:
    text = "He said: “We go at dawn.\nThe boats left at noon."
    (stretch,) = stretches(text, lines(text))
    assert (stretch.span.of(text), stretch.closed) == ("We go at dawn.", False)


def test_a_quotation_over_two_paragraphs_goes_on() -> None:
    text = "“We go at dawn.\n“We come back at night,” she said."
    first, second = stretches(text, lines(text))
    assert not first.closed and second.continues


def test_words_before_a_lone_closing_mark_go_back_to_the_cue() -> None:
    assert quoted('She gave thanks, saying, No port has done this." The crew left.') == ["No port has done this."]


def test_apostrophes_are_no_quotation_marks() -> None:
    assert quoted("The ’90s crews’ boats weren’t the town’s.") == []


@given(MARKS)
@settings(max_examples=300)
def test_a_stretch_never_leaves_its_paragraph(text: str) -> None:
    paragraphs = lines(text)
    for stretch in stretches(text, paragraphs):
        assert any(paragraph.holds(stretch.span) for paragraph in paragraphs)


@given(MARKS, MARKS, st.sampled_from("“”\"'‘’"))
def test_a_broken_mark_spoils_only_its_paragraph_and_its_continuation(before: str, after: str, mark: str) -> None:
    sound = f"{before}\n\nShe said “yes” and left.\n\nNobody spoke.\n\n{after}"
    broken = sound.replace("“yes”", f"“yes{mark}", 1)
    tail = sound.index("Nobody spoke.")
    shift = len(broken) - len(sound)
    kept = [s.span for s in stretches(sound, lines(sound)) if s.span.start >= tail]
    moved = [s.span for s in stretches(broken, lines(broken)) if s.span.start >= tail + shift]
    assert [(s.start + shift, s.end + shift) for s in kept] == [(s.start, s.end) for s in moved]


def test_a_line_is_trimmed_of_white_space() -> None:
    assert lines(" a \n\n  b c") == (Span(1, 2), Span(7, 10))
    assert trimmed("  ab ", 0, 5) == Span(2, 4)
    assert trimmed("   ", 0, 3) == Span(0, 0)


def test_a_digest_tells_its_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_a_page_of_nothing_but_marks_holds_no_stretch_and_one_word_among_them_is_one() -> None:
    for marks in ('"' * 20_000, "“”" * 10_000):
        assert stretches(marks, [Span(0, len(marks))]) == ()
        text = marks + "“tide”" + marks
        assert "tide" in [stretch.span.of(text) for stretch in stretches(text, [Span(0, len(text))])]


def turned(one: str, other: str) -> bool:
    keys = [[word.key for word in words(text)] for text in (one, other)]
    assert reverses(*keys) == reverses(*reversed(keys))
    return reverses(*keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We have no reason to believe it", "We have every reason to believe it"),
        ("All of the boats came back", "None of the boats came back"),
        ("We will never sell the mill", "We will always sell the mill"),
        ("He left without his coat", "He left with his coat"),
        ("Neither of them knew", "Both of them knew"),
        ("The ferry can't sail today", "The ferry can sail today"),
        ("There's no evidence of a leak", "There is evidence of a leak"),
        ("Nobody was told of it", "Everybody was told of it"),
        ("The lease is legal here", "The lease is illegal here"),
        ("More than 80 came to the pier", "Less than 80 came to the pier"),
        ("I am for the tunnel", "I am against the tunnel"),
    ],
)
def test_words_of_yes_and_no_and_of_quantity_turn_the_sense(one: str, other: str) -> None:
    assert turned(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I do not think it will open", "I think it will not open"),
        ("No fewer than six came", "At least six came"),
        ("No, we will open", "We will open"),
        ("Not only the pier but the mole", "The pier but the mole"),
        ("He did not answer us", "He refused to answer us"),
        ("He was not able to go", "He was unable to go"),
        ("It opens on Monday, not Tuesday", "It opens on Monday"),
        ("Guests both with or without a ticket", "Guests with a ticket"),
        ("Pier No. 5 is shut", "Pier number 5 is shut"),
        ("We all knew it", "We each knew it"),
        ("The school will not immediately reopen", "The school will reopen"),
        ("They did not survive the night", "They died in the night"),
    ],
)
def test_a_no_that_denies_nothing_else_leaves_the_sense(one: str, other: str) -> None:
    assert not turned(one, other)
