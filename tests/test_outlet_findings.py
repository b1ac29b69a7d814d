"""What is counted for an outlet is what its page says it is, and nothing is held against it that was not found."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from collated import told

from variorum.pipeline.findings import of_edition
from variorum.records import Edition, ListedOutlet, ListedStory, OutletFinding, Published, PublishedPrecision
from variorum.web.pages.outlets import OutletView, _view

HERS, OTHERS = "The lamp went out at nine", "The lamp went off at nine"


def kinds(edition: Edition) -> list[tuple[str, str]]:
    return [(one.outlet, one.kind) for one in of_edition(edition, "s")[1]]


def by(edition: Edition, *outlets: str) -> Edition:
    """The edition, its reports by these outlets."""
    articles = tuple(replace(article, outlet=outlet) for article, outlet in zip(edition.articles, outlets, strict=True))
    return replace(edition, articles=articles)


def times(*given: tuple[int, int, PublishedPrecision, int | None]) -> list[tuple[str, str]]:
    """What is found of reports that came out at a minute and second of one hour, so precise, by such a clock."""
    edition = told(*(HERS for _ in given))
    articles = tuple(
        replace(article, published=Published(datetime(2031, 3, 1, 9, minute, second, tzinfo=UTC), precision, offset))
        for article, (minute, second, precision, offset) in zip(edition.articles, given, strict=True)
    )
    return [one for one in kinds(replace(edition, articles=articles)) if one[1] in ("timed", "first")]


def test_the_first_is_named_where_the_minutes_are_known() -> None:
    both = [("Outlet 0", "timed"), ("Outlet 1", "timed")]
    assert times((10, 0, "minute", 0), (11, 0, "minute", 60)) == [*both, ("Outlet 0", "first")]
    assert times((10, 0, "minute", 0), (10, 0, "minute", 0)) == both
    assert times((10, 0, "minute", 0), (10, 5, "second", 0)) == both, "9:10 may be after 9:10:05"


@pytest.mark.parametrize("other", [(11, 0, "hour", 0), (0, 0, "day", None), (11, 0, "minute", None)])
def test_nobody_is_first_before_a_moment_that_is_not_known(
    other: tuple[int, int, PublishedPrecision, int | None],
) -> None:
    assert times((10, 0, "minute", 0), other) == []


def test_a_quotation_counts_where_another_outlet_and_another_voice_print_it() -> None:
    found = [("Outlet 0", "quoted"), ("Outlet 1", "quoted")]

    def quoted(edition: Edition) -> list[tuple[str, str]]:
        return [one for one in kinds(edition) if one[1] == "quoted"]

    assert quoted(told(HERS, HERS)) == found
    assert quoted(told(HERS, HERS, voices=((0, 1),))) == []
    assert quoted(told(HERS, HERS, indirect=(1,))) == [], "who only reports the words prints no quotation"
    assert quoted(by(told(HERS, HERS), "Outlet 0", "Outlet 0")) == []


def test_the_better_supported_reading_is_not_the_altered_one() -> None:
    found = kinds(told(HERS, HERS, OTHERS))
    assert [one for one in found if one[1] in ("altered", "differs")] == [("Outlet 2", "altered")]
    assert [one for one in kinds(told(HERS, OTHERS)) if one[1] in ("altered", "differs")] == [("Outlet 1", "differs")]


def test_an_alteration_that_an_outlet_carries_over_into_its_next_report_is_one() -> None:
    edition = by(told(HERS, HERS, HERS, OTHERS, OTHERS), "A", "B", "C", "D", "D")
    found = [one for one in of_edition(edition, "s")[1] if one.outlet == "D"]
    assert [one.kind for one in found].count("altered") == 2
    view = _seen(found)
    assert (view.quoted, view.altered, view.differs, len(view.altered_places)) == (1, 1, 0, 1)


def _seen(found: list[OutletFinding]) -> OutletView:
    story = ListedStory("s", "Lamp out", 5, 4, None, None, None)
    return _view(ListedOutlet("D", 2, 1), found, {"s": story})
