"""What a text itself says about whether a name is a person's.

The small recogniser takes many unfamiliar names for companies; reporters, though, introduce people: by
title, by role, by age, then by their last name alone, then as "he" or "she".
"""

import re
from collections.abc import Mapping

_ROLES = (
    "activist actor actress adviser advisor advocate agent ambassador analyst architect artist attorney author "
    "boss campaigner candidate captain chair chairman chairwoman chairperson chancellor chief colonel columnist "
    "commander commissioner congressman congresswoman counsel councillor cardinal bishop archbishop coach "
    "defendant deputy detective director doctor driver economist editor envoy engineer executive expert farmer "
    "father fisherman founder general governor head inspector journalist judge king lawmaker lawyer leader "
    "lieutenant magistrate major manager mayor minister mother neighbour neighbor nurse officer owner pastor "
    "pilot player poet politician pope premier president priest prince princess principal professor prosecutor "
    "queen rabbi reporter representative researcher resident scientist secretary senator sergeant sheriff singer "
    "skipper speaker spokesman spokesperson spokeswoman star student superintendent teacher treasurer veteran "
    "victim volunteer widow wife husband witness writer pensioner hairdresser strategist"
).split()
_COURTESY = "mr mrs ms miss mx dr sir dame lord lady prof sen rep gov gen col capt lt sgt rev fr".split()
_ROLE = "|".join(_ROLES)
_SAID = "said|says|told|added|wrote|asked|tweeted|argued|replied|explained|insisted|warned|spoke|declined|testified"
_BODIES = frozenset(
    "party ministry university council line inc corp ltd company group agency department office court bank union "
    "association committee commission institute centre center foundation league club times post news house street "
    "police service authority parliament congress senate army force forces hospital school college church".split()
)
_BEFORE = re.compile(rf"(?:\b(?:{'|'.join(_COURTESY)})\.?|\b(?:{_ROLE}))\s+$", re.I)
_SET_BESIDE = re.compile(rf"\b(?:{_ROLE}),\s+$", re.I)
_AFTER = re.compile(rf"^,\s+(?:\d{{1,3}}\b|(?:[\w’'-]+\s+){{0,5}}?(?:{_ROLE})\b)", re.I)
_PRONOUN_NEAR = re.compile(r"^[^.!?\n]{0,200}[.!?]?[^.!?\n]{0,160}\b(?:he|she)\b")


_SPEAKS = re.compile(rf"\b(?:{_SAID})\b")
_SPEAKER_BEFORE = re.compile(r"(?<![A-Z][a-z] )(?<![\w’'-])[^\W\d_][\w.’'-]*(?=\s+$)")
_SPEAKER_AFTER = re.compile(r"\s+([^\W\d_][\w.’'-]{0,80})")
_SPEAKER_WIDTH = 80


_LED_BY_ROLE = re.compile(rf"^(?:[\w-]+\s+){{0,3}}(?:{_ROLE})\s+(?=[A-Z][\w’-]+)", re.I)


def past_role(form: str) -> int:
    """How many characters of a person's name as found are a role: "Transport Minister " of "… Ilse Marrack"."""
    match = _LED_BY_ROLE.match(form)
    return match.end() if match else 0


def last_speaking(text: str) -> Mapping[str, int]:
    """Of each word that a verb of saying stands beside ("Marrack said", "said Marrack"), its last place so."""
    places: dict[str, int] = {}
    for verb in _SPEAKS.finditer(text):
        near = text[max(0, verb.start() - _SPEAKER_WIDTH) : verb.start()]
        before = _SPEAKER_BEFORE.search(near)
        if before is not None:
            # "E.Marrack said" tells of Marrack too.
            parts = before.group().split(".")
            places |= {".".join(parts[at:]): verb.start() for at in range(len(parts))}
        after = _SPEAKER_AFTER.match(text, verb.end())
        if after is not None:
            word = after.group(1)
            places |= {word[: at.start()]: after.start(1) for at in re.finditer(r"\b", word) if at.start()}
    return places


def person_evidence(text: str, start: int, end: int, speaking: Mapping[str, int]) -> int:
    """How much of what stands around ``text[start:end]`` says that it names a person; 0 for nothing.

    speaking: what ``last_speaking`` found in the text. A name that holds a word of bodies and places
    ("Party", "Council") is nobody's.
    """
    form = text[start:end]
    parts = form.split()
    if any(part.casefold().rstrip("s") in _BODIES or part.casefold() in _BODIES for part in parts) or len(parts) > 4:
        return 0
    if not all(re.fullmatch(r"[^\W\d_][\w.’'-]*", part) for part in parts):
        return 0
    before, after = text[max(0, start - 40) : start], text[end : end + 400]
    evidence = 0
    if _BEFORE.search(before):
        evidence += 3
    if _SET_BESIDE.search(before) and after.startswith(","):
        evidence += 3  # "his lawyer, Ines Vidal, said"
    if _AFTER.match(after):
        evidence += 3
    if len(parts) > 1:
        if speaking.get(parts[-1], -1) >= end:
            evidence += 2
        if _PRONOUN_NEAR.match(after):
            evidence += 1
    return evidence
