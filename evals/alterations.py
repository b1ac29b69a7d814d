"""Is an altered quotation called altered, and nothing else?

    python evals/alterations.py --gold ../shared/gold [--articles 60] [--errors]

Definition. From articles of BASIL and AllSides, sentences of at least eight words inside closed
quotation marks are drawn. A copy of the article prints one of them otherwise, in one of the ways of
``ALTERING`` (a copy editor would object) or of ``HARMLESS`` (none would). Article and copy make a story of
two voices. *Together*: the two printings are in one utterance. *Altered*: the one that is not the base is
called so. Precision of altered = of readings called altered, those in a changed sentence of an altering
kind; the unchanged sentences of both articles count too. Recall = of altering changes, those called
altered with a variant that lies on the words changed.

*Merged*: of pairs of different sentences that one article gives one speaker and that share a content word, the
share that is made one utterance when each is printed by another outlet.
"""

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from conflicts import apart

from variorum.config import Quotations as Settings
from variorum.language import annotate, annotate_all, resolve
from variorum.quotations import collate
from variorum.quotations.extract import extract
from variorum.quotations.gather import gather
from variorum.quotations.genders import genders
from variorum.quotations.speaking import name_speakers
from variorum.quotations.units import NameWords, content, repeats, units
from variorum.records import Annotation, Article, Part, Reading, Span, Story
from variorum.text import digest, lines, sentences, words

SEED = 11
FEWEST_WORDS = 8
PER_ARTICLE = 7  # changes an article, so that no long interview decides the figures
PAIRED = 4  # times as many articles are read for pairs of different sentences
FEWEST_QUOTATIONS = 4  # in an article
LONGEST = 9_000  # code points of an article that are read
FLOORS = {"precision": 98.0, "recall": 92.0, "together": 95.0}
CEILINGS = {"untouched called altered": 0.5, "merged": 1.0}

