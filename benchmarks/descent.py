"""How long does it take to find what any two articles share, and how does that grow?

    python benchmarks/descent.py [--gold GOLD] [--sizes 1000 2000 4000 ...] [--others-up-to 16000]

Three ways to look for shared text, timed one after the other in one run, each in a process of its own, at sizes that
double: ``variorum.descent.share`` (aligned passages with both offsets, quotations and stock phrases told apart); a
plain index of 8-word runs (a dictionary from run to articles, and a count of runs for each pair; no passages);
MinHash-LSH of datasketch over the same runs (128 permutations, threshold 0.1; candidate pairs only, no passages).

The articles are those of ``wire_reuse``. A larger size repeats them, each round in another world: every word but the
commonest hundred is replaced by another as common in news, the same wherever it stands in the round. Within a round
what two articles share stays as it is, and between rounds next to nothing is shared, as between two months of an
archive. The pairs of the gold are so found again in each round; the recall printed is over all of them.

Also printed: passim 2.0.1 took 160 s for 1,824 such articles (two cores, measured elsewhere, on another machine).
"""

import argparse
import gzip
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from random import Random

from variorum.config import Descent
from variorum.descent import share
from variorum.records import Article, Part
from variorum.text.words import WORD

SHARED_RUNS = 8
LIKE = 0.1
COMMONEST = 100
BAND = 50  # words of one frequency that change places


def articles(gold: Path, count: int) -> Iterator[Article]:
    """The articles, repeated and varied up to ``count``. Ids are ``round/id``."""
    with gzip.open(gold / "wire_reuse" / "articles.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    for number in range(count):
        turn, row = number // len(rows), rows[number % len(rows)]
        title = varied(row["title"] or "", turn)
        text = f"{title}\n{varied(row['text'], turn)}"
        parts = (Part(0, len(title), "title"), Part(len(title) + 1, len(text), "body"))
        id = f"{turn}/{row['id']}"
        yield Article(id, None, row["outlet"], title, (), None, None, None, "en", "0" * 64, text, parts)


@cache
def counted() -> list[str]:
    """Words of news, the commonest first."""
    rows = (files("variorum.text") / "article_counts.tsv").read_text("utf-8").splitlines()[1:]
    counts = {word: int(count) for word, count in (row.split("\t") for row in rows)}
    return sorted(counts, key=lambda word: (-counts[word], word))


@cache
def common() -> frozenset[str]:
    return frozenset(counted()[:COMMONEST])


@lru_cache(maxsize=2)
def world(turn: int) -> dict[str, str]:
    """What each word is called in a round: another as common as itself."""
    words, draw, found = counted()[COMMONEST:], Random(turn), {}
    for start in range(0, len(words), BAND):
        band = words[start : start + BAND]
        found.update(zip(band, draw.sample(band, len(band)), strict=True))
    return found


def varied(text: str, turn: int) -> str:
    """The text in the words of a round; round 0 is untouched."""
    if turn == 0:
        return text
    others = world(turn)

    def other(match: re.Match[str]) -> str:
        word = match.group()
        key = word.lower()
        called = others.get(key) or (word if key in common() or not word[0].isalpha() else f"{word}{turn}")
        return called.capitalize() if word[0].isupper() else called

    return WORD.sub(other, text)


def pairs(gold: Path, count: int) -> set[tuple[str, str]]:
    """The pairs of the gold in every round of which both articles are there."""
    ids = {article.id for article in articles(gold, count)}
    with gzip.open(gold / "wire_reuse" / "pairs.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    rounds = {id.split("/")[0] for id in ids}
    every = (tuple(sorted((f"{turn}/{row['id1']}", f"{turn}/{row['id2']}"))) for turn in rounds for row in rows)
    return {(a, b) for a, b in every if a in ids and b in ids}


def variorum(gold: Path, count: int) -> set[tuple[str, str]]:
    settings = replace(Descent(), processes=os.cpu_count() or 1)
    return {(shared.a, shared.b) for shared in share(articles(gold, count), settings=settings)}


def runs(article: Article) -> set[int]:
    keys = [word.lower() for word in WORD.findall(article.text)]
    return {hash(tuple(keys[at : at + SHARED_RUNS])) for at in range(len(keys) - SHARED_RUNS + 1)}


def index(gold: Path, count: int) -> set[tuple[str, str]]:
    holders: dict[int, list[str]] = defaultdict(list)
    for article in articles(gold, count):
        for run in runs(article):
            holders[run].append(article.id)
    both: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if len(ids) > 1:
            both.update(combinations(sorted(ids), 2))
    return set(both)


def minhash(gold: Path, count: int) -> set[tuple[str, str]]:
    from datasketch import MinHash, MinHashLSH

    table = MinHashLSH(threshold=LIKE, num_perm=128)
    found: set[tuple[str, str]] = set()
    for article in articles(gold, count):
        signature = MinHash(num_perm=128, hashfunc=int)
        signature.update_batch([run & 0xFFFFFFFF for run in runs(article)])
        for other in map(str, table.query(signature)):
            found.add((min(article.id, other), max(article.id, other)))
        table.insert(article.id, signature)
    return found


WAYS = {"variorum": variorum, "n-gram index": index, "MinHash-LSH": minhash}


def once(way: str, gold: Path, count: int) -> None:
    """Run one way and print its cost as JSON: seconds without the making of the articles, memory of all processes."""
    made = time.perf_counter()
    for _ in articles(gold, count):
        pass
    started = time.perf_counter()
    found = WAYS[way](gold, count)
    seconds = time.perf_counter() - started - (started - made)
    here, there = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    workers = (os.cpu_count() or 1) if way == "variorum" else 0
    wanted = pairs(gold, count)
    recall = len(found & wanted) / max(1, len(wanted))
    mebibytes = here + workers * there
    print(json.dumps({"seconds": seconds, "pairs": len(found), "recall": recall, "memory": mebibytes}))


def measured(way: str, gold: Path, count: int) -> dict[str, float]:
    """What ``once`` printed."""
    command = [sys.executable, __file__, "--gold", str(gold), "--once", way, str(count)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{way} at {count} articles failed")
    got: dict[str, float] = json.loads(done.stdout)
    return got


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000 * 2**step for step in range(7)])
    parser.add_argument("--others-up-to", type=int, default=16000, help="the largest size the other ways are run at")
    parser.add_argument("--once", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.once:
        once(args.once[0], args.gold, int(args.once[1]))
        return
    if not (args.gold / "wire_reuse").exists():
        print(f"skipped: {args.gold} holds no wire_reuse")
        return
    print(f"{'articles':>9} {'way':<14}{'seconds':>9}{'ms/article':>12}{'pairs':>10}{'recall':>8}{'memory':>11}")
    for size in args.sizes:
        for way in WAYS:
            if way != "variorum" and size > args.others_up_to:
                continue
            got = measured(way, args.gold, size)
            print(
                f"{size:>9} {way:<14}{got['seconds']:>9.1f}{1000 * got['seconds'] / size:>12.2f}{got['pairs']:>10}"
                f"{got['recall']:>8.3f}{got['memory']:>7.0f} MiB",
                flush=True,
            )


if __name__ == "__main__":
    main()
