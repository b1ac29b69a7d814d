"""The timeline as a picture: what happened when, above an axis of time; when each report came out, below it.

Everything that covers a stretch of time is as long as the stretch; what would stand on something else stands above
it, so that nothing is hidden. The picture is laid out twice, for a page and for a phone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from textwrap import shorten

from variorum.render.apparatus import Apparatus, Citation
from variorum.render.timeline_scale import Extent, Fold, Scale, Tick, extent, hours, scale, ticks
from variorum.render.timeline_view import MomentView
from variorum.render.wording import count, published

WIDE, NARROW = 900.0, 340.0
_SIDE = 12.0  # room beside the axis
_ROW = 24.0  # a moment with its label
_LANE = 22.0  # a row of reports
_AXIS = 40.0  # the axis with its labels
_DOT = 4.0  # least half-length of a mark
_LETTER = 6.4  # width of a letter of a label, on average
_LEAST = 12  # letters that a label must have room for
_MOST = 70
_THIN, _PER_VOICE, _THICKEST = 4.0, 2.0, 16.0  # thickness of a mark by its voices
_GAP = 6.0
_HEAD = 18.0
_ROWS, _TOGETHER = 3, 8  # from more reports of one short stretch than rows, so many stand in one row


@dataclass(frozen=True, slots=True)
class Event:
    """A moment. x, width: of its mark; y: of the middle of its row; thick: by how many voices tell it.

    point: whether it is known to the minute. over: whether its mark is as long as the axis and stands over its label.
    words: its label, beginning at ``label`` or, where ``before``, ending there.
    """

    x: float
    width: float
    y: float
    thick: float
    point: bool
    over: bool
    disputed: bool
    href: str
    date: str
    words: str
    label: float
    before: bool
    title: str

    @property
    def bar(self) -> tuple[float, float]:
        """Where its bar begins downwards, and how high it is."""
        return (self.y - 12, min(self.thick, 5.0)) if self.over else (self.y - self.thick / 2, self.thick)

    @property
    def left(self) -> float:
        """Where all of it begins, its label counted."""
        return min(self.x, self.label - self._long) if self.before else self.x

    @property
    def right(self) -> float:
        """Where all of it ends."""
        return self.x + self.width if self.before else max(self.x + self.width, self.label + self._long)

    @property
    def _long(self) -> float:
        return label_width(self.date, self.words, disputed=self.disputed)


@dataclass(frozen=True, slots=True)
class Issue:
    """A report where it was published. x: where its mark begins; width: of the mark with its letter."""

    x: float
    y: float
    width: float
    report: Citation
    title: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A bar under reports of which only the day, month or year is known, or a line that joins those of one voice."""

    x: float
    y: float
    width: float
    colour: int
    joins: bool


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """The whole picture in one width. axis: y of its line; undated: y of the words before reports without a time.

    when: the class that shows it in its width.
    """

    id: str
    when: str
    width: float
    height: float
    axis: float
    events: tuple[Event, ...]
    issues: tuple[Issue, ...]
    stretches: tuple[Stretch, ...]
    ticks: tuple[Tick, ...]
    folds: tuple[Fold, ...]
    undated: float | None
    title: str
    said: str


def timelines(apparatus: Apparatus, moments: Sequence[MomentView]) -> tuple[TimelineDrawing, ...]:
    """The picture for a page and for a phone; empty where no moment can be placed in time."""
    placed = [(moment, at) for moment in moments if (at := extent(moment.when, moment.fineness))]
    if not placed:
        return ()
    return tuple(_drawing(apparatus, placed, width, when) for width, when in ((WIDE, "at-wide"), (NARROW, "at-narrow")))


def label_width(date: str, words: str, *, disputed: bool) -> float:
    """How wide a label is taken to be."""
    return (len(date) + len(words) + 1 + 2 * disputed) * _LETTER


def _drawing(
    apparatus: Apparatus, placed: Sequence[tuple[MomentView, Extent]], width: float, when: str
) -> TimelineDrawing:
    dated = [(article.id, _published(apparatus, article.id)) for article in apparatus.edition.articles]
    known = [(id, at) for id, at in dated if at]
    axis = scale([*(at for _, at in placed), *(at for _, at in known)], _SIDE, width - _SIDE)
    events, top = _events(placed, axis, width)
    below = top + _AXIS + _HEAD
    issues, stretches, end = _issues(apparatus, known, axis, below, width)
    late = [id for id, at in dated if at is None]
    undated = None
    if late:
        undated = end + 16
        loose, end = _in_rows(apparatus, late, undated + 6, width)
        issues = (*issues, *loose)
    disputed = sum(event.disputed for event in events)
    return TimelineDrawing(
        id=apparatus.id("timeline-drawn", when),
        when=when,
        width=width,
        height=end + 6,
        axis=top,
        events=events,
        issues=issues,
        stretches=stretches,
        ticks=ticks(axis),
        folds=axis.folds,
        undated=undated,
        title=f"Timeline: {count(len(events), 'dated moment')} and {count(len(apparatus.edition.articles), 'report')}",
        said=(
            "Above the axis, what the reports say happened when, a mark a moment, thicker where more voices tell it"
            + (f"; {count(disputed, 'date is', 'dates are')} disputed" if disputed else "")
            + ". Below it, when each report was published"
            + (f"; {count(len(late), 'report is', 'reports are')} not dated" if late else "")
            + (". Long stretches in which nothing is dated are folded" if axis.folds else "")
            + ". The list below the picture says the same of the moments."
        ),
    )


