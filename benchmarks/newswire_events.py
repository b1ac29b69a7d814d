"""Events that several outlets tell, in short reports that the models can parse.

An event is of one of eight kinds and has people, places, a firm and figures of its own. Its first report is an
agency's. Of the others some print that word for word and credit it, some print it with one number changed or a word
of the quotation, and some tell the event in words of their own. Between two slots stand few words that are the same
in every event of a kind, so that unrelated events do not seem to be copied from each other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from newswire_names import AGENCIES, OUTLETS, firm, person, place

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Kind:
    """What is told of an event of a kind, each in two wordings or more; ``{name}`` is a slot of :func:`_facts`."""

    titles: tuple[str, ...]
    ledes: tuple[str, ...]
    figures: tuple[str, ...]
    quotations: tuple[str, ...]
    role: str
    rest: tuple[tuple[str, ...], ...]


KINDS = (
    Kind(
        ("{few} hurt in {place} warehouse fire", "{firm} fire injures {few} in {place}"),
        (
            "A fire at the {firm} warehouse in {place} injured {few} people on {weekday}, {region} said.",
            "{Few} people were hurt on {weekday} as fire swept through the {place} warehouse of {firm}.",
            "Fire destroyed a warehouse that {firm} runs in {place} and left {few} people injured on {weekday}.",
        ),
        (
            "Some {many} crates of {rare} {wares} were lost, {firm} said.",
            "{firm} put the loss at {many} crates, most of them {rare} {wares}.",
        ),
        (
            "We heard the {rare} {wares} burst one after another, and then the whole roof came down",
            "Nobody in {place} has slept, and nobody will sleep before the last {rare} ember is out",
        ),
        "fire chief",
        (
            (
                "{other}, a driver from {town}, carried two of the injured out.",
                "Two of them owe their lives to {other}, a lorry driver from {town}.",
            ),
            (
                "The cause is not known. {region} will publish a report by {month}.",
                "Investigators from {region} hope to know the cause by {month}.",
            ),
        ),
    ),
    Kind(
        ("Bus and lorry collide near {place}, {few} injured", "{few} taken to hospital after {place} bus crash"),
        (
            "{Few} people were injured on {weekday} in {place} when a {firm} bus struck a lorry, {region} police said.",
            "A bus operated by {firm} hit a lorry outside {place} on {weekday}, injuring {few} passengers.",
        ),
        (
            "The bus had left {town} with {many} tickets sold that week, said {firm}.",
            "{firm} sold {many} tickets on the line from {town} that week.",
        ),
        (
            "I saw the {rare} {wares} on the road before I saw the lorry, and then it was too late for {place}",
            "We have asked {firm} for years to take the {rare} {wares} off that bend",
        ),
        "mayor",
        (
            (
                "{other}, who drove the lorry, was questioned and released.",
                "Police questioned {other}, the lorry's driver, for two hours.",
            ),
            (
                "The road to {town} stays closed until {month}.",
                "Until {month} traffic to {town} is led through {region}.",
            ),
        ),
    ),
    Kind(
        ("{firm} workers in {place} vote to strike", "Strike at {firm} to stop {place} yard for {few} days"),
        (
            "Workers of {firm} in {place} voted on {weekday} to strike for {few} days over the {rare} roster.",
            "The {place} yard of {firm} will stand still for {few} days after a vote of its workers on {weekday}.",
        ),
        (
            "The union said {many} members had voted, most of them in {region}.",
            "{Many} members voted, according to the {region} union.",
        ),
        (
            "We mend the {wares} of half of {region}, and the {rare} roster mends nobody",
            "{firm} counts every one of its {wares}, but it has never counted a {rare} night",
        ),
        "union leader",
        (
            ("{other} of {firm} called the vote hasty.", "For {firm}, {other} said the vote had come too soon."),
            (
                "Talks go on in {town} in {month}.",
                "Both sides will meet again in {town} before the end of {month}.",
            ),
        ),
    ),
    Kind(
        ("Flood drives {many} people from homes in {place}", "{place} under water as river bursts banks"),
        (
            "A flood in {place} killed {few} people on {weekday} and drove {many} from their homes, {region} said.",
            "{Few} people died in {place} on {weekday} when the river burst its banks, and {many} had to leave home.",
        ),
        (
            "The water stood at {few} metres in the {firm} mill.",
            "At the mill of {firm} it rose by {few} metres.",
        ),
        (
            "The {rare} {wares} floated past my window, and after them the bridge of {town}",
            "We told {region} that the {rare} dam would not hold, and it did not hold",
        ),
        "mayor",
        (
            ("{other} lost a house that stood in {town} for a century.", "The house of {other} in {town} is gone."),
            (
                "{firm} will send {wares} to {place} until {month}.",
                "Until {month} the {wares} of {firm} are to help {place} rebuild.",
            ),
        ),
    ),
    Kind(
        ("Thieves take {few} paintings from {place} museum", "{place} museum robbed of {rare} {wares}"),
        (
            "Thieves took {few} paintings and a set of {rare} {wares} from the museum of {place} on {weekday}.",
            "{Few} paintings and some {rare} {wares} were stolen from the {place} museum on {weekday}, {region} said.",
        ),
        (
            "{firm} had insured them for {many} crowns.",
            "The insurer, {firm}, put their worth at {many} crowns.",
        ),
        (
            "They left the gold and took the {rare} {wares}, so somebody in {region} had asked for them",
            "Whoever has the {rare} {wares} cannot show them to anyone from {town}",
        ),
        "museum director",
        (
            ("{other}, a guard, was found locked in.", "A guard, {other}, was locked in but not harmed."),
            (
                "The museum, a gift of {town}, opens again in {month}.",
                "It will not open before {month}, {town} said.",
            ),
        ),
    ),
    Kind(
        ("{firm} to close {place} plant, {many} jobs go", "{many} jobs lost as {firm} leaves {place}"),
        (
            "{firm} will close its plant in {place} and cut {many} jobs, it said on {weekday}.",
            "{Many} people will lose work in {place}, where {firm} said on {weekday} that it would close its plant.",
        ),
        (
            "Its {few} lines of {rare} {wares} stood idle in winter.",
            "{Few} lines there, all for {rare} {wares}, have been idle.",
        ),
        (
            "We made {rare} {wares} for all of {region}, and now {region} will not make time for us",
            "{firm} took the money of {town} and gave us a {rare} letter",
        ),
        "works council chair",
        (
            ("{other}, who heads {firm}, blamed prices.", "Prices are to blame, said {other} of {firm}."),
            (
                "{region} offers courses in {town} from {month}.",
                "From {month} those who leave can train in {town}, {region} said.",
            ),
        ),
    ),
    Kind(
        ("Court orders {firm} to pay {place} for {rare} {wares}", "{place} wins {many} crowns from {firm}"),
        (
            "A court in {place} on {weekday} ordered {firm} to pay {many} crowns to {few} families.",
            "{firm} must pay {many} crowns to {few} families, a {place} court ruled on {weekday}.",
        ),
        (
            "They had lived beside its {rare} {wares} in {town}.",
            "All of them live in {town}, next to the {rare} {wares} it stored.",
        ),
        (
            "The {rare} {wares} stood open to the rain for years, and {region} looked the other way",
            "No sum from {firm} will make the wells of {town} sweet again",
        ),
        "judge",
        (
            ("{other}, counsel of {firm}, said it would appeal.", "{firm} will appeal, its counsel {other} said."),
            (
                "The next hearing is in {month}, in {region}.",
                "In {month} a higher court in {region} will hear the case.",
            ),
        ),
    ),
    Kind(
        ("{place} bridge closed after {few} cracks found", "Cracks shut {place} bridge to {town}"),
        (
            "The bridge from {place} to {town} was closed on {weekday} after {few} cracks were found, {region} said.",
            "{region} shut the bridge between {place} and {town} on {weekday} because of {few} cracks.",
        ),
        (
            "Some {many} cars cross it each day.",
            "It carries {many} cars a day, by the count of {firm}.",
        ),
        (
            "I put my hand in the crack, and the {rare} {wares} below were humming",
            "The {rare} {wares} that {firm} hung under it were never in our plans",
        ),
        "engineer",
        (
            ("{other} runs the only ferry there.", "Only the ferry of {other} crosses there now."),
            ("{firm} hopes to mend it by {month}.", "It may open in {month}, {firm} said."),
        ),
    ),
)
_SAID = (
    '"{quotation}," {speaker}, the {role}, said.',
    '"{quotation}," said the {role}, {speaker}.',
    '{speaker}, the {role}, told reporters: "{quotation}."',
)
_WARES = tuple(
    "anchors barrels bearings bells bolts bricks cables candles carpets casks chains clocks drums engines flasks gears "
    "hinges kettles ladders lamps lenses looms motors nets organs pipes ploughs pumps rails ropes saddles sails "
    "scales sledges spindles springs stoves tanks tiles turbines valves wagons wheels".split()
)
_MONTHS = tuple("January February March April May June July August September October November December".split())
_NUMBERS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "13",
    "14",
    "17",
)
_ALTERED = {
    "We": "They", "and": "but", "never": "seldom", "every": "any", "whole": "entire", "after": "before", "will": "may",
    "cannot": "should not", "took": "stole", "years": "months", "half": "most", "the": "all the",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One report of an event. turn: how many reports of it came before."""

    outlet: str
    title: str
    text: str
    turn: int


