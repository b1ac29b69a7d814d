"""Articles gathered all at once: blocks, pairs, components, stories; nothing of it hangs on order."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import report

from variorum.config import Stories
from variorum.stories import (
    Posted,
    Sketch,
    all_meetings,
    components,
    connected,
    gather,
    gathered,
    holds,
    meetings,
    posted,
    sketch,
    sorted_component,
)
from variorum.stories.at_once import alike_pairs
from variorum.stories.linkage import sorted_further, sorted_out

OURS = Stories()
SYLLABLES = ("ba", "ker", "lo", "ni", "sta", "mor", "vel", "dri", "un", "ash", "ti", "gor", "pel", "eth", "ru", "sand")
COMMON = "the harbour police said that on morning after people from road house had been found by of a and two".split()
ASTRID = (
    "The ferry Astrid ran on to rocks off Sandholm late on Sunday with 140 people aboard. The Sandholm lifeboat took "
    "off the passengers. Captain Ruda Velm said the steering had failed. The Astrid is to be towed to Brekka.",
    "Lifeboats rescued 140 people from the ferry Astrid, which struck rocks near Sandholm on Sunday night. Its "
    "steering failed, captain Ruda Velm told reporters in Brekka. A tug will tow the ferry to Brekka.",
    "Investigators in Brekka are looking at the steering of the Astrid, the ferry that ran aground off Sandholm. "
    "Captain Velm was questioned. All 140 passengers were brought ashore by the Sandholm lifeboat.",
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


def told(texts: Iterable[str], *, published: str | None = None, of: str = "Outlet") -> list[Sketch]:
    return [sketch(report(text, f"{of} {index}", published=published)) for index, text in enumerate(texts)]


def words_of(number: int) -> tuple[list[str], list[str]]:
    """Words and names of an invented event."""
    draw = random.Random(number)
    own = ["".join(draw.choices(SYLLABLES, k=3)) for _ in range(36)]
    return own, ["".join(draw.choices(SYLLABLES, k=3)).capitalize() for _ in range(8)]


def event(number: int, count: int, *, days: Sequence[str | None] = ("2024-05-06",)) -> list[Sketch]:
    """Reports of an invented event, each of which has half of its words, and many of its own."""
    draw = random.Random(number)
    own, names = words_of(number)
    found = []
    for turn in range(count):
        words = [*draw.sample(own, 18), *draw.sample(names, 5), *strange(draw, 12)]
        found.append(sketch(report(written(draw, words), f"{number} {turn}", published=days[turn % len(days)])))
    return found


def review(one: int, other: int) -> Sketch:
    """A report that looks back on two events and tells much else."""
    draw = random.Random(one * 1000 + other)
    words = [word for number in (one, other) for word in (*words_of(number)[0][:9], *words_of(number)[1][:2])]
    return sketch(report(written(draw, [*words, *strange(draw, 30)]), "Review", published="2024-05-06"))


def strange(draw: random.Random, count: int) -> list[str]:
    return ["".join(draw.choices(SYLLABLES, k=4)) for _ in range(count)]


def written(draw: random.Random, words: Sequence[str]) -> str:
    every = [*words, *draw.choices(COMMON, k=40)]
    return " ".join(draw.sample(every, len(every)))


def ids(sketches: Iterable[Sketch]) -> tuple[str, ...]:
    return tuple(sorted(one.article for one in sketches))


def together(sketches: Sequence[Sketch], settings: Stories = OURS) -> list[tuple[str, ...]]:
    """What is gathered of two reports and more."""
    return [story for story in gathered(sketches, settings=settings) if len(story) > 1]


def in_block(sketches: Iterable[Sketch], settings: Stories = OURS) -> list[bytes]:
    return [posted(one, settings=settings).slip for one in sketches]


# Blocks


def test_an_article_is_posted_alike_every_time_and_to_no_block_twice() -> None:
    (one,) = told(ASTRID[:1], published="2024-05-06")
    first, again = posted(one, settings=OURS), posted(Sketch.from_bytes(one.to_bytes()), settings=OURS)
    assert first.slip == again.slip
    assert first.blocks.tolist() == again.blocks.tolist() and first.ranks.tolist() == again.ranks.tolist()
    assert first.blocks.dtype == first.ranks.dtype == np.uint64
    assert (
        len(set(first.blocks.tolist()))
        == len(first.blocks)
        == 2 * OURS.block_words + OURS.timeless_words + 2 * OURS.shared_words
    )


def test_a_slip_of_a_long_article_stays_below_three_hundred_bytes() -> None:
    (long,) = told([" ".join(f"Word{number} {number}" for number in range(5000))])
    assert len(posted(long, settings=OURS).slip) < 300


def test_an_article_without_a_word_is_looked_for_nowhere() -> None:
    assert len(posted(sketch(report("", "Empty")), settings=OURS).blocks) == 0


def meet(one: Posted, other: Posted) -> bool:
    return not set(one.blocks.tolist()).isdisjoint(other.blocks.tolist())


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 3_000_000), st.integers(0, 40))
def test_articles_of_one_span_of_days_and_of_neighbouring_ones_meet_and_no_others(day: int, later: int) -> None:
    (text,) = told(ASTRID[:1])
    # Without the blocks over all time, in which everything dated stands as well.
    spans = replace(OURS, timeless_words=0)
    one, other = (posted(replace(text, day=at), settings=spans) for at in (day, day + later))
    assert meet(one, other) is ((day + later) // OURS.window_days - day // OURS.window_days <= 1)


def test_what_gives_no_day_meets_what_gives_any() -> None:
    (text,) = told(ASTRID[:1])
    undated = posted(text, settings=OURS)
    assert all(meet(undated, posted(replace(text, day=day), settings=OURS)) for day in (1, 700_000, 738_000))


def test_the_least_ranks_of_two_blocks_are_of_different_articles() -> None:
    sketches = [replace(told(ASTRID[:1])[0], article=f"{number:016x}") for number in range(400)]
    ranked = [posted(one, settings=OURS) for one in sketches]
    kept = [
        {ranked[at].article for at in np.argsort([one.ranks[block] for one in ranked])[: OURS.most_posted]}
        for block in range(OURS.block_words)
    ]
    assert len(set.union(*kept)) > 300


# Meetings


def test_two_reports_of_one_event_are_found_alike_and_two_of_different_events_are_not() -> None:
    astrid, bank = told(ASTRID), told(BANK)
    pairs = {pair[:2] for pair in meetings(in_block([*astrid, *bank]), settings=OURS)}
    assert pairs == {(a, b) for group in (ids(astrid), ids(bank)) for a in group for b in group if a < b}


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_slips_changes_no_pair(draw: random.Random) -> None:
    slips = in_block([*event(1, 12), *event(2, 9, days=("2024-05-06", None)), *told(BANK)])
    shuffled = draw.sample(slips, len(slips))
    assert meetings(shuffled, settings=OURS) == meetings(slips, settings=OURS) != []


def test_blocks_compared_together_give_what_they_give_one_by_one() -> None:
    sketches = [*event(3, 30), *event(4, 20, days=(None, "2024-05-01")), *told(ASTRID)]
    sketches += [replace(one, article=one.article + "de", language="de") for one in event(3, 30)[:6]]
    draw = random.Random(5)
    blocks = [in_block(draw.sample(sketches, draw.randint(1, 48))) for _ in range(60)]
    each = {pair for slips in blocks for pair in meetings(slips, settings=OURS)}
    assert all_meetings(blocks, settings=OURS) == sorted(each)


def test_a_pair_is_as_alike_whoever_else_is_in_the_block() -> None:
    astrid = told(ASTRID, published="2024-05-06")
    alone = meetings(in_block(astrid[:2]), settings=OURS)
    assert alone[0] in meetings(in_block([*astrid, *event(1, 5), *event(2, 9)]), settings=OURS)


def test_days_between_two_reports_make_them_less_alike() -> None:
    one, other = told(ASTRID[:2])
    of_a_day, of_a_week = (
        meetings(in_block([replace(one, day=738_000), replace(other, day=738_000 + later)]), settings=OURS)[0][2]
        for later in (0, 6)
    )
    assert of_a_week < 0.5 * of_a_day


def test_no_article_has_more_than_its_best_pairs_and_those_of_which_it_is_one() -> None:
    slips = in_block(event(6, 40))
    few, all_ = (meetings(slips, settings=replace(OURS, most_compared=most)) for most in (2, 40))
    assert len(all_) == 40 * 39 / 2
    best: dict[str, list[float]] = {}
    for a, b, alike in all_:
        best.setdefault(a, []).append(alike)
        best.setdefault(b, []).append(alike)
    second = {id: sorted(alike)[-2] for id, alike in best.items()}
    assert set(few) == {(a, b, alike) for a, b, alike in all_ if alike >= min(second[a], second[b])}


def test_two_reports_in_other_languages_are_not_compared() -> None:
    pair = [replace(one, language="de") for one in told(ASTRID[:2])]
    assert meetings(in_block(pair), settings=OURS) == []


def test_in_a_full_block_over_all_time_only_what_is_much_alike_is_one() -> None:
    pair = event(7, 2, days=(None,))
    strangers = [one for number in range(100, 146) for one in event(number, 1, days=(None,))]
    wanted = ids(pair)
    ((*_, alike),) = meetings(in_block(pair), settings=OURS)
    hard, easy = (replace(OURS, timeless_alike=least) for least in (alike + 0.01, alike - 0.01))
    full = in_block([*pair, *strangers])
    assert len(full) == OURS.most_posted
    assert wanted in {found[:2] for found in meetings(full, settings=easy)}
    assert wanted not in {found[:2] for found in meetings(full, settings=hard)}
    assert wanted in {found[:2] for found in meetings(full[:-1], settings=hard)}


# The ladder


def chain(*alike: float) -> list[tuple[str, str, float]]:
    return [(f"a{at}", f"a{at + 1}", likeness) for at, likeness in enumerate(alike)]


def test_a_component_is_named_by_its_least_article() -> None:
    assert components([("b", "c", 0.5), ("a", "c", 0.4), ("x", "y", 0.3)], connected, settings=OURS) == {
        "a": "a",
        "b": "a",
        "c": "a",
        "x": "x",
        "y": "x",
    }
    assert components([], connected, settings=OURS) == {}


def test_a_component_too_large_is_taken_apart_where_it_is_least_alike() -> None:
    pairs = chain(0.4, 0.4, 0.1, 0.4, 0.4)
    whole = components(pairs, connected, settings=replace(OURS, rungs=(0.06, 0.2), largest_component=6))
    apart = components(pairs, connected, settings=replace(OURS, rungs=(0.06, 0.2), largest_component=5))
    assert set(whole.values()) == {"a0"}
    assert apart == {"a0": "a0", "a1": "a0", "a2": "a0", "a3": "a3", "a4": "a3", "a5": "a3"}


def test_an_article_keeps_its_best_pair_on_every_rung() -> None:
    pairs = [*chain(0.4, 0.4, 0.1, 0.4, 0.4), ("a0", "edge", 0.08), ("a5", "edge", 0.07)]
    found = components(pairs, connected, settings=replace(OURS, rungs=(0.06, 0.2), largest_component=5))
    assert found["edge"] == "a0" and Counter(found.values()) == {"a0": 4, "a3": 3}
    assert holds(("a", "b", 0.1), 0.3, 0.1, 0.9) and not holds(("a", "b", 0.1), 0.3, 0.2, 0.9)


def test_what_is_too_large_on_the_last_rung_stays_whole() -> None:
    pairs = chain(*[0.9] * 20)
    assert set(components(pairs, connected, settings=replace(OURS, largest_component=5)).values()) == {"a0"}


@settings(max_examples=30, deadline=None)
@given(st.permutations([*chain(0.4, 0.12, 0.1, 0.3, 0.12), ("a0", "z", 0.1), ("a2", "z", 0.1)]))
def test_the_order_of_pairs_changes_no_component(pairs: list[tuple[str, str, float]]) -> None:
    tight = replace(OURS, largest_component=3)
    assert components(pairs, connected, settings=tight) == components(sorted(pairs), connected, settings=tight)


# Stories of a component


def test_a_component_of_two_events_is_two_stories_in_any_order() -> None:
    astrid, bank = told(ASTRID), told(BANK)
    found = sorted_component([*astrid, *bank], settings=OURS)
    assert found == tuple(sorted((ids(astrid), ids(bank))))
    assert found == sorted_component([*bank[::-1], *astrid[::-1]], settings=OURS)


def test_a_report_in_another_language_is_put_beside_the_story_whose_names_it_has() -> None:
    astrid, bank = told(ASTRID), told(BANK)
    german = sketch(report(GERMAN, "Der Bote", language="de"))
    assert ids([*astrid, german]) in sorted_component([german, *astrid, *bank], settings=OURS)
    assert (german.article,) in sorted_component([german, *bank], settings=OURS)


def test_a_story_larger_than_what_is_sorted_at_a_time_is_put_together_again() -> None:
    small = replace(OURS, most_at_once=10)
    one, other = event(8, 35), event(9, 25)
    assert sorted_component([*one, *other], settings=small) == tuple(sorted((ids(one), ids(other))))


def test_groups_sorted_further_are_kept_apart_by_contrast_as_they_were() -> None:
    inside = np.full((3, 3), 0.6)
    np.fill_diagonal(inside, 0)
    between = np.array([[0, 0.3], [0.3, 0]])
    assert sorted_further(between, [inside, inside], 0.2, 0.8, settings=OURS) == ((0,), (1,))
    assert sorted_further(between, [inside, inside], 0.2, 0.4, settings=OURS) == ((0, 1),)
    assert sorted_further(between, [inside, np.zeros((1, 1))], 0.2, 0.8, settings=OURS) == ((0, 1),)


def test_reprints_of_two_agencies_are_one_story_where_one_report_of_each_is() -> None:
    two = np.array([[0, 0.3], [0.3, 0]])
    many = np.full((8, 8), 0.3)
    many[:4, :4] = many[4:, 4:] = 0.95
    np.fill_diagonal(many, 0)
    assert sorted_out(two, 0.2, 0.8, settings=OURS) == ((0, 1),)
    assert sorted_out(many, 0.2, 0.8, settings=OURS) == (tuple(range(8)),)


# All of it


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_in_which_articles_are_given_changes_nothing(draw: random.Random) -> None:
    sketches = [*event(1, 12), *event(2, 7, days=("2024-05-06", None)), *told(ASTRID), *told(BANK)]
    shuffled = draw.sample(sketches, len(sketches))
    assert gathered(shuffled, settings=OURS) == gathered(sketches, settings=OURS)


def test_every_article_is_in_one_story() -> None:
    sketches = [*event(1, 12), *told(ASTRID), *told(BANK), sketch(report("", "Empty"))]
    found = [id for story in gathered(sketches, settings=OURS) for id in story]
    assert sorted(found) == list(ids(sketches))


def test_a_story_of_three_hundred_reports_hangs_together() -> None:
    large, small = event(10, 300, days=("2024-05-06", "2024-05-07", "2024-05-08")), event(11, 5)
    assert together([*large, *small]) == sorted([ids(large), ids(small)])


def test_a_story_of_a_thousand_reports_and_one_of_a_thousand_reprints_hang_together() -> None:
    large, (text,) = event(50, 1000, days=("2024-05-06", "2024-05-07")), event(51, 1)
    reprints = [replace(text, article=f"{number:016x}") for number in range(1000)]
    assert together([*large, *reprints]) == sorted([ids(large), ids(reprints)])


def test_rows_cut_to_their_least_ranks_beforehand_give_the_same_pairs() -> None:
    few = replace(OURS, most_posted=6)
    by_block: dict[int, list[tuple[int, bytes]]] = {}
    for one in event(12, 40):
        where = posted(one, settings=few)
        for block, rank in zip(where.blocks.tolist(), where.ranks.tolist(), strict=True):
            by_block.setdefault(block, []).append((rank, where.slip))
    for ranked in by_block.values():
        halves = [sorted(ranked[start::2])[: few.most_posted] for start in (0, 1)]
        cut, whole = (sorted(rows)[: few.most_posted] for rows in ([*halves[0], *halves[1]], ranked))
        assert cut == whole


def test_an_archive_that_hangs_together_as_a_whole_comes_apart_into_its_stories() -> None:
    numbers = range(20, 26)
    events = [event(number, 8) for number in numbers]
    reviews = [review(one, other) for one, other in pairwise(numbers)]
    everything = [*reviews, *(one for some in events for one in some)]
    tight = replace(OURS, largest_component=16)
    links = alike_pairs(everything, settings=OURS)
    assert len(set(components(links, connected, settings=OURS).values())) == 1
    assert len(set(components(links, connected, settings=tight).values())) > 1
    looking_back = set(ids(reviews))
    told_of = [tuple(id for id in story if id not in looking_back) for story in together(everything, tight)]
    assert sorted(story for story in told_of if story) == sorted(ids(some) for some in events)


def test_two_look_alike_events_a_month_apart_stay_apart() -> None:
    may, june = event(13, 6, days=("2024-05-06",)), event(13, 6, days=("2024-06-08",))
    june = [replace(one, article=one.article + "-june") for one in june]
    assert together([*may, *june]) == sorted([ids(may), ids(june)])


def test_what_gives_no_day_joins_the_story_it_tells() -> None:
    astrid, bank = told(ASTRID[:2], published="2024-05-06"), told(BANK)
    undated = told(ASTRID[2:], of="Undated")
    assert together([*astrid, *undated, *bank]) == sorted([ids([*astrid, *undated]), ids(bank)])


def test_what_gives_no_day_brings_no_two_years_together() -> None:
    texts = event(14, 9, days=(None,))
    then, now = ([replace(one, day=day) for one in some] for day, some in ((737_000, texts[:4]), (738_000, texts[4:8])))
    found = together([*then, *now, texts[8]])
    assert len(found) == 2
    assert {ids(then), ids(now)} == {tuple(id for id in story if id != texts[8].article) for story in found}


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(7)))
def test_a_folder_given_in_another_order_is_the_same_folder(order: list[int]) -> None:
    articles = [report(text, f"Outlet {at}") for at, text in enumerate((*ASTRID, *BANK))]
    articles += [report(GERMAN, "Der Bote", language="de"), report(BANK[0], "Dated", published="2024-05-06")]
    assert gather([articles[at] for at in order]) == gather(articles)


@pytest.mark.parametrize("language", ["en", "de"])
def test_one_article_alone_is_in_no_pair(language: str) -> None:
    (one,) = [replace(one, language=language) for one in told(ASTRID[:1])]
    assert meetings(in_block([one]), settings=OURS) == []
    assert gathered([one], settings=OURS) == ((one.article,),)