def _published(apparatus: Apparatus, article: str) -> Extent | None:
    given = apparatus.article(article).published
    if given is None:
        return None
    if given.precision in ("day", "month", "year"):
        whole = given.local_date().isoformat()
        return extent(whole[: {"day": 10, "month": 7, "year": 4}[given.precision]], given.precision)
    at = hours(given.at)
    return Extent(at, at + (given.precision == "hour"))


def _events(placed: Sequence[tuple[MomentView, Extent]], axis: Scale, width: float) -> tuple[tuple[Event, ...], float]:
    """The moments, each in the lowest row where it stands on nothing; and where the axis begins below them."""
    rows: list[list[tuple[float, float]]] = []
    found: list[tuple[int, Event]] = []
    for moment, at in sorted(placed, key=lambda one: (-one[1].start, one[1].end)):
        event = _event(moment, at, axis, width)
        row = _free_row(rows, event.left, event.right)
        found.append((row, event))
    top = _HEAD + len(rows) * _ROW + 4
    made = []
    for row, event in found:
        made.append(replace(event, y=top - _ROW / 2 - 4 - row * _ROW))
    return tuple(sorted(made, key=lambda event: (event.x, -event.y))), top


def _free_row(rows: list[list[tuple[float, float]]], left: float, right: float) -> int:
    for number, taken in enumerate(rows):
        if all(right + _GAP <= a or b + _GAP <= left for a, b in taken):
            taken.append((left, right))
            return number
    rows.append([(left, right)])
    return len(rows) - 1


def _event(moment: MomentView, at: Extent, axis: Scale, width: float) -> Event:
    start, end = axis.x(at.start), axis.x(at.end)
    point = at.end - at.start < 1
    voices = _voices(moment)
    thick = _THIN + min(voices, (_THICKEST - _THIN) / _PER_VOICE) * _PER_VOICE
    half = thick / 2 if point else _DOT
    if end - start < 2 * half:
        start, end = (start + end) / 2 - half, (start + end) / 2 + half
    start, end = max(0.0, start), min(width, end)
    first = " ".join(moment.entries[0].citation.words.split())
    more = len(moment.entries) - 1
    disputed, date = moment.is_disputed, _short_date(moment)
    before = width - end < start and width - end < (_LEAST + len(date)) * _LETTER + 60
    room = (start if before else width - end) - _GAP
    over = room < (_LEAST + len(date)) * _LETTER
    letters = min(_MOST, int((width if over else room) / _LETTER) - len(date) - 2 * disputed - 2)
    tail = f" and {more} more" if more and letters - 12 >= _LEAST else ""
    words = shorten(first, max(4, letters - len(tail)), placeholder="…")
    if words == "…":
        words = first[: max(3, letters - len(tail) - 1)].rstrip() + "…"
    words += tail
    label = max(2.0, min(start, width - label_width(date, words, disputed=disputed))) if over else end + _GAP
    if before and not over:
        label = start - _GAP
    said = f"{moment.text}, {moment.precision}{', date disputed' if disputed else ''}, told by {count(voices, 'voice')}"
    return Event(
        x=start, width=end - start, y=0.0, thick=thick, point=point, over=over, disputed=disputed,
        href=f"#{moment.id}", date=date, words=words, label=label, before=before and not over,
        title=f"{said}: {first}" + (f" and {more} more" if more else ""),
    )  # fmt: skip


def _short_date(moment: MomentView) -> str:
    """Its date in few letters: "7 Oct", with the time or with the year where that is what is told."""
    when = moment.when.partition("/")[0]
    try:
        if "T" in when:
            at = datetime.fromisoformat(when)
            return f"{at.day} {at:%b}, {at:%H:%M}"
        if when.count("-") == 2:
            at = datetime.fromisoformat(when)
            other = moment.when.partition("/")[2]
            until = f"–{datetime.fromisoformat(other[:10]).day}" if len(other) >= 10 and other[:7] == when[:7] else ""
            return f"{at.day}{until} {at:%b} {at.year}"
        if when.count("-") == 1:
            return f"{datetime.fromisoformat(when + '-01'):%b %Y}"
    except ValueError:
        pass
    return moment.when[:9]


