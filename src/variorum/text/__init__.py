"""Letters, words, lines and marks: what can be said of a text before any model has read it."""

from variorum.text.align import Block, align
from variorum.text.digest import digest
from variorum.text.lines import lines, trimmed
from variorum.text.marks import Stretch, stretches
from variorum.text.rarity import rarity
from variorum.text.sentences import sentences
from variorum.text.words import Word, fold, words

__all__ = [
    "Block",
    "Stretch",
    "Word",
    "align",
    "digest",
    "fold",
    "lines",
    "rarity",
    "sentences",
    "stretches",
    "trimmed",
    "words",
]
