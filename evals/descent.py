"""How right ``descent.trace`` is: text shared, tales retold, independent reports left apart.

    python evals/descent.py --gold GOLD

``wire``: the 569 pairs of ``wire_reuse`` as stories of two. That gold is computed and counts quotations, posts
and notices too, so the reference here is computed again, by other means than ours: quotations cut out by a
regular expression, paragraphs left out that speak in the first or second person or hold a handle or a link, and
then at least a tenth of the shorter report's 8-word runs in common, in two paragraphs or more. Recall over those;
and how many of the pairs that share nothing so read are called a borrowing, and of 200 drawn at random.
Baseline: containment of 8-word runs over the whole text, at a tenth.

``apart``: reports of one event by different outlets (BASIL, NewsWCL50, the first 400 articles of AllSides), which
are independent but for what agencies wrote. The share that is called borrowed, with each such pair printed, so
that it can be read. All of it is development data: the thresholds were chosen on it.

``planted``: the example story of this repository, every article of it in the right lineage or not.

Floors rise freely and fall only with a written reason. Exit status 1 below a floor or on other gold data.
"""

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from variorum import ingest
from variorum.descent import trace
from variorum.language import annotate_all
from variorum.records import Annotation, Article, Part, Published, Stemma, Story
from variorum.stories import gather

FLOORS = {"wire_recall": 0.95, "planted": 1.0}
CEILINGS = {"wire_false": 0.02, "random_false": 0.005, "apart_retold": 0.01, "apart_verbatim": 0.02}
FIRST_ARTICLES = {"allsides": 400}
GOLD_SHA256 = {
    "wire_reuse/articles": "896b06d35c967564bfd0aa360e12173ea71a60967c3d2a719bdf17181794e80e",
    "wire_reuse/pairs": "ac3385484d64127d92144a826fef7e6364b01a2b6891c2a759f6a0dfa9db1dc6",
    "basil/articles": "29cc5dd4eb573b7ee2535f3f6fd33203d384fccbe1034e5af6cdc2b8281fc0b6",
    "newswcl50/articles": "8faaed800ee06260d3ba21a3b837973404cf6111c0c0fbd6e7ec13e4e39ed2e6",
    "allsides/articles": "5485110e7b2a97f68737d4c64fbba4c3aa92258c62f653f23af8ca573040998c",
}
EXAMPLE = Path(__file__).parents[1] / "examples" / "unlit-reef"
_SPEAKING = re.compile(r"\b(?:i|me|my|we|our|you|your)\b|@\w|https?:|twitter\.com|subscribe", re.IGNORECASE)


def read(gold: Path, name: str) -> list[dict[str, Any]]:
    path = gold / f"{name}.jsonl.gz"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != GOLD_SHA256[name]:
        raise ValueError(f"{path} has sha256 {found}, the floors were set on {GOLD_SHA256[name]}")
    with gzip.open(path, "rt") as rows:
        return [json.loads(row) for row in rows][: FIRST_ARTICLES.get(name.split("/")[0])]


def article(row: Mapping[str, Any]) -> Article:
    title = row.get("title") or ""
    text = f"{title}\n{row['text']}" if title else row["text"]
    start = len(title) + 1 if title else 0
    parts = ([Part(0, len(title), "title")] if title else []) + [Part(start, len(text), "body")]
    published = None
    if re.match(r"\d{4}-\d\d-\d\d", row.get("date") or ""):
        published = Published(datetime.fromisoformat(row["date"][:10]).replace(tzinfo=UTC), "day")
    outlet = row.get("outlet") or row["id"]
    return Article(
        row["id"], None, outlet, title or None, (), None, None, published, "en", "0" * 64, text, tuple(parts)
    )


def traced(articles: Sequence[Article], annotations: Mapping[str, Annotation]) -> Stemma:
    return trace(Story("eval", tuple(articles)), annotations)


