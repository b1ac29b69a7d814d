"""How right ``stories.gather`` is: B-cubed F1 (Bagga and Baldwin 1998) at the one shipped threshold.

    python evals/stories.py --gold GOLD

Every set is grouped as one folder; ``folders`` draws 600 small ones, as people have them, and counts those
grouped exactly right. All of it is development data: the thresholds were chosen on it. The baseline is the
README's of the gold data, TF-IDF and average linkage with a threshold picked for each set on the same data.
Floors rise freely and fall only with a written reason. Exit status 1 below a floor or on other gold data.
"""

import argparse
import gzip
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from variorum.records import Article, Part, Published
from variorum.stories import gather

FLOORS = {"ecbplus": 0.865, "basil": 0.96, "newswcl50": 0.99, "allsides": 0.92}
BASELINES = {"ecbplus": 0.891, "basil": 0.967, "newswcl50": None, "allsides": 0.845}
FOLDER_FLOORS = {"wrongly_joined": 0.08, "exact": 0.75}
FIRST_ARTICLES = {"allsides": 400}
GOLD_SHA256 = {
    "ecbplus": "a4cf0c6cc7087552a548e9cb68a8956e7abfd5c2ee005c1ea7aedb3d80542252",
    "basil": "29cc5dd4eb573b7ee2535f3f6fd33203d384fccbe1034e5af6cdc2b8281fc0b6",
    "newswcl50": "8faaed800ee06260d3ba21a3b837973404cf6111c0c0fbd6e7ec13e4e39ed2e6",
    "allsides": "5485110e7b2a97f68737d4c64fbba4c3aa92258c62f653f23af8ca573040998c",
}
RESAMPLES = 500


@dataclass(frozen=True, slots=True)
class Measured:
    """B-cubed precision, recall and F1; low, high: 95 % bootstrap interval of F1 over gold stories."""

    articles: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float


def read(gold: Path, name: str) -> list[dict[str, Any]]:
    path = gold / name / "articles.jsonl.gz"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != GOLD_SHA256[name]:
        raise ValueError(f"{path} has sha256 {found}, the floors were set on {GOLD_SHA256[name]}")
    with gzip.open(path, "rt") as rows:
        return [json.loads(row) for row in rows][: FIRST_ARTICLES.get(name)]


def article(row: Mapping[str, Any]) -> Article:
    title = row.get("title") or ""
    text = row["text"] if row["text"].startswith(title) else f"{title}\n{row['text']}"
    start = len(title) + 1 if text != row["text"] else 0
    parts = [Part(0, len(title), "title")] if start else []
    parts.append(Part(start, len(text), "body"))
    published = None
    if row.get("date"):
        published = Published(datetime.fromisoformat(row["date"]).replace(tzinfo=UTC), "day")
    outlet = row.get("outlet") or row["id"]
    return Article(
        row["id"], None, outlet, title or None, (), None, None, published, "en", "0" * 64, text, tuple(parts)
    )


def predicted(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    gathering = gather([article(row) for row in rows])
    found = {one.id: story.id for story in gathering.stories for one in story.articles}
    return found | {alone: f"alone {alone}" for alone in gathering.alone}


def measure(gold: Path, name: str) -> Measured:
    rows = read(gold, name)
    truth, found = {row["id"]: row["story"] for row in rows}, predicted(rows)
    both = Counter((truth[one], found[one]) for one in truth)
    of_truth, of_found = Counter(truth.values()), Counter(found.values())
    each = {
        one: (both[truth[one], found[one]] / of_found[found[one]], both[truth[one], found[one]] / of_truth[truth[one]])
        for one in truth
    }
    by_story: dict[str, list[tuple[float, float]]] = {}
    for one in truth:
        by_story.setdefault(truth[one], []).append(each[one])
    draw, stories, resampled = random.Random(0), list(by_story.values()), []
    for _ in range(RESAMPLES):
        picked = [pair for _ in stories for pair in draw.choice(stories)]
        resampled.append(_f1(picked)[2])
    resampled.sort()
    precision, recall, f1 = _f1(list(each.values()))
    return Measured(len(rows), precision, recall, f1, resampled[RESAMPLES // 40], resampled[-RESAMPLES // 40])


def folders(gold: Path) -> dict[str, float]:
    """Shares of small folders grouped exactly right, and with two events taken for one.

    150 folders a set: one to three stories and up to two strangers; of ECB+, one topic's two look-alike events.
    """
    draw, exact, joined, total = random.Random(1), 0, 0, 0
    for name in FLOORS:
        rows = read(gold, name)
        by_story: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            by_story.setdefault(row["story"], []).append(row)
        for _ in range(150):
            folder = _topic(draw, rows, by_story) if name == "ecbplus" else _mixed(draw, by_story)
            found = predicted(folder)
            pairs = list(combinations(folder, 2))
            wrong = any(found[a["id"]] == found[b["id"]] and a["story"] != b["story"] for a, b in pairs)
            split = any(found[a["id"]] != found[b["id"]] and a["story"] == b["story"] for a, b in pairs)
            total, joined, exact = total + 1, joined + wrong, exact + (not wrong and not split)
    return {"folders": total, "exact": exact / total, "wrongly_joined": joined / total}


def _mixed(draw: random.Random, by_story: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    several = [story for story, rows in by_story.items() if len(rows) > 1]
    stories = draw.sample(several, draw.choice([1, 2, 3]))
    strangers = [one for one in draw.sample(list(by_story), draw.choice([0, 0, 1, 2])) if one not in stories]
    return [row for one in stories for row in by_story[one]] + [draw.choice(by_story[one]) for one in strangers]


def _topic(
    draw: random.Random, rows: Sequence[dict[str, Any]], by_story: Mapping[str, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    topic = draw.choice(sorted({row["topic"] for row in rows}))
    stories = sorted({row["story"] for row in rows if row["topic"] == topic})[: draw.choice([1, 2])]
    return [row for one in stories for row in draw.sample(by_story[one], min(len(by_story[one]), draw.randint(2, 6)))]


def _f1(pairs: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    precision = sum(pair[0] for pair in pairs) / len(pairs)
    recall = sum(pair[1] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main(gold: Path) -> int:
    fell = 0
    for name, floor in FLOORS.items():
        got = measure(gold, name)
        fell += got.f1 < floor
        print(
            f"{name:10} n={got.articles} B-cubed P {got.precision:.3f} R {got.recall:.3f} F1 {got.f1:.3f} "
            f"[{got.low:.3f}, {got.high:.3f}] floor {floor} TF-IDF baseline {BASELINES[name] or '-'}"
        )
    shares = folders(gold)
    fell += shares["exact"] < FOLDER_FLOORS["exact"] or shares["wrongly_joined"] > FOLDER_FLOORS["wrongly_joined"]
    print("small folders", {key: round(value, 3) for key, value in shares.items()}, "floors", FOLDER_FLOORS)
    return 1 if fell else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    sys.exit(main(parser.parse_args().gold))
