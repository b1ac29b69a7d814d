"""Count in how many news articles each word stands, and write the table that ships with the package.

    python training/article_counts.py GOLD_FOLDER

Reads the training part of every set of articles under GOLD_FOLDER. Only counts leave it: a word that
stands in fewer than six articles is dropped, so no text can be read back out of the table.
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from variorum.text.words import words

FEWEST_ARTICLES = 6
TARGET = Path(__file__).parent.parent / "src/variorum/text/article_counts.tsv"


def main(gold: Path) -> None:
    counts: Counter[str] = Counter()
    total = 0
    for name in ("allsides/articles", "wire_reuse/articles", "polnear/train"):
        with gzip.open(gold / f"{name}.jsonl.gz", "rt") as rows:
            for row in map(json.loads, rows):
                counts.update({word.key for word in words(row["text"])})
                total += 1
    kept = sorted((word, n) for word, n in counts.items() if n >= FEWEST_ARTICLES)
    TARGET.write_text(f"articles\t{total}\n" + "".join(f"{word}\t{n}\n" for word, n in kept), "utf-8")
    print(f"{len(kept)} words of {total} articles -> {TARGET}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
