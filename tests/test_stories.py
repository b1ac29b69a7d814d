"""Which reports tell one event."""

import gzip
import importlib.util
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.records import Article, Part, Published, Story
from variorum.stories import gather
from variorum.text import digest

GOLD = Path(__file__).parents[2] / "shared" / "gold"

FERRY = (
    "Ferry runs aground off Sandholm\nThe ferry Astrid ran on to rocks off Sandholm late on Sunday with 140 people "
    "aboard. The Sandholm lifeboat took off the passengers. Captain Ruda Velm said the steering had failed. "
    "The harbour master ordered the Astrid to be towed to Brekka.",
    "All 140 saved as Astrid strikes rocks\nLifeboats rescued 140 people from the ferry Astrid, which struck rocks "
    "near Sandholm on Sunday night. Its steering failed, captain Ruda Velm told reporters in Brekka. A tug will "
    "tow the ferry to Brekka.",
    "Steering blamed for Sandholm grounding\nInvestigators in Brekka are looking at the steering of the Astrid, the "
    "ferry that ran aground off Sandholm. Captain Velm was questioned. All 140 passengers were brought ashore by "
    "the Sandholm lifeboat.",
)
BANK = (
    "Central bank of Orvia raises rates\nThe central bank of Orvia raised its key interest rate to 4.75 percent on "
    "Thursday. Governor Pell Matthis said inflation in Orvia remained too high. Markets in Lundgate fell.",
    "Orvia lifts key rate to 4.75 percent\nInflation forced the hand of Governor Pell Matthis, whose central bank put "
    "its key interest rate at 4.75 percent. Shares in Lundgate fell after the decision on Thursday.",
)
# The same kind of event, other names: the hard case.
OTHER_FERRY = (
    "Ferry Kestrel grounds at Port Ansel\nThe ferry Kestrel ran aground on a sandbank at Port Ansel on Friday with 62 "
    "people aboard. Tugs from Whitmouth pulled it free. Captain Jon Addery said fog had hidden the channel buoys.",
    "Fog grounds the Kestrel\nTugs freed the ferry Kestrel from a sandbank outside Port Ansel, the Whitmouth "
    "coastguard said. Fog had hidden the buoys, said Captain Jon Addery. None of the 62 people aboard was hurt.",
)
# The same bridge, the same wind, and little else in common.
STORM = (
    "Storm closes the Velm bridge\nThe Velm bridge was closed on Monday as a storm reached the coast. Police sent "
    "lorries back, and two trains stood still. Trees fell across the road to Sandholm. A school lost its roof.",
    "Wind shuts the Velm bridge again\nHigh wind shut the bridge to Sandholm. Drivers waited for hours, among them a "
    "choir on its way to a contest in Lundgate and a baker with forty loaves, who sang with them until dark.",
)


def report(text: str, outlet: str, *, language: str | None = "en", published: Published | None = None) -> Article:
    title, _, _ = text.partition("\n")
    parts = (Part(0, len(title), "title"), Part(len(title) + 1, len(text), "body"))
    return Article(
        digest(outlet, text), None, outlet, title, (), None, None, published, language, "0" * 64, text, parts
    )


def reports(*texts: str, at: datetime | None = None) -> list[Article]:
    published = Published(at, "day") if at else None
    return [report(text, f"Outlet {index}", published=published) for index, text in enumerate(texts)]


def told(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(article.id for article in story.articles) for story in stories}


def ids(articles: list[Article]) -> frozenset[str]:
    return frozenset(article.id for article in articles)


def test_two_events_in_one_folder_are_two_stories() -> None:
    ferry, bank = reports(*FERRY), reports(*BANK)
    gathering = gather([*ferry, *bank])
    assert told(gathering.stories) == {ids(ferry), ids(bank)}
    assert gathering.alone == ()


def test_two_look_alike_events_stay_apart() -> None:
    one, other = reports(*FERRY), reports(*OTHER_FERRY)
    assert told(gather([*one, *other]).stories) == {ids(one), ids(other)}


def test_the_largest_story_comes_first() -> None:
    gathering = gather([*reports(*BANK), *reports(*FERRY)])
    assert [len(story.articles) for story in gathering.stories] == [3, 2]


def test_one_article_by_itself_is_a_story_of_one() -> None:
    (article,) = reports(FERRY[0])
    gathering = gather([article])
    assert told(gathering.stories) == {ids([article])}
    assert gathering.alone == ()


def test_of_several_articles_one_that_shares_no_story_is_alone() -> None:
    ferry, (stranger,) = reports(*FERRY), reports(BANK[0])
    gathering = gather([*ferry, stranger])
    assert told(gathering.stories) == {ids(ferry)}
    assert gathering.alone == (stranger.id,)


def test_where_no_two_share_a_story_all_are_alone() -> None:
    articles = reports(FERRY[0], BANK[0], OTHER_FERRY[0])
    gathering = gather(articles)
    assert gathering.stories == ()
    assert set(gathering.alone) == ids(articles)


def test_nothing_in_gives_nothing_out() -> None:
    assert gather([]).stories == ()


