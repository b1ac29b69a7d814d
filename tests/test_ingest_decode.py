"""Bytes to text: every encoding newspapers were saved in, and no character that can do harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import InputRefused
from variorum.ingest.decode import cleaned, decode

WORDS = "“We mended the lamp,” said Zoë Nørgård – it cost €40 in the café on the quay."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_one_text_in_any_usual_encoding_is_one_text(codec: str) -> None:
    assert decode((WORDS * 3).encode(codec)) == WORDS * 3


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin1", "us-ascii", "utf-8"])
def test_windows_1252_is_seen_through_whatever_it_is_declared_as(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{WORDS}</p></body></html>'
    assert decode(page.encode("cp1252")) == page


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("windows-1251", "Маяк погас в пятницу вечером."),
        ("shift_jis", "灯台は金曜日の夜に消えた。"),
        ("iso-8859-2", "Łódź zgasła w piątek."),
    ],
)
def test_a_declared_charset_is_followed(codec: str, text: str) -> None:
    page = f'<?xml version="1.0" encoding="{codec}"?><html><body><p>{text}</p></body></html>'
    assert decode(page.encode(codec)) == page


def test_an_undeclared_alphabet_is_guessed_and_not_taken_for_latin() -> None:
    text = "Маяк на острове погас в пятницу вечером. Смотритель сказал, что лампу починят в понедельник. " * 5
    assert "Смотритель" in decode(text.encode("windows-1251"))


def test_a_byte_of_windows_1252_inside_utf_8_spoils_nothing_else() -> None:
    assert decode("café – naïve – ".encode() + b"\x93quoted\x94") == "café – naïve – “quoted”"


def test_text_that_was_spoilt_before_is_kept_as_it_is() -> None:
    assert decode("weâ€™re".encode()) == "weâ€™re"


def test_a_charset_that_does_not_exist_or_is_no_charset_is_ignored() -> None:
    for name in ("klingon-8", "base64", "utf-7", "rot13"):
        page = f'<meta charset="{name}"><p>café +AHs- lamp</p>'
        assert decode(page.encode()) == page


def test_every_line_end_is_a_newline() -> None:
    assert decode("a\r\nb\rc\u0085d\u2028e\u2029f".encode()) == "a\nb\nc\nd\ne\nf"


def test_controls_and_overrides_are_marked_one_for_one() -> None:
    assert cleaned("a\x00b\x07c\u202ed\u2066e\x7ff\ud800g\th") == "a�b�c�d�e�f�g\th"


def test_quotation_marks_that_became_controls_are_read_back() -> None:
    assert cleaned("\x93lamp\x94") == "“lamp”"


@pytest.mark.parametrize("raw", [b"%PDF-1.4", b"GIF89a....", b"text \x00\x00\x00 text", b"\x00\x00\x00\x18ftypmp42"])
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    with pytest.raises(InputRefused) as refused:
        decode(raw)
    assert refused.value.first_bytes == raw


@given(st.binary(max_size=300))
def test_any_bytes_give_a_clean_text_or_a_refusal(raw: bytes) -> None:
    try:
        text = decode(raw)
    except InputRefused as refused:
        assert refused.reason
        return
    assert cleaned(text) == text
    text.encode("utf-8")
    assert "\x00" not in text


@given(st.text(max_size=200))
def test_cleaning_keeps_what_is_harmless_and_is_done_after_one_pass(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    if text.isprintable():
        assert once == text
