"""Which attributions are speech, and which tell of a mind ("hopes", "fears", "is expected")."""

import re

from variorum.records import Quotation

# Verbs of saying and writing. Verbs of thinking and wanting attribute words too, but nobody said them.
_SAYING = frozenset(
    (
        "say tell add explain state announce claim argue note warn insist ask reply write tweet post declare "
        "stress emphasize emphasise admit deny confirm acknowledge suggest respond answer remark comment "
        "observe report reveal recall quip joke shout whisper yell call describe accuse allege assert aver "
        "conclude concede contend counter predict promise pledge vow urge repeat reiterate read testify tout "
        "maintain question quote continue retort recount relate lament complain caution advise express voice "
        "mention underline underscore highlight boast brag hint imply indicate interject opine propose "
        "proclaim profess rebut refute demand demur disclose dub denounce criticize criticise condemn "
        "praise blast slam mock message email sign verify point go exclaim cry mutter protest plead appeal "
        "apologize apologise recommend instruct order rule inquire enquire speak talk summarize summarise "
        "inform notify remind assure accord cite put swear swore"
    ).split()
)
_IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "spoke": "speak", "spoken": "speak",
    "went": "go", "swore": "swear",
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")


def is_speech(quotation: Quotation, text: str) -> bool:
    """Whether the cue of a quotation is one of speech: a mark alone, or with a verb of saying among its words."""
    if quotation.cue is None:
        return True
    found = _WORD.findall(quotation.cue.of(text).casefold())
    return not found or any(_stems(word) & _SAYING for word in found)


def _stems(word: str) -> set[str]:
    made = {word, _IRREGULAR.get(word, word)}
    for ending in ("s", "es", "d", "ed", "ing"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            made |= {stem, f"{stem}e", f"{stem[:-1]}y" if stem.endswith("i") else stem}
            if len(stem) > 2 and stem[-1] == stem[-2]:
                made.add(stem[:-1])
    return made
