"""How many articles a second give their quotations, beside spaCy's small pipeline alone on the same articles?

    python benchmarks/quotes.py [FOLDER | ROWS.jsonl.gz] [--runs 3]

One process, models loaded before the clock starts: the whole way of `variorum quotes`, from labelled text to
named speakers, and the pipeline's own call on each text, in turn. Prints medians and their ratio.
"""

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from variorum import pipeline
from variorum.config import Language
from variorum.language.models import pipeline as spacy_pipeline

EXAMPLE = Path(__file__).parent.parent / "examples/unlit-reef/reports"


def texts_of(source: Path) -> list[str]:
    """The texts of a folder of .txt files, or of the rows of a compressed JSONL file."""
    if source.is_dir():
        return [path.read_text("utf-8", "replace") for path in sorted(source.glob("*.txt"))]
    with gzip.open(source, "rt", encoding="utf-8") as rows:
        return [json.loads(row)["text"] for row in rows]


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, nargs="?", default=EXAMPLE)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    texts = texts_of(args.source)
    parse = spacy_pipeline(Language().pipeline)
    pairs = []
    for run in range(args.runs + 1):
        ours = seconds(lambda: pipeline.quotes_of_all(texts))
        theirs = seconds(lambda: [parse(text) for text in texts])
        if run:  # the first pair loads the models
            pairs.append((ours, theirs))
    our_pace, their_pace = (statistics.median(len(texts) / pair[side] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(theirs / ours for ours, theirs in pairs)
    print(f"{len(texts)} articles, {sum(map(len, texts)):,} characters")
    print(f"quotations          {our_pace:6.1f} articles/s")
    print(f"spaCy alone         {their_pace:6.1f} articles/s")
    print(f"ratio               {ratio:6.2f}")


if __name__ == "__main__":
    main()
