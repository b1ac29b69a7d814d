"""How much of what several outlets tell the digest tells, for its words, and whether it reads by itself.

    python evals/digest.py --gold GOLD [--stories 12]

BASIL, the first stories by name, three outlets each, every stage run. Counted: claims of two lineages and more that
have a voice in the digest, for 100 words of it. The baseline is what an editor does in a hurry: the first sentences
of the longest report, up to as many words as the digest has. The claims are our own, so this measures the choice of
extracts and not the claims. All of it is development data. Exit status 1 below a floor or on other gold data.
"""

import argparse
import gzip
import hashlib
import json
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from variorum import claims, coverage, descent, edition, language, quotations
from variorum.records import Annotation, Article, Claim, Edition, Part, Story
from variorum.text import digest, lines, words

GOLD_SHA256 = "29cc5dd4eb573b7ee2535f3f6fd33203d384fccbe1034e5af6cdc2b8281fc0b6"
FLOOR = 2.0
RESAMPLES = 500


@dataclass(frozen=True, slots=True)
class Told:
    """One story: words, and claims of several lineages told in them, of the digest and of the baseline."""

    words: int
    claims: int
    baseline_words: int
    baseline_claims: int
    possible: int


def article(outlet: str, title: str, text: str) -> Article:
    whole = f"{title}\n\n{text}"
    parts = [Part(line.start, line.end, "body") for line in lines(whole)]
    parts[0] = Part(parts[0].start, parts[0].end, "title")
    return Article(
        id=digest(outlet, whole),
        siglum=None,
        outlet=outlet,
        title=title,
        byline=(),
        url=None,
        path=None,
        published=None,
        language="en",
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
        text=whole,
        parts=tuple(parts),
    )


def stories(gold: Path, count: int) -> list[Story]:
    path = gold / "basil" / "articles.jsonl.gz"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != GOLD_SHA256:
        raise ValueError(f"{path} has sha256 {found}, the floor was set on {GOLD_SHA256}")
    by_story = defaultdict(list)
    with gzip.open(path, "rt") as rows:
        for row in map(json.loads, rows):
            by_story[row["story"]].append(article(row["outlet"], row["title"].strip() or "Untitled", row["text"]))
    return [Story(digest(name), tuple(by_story[name])) for name in sorted(by_story)[:count]]


def composed(story: Story) -> tuple[Edition, dict[str, Annotation]]:
    annotations = {found.article: found for found in language.annotate_all(story.articles)}
    names = language.resolve(story.articles, annotations)
    stemma = descent.trace(story, annotations)
    utterances = quotations.collate(story, annotations, names, stemma)
    comparison = claims.compare(story, annotations, names, utterances, stemma)
    tabulation = coverage.tabulate(story, annotations, names, comparison, utterances, stemma)
    return edition.compose(story, annotations, names, stemma, utterances, comparison, tabulation), annotations


def told(story: Story) -> tuple[Told, Edition]:
    made, annotations = composed(story)
    several = [claim for claim in made.claims if claim.lineages > 1]
    count = sum(len(words(made.article(extract.article).text, extract.start, extract.end)) for extract in made.digest)
    carried = {id for extract in made.digest for id in extract.claims} & {claim.id for claim in several}
    longest = max(story.articles, key=lambda article: (len(article.text), article.id))
    end, first_words = opening(longest, annotations[longest.id], count)
    return Told(count, len(carried), first_words, len(voiced(several, longest.id, end)), len(several)), made


def opening(article: Article, annotation: Annotation, most: int) -> tuple[int, int]:
    """Where the first body sentences of at most ``most`` words end, and how many words they have."""
    end = taken = 0
    for sentence in annotation.sentences:
        if sentence.part != "body":
            continue
        count = len(words(article.text, sentence.start, sentence.end))
        if taken + count > most:
            break
        end, taken = sentence.end, taken + count
    return end, taken


def voiced(several: Sequence[Claim], id: str, end: int) -> set[str]:
    return {claim.id for claim in several if any(v.article == id and v.end <= end for v in claim.voices)}


def rate(rows: Sequence[Told], *, baseline: bool = False) -> float:
    """Claims of several lineages for 100 words."""
    if baseline:
        return 100 * sum(row.baseline_claims for row in rows) / max(1, sum(row.baseline_words for row in rows))
    return 100 * sum(row.claims for row in rows) / max(1, sum(row.words for row in rows))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    parser.add_argument("--stories", type=int, default=12)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    rows = []
    for story in stories(asked.gold, asked.stories):
        row, made = told(story)
        rows.append(row)
        if asked.show:
            print(f"\n{made.story.headline}\n{row}")
            for extract in made.digest:
                print(f"  [{extract.lineages}{' disputed' if extract.disputed else ''}] {extract.text}")
    draw = random.Random(1)
    spread = sorted(rate(draw.choices(rows, k=len(rows))) for _ in range(RESAMPLES))
    print(f"basil dev, n = {len(rows)} stories, digest of {fmean(row.words for row in rows):.0f} words on average")
    print(
        f"claims of several lineages for 100 words: {rate(rows):.2f} "
        f"[{spread[RESAMPLES // 40]:.2f}, {spread[-RESAMPLES // 40]:.2f}], "
        f"first sentences of the longest report {rate(rows, baseline=True):.2f}"
    )
    return 0 if rate(rows) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
