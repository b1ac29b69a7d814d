"""Are conflicts found, and only where there are some?

Three measurements.

*Planted*: in stories of BASIL, NewsWCL50 and AllSides (60 of its stories) a fact that two outlets
share is changed in one of them: a figure, its unit, a weekday, a place, a person, or yes to no. A fact counts as shared
when the two sentences that hold it have a vector cosine of at least COSINE, name the same value, and have it under the
same verb (for yes to no: have the same main verb). A figure or a person is changed wherever the article has it: that is
one fact. *Recall*: the share of plants for which a conflict of that kind has a position in the changed words' line.
*False*: conflicts in the changed story that the unchanged one did not have and that do not touch the changed line, and
conflicts of any kind that a harmless change brings (a figure hedged, a weekday made vague, a plan or another
year's figure added). Precision = found / (found + false).

*Written*: 200 pairs of short invented reports (evals/contradictions), written to the classes of the question by
somebody who did not see the program: 90 that contradict each other in one thing, 110 that tempt and do not.

*Untouched* (``--untouched``): every conflict of fact of BASIL, NewsWCL50 and 760 stories of AllSides as they are is
printed, to be read; a quarter of an hour.

    python evals/conflicts.py --gold ../shared/gold [--most 30] [--untouched] [--written]
"""

import argparse
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from variorum.claims import compare
from variorum.claims.lexicon import COUNTRIES
from variorum.language import annotate, resolve
from variorum.records import (
    Annotation,
    Article,
    Comparison,
    Conflict,
    Exemplar,
    Lineage,
    Part,
    Published,
    Sentence,
    Stemma,
    Story,
)
from variorum.text import Stretch, digest, lines, stretches

COSINE = 0.65
SEED = 7
PLANTED_STORIES = (350, 410)  # of AllSides, in the order of their ids
READ_STORIES = (0, 760)  # of AllSides, read as they are
FEWEST_LETTERS = 400  # of a text that is a report and not a link
WRITTEN = Path(__file__).parent / "contradictions" / "pairs.jsonl"
# Recall and precision on the written and on the planted, a little under what was measured.
FLOORS = ((0.07, 0.65), (0.52, 0.95))
PER_STORY = 4  # changes of a kind a story, so that no story decides the figure
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TOWNS = ("Denver", "Lyon", "Osaka", "Toronto")
LANDS = ("Portugal", "Kenya", "Vietnam", "Norway")
PERSONS = ("Martin Calloway", "Edwin Thorsby", "Helena Strand", "Ruth Okonedo")


@dataclass(frozen=True, slots=True)
class Change:
    """One edit of one article: ``[start, end)`` becomes ``words``. kind: what it plants; None for a harmless one."""

    kind: str | None
    name: str
    article: str
    start: int
    end: int
    words: str


