"""Do sentences that tell one fact end in one claim, and no others?

Definition. Sentence pairs of different articles: ECB+ topics 25 to 35 (one fact when they share at least
half of their event chains, none when they share no chain; pairs of one story, and of a whole topic, where
a second, similar event is the hard case), MSRP test, and the half of the news pairs of STS that
``training/claim_likeness.py`` does not see. Printed for TF-IDF cosine, the cosine of sentence vectors and
our likeness: average precision with a bootstrap interval over pairs, the best F1 any threshold gives on
these very pairs (so flattering to all three), and, for ours, precision and recall at the shipped threshold.

    python evals/claims.py --gold ../shared/gold
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from claim_likeness import ecb, msrp, pairs, sts

from variorum.config import Claims

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    gold = parser.parse_args().gold
    x, label, same = ecb(gold, 25, 99)
    held = [
        report("ECB+ one story", x[same], label[same]),
        report("ECB+ topic", x, label),
        report("MSRP", *pairs(msrp(gold, "test"))),
        report("STS news", *pairs(sts(gold, 1))),
    ]
    if not all(held):
        raise SystemExit("below its floor")


if __name__ == "__main__":
    main()