_OTHERS = dict(
    pair.split("/")
    for pair in (
        "big/huge good/great bad/terrible very/extremely people/citizens country/nation help/aid important/crucial "
        "many/several think/believe want/wish need/require make/create made/created get/obtain got/received "
        "work/labor know/understand believe/feel great/wonderful time/moment right/correct American/national "
        "president/leader government/administration law/rule families/households children/kids women/females "
        "today/now every/each never/rarely always/often just/simply because/since need/want must/should can/could "
        "before/until job/task money/cash party/side state/province world/planet problem/issue way/manner "
        "security/safety case/matter fact/point thing/point clear/plain new/recent last/previous first/initial "
        "fight/battle support/back stop/end start/begin continue/proceed protect/guard serious/grave"
    ).split()
)
_TENSES = {
    "will": "would", "is": "was", "are": "were", "have": "had", "has": "had", "can": "could", "do": "did",
    "was": "is", "were": "are", "want": "wanted", "think": "thought", "know": "knew", "need": "needed",
}  # fmt: skip
_NEGATED = ("is", "are", "was", "were", "will", "would", "can", "could", "should", "has", "have", "do", "does", "did")
_CONTRACTED = {
    "is not": "isn’t", "are not": "aren’t", "do not": "don’t", "does not": "doesn’t", "did not": "didn’t",
    "it is": "it’s", "we are": "we’re", "I am": "I’m", "I have": "I’ve", "we have": "we’ve", "we will": "we’ll",
    "I will": "I’ll", "that is": "that’s", "they are": "they’re", "cannot": "can’t", "was not": "wasn’t",
}  # fmt: skip
_SPELLED_OUT = {short: long for long, short in _CONTRACTED.items()}
_NUMERALS = dict(zip("two three four five six seven eight nine ten".split(), "2 3 4 5 6 7 8 9 10".split(), strict=True))
_RESPELLED = (
    (r"(?<=\w{3})iz(e|ed|es|ing|ation|ations)\b", r"is\1"),
    (r"\b(lab|hon|fav|behavi|col|harb|neighb|hum)or", r"\1our"),
    (r"\bdefense\b", "defence"), (r"\bcenter(s?)\b", r"centre\1"), (r"\bprogram\b", "programme"),
    (r"\btoward\b", "towards"), (r"\bpercent\b", "per cent"), (r"\b(travel|cancel)(ed|ing)\b", r"\1l\2"),
)  # fmt: skip
_NUMBER_WORDS = "two three four five six seven eight nine ten".split()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence inside closed marks: its span, and the marked stretch it stands in."""

    span: Span
    stretch: Span


@dataclass(frozen=True, slots=True)
class Change:
    """``[start, end)`` of the article becomes ``words``."""

    start: int
    end: int
    words: str

    @property
    def place(self) -> Span:
        """Where it lies, in the article and in its copy alike, with the letters beside it."""
        return Span(max(0, self.start - 1), max(self.end, self.start + len(self.words)) + 1)


Way = Callable[[str, Quoted, random.Random], Change | None]


def _one_of(text: str, quoted: Quoted, chance: random.Random, options: dict[str, str]) -> Change | None:
    """One word of the sentence, not its first or last, put for another."""
    inner = list(re.finditer(r"[\w’']+", text[quoted.span.start : quoted.span.end]))[1:-1]
    fitting = [match for match in inner if match.group() in options]
    if not fitting:
        return None
    match = chance.choice(fitting)
    start = quoted.span.start + match.start()
    return Change(start, start + len(match.group()), options[match.group()])


def synonym(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    return _one_of(text, quoted, chance, _OTHERS)


def tense(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    return _one_of(text, quoted, chance, _TENSES)


def negation(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    inside = quoted.span.of(text)
    if match := re.search(r"(?<=\w) not(?= \w)", inside):
        start = quoted.span.start + match.start()
        return Change(start, start + len(match.group()), "")
    return _one_of(text, quoted, chance, {verb: f"{verb} not" for verb in _NEGATED})


def number(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    inside = quoted.span.of(text)
    found = list(re.finditer(r"\b\d[\d,]*\b|\b(?:" + "|".join(_NUMBER_WORDS) + r")\b", inside))
    if not found:
        return None
    match = chance.choice(found)
    old = match.group()
    if old[0].isdigit():
        new = f"{int(old.replace(',', '')) + chance.choice((1, 3, 7, 20)):,}" if "," in old else str(int(old) + 3)
    else:
        new = chance.choice([word for word in _NUMBER_WORDS if word != old])
    return Change(quoted.span.start + match.start(), quoted.span.start + match.end(), new)


def dropped(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    inner = list(re.finditer(r" \w{4,}(?= \w)", quoted.span.of(text)))[1:-1]
    if not inner:
        return None
    match = chance.choice(inner)
    start = quoted.span.start + match.start()
    return Change(start, start + len(match.group()), "")


def added(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    inner = list(re.finditer(r"(?<=\w) (?=\w)", quoted.span.of(text)))[2:-2]
    if not inner:
        return None
    at = quoted.span.start + chance.choice(inner).start()
    return Change(at, at, chance.choice((" really", " also", " clearly", " now", " simply", " finally")))


def moved(text: str, quoted: Quoted, _: random.Random) -> Change | None:
    match = re.fullmatch(r"((?:[\w’'-]+ ){3,}[\w’'-]+), ((?:[\w’'-]+ ){2,}[\w’'-]+)([.,]?)", quoted.span.of(text))
    if match is None:
        return None
    first, last, end = match.groups()
    new = f"{last[0].upper()}{last[1:]}, {first[0].lower()}{first[1:]}{end}"
    return Change(quoted.span.start, quoted.span.end, new)


def splice(text: str, quoted: Quoted, _: random.Random) -> Change | None:
    """Half of this sentence run on, inside the marks, with half of the next."""
    after = [span for span in sentences(text, quoted.span.end, quoted.stretch.end) if len(words(span.of(text))) >= 8]
    if not after or after[0].start > quoted.span.end + 2:
        return None
    one, two = words(text, *_ends(quoted.span)), words(text, *_ends(after[0]))
    start, end = one[len(one) // 2 + 1].end, two[len(two) // 2 - 1].start
    return Change(start, end, " ")


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def untouched(text: str, quoted: Quoted, _: random.Random) -> Change | None:
    return Change(quoted.span.start, quoted.span.end, quoted.span.of(text))


def trimmed(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    """Words cut off one end of a quotation of one sentence."""
    if quoted.span.start != quoted.stretch.start or quoted.span.end < quoted.stretch.end - 1:
        return None
    found = words(text, *_ends(quoted.span))
    if chance.random() < 0.5:
        return Change(quoted.span.start, found[len(found) // 3].start, "")
    cut = found[-len(found) // 3].end
    return Change(cut, quoted.span.end, ",")


def ellipsis(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    found = words(text, *_ends(quoted.span))
    at = chance.randrange(3, len(found) - 4)
    return Change(found[at].end, found[at + 2].start, chance.choice((" … ", " ... ", " . . . ", " [...] ")))


def bracket(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    options = dict.fromkeys(("they", "we", "he", "she", "it"), "[the officials]")
    return _one_of(text, quoted, chance, options)


def spelling(text: str, quoted: Quoted, _: random.Random) -> Change | None:
    inside = quoted.span.of(text)
    for pattern, new in _RESPELLED:
        if re.search(pattern, inside):
            return Change(quoted.span.start, quoted.span.end, re.sub(pattern, new, inside))
    return None


def marks(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    opening, closing = chance.choice((("“", "’’"), ('"', "”"), ("``", "''"), ("«", "»"), ('"', '"'), ("„", "“")))
    inside = quoted.stretch.of(text)
    return Change(quoted.stretch.start - 1, quoted.stretch.end + 1, f"{opening}{inside}{closing}")


def unclosed(_text: str, quoted: Quoted, _: random.Random) -> Change | None:
    return Change(quoted.stretch.end, quoted.stretch.end + 1, "")


def unmarked(text: str, quoted: Quoted, _: random.Random) -> Change | None:
    return Change(quoted.stretch.start - 1, quoted.stretch.end + 1, quoted.stretch.of(text))


def punctuation(text: str, quoted: Quoted, _: random.Random) -> Change | None:
    inside = quoted.span.of(text)
    new = inside.replace(", ", " ", 1) if ", " in inside else inside.replace(" and ", ", and ", 1)
    return Change(quoted.span.start, quoted.span.end, new.replace("—", " - ")) if new != inside else None


def contraction(text: str, quoted: Quoted, _: random.Random) -> Change | None:
    inside = quoted.span.of(text)
    for old, new in (*_CONTRACTED.items(), *_SPELLED_OUT.items()):
        if re.search(rf"\b{old}\b", inside):
            return Change(quoted.span.start, quoted.span.end, re.sub(rf"\b{old}\b", new, inside, count=1))
    return None


def numeral(text: str, quoted: Quoted, chance: random.Random) -> Change | None:
    return _one_of(text, quoted, chance, _NUMERALS)


ALTERING: dict[str, Way] = {
    way.__name__: way for way in (synonym, dropped, added, moved, negation, number, tense, splice)
}
HARMLESS: dict[str, Way] = {
    way.__name__: way
    for way in (
        untouched, trimmed, ellipsis, bracket, spelling, marks, unclosed, unmarked, punctuation, contraction, numeral
    )
}  # fmt: skip


def copied(article: Article, change: Change) -> Article:
    """The article as another outlet prints it, with the change made."""
    text = article.text[: change.start] + change.words + article.text[change.end :]
    return _article(text, "Copy")


def _article(text: str, outlet: str) -> Article:
    return Article(
        id=digest(outlet, text), siglum=None, outlet=outlet, title=None, byline=(), url=None, path=None, published=None,
        language="en", sha256="0" * 64, text=text,
        parts=tuple(Part(line.start, line.end, "body") for line in lines(text)),
    )  # fmt: skip


def quoted_sentences(article: Article, annotation: Annotation) -> list[Quoted]:
    """The sentences of the article's closed direct quotations, long enough to be changed."""
    found = []
    for quotation in extract(article, annotation):
        if quotation.mode != "direct" or quotation.marks != "closed":
            continue
        for stretch in quotation.quoted:
            for span in sentences(article.text, stretch.start, stretch.end):
                inside = span.of(article.text)
                if len(words(inside)) >= FEWEST_WORDS and not re.search(r"[\[\]“”\"…]|\.\.", inside):
                    found.append(Quoted(span, stretch))
    return found


