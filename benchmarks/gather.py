"""How many articles a second are placed in stories as they arrive, and does that hold as the archive grows?

    python benchmarks/gather.py [--sizes 10000 30000 100000] [--others-up-to 10000] [--day 1000]

Streams GENERATED articles, in the order of their days, through ``stories.sketch``, ``Gatherer.place`` and, after every
1,000, ``Gatherer.settle``, with the real encoder for leads that words leave open, two in a hundred at most. Timed is
all of that, in seconds of one core, and not the making of the articles. Beside it, on the same articles and each in a
process of its own: the same collection gathered all at once, as a folder is, by words alone, for the leads of generated
articles say nothing of their event; and scikit-learn: TfidfVectorizer and NearestNeighbors (10 neighbours, cosine),
neighbours of likeness 0.2 and more joined, by connected components; the whole collection at once, for it cannot take
articles as they come.

The articles. Words are drawn by how often they stand in news, after the table that ships with the package. An event has
a topic, whose words it shares with other events; words, names and figures of its own, some of the names known from
elsewhere; a life of some days and, half the time, only one report. An outlet that retells it takes two thirds of its
words and puts its own between them. B-cubed is over the stories as generated: it says that speed is not bought with
nonsense, no more; for how right the stage is on real news see ``evals/stories.py``.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from variorum.config import Stories
from variorum.language import lead_vector
from variorum.records import Article, Change, Part, Published
from variorum.stories import Gatherer, gathered, sketch

SEED = 7
FIRST_DAY = datetime(2015, 1, 1, tzinfo=UTC)
TOPICS, TOPIC_WORDS = 2000, 120
NAMES = 60_000
EVENT_WORDS, EVENT_NAMES, KNOWN_NAMES, EVENT_FIGURES = 36, 7, 3, 6
BODY_WORDS = 400
BATCH = 1000
VECTOR_SHARE = 0.005  # for a bulk load; words and days decide where it is used up
SKLEARN_ALIKE = 0.2


@dataclass(frozen=True, slots=True)
class Event:
    """An event. number: its story. words, topic: rows of the table of words. names, figures: as printed."""

    number: int
    words: NDArray[np.int64]
    topic: NDArray[np.int64]
    names: tuple[str, ...]
    figures: tuple[str, ...]


class World:
    """Articles without end, the same for the same seed: ``day_articles`` reports a day."""

    def __init__(self, seed: int, day_articles: int) -> None:
        self._draw = np.random.default_rng(seed)
        self._day_articles = day_articles
        rows = (files("variorum.text") / "article_counts.tsv").read_text("utf-8").splitlines()[1:]
        counted = [(word, int(count)) for word, count in (row.split("\t") for row in rows) if word.isalpha()]
        self._words = np.array([word for word, _ in counted], dtype=object)
        counts = np.array([count for _, count in counted], dtype=np.float64)
        self._steps = np.cumsum(counts) / counts.sum()
        self._rare = np.flatnonzero(counts < 120)
        self._topics = self._draw.choice(self._rare, (TOPICS, TOPIC_WORDS))
        self._names = [self._name() for _ in range(NAMES)]
        self._events = 0

    def articles(self) -> Iterator[tuple[Article, int]]:
        """Each article with its story."""
        waiting: dict[int, list[Event]] = defaultdict(list)
        day = number = 0
        while True:
            while len(waiting[day]) < self._day_articles:
                event = self._event()
                for later in self._days():
                    waiting[day + later].append(event)
            told = waiting.pop(day)
            for at in self._draw.permutation(len(told)):
                yield self._article(number, told[at], day), told[at].number
                number += 1
            day += 1

    def _name(self) -> str:
        parts = self._draw.choice(("ba", "ker", "lo", "ni", "sta", "mor", "vel", "dri", "un", "ash", "ti", "gor"), 4)
        return "".join(parts[: self._draw.integers(2, 5)]).capitalize()

    def _days(self) -> NDArray[np.int64]:
        """The days after the event on which it is reported, one for each report: most at once, some days later."""
        reports = 1 if self._draw.random() < 0.5 else min(60, 1 + int(self._draw.pareto(1.3) * 3))
        return np.minimum(self._draw.geometric(0.6, reports) - 1, 6)

    def _event(self) -> Event:
        draw, number = self._draw, self._events
        self._events += 1
        topic = self._topics[draw.integers(TOPICS)]
        return Event(
            number,
            draw.choice(self._rare, EVENT_WORDS),
            draw.choice(topic, EVENT_WORDS),
            tuple(self._names[at] for at in draw.integers(NAMES, size=EVENT_NAMES))
            + tuple(str(word).capitalize() for word in self._words[draw.choice(self._rare, KNOWN_NAMES)]),
            tuple(str(int(figure)) for figure in 10 ** draw.uniform(0.5, 6, EVENT_FIGURES)),
        )

    def _article(self, number: int, event: Event, day: int) -> Article:
        title = self._told(event, 9, 0.0)
        body = self._told(event, BODY_WORDS, 0.76)
        text = f"{title}\n{body}"
        parts = (Part(0, len(title), "title"), Part(len(title) + 1, len(text), "body"))
        at = Published(FIRST_DAY + timedelta(days=day), "day")
        return Article(f"{number:016x}", None, "", title, (), None, None, at, "en", "0" * 64, text, parts)

    def _told(self, event: Event, count: int, filled: float) -> str:
        """Words in sentences of some twenty: a share of ``filled`` is anybody's, of the rest a sixth are names."""
        draw = self._draw
        own = np.concatenate([draw.choice(event.words, 18), draw.choice(event.topic, 12)])
        words = self._words[np.searchsorted(self._steps, draw.random(count))]
        kind = draw.random(count)
        words[kind > filled] = self._words[draw.choice(own, int((kind > filled).sum()))]
        marks = kind > 1 - (1 - filled) / 6
        told = draw.choice(np.array((*event.names, *event.figures), dtype=object), 10)
        words[marks] = draw.choice(told, int(marks.sum()))
        words[19::20] += "."
        return " ".join(words.tolist())


