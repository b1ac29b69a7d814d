"""Every line of a report is named for what it is, and reporting is never set aside for a word in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.ingest.cut import cut
from variorum.ingest.parts import label

LEDE = "The keeper of the Skarn lighthouse put out his lamp for the last time on Friday evening."
SECOND = "The harbour board said that from Monday the lamp on the reef would be run from an office on the mainland."
THIRD = '"I have counted nine thousand ships," said Odd Brenner, who is 71, "and only two of them ever waved to me."'


def kinds(*lines: str, between: str = "\n\n") -> list[str]:
    text = between.join(lines)
    return [part.kind for part in label(text)]


def test_a_report_from_title_to_signature() -> None:
    assert kinds("Last keeper leaves Skarn", "By Ana Torvald", "Published 3 May 2031", LEDE, SECOND, "(dpa)") == [
        "title", "credit", "credit", "body", "body", "credit",
    ]  # fmt: skip


def test_a_text_that_begins_with_prose_has_no_title() -> None:
    assert kinds(LEDE, SECOND, THIRD) == ["body"] * 3


@pytest.mark.parametrize(
    "title",
    [
        "Last keeper leaves Skarn",
        "Who will mind the lamp at Skarn?",
        "Keeper: ‘Only two of them ever waved’",
        "Harbour board to close the U.S.",
        "Watch: keeper puts out his lamp",
        "The Last Keeper of the Skarn Lighthouse Puts Out His Lamp.",
    ],
)
def test_a_title_may_end_as_titles_do(title: str) -> None:
    assert kinds(title, LEDE, SECOND) == ["title", "body", "body"]


def test_a_standfirst_printed_twice_is_a_standfirst_and_a_repeat() -> None:
    standfirst = "Odd Brenner minded the light on the reef for forty years."
    restated = "Odd Brenner minded the light on the reef for forty years, and never once left it for a night."
    assert kinds("Last keeper leaves Skarn", standfirst, standfirst, LEDE, restated) == [
        "title", "standfirst", "repeat", "body", "body",
    ]  # fmt: skip


def test_a_text_may_begin_with_a_standfirst_and_a_captioned_picture() -> None:
    text = "\n\n".join(
        (
            "Keeper Odd Brenner leaves the lighthouse on Skarn to the engineers.",
            "A man on a gallery of the lighthouse\n"
            "Odd Brenner on the gallery at Skarn, May 3 [Handout/Harbour Board via AFP]",
            "The last keeper of a lighthouse on Skarn, Odd Brenner, put out his lamp on Friday.",
            SECOND,
        )
    )
    assert [part.kind for part in label(text)] == ["standfirst", "caption", "caption", "body", "body"]


def test_a_lede_with_a_picture_under_it_is_no_standfirst() -> None:
    assert kinds("SKARN (Reuters) - " + LEDE, "Odd Brenner waves. REUTERS/Runa Holt", SECOND)[0] == "body"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Advertisement", "advert"),
        ("ADVERTISEMENT", "advert"),
        ("ad-image", "advert"),
        ("Story continues below advertisement", "advert"),
        ("Unlock the Harbour Watch newsletter for free", "promo"),
        ("Your guide to what the tides mean for the islands", "promo"),
        ("Sign up for our morning bulletin", "promo"),
        ("Love the sea? Download the Skarn Courier app and never miss a wave.", "promo"),
        ("Follow us on Facebook and Instagram", "promo"),
        ("Read more: Board to sell the old lamp", "teaser"),
        ("RELATED: Five lighthouses worth the climb", "teaser"),
        ("Share this article", "navigation"),
        ("Home | News | Tides | Letters", "navigation"),
        ("Image: Title: keeper", "caption"),
        ("The keeper waves. (AP Photo/Runa Holt)", "caption"),
        ("The lamp on Friday. Picture: Halyard Images", "caption"),
        ("Odd Brenner. Runa Holt/Getty Images", "caption"),
    ],
)
def test_residue_in_the_middle_is_named_and_the_body_around_it_stays(line: str, kind: str) -> None:
    assert kinds("Last keeper leaves Skarn", LEDE, line, SECOND, THIRD) == ["title", "body", kind, "body", "body"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Advertisement of the post brought 400 letters to the harbour board, which read every one of them.",
        "Share prices of the Outer Sound Line fell by a fifth when the news reached the exchange on Monday.",
        "Sign up or be left behind, the minister told the islanders who had come to hear her on Tuesday.",
        "Read more and argue less, she said to the deputies, was the only advice her father ever gave her.",
        "Subscribe to the fund, said the mayor, and we shall have a new lamp before the winter storms arrive.",
        "The newsletter of the harbour board was delivered to your correspondent's door by the keeper himself.",
        "Related cases have been reported on three of the other islands since the spring of last year.",
        "Opinion on the quay was divided, and nobody had changed his mind by the time the bar closed.",
        "Follow the light, the old men say, and it will bring you home whatever the sea may think of it.",
        "The picture of the keeper, taken by a boy with a toy camera, hangs in the hall of the school.",
        "You have read, the judge said, every letter that the board sent to this man and to his late wife.",
    ],
)
def test_a_sentence_of_reporting_is_body_whatever_words_it_begins_with(sentence: str) -> None:
    assert kinds("Last keeper leaves Skarn", LEDE, sentence, SECOND) == ["title", "body", "body", "body"]


TEASERS = (
    "Seal takes the mayor's parking space again",
    "The seal, which answers to Kevin, has not moved since Thursd...",
    "What the fishmonger really thinks of curry sauce",
    "People come in here and they say things, he told us, before...",
)


def test_after_the_end_other_stories_are_teasers() -> None:
    assert kinds("Last keeper leaves Skarn", LEDE, SECOND, "Opinion", "View All", *TEASERS) == [
        "title", "body", "body", "navigation", "navigation", *["teaser"] * 4,
    ]  # fmt: skip


def test_teasers_need_no_announcement() -> None:
    assert kinds(LEDE, SECOND, *TEASERS)[2:] == ["teaser"] * 4


def test_body_that_resumes_after_a_box_of_other_stories_is_body() -> None:
    assert kinds(LEDE, SECOND, "Most read", TEASERS[0], TEASERS[2], SECOND.replace("Monday", "Friday"), THIRD) == [
        "body", "body", "navigation", "teaser", "teaser", "body", "body",
    ]  # fmt: skip


def test_a_question_asked_three_times_is_no_repeat() -> None:
    question = "What would you take with you to the lighthouse if you could take only one thing?"
    assert kinds(LEDE, question, SECOND, question, THIRD, question) == ["body"] * 6


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    wrapped = (
        "Last keeper leaves Skarn\n\n"
        "The keeper of the Skarn lighthouse put out his lamp for the last\n"
        "time on Friday evening, in front of a crowd that had come by boat\n"
        "from all of the islands of the sound.\n\n"
        "The harbour board said that from Monday the lamp on the reef\n"
        "would be run from an office on the mainland, by two engineers\n"
        "who have been promised a window with a view.\n\n"
        "Odd Brenner, who is 71, said that he had counted nine thousand\n"
        "ships in his time and that only two of them had ever waved back\n"
        "to him, one of them by mistake.\n"
    )
    parts = label(wrapped)
    assert [part.kind for part in parts] == ["title", "body", "body", "body"]
    assert wrapped[parts[1].start : parts[1].end].endswith("islands of the sound.")


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("Subscribe to continue reading", "paywall"),
        ("This article is for subscribers only.", "paywall"),
        ("The keeper then turned to the crowd, which had fallen silent, and …", "omission"),
        ("The keeper then turned to the crowd, which had fallen... Read more", "link"),
        ("The keeper then turned to the crowd, which had fallen silent, and the", "inside a sentence"),
    ],
)
def test_a_report_that_breaks_off_is_cut_where_it_does(ending: str, reason: str) -> None:
    text = "\n\n".join((LEDE, SECOND, ending))
    found = cut(text, label(text))
    assert found is not None
    assert reason in found.reason
    assert text[: found.start].startswith(LEDE + "\n\n" + SECOND)


def test_a_whole_report_is_not_cut() -> None:
    for text in (
        f"{LEDE}\n\n{SECOND}",
        f"{LEDE}\n\nSubscribe to continue reading\n\n{SECOND}",
        f"{LEDE}\n\nWho knows...",
    ):
        assert cut(text, label(text)) is None


@given(
    st.lists(st.sampled_from((LEDE, SECOND, THIRD, *TEASERS, "", "Most read", "Advertisement", "By A", "(AP)", "…")))
)
def test_parts_are_in_order_and_hold_every_letter_once(lines: list[str]) -> None:
    text = "\n".join(lines)
    parts = label(text)
    at = 0
    for part in parts:
        assert at <= part.start < part.end
        assert not text[at : part.start].strip()
        at = part.end
    assert not text[at:].strip()


@given(st.text(max_size=400))
def test_any_text_can_be_labelled(text: str) -> None:
    held = "".join(text[part.start : part.end] for part in label(text))
    assert "".join(held.split()) == "".join(text.split())


GOLD = Path(__file__).parents[2] / "shared" / "stories" / "el-salvador"


@pytest.mark.gold
def test_the_five_reports_keep_their_body_and_lose_their_wrapping() -> None:
    if not GOLD.is_dir():
        pytest.skip("the five real reports are not part of the project")
    found = []
    for path in sorted(GOLD.glob("*.txt")):
        text = path.read_text("utf-8")
        parts = label(text)
        found.append({kind: sum(part.kind == kind for part in parts) for kind in sorted({part.kind for part in parts})})
    assert found == [
        {"body": 14, "credit": 1, "title": 1},
        {"body": 10},
        {"advert": 2, "body": 13, "caption": 1, "navigation": 2, "repeat": 1, "standfirst": 1, "teaser": 8, "title": 1},
        {"advert": 2, "body": 14, "caption": 4, "standfirst": 1},
        {"body": 12, "navigation": 1, "promo": 2},
    ]