def read_stories(
    gold: Path, of_allsides: tuple[int, int] = PLANTED_STORIES
) -> Iterator[tuple[str, tuple[Article, ...]]]:
    """Stories with at least two articles: BASIL, NewsWCL50, and some of AllSides, by their place."""
    for folder in ("basil", "newswcl50", "allsides"):
        held: dict[str, list[Article]] = defaultdict(list)
        with gzip.open(gold / folder / "articles.jsonl.gz", "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                held[row["story"]].append(_article(row))
        stories = [story for story in sorted(held) if len(held[story]) > 1]
        if folder == "allsides":
            stories = stories[slice(*of_allsides)]
        for story in stories:
            texts = {a.text: a for a in held[story] if len(a.text) >= FEWEST_LETTERS}
            yield f"{folder}/{story}", tuple(texts.values())


def _article(row: dict[str, str]) -> Article:
    text = row["text"].replace("\\n", "\n")
    published = None
    if row.get("date"):
        published = Published(datetime.fromisoformat(row["date"][:10]).replace(tzinfo=UTC), "day")
    return Article(
        id=digest(row["id"]), siglum=None, outlet=row.get("outlet") or row["id"], title=None, byline=(), url=None,
        path=None, published=published, language="en", sha256="0" * 64, text=text, parts=(Part(0, len(text), "body"),),
    )  # fmt: skip


def apart(articles: tuple[Article, ...]) -> Stemma:
    """A stemma in which every article stands on its own."""
    return Stemma((), tuple(Lineage((article.id,), Exemplar("none", None), ()) for article in articles))


def compared(articles: tuple[Article, ...], annotations: dict[str, Annotation]) -> Comparison:
    """Claims and conflicts of a story, utterances left out: wording is measured with the quotations."""
    return compare(Story("eval", articles), annotations, resolve(articles, annotations), (), apart(articles))


def changes(articles: tuple[Article, ...], annotations: dict[str, Annotation]) -> Iterator[Change]:
    """Every edit of a shared fact that can be made in the story."""
    for mine in articles:
        for theirs in articles:
            if mine.id == theirs.id:
                continue
            a, b = annotations[mine.id], annotations[theirs.id]
            alike = a.vectors @ b.vectors.T
            for row, column in zip(*(alike >= COSINE).nonzero(), strict=True):
                yield from _shared(theirs, a, b, a.sentences[row], b.sentences[column], int(column))


def _shared(
    article: Article, a: Annotation, b: Annotation, mine: Sentence, theirs: Sentence, at: int
) -> Iterator[Change]:
    if any(stretch.span.start < theirs.end and theirs.start < stretch.span.end for stretch in quoted(article)):
        return  # words in quotation marks are compared as wordings
    draw = random.Random(f"{SEED} {article.id} {theirs.start}")
    here = [figure for figure in a.figures if mine.start <= figure.start < mine.end]
    for figure in b.figures:
        if not theirs.start <= figure.start < theirs.end or not figure.text[:1].isdigit():
            continue
        if any(
            (f.value, f.unit, f.subject, _verb(a, f.token))
            == (figure.value, figure.unit, figure.subject, _verb(b, figure.token))
            for f in here
        ):
            digits = re.match(r"[\d,.]*\d", figure.text)
            if digits is None:
                continue
            end = figure.start + digits.end()
            written = digits.group()
            factor = draw.choice((2, 3, 1.4))
            value = float(written.replace(",", "")) * factor
            other = f"{value:,.0f}" if "." not in written else f"{value:.1f}"
            yield Change("number", "figure", article.id, figure.start, end, other)
            yield from _other_unit(article, figure.start, end)
            yield Change(None, "hedged", article.id, figure.start, end, f"about {written}")
            noun = figure.subject_span.of(article.text) if figure.subject_span and figure.unit is None else None
            if noun:
                added = f" The year before there had been {other} {noun}."
                yield Change(None, "another year", article.id, theirs.end, theirs.end, added)
    days = {(time.weekday, _verb(a, time.token)) for time in a.times if mine.start <= time.start < mine.end}
    for time in b.times:
        if (
            theirs.start <= time.start < theirs.end
            and time.weekday is not None
            and (time.weekday, _verb(b, time.token)) in days
            and time.text in WEEKDAYS
        ):
            other_day = WEEKDAYS[(time.weekday + draw.choice((1, 2, 3))) % 7]
            yield Change("date", "weekday", article.id, time.start, time.end, other_day)
            start = time.start - 3 if article.text[time.start - 3 : time.start] == "on " else time.start
            yield Change(None, "vague day", article.id, start, time.end, "this week")
            plan = f" On {other_day}, officials are set to meet again."
            yield Change(None, "plan", article.id, theirs.end, theirs.end, plan)
    named = {
        (name.text, name.kind, _verb(a, _at(a, name.start))) for name in a.names if mine.start <= name.start < mine.end
    }
    for name in b.names:
        key = (name.text, name.kind, _verb(b, _at(b, name.start)))
        if not theirs.start <= name.start < theirs.end or key not in named:
            continue
        if name.kind == "place" and re.search(r"\b(?:in|at|to) $", article.text[max(0, name.start - 4) : name.start]):
            others = LANDS if name.text.casefold() in COUNTRIES else TOWNS
            yield Change("place", "place", article.id, name.start, name.end, draw.choice(others))
        if name.kind == "person":
            yield Change("name", "person", article.id, name.start, name.end, draw.choice(PERSONS))
    if _main(a, mine) == _main(b, theirs):
        yield from _denied(article, b, at)


def _other_unit(article: Article, start: int, end: int) -> Iterator[Change]:
    """The figure with another word for its unit or scale behind it."""
    after = re.match(r"[\s-](million|billion|miles?|kilomet(?:er|re)s?|feet|pounds)\b", article.text[end:])
    if after is not None:
        word = after.group(1)
        other = {"million": "billion", "billion": "million", "mile": "kilometer", "miles": "kilometers",
                 "feet": "yards", "pounds": "tons"}.get(word, "miles")  # fmt: skip
        yield Change("number", "unit", article.id, start, end + after.end(), article.text[start : end + 1] + other)


@lru_cache(maxsize=64)
def quoted(article: Article) -> tuple[Stretch, ...]:
    """The quoted stretches of an article."""
    return tuple(stretches(article.text, lines(article.text, 0, len(article.text))))


def _at(annotation: Annotation, offset: int) -> int:
    return next(i for i, token in enumerate(annotation.tokens) if token.end > offset)


def _verb(annotation: Annotation, at: int) -> str:
    """Lemma of the verb over a token."""
    tokens = annotation.tokens
    while tokens[at].pos not in ("VERB", "AUX") and tokens[at].head != at:
        at = tokens[at].head
    return tokens[at].lemma


def text_of(article: Article, sentence: Sentence) -> str:
    return article.text[sentence.start : sentence.end]


def _main(annotation: Annotation, sentence: Sentence) -> str:
    span = range(sentence.first, sentence.last)
    return next((annotation.tokens[i].lemma for i in span if annotation.tokens[i].head == i), "")


def _denied(article: Article, annotation: Annotation, sentence: int) -> Iterator[Change]:
    tokens = annotation.tokens_of(sentence)
    first = annotation.sentences[sentence].first
    for index, token in enumerate(tokens, first):
        if token.head != index or token.pos not in ("VERB", "AUX"):
            continue
        helpers = [t for t in tokens if t.dep in ("aux", "auxpass") and t.head == index and t.text.islower()]
        if any(t.dep == "neg" and t.head == index for t in tokens) or token.lemma in ("say", "tell"):
            return
        if helpers and helpers[0].text in ("is", "was", "were", "are", "has", "have", "had", "will", "would", "could"):
            yield Change("polarity", "not", article.id, helpers[0].end, helpers[0].end, " not")
        elif token.tag == "VBD" and token.lemma != "be":
            yield Change("polarity", "did not", article.id, token.start, token.end, f"did not {token.lemma}")


def edited(article: Article, change: Change) -> Article:
    """The article with the change made; its id stays, so that conflicts can be held against the original's.

    A person is exchanged wherever the article names him: who is named rightly elsewhere is told apart.
    """
    if change.name == "person":
        old, new = article.text[change.start : change.end], change.words
        text = article.text.replace(old, new).replace(old.split()[-1], new.split()[-1])
        return replace(article, text=text, parts=(Part(0, len(text), "body"),))
    if change.name in ("figure", "unit"):
        old = re.compile(rf"(?<![\w.,]){re.escape(article.text[change.start : change.end])}(?![\d]|[.,]\d)")
        before, after = article.text[: change.start], article.text[change.end :]
        text = old.sub(lambda _: change.words, before) + change.words + old.sub(lambda _: change.words, after)
        return replace(article, text=text, parts=(Part(0, len(text), "body"),))
    text = article.text[: change.start] + change.words + article.text[change.end :]
    return replace(article, text=text, parts=(Part(0, len(text), "body"),))


def _keys(comparison: Comparison, texts: dict[str, str]) -> set[tuple[str, tuple[str, ...]]]:
    """Conflicts told apart by kind and cited words, which an edit elsewhere does not shift."""
    return {
        (conflict.kind, tuple(sorted(texts[v.article][v.start : v.end] for p in conflict.positions for v in p.voices)))
        for conflict in comparison.conflicts
    }


def measure(gold: Path, most: int, *, show: bool) -> tuple[float, float]:
    """Print recall and precision by kind over at most ``most`` plants of each kind, and all misses when asked."""
    found: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for story, articles in read_stories(gold):
        annotations = {article.id: annotate(article) for article in articles}
        before = _keys(compared(articles, annotations), {article.id: article.text for article in articles})
        drawn = sorted(set(changes(articles, annotations)), key=lambda c: digest(repr(c)))
        seen: Counter[str] = Counter()
        for change in drawn:
            name = change.kind or "harmless"
            if seen[name] >= PER_STORY or planted[name] >= most:
                continue
            seen[name] += 1
            planted[name] += 1
            changed = tuple(edited(a, change) if a.id == change.article else a for a in articles)
            target = next(a for a in changed if a.id == change.article)
            after = compared(changed, annotations | {target.id: annotate(target)})
            held = _touching(after, target, change)
            if change.kind is not None and change.kind in held:
                found[name] += 1
            elif show and change.kind is not None:
                print("MISSED", story, change.kind, _line(target, change))
            texts = {article.id: article.text for article in changed}
            new = _keys(after, texts) - before
            wrong = [key for key in new if change.kind is None or key[0] not in held]
            for key in wrong:
                false[change.kind or key[0]] += 1
                if show:
                    print("FALSE", story, change.name, key, _line(target, change))
    for kind in ("number", "date", "place", "name", "polarity"):
        recall = found[kind] / planted[kind] if planted[kind] else 0.0
        precision = found[kind] / (found[kind] + false[kind]) if found[kind] + false[kind] else 1.0
        print(
            f"{kind:10} planted {planted[kind]:3}  recall {recall:.3f}  false {false[kind]}  precision {precision:.3f}"
        )
    total = sum(found.values())
    every = sum(planted[kind] for kind in planted if kind != "harmless")
    precision = total / max(1, total + sum(false.values()))
    print(f"all        planted {every:3}  recall {total / max(1, every):.3f}  precision {precision:.3f}")
    print(f"harmless changes {planted['harmless']}")
    return total / max(1, every), precision


def written(*, show: bool) -> tuple[float, float]:
    """Print recall and precision on the written pairs; what the kinds are of what is missed or false."""
    found: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    false: Counter[str] = Counter()
    right = 0
    for line in WRITTEN.read_text("utf-8").splitlines():
        row = json.loads(line)
        articles = tuple(
            _article({"id": row["id"] + side, "outlet": side, "text": row[side], "date": row["published"][at]})
            for at, side in enumerate("ab")
        )
        annotations = {article.id: annotate(article) for article in articles}
        held = compared(articles, annotations).conflicts
        words = [_place(article.text, row[f"{side}_words"]) for article, side in zip(articles, "ab", strict=True)]
        hits = [c for c in held if row["conflict"] and _is_it(c, articles, words)]
        if row["conflict"]:
            planted[row["kind"]] += 1
            found[row["kind"]] += bool(hits)
            right += bool(hits)
        wrong = [c for c in held if c not in hits]
        for _ in wrong:
            false[row["why"].split(":")[0] if not row["conflict"] else f"beside a {row['kind']}"] += 1
        if show and ((row["conflict"] and not hits) or wrong):
            print("MISSED" if row["conflict"] and not hits else "FALSE", row["id"], row["kind"], row["why"])
            print("   ", row["a_words"], "|", row["b_words"])
            for conflict in wrong:
                print("    false", conflict.kind, conflict.about, [position.value for position in conflict.positions])
    for kind in sorted(planted):
        print(f"written {kind:10} {planted[kind]:3}  found {found[kind] / planted[kind]:.3f}")
    recall, precision = right / sum(planted.values()), right / max(1, right + sum(false.values()))
    print(f"written all {sum(planted.values())} + 110 that tempt: recall {recall:.3f}  precision {precision:.3f}")
    print(f"false on: {dict(false)}")
    return recall, precision


def _place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _is_it(conflict: Conflict, articles: tuple[Article, ...], words: list[tuple[int, int]]) -> bool:
    """Whether the conflict's places touch the sentences of the words in both reports."""
    lines = {
        article.id: (max(article.text.rfind(mark, 0, start) for mark in ("\n", ". ")), article.text.find(".", end) + 1)
        for article, (start, end) in zip(articles, words, strict=True)
    }
    touched = {
        voice.article
        for position in conflict.positions
        for voice in position.voices
        if voice.start < lines[voice.article][1] and lines[voice.article][0] < voice.end
    }
    return len(touched) == 2


def _touching(comparison: Comparison, target: Article, change: Change) -> set[str]:
    """Kinds of the conflicts with a position in the line that was changed (anywhere, for a person)."""
    if change.name in ("person", "figure", "unit"):
        return {
            conflict.kind
            for conflict in comparison.conflicts
            for position in conflict.positions
            for voice in position.voices
            if voice.article == target.id and change.words.split()[-1] in target.text[voice.start : voice.end + 10]
        }
    start = max(target.text.rfind(mark, 0, change.start) for mark in ("\n", ". ")) + 1
    end = change.start + len(change.words)
    until = min(
        (at for at in (target.text.find("\n", end), target.text.find(". ", end)) if at >= 0), default=len(target.text)
    )
    return {
        conflict.kind
        for conflict in comparison.conflicts
        for position in conflict.positions
        for voice in position.voices
        if voice.article == target.id and voice.start < until and voice.end > start
    }


def _line(article: Article, change: Change) -> str:
    return " ".join(article.text[max(0, change.start - 90) : change.start + 90].split())


def untouched(gold: Path) -> None:
    """Print every conflict found in the stories as they are, to be read."""
    count = 0
    for story, articles in read_stories(gold, READ_STORIES):
        annotations = {article.id: annotate(article) for article in articles}
        texts = {article.id: article for article in articles}
        for conflict in compared(articles, annotations).conflicts:
            count += 1
            print(f"\n{story} {conflict.kind}: {conflict.about}")
            for position in conflict.positions:
                for voice in position.voices:
                    text = texts[voice.article].text
                    around = " ".join(text[max(0, voice.start - 150) : voice.end + 100].split())
                    print(f"  {position.value} | {texts[voice.article].outlet}: {around}")
    print(f"\n{count} conflicts")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    parser.add_argument("--most", type=int, default=30, help="plants of each kind")
    parser.add_argument("--show", action="store_true", help="print every miss and false alarm")
    parser.add_argument("--written", action="store_true", help="the written pairs only")
    parser.add_argument("--untouched", action="store_true", help="print the conflicts of the stories as they are")
    given = parser.parse_args()
    if given.untouched:
        untouched(given.gold)
        return
    held = [written(show=given.show)]
    if not given.written:
        held.append(measure(given.gold, given.most, show=given.show))
    for (recall, precision), (least_recall, least_precision) in zip(held, FLOORS, strict=False):
        if recall < least_recall or precision < least_precision:
            raise SystemExit("below its floor")


if __name__ == "__main__":
    main()
