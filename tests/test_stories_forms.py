"""Words by number, as the words of a text are found and folded."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from variorum.stories.forms import CAPITAL, FIGURE, SHORT, forms
from variorum.text import words


@given(st.text(alphabet=st.sampled_from("aBé1.,-'’ \n“”?!_—"), max_size=60))
def test_the_words_are_those_of_the_text_module(text: str) -> None:
    found, wanted = forms(text), words(text)
    assert len(found.keys) == len(wanted)
    by_key = {word.key: int(key) for word, key in zip(wanted, found.keys, strict=True)}
    assert [by_key[word.key] for word in wanted] == found.keys.tolist()


@given(st.text(alphabet=st.sampled_from("aB1.,- \n“?!—"), max_size=60))
def test_a_word_opens_where_a_mark_or_a_line_s_end_stands_between_it_and_the_one_before(text: str) -> None:
    found, wanted = forms(text), words(text)
    between = [text[one.end : other.start] for one, other in pairwise(wanted)]
    assert found.opens.tolist() == [bool(wanted)][: len(wanted)] + [bool(set(".?!“\n") & set(one)) for one in between]


def test_a_hyphen_divides_and_a_capital_and_a_figure_are_seen() -> None:
    found = forms("The mega-jail holds 14,500 in Tecoluca a year")
    assert found.kinds.tolist() == [CAPITAL, 0, 0, 0, FIGURE, 0, CAPITAL, SHORT, 0]
