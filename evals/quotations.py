"""How right are quotations and their speakers, on PolNeAR (Newell et al. 2018)?

    python evals/quotations.py --gold GOLD [--split dev] [--write FILE]

Runs the extraction over the articles of one split and scores it with the gold's own scorer, which
defines the figures. Exits 1 when a figure falls under its floor.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from variorum.language import annotate_all, resolve
from variorum.quotations.extract import extract
from variorum.quotations.genders import genders
from variorum.quotations.speaking import name_speakers
from variorum.records import Article, Part, Quotation
from variorum.text import digest, lines

# Measured on dev when the stage was built, less a point for chance; they rise freely.
FLOORS = {
    "direct exact": 94.0,
    "direct overlap": 95.0,
    "direct end2end": 91.5,
    "all token": 90.0,
    "all overlap": 82.5,
}


def article_of(row: dict[str, str]) -> Article:
    """A gold row as an article that is all body."""
    text = row["text"]
    parts = tuple(Part(line.start, line.end, "body") for line in lines(text))
    return Article(digest(row["id"], text), None, "gold", None, (), None, row["id"], None, "en", "", text, parts)


def predicted(rows: list[dict[str, str]]) -> list[dict[str, object]]:
    """The rows with our quotations, in the scorer's format."""
    articles = [article_of(row) for row in rows]
    found = []
    for row, article, annotation in zip(rows, articles, annotate_all(articles, depth="quotations"), strict=True):
        names = resolve((article,), {article.id: annotation})
        known = genders((article,), {article.id: annotation}, names)
        quotations = name_speakers(article, annotation, extract(article, annotation), names, known)
        found.append({"id": row["id"], "quotes": [as_scored(quotation) for quotation in quotations]})
    return found


def as_scored(quotation: Quotation) -> dict[str, object]:
    """A quotation in the scorer's words."""
    speaker, cue = quotation.speaker_span, quotation.cue
    return {
        "content": [[span.start, span.end] for span in quotation.spans],
        "speaker": [speaker.start, speaker.end] if speaker else None,
        "speaker_text": quotation.speaker_text,
        "cue": [cue.start, cue.end] if cue else None,
        "direct": quotation.mode != "indirect",
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    gold = args.gold / "polnear" / f"{args.split}.jsonl.gz"
    with gzip.open(gold, "rt") as lines_of:
        rows = [json.loads(line) for line in lines_of]
    target = args.write or Path(tempfile.mkdtemp()) / "predicted.jsonl"
    target.write_text("".join(json.dumps(row) + "\n" for row in predicted(rows)), "utf-8")
    scored = subprocess.run(
        [sys.executable, str(args.gold / "score_quotes.py"), "--gold", str(gold), "--pred", str(target)],
        check=True,
        capture_output=True,
        text=True,
    )
    print(scored.stdout)
    figures = {line[:22].strip(): line[22:].split() for line in scored.stdout.splitlines()}
    fell = [name for name, floor in FLOORS.items() if float(figures[name][2]) < floor]
    for name in fell:
        print(f"{name}: F1 {figures[name][2]} is under its floor of {FLOORS[name]}")
    return int(bool(fell))


if __name__ == "__main__":
    sys.exit(main())