def ours(count: int, day_articles: int) -> dict[str, float]:
    """Stream through the gatherer. Memory of the making of the articles is in what is printed: some 60 MiB."""
    lead_vector("The encoder is loaded before the clock is started.")
    settings = replace(Stories(), vector_share=VECTOR_SHARE)
    gatherer, truth, placed, merged = (
        Gatherer(settings=settings, encode=lead_vector),
        array("I"),
        array("Q"),
        dict[int, int](),
    )
    world, seconds, batches = World(SEED, day_articles).articles(), 0.0, []

    def note(changes: Sequence[Change]) -> None:
        for change in changes:
            story = int(change.story, 16)
            merged.pop(story, None)
            if change.kind == "merged":
                merged[int(str(change.other), 16)] = story
            for id in change.articles:
                placed[int(id, 16)] = story

    while batch := list(islice(world, min(BATCH, count - len(truth)))):
        truth.extend(number for _, number in batch)
        placed.extend([0] * len(batch))
        started = time.process_time()
        changes = [change for article, _ in batch for change in gatherer.place(sketch(article)).changes]
        changes.extend(gatherer.settle())
        batches.append(time.process_time() - started)
        seconds += batches[-1]
        note(changes)
    found = [_last(story, merged) for story in placed]
    tenth = max(1, len(batches) // 10)
    return {
        "seconds": seconds,
        "last": sum(batches[-tenth:]) / tenth / BATCH,
        "asked": gatherer.vectors_asked / count,
        "held": gatherer.articles_held,
    } | bcubed(list(truth), found)


def _last(story: int, merged: dict[int, int]) -> int:
    while story in merged:
        story = merged[story]
    return story


def at_once(count: int, day_articles: int) -> dict[str, float]:
    """The whole collection, in memory."""
    articles = list(islice(World(SEED, day_articles).articles(), count))
    started = time.process_time()
    stories = gathered([sketch(article) for article, _ in articles], settings=Stories())
    seconds = time.process_time() - started
    of = {id: number for number, story in enumerate(stories) for id in story}
    found = [of[article.id] for article, _ in articles]
    return {"seconds": seconds, "last": seconds / count} | bcubed([number for _, number in articles], found)


def sklearn(count: int, day_articles: int) -> dict[str, float]:
    """The whole collection at once."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors

    articles = list(islice(World(SEED, day_articles).articles(), count))
    started = time.process_time()
    rows = TfidfVectorizer(sublinear_tf=True).fit_transform(article.text for article, _ in articles)
    far, near = NearestNeighbors(n_neighbors=10, metric="cosine").fit(rows).kneighbors(rows)
    alike = far <= 1 - SKLEARN_ALIKE
    links = csr_array((alike[alike], (np.nonzero(alike)[0], near[alike])), shape=(count, count))
    found = connected_components(links, directed=False)[1].tolist()
    seconds = time.process_time() - started
    return {"seconds": seconds, "last": seconds / count} | bcubed([number for _, number in articles], found)


def bcubed(truth: Sequence[int], found: Sequence[int]) -> dict[str, float]:
    both, of_truth, of_found = Counter(zip(truth, found, strict=True)), Counter(truth), Counter(found)
    precision = sum(n * n / of_found[f] for (_, f), n in both.items()) / len(truth)
    recall = sum(n * n / of_truth[t] for (t, _), n in both.items()) / len(truth)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}


WAYS = {"variorum": ours, "all at once": at_once, "scikit-learn": sklearn}


def once(way: str, count: int, day_articles: int) -> None:
    """Run one way and print its cost as JSON; memory in MiB."""
    got = WAYS[way](count, day_articles)
    got["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(got))


def measured(way: str, count: int, day_articles: int) -> dict[str, float]:
    """What ``once`` printed, of a process of its own on one thread."""
    command = [sys.executable, __file__, "--day", str(day_articles), "--once", way, str(count)]
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, env=os.environ | one)
    if done.returncode:
        raise SystemExit(f"{way} at {count} articles failed")
    got: dict[str, float] = json.loads(done.stdout)
    return got


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--others-up-to", type=int, default=10_000, help="the largest size scikit-learn is run at")
    parser.add_argument("--day", type=int, default=1000, help="articles a day")
    parser.add_argument("--once", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.once:
        once(args.once[0], int(args.once[1]), args.day)
        return
    print(
        f"{'articles':>9} {'way':<13}{'seconds':>9}{'a second':>10}{'last tenth':>12}{'vectors':>9}{'held':>8}"
        f"{'peak':>10}{'B3 P':>8}{'R':>7}{'F1':>7}"
    )
    for size in args.sizes:
        for way in WAYS:
            if way == "scikit-learn" and size > args.others_up_to:
                continue
            got = measured(way, size, args.day)
            asked = f"{got['asked']:>8.1%}" if "asked" in got else f"{'-':>8}"
            print(
                f"{size:>9} {way:<13}{got['seconds']:>9.1f}{size / got['seconds']:>10.0f}"
                f"{1 / got['last']:>10.0f}/s{asked:>9}{got.get('held', size):>8.0f}{got['peak']:>6.0f} MiB"
                f"{got['precision']:>8.3f}{got['recall']:>7.3f}{got['f1']:>7.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
