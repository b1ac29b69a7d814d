"""How right ``descent`` is: text shared, tales retold, independent reports left apart.

    python evals/descent.py --gold GOLD [--every]

``wire``: the 931 articles of ``wire_reuse`` compared as one archive. Recall of its 569 pairs, and of the 8-word runs
that each pair shares (words lower-cased, punctuation aside), over all passages found, quotations and notices
included; the same for runs outside quotation marks; and, of those, how many are called the reporters' own words.
The pairs are computed and not labelled, so what else is found is counted: pairs that share own words and are not
among them, and pairs called a borrowing. Baseline: MinHash-LSH at 0.1 finds a quarter of the pairs (see
``benchmarks/descent.py``).

``own``: of the gold's pairs, those that share a tenth of the shorter one's own 8-word runs in two paragraphs, by
other means than ours (quotations cut out by a regular expression, paragraphs in the first or second person or with a
handle or a link left out): the share called a borrowing.

``apart``: reports of one event by different outlets (BASIL, NewsWCL50, AllSides; of AllSides the first 400 articles
unless ``--every``), story by story. They are independent but for what agencies wrote; every pair joined is printed, so
that it can be read. Counted: pairs joined by retelling, which are false alarms until read.

``retold``: the invented events of ``evals/retellings``. Recall: retellings in one lineage with their report. Precision:
of the reports so joined to another, those that are no independent account. The same without the report (lost
exemplar), and for reports two by two. Baseline: the chain alone, at the threshold that finds as many.

``planted``: the example story of this repository, every article of it in the right lineage or not.

Floors rise freely and fall only with a written reason. Fallen with this measure: ``apart`` counts pairs inside whole
stories now and no longer two by two, since a retelling is told by its story. Exit status 1 below a floor or on other
gold data.
"""

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from variorum import ingest
from variorum.config import Descent
from variorum.descent import share, trace
from variorum.descent.edges import borrowed
from variorum.language import annotate_all
from variorum.records import Annotation, Article, Part, Published, Shared, Stemma, Story
from variorum.stories import gather

FLOORS = {
    "wire_pairs": 0.985,
    "wire_runs": 0.985,
    "wire_own_runs": 0.985,
    "own": 0.93,
    "retold_recall": 0.9,
    "retold_precision": 0.95,
    "planted": 1.0,
}
CEILINGS = {"apart_retold": 0.003, "apart_verbatim": 0.02, "retold_pairs_false": 0.12}
RETELLINGS = Path(__file__).parent / "retellings"
FIRST_ARTICLES = {"allsides": 400}
GOLD_SHA256 = {
    "wire_reuse/articles": "896b06d35c967564bfd0aa360e12173ea71a60967c3d2a719bdf17181794e80e",
    "wire_reuse/pairs": "ac3385484d64127d92144a826fef7e6364b01a2b6891c2a759f6a0dfa9db1dc6",
    "basil/articles": "29cc5dd4eb573b7ee2535f3f6fd33203d384fccbe1034e5af6cdc2b8281fc0b6",
    "newswcl50/articles": "8faaed800ee06260d3ba21a3b837973404cf6111c0c0fbd6e7ec13e4e39ed2e6",
    "allsides/articles": "5485110e7b2a97f68737d4c64fbba4c3aa92258c62f653f23af8ca573040998c",
}
EXAMPLE = Path(__file__).parents[1] / "examples" / "unlit-reef"
_SPEAKING = re.compile(r"\b(?:i|me|my|we|our|you|your)\b|@\w|https?:|twitter\.com|subscribe", re.IGNORECASE)


def read(gold: Path, name: str, *, every: bool = False) -> list[dict[str, Any]]:
    path = gold / f"{name}.jsonl.gz"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != GOLD_SHA256[name]:
        raise ValueError(f"{path} has sha256 {found}, the floors were set on {GOLD_SHA256[name]}")
    with gzip.open(path, "rt") as rows:
        most = None if every else FIRST_ARTICLES.get(name.split("/")[0])
        return [json.loads(row) for row in rows][:most]


def article(row: Mapping[str, Any]) -> Article:
    title = row.get("title") or ""
    text = f"{title}\n{row['text']}" if title else row["text"]
    start = len(title) + 1 if title else 0
    parts = ([Part(0, len(title), "title")] if title else []) + [Part(start, len(text), "body")]
    published = None
    if re.match(r"\d{4}-\d\d-\d\d", row.get("date") or ""):
        published = Published(datetime.fromisoformat(row["date"][:10]).replace(tzinfo=UTC), "day")
    outlet = row.get("outlet") or row["id"]
    return Article(
        row["id"], None, outlet, title or None, (), None, None, published, "en", "0" * 64, text, tuple(parts)
    )


def traced(articles: Sequence[Article], annotations: Mapping[str, Annotation]) -> Stemma:
    return trace(Story("eval", tuple(articles)), annotations)


