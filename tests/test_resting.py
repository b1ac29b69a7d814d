"""Which finding rests on given words."""

from variorum.edition.resting import resting_on, telling_places
from variorum.records import Finding, Place


def claim(id: str, *spans: tuple[str, int, int]) -> Finding:
    return Finding("claim", id, tuple(Place(*span) for span in spans), "", id)


def test_the_finding_that_shares_most_of_the_words_is_meant() -> None:
    found = [claim("near", ("a", 0, 12)), claim("most", ("b", 0, 50), ("a", 8, 30)), claim("other", ("b", 8, 30))]
    assert resting_on(found, Place("a", 10, 30)) is found[1]


def test_of_findings_that_share_all_the_words_the_one_on_the_shortest_stretch_is_meant_then_the_first() -> None:
    found = [claim("long", ("a", 0, 90)), claim("same", ("a", 10, 30)), claim("again", ("a", 10, 30))]
    assert resting_on(found, Place("a", 10, 30)) is found[1]


def test_words_that_only_touch_a_finding_or_stand_in_another_report_have_none() -> None:
    found = [claim("before", ("a", 0, 10)), claim("after", ("a", 30, 40)), claim("other", ("b", 10, 30))]
    assert resting_on(found, Place("a", 10, 30)) is None
    assert resting_on(found, Place("a", 5, 5)) is None


def test_a_finding_is_linked_to_by_words_no_other_rests_on_where_it_has_any() -> None:
    one, shared, other = Place("a", 0, 9), Place("b", 0, 9), Place("c", 0, 9)
    assert telling_places([[shared, one], [shared, other, other], [shared]]) == (one, other, shared)
