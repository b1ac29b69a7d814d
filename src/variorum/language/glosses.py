"""Short forms that an article sets beside their long ones: "Port Health Office (PHO)", "Pho [Port Health Office]"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from variorum.records import Span

SMALL_WORDS = frozenset("of for the and de del la le du des von van al el on in to a".split())
_WORD = r"(?:[A-Z][\w’'&.-]*|of|for|the|and|de|del|on)"
_AFTER = re.compile(rf"(?P<long>[A-Z][\w’'&.-]*(?:\s+{_WORD}){{0,8}})\s+\((?P<short>[A-Z][A-Za-z&.-]{{1,9}})\)")
_BEFORE = re.compile(rf"\b(?P<short>[A-Z][A-Za-z]{{1,9}})\s+[\[(](?P<long>{_WORD}(?:\s+{_WORD}){{1,7}})[\])]")


@dataclass(frozen=True, slots=True)
class Gloss:
    """A long form and the short one beside it, by their places in the text."""

    long: Span
    short: Span


def glosses(text: str, stretches: Iterable[Span]) -> tuple[Gloss, ...]:
    """The glosses inside ``stretches`` of ``text``, in reading order within each pattern."""
    found = []
    for stretch in stretches:
        for pattern in (_AFTER, _BEFORE):
            for match in pattern.finditer(text, stretch.start, stretch.end):
                skipped = _abbreviated(match["short"], match["long"])
                if skipped is not None:
                    long = Span(match.start("long") + skipped, match.end("long"))
                    found.append(Gloss(long, Span(*match.span("short"))))
    return tuple(found)


def _abbreviated(short: str, long: str) -> int | None:
    """Where in ``long`` the words begin that ``short`` stands for; ``None`` when it stands for none.

    Most initials must be letters of the short form, but not all and not in order: a foreign acronym
    keeps its letters when its words are translated.
    """
    letters = short.replace(".", "").casefold()
    for word in re.finditer(r"\S+", long):
        tail = long[word.start() :].split()
        initials = [part[0].casefold() for part in tail if part.casefold() not in SMALL_WORDS]
        if tail[0].casefold() in SMALL_WORDS or not 2 <= len(initials) <= len(letters):
            continue
        if initials[0] in letters and sum(initial in letters for initial in initials) * 2 > len(initials):
            return word.start()
    return None
