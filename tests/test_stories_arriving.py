"""Articles placed as they arrive: what joins, what stays apart, and what keeps its id."""

import pickle
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from reports import report

from variorum.config import Stories
from variorum.errors import FormatError
from variorum.records import Article, Change
from variorum.stories import Gatherer, Sketch, sketch
from variorum.stories.linkage import sorted_out
from variorum.stories.naming import opened_by

# A ferry that ran aground; the days are those of its reports.
ASTRID = (
    "The ferry Astrid ran on to rocks off Sandholm late on Sunday with 140 people aboard. The Sandholm lifeboat took "
    "off the passengers. Captain Ruda Velm said the steering had failed. The Astrid is to be towed to Brekka.",
    "Lifeboats rescued 140 people from the ferry Astrid, which struck rocks near Sandholm on Sunday night. Its "
    "steering failed, captain Ruda Velm told reporters in Brekka. A tug will tow the ferry to Brekka.",
    "Investigators in Brekka are looking at the steering of the Astrid, the ferry that ran aground off Sandholm. "
    "Captain Velm was questioned. All 140 passengers were brought ashore by the Sandholm lifeboat.",
)
# Another ferry, other names, other figures.
KESTREL = (
    "The ferry Kestrel ran aground on a sandbank at Port Ansel on Friday with 62 people aboard. Tugs from Whitmouth "
    "pulled it free. Captain Jon Addery said fog had hidden the channel buoys.",
    "Tugs freed the ferry Kestrel from a sandbank outside Port Ansel, the Whitmouth coastguard said. Fog had hidden "
    "the buoys, said Captain Jon Addery. None of the 62 people aboard was hurt.",
)
BANK = (
    "The central bank of Orvia raised its key interest rate to 4.75 percent on Thursday. Governor Pell Matthis said "
    "inflation in Orvia remained too high. Markets in Lundgate fell.",
    "Inflation in Orvia forced the hand of Governor Pell Matthis, whose central bank put its key interest rate at 4.75 "
    "percent. Shares in Lundgate fell after the decision on Thursday.",
)
GERMAN = (
    "Die Fähre Astrid lief am Sonntag vor Sandholm mit 140 Menschen auf Felsen. Kapitän Ruda Velm sprach in Brekka von "
    "einem Schaden am Ruder."
)
DAY = 738000


def told(texts: Iterable[str], *, published: str | None = None, of: str = "Outlet") -> list[Sketch]:
    return [sketch(report(text, f"{of} {index}", published=published)) for index, text in enumerate(texts)]


def stream(
    gatherer: Gatherer, sketches: Iterable[Sketch], *, arrived: int = DAY, settled_every: int = 0
) -> dict[str, str]:
    """The story of each article, as whoever applies every change has it."""
    found: dict[str, str] = {}
    for number, one in enumerate(sketches, 1):
        apply(found, gatherer.place(one, arrived=arrived).changes)
        if settled_every and number % settled_every == 0:
            apply(found, gatherer.settle())
    apply(found, gatherer.settle())
    return found


def apply(found: dict[str, str], changes: Sequence[Change]) -> None:
    for change in changes:
        found.update(dict.fromkeys(change.articles, change.story))
        if change.kind == "merged":
            found.update({id: change.story for id, story in found.items() if story == change.other})


def parts(found: dict[str, str]) -> set[frozenset[str]]:
    by_story: dict[str, set[str]] = {}
    for id, story in found.items():
        by_story.setdefault(story, set()).add(id)
    return {frozenset(ids) for ids in by_story.values()}


def ids(sketches: Iterable[Sketch]) -> frozenset[str]:
    return frozenset(one.article for one in sketches)


def test_the_first_report_opens_a_story_and_the_second_joins_it() -> None:
    gatherer = Gatherer()
    first, second, _ = told(ASTRID)
    opened, joined = gatherer.place(first, arrived=DAY), gatherer.place(second, arrived=DAY)
    assert opened.changes == (Change("opened", opened_by(first.article), None, (first.article,)),)
    assert joined.changes == (Change("joined", opened.story, None, (second.article,)),)


def test_two_look_alike_groundings_stay_apart() -> None:
    astrid, kestrel = told(ASTRID), told(KESTREL)
    assert parts(stream(Gatherer(), [*astrid, *kestrel])) == {ids(astrid), ids(kestrel)}


