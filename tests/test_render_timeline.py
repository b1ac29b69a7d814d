"""The timeline drawn: nothing hidden under anything else, long empty stretches folded and shown as folded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from edition_fixture import EDITION
from lxml import etree
from lxml import html as lxml_html
from stemmas import dated, edition_of

from variorum.records import Edition, Editions, Published
from variorum.render.apparatus import Apparatus
from variorum.render.claims_view import claims_view
from variorum.render.html import environment, render
from variorum.render.timeline_scale import Extent, extent, scale, ticks
from variorum.render.timeline_svg import TimelineDrawing, timelines
from variorum.render.timeline_view import timeline_view

DAY = datetime(2031, 10, 7, tzinfo=UTC)
MANY = edition_of(6, 4, 3, *[1] * 7)


def on_days(edition: Edition, days: int) -> Edition:
    """The edition with its reports dated to the day only."""
    return replace(
        edition,
        articles=tuple(
            replace(a, published=Published(DAY + timedelta(days=n % days), "day"))
            for n, a in enumerate(edition.articles)
        ),
    )


def undated(edition: Edition) -> Edition:
    return replace(edition, articles=tuple(replace(article, published=None) for article in edition.articles))


IN_ONE_DAY = [
    ("2031-10-07T06:12", "minute"), ("2031-10-07T06:30", "minute"), ("2031-10-07T09:00", "hour"),
    ("2031-10-07", "day"), ("2031-10-07T18:00", "hour"), ("2031-10-07T06:15", "minute"),
]  # fmt: skip
OVER_YEARS = [
    ("1908", "year"), ("1948-05", "month"), ("1968-03-02", "day"), ("2019", "year"),
    ("2030-10-06/2030-10-12", "week"), ("2031-10-05", "day"), ("2031-10-06T14:00", "hour"),
    ("2031-10-07T09:15", "minute"), ("2031-11-20", "day"),
]  # fmt: skip
EDITIONS = {
    "the fixture": EDITION,
    "one day": dated(MANY, *IN_ONE_DAY),
    "a century": dated(on_days(MANY, 3), *OVER_YEARS),
    "one date": dated(on_days(MANY, 1), ("2031-10-07", "day")),
    "no published times": dated(undated(MANY), *IN_ONE_DAY),
    "several of one day": dated(
        MANY,
        *(("2031-10-07", "day"),) * 12,
        *((f"20{year}", "year") for year in range(10, 31, 4)),
        ("2031-10", "month"),
        *((f"2031-10-{day:02}", "day") for day in (1, 5, 8, 9, 10)),
    ),
    "a crowd": dated(
        edition_of(40, 12, *[1] * 28),
        *((f"2031-10-{day:02}", "day") for day in range(1, 29)),
        *((f"2031-10-07T{hour:02}:00", "hour") for hour in range(8, 20)),
    ),
}


def drawn(edition: Edition) -> tuple[TimelineDrawing, ...]:
    apparatus = Apparatus(edition)
    return timelines(apparatus, timeline_view(apparatus, claims_view(apparatus)))


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Edition:
    return EDITIONS[request.param]


def test_nothing_stands_on_anything_else_or_outside_the_picture(edition: Edition) -> None:
    for drawing in drawn(edition):
        boxes = [(e.left, e.y - 12, e.right, e.y + 12) for e in drawing.events]
        boxes += [(i.x, i.y - 11, i.x + i.width, i.y + 11) for i in drawing.issues]
        for left, top, right, bottom in boxes:
            assert -1 <= left <= right <= drawing.width + 4
            assert 0 <= top <= bottom <= drawing.height
        for a, b in combinations(boxes, 2):
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_every_moment_and_every_report_has_one_mark(edition: Edition) -> None:
    moments = len({(entry.when, entry.precision) for entry in edition.timeline})
    for drawing in drawn(edition):
        assert len(drawing.events) == moments
        assert sorted(i.report.article for i in drawing.issues) == sorted(a.id for a in edition.articles)
        assert all(event.y < drawing.axis for event in drawing.events)
        assert all(issue.y > drawing.axis for issue in drawing.issues)


def test_marks_stand_in_the_order_of_time(edition: Edition) -> None:
    when = {}
    for entry in edition.timeline:
        at = extent(entry.when, entry.precision)
        assert at is not None
        when[entry.when, entry.precision] = at
    apparatus = Apparatus(edition)
    moments = timeline_view(apparatus, claims_view(apparatus))
    for drawing in timelines(apparatus, moments):
        by_href = {event.href: event for event in drawing.events}
        placed = [(when[m.when, m.fineness], by_href[f"#{m.id}"]) for m in moments]
        for (a, one), (b, other) in combinations(placed, 2):
            if a.end <= b.start:
                assert one.x + one.width / 2 <= other.x + other.width / 2 + 0.01


def test_the_last_days_keep_most_of_the_axis_though_something_happened_long_ago() -> None:
    for drawing in drawn(EDITION):
        assert drawing.folds
        recent = [event for event in drawing.events if "1968" not in event.date]
        assert sum(event.width for event in recent) > drawing.width * 0.7
    assert not any(drawing.folds for drawing in drawn(EDITIONS["one day"]))


def test_empty_weeks_are_folded_too_though_a_month_is_named_and_few_days_apart_are_not() -> None:
    weeks = [("2031-10", "month"), ("2031-10-05", "day"), ("2031-10-07", "day"), ("2031-10-31", "day")]
    (wide, _) = drawn(dated(on_days(MANY, 2), *weeks))
    days = [event for event in wide.events if event.date.endswith("2031") and event.date[0].isdigit()]
    assert wide.folds
    assert min(event.width for event in days) > 80
    close = [("2031-10-05", "day"), ("2031-10-07", "day"), ("2031-10-09", "day"), ("2031-10-12", "day")]
    assert not any(one.folds for one in drawn(dated(on_days(MANY, 2), *close)))


def test_labels_of_the_axis_do_not_meet(edition: Edition) -> None:
    for drawing in drawn(edition):
        labelled = [tick for tick in drawing.ticks if tick.label]
        assert labelled
        for one, other in pairwise(labelled):
            assert other.x - one.x >= (len(one.label) + len(other.label)) * 2.8


def test_what_is_disputed_is_told_by_a_dagger_and_not_by_colour_alone() -> None:
    tree = lxml_html.document_fromstring(render(Editions((EDITION,), (), ())))
    disputed = tree.xpath("//*[contains(@class,'times-drawn')]//a[contains(@class,'is-disputed')]")
    assert len(disputed) == 4  # two moments, in two widths
    assert all("†" in link.text_content() for link in disputed)
    others = tree.xpath("//*[contains(@class,'times-drawn')]//a[@class='event']")
    assert others
    assert not any("†" in link.text_content() for link in others)


def test_each_link_leads_to_its_place_and_the_picture_says_what_it_shows(edition: Edition) -> None:
    tree = lxml_html.document_fromstring(render(Editions((edition,), (), ())))
    ids = set(tree.xpath("//@id"))
    pictures = tree.xpath("//*[contains(@class,'times-drawn')]")
    assert len(pictures) == 2
    for picture in pictures:
        assert {href[1:] for href in picture.xpath(".//@href")} <= ids
        title, desc = picture.get("aria-labelledby").split()
        assert title in ids
        assert desc in ids
        assert not picture.xpath(".//@style")


def test_without_dates_there_is_no_picture() -> None:
    assert drawn(replace(EDITION, timeline=())) == ()
    assert drawn(dated(MANY, ("some day", "vague"))) == ()


def test_the_markup_is_well_formed_whatever_the_words_are() -> None:
    template = environment().get_template("timeline.svg.j2")
    for edition in EDITIONS.values():
        tainted = replace(edition, articles=tuple(replace(a, outlet="<b>&\"'") for a in edition.articles))

        class Page:
            timelines = drawn(tainted)

        etree.fromstring(f"<div>{template.render(edition=Page)}</div>")


@pytest.mark.parametrize(
    ("when", "length"),
    [("2031", 365 * 24), ("2031-10", 31 * 24), ("2031-10-07", 24), ("2031-10-07T09:15", 0), ("9999-12", 31 * 24),
     ("2031-10-06/2031-10-12", 7 * 24)],
)  # fmt: skip
def test_a_date_covers_what_its_text_says(when: str, length: float) -> None:
    at = extent(when, "minute")
    assert at is not None
    assert at.end - at.start == length


@pytest.mark.parametrize("when", ["", "2031-13-01", "tomorrow", "2031-10-07T99", "/", "0000", "20311"])
def test_what_is_no_date_has_no_place(when: str) -> None:
    assert extent(when, "day") is None


def test_a_scale_bears_any_times() -> None:
    for points in ([5.0], [0.0, 80_000_000.0], [0.0, 0.001, 1e7, 2e7], [float(n * n * n) for n in range(60)]):
        found = scale([Extent(point, point) for point in points], 10, 330)
        places = [found.x(point) for point in points]
        assert places == sorted(places)
        assert all(9.9 <= place <= 330.1 for place in places)
        assert all(9 <= tick.x <= 331 for tick in ticks(found))
