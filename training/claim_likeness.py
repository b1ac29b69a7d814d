"""Fit the logistic regression behind ``variorum.claims.likeness`` and print its weights for the config.

    python training/claim_likeness.py --gold ../shared/gold

Three sets, each weighing the same: sentences of ECB+ topics 1 to 24 (two of different articles are one
fact when at least half of their event chains, both taken together, are shared; none when no chain is),
MSRP train, and every other news pair of STS (one fact from 3.8 of 5, none up to 2.8).
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from variorum.claims.likeness import features
from variorum.claims.reports import reports
from variorum.claims.units import Unit, units
from variorum.language import annotate, resolve
from variorum.records import Annotation, Article, Part, Story

DEV_TOPICS = 24
PENALTY = 1e-4
Rows = NDArray[np.float64]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a compressed JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def article(id: str, text: str) -> Article:
    """A bare article: one body part, no outlet but its id."""
    return Article(
        id=id, siglum=None, outlet=id, title=None, byline=(), url=None, path=None, published=None, language="en",
        sha256=sha256(text.encode()).hexdigest(), text=text, parts=(Part(0, len(text), "body"),),
    )  # fmt: skip


def whole_sentences(articles: Sequence[Article], annotations: dict[str, Annotation]) -> list[Unit]:
    """The articles' sentences as the stage sees them, names resolved over all of them."""
    told = reports(Story("training", tuple(articles)), annotations, resolve(articles, annotations))
    return [unit for report in told for unit in units(report, fewest_words=0) if unit.whole]


def ecb(gold: Path, first: int, last: int) -> tuple[Rows, NDArray[np.bool_], NDArray[np.bool_]]:
    """Features, labels, and whether the two are of one story, for ECB+ topics ``first`` to ``last``."""
    chains: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in rows(gold / "ecbplus" / "mentions.jsonl.gz"):
        if "ACTION" in row["tag"] and row.get("chain") and row["validated"]:
            chains[row["doc"]].append((row["start"], row["end"], row["chain"]))
    topics: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(gold / "ecbplus" / "articles.jsonl.gz"):
        if first <= int(row["topic"]) <= last:
            topics[int(row["topic"])].append(row)
    x, y, same = [], [], []
    for _, held in sorted(topics.items()):
        stories = {row["id"]: row["story"] for row in held}
        articles = [article(row["id"], row["text"]) for row in held]
        told = []
        for unit in whole_sentences(articles, {each.id: annotate(each) for each in articles}):
            inside = {chain for start, end, chain in chains[unit.place[0]] if unit.start <= start and end <= unit.end}
            if inside:
                told.append((unit, inside))
        if len(told) < 2:
            continue
        every = features([unit for unit, _ in told], [unit for unit, _ in told])
        for i, (u, a) in enumerate(told):
            for j in range(i + 1, len(told)):
                v, b = told[j]
                shared = len(a & b) / len(a | b)
                if u.report is v.report or 0 < shared < 0.5:
                    continue
                x.append(every[i, j])
                y.append(shared >= 0.5)
                same.append(stories[u.place[0]] == stories[v.place[0]])
    return np.array(x, dtype=np.float64), np.array(y), np.array(same)


def pairs(found: Sequence[tuple[str, str, bool]]) -> tuple[Rows, NDArray[np.bool_]]:
    """Features and labels of sentence pairs."""
    x, y = [], []
    for one, other, label in found:
        articles = (article("one", one.strip()), article("other", other.strip()))
        told = whole_sentences(articles, {each.id: annotate(each) for each in articles})
        mine = [unit for unit in told if unit.place[0] == "one"][:1]
        theirs = [unit for unit in told if unit.place[0] == "other"][:1]
        if mine and theirs:
            x.append(features(mine, theirs)[0, 0])
            y.append(label)
    return np.array(x, dtype=np.float64), np.array(y)


def msrp(gold: Path, split: str) -> list[tuple[str, str, bool]]:
    """Sentence pairs of MSRP with whether people called them paraphrases."""
    found = rows(gold / "msrp" / "pairs.jsonl.gz")
    return [(row["s1"], row["s2"], row["label"] == 1) for row in found if row["split"] == split]


def sts(gold: Path, half: int) -> list[tuple[str, str, bool]]:
    """Every other clear news pair of STS, beginning with ``half``; those taken from MSRP left out."""
    found = [row for row in rows(gold / "sts_news" / "pairs.jsonl.gz") if not row["set"].startswith("MSRpar")]
    clear = [row for row in found if row["score"] >= 3.8 or row["score"] <= 2.8]
    return [(row["s1"], row["s2"], row["score"] >= 3.8) for row in clear[half::2]]


def fit(x: Rows, y: NDArray[np.bool_], weight: Rows) -> Rows:
    """Weights and, last, the bias of a logistic regression with a small ridge."""

    def loss(beta: Rows) -> tuple[float, Rows]:
        logits = x @ beta[:-1] + beta[-1]
        error = (1 / (1 + np.exp(-logits)) - y) * weight
        value = float((np.logaddexp(0, -logits * (2 * y - 1)) * weight).sum() + PENALTY * (beta[:-1] ** 2).sum())
        return value, np.append(x.T @ error + 2 * PENALTY * beta[:-1], error.sum())

    return np.asarray(minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    gold = parser.parse_args().gold
    x, y, _ = ecb(gold, 1, DEV_TOPICS)
    sets = [(x, y), pairs(msrp(gold, "train")), pairs(sts(gold, 0))]
    weight = np.concatenate([np.full(len(y), 1 / len(y) / len(sets)) for _, y in sets])
    beta = fit(np.vstack([x for x, _ in sets]), np.concatenate([y for _, y in sets]), weight)
    print("likeness_weights =", tuple(round(float(value), 2) for value in beta[:-1]))
    print("likeness_bias =", round(float(beta[-1]), 2))


if __name__ == "__main__":
    main()
