"""What ``verify`` has looked at and what it found wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_SHOWN = 60  # letters of a text quoted in a failure


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that does not hold. where: JSON path. what: one plain sentence."""

    where: str
    what: str


@dataclass(slots=True)
class Ledger:
    """Failures and counts of one edition, gathered check by check.

    texts: the articles' texts by id. citations: stretches looked up. references: ids looked up.
    """

    texts: Mapping[str, str]
    failures: list[Failure] = field(default_factory=list)
    citations: int = 0
    references: int = 0

    def fail(self, where: str, what: str) -> None:
        self.failures.append(Failure(where, what))

    def words(self, article: str, start: int, end: int, where: str) -> str | None:
        """The words at ``[start, end)`` of an article; ``None``, and a failure, where there is no such place."""
        self.citations += 1
        text = self.texts.get(article)
        if text is None:
            self.fail(where, f"It cites the article {quoted(article)}, which this edition does not hold.")
            return None
        if not 0 <= start <= end <= len(text):
            self.fail(where, f"It cites [{short(start)}, {short(end)}) of a text of {len(text)} characters.")
            return None
        return text[start:end]

    def stands(self, printed: str, article: str, start: int, end: int, where: str) -> None:
        """Whether ``printed`` is what stands at ``[start, end)``."""
        found = self.words(article, start, end, where)
        if found is not None and found != printed:
            self.fail(where, f"It prints {quoted(printed)}, but {quoted(found)} stands at [{start}, {end}).")

    def known(self, id: str | None, ids: Iterable[str], what: str, where: str) -> None:
        """Whether the id, when there is one, is among ``ids``; what: the noun of the message."""
        if id is None:
            return
        self.references += 1
        if id not in ids:
            self.fail(where, f"It names the {what} {quoted(id)}, which this edition does not hold.")

    def unique(self, ids: Iterable[str], what: str, where: str) -> None:
        """Whether no id is given twice."""
        seen: set[str] = set()
        for index, id in enumerate(ids):
            if id in seen:
                self.fail(f"{where}[{index}].id", f"The {what} {quoted(id)} stands here a second time.")
            seen.add(id)


def quoted(text: str) -> str:
    """A text between quotation marks, on one line, cut where it is long."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return f"“{line[:_SHOWN]}…”" if len(line) > _SHOWN else f"“{line}”"


def short(number: int) -> str:
    """A number as digits, told only as too long when it has no place in an edition."""
    return str(number) if abs(number) < 10**12 else "a number of more than twelve digits"
