"""What can state a fact: sentences of the body, and the clauses of those that say several things."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from variorum.claims.lexicon import SAYING
from variorum.claims.reports import Report
from variorum.records import Clause, Figure, Sentence, TimeMention
from variorum.text import fold, rarity

_NEGATIVE = frozenset(("no", "nobody", "none", "neither", "never", "nor", "nothing", "not", "n't", "without"))
_EVERYDAY = 2.0  # rarity of words that more than one article in seven has
_WORDLESS = frozenset(("PUNCT", "SPACE", "SYM", "X"))


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A sentence or a clause of one report.

    sentence: index of its sentence; first, last: its tokens, ``last`` exclusive; root: its main verb.
    whole: whether it is the whole sentence. words: folded lemmas with their rarity.
    names: ids of the names in it. vector: unit length. is_negative: whether its main verb is denied.
    is_lede: whether it stands in the first sentence of the body.
    """

    report: Report
    start: int
    end: int
    sentence: int
    first: int
    last: int
    root: int
    whole: bool
    words: dict[str, float]
    names: frozenset[str]
    figures: tuple[Figure, ...]
    times: tuple[TimeMention, ...]
    vector: NDArray[np.float32]
    is_negative: bool
    is_lede: bool

    @property
    def place(self) -> tuple[str, int, int]:
        """Article id and offsets: what the unit is told from every other by."""
        return self.report.article.id, self.start, self.end

    @property
    def text(self) -> str:
        return self.report.article.text[self.start : self.end]

    def overlaps(self, other: "Unit") -> bool:
        """Whether the two share characters of one article."""
        return self.report.article.id == other.report.article.id and self.start < other.end and other.start < self.end


def units(report: Report, *, fewest_words: int, most_sentences: int | None = None) -> tuple[Unit, ...]:
    """The body's sentences, and the clauses of each that has more than one, in reading order.

    fewest_words: content words below which a stretch is too slight to state a fact alone.
    most_sentences: sentences of the body after which a report is read no further; all by default.
    """
    annotation = report.annotation
    of_sentence: dict[int, list[int]] = {}
    for index, clause in enumerate(annotation.clauses):
        of_sentence.setdefault(clause.sentence, []).append(index)
    found: list[Unit] = []
    body = [index for index, sentence in enumerate(annotation.sentences) if sentence.part == "body"]
    for index in body[:most_sentences]:
        sentence = annotation.sentences[index]
        clauses = of_sentence.get(index, [])
        found.append(_of_sentence(report, index, sentence))
        if len(clauses) > 1:
            found.extend(
                _of_clause(report, annotation.clauses[at], annotation.clause_vectors[at])
                for at in clauses
                if not _is_frame(report, annotation.clauses[at])
            )
    return tuple(unit for unit in found if _weighty(unit) >= (min(2, fewest_words) if unit.whole else fewest_words))


def title_units(report: Report) -> tuple[Unit, ...]:
    """The sentences of the report's headline, as units; none where its text has no headline."""
    sentences = enumerate(report.annotation.sentences)
    return tuple(_of_sentence(report, index, sentence) for index, sentence in sentences if sentence.part == "title")


def _is_frame(report: Report, clause: Clause) -> bool:
    """Whether the clause only says that somebody said what another clause tells ("X has said")."""
    tokens = report.annotation.tokens
    if tokens[clause.root].lemma.casefold() not in SAYING:
        return False
    return any(
        tokens[at].dep in ("ccomp", "parataxis") and not clause.first <= at < clause.last
        for at in report.children[clause.root]
    )


def _weighty(unit: Unit) -> int:
    """Words that say something; of a clause only those outside names, which alone state nothing."""
    counted = unit.words if unit.whole else nameless(unit).words
    return sum(weight > _EVERYDAY for weight in counted.values())


def nameless(unit: Unit) -> Unit:
    """The unit as it would be with nobody named: what is left to compare when a name may be what differs."""
    named = unit.report.named_in(unit.start, unit.end)
    own = {
        fold(token.lemma or token.text)
        for token in unit.report.annotation.tokens[unit.first : unit.last]
        if not any(name.start <= token.start < name.end for name in named)
    }
    words = {word: weight for word, weight in unit.words.items() if word in own}
    return replace(unit, words=words, names=frozenset())


def _of_sentence(report: Report, index: int, sentence: Sentence) -> Unit:
    annotation = report.annotation
    span = range(sentence.first, sentence.last)
    root = next((at for at in span if annotation.tokens[at].head == at), sentence.first)
    stretch = Clause(sentence.start, sentence.end, index, root, sentence.first, sentence.last)
    return _unit(report, stretch, annotation.vectors[index], whole=True)


def _of_clause(report: Report, clause: Clause, vector: NDArray[np.float32]) -> Unit:
    return _unit(report, clause, vector, whole=False)


def _unit(report: Report, clause: Clause, vector: NDArray[np.float32], *, whole: bool) -> Unit:
    annotation = report.annotation
    return Unit(
        report=report,
        start=clause.start,
        end=clause.end,
        sentence=clause.sentence,
        first=clause.first,
        last=clause.last,
        root=clause.root,
        whole=whole,
        words=content(report, clause.first, clause.last),
        names=frozenset(named.id for named in report.named_in(clause.start, clause.end)),
        figures=tuple(f for f in annotation.figures if clause.start <= f.start and f.end <= clause.end),
        times=tuple(t for t in annotation.times if clause.start <= t.start and t.end <= clause.end),
        vector=vector,
        is_negative=is_negative(report, clause.root),
        is_lede=clause.sentence == next((at for at, s in enumerate(annotation.sentences) if s.part == "body"), -1),
    )


def content(report: Report, first: int, last: int) -> dict[str, float]:
    """Folded lemmas of the tokens ``[first, last)`` with their rarity.

    Figures and times are left out: they are compared by what they allow, not by their letters.
    """
    found: dict[str, float] = {}
    for token in report.annotation.tokens[first:last]:
        if token.pos not in _WORDLESS and not report.is_measured(token.start):
            key = fold(token.lemma or token.text)
            if key and key[0].isalnum():
                found[key] = max(0.0, rarity(key))
    return found


def is_negative(report: Report, root: int) -> bool:
    """Whether the verb or noun at token ``root`` is denied: "did not", "no one was", "without"."""
    tokens = report.annotation.tokens
    below = report.children[root]
    if any(tokens[at].dep == "neg" or tokens[at].lemma.casefold() in ("not", "never") for at in below):
        return True
    subjects = [at for at in below if tokens[at].dep in ("nsubj", "nsubjpass", "dobj", "attr")]
    return any(
        tokens[at].lemma.casefold() in _NEGATIVE
        or any(tokens[under].lemma.casefold() in ("no", "neither") for under in report.children[at])
        for at in subjects
    )