def wire(gold: Path) -> dict[str, float]:
    rows = {row["id"]: row for row in read(gold, "wire_reuse/articles")}
    articles = {one: article(row) for one, row in rows.items()}
    pairs = {tuple(sorted((pair["id1"], pair["id2"]))) for pair in read(gold, "wire_reuse/pairs")}
    found = {(one.a, one.b): one for one in share(articles.values())}
    runs = own_runs = held = own_held = called = 0
    likely = []
    for pair in sorted(pairs):
        sides = [_runs(articles[id].text) for id in pair]
        one = found.get(pair)
        covered = [_letters(one, side) if one else set() for side in ("a", "b")]
        counting = _letters(one, "a", "verbatim") if one else set()
        for run in sides[0].keys() & sides[1].keys():
            inside = all(
                any(_within(articles[id].text, span, letters) for span in places[run])
                for id, places, letters in zip(pair, sides, covered, strict=True)
            )
            runs, held = runs + 1, held + inside
            if not any(_all_quoted(articles[id].text, places[run]) for id, places in zip(pair, sides, strict=True)):
                own_runs, own_held = own_runs + 1, own_held + inside
                called += any(_within(articles[pair[0]].text, span, counting) for span in sides[0][run])
        own = [_own_grams(rows[id]["text"]) for id in pair]
        both = own[0].keys() & own[1].keys()
        if len(both) / max(1, min(map(len, own))) >= 0.1 and min(len({s[g] for g in both}) for s in own) >= 2:
            likely.append(one is not None and borrowed(one, settings=Descent()))
    got = [pair in found for pair in sorted(pairs)]
    low, high = _interval(got)
    joined = [pair for pair, one in found.items() if borrowed(one, settings=Descent())]
    words = [pair for pair, one in found.items() if one.words]
    print(
        f"wire       pairs {sum(got)}/{len(got)} = {_share(got):.3f} [{low:.3f}, {high:.3f}]; 8-word runs "
        f"{held}/{runs} = {held / runs:.3f}, outside quotation marks {own_held}/{own_runs} = "
        f"{own_held / own_runs:.3f}, of which {called / own_runs:.2f} are called own words and the rest statements, "
        "posts and stock phrases"
    )
    print(
        f"           also found: {len(found) - sum(got)} other pairs, {len(set(words) - pairs)} of them with own "
        f"words; called a borrowing: {len(joined)}, {len(set(joined) - pairs)} of them not among the gold's"
    )
    print(f"own        {sum(likely)}/{len(likely)} = {_share(likely):.3f}")
    return {
        "wire_pairs": _share(got),
        "wire_runs": held / runs,
        "wire_own_runs": own_held / own_runs,
        "own": _share(likely),
    }


def _runs(text: str) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """Where each run of eight words stands."""
    words = list(re.finditer(r"[A-Za-z0-9']+", text))
    found: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for at in range(len(words) - 7):
        run = words[at : at + 8]
        found[tuple(word.group().lower() for word in run)].append((run[0].start(), run[-1].end()))
    return found


def _letters(shared: Shared, side: str, kind: str | None = None) -> set[int]:
    spans = (getattr(passage, side) for passage in shared.passages if kind in (None, passage.kind))
    return {at for span in spans for at in range(span.start, span.end)}


def _within(text: str, span: tuple[int, int], letters: set[int]) -> bool:
    return all(at in letters or not text[at].isalnum() for at in range(*span))


def _all_quoted(text: str, places: Sequence[tuple[int, int]]) -> bool:
    marks = [match.span() for match in re.finditer(r"[“\"][^”\"\n]*[”\"]?", text)]
    return all(any(start < last and first < end for first, last in marks) for start, end in places)


def apart(gold: Path, *, every: bool) -> dict[str, float]:
    found: dict[str, int] = defaultdict(int)
    total = 0
    for name in ("basil/articles", "newswcl50/articles", "allsides/articles"):
        by_story: dict[str, list[Article]] = defaultdict(list)
        for row in read(gold, name, every=every):
            by_story[row["story"]].append(article(row))
        for articles in by_story.values():
            total += sum(one.outlet != other.outlet for one, other in combinations(articles, 2))
            if len(articles) < 2:
                continue
            by_id = {one.id: one for one in articles}
            annotations = {annotation.article: annotation for annotation in annotate_all(articles)}
            for borrowing in traced(articles, annotations).borrowings:
                one, other = by_id[borrowing.a], by_id[borrowing.b]
                if one.outlet != other.outlet:
                    found[borrowing.kind] += 1
                    print(f"  {borrowing.reasons[0].says} ({one.title or one.id})")
    print(f"apart      of {total} pairs of different outlets {dict(found)} joined")
    return {f"apart_{kind}": found[kind] / total for kind in ("retold", "verbatim")}


