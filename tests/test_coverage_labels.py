"""What each outlet calls somebody, and in whose voice."""

import pytest
import told

from variorum.coverage import tabulate
from variorum.records import Article, Comparison, Label, Reading, Span, Story, Utterance


def labels_of(told_story: Story, *utterances: Utterance) -> list[tuple[str, Label]]:
    names = told.names(told_story)
    known = {name.id: name.name for name in names}
    made = tabulate(
        told_story,
        told.annotations(told_story),
        names,
        Comparison((), ()),
        utterances,
        told.each_alone(told_story),
    )
    return [(known[label.name], label) for label in made.labels]


def called(*body: str) -> dict[str, dict[str, bool]]:
    """Name to label text to whether it is the outlet's own voice, in one report."""
    found: dict[str, dict[str, bool]] = {}
    for name, label in labels_of(told.story(told.report("Post", *body))):
        found.setdefault(name, {})[label.text] = label.own_voice
    return found


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Jane Roe, an authoritarian who likes to sail, won the vote in March.", "authoritarian"),
        ("The embattled minister Jane Roe left the hall by the back door.", "embattled minister"),
        ("His deputy, Jane Roe, left the hall by the back door.", "deputy"),
        ("Jane Roe has become a favourite of the harbour pilots in the north.", "favourite of the harbour pilots"),
        ("Jane Roe is a retired teacher and likes to sail in the evening.", "retired teacher"),
        ("Jane Roe, a politician in trouble, said nothing on Monday.", "politician in trouble"),
        ("Officials met the regional governor Jane Roe on Tuesday in Bristol.", "regional governor"),
    ],
)
def test_the_grammar_of_a_sentence_says_what_somebody_is(sentence: str, label: str) -> None:
    assert called(sentence).get("Jane Roe") == {label: True}


@pytest.mark.parametrize(
    "sentence",
    [
        "Jane Roe is not a dictator, the ministry said in a letter on Monday.",
        "If Jane Roe is a dictator, the court will have to say so this year.",
        "Jane Roe could become a minister before the summer is over.",
        "Jane Roe, the governor and two bakers met in the hall on Monday.",
        "The minister met Jane Roe, a move that surprised the whole town.",
        "The minister's answer to Jane Roe, the third this week, was short.",
        "Mr John Roe met Ms Jane Poe in the hall on Monday evening.",
    ],
)
def test_what_is_denied_supposed_or_merely_near_is_no_label(sentence: str) -> None:
    assert called(sentence) == {}


def test_he_after_a_sentence_about_one_person_is_that_person() -> None:
    found = called("Victor Roe opened the harbour in May. He is a former smuggler, the court was told.")
    assert found["Victor Roe"] == {"former smuggler": True}


def test_he_after_a_sentence_about_two_people_is_nobody() -> None:
    assert called("Victor Roe met Adam Poe in May. He is a former smuggler.") == {}


def test_what_others_call_somebody_is_not_the_outlets_own_voice() -> None:
    found = called("Jane Roe is seen by the fishermen of the coast as a key ally in the quarrel.")
    assert set(found["Jane Roe"].values()) == {False}


def test_a_label_inside_quotation_marks_is_not_the_outlets_own_voice() -> None:
    found = called("The mayor spoke first. “Jane Roe is a tyrant with a smile,” the mayor told the council.")
    assert found["Jane Roe"] == {"tyrant with a smile": False}


def test_a_label_in_words_given_to_a_speaker_without_marks_is_not_the_outlets_own_voice() -> None:
    article = told.report("Post", "The mayor said Jane Roe is a tyrant. The council went home.")
    words = "Jane Roe is a tyrant"
    reading = Reading(article.id, (told.where(article, words),), words, "indirect", "none", None, None, "base", ())
    [(_, label)] = labels_of(told.story(article), Utterance("u", None, "The mayor", 0, (reading,)))
    assert label.text == "tyrant" and not label.own_voice


def test_a_phrase_points_back_to_the_only_minister_of_the_story() -> None:
    found = called(
        "Transport Minister Jane Roe opened the hall on Monday.", "The embattled minister did not take questions."
    )
    assert found["Jane Roe"] == {"Transport Minister": True, "embattled minister": True}


def test_a_phrase_that_could_mean_two_ministers_points_to_neither() -> None:
    found = called(
        "Transport Minister Jane Roe met Finance Minister Adam Poe on Monday.",
        "The embattled minister did not take questions.",
    )
    assert "embattled minister" not in {text for texts in found.values() for text in texts}


def test_one_report_says_what_another_reports_phrase_means() -> None:
    first = told.report("Post", "Jane Roe, the governor of the island, spoke in the hall on Monday.")
    other = told.report("Echo", "Jane Roe spoke on Monday.", "The weary governor did not take questions.")
    found = [(label.article, label.text) for name, label in labels_of(told.story(first, other)) if name == "Jane Roe"]
    assert found == [(first.id, "governor of the island"), (other.id, "weary governor")]


def test_a_nickname_for_a_building_is_a_label() -> None:
    found = called("They were taken to the notorious Quarry Prison (QP) on Monday and held there for nine days.")
    assert any("notorious" in text for texts in found.values() for text in texts)


REPORTS = (
    told.report(
        "Post",
        "Jane Roe, a former judge, met the embattled minister Adam Poe in Bristol on Monday.",
        "The minister said: “Roe is a fraud.” The former judge laughed and said Poe was a coward.",
    ),
    told.report(
        "Echo",
        "Minister Adam Poe, a farmer from the north, met Jane Roe on Monday. She is a retired judge.",
        "“Adam Poe is a liar,” the retired judge said.",
    ),
)


def test_every_mention_of_a_label_is_the_label_letter_for_letter() -> None:
    found = labels_of(told.story(*REPORTS))
    texts = {article.id: article.text for article in REPORTS}
    assert len(found) >= 5
    for _, label in found:
        assert label.mentions
        assert all(span.of(texts[label.article]) == label.text for span in label.mentions)


def test_labels_do_not_depend_on_the_order_of_the_articles() -> None:
    def found(*articles: Article) -> set[tuple[str, str, str, bool, tuple[Span, ...]]]:
        return {
            (name, label.article, label.text, label.own_voice, label.mentions)
            for name, label in labels_of(told.story(*articles))
        }

    assert found(*REPORTS) == found(*reversed(REPORTS))