def test_an_article_placed_twice_is_placed_once() -> None:
    gatherer = Gatherer()
    (first, *_) = told(ASTRID)
    story = gatherer.place(first, arrived=DAY).story
    again = gatherer.place(first, arrived=DAY + 90)
    assert (again.story, again.changes) == (story, ())


def test_a_follow_up_within_days_joins_and_the_same_words_years_on_do_not() -> None:
    first = told(ASTRID[:1], published="2023-11-06")
    soon, late = told(ASTRID[1:2], published="2023-11-08"), told(ASTRID[1:2], published="2024-11-08")
    assert len(parts(stream(Gatherer(), [*first, *soon]))) == 1
    assert len(parts(stream(Gatherer(), [*first, *late]))) == 2


def test_what_shares_no_event_stays_alone() -> None:
    sketches = told([ASTRID[0], BANK[0], KESTREL[0]])
    assert len(parts(stream(Gatherer(), sketches))) == 3


def test_an_article_without_a_word_is_alone_and_no_two_of_them_are_one() -> None:
    assert len(parts(stream(Gatherer(), told(["", "", "of the"])))) == 3


def test_one_shared_figure_makes_no_story() -> None:
    hats = "The hatter Orla Finch of Lundgate sold 816 hats in May, more than ever before, and wants to open a shop."
    rain = "Gauges on the hills above Whitmouth ran over after the storm, and 816 houses were cut off until morning."
    sketches = told([hats, rain])
    assert len(parts(stream(Gatherer(), sketches))) == 2


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([0, 1, 2]))
def test_the_order_in_which_articles_arrive_hardly_matters(draw: random.Random, settled_every: int) -> None:
    groups = told(ASTRID), told(KESTREL), told(BANK)
    sketches = [one for group in groups for one in group]
    draw.shuffle(sketches)
    assert parts(stream(Gatherer(), sketches, settled_every=settled_every)) == {ids(group) for group in groups}


def test_the_same_stream_gives_the_same_ids_twice() -> None:
    sketches = [*told(ASTRID), *told(BANK)]
    assert stream(Gatherer(), sketches) == stream(Gatherer(), sketches)


def test_changes_applied_in_turn_say_what_the_gatherer_holds() -> None:
    gatherer = Gatherer()
    found = stream(gatherer, [*told(ASTRID), *told(KESTREL), *told(BANK)], settled_every=2)
    assert {frozenset(held) for held in gatherer.stories().values()} == parts(found)


# Stories put back as they were decided wrongly, so that sorting anew has something to mend.


def put_back(gatherer: Gatherer, stories: dict[str, list[Sketch]], last: Sketch) -> tuple[Change, ...]:
    for story, sketches in stories.items():
        for one in sketches:
            gatherer.restore(one, story, arrived=DAY)
    return (*gatherer.place(last, arrived=DAY).changes, *gatherer.settle())


def test_two_stories_of_one_event_are_merged_and_the_larger_keeps_its_id() -> None:
    one, two, three = told(ASTRID)
    (reprint,) = told(ASTRID[:1], of="Reprint")
    gatherer = Gatherer()
    changes = put_back(gatherer, {"many": [one, two], "few": [three]}, reprint)
    assert Change("merged", "many", "few", (three.article,)) in changes
    assert gatherer.stories() == {"many": tuple(sorted(ids([one, two, three, reprint])))}


def test_a_story_of_two_events_is_split_and_the_larger_part_keeps_the_id() -> None:
    astrid, bank = told(ASTRID), told(BANK)
    gatherer = Gatherer()
    changes = put_back(gatherer, {"mixed": [*astrid[:2], *bank]}, astrid[2])
    (split,) = [change for change in changes if change.kind == "split"]
    assert (split.other, split.articles) == ("mixed", tuple(sorted(ids(bank))))
    assert gatherer.stories()["mixed"] == tuple(sorted(ids(astrid)))


def test_an_article_in_the_wrong_story_moves_to_the_right_one() -> None:
    astrid, bank = told(ASTRID), told(BANK)
    gatherer = Gatherer()
    changes = put_back(gatherer, {"ferry": astrid[:2], "bank": [*bank, astrid[2]]}, told(ASTRID[:1], of="Reprint")[0])
    assert Change("joined", "ferry", "bank", (astrid[2].article,)) in changes
    assert gatherer.stories()["bank"] == tuple(sorted(ids(bank)))