def retold() -> dict[str, float]:
    counts: dict[str, int] = defaultdict(int)
    caught: list[bool] = []
    for folder in sorted(path for path in RETELLINGS.glob("*/*") if path.is_dir()):
        reports = {path.stem: _invented(path) for path in sorted(folder.glob("*.txt"))}
        annotations = {annotation.article: annotation for annotation in annotate_all(reports.values())}
        independent = [name for name in reports if name.startswith("own")]
        for base in (True, False):
            names = [name for name in reports if base or name != "report"]
            voice = _voices({name: reports[name] for name in names}, annotations)
            retellings = [name for name in names if name in ("light", "heavy", "moved")]
            to = ["report"] if base else retellings
            hits = [any(voice[name] == voice[other] for other in to if other != name) for name in retellings]
            wrong = sum(any(voice[name] == voice[other] for other in names if other != name) for name in independent)
            kind = "" if base else "lost_"
            counts[f"{kind}hits"] += sum(hits)
            counts[f"{kind}all"] += len(hits)
            counts[f"{kind}wrong"] += wrong
            if base:
                caught.extend(hits)
                set_name = folder.parent.name
                counts[f"{set_name} hits"] += sum(hits)
                counts[f"{set_name} all"] += len(hits)
                counts[f"{set_name} wrong"] += wrong
        for one, other in combinations(reports, 2):
            joined = bool(traced((reports[one], reports[other]), annotations).borrowings)
            if {one, other} & set(independent):
                counts["pairs_wrong"] += joined
                counts["pairs_apart"] += 1
            elif "report" in (one, other):
                counts["pairs_hits"] += joined
    recall, precision = counts["hits"] / counts["all"], counts["hits"] / (counts["hits"] + counts["wrong"])
    low, high = _interval(caught)
    for name in ("first", "second", "third"):
        hits, of, wrong = (counts[f"{name} {what}"] for what in ("hits", "all", "wrong"))
        print(f"  {name:<8} retellings joined {hits}/{of}, independent accounts joined {wrong}/{of}")
    print(
        f"retold     recall {counts['hits']}/{counts['all']} = {recall:.3f} [{low:.3f}, {high:.3f}], precision "
        f"{precision:.3f}; without the report {counts['lost_hits']}/{counts['lost_all']} and {counts['lost_wrong']} "
        f"accounts joined; two by two {counts['pairs_hits']}/{counts['all']}, and {counts['pairs_wrong']} of "
        f"{counts['pairs_apart']} pairs with an independent account"
    )
    return {
        "retold_recall": recall,
        "retold_precision": precision,
        "retold_pairs_false": counts["pairs_wrong"] / counts["pairs_apart"],
    }


def _invented(path: Path) -> Article:
    title, _, body = path.read_text("utf-8").partition("\n")
    return article({"id": f"{path.parent.name}/{path.stem}", "outlet": path.stem, "title": title, "text": body.strip()})


def _voices(reports: Mapping[str, Article], annotations: Mapping[str, Annotation]) -> dict[str, int]:
    stemma = traced(tuple(reports.values()), annotations)
    return {name: stemma.lineage_of(one.id) for name, one in reports.items()}


def planted() -> dict[str, float]:
    key = json.loads((EXAMPLE / "key.json").read_text("utf-8"))
    story = gather(ingest.read([EXAMPLE / "reports"]).articles).stories[0]
    stemma = traced(story.articles, {annotation.article: annotation for annotation in annotate_all(story.articles)})
    paths = {one.id: Path(one.path or "").name for one in story.articles}
    want = {
        frozenset(Path(path).name for path in lineage["reports"]): lineage["exemplar"] for lineage in key["lineages"]
    }
    got = {frozenset(paths[one] for one in lineage.articles): lineage.exemplar for lineage in stemma.lineages}
    right = [want[group]["kind"] == got[group].kind for group in want if group in got]
    print(f"planted    {sum(right)}/{len(want)} lineages right, with what they go back to")
    return {"planted": sum(right) / len(want)}


def _own_grams(text: str) -> dict[tuple[str, ...], int]:
    """8-word runs outside quotations and speech, and the paragraph each was last seen in."""
    grams = {}
    for number, paragraph in enumerate(text.split("\n")):
        bare = re.sub(r"[“\"][^”\"]*[”\"]?", " ¶ ", paragraph)
        if _SPEAKING.search(bare):
            continue
        for run in bare.split("¶"):
            grams.update(dict.fromkeys(_grams(run), number))
    return grams


def _grams(text: str) -> set[tuple[str, ...]]:
    found = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(found[at : at + 8]) for at in range(len(found) - 7)}


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)


def _interval(hits: Sequence[bool]) -> tuple[float, float]:
    draw = random.Random(0)
    resampled = sorted(_share(draw.choices(hits, k=len(hits))) for _ in range(1000))
    return resampled[25], resampled[-26]


def main(gold: Path, *, every: bool) -> int:
    got = wire(gold) | retold() | planted() | apart(gold, every=every)
    fell = [name for name, floor in FLOORS.items() if got[name] < floor]
    fell += [name for name, ceiling in CEILINGS.items() if got[name] > ceiling]
    print({name: round(value, 4) for name, value in got.items()}, "fell:" if fell else "all floors hold", *fell)
    return 1 if fell else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    parser.add_argument("--every", action="store_true", help="all of AllSides, about twenty minutes")
    args = parser.parse_args()
    sys.exit(main(args.gold, every=args.every))
