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
    """What is told of an event of a kind, each in two wordings or more; ``{name}`` is a slot of :func:`_facts`.

    quotations: what its speaker, who is its ``role``, said.
    """

    titles: tuple[str, ...]
    ledes: tuple[str, ...]
    figures: tuple[str, ...]
    quotations: tuple[str, ...]
    role: str
    rest: tuple[tuple[str, ...], ...]


KINDS = (
    Kind(
        ("{few} hurt in {place} {building} fire", "{firm} fire injures {few} in {place}"),
        (
            "A fire at the {firm} {building} in {place} injured {few} people on {weekday}, {region} said.",
            "{Few} people were hurt on {weekday} as fire swept through the {place} {building} of {firm}.",
            "Flames gutted a {building} that {firm} runs in {place} and left {few} people injured on {weekday}.",
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
                "{other}, a {trade} from {town}, carried two of them out.",
                "Two of them owe their lives to {other}, a {trade} from {town}.",
            ),
            (
                "The cause is not known. {region} will publish a report by {month}.",
                "Investigators from {region} hope to know the cause by {month}.",
            ),
        ),
    ),
    Kind(
        (
            "{Vehicle} and {carrier} collide near {place}, {few} injured",
            "{few} taken to hospital after {place} {vehicle} crash",
        ),
        (
            "{Few} people were injured on {weekday} in {place} as a {firm} {vehicle} hit a {carrier}, {region} said.",
            "A {vehicle} operated by {firm} hit a {carrier} outside {place} on {weekday}, injuring {few} passengers.",
        ),
        (
            "The {vehicle} had left {town}, where {many} tickets were sold, said {firm}.",
            "{firm} sold {many} tickets in {town} that week.",
        ),
        (
            "I saw the {rare} {wares} on the road before I saw the {carrier}, and that was too late for {place}",
            "We have asked {firm} for years to take the {rare} {wares} off that bend",
        ),
        "mayor",
        (
            (
                "{other}, who drove the {carrier}, was released.",
                "Police questioned {other}, driver of the {carrier}.",
            ),
            (
                "The road to {town} stays closed until {month}.",
                "Until {month} traffic to {town} is led through {region}.",
            ),
        ),
    ),
    Kind(
        ("{trade}s in {place} vote to strike at {firm}", "Strike of {trade}s to stop {place} for {few} days"),
        (
            "The {trade}s of {firm} in {place} voted on {weekday} to strike for {few} days over {rare} {wares}.",
            "The {place} {building} of {firm} will stand still for {few} days, its {trade}s voted on {weekday}.",
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
        ("Flood drives {many} people from homes in {place}", "{place} under water as {water} rises"),
        (
            "The {water} in {place} killed {few} people on {weekday} and drove {many} from their homes, {region} said.",
            "{Few} people died in {place} on {weekday} as the {water} rose, and {many} had to leave home.",
        ),
        (
            "It stood at {few} metres in the {firm} {building}.",
            "At the {building} of {firm} it rose by {few} metres.",
        ),
        (
            "The {rare} {wares} floated past my window, and after them a {building} from {town}",
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
        ("Thieves take {few} {stolen} from {place} {building}", "{place} {building} robbed of {rare} {wares}"),
        (
            "Thieves took {few} {stolen} and a set of {rare} {wares} from the {building} of {place} on {weekday}.",
            "{Few} {stolen} and some {rare} {wares} left the {place} {building} with thieves on {weekday}.",
        ),
        (
            "{firm} had insured them for {many} crowns.",
            "The insurer, {firm}, put their worth at {many} crowns.",
        ),
        (
            "They left the {stolen} of {town} and took the {rare} {wares}, so somebody in {region} had asked for them",
            "Whoever has the {rare} {wares} cannot show them to anyone from {town}",
        ),
        "curator",
        (
            ("{other}, a guard, was found locked in.", "A guard, {other}, was locked in but not harmed."),
            (
                "The {building}, a gift of {town}, opens again in {month}.",
                "It will not open before {month}, {town} said.",
            ),
        ),
    ),
    Kind(
        ("{firm} to close {place} {building}, {many} jobs go", "{many} jobs lost as {firm} leaves {place}"),
        (
            "{firm} will close its {building} in {place} and cut {many} jobs, it said on {weekday}.",
            "{Many} people will lose work in {place}, as {firm} said on {weekday} that it would close its {building}.",
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
            "A court in {place} on {weekday} ordered {firm} to pay {many} crowns to {few} {trade}s.",
            "{firm} must pay {many} crowns to {few} {trade}s, a {place} court ruled on {weekday}.",
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
        ("{place} {crossing} closed after {few} {faults} found", "{few} {faults} shut {place} {crossing} to {town}"),
        (
            "The {crossing} from {place} to {town} was shut on {weekday} as {few} {faults} were found, {region} said.",
            "{region} shut the {crossing} between {place} and {town} on {weekday} because of {few} {faults}.",
        ),
        (
            "Some {many} cars cross it each day.",
            "It carries {many} cars a day, by the count of {firm}.",
        ),
        (
            "I put my hand in, and the {rare} {wares} below {place} were humming",
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
_BUILDINGS = tuple(
    "bakery brewery cannery chapel cinema college depot dairy foundry gallery garage hospital hotel laboratory "
    "library market mill museum printworks quarry refinery sawmill school smithy stable tannery theatre "
    "warehouse".split()
)
_TRADES = tuple(
    "baker blacksmith carpenter cook dentist dyer farmer florist gardener glazier joiner locksmith mason midwife nurse "
    "painter pilot plumber porter roofer sailor tailor teacher tinsmith typist weaver welder".split()
)
_VEHICLES = tuple("bus cablecar carriage coach ferry funicular hovercraft minibus monorail taxi train tram".split())
_CARRIERS = tuple(
    "barge bulldozer crane digger forklift harvester hearse lorry snowplough tanker tractor trailer van".split()
)
_STOLEN = tuple(
    "atlases bronzes coins icons manuscripts medals paintings prints stamps swords tapestries violins".split()
)
_WATERS = tuple("bog brook canal creek fjord lagoon lake marsh reservoir river stream tide".split())
_CROSSINGS = tuple("bridge causeway flyover footbridge pier tunnel underpass viaduct".split())
_FAULTS = tuple("burrows cavities cracks dents flaws gaps holes leaks rifts splits stains tears".split())
_DETAILS = (
    ("{third} of {village} had warned of it in a letter.", "A letter from {third} of {village} had warned of it."),
    ("In {village} the {job}s rang the bells.", "The {job}s of {village} rang their bells."),
    ("{third}, a {job}, lent the town {goods}.", "The town has {goods} on loan from a {job}, {third}."),
    ("A choir from {village} sang under {third}.", "{third} led a choir from {village}."),
    ("It cost {third} of {village} a pair of {goods}.", "{third} of {village} lost {goods}."),
    ("Schools in {village} stayed shut.", "No school opened in {village}."),
    ("{third} painted it all from a roof in {village}.", "From a roof in {village}, {third} painted it."),
    ("Every {job} in {village} was called in.", "{village} called in each {job} it has."),
    ("{third} counted {goods} until dusk.", "Until dusk {third} counted {goods}."),
    ("The {job} {third} has moved to {village}.", "{third}, the {job}, lives in {village} now."),
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
    vehicle = draw.choice(_VEHICLES)
    return {
        "few": few, "Few": few.capitalize(), "many": many, "Many": many, "weekday": weekday, "place": place(draw),
        "town": place(draw), "region": f"{place(draw)} county", "firm": firm(draw), "speaker": person(draw),
        "building": draw.choice(_BUILDINGS), "trade": draw.choice(_TRADES), "vehicle": vehicle,
        "Vehicle": vehicle.capitalize(), "carrier": draw.choice(_CARRIERS), "stolen": draw.choice(_STOLEN),
        "third": person(draw), "village": place(draw), "job": draw.choice(_TRADES), "goods": draw.choice(_WARES),
        "detail": str(draw.randrange(len(_DETAILS))), "faults": draw.choice(_FAULTS),
        "water": draw.choice(_WATERS), "crossing": draw.choice(_CROSSINGS),
        "other": person(draw), "rare": draw.choice(rare), "wares": draw.choice(_WARES), "month": draw.choice(_MONTHS),
    }  # fmt: skip


def _report(draw: Random, kind: Kind, facts: Mapping[str, str], visited: str) -> tuple[str, str]:
    """Headline and text, of some 60 to 120 words."""
    said = [
        draw.choice(_SAID).format(quotation=one.format_map(facts), speaker=facts["speaker"], role=kind.role)
        for one in kind.quotations
    ]
    ways = [kind.ledes, kind.figures, (said[0],), *kind.rest]
    ways.insert(3, _DETAILS[int(facts["detail"])])
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