def wire(gold: Path) -> dict[str, float]:
    rows = {row["id"]: row for row in read(gold, "wire_reuse/articles")}
    articles = {one: article(row) for one, row in rows.items()}
    shared, unshared, baseline, pairs = [], [], [], set()
    for pair in read(gold, "wire_reuse/pairs"):
        ids = (pair["id1"], pair["id2"])
        pairs.add(frozenset(ids))
        own = [_own_grams(rows[one]["text"]) for one in ids]
        both = own[0].keys() & own[1].keys()
        share = len(both) / max(1, min(len(own[0]), len(own[1])))
        called = bool(traced([articles[one] for one in ids], {}).borrowings)
        if share >= 0.1 and min(len({side[gram] for gram in both}) for side in own) >= 2:
            shared.append(called)
        elif not both:
            unshared.append(called)
            whole = [_grams(rows[one]["text"]) for one in ids]
            baseline.append(len(whole[0] & whole[1]) / max(1, min(len(whole[0]), len(whole[1]))) >= 0.1)
    draw, strangers = random.Random(3), []
    while len(strangers) < 200:
        ids = tuple(draw.sample(sorted(rows), 2))
        if frozenset(ids) not in pairs and rows[ids[0]]["outlet"] != rows[ids[1]]["outlet"]:
            strangers.append(bool(traced([articles[one] for one in ids], {}).borrowings))
    low, high = _interval(shared)
    print(
        f"wire       recall {sum(shared)}/{len(shared)} = {_share(shared):.3f} [{low:.3f}, {high:.3f}]; of pairs that "
        f"share no prose {sum(unshared)}/{len(unshared)} called borrowed (whole-text containment: {sum(baseline)}), "
        f"of random pairs {sum(strangers)}/{len(strangers)}"
    )
    return {"wire_recall": _share(shared), "wire_false": _share(unshared), "random_false": _share(strangers)}


def apart(gold: Path) -> dict[str, float]:
    found: dict[str, int] = defaultdict(int)
    total = 0
    for name in ("basil/articles", "newswcl50/articles", "allsides/articles"):
        by_story: dict[str, list[Article]] = defaultdict(list)
        for row in read(gold, name):
            by_story[row["story"]].append(article(row))
        together = [one for articles in by_story.values() if len(articles) > 1 for one in articles]
        annotations = {annotation.article: annotation for annotation in annotate_all(together)}
        for one, other in _pairs(by_story.values()):
            total += 1
            for borrowing in traced((one, other), annotations).borrowings:
                found[borrowing.kind] += 1
                print(f"  {borrowing.kind}: {one.outlet} | {other.outlet}: {one.title or one.id}")
    print(f"apart      of {total} pairs of different outlets {dict(found)} called borrowed")
    return {f"apart_{kind}": found[kind] / total for kind in ("retold", "verbatim")}


def planted() -> dict[str, float]:
    key = json.loads((EXAMPLE / "key.json").read_text("utf-8"))
    story = gather(ingest.read([EXAMPLE / "reports"]).articles).stories[0]
    stemma = traced(story.articles, {annotation.article: annotation for annotation in annotate_all(story.articles)})
    paths = {one.id: Path(one.path or "").name for one in story.articles}
    want = {
        frozenset(Path(path).name for path in lineage["reports"]): lineage["exemplar"] for lineage in key["lineages"]
    }
    got = {frozenset(paths[one] for one in lineage.articles): lineage.exemplar for lineage in stemma.lineages}
    right = [want[group]["kind"] == got[group].kind for group in want if group in got]
    print(f"planted    {sum(right)}/{len(want)} lineages right, with what they go back to")
    return {"planted": sum(right) / len(want)}


def _pairs(stories: Iterator[list[Article]] | Any) -> Iterator[tuple[Article, Article]]:
    for articles in stories:
        yield from ((one, other) for one, other in combinations(articles, 2) if one.outlet != other.outlet)


def _own_grams(text: str) -> dict[tuple[str, ...], int]:
    """8-word runs outside quotations and speech, and the paragraph each was last seen in."""
    grams = {}
    for number, paragraph in enumerate(text.split("\n")):
        bare = re.sub(r"[“\"][^”\"]*[”\"]?", " ¶ ", paragraph)
        if _SPEAKING.search(bare):
            continue
        for run in bare.split("¶"):
            grams.update(dict.fromkeys(_grams(run), number))
    return grams


def _grams(text: str) -> set[tuple[str, ...]]:
    found = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(found[at : at + 8]) for at in range(len(found) - 7)}


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)


def _interval(hits: Sequence[bool]) -> tuple[float, float]:
    draw = random.Random(0)
    resampled = sorted(_share(draw.choices(hits, k=len(hits))) for _ in range(1000))
    return resampled[25], resampled[-26]


def main(gold: Path) -> int:
    got = wire(gold) | apart(gold) | planted()
    fell = [name for name, floor in FLOORS.items() if got[name] < floor]
    fell += [name for name, ceiling in CEILINGS.items() if got[name] > ceiling]
    print({name: round(value, 4) for name, value in got.items()}, "fell:" if fell else "all floors hold", *fell)
    return 1 if fell else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    sys.exit(main(parser.parse_args().gold))