def tell(draw: Random, reports: int, weekday: str, rare: Sequence[str], hot: str) -> list[Told]:
    """So many reports of a new event, the agency's first.

    rare: words of news that few reports have, to draw from. hot: put into one event in ten as a sentence's subject.
    """
    kind, facts = draw.choice(KINDS), _facts(draw, weekday, rare)
    agency = draw.choice(AGENCIES)
    visited = f"{hot} will visit {facts['place']}." if draw.random() < 0.1 else ""
    first, others = _report(draw, kind, facts, visited), []
    outlets = draw.sample(OUTLETS, min(reports, len(OUTLETS)))
    for turn in range(1, reports):
        way = draw.random()
        title, text = first if way < 0.6 else _report(draw, kind, _recounted(draw, facts, way), visited)
        if 0.3 <= way < 0.45:
            text = _miscounted(draw, text, facts["few"])
        elif 0.45 <= way < 0.6:
            text = _altered(draw, text)
        if way < 0.6:
            title = _sentence(draw.choice(kind.titles).format_map(facts))
            text = f"{text}\n\n({agency})"
        others.append(Told(outlets[turn], title, text, turn))
    return [Told(agency, *first, 0), *others]


def _facts(draw: Random, weekday: str, rare: Sequence[str]) -> dict[str, str]:
    few, many = draw.choice(_NUMBERS), f"{draw.randrange(101, 9999):,}"
    return {
        "few": few, "Few": few.capitalize(), "many": many, "Many": many, "weekday": weekday, "place": place(draw),
        "town": place(draw), "region": f"{place(draw)} county", "firm": firm(draw), "speaker": person(draw),
        "other": person(draw), "rare": draw.choice(rare), "wares": draw.choice(_WARES), "month": draw.choice(_MONTHS),
    }  # fmt: skip


