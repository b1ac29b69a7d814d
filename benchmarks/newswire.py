"""An archive of GENERATED news, as JSON Lines or Parquet, as large as asked for: for what runs over many articles.

    python benchmarks/newswire.py OUT [--articles 20000] [--seed 7] [--shared 0.02] [--parquet] [--skew] [--check]

A thousand articles a day in four files a day; the same seed gives the same bytes. Two in a hundred share a story with
another: two to six short reports of one event (``newswire_events.py``), on the day or the day after. The others stand
alone: 120 to 250 words drawn by how often they stand in news, a quarter of them words, names and figures of the
article's own. A tenth name one president; a fifth of these end with one of two notices, of which intake knows one
for what it is. ``--skew`` puts three in a hundred of all in one day, and one story of eighty reports.

``key``, and with it the end of the URL, is ``NUMBER-EVENT``: :func:`truth` reads the events from there. ``--check``
gathers what was made with ``stories.gather`` and prints how right that is, of all, and of articles in shared stories.
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from newswire_events import WEEKDAYS, tell
from newswire_names import FIRST, OUTLETS, PLACES, PRESIDENT, SURNAMES

SEED = 7
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
DAY_ARTICLES, DAY_FILES = 1000, 4
SHARED = 0.02  # of a day's articles, those that share a story: only these cost models
SIZES, SIZE_WEIGHTS = (2, 3, 4, 5, 6), (40, 25, 15, 12, 8)
NEXT_DAY = 0.2  # of a story's later reports, those of the day after
SKEWED, CROWD = 0.03, 80
HOT, NOTICE, QUOTED = 0.1, 0.2, 0.4  # of articles alone
FEWEST_WORDS, MOST_WORDS = 120, 250
OWN_SHARE = 0.25  # of the words of an article alone
OWN_WORDS, OWN_FIGURES = 10, 4
RARE = 20  # in so many articles of the table of news words, and fewer
NOTICES = (
    "SIGN UP: Get our free morning newsletter, with all that matters before the first coffee, in your inbox every day.",
    "This report comes to you from the common desk of eleven papers of the northern coast, paid for by their readers.",
)
COLUMNS = pa.schema(
    [
        ("key", pa.string()), ("outlet", pa.string()), ("title", pa.string()),
        ("published", pa.timestamp("us", "UTC")), ("url", pa.string()), ("text", pa.string()),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """One article as it is written. published: ISO 8601, UTC."""

    key: str
    outlet: str
    title: str
    published: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class _Untimed:
    event: int
    outlet: str
    title: str
    text: str
    turn: int = 0


class Newswire:
    """So many articles in the order of their days, of which two days' are held. shared: share of them in stories of
    several reports."""

    def __init__(self, articles: int, *, seed: int = SEED, skew: bool = False, shared: float = SHARED) -> None:
        rows = (files("variorum.text") / "article_counts.tsv").read_text("utf-8").splitlines()[1:]
        counted = [(word, int(count)) for word, count in (row.split("\t") for row in rows) if word.isalpha()]
        self._words = np.array([word for word, _ in counted], dtype=object)
        counts = np.array([count for _, count in counted], dtype=np.float64)
        self._steps = np.cumsum(counts) / counts.sum()
        self._rare = self._words[counts < RARE]
        weights = 1 / np.arange(1, len(OUTLETS) + 1)
        self._outlet_steps = np.cumsum(weights) / weights.sum()
        self._seed, self._articles, self._shared = seed, articles, shared
        self._crowded = int(articles * SKEWED) if skew else 0
        self._events = 0

    def days(self) -> Iterator[tuple[date, list[Report]]]:
        """Each day with its articles, by the minute."""
        plain = self._articles - self._crowded
        count = max(1, -(-plain // DAY_ARTICLES))
        waiting: list[_Untimed] = []
        number = 0
        for day in range(count):
            wanted = min(DAY_ARTICLES, plain - day * DAY_ARTICLES)
            crowd = self._crowded if day == count // 2 else 0
            told, waiting = self._day(day, wanted + crowd, waiting, crowd > 0, day == count - 1)
            yield (FIRST_DAY + timedelta(days=day)).date(), list(self._timed(day, told, number))
            number += len(told)

    def _day(
        self, day: int, wanted: int, waiting: list[_Untimed], crowded: bool, last: bool
    ) -> tuple[list[_Untimed], list[_Untimed]]:
        """The day's articles, in no order yet, and what is left for the next."""
        draw = Random(f"{self._seed}/{day}")
        today, later = waiting[:wanted], list[_Untimed]()
        if crowded:
            today += self._story(draw, day, min(CROWD, wanted - len(today)))
        while len(today) < len(waiting) + (CROWD if crowded else 0) + (wanted - len(waiting)) * self._shared * 0.9:
            size = draw.choices(SIZES, SIZE_WEIGHTS)[0]
            for report in self._story(draw, day, size):
                later_on = report.turn > 0 and draw.random() < NEXT_DAY and not last
                (later if later_on else today).append(report)
        today = today[:wanted]
        today += self._alone(np.random.default_rng([self._seed, day]), wanted - len(today))
        return today, later

    def _story(self, draw: Random, day: int, reports: int) -> Iterator[_Untimed]:
        event = self._event()
        weekday = WEEKDAYS[(FIRST_DAY + timedelta(days=day)).weekday()]
        for told in tell(draw, reports, weekday, self._rare, PRESIDENT):
            yield _Untimed(event, told.outlet, told.title, told.text, told.turn)

    def _event(self) -> int:
        self._events += 1
        return self._events - 1

    def _timed(self, day: int, told: Sequence[_Untimed], number: int) -> Iterator[Report]:
        draw = Random(f"{self._seed}/{day}/minutes")
        # Later reports of an event come later in the day, so that who had it first is who had it first.
        minutes = [min(1439, draw.randrange(1100) + 40 * min(report.turn, 8)) for report in told]
        opened: dict[int, int] = {}
        for at, report in enumerate(told):
            if report.turn == 0:
                opened[report.event] = minutes[at]
            elif report.event in opened:
                minutes[at] = min(1439, opened[report.event] + 5 + 11 * report.turn)
        for place, at in enumerate(sorted(range(len(told)), key=lambda at: (minutes[at], at))):
            one, key = told[at], f"{number + place:09d}-{told[at].event:09d}"
            time_of = FIRST_DAY + timedelta(days=day, minutes=minutes[at])
            host = one.outlet.removeprefix("The ").lower().replace(" ", "-")
            yield Report(
                key, one.outlet, one.title, time_of.strftime("%Y-%m-%dT%H:%M:%SZ"),
                f"https://{host}.example/{time_of:%Y/%m/%d}/{key}", one.text,
            )  # fmt: skip

    def _alone(self, draw: np.random.Generator, count: int) -> Iterator[_Untimed]:
        """Articles that share their event with no other. Words are drawn for all of them at once: that is most of the
        time it takes."""
        lengths = draw.integers(FEWEST_WORDS, MOST_WORDS, count)
        article = np.repeat(np.arange(count), lengths)
        words = self._words[np.searchsorted(self._steps, draw.random(len(article)))]
        people, places, figures = self._own_names(draw, count)
        own = np.concatenate(
            [people, places, self._rare[draw.integers(len(self._rare), size=(count, OWN_WORDS))], figures], 1
        )
        at_own = np.flatnonzero(draw.random(len(article)) < OWN_SHARE)
        words[at_own] = own[article[at_own], draw.integers(own.shape[1], size=len(at_own))]
        outlets = np.searchsorted(self._outlet_steps, draw.random(count))
        chances = draw.random((count, 3))
        breaks = draw.integers(11, 24, (count, 24))
        firsts = draw.integers(len(FIRST), size=count)
        ends = np.cumsum(lengths)
        for at in range(count):
            told = words[ends[at] - lengths[at] : ends[at]].tolist()
            names = own[at].tolist()
            sentences, start = [], 0
            for length in breaks[at].tolist():
                if start >= len(told):
                    break
                sentences.append(_sentence(told[start : start + length]))
                start += length
            hot, notice, quoted = chances[at].tolist()
            if quoted < QUOTED:
                sentences[1] = f'"{sentences[1][:-1]}," {FIRST[firsts[at]]} {names[0]} said.'
            if hot < HOT:
                sentences[2] = f"{PRESIDENT} {sentences[2][0].lower()}{sentences[2][1:]}"
            paragraphs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
            if notice < NOTICE:
                paragraphs.append(NOTICES[notice < NOTICE / 2])
            title = f"{names[0]} {told[0]} {names[7]} {told[1]} {names[4]} {told[2]} {names[8]}"
            yield _Untimed(self._event(), OUTLETS[outlets[at]], title[0].upper() + title[1:], "\n\n".join(paragraphs))

    def _own_names(self, draw: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        people = SURNAMES[draw.integers(len(SURNAMES), size=(count, 4))]
        places = PLACES[draw.integers(len(PLACES), size=(count, 3))]
        # Of three places one is well known: it stands in hundreds of articles.
        places[:, 2] = PLACES[draw.geometric(0.01, count) % len(PLACES)]
        figures = (10 ** draw.uniform(0.5, 6, (count, OWN_FIGURES))).astype(np.int64).astype(str).astype(object)
        return people, places, figures


def _sentence(words: Sequence[str]) -> str:
    told = " ".join(words)
    return f"{told[0].upper()}{told[1:]}."


def write(
    folder: Path, articles: int, *, seed: int = SEED, skew: bool = False, shared: float = SHARED, parquet: bool = False
) -> int:
    """Write an archive into ``folder``, which is made. Returns the number of files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for day, reports in Newswire(articles, seed=seed, skew=skew, shared=shared).days():
        size = -(-len(reports) // DAY_FILES)
        for part in range(DAY_FILES):
            chosen = reports[part * size : (part + 1) * size]
            if chosen:
                _write(folder / f"{day}-{part}", chosen, parquet)
                written += 1
    return written


def _write(stem: Path, reports: Sequence[Report], parquet: bool) -> None:
    if parquet:
        rows = [{**asdict(one), "published": datetime.fromisoformat(one.published)} for one in reports]
        pq.write_table(pa.Table.from_pylist(rows, COLUMNS), f"{stem}.parquet", compression="zstd")
        return
    with Path(f"{stem}.jsonl").open("w", encoding="utf-8") as lines:
        for one in reports:
            lines.write(json.dumps(asdict(one), ensure_ascii=False))
            lines.write("\n")


def keys(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.suffix == ".parquet":
            yield from pq.read_table(path, columns=["key"])["key"].to_pylist()
        elif path.suffix == ".jsonl":
            with path.open(encoding="utf-8") as lines:
                yield from (json.loads(line)["key"] for line in lines)


def truth(folder: Path) -> dict[str, int]:
    """The event of every article of an archive, by its key: articles of one event are one story."""
    return {key: event_of(key) for key in keys(folder)}


def event_of(key_or_url: str) -> int:
    """The event that a key, or a URL that ends with one, tells."""
    return int(key_or_url.rpartition("-")[2])


def bcubed(events: Mapping[str, int], stories: Mapping[str, object]) -> tuple[float, float]:
    """Precision and recall of ``stories`` against ``events``, both by key, over all articles that share either."""
    both = Counter((events[key], stories[key]) for key in events)
    of_event, of_story = Counter(events.values()), Counter(stories.values())
    counted = [key for key in events if of_event[events[key]] > 1 or of_story[stories[key]] > 1]
    pairs = [(both[events[key], stories[key]], events[key], stories[key]) for key in counted]
    precision = sum(n / of_story[story] for n, _, story in pairs) / max(1, len(pairs))
    recall = sum(n / of_event[event] for n, event, _ in pairs) / max(1, len(pairs))
    return precision, recall


def check(folder: Path) -> None:
    from variorum import ingest, stories
    from variorum.language import lead_vector

    articles = {str(one.url).rpartition("/")[2]: one for one in ingest.read([folder]).articles}
    events = truth(folder)
    if articles.keys() != events.keys():
        raise SystemExit(f"{len(events):,} articles were written and {len(articles):,} read")
    started = time.perf_counter()
    gathered = stories.gather(list(articles.values()), encode=lead_vector)
    seconds = time.perf_counter() - started
    story_of = {article.id: story.id for story in gathered.stories for article in story.articles}
    found = {key: story_of.get(one.id, one.id) for key, one in articles.items()}
    precision, recall = bcubed(events, found)
    sizes = defaultdict[int, int](int)
    for size in Counter(events.values()).values():
        sizes[size] += 1
    print(
        f"{len(articles):,} articles, {sum(n for size, n in sizes.items() if size > 1):,} stories of "
        f"{dict(sorted(sizes.items()))} reports; found {len(gathered.stories):,} in {seconds:.1f} s: "
        f"B-cubed over articles that share a story, in truth or as found: "
        f"precision {precision:.3f}, recall {recall:.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--shared", type=float, default=SHARED, help="share of articles that share a story")
    parser.add_argument("--parquet", action="store_true")
    parser.add_argument("--skew", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    if args.out.exists() and any(args.out.iterdir()):
        sys.exit(f"{args.out} is not empty")
    started = time.perf_counter()
    written = write(args.out, args.articles, seed=args.seed, skew=args.skew, shared=args.shared, parquet=args.parquet)
    seconds = time.perf_counter() - started
    print(f"{args.articles:,} articles in {written:,} files, {args.articles / seconds:,.0f} a second")
    if args.check:
        check(args.out)


if __name__ == "__main__":
    main()
