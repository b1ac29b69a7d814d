"""An archive of GENERATED articles, as large as asked for, made in minutes: for benchmarks/serve.py.

Every article goes through ``Archive.add``, so that the tables and the full-text index are what adding makes of them.
What takes models is not done: which report is in which story is known and not gathered, and a sketch is as many bytes
as a real one. What editions find of stories is drawn by chance for two thirds of them. One story is told in sixty
reports whose edition is invented too (``tests/crowded_edition.py``) and kept as if it had been made.

Three quarters of the articles share a story with another; the sizes of these stories fall off by a power of their rank,
from 400 reports to two. The rest stand alone. Words are drawn by how often they stand in news, a quarter of them from
those of the story; outlets by a power of their rank.
"""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
from sqlalchemy import update

from variorum import pipeline
from variorum.edition.seal import seal_all
from variorum.pipeline.findings import of_edition
from variorum.records import (
    Article,
    Change,
    Edition,
    Editions,
    Extract,
    Found,
    OutletFinding,
    Part,
    Published,
    Reading,
    Received,
    Span,
    TimelineEntry,
    Utterance,
)
from variorum.store import Archive, results
from variorum.store import stories as kept
from variorum.store.adding import Sketched
from variorum.store.tables import STORIES
from variorum.text import digest

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

SEED = 11
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 730
OUTLETS = 400
LARGEST = 400  # reports of the story that most tell
SHARED = 0.75  # of the articles, those that share a story
WORDS = 300  # of a report's body, on average
STORY_WORDS = 30
SKETCH_BYTES = 1500
ANALYSED = 2 / 3  # of the stories, those of which something was found
BATCH = 500
CROWD, CROWD_CLAIMS = 60, 300


@dataclass(frozen=True, slots=True)
class Made:
    """What there is to ask for. crowded: the story of sixty reports, biggest: that which most tell. rare: a word of one
    story. phrase: two words that follow each other in a headline. outlet: the one with most reports."""

    crowded: str
    biggest: str
    report: str
    rare: str
    phrase: str
    outlet: str


def make(place: str, articles: int, stories: int) -> Made:
    """Make the archive at ``place``. stories: those that several reports tell."""
    with Archive(place) as archive:
        telling = _Telling(articles, stories)
        for batch in _batches(telling.all()):
            archive.add(
                [received for _, received in batch],
                {received.article.id: telling.sketch for _, received in batch},
                also=lambda connection, batch=batch: kept.move(  # type: ignore[misc]
                    connection,
                    [Change("opened", story, None, (received.article.id,)) for story, received in batch],
                    1,
                ),
            )
        telling.find(archive)
        crowded, report = _crowd(archive)
    return Made(crowded, telling.ids[0], report, telling.rare, telling.phrase, telling.outlets[0])


def renew(place: str, made: Made) -> None:
    """Let an archive that was made before stand as if this release had made it, with its findings and its edition."""
    with Archive(place) as archive, archive.writing() as connection:
        connection.execute(update(STORIES).where(STORIES.c.made_by.is_not(None)).values(made_by=pipeline.finder()))
    with Archive(place) as archive:
        _keep_edition(archive, made.crowded, _edition())


