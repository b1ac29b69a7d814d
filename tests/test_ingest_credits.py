"""Which agency a report comes from: credits of the text, told from pictures' and from mere mentions."""

import pytest

from variorum.ingest.credits import credits
from variorum.ingest.parts import label

BODY = (
    "The keeper of the Skarn lighthouse put out his lamp for the last time on Friday evening.\n\n"
    "The harbour board said the lamp would be run from the mainland from Monday.\n\n"
)


def credited(text: str) -> list[tuple[str, str]]:
    parts = label(text)
    found = credits(text, parts)
    for credit in found:
        assert text[credit.start : credit.end] != ""
    return [(credit.agency, credit.of) for credit in found]


@pytest.mark.parametrize(
    ("last", "agencies"),
    [
        ("(dpa/NAN)", ["dpa", "NAN"]),
        ("— Reuters", ["Reuters"]),
        ("AFP", ["AFP"]),
        ("(with inputs from AP)", ["AP"]),
        ("(With agency inputs from PTI and ANI)", ["PTI", "ANI"]),
        ("Additional reporting by Reuters", ["Reuters"]),
        ("With reporting by Agence France-Presse", ["AFP"]),
        ("Associated Press writer Runa Holt contributed to this report.", ["AP"]),
        ("Lars Ode in Skarn and The Associated Press contributed to this story.", ["AP"]),
        ("Copyright 2031 The Associated Press. All rights reserved.", ["AP"]),
        ("Source: Xinhua", ["Xinhua"]),
        ("Nobody was hurt in the dark, the board said. (ANSA)", ["ANSA"]),
        ("Nobody was hurt in the dark, the board said. — IANS", ["IANS"]),
        ("(MNA)", ["MNA"]),
        ("Meridian News Agency", ["Meridian News Agency"]),
    ],
)
def test_a_signature_at_the_end_credits_the_text(last: str, agencies: list[str]) -> None:
    assert credited(BODY + last) == [(agency, "text") for agency in agencies]


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("SKARN (Reuters) — ", "Reuters"),
        ("PORT SKARN, Norland, Feb. 3 (AP) -- ", "AP"),
        ("(AP) — ", "AP"),
        ("Skarn (AFP) – ", "AFP"),
        ("SKARN, March 5 (Xinhua) -- ", "Xinhua"),
        ("SKARN (EFE).- ", "EFE"),
        ("PORT SKARN, Norland (MNA) — ", "MNA"),
        ("SKARN (CNN Wire) — ", "CNN Wire"),
    ],
)
def test_a_dateline_credits_the_text(opening: str, agency: str) -> None:
    assert credited(opening + BODY) == [(agency, "text")]


def test_a_byline_can_name_an_agency() -> None:
    for byline in ("By Reuters", "By Runa Holt, Associated Press", "Runa Holt | AFP"):
        assert [of for _, of in credited(f"Lamp goes out at Skarn\n\n{byline}\n\n{BODY}")] == ["text"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The keeper told Reuters that he would miss the ships, and Reuters reported it on Saturday.",
        "According to AFP, the lamp had been dark for a week before anybody in the office saw it.",
        "The ship was taken to the Coastal Emergency Control and Oversight Tower (CECOT).",
        "The report by the Associated Press of the night has been read out in parliament twice since then.",
        "A man from TASS and a woman from Bloomberg contributed to the collection for the keeper's boat.",
        "They held it in a hall (AP was not admitted) and nobody took a note of what the minister told them.",
    ],
)
def test_a_mention_in_running_words_is_no_credit(sentence: str) -> None:
    assert credited(BODY + sentence) == []
    assert credited(sentence + "\n\n" + BODY) == []


def test_letters_that_the_report_itself_explains_are_no_agency() -> None:
    assert credited(BODY + "SHB engineers came at noon.\n\nThe lamp belongs to the harbour board. (SHB)") == []


@pytest.mark.parametrize(
    ("caption", "agency"),
    [
        ("The lamp on Friday [Handout/Skarn Harbour Board via AFP]", "AFP"),
        ("The keeper waves. (AP Photo/Runa Holt)", "AP"),
        ("The keeper on the stairs. REUTERS/Lars Ode", "Reuters"),
        ("Photo: dpa", "dpa"),
    ],
)
def test_a_picture_credit_is_told_from_the_texts(caption: str, agency: str) -> None:
    first, rest = BODY.split("\n\n", 1)
    assert credited(f"{first}\n\n{caption}\n\n{rest}") == [(agency, "picture")]


def test_picture_and_text_of_one_report_can_come_from_two_agencies() -> None:
    text = "SKARN (Reuters) — " + BODY + "The lamp in May. (AP Photo/Runa Holt)\n\nThe board meets on Monday.\n"
    assert credited(text) == [("Reuters", "text"), ("AP", "picture")]