def _voices(moment: MomentView) -> int:
    """On how many voices its best told statement rests."""
    most = 1
    for entry in moment.entries:
        if entry.claim is not None:
            said = {s.citation.mark for s in entry.claim.statements if not s.denies and s.citation.mark.number}
            most = max(most, len(said))
    return most


def _issues(
    apparatus: Apparatus, known: Sequence[tuple[str, Extent]], axis: Scale, top: float, width: float
) -> tuple[tuple[Issue, ...], tuple[Stretch, ...], float]:
    """Reports under the axis: a lane or more for each voice of several, then those that stand alone, as they fit."""
    by_voice: dict[int, list[tuple[str, Extent]]] = {}
    for id, at in sorted(known, key=lambda one: (one[1].start, one[1].end)):
        by_voice.setdefault(apparatus.mark(id).number, []).append((id, at))
    several = [found for number, found in sorted(by_voice.items()) if number and len(found) > 1]
    lone = [one for number, found in sorted(by_voice.items()) if not number or len(found) == 1 for one in found]
    issues, stretches = list[Issue](), list[Stretch]()
    for found in [*several, sorted(lone, key=lambda one: (one[1].start, one[1].end))]:
        if not found:
            continue
        rows: list[list[tuple[float, float]]] = []
        first = len(issues)
        for group, at in _alike(found):
            for part, left, right in _chunks(apparatus, group, at, axis, width):
                row = _free_row(rows, left, right)
                y = top + row * _LANE + _LANE / 2
                if at.end > at.start:
                    stretches.append(Stretch(left, y + 9, right - left, 0, joins=False))
                x = left
                for id in part:
                    issues.append(_issue(apparatus, id, x, y))
                    x += issues[-1].width
        mine = issues[first:]
        if found in several and len(rows) == 1:
            for one, other in pairwise(sorted(mine, key=lambda one: one.x)):
                wide = other.x - one.x - one.width
                if wide > _GAP:
                    colour = one.report.mark.colour
                    stretches.append(Stretch(one.x + one.width, one.y, wide, colour, joins=True))
        top += len(rows) * _LANE + 2
    return tuple(issues), tuple(stretches), top


def _alike(found: Iterable[tuple[str, Extent]]) -> Iterator[tuple[list[str], Extent]]:
    """Reports of which the same day, month or year is known together, every other one by itself."""
    together: dict[Extent, list[str]] = {}
    for id, at in found:
        if at.end > at.start:
            together.setdefault(at, []).append(id)
        else:
            yield [id], at
    for at, ids in together.items():
        yield ids, at


def _chunks(
    apparatus: Apparatus, ids: Sequence[str], at: Extent, axis: Scale, width: float
) -> Iterator[tuple[list[str], float, float]]:
    """As many of them side by side as their stretch of time is wide, or a row of many; with the ends of each row."""
    start, end = axis.x(at.start), axis.x(at.end)
    part: list[str] = []
    taken = 0.0
    for id in ids:
        wide = _width(apparatus, id)
        most = _TOGETHER if len(ids) > _ROWS else 1
        if part and start + taken + wide > end and (len(part) >= most or taken + wide > width / 2):
            yield part, *_kept(start, max(end, start + taken), width)
            part, taken = [], 0.0
        part.append(id)
        taken += wide
    shift = 6.0 if at.end == at.start else 0.0  # a point in time stands in the middle of its mark
    yield part, *_kept(start - shift, max(end, start + taken) - shift, width)


def _kept(left: float, right: float, width: float) -> tuple[float, float]:
    """Moved back so far that all of it stands in the picture."""
    over = max(0.0, right - width + 1)
    return max(0.0, left - over), right - over


def _width(apparatus: Apparatus, id: str) -> float:
    return 17 + 9.5 * min(4, len(apparatus.siglum(id)))


def _issue(apparatus: Apparatus, id: str, x: float, y: float) -> Issue:
    report = apparatus.to_report(id)
    when = published(apparatus.article(id).published) or "not dated"
    return Issue(x, y, _width(apparatus, id), report, f"Report {report.siglum}, {report.outlet}: {when}")


def _in_rows(apparatus: Apparatus, ids: Iterable[str], top: float, width: float) -> tuple[tuple[Issue, ...], float]:
    """Reports without a time, in rows under a line that says so; and where the last row ends."""
    x, y, found = _SIDE, top + _LANE / 2, list[Issue]()
    for id in ids:
        wide = _width(apparatus, id)
        if x + wide > width and x > _SIDE:
            x, y = _SIDE, y + _LANE
        found.append(_issue(apparatus, id, x, y))
        x += wide + 4
    return tuple(found), y + _LANE / 2
