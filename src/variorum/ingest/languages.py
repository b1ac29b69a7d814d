"""Which language a report is in."""

import re
from functools import cache
from typing import Any

from variorum.config.ingest import Ingest
from variorum.text.words import WORD

# What newspapers are printed in, of the 97 languages py3langid knows; among all of them short English
# texts with many foreign names go astray into Latin, Maltese or Xhosa.
_NEWS_LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk kn ko "
    "ku ky lt lv mk ml mn mr ms nb ne nl no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh"
).split()  # fmt: skip
# Written so alike that a page's own word is better than counts of letters.
_ALIKE = (
    frozenset(("da", "no", "nb", "nn")),
    frozenset(("bs", "hr", "sr")),
    frozenset(("id", "ms")),
    frozenset(("gl", "pt", "es")),
)
_ENGLISH = frozenset(
    "the of and to in a that is was for on with as he his by at it from be said has have had who will not are an "
    "this but they were their its she her been which after about would".split()
)  # fmt: skip
# Share of the words above in 1,914 English articles (AllSides): median 0.34, 99 in 100 above 0.25. What
# falls under it is left to py3langid.
_ENGLISH_SHARE = 0.25


def language(text: str, declared: str | None = None, *, settings: Ingest | None = None) -> str | None:
    """ISO 639-1 code of the language of ``text``; ``None`` when it is too short to tell.

    text: the report's own words. declared: what the page says, trusted where the text is short and
    between languages written nearly alike, since templates are translated less often than reports.
    """
    settings = settings or Ingest()
    sample = text[: settings.language_characters]
    found = [match.group().casefold() for match in WORD.finditer(sample)]
    own = _code(declared)
    # Scripts without spaces have long "words": there, letters are counted, two to a word.
    count = max(len(found), sum(char.isalpha() and char > "\u0e00" for char in sample) // 2)
    if count < settings.language_words:
        return own
    if sum(word in _ENGLISH for word in found) >= _ENGLISH_SHARE * len(found):
        return "en"
    code, _ = _identifier().classify(sample)
    detected = "no" if code == "nb" else str(code)
    if own is not None and (count < settings.language_sure_words or any({own, detected} <= group for group in _ALIKE)):
        return own
    return detected


def _code(declared: str | None) -> str | None:
    match = re.match(r"([a-z]{2})(?:[-_]|$)", (declared or "").strip().lower())
    return match.group(1) if match else None


@cache
def _identifier() -> Any:
    """py3langid's own identifier, restricted; a private copy, since its module-level one is shared state."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(identifier.labels)
    identifier.set_languages([code for code in _NEWS_LANGUAGES if code in known])
    return identifier
