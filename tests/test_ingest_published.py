"""When a page says it was published, and in which language."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.ingest.languages import language
from variorum.ingest.published import published


@pytest.mark.parametrize(
    ("value", "at", "precision", "offset"),
    [
        ("2023-11-06T15:20:33+01:00", datetime(2023, 11, 6, 14, 20, 33, tzinfo=UTC), "second", 60),
        ("2023-11-06T15:20Z", datetime(2023, 11, 6, 15, 20, tzinfo=UTC), "minute", 0),
        ("2023-11-06T15:20:33.123-0500", datetime(2023, 11, 6, 20, 20, 33, tzinfo=UTC), "second", -300),
        ("2023-11-06 15:20", datetime(2023, 11, 6, 15, 20, tzinfo=UTC), "minute", None),
        ("2023-11-06", datetime(2023, 11, 6, tzinfo=UTC), "day", None),
        ("20231106", datetime(2023, 11, 6, tzinfo=UTC), "day", None),
        ("2023-11", datetime(2023, 11, 1, tzinfo=UTC), "month", None),
        ("2023", datetime(2023, 1, 1, tzinfo=UTC), "year", None),
        ("6 November 2023, 15:20 GMT", datetime(2023, 11, 6, 15, 20, tzinfo=UTC), "minute", 0),
        ("Published: Nov. 6, 2023 at 3:20 p.m. EST", datetime(2023, 11, 6, 20, 20, tzinfo=UTC), "minute", -300),
    ],
)
def test_a_time_is_read_to_the_unit_it_is_given_in(
    value: str, at: datetime, precision: str, offset: int | None
) -> None:
    found = published(value)
    assert found is not None
    assert (found.at, found.precision, found.utc_offset_minutes) == (at, precision, offset)


def test_the_day_is_the_one_on_the_papers_own_clock() -> None:
    found = published("2023-11-07T06:30:00+09:00")
    assert found is not None
    assert found.at.date() == date(2023, 11, 6)
    assert found.local_date() == date(2023, 11, 7)


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "03/04/2023", "2023-13-40", "0001-01-01T00:00:00+14:00", "9999-12-31", "12 Octember 2023"],
)
def test_what_is_no_time_or_could_be_two_is_none(value: str) -> None:
    assert published(value) is None


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_the_reading(value: str) -> None:
    found = published(value)
    assert found is None or found.at.tzinfo is UTC


ENGLISH = (
    "The council of Llanfairpwll met on Tuesday and, after Mr Szczepański and Ms Nguyễn had spoken for the boatmen of "
    "Vlissingen, voted to mend the light on the pier before the winter."
)
SPANISH = (
    "El consejo de la isla se reunió el martes y votó, después de escuchar a los pescadores, por reparar la luz del "
    "muelle antes de que llegue el invierno con sus tormentas."
)


def test_english_with_foreign_names_is_english() -> None:
    assert language(ENGLISH) == "en"


def test_the_text_outweighs_what_the_template_declares() -> None:
    assert language(SPANISH * 3, "en") == "es"
    assert language(ENGLISH, "nl-NL") == "en"


def test_a_text_too_short_to_tell_has_the_declared_language_or_none() -> None:
    assert language("A light went out.") is None
    assert language("A light went out.", "en-GB") == "en"
    assert language("") is None
