"""British and American spellings of one word, folded to one form.

The form is a key for comparison, never shown, so it need not be a word; what matters is that two
spellings meet and two words do not. Rules where a rule is safe, a list where a rule would join
strangers ("our" and "or", "four" and "for", "metre" and "meter" the instrument).
"""

import re
from functools import lru_cache
from typing import Literal

# Stems in -our, which American English writes -or. A rule would turn "four" into "for".
_OUR = re.compile(
    r"^(un|mis|dis|en|be)?(arb|ard|arm|behavi|cand|clam|col|enam|end|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|"
    r"od|parl|ranc|rig|rum|sav|splend|succ|tum|val|vap|vig)our"
)
# -ise and -ize; words that only ever have -ise keep meeting themselves, so nothing is lost.
_ISE = re.compile(r"(?<=[a-z]{3})is(e|ed|er|ers|es|ing|ation|ations)$")
_YSE = re.compile(r"(?<=[a-z]{3})lys(e|ed|er|es|ing)$")
_DOUBLED = re.compile(
    r"^(cancel|counsel|dial|enrol|fuel|fulfil|instal|jewel|label|level|libel|marvel|model|panel|quarrel|"
    r"signal|travel|tunnel)l(ed|er|ers|ing|ment|ments|s)$"
)
_PAIRS = {
    "centre": "center", "centres": "centers", "theatre": "theater", "theatres": "theaters",
    "litre": "liter", "litres": "liters", "metre": "meter", "metres": "meters",
    "kilometre": "kilometer", "kilometres": "kilometers", "fibre": "fiber", "calibre": "caliber",
    "sabre": "saber", "sombre": "somber", "spectre": "specter", "meagre": "meager",
    "defence": "defense", "offence": "offense", "licence": "license", "pretence": "pretense",
    "practise": "practice", "practised": "practiced", "practising": "practicing",
    "programme": "program", "programmes": "programs", "grey": "gray", "tyre": "tire", "tyres": "tires",
    "kerb": "curb", "cheque": "check", "cheques": "checks", "plough": "plow", "mould": "mold",
    "sceptic": "skeptic", "sceptical": "skeptical", "scepticism": "skepticism", "catalogue": "catalog",
    "dialogue": "dialog", "analogue": "analog", "ageing": "aging", "judgement": "judgment",
    "acknowledgement": "acknowledgment", "storey": "story", "storeys": "stories", "manoeuvre": "maneuver",
    "manoeuvres": "maneuvers", "paediatric": "pediatric", "anaesthetic": "anesthetic", "gaol": "jail",
    "towards": "toward", "afterwards": "afterward", "amongst": "among", "whilst": "while",
    "learnt": "learned", "burnt": "burned", "spelt": "spelled", "aluminium": "aluminum",
    "enquiry": "inquiry", "enquiries": "inquiries", "enquire": "inquire", "enquired": "inquired",
    "enquiring": "inquiring", "moustache": "mustache", "pyjamas": "pajamas", "wilful": "willful", "skilful": "skillful",
    "fulfil": "fulfill", "enrol": "enroll", "instalment": "installment", "per cent": "percent",
}  # fmt: skip


@lru_cache(maxsize=65536)
def respell(word: str) -> str:
    """One key for the British and the American spelling of a case-folded word."""
    if word in _PAIRS:
        return _PAIRS[word]
    word = _OUR.sub(lambda match: match.group()[:-3] + "or", word)
    word = _DOUBLED.sub(r"\1\2", word)
    word = _YSE.sub(r"lyz\1", word)
    return _ISE.sub(r"iz\1", word)


_AMERICAN = frozenset(_PAIRS.values()) - frozenset(
    # Words that British English has too, for something else or as another form.
    "program programs license practice practiced practicing check checks story stories curb tire tires meter meters "
    "toward afterward among while learned burned spelled inquiry inquiries inquire inquired inquiring mold dialog "
    "jail percent judgment acknowledgment skeptic fulfill enroll".split()
)
_BRITISH = frozenset(_PAIRS) - frozenset(
    "practise practised practising storey storeys towards afterwards amongst whilst learnt burnt spelt enquiry "
    "enquiries enquire enquired enquiring licence cheque cheques gaol tyre tyres kerb per cent judgement "
    "acknowledgement mould metre metres".split()
)
_OR = re.compile(
    _OUR.pattern.replace(")our", ")or(?=(?:s|ed|ing|ite|ites|able|ful|hood|hoods|less|er|ers|ist|ists)?$)")
)


def spelling(word: str) -> Literal["British", "American"] | None:
    """Whose spelling a word has; ``None`` where both write it so, or where one spelling serves both."""
    key = word.casefold()
    if key in _BRITISH or _OUR.match(key):
        return "British"
    return "American" if key in _AMERICAN or _OR.match(key) else None
