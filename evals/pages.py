"""How much of an article's text ``ingest`` takes out of a web page, and how little else.

    .venv/bin/python evals/pages.py --gold GOLD

Gold: ``pages/gold.jsonl`` and ``pages/html/ID.html.gz``, the 181 pages of a public extraction benchmark.
Prediction: the body parts of the article, one a line. Baseline: the text of trafilatura alone, which
``ingest`` builds on, in the same run. Floors rise freely and fall only with a written reason.
"""

import argparse
import gzip
import json
import logging
import random
import re
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from variorum.ingest import read

DEFINITION = (
    "Words are \\w+ runs; a text is the bag of its 4-word shingles. Precision is the mean over pages of the share of\n"
    "predicted shingles that are right, recall the mean share of true shingles found, F1 their harmonic mean."
)
GOLD_SHA256 = "265258858535e1323ae43811118ed4e36648518d8fbf5e4b87a4c9927ca8eb34"
FLOOR_F1 = 0.965
FLOOR_RECALL = 0.970
DRAWS = 1000


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The 4-word shingles of a text, with their counts; a shorter text is one shingle."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def page_figures(true: str, got: str) -> tuple[float | None, float]:
    """Precision (``None`` for an empty prediction) and recall of one page."""
    wanted, found = shingles(true), shingles(got)
    right = (wanted & found).total()
    return (right / found.total() if found else None), right / wanted.total()


def f1(pages: list[tuple[float | None, float]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pages."""
    precisions = [precision for precision, _ in pages if precision is not None]
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recall for _, recall in pages) / len(pages)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def interval(pages: list[tuple[float | None, float]]) -> tuple[float, float]:
    """The middle 95 % of F1 over bootstrap draws of pages, with a fixed seed."""
    draw = random.Random(20)
    drawn = sorted(f1(draw.choices(pages, k=len(pages)))[2] for _ in range(DRAWS))
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS)]


def ours(raw: bytes, folder: Path) -> str:
    """The body parts that ``ingest`` finds in a page."""
    path = folder / "page.html"
    path.write_bytes(raw)
    articles = read([path]).articles
    return "\n".join(article.slice(part.start, part.end) for article in articles for part in article.parts_of("body"))


def trafilatura_alone(raw: bytes) -> str:
    """The text that trafilatura finds in a page."""
    from trafilatura import bare_extraction

    found = bare_extraction(raw.decode("utf-8", "replace"), include_comments=False)
    return getattr(found, "text", None) or ""


def measured(gold: Path, *, limit: int | None = None) -> dict[str, list[tuple[float | None, float]]]:
    """Precision and recall of each page, or of the first ``limit``, for ours and for the baseline."""
    logging.disable(logging.CRITICAL)
    rows = [json.loads(line) for line in (gold / "pages/gold.jsonl").read_text("utf-8").splitlines()]
    figures: dict[str, list[tuple[float | None, float]]] = {"variorum": [], "trafilatura alone": []}
    with TemporaryDirectory() as folder:
        for row in rows[:limit]:
            raw = gzip.decompress((gold / "pages" / f"{row['html']}.gz").read_bytes())
            figures["variorum"].append(page_figures(row["articleBody"], ours(raw, Path(folder))))
            figures["trafilatura alone"].append(page_figures(row["articleBody"], trafilatura_alone(raw)))
    logging.disable(logging.NOTSET)
    return figures


def main(gold: Path) -> int:
    if sha256((gold / "pages/gold.jsonl").read_bytes()).hexdigest() != GOLD_SHA256:
        print("This is other gold data than the floors were set on.")
        return 1
    figures = measured(gold)
    print(f"Article text of web pages, n = {len(figures['variorum'])}.\n{DEFINITION}\n")
    for name, pages in figures.items():
        precision, recall, whole = f1(pages)
        low, high = interval(pages)
        print(f"{name:20} precision {precision:.4f}  recall {recall:.4f}  F1 {whole:.4f}  [{low:.4f}, {high:.4f}]")
    _, recall, whole = f1(figures["variorum"])
    held = whole >= FLOOR_F1 and recall >= FLOOR_RECALL
    print(f"\nfloors: F1 {FLOOR_F1}, recall {FLOOR_RECALL}: {'held' if held else 'BROKEN'}")
    return 0 if held else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    sys.exit(main(parser.parse_args().gold))