def test_an_article_without_a_word_is_alone() -> None:
    empty = Article("e" * 16, None, "Empty", None, (), None, None, None, None, "0" * 64, "", ())
    assert gather([*reports(*FERRY), empty]).alone == (empty.id,)


def test_an_article_given_twice_counts_once() -> None:
    (article,) = reports(FERRY[0])
    assert len(gather([article, article]).stories[0].articles) == 1


def test_adverts_and_teasers_have_no_say_in_what_a_report_tells() -> None:
    ferry = reports(*FERRY[:2])
    teaser = BANK[0] + "\n" + FERRY[0]
    cut = len(BANK[0]) + 1
    parts = (Part(0, cut - 1, "body"), Part(cut, len(teaser), "teaser"))
    page = Article("f" * 16, None, "Page", None, (), None, None, None, "en", "0" * 64, teaser, parts)
    assert gather([*ferry, page]).alone == (page.id,)


def test_an_event_that_comes_round_again_after_years_is_another_event() -> None:
    then, now = datetime(2019, 3, 4, tzinfo=UTC), datetime(2023, 3, 4, tzinfo=UTC)
    first = report(STORM[0], "A", published=Published(then, "day"))
    same_day = report(STORM[1], "B", published=Published(then, "day"))
    years_on = report(STORM[1], "B", published=Published(now, "day"))
    undated = report(STORM[1], "B")
    assert told(gather([first, same_day]).stories) == {ids([first, same_day])}
    assert told(gather([first, undated]).stories) == {ids([first, undated])}
    assert gather([first, years_on]).stories == ()


def test_articles_stand_in_the_order_of_publication_undated_ones_last() -> None:
    noon = datetime(2023, 11, 6, 12, tzinfo=UTC)
    undated = report(FERRY[0], "A")
    late = report(FERRY[1], "B", published=Published(noon + timedelta(hours=3), "minute"))
    early = report(FERRY[2], "C", published=Published(noon, "minute"))
    (story,) = gather([undated, late, early]).stories
    assert [article.outlet for article in story.articles] == ["C", "B", "A"]


def test_a_report_in_another_language_joins_the_story_whose_names_it_has() -> None:
    german = report(
        "Fähre Astrid vor Sandholm auf Grund\nDie Fähre Astrid lief am Sonntag vor Sandholm mit 140 Menschen auf "
        "Felsen. Kapitän Ruda Velm sprach in Brekka von einem Schaden am Ruder.",
        "Der Bote",
        language="de",
    )
    gathering = gather([*reports(*FERRY), *reports(*BANK), german])
    assert german.id in {article.id for article in gathering.stories[0].articles}


def test_a_report_in_another_language_about_something_else_is_alone_even_beside_one_story() -> None:
    german = report(
        "Zentralbank hebt Zinsen\nDie Zentralbank in Lundgate hat den Leitzins auf 4,75 Prozent erhöht.",
        "Der Bote",
        language="de",
    )
    assert gather([*reports(*FERRY), german]).alone == (german.id,)


def test_reports_in_other_languages_make_no_story_among_themselves() -> None:
    text = "Fähre Astrid vor Sandholm auf Grund\nDie Fähre Astrid lief am Sonntag vor Sandholm auf Felsen."
    pair = [report(text, "Der Bote", language="de"), report(text, "Das Blatt", language="de")]
    assert set(gather(pair).alone) == ids(pair)


@settings(max_examples=20, deadline=None)
@given(st.permutations([*reports(*FERRY), *reports(*BANK), *reports(*OTHER_FERRY)]))
def test_the_order_in_which_articles_are_given_changes_nothing(given_so: list[Article]) -> None:
    assert gather(given_so) == gather([*reports(*FERRY), *reports(*BANK), *reports(*OTHER_FERRY)])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([*FERRY, *BANK, *OTHER_FERRY]), max_size=7, unique=True))
def test_every_article_is_in_one_story_or_alone_never_both(texts: list[str]) -> None:
    articles = reports(*texts)
    gathering = gather(articles)
    held = [article.id for story in gathering.stories for article in story.articles]
    assert sorted([*held, *gathering.alone]) == sorted(ids(articles))


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="the gold data is not part of the project")
def test_the_floors_of_the_eval_hold_on_basil_and_newswcl50() -> None:
    spec = importlib.util.spec_from_file_location("evals_stories", Path(__file__).parents[1] / "evals" / "stories.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its own module up
    spec.loader.exec_module(module)
    for name in ("basil", "newswcl50"):
        told = module.read(GOLD, name)
        assert module.measure(told, module.streamed(told, "dates")[0]).f1 >= module.FLOORS[name]


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="the gold data is not part of the project")
def test_five_real_reports_of_one_event_are_one_story_among_others() -> None:
    folder = GOLD.parent / "stories" / "el-salvador"
    if not folder.exists():
        pytest.skip("the five reports are not part of the project")
    five = [report(path.read_text("utf-8"), path.stem) for path in sorted(folder.glob("*.txt"))]
    with gzip.open(GOLD / "newswcl50" / "articles.jsonl.gz", "rt") as rows:
        others = [report(row["text"], row["id"]) for row in map(json.loads, rows)]
    assert ids(five) in told(gather([*others[::3], *five]).stories)