def _batches(told: Iterator[tuple[str, Received]]) -> Iterator[list[tuple[str, Received]]]:
    batch: list[tuple[str, Received]] = []
    for one in told:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class _Telling:
    """The generated articles in the order of their times, the same for the same numbers."""

    def __init__(self, articles: int, stories: int) -> None:
        self._draw = np.random.default_rng(SEED)
        rows = (files("variorum.text") / "article_counts.tsv").read_text("utf-8").splitlines()[1:]
        counted = [(word, int(count)) for word, count in (row.split("\t") for row in rows) if word.isalpha()]
        self._words = np.array([word for word, _ in counted], dtype=object)
        counts = np.array([count for _, count in counted], dtype=np.float64)
        self._steps = np.cumsum(counts) / counts.sum()
        self._seldom = np.flatnonzero(counts < 120)
        sizes = _sizes(stories, int(articles * SHARED))
        self.sizes = [*sizes, *([1] * (articles - sum(sizes)))]
        self.ids = [digest("story", str(number)) for number in range(len(self.sizes))]
        self.outlets = [f"The {self._name()} {kind}" for kind in ("Courier", "Herald", "Post", "Record")
                        for _ in range(OUTLETS // 4)]  # fmt: skip
        self.sketch = Sketched(b"\0" * SKETCH_BYTES, 739_000)
        self._shares = np.arange(1, len(self.outlets) + 1) ** -0.8
        self._shares /= self._shares.sum()
        self._tellers: list[list[tuple[str, str]]] = [[] for _ in self.sizes]  # outlet and id of each report, by story
        self.rare = self.phrase = ""

    def all(self) -> Iterator[tuple[str, Received]]:
        """Each article with the id of its story."""
        draw = self._draw
        begun = draw.random(len(self.sizes)) * DAYS
        times = sorted(
            (begun[story] + later, story)
            for story, size in enumerate(self.sizes)
            for later in draw.exponential(0.4 if size < 20 else 2.0, size)
        )
        own: dict[int, tuple[np.ndarray, str]] = {}
        for number, (day, story) in enumerate(times):
            if story not in own:
                own[story] = draw.choice(self._seldom, STORY_WORDS), f"{self._name()}{self._name().lower()}{story}"
            words, name = own[story]
            title = " ".join([name.capitalize(), *self._told(words, 8)])
            self.rare, self.phrase = (name, " ".join(title.split()[1:3])) if self.sizes[story] > 5 else (
                self.rare, self.phrase)  # fmt: skip
            body = " ".join(self._told(words, int(draw.integers(WORDS // 2, WORDS * 3 // 2))))
            text = f"{title}\n{body}"
            outlet = self.outlets[int(draw.choice(len(self.outlets), p=self._shares))]
            raw = text.encode()
            article = Article(
                id=digest(outlet, text), siglum=None, outlet=outlet, title=title, byline=(),
                url=f"https://{outlet.split()[1].lower()}.example/{number}", path=None,
                published=Published((FIRST_DAY + timedelta(days=day)).replace(microsecond=0), "minute"), language="en",
                sha256=hashlib.sha256(raw).hexdigest(), text=text,
                parts=(Part(0, len(title), "title"), Part(len(title) + 1, len(text), "body")),
            )  # fmt: skip
            self._tellers[story].append((outlet, article.id))
            yield self.ids[story], Received(article, raw, "text/plain", None, article.url or "", digest(text))

    def find(self, archive: Archive) -> None:
        """Count every story, and draw what was found of two thirds of those that several reports tell."""
        made_by, draw = pipeline.finder(), self._draw
        for start in range(0, len(self.ids), BATCH):
            with archive.writing() as connection:
                for at in range(start, min(start + BATCH, len(self.ids))):
                    kept.count(connection, self.ids[at])
                    if self.sizes[at] > 1 and draw.random() < ANALYSED:
                        found = Found(
                            lineages=int(draw.integers(1, self.sizes[at] + 1)), is_final=bool(draw.random() < 0.5),
                            conflicts=int(draw.poisson(0.5)), altered=int(draw.poisson(0.3)),
                        )  # fmt: skip
                        kept.found(connection, self.ids[at], found, self._findings(at), made_by=made_by)

    def _findings(self, at: int) -> list[OutletFinding]:
        story, tellers, draw = self.ids[at], self._tellers[at], self._draw
        found = [OutletFinding(story, outlet, id, kind) for outlet, id in tellers for kind in ("told", "timed")]
        found.append(OutletFinding(story, *tellers[0], "first"))
        for (outlet, id), (other, other_id) in pairwise(tellers):
            if outlet != other and draw.random() < 0.3:
                found += [OutletFinding(story, outlet, id, "gave", other, other_id),
                          OutletFinding(story, other, other_id, "took", outlet, id)]  # fmt: skip
            if draw.random() < 0.4:
                found.append(OutletFinding(story, outlet, id, "quoted", finding="u1"))
            if draw.random() < 0.05:
                found.append(OutletFinding(story, outlet, id, "altered", finding="u1"))
        return found

    def _name(self) -> str:
        parts = self._draw.choice(("ba", "ker", "lo", "ni", "sta", "mor", "vel", "dri", "un", "ash", "ti", "gor"), 3)
        return "".join(parts).capitalize()

    def _told(self, own: np.ndarray, count: int) -> list[str]:
        rows = np.searchsorted(self._steps, self._draw.random(count))
        mine = self._draw.random(count) < 0.25
        rows[mine] = self._draw.choice(own, int(mine.sum()))
        words = self._words[rows]
        words[19::20] += "."
        return words.tolist()  # type: ignore[no-any-return]


def _sizes(stories: int, articles: int) -> list[int]:
    """How many reports each story has: ``LARGEST`` by a power of the rank that uses up the articles."""
    ranks, low, high = np.arange(1, stories + 1, dtype=np.float64), 0.0, 3.0
    largest = min(LARGEST, max(2, articles // 10))
    for _ in range(40):
        power = (low + high) / 2
        found = np.maximum(2, largest * ranks**-power).astype(int)
        low, high = (power, high) if found.sum() > articles else (low, power)
    return found.tolist()  # type: ignore[no-any-return]


def _crowd(archive: Archive) -> tuple[str, str]:
    """Add the story of sixty reports with its edition. Returns its id and that of one of its reports."""
    made = _edition()
    story = digest("story", "crowded")
    archive.add(
        [Received(one, one.text.encode(), "text/plain", one.id, one.path or "", one.id) for one in made.articles],
        {one.id: Sketched(b"\0" * SKETCH_BYTES, 739_000) for one in made.articles},
    )
    with archive.writing() as connection:
        kept.place(connection, [Change("opened", story, None, tuple(one.id for one in made.articles))], 2)
    _keep_edition(archive, story, made)
    return story, made.articles[0].id


def _keep_edition(archive: Archive, story: str, made: Edition) -> None:
    """Keep an edition of a story as it stands, with what it found."""
    standing = pipeline.standing(archive, story)
    with archive.writing() as connection:
        value = msgspec.json.encode(made)
        results.put(connection, standing.key, value, kind="edition", subject=story, settings=archive.settings)
        kept.found(connection, story, *of_edition(made, story), made_by=pipeline.finder())


def _edition() -> Edition:
    """The invented edition, with quotations, a digest and a timeline made of its claims' words."""
    from crowded_edition import crowded

    made = crowded(CROWD, CROWD_CLAIMS)
    at = FIRST_DAY + timedelta(days=DAYS + 1)
    articles = tuple(
        replace(one, sha256=hashlib.sha256(one.text.encode()).hexdigest(),
                published=Published(at + timedelta(minutes=7 * number), "minute"))
        for number, one in enumerate(made.articles)
    )  # fmt: skip
    utterances = tuple(
        Utterance(f"utterance-{number}", None, claim.text.split(" on day")[0], 0, tuple(
            Reading(article=voice.article, spans=(Span(voice.start, voice.end),), text=claim.text, mode="direct",
                    marks="none", cue=None, speaker_span=None, agreement="base" if at == 0 else "verbatim", variants=())
            for at, voice in enumerate(claim.voices)
        ))
        for number, claim in enumerate(made.claims[::4])
    )  # fmt: skip
    extracts = tuple(
        Extract(claim.article, claim.start, claim.end, claim.text, (claim.id,), claim.lineages,
                claim.status == "disputed")
        for claim in made.claims[:20]
    )  # fmt: skip
    timeline = tuple(
        TimelineEntry((at + timedelta(days=number)).date().isoformat(), "day", claim.article, claim.start,
                      claim.start + 20, claim.id)
        for number, claim in enumerate(made.claims[::5])
    )  # fmt: skip
    made = replace(made, articles=articles, utterances=utterances, digest=extracts, timeline=timeline)
    return seal_all(Editions((made,), (), ())).editions[0]
