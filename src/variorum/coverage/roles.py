"""Words for what people and things are: closed lists, because an open guess would misname somebody."""

from functools import cache
from importlib.resources import files

from variorum.text import fold, rarity


def is_person(noun: str) -> bool:
    """Whether a common noun, as a lemma in lower case, says who somebody is.

    The nouns that news puts beside people's names (training/person_nouns.py), and rarer words made like
    "smuggler" or "strongman". A word that news uses often, and not of people, is not let in by its ending:
    "number" and "matter" end like "smuggler".
    """
    if noun in _found_nouns() or noun in TITLES or noun in _MORE_PEOPLE:
        return True
    return rarity(fold(noun)) >= _RARE and noun.endswith(_AGENTS) and not noun.endswith(_NO_AGENTS)


@cache
def _found_nouns() -> frozenset[str]:
    return frozenset((files("variorum.coverage") / "person_nouns.txt").read_text("utf-8").split())


# A word in fewer than one article of a hundred, in nats.
_RARE = 4.6
_AGENTS = ("er", "or", "ist", "ian", "man", "woman", "eer", "ee", "crat", "phile", "ster", "monger")
_NO_AGENTS = ("center", "paper", "meter", "tower", "water", "power", "letter", "order", "number", "disaster", "counter")
_MORE_PEOPLE = frozenset(
    "authoritarian autocrat strongman despot tyrant dissident refugee fugitive convict criminal inmate "
    "prisoner detainee suspect victim survivor passenger patient pupil farmer fisherman sailor captain pilot "
    "pensioner widow orphan friend favourite favorite darling rebel fighter soldier insurgent extremist "
    "radical moderate populist demagogue ruler monarch heir pianist singer poet novelist painter neighbour "
    "neighbor stranger newcomer outsider insider maverick pharmacist carpenter plumber electrician bridesmaid "
    "keeper guard foe enemy adversary critic rival martyr thug crook liar bully genius celebrity nobody "
    "amateur novice chef waiter barber tailor monk nun priest".split()
)


HONORIFICS = frozenset("mr mrs ms miss mx dr sir dame lord lady madam mme mlle herr frau señor".split())

# Nouns printed with a capital before a name that are still common nouns.
TITLES = frozenset(
    "president vice-president minister premier chancellor secretary undersecretary governor mayor senator "
    "congressman congresswoman representative lawmaker mp king queen prince princess emperor sultan emir "
    "sheikh pope cardinal archbishop bishop rabbi imam ayatollah judge justice magistrate prosecutor attorney "
    "sheriff marshal general admiral colonel major captain lieutenant sergeant commander constable officer "
    "inspector superintendent detective director chief chair chairman chairwoman chairperson ceo executive "
    "manager head leader professor ambassador envoy commissioner councillor councilman councilwoman alderman "
    "spokesman spokeswoman spokesperson coach skipper pastor reverend comptroller treasurer nominee candidate "
    "speaker whip deputy diplomat official".split()
)

# Titles that stand before nobody but a person ("General" stands before Electric, "Justice" before Department).
OFFICES = frozenset("president premier chancellor senator governor mayor congressman congresswoman minister".split())

# What says nothing of what its bearer is: times, shares, abstractions that "is" often links to a name.
NOT_NAMING = frozenset(
    "year month week day today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday "
    "morning evening night hour minute moment time date age part kind sort way reason case thing result lot "
    "number rest half percent % end start point fact matter question problem issue idea name something "
    "anything nothing one ones priority example focus subject target topic meeting visit trip statement "
    "interview report story photo picture image file video caption step sign signal bit chance order course "
    "place home side person people "
    # what stands after a comma and speaks of the whole sentence before it
    "move decision effort attempt development claim allegation charge promise proposal announcement offer "
    "deal agreement policy plan act event process practice change increase decrease drop rise figure total "
    "amount rate level gesture tactic strategy remark comment message phrase term word idea notion view feat "
    "achievement victory defeat record blow boost test distance journey fraction majority minority dozen "
    "hundred thousand million".split()
)

# Adjectives before a name that place it or count it but do not colour it.
WITHOUT_WEIGHT = frozenset(
    "northern southern eastern western central north south east west north-eastern upper lower greater inner "
    "outer other same such many most more several own whole entire late new old former then-president next "
    "last first second third then nearby neighboring neighbouring all both".split()
)

PLACE_NOUNS = frozenset(
    "nation country city town village island state province republic kingdom archipelago territory suburb "
    "hamlet".split()
)

# A word for an office, and the broader words a reporter uses to avoid repeating it.
BROADER = {
    "president": ("leader", "politician"),
    "minister": ("politician",),
    "premier": ("leader", "politician"),
    "chancellor": ("leader", "politician"),
    "king": ("monarch", "ruler"),
    "queen": ("monarch", "ruler"),
    "secretary": ("diplomat",),
    "senator": ("lawmaker", "politician"),
    "congressman": ("lawmaker", "politician"),
    "congresswoman": ("lawmaker", "politician"),
    "ferry": ("vessel", "ship", "boat"),
    "ship": ("vessel",),
    "boat": ("vessel",),
    "tanker": ("vessel", "ship"),
    "jail": ("prison",),
    "prison": ("jail",),
    "company": ("firm",),
    "firm": ("company",),
}
