"""What can stand against each other, and how pairs that do are made into conflicts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.records import Conflict, ConflictKind, Place, Position
from variorum.text import digest

Verdict = Literal["agree", "differ"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One article's answer to a question of fact: the place to cite, and the answer in plain words.

    order: sorts answers among themselves (an amount, a day of the week), then by their words.
    """

    article: str
    start: int
    end: int
    value: str
    order: float = 0.0

    @property
    def place(self) -> Place:
        return Place(self.article, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two statements that answer one question, whether their answers agree, and the question."""

    one: Statement
    other: Statement
    verdict: Verdict
    about: str


def clipped(words: str, most: int = 110) -> str:
    """The words on one line, cut between two of them after ``most`` characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: line.rfind(" ", 0, most)] + " …"


def conflicts(kind: ConflictKind, compared: Iterable[Compared]) -> tuple[Conflict, ...]:
    """The conflicts that follow from pairwise comparisons.

    Statements joined by a chain of comparisons answer one question. In each such set the answers become
    positions; a statement that agrees with two positions takes no side and is left out. Sets in which
    fewer than two positions, or only one article, are left are none.
    """
    pairs = sorted(compared, key=lambda pair: (_key(pair.one), _key(pair.other), pair.verdict, pair.about))
    differing = [pair for pair in pairs if pair.verdict == "differ"]
    sets = _joined(differing)
    found = []
    for statements in sets:
        joined = statements | {
            mine
            for pair in pairs
            if pair.verdict == "agree"
            for mine, other in ((pair.one, pair.other), (pair.other, pair.one))
            if other in statements
        }
        abouts = [pair.about for pair in differing if pair.one in statements]
        conflict = _conflict(kind, sorted(joined, key=_key), pairs, _usual(abouts))
        if conflict is not None:
            found.append(conflict)
    return tuple(sorted(found, key=lambda conflict: conflict.id))


def _key(statement: Statement) -> tuple[float, str, str, int, int]:
    return statement.order, statement.value, statement.article, statement.start, statement.end


def _usual(abouts: Sequence[str]) -> str:
    return min(set(abouts), key=lambda about: (-abouts.count(about), len(about), about))


def _joined(differing: Sequence[Compared]) -> list[set[Statement]]:
    """Statements connected by differing pairs."""
    sets: list[set[Statement]] = []
    for pair in differing:
        touching = [each for each in sets if pair.one in each or pair.other in each]
        merged = {pair.one, pair.other}.union(*touching)
        sets = [each for each in sets if each not in touching] + [merged]
    return sets


def _conflict(
    kind: ConflictKind, statements: Sequence[Statement], pairs: Sequence[Compared], about: str
) -> Conflict | None:
    verdicts = {frozenset((pair.one, pair.other)): pair.verdict for pair in pairs}
    positions: list[list[Statement]] = []
    for statement in statements:
        fits = [each for each in positions if _fits(statement, each, verdicts)]
        if len(fits) > 1:
            continue
        if fits:
            fits[0].append(statement)
        else:
            positions.append([statement])
    if len(positions) < 2 or len({s.article for each in positions for s in each}) < 2:
        return None
    made = tuple(_position(each) for each in positions)
    places = sorted((v.article, v.start, v.end) for position in made for v in position.voices)
    return Conflict(digest(kind, *(f"{a}:{s}:{e}" for a, s, e in places)), kind, about, made)


def _fits(statement: Statement, position: Sequence[Statement], verdicts: dict[frozenset[Statement], Verdict]) -> bool:
    known = [verdicts.get(frozenset((statement, other))) for other in position]
    if "differ" in known:
        return False
    return "agree" in known or any(other.value == statement.value for other in position)


def _position(statements: Sequence[Statement]) -> Position:
    values = [statement.value for statement in statements]
    value = min(set(values), key=lambda value: (-values.count(value), len(value), value))
    voices = sorted({statement.place for statement in statements}, key=lambda p: (p.article, p.start, p.end))
    return Position(value, tuple(voices))