def test_an_id_taken_is_not_given_again() -> None:
    astrid, bank = told(ASTRID), told(BANK)
    gatherer = Gatherer()
    first = put_back(gatherer, {"mixed": [*astrid[:2], *bank]}, astrid[2])
    (split,) = [change for change in first if change.kind == "split"]
    assert split.story not in {"mixed", *(opened_by(one.article) for one in (*astrid, *bank))}


# Memory and restarts


class Shelf:
    """What an archive keeps: every sketch under its day, with the story it is in."""

    def __init__(self) -> None:
        self.sketches: dict[str, tuple[int, Sketch]] = {}
        self.found: dict[str, str] = {}
        self.asked: list[int] = []

    def place(self, gatherer: Gatherer, sketches: Iterable[Sketch], *, arrived: int = DAY) -> None:
        for one in sketches:
            self.sketches[one.article] = (-arrived if one.day is None else one.day, one)
            apply(self.found, gatherer.place(one, arrived=arrived).changes)
        apply(self.found, gatherer.settle())

    def recall(self, day: int) -> Iterable[tuple[Sketch, str]]:
        self.asked.append(day)
        return [
            (one, self.found[id]) for id, (filed, one) in self.sketches.items() if filed == day and id in self.found
        ]


def test_going_on_after_a_restart_gives_what_going_on_without_one_gives() -> None:
    before = [*told(ASTRID[:2]), *told(KESTREL), *told(BANK[:1])]
    after = [*told(ASTRID[2:], of="Late"), *told(BANK[1:], of="Late")]
    unbroken, broken = Shelf(), Shelf()
    gatherer = Gatherer()
    unbroken.place(gatherer, before)
    unbroken.place(gatherer, after)
    broken.place(Gatherer(), before)
    broken.place(Gatherer(recall=broken.recall), after)
    assert broken.found == unbroken.found


def test_a_crawl_of_an_old_year_after_a_new_one_finds_the_stories_of_the_old_year() -> None:
    shelf = Shelf()
    gatherer = Gatherer(settings=replace(Stories(), held_articles=1), recall=shelf.recall)
    old, late = told(ASTRID[:2], published="2019-03-04"), told(ASTRID[2:], published="2019-03-05", of="Late")
    new = told(BANK, published="2024-06-01")
    for some in (old, new, late):
        shelf.place(gatherer, some)
    assert parts(shelf.found) == {ids([*old, *late]), ids(new)}


def test_a_day_is_asked_for_once_while_it_is_held() -> None:
    shelf = Shelf()
    gatherer = Gatherer(recall=shelf.recall)
    shelf.place(gatherer, [*told(ASTRID, published="2019-03-04"), *told(BANK, published="2019-03-05")])
    assert len(shelf.asked) == len(set(shelf.asked))


def test_only_the_weeks_used_last_are_held() -> None:
    gatherer = Gatherer(settings=replace(Stories(), held_articles=1))
    for week in range(30):
        for one in told([f"{text} {week * 7919}" for text in (*ASTRID, *BANK)], of=f"Week {week}"):
            gatherer.place(one, arrived=DAY + 7 * week)
        gatherer.settle()
    assert gatherer.articles_held <= 3 * 5


def test_no_word_proposes_more_articles_than_it_may() -> None:
    gatherer = Gatherer(settings=replace(Stories(), most_posted=5))
    for one in told([f"{ASTRID[0]} {number}" for number in range(40)]):
        gatherer.place(one, arrived=DAY)
    assert gatherer.longest_posted == 5


# Vectors


def test_a_vector_is_asked_only_where_words_leave_it_open() -> None:
    asked: list[str] = []

    def encode(text: str) -> NDArray[np.float32]:
        asked.append(text)
        return np.full(4, 0.5, np.float32)

    stream(Gatherer(encode=encode), [*told(ASTRID[:1]), *told(ASTRID[:1], of="Reprint"), *told(BANK[:1])])
    assert asked == []


