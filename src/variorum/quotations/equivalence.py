"""Different letters, same words: what is no alteration of a quotation."""

from collections.abc import Sequence
from itertools import product

_SUFFIXES = {
    "'s": ("is", "has", "us", ""), "'re": ("are",), "'ve": ("have",), "'ll": ("will", "shall"),
    "'d": ("would", "had"), "'m": ("am",), "n't": ("not",),
}  # fmt: skip
_WHOLE = {
    "won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not"),
    "let's": ("let", "us"), "gonna": ("going", "to"), "wanna": ("want", "to"), "gotta": ("got", "to"),
    "ain't": ("is", "not"), "'em": ("them",), "em": ("them",), "ok": ("okay",),
    "no": ("number",), "sen": ("senator",), "sens": ("senators",), "rep": ("representative",), "gov": ("governor",),
    "gen": ("general",), "dr": ("doctor",), "mr": ("mister",), "st": ("saint",), "vs": ("versus",),
}  # fmt: skip
_MOST = 8  # words of a block; a longer one is no question of contraction


def same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two blocks of folded words are printings of the same words.

    Contractions spelled out ("country's" and "country has"), compounds joined or divided ("per cent",
    "percent"), initials ("EB", "executive board"), and large round numbers in figures or words.
    """
    if len(one) > _MOST or len(other) > _MOST:
        return False
    if _letters(one) == _letters(other) or _initials(one, other) or _initials(other, one):
        return True
    left, right = _expanded(one), _expanded(other)
    return bool(left & right)


def _letters(keys: Sequence[str]) -> str:
    """The words run together, so that "A.G.'s" and "AG's", "per cent" and "percent" meet."""
    return "".join(keys).replace("'", "")


def _initials(short: Sequence[str], long: Sequence[str]) -> bool:
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[:1] for word in long)


def _expanded(keys: Sequence[str]) -> set[str]:
    choices = [_options(key) for key in keys]
    total = 1
    for choice in choices:
        total *= len(choice)
    if total > 64:
        return {"".join(keys)}
    return {"".join(_numbers(" ".join(picked).split())) for picked in product(*choices)}


def _options(key: str) -> tuple[str, ...]:
    if key in _WHOLE:
        return (" ".join(_WHOLE[key]), key)
    for suffix, meanings in _SUFFIXES.items():
        if key.endswith(suffix) and len(key) > len(suffix):
            stem = key[: -len(suffix)]
            return (*(f"{stem} {meaning}".strip() for meaning in meanings), key)
    return (key,)


def _numbers(keys: Sequence[str]) -> list[str]:
    made: list[str] = []
    for key in keys:
        zeros = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9}.get(key)
        if zeros and made and made[-1].replace(".", "").isdigit():
            made[-1] = f"{float(made[-1]) * 10**zeros:.0f}"
        else:
            made.append(key)
    return made
