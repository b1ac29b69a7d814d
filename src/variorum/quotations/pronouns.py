"""Speakers given by a pronoun only."""

_PRONOUNS = frozenset("he she they it we i you who one".split())


def is_pronoun(words: str) -> bool:
    """Whether a speaker is given only by a pronoun."""
    return words.casefold() in _PRONOUNS