@pytest.mark.parametrize("alike", [True, False])
def test_where_words_leave_it_open_the_leads_decide(alike: bool) -> None:
    first = "The Velm bridge was closed on Monday as a storm reached the coast. Police sent lorries back to Sandholm."
    second = "A storm shut the Velm bridge. A choir on its way to Sandholm waited beside a baker with forty loaves."
    words = Stories()
    one, other = told([first, second])
    # The cut is laid through their likeness, so that words leave it open.
    likeness = _likeness(one, other, words)
    made = {one.lead: np.array([1, 0], np.float32), other.lead: np.array([1, 0] if alike else [0, 1], np.float32)}
    gatherer = Gatherer(
        settings=replace(words, alike=likeness, side_by_side=0.01, linked=0.01), encode=made.__getitem__
    )
    assert (len(parts(stream(gatherer, [one, other]))) == 1) is alike


def _likeness(one: Sketch, other: Sketch, words: Stories) -> float:
    from variorum.stories.held import held, likenesses

    both = [held(sketch, DAY, settings=words) for sketch in (one, other)]
    return float(likenesses(both, settings=words)[0, 1])


def test_vectors_stop_where_their_share_is_used_up() -> None:
    settings_ = replace(Stories(), vector_share=0.0)
    gatherer = Gatherer(settings=settings_, encode=lambda _: np.full(4, 0.5, np.float32))
    stream(gatherer, [*told(ASTRID), *told(KESTREL)])
    assert gatherer.vectors_asked == 0


# Contrast


def test_two_groups_far_more_alike_within_than_between_are_two_events() -> None:
    alike = np.full((6, 6), 0.3)
    alike[:3, :3] = alike[3:, 3:] = 0.6
    np.fill_diagonal(alike, 0)
    apart = sorted_out(alike, 0.2, 0.8, settings=Stories())
    assert apart == ((0, 1, 2), (3, 4, 5))
    assert sorted_out(alike, 0.2, 0.0, settings=Stories()) == (tuple(range(6)),)


def test_two_reprints_are_no_event_of_their_own() -> None:
    alike = np.full((4, 4), 0.45)
    alike[:2, :2] = 1.0
    np.fill_diagonal(alike, 0)
    assert sorted_out(alike, 0.2, 0.8, settings=Stories()) == ((0, 1, 2, 3),)


# Other languages


def test_a_report_in_another_language_joins_also_when_it_came_before_the_english_ones() -> None:
    german = sketch(report(GERMAN, "Der Bote", language="de"))
    astrid = told(ASTRID)
    assert parts(stream(Gatherer(), [german, *astrid])) == {ids([german, *astrid])}
    assert parts(stream(Gatherer(), [*astrid, german])) == {ids([german, *astrid])}


# Sketches


def test_a_sketch_comes_back_from_its_bytes_and_through_pickle() -> None:
    one = sketch(report(ASTRID[0], published="2023-11-06"))
    assert Sketch.from_bytes(one.to_bytes()) == one
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301


def test_a_sketch_of_a_long_article_stays_below_four_kilobytes() -> None:
    words = " ".join(f"Word{number} {number}" for number in range(5000))
    assert len(sketch(report(words)).to_bytes()) < 4096


def test_of_a_report_dated_to_the_month_no_day_is_known() -> None:
    dated = report(ASTRID[0], published="2023-11-06")
    assert dated.published is not None
    monthly: Article = replace(dated, published=replace(dated.published, precision="month"))
    assert (sketch(dated).day, sketch(monthly).day) == (738830, None)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_sketch_are_refused(rubbish: bytes) -> None:
    with pytest.raises(FormatError, match="stored sketch"):
        Sketch.from_bytes(rubbish)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_sketch_with_one_byte_altered_is_refused(at: int, by: int) -> None:
    stored = bytearray(sketch(report(ASTRID[0])).to_bytes())
    stored[at % len(stored)] ^= by
    with pytest.raises(FormatError, match="stored sketch"):
        Sketch.from_bytes(bytes(stored))


def test_a_sketch_cut_short_is_refused() -> None:
    with pytest.raises(FormatError, match="check sum"):
        Sketch.from_bytes(sketch(report(ASTRID[0])).to_bytes()[:-1])


@given(st.text(max_size=300))
def test_any_text_has_a_sketch_that_comes_back(text: str) -> None:
    one = sketch(report(text))
    assert Sketch.from_bytes(one.to_bytes()) == one
