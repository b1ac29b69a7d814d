"""Words of news reporting that the stage reads: families of events, verbs of saying and denying, opposites.

Small on purpose: a family joins only words that report one and the same happening.
"""

from functools import cache

_FAMILIES = {
    "meeting": "meet meeting host summit talks visit welcome",
    "death": "die kill death dead fatality perish drown",
    "injury": "injure injury wound hurt treat",
    "arrest": "arrest detain apprehend detention",
    "signing": "sign signing",
    "election": "election elect win victory re-election reelection",
    "announcement": "announce announcement unveil",
    "shooting": "shoot shooting",
    "bombing": "bomb bombing explode explosion blast",
    "crash": "crash collide collision",
    "earthquake": "earthquake quake tremor",
    "resignation": "resign resignation quit",
    "dismissal": "fire dismiss sack oust dismissal ouster",
    "vote": "vote",
    "appointment": "appoint nominate appointment nomination",
    "conviction": "convict conviction",
    "sentencing": "sentence sentencing",
    "acquittal": "acquit acquittal",
    "charge": "charge indict indictment",
    "speech": "speech speak address conference briefing",
    "testimony": "testify testimony hearing",
    "interview": "interview",
    "wedding": "marry wedding marriage",
    "birth": "bear birth",
    "escape": "escape flee",
    "launch": "launch",
    "arrival": "arrive arrival",
    "departure": "depart departure leave",
    "rescue": "rescue save",
    "evacuation": "evacuate evacuation",
    "theft": "steal theft rob robbery heist",
    "attack": "attack assault raid",
    "protest": "protest demonstration march rally",
    "lawsuit": "sue lawsuit",
    "opening": "open opening inaugurate",
    "closing": "close closure shut",
    "release": "release free",
    "purchase": "buy purchase acquire acquisition takeover",
    "agreement": "agree agreement deal accord",
    "offer": "offer propose proposal",
    "approval": "approve approval pass passage",
    "strike": "strike walkout",
    "debate": "debate",
    "dinner": "dinner lunch breakfast",
}

# Their object, not they, says what happened: "made the offer", "held a meeting", "took place".
LIGHT = frozenset(
    "make take have be get do go come give put hold carry conduct begin start continue keep set let become seem "
    "see want need try use call follow include remain show know think believe plan expect".split()
)  # fmt: skip

SAYING = frozenset(
    "say tell add write state claim announce report note argue explain insist suggest warn confirm "
    "allege acknowledge admit assert contend believe think estimate reveal disclose stress emphasize emphasise "
    "maintain testify tweet post recall observe reply respond remark predict hope fear acknowledge concede "
    "describe promise vow pledge urge call accuse deny reject dispute refute dismiss know learn show indicate "
    "comment continue conclude joke complain read speak".split()
)
DENYING = frozenset("deny reject dispute refute rebut disavow".split())

_OPPOSITES = (
    ("accept", "reject"), ("accept", "refuse"), ("agree", "refuse"), ("approve", "reject"), ("win", "lose"),
    ("rise", "fall"), ("increase", "decrease"), ("confirm", "deny"), ("support", "oppose"), ("allow", "ban"),
    ("allow", "bar"), ("pass", "fail"), ("survive", "die"), ("back", "oppose"),
    ("open", "close"), ("gain", "lose"), ("succeed", "fail"), ("approve", "veto"), ("uphold", "overturn"),
    ("find", "lose"),
)  # fmt: skip
_OPPOSED = frozenset(frozenset(pair) for pair in _OPPOSITES)

# Nouns of office; "leader" and "chief" stand for several, so they meet any of the same class.
_OFFICES = {
    "leader": "head-of-state", "president": "head-of-state", "premier": "head-of-state", "chancellor": "head-of-state",
    "king": "head-of-state", "queen": "head-of-state", "dictator": "head-of-state", "prime minister": "head-of-state",
    "minister": "minister", "secretary": "minister", "diplomat": "minister", "senator": "lawmaker",
    "congressman": "lawmaker", "congresswoman": "lawmaker", "representative": "lawmaker", "lawmaker": "lawmaker",
    "governor": "governor", "mayor": "mayor", "judge": "judge", "director": "director", "chief": "director",
    "chairman": "director", "chairwoman": "director", "executive": "director", "pope": "pope", "pontiff": "pope",
    "actor": "actor", "actress": "actor", "singer": "singer", "coach": "coach", "manager": "coach",
}  # fmt: skip

# One noun for what is counted, where reports vary freely.
_COUNTED = {
    word: group
    for group, words in {
        "people": "people person man woman individual human victim resident civilian passenger",
        "child": "child kid youngster",
        "police": "officer policeman police",
        "soldier": "soldier troop serviceman",
        "death": "death fatality dead",
        "inmate": "inmate prisoner detainee",
        "migrant": "migrant immigrant",
        "vehicle": "car vehicle",
        "boat": "boat vessel craft ship ferry",
        "house": "house home",
    }.items()
    for word in words.split()
}

# Kinds of place that hold others: a country or a state never stands against a town.
COUNTRIES = frozenset(
    "afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus "
    "belgium bolivia bosnia brazil britain bulgaria cambodia cameroon canada chad chile china colombia croatia cuba "
    "cyprus denmark ecuador egypt england eritrea estonia ethiopia finland france gambia gaza georgia germany ghana "
    "greece guatemala guinea haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica "
    "japan jordan kazakhstan kenya kosovo kuwait laos latvia lebanon liberia libya lithuania luxembourg malaysia mali "
    "malta mexico moldova mongolia morocco mozambique myanmar nepal netherlands nicaragua niger nigeria norway oman "
    "pakistan panama paraguay peru philippines poland portugal qatar romania russia rwanda scotland senegal serbia "
    "singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tanzania thailand tunisia turkey "
    "uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe us usa uk "
    "alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana "
    "iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana "
    "nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming "
    "africa asia europe america crimea sicily bavaria ontario quebec".split()
) | {
    "costa rica", "czech republic", "dominican republic", "el salvador", "north korea", "south korea", "new zealand",
    "ivory coast", "saudi arabia", "sierra leone", "south africa", "sri lanka", "united arab emirates",
    "united kingdom", "united states", "united states of america", "great britain", "northern ireland", "new jersey",
    "new mexico", "new hampshire", "new york", "north carolina", "north dakota", "south carolina", "south dakota",
    "rhode island", "west virginia", "west bank", "middle east", "latin america", "central america", "south america",
    "north america", "southeast asia", "hong kong",
}  # fmt: skip


@cache
def _by_lemma() -> dict[str, str]:
    return {lemma: family for family, lemmas in _FAMILIES.items() for lemma in lemmas.split()}


def family(lemma: str) -> str | None:
    """The event family a verb or noun belongs to; ``None`` when it is in none."""
    return _by_lemma().get(lemma.casefold())


def office(lemma: str) -> str | None:
    """The class of office a noun names; ``None`` for any other noun."""
    return _OFFICES.get(lemma.casefold())


def counted(lemma: str) -> str:
    """The noun under which a counted thing is compared."""
    folded = lemma.casefold()
    return _COUNTED.get(folded, folded)


def are_opposed(one: str, other: str) -> bool:
    """Whether two verbs are opposites of news reporting ("accept", "reject")."""
    return frozenset((one.casefold(), other.casefold())) in _OPPOSED