def _overlapping(readings: tuple[Reading, ...], article: str, span: Span) -> list[int]:
    return [
        at
        for at, reading in enumerate(readings)
        if reading.article == article and any(part.overlaps(span) for part in reading.spans)
    ]


@dataclass(slots=True)
class Tally:
    tried: int = 0
    together: int = 0
    altered: int = 0
    placed: int = 0


def way_is_splice(name: str) -> bool:
    return name == splice.__name__


def measure(articles: list[Article], *, show: bool) -> tuple[dict[str, Tally], int, int]:
    """A tally a way, and of the readings of sentences nobody changed: how many, how many called altered."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    readings = wrong = 0
    chance = random.Random(SEED)
    for article in articles:
        annotation = annotate(article)
        found = quoted_sentences(article, annotation)
        tried: list[tuple[str, Quoted, Change]] = []
        ways = [*ALTERING.items(), *HARMLESS.items()]
        ways.sort(key=lambda way: (tallies[way[0]].tried, chance.random()))
        for name, way in ways:
            chance.shuffle(found)
            made = next(((q, c) for q in found if (c := way(article.text, q, chance)) is not None), None)
            if made is not None and len(tried) < PER_ARTICLE:
                tried.append((name, *made))
        for name, quoted, change in tried:
            copy = copied(article, change)
            annotations = {article.id: annotation, copy.id: annotate(copy)}
            pair = (article, copy)
            utterances = collate(Story("eval", pair), annotations, resolve(pair, annotations), apart(pair))
            tally = tallies[name]
            tally.tried += 1
            grown = len(change.words) - (change.end - change.start)
            # A splice runs into the next sentence: what is left of that one is judged with the change.
            end = quoted.stretch.end if way_is_splice(name) else change.end
            touched = Span(min(quoted.span.start, change.start), max(quoted.span.end, end))
            touched_copy = Span(touched.start, max(touched.start, touched.end + grown))
            together = altered = placed = False
            for utterance in utterances:
                mine = _overlapping(utterance.readings, article.id, touched)
                theirs = _overlapping(utterance.readings, copy.id, touched_copy)
                for at, reading in enumerate(utterance.readings):
                    if at in mine or at in theirs:
                        altered = altered or reading.agreement == "altered"
                        spans = [
                            span for variant in reading.variants for span in (variant.base, variant.reading) if span
                        ]
                        placed = placed or (altered and any(span.overlaps(change.place) for span in spans))
                    else:
                        readings += 1
                        if reading.agreement == "altered":
                            wrong += 1
                            if show:
                                print("UNTOUCHED ALTERED", name, reading.text, reading.variants)
                together = together or bool(mine and theirs)
            tally.together += together
            tally.altered += altered
            tally.placed += placed
            if show and (altered != (name in ALTERING) or not together):
                print(
                    f"{name}: together {together}, altered {altered}\n   {quoted.span.of(article.text)}\n   "
                    f"{copy.text[touched_copy.start - 20 : touched_copy.end + 20]!r}"
                )
    return tallies, readings, wrong


def different(articles: list[Article], *, show: bool) -> tuple[int, int]:
    """Pairs of different sentences of one speaker in one article, and how many are made one utterance."""
    settings = Settings()
    asked = merged = 0
    for article, annotation in zip(articles, annotate_all(articles, depth="quotations"), strict=True):
        twin = _article(article.text, "Twin")
        names = resolve((article,), {article.id: annotation})
        known = genders((article,), {article.id: annotation}, names)
        quotations = name_speakers(article, annotation, extract(article, annotation), names, known)
        name_words = NameWords(names)
        both = {article.id: article, twin.id: twin}
        found = units(both, quotations, name_words)
        for one, other in combinations(found, 2):
            a, b = quotations[one.quotation], quotations[other.quotation]
            if (a.speaker, a.speaker_text) != (b.speaker, b.speaker_text) or repeats(one.keys, other.keys):
                continue
            if not set(content(one.keys, settings.content_rarity)) & set(content(other.keys, settings.content_rarity)):
                continue
            asked += 1
            groups = gather(both, (one, replace(other, article=twin.id)), name_words, settings)
            if any(len(group) > 1 for group in groups):
                merged += 1
                if show:
                    print("MERGED", " ".join(one.keys), "|", " ".join(other.keys))
    return asked, merged


def drawn(gold: Path, most: int) -> Iterator[Article]:
    """Articles of the three sets, drawn at random with the same seed."""
    held = []
    for folder in ("basil", "allsides"):
        with gzip.open(gold / folder / "articles.jsonl.gz", "rt", encoding="utf-8") as rows:
            texts = [json.loads(row)["text"][:LONGEST] for row in rows]
        held += [text for text in texts if text.count("“") + text.count('"') // 2 >= FEWEST_QUOTATIONS]
    for text in random.Random(SEED).sample(sorted(set(held)), most):
        yield _article(text, "Original")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).parents[2] / "shared" / "gold")
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--errors", action="store_true", help="print what went wrong")
    args = parser.parse_args()
    articles = list(drawn(args.gold, args.articles))
    tallies, readings, wrong = measure(articles, show=args.errors)
    asked, merged = different(list(drawn(args.gold, PAIRED * args.articles)), show=args.errors)

    print(f"{'':14}{'tried':>7}{'together':>10}{'altered':>9}")
    for kind in (ALTERING, HARMLESS):
        for name in kind:
            tally = tallies[name]
            shares = [f"{100 * n / tally.tried:.0f} %" if tally.tried else "-" for n in (tally.together, tally.altered)]
            print(f"{name:14}{tally.tried:7}{shares[0]:>10}{shares[1]:>9}")
    counts = Counter[str]()
    for name, tally in tallies.items():
        side = "altering" if name in ALTERING else "harmless"
        counts[side] += tally.tried
        counts[f"{side} altered"] += tally.altered
        counts[f"{side} placed"] += tally.placed
        counts["together"] += tally.together
    flagged = counts["altering altered"] + counts["harmless altered"] + wrong
    figures = {
        "precision": 100 * counts["altering altered"] / max(1, flagged),
        "recall": 100 * counts["altering placed"] / max(1, counts["altering"]),
        "together": 100 * counts["together"] / max(1, counts["altering"] + counts["harmless"]),
        "untouched called altered": 100 * (counts["harmless altered"] + wrong) / max(1, readings + counts["harmless"]),
        "merged": 100 * merged / max(1, asked),
    }
    for name, value in figures.items():
        print(f"{name:26}{value:7.2f} %")
    print(f"readings of unchanged sentences {readings}, pairs of different sentences {asked}")
    fell = [name for name, floor in FLOORS.items() if figures[name] < floor]
    fell += [name for name, ceiling in CEILINGS.items() if figures[name] > ceiling]
    for name in fell:
        print(f"{name}: {figures[name]:.2f} is past its limit of {FLOORS.get(name) or CEILINGS.get(name)}")
    return int(bool(fell))


if __name__ == "__main__":
    sys.exit(main())
