"""Do sentences that tell one fact end in one claim, and no others?

Two measurements.

*Claims*: the articles of ECB+ topics 25 and up go through the program: each event by itself, and, as the hard case,
the two look-alike events of a topic thrown together, to be told apart by ``stories.gather`` first, as when a folder is
read. Of all sentence pairs of different articles: how often do two that share an event chain end in one claim
(recall), and how often do two that share none (false)? Besides "share at least one chain", which many sentences do
that tell different things of one event, pairs are counted that share at least half of their chains, both taken
together. Beside it the same for TF-IDF cosine and the cosine of sentence vectors: at the threshold that is best
on these very pairs, and at the threshold that finds as many as we do.

*Likeness*: sentence pairs of ECB+, MSRP test, and the half of the news pairs of STS that nothing was trained on:
average precision with a bootstrap interval over pairs, the best F1 any threshold gives on these very pairs,
and, for ours, precision and recall at the shipped threshold.

Not trained on: ECB+ topics 25 and up, MSRP test, that half of STS.

    python evals/claims.py --gold ../shared/gold
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from claim_likeness import article, ecb, msrp, pairs, rows, sts, whole_sentences

from variorum.claims import compare
from variorum.claims.likeness import features
from variorum.claims.units import Unit
from variorum.config import Claims
from variorum.language import annotate, resolve
from variorum.records import Exemplar, Lineage, Stemma, Story, Voice
from variorum.stories import gather

FIRST_TOPIC = 25
GROUPED_FLOORS = {False: 0.43, True: 0.42}  # F1 on pairs that share at least half of their chains
Rows = NDArray[np.float64]
# Average precision of our likeness below which a change made it worse, a little under what was measured.
FLOORS = {"ECB+ one story": 0.87, "ECB+ topic": 0.64, "MSRP": 0.79, "STS news": 0.82}


def average_precision(score: Rows, label: NDArray[np.bool_]) -> float:
    """Area under precision over recall, pairs in falling order."""
    ranked = label[np.argsort(-score, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float((precision * ranked).sum() / ranked.sum())


def best_f1(score: Rows, label: NDArray[np.bool_]) -> float:
    """The best F1 over all thresholds."""
    ranked = label[np.argsort(-score, kind="stable")]
    found = np.cumsum(ranked)
    precision, recall = found / np.arange(1, len(ranked) + 1), found / ranked.sum()
    return float((2 * precision * recall / np.maximum(precision + recall, 1e-9)).max())


def interval(score: Rows, label: NDArray[np.bool_], draws: int = 200) -> tuple[float, float]:
    """95 % bootstrap interval of the average precision, over pairs."""
    random = np.random.default_rng(0)
    values = []
    for _ in range(draws):
        at = random.integers(0, len(label), len(label))
        if label[at].any():
            values.append(average_precision(score[at], label[at]))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def report(name: str, x: Rows, label: NDArray[np.bool_]) -> bool:
    """Print one set; whether it stays above its floor."""
    settings = Claims()
    ours = x @ np.array(settings.likeness_weights) + settings.likeness_bias
    print(f"{name}: n {len(label)}, one fact {label.mean():.2f}")
    for what, score in (("TF-IDF", x[:, 1]), ("vectors", x[:, 0]), ("ours", ours)):
        low, high = interval(score, label)
        precision = average_precision(score, label)
        print(f"  {what:8} AP {precision:.3f} [{low:.3f}, {high:.3f}]  best F1 {best_f1(score, label):.3f}")
    taken = 1 / (1 + np.exp(-ours)) >= settings.same_claim
    right = (taken & label).sum()
    print(f"  at {settings.same_claim}: precision {right / max(1, taken.sum()):.3f}, recall {right / label.sum():.3f}")
    return average_precision(ours, label) >= FLOORS[name]


def grouped(gold: Path, *, together: bool) -> bool:
    """Print how sentences of ECB+ end in claims; whether F1 stays above its floor. together: a topic is one story."""
    chains: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in rows(gold / "ecbplus" / "mentions.jsonl.gz"):
        if "ACTION" in row["tag"] and row.get("chain") and row["validated"]:
            chains[row["doc"]].append((row["start"], row["end"], row["chain"]))
    held: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(gold / "ecbplus" / "articles.jsonl.gz"):
        if int(row["topic"]) >= FIRST_TOPIC:
            held[str(row["topic"]) if together else row["story"]].append(row)
    label, half, one_claim, cosine, tfidf = [], [], [], [], []
    for _, found in sorted(held.items()):
        articles = tuple(article(row["id"], row["text"]) for row in found)
        annotations = {each.id: annotate(each) for each in articles}
        names = resolve(articles, annotations)
        stemma = Stemma((), tuple(Lineage((each.id,), Exemplar("none", None), ()) for each in articles))
        told = [
            claim
            for story in (gather(articles).stories if together else [Story("eval", articles)])
            for claim in compare(story, annotations, names, (), stemma).claims
        ]
        units_ = whole_sentences(articles, annotations)
        measured = features(units_, units_)
        inside = [
            {chain for start, end, chain in chains[u.place[0]] if u.start <= start and end <= u.end} for u in units_
        ]
        claims = [
            {c.id for c in told for v in c.voices if v.article == u.place[0] and _mostly_in(v, u)} for u in units_
        ]
        for i, u in enumerate(units_):
            for j in range(i + 1, len(units_)):
                if u.report is units_[j].report or not inside[i] or not inside[j]:
                    continue
                shared = len(inside[i] & inside[j]) / len(inside[i] | inside[j])
                label.append(shared > 0)
                half.append(shared >= 0.5)
                one_claim.append(bool(claims[i] & claims[j]))
                cosine.append(float(measured[i, j, 0]))
                tfidf.append(float(measured[i, j, 1]))
    any_chain, most_chains, ours = np.array(label), np.array(half), np.array(one_claim)
    name = "topics thrown together" if together else "stories"
    print(
        f"ECB+ {name}: {len(ours)} pairs, {any_chain.mean():.2f} share a chain, {most_chains.mean():.2f} at least half"
    )
    f1 = 0.0
    for what, wanted in (("a chain", any_chain), ("half of their chains", most_chains)):
        counted = wanted | ~any_chain
        right = int((ours & wanted).sum())
        precision, recall = right / max(1, int((ours & counted).sum())), right / int(wanted.sum())
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        false = (ours & ~any_chain).sum() / (~any_chain).sum()
        print(f"  share {what}: in one claim {recall:.3f} of them; of those sharing none {false:.4f}; F1 {f1:.3f}")
        for other, score in (("TF-IDF", np.array(tfidf)), ("vectors", np.array(cosine))):
            ranked = np.argsort(-score[counted], kind="stable")
            hits = np.cumsum(wanted[counted][ranked])
            p, r = hits / np.arange(1, len(hits) + 1), hits / wanted.sum()
            best = int((2 * p * r / np.maximum(p + r, 1e-9)).argmax())
            at = min(int(np.searchsorted(r, recall)), len(p) - 1)
            print(
                f"    {other:8} best F1 {2 * p[best] * r[best] / (p[best] + r[best]):.3f} (precision {p[best]:.3f}, "
                f"recall {r[best]:.3f}); at our recall precision {p[at]:.3f}, ours {precision:.3f}"
            )
    return f1 >= GROUPED_FLOORS[together]


def _mostly_in(voice: Voice, unit: Unit) -> bool:
    shared = min(voice.end, unit.end) - max(voice.start, unit.start)
    return 2 * shared > min(voice.end - voice.start, unit.end - unit.start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    gold = parser.parse_args().gold
    x, label, same = ecb(gold, 25, 99)
    held = [
        grouped(gold, together=False),
        grouped(gold, together=True),
        report("ECB+ one story", x[same], label[same]),
        report("ECB+ topic", x, label),
        report("MSRP", *pairs(msrp(gold, "test"))),
        report("STS news", *pairs(sts(gold, 1))),
    ]
    if not all(held):
        raise SystemExit("below its floor")


if __name__ == "__main__":
    main()