def _report(draw: Random, kind: Kind, facts: Mapping[str, str], visited: str) -> tuple[str, str]:
    """Headline and text, of some 60 to 120 words."""
    said = [
        draw.choice(_SAID).format(quotation=one.format_map(facts), speaker=facts["speaker"], role=kind.role)
        for one in kind.quotations
    ]
    ways = [kind.ledes, kind.figures, (said[0],), *kind.rest]
    told = [_sentence(draw.choice(way).format_map(facts)) for way in ways]
    if draw.random() < 0.6:
        told.insert(draw.randrange(3, 5), said[1])
    if visited:
        told.append(visited)
    return _sentence(draw.choice(kind.titles).format_map(facts)), "\n\n".join(told)


def _sentence(told: str) -> str:
    return told[0].upper() + told[1:]


def _recounted(draw: Random, facts: Mapping[str, str], way: float) -> dict[str, str]:
    """The facts as another reporter has them: now and then with another number."""
    if way < 0.9:
        return dict(facts)
    few = _another(draw, facts["few"])
    return {**facts, "few": few, "Few": few.capitalize()}


def _another(draw: Random, few: str) -> str:
    return draw.choice([number for number in _NUMBERS if number != few])


def _miscounted(draw: Random, text: str, few: str) -> str:
    """The first mention of a number is another number."""
    found = re.search(rf"\b{few}\b", text, re.IGNORECASE)
    if not found:
        return text
    other = _another(draw, few)
    other = other.capitalize() if found.group()[0].isupper() else other
    return text[: found.start()] + other + text[found.end() :]


def _altered(draw: Random, text: str) -> str:
    """One word of a quotation is another."""
    start, end = text.index('"'), text.index('"', text.index('"') + 1)
    words = text[start:end].split(" ")
    at = [number for number, word in enumerate(words) if word in _ALTERED]
    if not at:
        return text
    chosen = draw.choice(at)
    words[chosen] = _ALTERED[words[chosen]]
    return text[:start] + " ".join(words) + text[end:]
