"""How right the labels of people are, on NewsWCL50: five events, five outlets each.

    python evals/labels.py --gold GOLD [--show]

A label of a person whose name stands in a gold chain of an actor is *right* when it overlaps a mention of that chain,
*wrong* when it overlaps mentions of other actors only, and *unjudged* when the annotators marked nothing there.
Recall is over the gold mentions of actors with an ordinary word of four letters or more in them, or that begin with
"President": names alone are no labels. No baseline is known: the paper's own system groups mentions and does not
attach them to names. All of it is development data. Exit status 1 below a floor or on other gold data.
"""

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from variorum import coverage, language
from variorum.records import Article, Comparison, Exemplar, Label, Lineage, Part, Stemma, Story
from variorum.text import digest, lines

GOLD_SHA256 = "8faaed800ee06260d3ba21a3b837973404cf6111c0c0fbd6e7ec13e4e39ed2e6"
FLOORS = {"precision": 0.97, "recall": 0.6}
Gold = Mapping[str, Sequence[tuple[str, int, int]]]


def article(outlet: str, text: str) -> Article:
    return Article(
        id=digest(outlet, text),
        siglum=None,
        outlet=outlet,
        title=None,
        byline=(),
        url=None,
        path=None,
        published=None,
        language="en",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        parts=tuple(Part(line.start, line.end, "body") for line in lines(text)),
    )


def read(gold: Path) -> tuple[list[Story], Gold]:
    path = gold / "newswcl50" / "articles.jsonl.gz"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != GOLD_SHA256:
        raise ValueError(f"{path} has sha256 {found}, the floors were set on {GOLD_SHA256}")
    by_story = defaultdict(list)
    with gzip.open(path, "rt") as rows:
        for row in map(json.loads, rows):
            by_story[row["story"]].append(article(row["id"], row["text"]))
    chains = defaultdict(list)
    with gzip.open(gold / "newswcl50" / "mentions.jsonl.gz", "rt") as rows:
        for row in map(json.loads, rows):
            if row["chain"].endswith("_ACTOR"):
                chains[row["doc"]].append((row["chain"], row["start"], row["end"]))
    return [Story(digest(name), tuple(by_story[name])) for name in sorted(by_story)], chains


def judged(story: Story, gold: Gold, *, show: bool) -> Counter[str]:
    annotations = {found.article: found for found in language.annotate_all(story.articles)}
    names = language.resolve(story.articles, annotations)
    stemma = Stemma((), tuple(Lineage((one.id,), Exemplar("none", None), ()) for one in story.articles))
    made = coverage.tabulate(story, annotations, names, Comparison((), ()), (), stemma)
    outlets = {one.id: one.outlet for one in story.articles}
    chain_of = {}
    for name in names:
        met = Counter(
            chain
            for place in name.mentions
            for chain, start, end in gold.get(outlets[place.article], ())
            if start <= place.start and place.end <= end
        )
        if met:
            chain_of[name.id] = min(met, key=lambda chain: (-met[chain], chain))
    tally: Counter[str] = Counter()
    for label in made.labels:
        for verdict in verdicts(label, chain_of, gold.get(outlets[label.article], ())):
            tally[verdict] += 1
            if show and verdict != "right":
                print(f"{verdict:9} {outlets[label.article]:5} {label.text}")
    tally += recalled(story, gold, made.labels, chain_of)
    return tally


def verdicts(label: Label, chain_of: Mapping[str, str], chains: Sequence[tuple[str, int, int]]) -> list[str]:
    if label.name not in chain_of:
        return []
    found = []
    for span in label.mentions:
        met = {chain for chain, start, end in chains if start < span.end and span.start < end}
        found.append("right" if chain_of[label.name] in met else "wrong" if met else "unjudged")
    return found


def recalled(story: Story, gold: Gold, labels: Sequence[Label], chain_of: Mapping[str, str]) -> Counter[str]:
    tally: Counter[str] = Counter()
    for one in story.articles:
        here = [
            (span, chain_of.get(label.name)) for label in labels if label.article == one.id for span in label.mentions
        ]
        for chain, start, end in gold.get(one.outlet, ()):
            text = one.text[start:end]
            if not text.startswith("President ") and not any(w.islower() and len(w) > 3 for w in text.split()):
                continue
            hit = any(span.start < end and start < span.end and of == chain for span, of in here)
            tally["found" if hit else "missed"] += 1
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    told, gold = read(asked.gold)
    tally: Counter[str] = Counter()
    for story in told:
        tally += judged(story, gold, show=asked.show)
    precision = tally["right"] / max(1, tally["right"] + tally["wrong"])
    recall = tally["found"] / max(1, tally["found"] + tally["missed"])
    print(f"newswcl50 dev, n = {len(told)} stories; labels: {dict(sorted(tally.items()))}")
    print(f"precision where judged {precision:.3f}, recall {recall:.3f}")
    return 0 if precision >= FLOORS["precision"] and recall >= FLOORS["recall"] else 1


if __name__ == "__main__":
    sys.exit(main())
