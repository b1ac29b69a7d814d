"""What was changed between two texts of a report: every change a stretch of either text, and nothing else changed."""

from hypothesis import given
from hypothesis import strategies as st

from variorum.render.revised import changed

OLD = "Keeper puts out his lamp\n\nThe lamp went out on Friday. Nobody was hurt.\n\nThe board met.\n"


def shown(old: str, new: str) -> list[tuple[str, str]]:
    return [(old[step.old.start : step.old.end], new[step.new.start : step.new.end]) for step in changed(old, new)]


def test_a_text_that_was_not_changed_has_no_changes() -> None:
    assert changed(OLD, OLD) == ()


def test_one_word_is_one_change() -> None:
    assert shown(OLD, OLD.replace("Friday", "Saturday")) == [("Friday", "Saturday")]


def test_a_mark_counts_as_much_as_a_word() -> None:
    assert shown(OLD, OLD.replace("hurt.", "hurt!")) == [(".", "!")]


def test_a_paragraph_that_came_or_went_is_named_whole() -> None:
    assert shown(OLD, OLD.replace("The board met.\n", "")) == [("The board met.", "")]
    assert shown(OLD.replace("The board met.\n", ""), OLD) == [("", "The board met.")]


def test_a_paragraph_written_anew_is_not_cut_into_chance_words() -> None:
    new = OLD.replace("The board met.", "Engineers from two towns will run it now with a computer.")
    assert shown(OLD, new) == [("The board met.", "Engineers from two towns will run it now with a computer.")]


@given(st.lists(st.sampled_from("a b c . \n “x” 1,000".split(" ")), max_size=30),
       st.lists(st.sampled_from("a b c . \n “x” 1,000".split(" ")), max_size=30))  # fmt: skip
def test_what_stands_between_the_changes_is_the_same_but_for_white_space(one: list[str], other: list[str]) -> None:
    old, new = " ".join(one), " ".join(other)
    at_old = at_new = 0
    for step in (*changed(old, new), None):
        end_old, end_new = (step.old.start, step.new.start) if step else (len(old), len(new))
        assert old[at_old:end_old].split() == new[at_new:end_new].split()
        if step:
            at_old, at_new = step.old.end, step.new.end
