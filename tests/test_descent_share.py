"""The passages that articles of a collection share."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.config import Descent
from variorum.descent import share
from variorum.records import Article, Part, Shared
from variorum.text import digest

HERD = (
    "A herd of forty goats was brought down from the Calder ridge on Sunday after three days in the snow. "
    "Shepherd Ines Marrow had followed their bells until the batteries of her lamp gave out near the old toll house."
)
ROAD = (
    "The county closed the ridge road at noon and posted a ranger at either end, who turned back eleven cars and a "
    "wedding party. Ploughs from Sallow Bridge had cut a lane as far as the second hairpin by nightfall."
)
SPEECH = (
    "We counted them at the gate, we counted them again at the barn, and there was not one goat fewer than we left with"
)


def article(*paragraphs: str, outlet: str = "Gazette", title: str = "") -> Article:
    text = "\n\n".join([*([title] if title else []), *paragraphs])
    start = len(title) + 2 if title else 0
    parts = (*([Part(0, len(title), "title")] if title else []), Part(start, len(text), "body"))
    id = digest(outlet, text)
    return Article(id, None, outlet, title or None, (), None, None, None, "en", "0" * 64, text, parts)


def shared(*articles: Article, **changed: int) -> Shared:
    (one,) = share(articles, settings=replace(Descent(), **changed))
    return one


def kinds(one: Shared) -> list[str]:
    return [passage.kind for passage in one.passages]


def both(one: Shared, *articles: Article) -> list[tuple[str, str]]:
    texts = {article.id: article.text for article in articles}
    return [(passage.a.of(texts[one.a]), passage.b.of(texts[one.b])) for passage in one.passages]


# What is found


def test_a_passage_is_given_with_its_place_in_both_articles() -> None:
    one, other = article("Snow fell all week.", HERD), article(HERD, "The goats are well.", outlet="Herald")
    found = shared(one, other)
    assert both(found, one, other) == [(HERD[:-1], HERD[:-1])]
    assert (found.passages[0].likeness, found.words) == (1.0, len(HERD.split()))


@pytest.mark.parametrize(
    ("printed", "changed"),
    [
        ("Shepherd Ines Marrow had", "Shepherd Ines Rosalind Marrow, 44, had"),
        ("near the old toll house", "near the toll house"),
        ("forty goats", "40 goats"),
        ("three days in the snow", "four days in the snow"),
    ],
)
def test_a_small_edit_does_not_break_a_passage(printed: str, changed: str) -> None:
    one, other = article(HERD), article(HERD.replace(printed, changed), outlet="Herald")
    assert len(shared(one, other).passages) == 1


def test_british_and_american_spelling_are_the_same_words() -> None:
    one = article(f"{HERD} Her neighbours had organised a search of the grey moor beyond the theatre in Calder centre.")
    other = article(
        one.text.replace("neighbours", "neighbors").replace("organised", "organized").replace("grey", "gray")
    )
    assert shared(one, other).passages[0].likeness == 1.0


def test_paragraphs_that_change_places_are_found_in_both_places() -> None:
    one, other = article(HERD, ROAD), article(ROAD, HERD, outlet="Herald")
    assert sorted(a for a, _ in both(shared(one, other), one, other)) == sorted([HERD[:-1], ROAD[:-1]])


def test_sentences_merged_into_one_are_one_passage() -> None:
    merged = HERD.replace("in the snow. Shepherd", "in the snow, and shepherd")
    one, other = article(HERD), article(merged, outlet="Herald")
    assert len(shared(one, other).passages) == 1


# What does not count


@pytest.mark.parametrize(("opening", "closing"), ["““", '""', "“”", "''", "«»"])
def test_words_in_quotation_marks_are_shown_and_do_not_count(opening: str, closing: str) -> None:
    one = article(f"{opening}{SPEECH},{closing} said Marrow, who keeps the goats of five families.")
    other = article(f"Asked about the count, Marrow answered: {opening}{SPEECH}.{closing}", outlet="Herald")
    found = shared(one, other)
    assert (kinds(found), found.words) == (["quotation"], 0)


def test_words_that_one_article_quotes_are_speech_in_the_other_too() -> None:
    one = article(f"“{SPEECH},” said Marrow.")
    other = article(f"According to Marrow, {SPEECH[0].lower()}{SPEECH[1:]}.", outlet="Herald")
    assert shared(one, other).words == 0


def test_what_stands_around_a_quotation_counts_without_it() -> None:
    text = f"{HERD} “{SPEECH},” she told the ranger. {ROAD}"
    one, other = article(text), article(text, outlet="Herald")
    found = shared(one, other)
    assert kinds(found) == ["verbatim", "quotation", "verbatim"]
    assert not any(SPEECH[:20] in a for passage, (a, _) in zip(found.passages, both(found, one, other), strict=True)
                   if passage.kind == "verbatim")  # fmt: skip


def test_a_post_with_its_signature_is_nobodys_reporting() -> None:
    post = "The snow on Calder ridge is the deepest since the winter of 1987 and the goats of Sallow are still up there"
    signed = f"{post} — Sallow Rescue (@sallowrescue) January 12, 2031"
    one, other = article(HERD, signed), article(ROAD, signed, outlet="Herald")
    assert shared(one, other).words == 0


def test_a_statement_printed_without_marks_does_not_count() -> None:
    one, other = article(HERD, f"{SPEECH}."), article(ROAD, f"{SPEECH}.", outlet="Herald")
    assert kinds(shared(one, other)) == ["statement"]


def test_a_phrase_of_plain_words_does_not_count() -> None:
    phrase = "He did not immediately respond to a request for comment on Monday, and it was not clear when he would."
    assert not list(share([article(HERD, phrase), article(ROAD, phrase, outlet="Herald")]))


NOTICE = (
    "The Sallow Courier is edited by volunteers in the former dairy of Calder Bridge, prints every second Friday on "
    "recycled linen paper, and delivers by bicycle to subscribers between the weir and the quarry hamlet of Thrupp."
)
SUBJECTS = (
    "Beekeepers lost half their hives to a fungus that thrives in wet cellars and attacks the larvae first.",
    "Referee Tamsin Holt abandoned the derby when fog hid both goals and the captain of the visitors fell asleep.",
    "Astronomers measured a comet whose tail points at the sun, which no textbook allows and no lens explains.",
    "Bakers raised the price of rye after millers struck over the hours that the new turbine keeps them waiting.",
    "Divers recovered the cannon of a frigate that sank with its cargo of cinnamon under the cliff at Morwen.",
)


def test_what_articles_on_many_subjects_have_is_learnt_to_be_boilerplate() -> None:
    notices = [article(*[text] * 4, NOTICE, outlet=f"Courier {at}") for at, text in enumerate(SUBJECTS)]
    assert {passage.kind for one in share(notices) for passage in one.passages} == {"common"}
    assert all(one.words for one in share([article(HERD, NOTICE), article(HERD[:90], NOTICE, outlet="Herald")]))


def test_what_many_reports_of_one_subject_have_is_no_boilerplate() -> None:
    reprints = [
        article(HERD, ROAD, f"{place} sent blankets.", outlet=place) for place in "Ash Birch Cole Dale Elm".split()
    ]
    found = list(share(reprints))
    assert len(found) == 10
    assert all(kinds(one)[0] == "verbatim" for one in found)


# Whatever the size


def many(count: int, seed: int = 1) -> list[Article]:
    """Articles of three sentences out of sixty, so that some share one and a few share all."""
    draw = Random(seed)
    nouns = "harbour lantern quarrel orchard ferry tunnel pigeon cellar anchor ribbon walnut copper".split()
    verbs = "repaired borrowed painted counted carried measured".split()
    made = [
        f"The {draw.choice(nouns)} {draw.choice(verbs)} by {draw.choice(nouns)} keepers near {name} "
        f"outlasted {number} winters of {draw.choice(nouns)} trading under warden {name}son."
        for number, name in enumerate(
            f"{a}{b}ford" for a in ("Bram", "Cold", "Dun", "Esk", "Fen") for b in "abcdefghijkl"
        )
    ]
    return [article(*draw.sample(made, 3), outlet=f"Paper {number}") for number in range(count)]


@pytest.fixture(scope="module")
def whole() -> list[Shared]:
    return list(share(many(120)))


def test_every_pair_with_a_passage_is_found_without_comparing_all() -> None:
    articles = many(30)
    each = {(found.a, found.b) for pair in combinations(articles, 2) for found in share(pair)}
    # One at a time they cannot know what is common, so nothing is to be learnt here either.
    pairs = {(one.a, one.b) for one in share(articles, settings=replace(Descent(), common_subjects=1000))}
    assert len(pairs) > 25
    assert pairs == each


def test_the_order_of_the_articles_changes_nothing(whole: list[Shared]) -> None:
    articles = many(120)
    Random(2).shuffle(articles)
    assert list(share(articles)) == whole


def test_an_article_given_twice_counts_once(whole: list[Shared]) -> None:
    assert list(share([*many(120), *many(120)[:40]])) == whole


def test_two_processes_and_little_memory_find_the_same(whole: list[Shared]) -> None:
    assert list(share(many(120), settings=replace(Descent(), processes=2, memory_mib=0))) == whole


def test_the_disk_serves_where_memory_does_not_suffice(whole: list[Shared]) -> None:
    assert list(share(many(120), settings=replace(Descent(), memory_mib=0))) == whole


def test_a_run_that_all_have_does_not_join_all() -> None:
    reprints = [article(HERD, ROAD, outlet=f"Paper {number}") for number in range(60)]
    found = list(share(reprints, settings=replace(Descent(), all_pairs_articles=0, key_articles=16, key_partners=4)))
    assert len(found) <= 60 * 4
    joined = {one.a for one in found} | {one.b for one in found}
    assert len(joined) == 60


def test_in_a_small_collection_every_pair_that_shares_is_found() -> None:
    reprints = [article(HERD, ROAD, outlet=f"Paper {number}") for number in range(60)]
    assert len(list(share(reprints))) == 60 * 59 // 2


def test_nothing_comes_of_nothing() -> None:
    assert not list(share([]))
    assert not list(share([article("Snow.")]))
    assert not list(share([article("Snow."), article("Snow.", outlet="Herald")]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*HERD.split(), *ROAD.split(), "“", "”", "\n"]), max_size=120), st.randoms())
def test_passages_are_disjoint_and_hold_what_they_say(words: list[str], random: Random) -> None:
    other = list(words)
    for _ in range(3):
        if other:
            other.insert(random.randrange(len(other)), other.pop(random.randrange(len(other))))
    articles = {one.id: one for one in (article(" ".join(words)), article(" ".join(other), outlet="Herald"))}
    for found in share(articles.values()):
        for side, owner in (("a", articles[found.a]), ("b", articles[found.b])):
            spans = [getattr(passage, side) for passage in found.passages]
            assert not any(one.overlaps(two) for one, two in combinations(spans, 2))
            assert all(span.of(owner.text).strip() == span.of(owner.text) for span in spans)
        assert all(0 < passage.likeness <= 1 and passage.words > 0 for passage in found.passages)
        assert found.words == sum(passage.words for passage in found.borrowed)
