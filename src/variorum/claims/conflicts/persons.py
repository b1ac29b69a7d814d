"""One part in one event given to two persons."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from variorum.claims.conflicts.matching import Match, Matching, printed, shorter_line
from variorum.claims.conflicts.places import share_a_word
from variorum.claims.conflicts.slots import Slot
from variorum.claims.conflicts.statements import Compared, Verdict
from variorum.claims.units import Unit
from variorum.config.claims import Claims
from variorum.text import words

_SPEAKING = {("nsubj",), ("nsubjpass",)}
_BEING = {("nsubj",), ("attr",)}  # "Ada Holm is the mayor", "the mayor is Ada Holm"
_PARTS = frozenset((part,) for part in "nsubj nsubjpass dobj pobj appos attr oprd dative poss".split())


def name_pairs(
    units: Sequence[Unit], matching: Matching, titles: Mapping[str, str], *, settings: Claims
) -> Iterator[Compared]:
    """Pairs of persons who have one part in what is told. titles: name ids to the names to show.

    Each article must know only the one of the two: who names both tells them apart. One name put for another
    throughout a report shows in several statements, so what speaks for it adds up over them.
    """
    known: dict[str, frozenset[str]] = {}
    for unit in units:
        if unit.place[0] not in known:
            known[unit.place[0]] = frozenset(word.key for word in words(unit.report.article.text))

    def knows(slot: Slot, other: Slot) -> bool:
        own = [word.key for word in words(titles[other.named.id])]
        return own[-1] in known[slot.place[0]]

    def judge(one: Slot, other: Slot) -> tuple[Verdict, float] | None:
        if one.named.id == other.named.id:
            return "agree", settings.one_part
        parts = {slot.relation[:1] for slot in (one, other)}
        if not parts <= _PARTS or (one.is_quoted and other.is_quoted) or (len(parts) > 1 and parts != _BEING):
            return None
        if one.anchor == "saying" and parts <= _SPEAKING:
            return None  # two persons who say two things
        if one.anchor != other.anchor or one.preposition != other.preposition:
            return None
        if one.is_negative != other.is_negative or {one.tense, other.tense} == {"past", "future"}:
            return None
        rest = [units[slot.unit].names - {slot.named.id} for slot in (one, other)]
        if all(rest) and not rest[0] & rest[1]:
            return None
        if knows(one, other) or knows(other, one):
            return None
        return None if share_a_word(titles[one.named.id], titles[other.named.id]) else ("differ", settings.one_part)

    found: dict[frozenset[str], dict[tuple[tuple[str, int], tuple[str, int]], Match]] = defaultdict(dict)
    for match in matching.matches("name", judge):
        if match.verdict == "agree":
            continue
        sides = sorted((slot.place[0], slot.whole) for slot in (match.one, match.other))
        held = found[frozenset((match.one.named.id, match.other.named.id))]
        known_match = held.get((sides[0], sides[1]))
        if known_match is None or known_match.nearness < match.nearness:
            held[sides[0], sides[1]] = match
    for held in found.values():
        nearness = [match.nearness for match in held.values()]
        if sum(nearness) >= settings.same_person and max(nearness) >= settings.clear_part:
            for match in held.values():
                about = f"who it is in “{shorter_line(match, units)}”"
                yield Compared(printed(match.one), printed(match.other), match.verdict, about)
