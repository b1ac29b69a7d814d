"""Letters, words, lines and marks: what can be said of a text before any model has read it."""

from variorum.text.align import Block, align
from variorum.text.digest import digest
from variorum.text.lines import lines, trimmed
from variorum.text.marks import Stretch, balanced, stretches
from variorum.text.rarity import known, rarity
from variorum.text.sense import reverses
from variorum.text.sentences import sentences
from variorum.text.spelling import spelling
from variorum.text.tiles import Tile, tiles
from variorum.text.vocabulary import SPOKEN, Numbered, number
from variorum.text.words import Word, fold, words

__all__ = [
    "SPOKEN",
    "Block",
    "Numbered",
    "Stretch",
    "Tile",
    "Word",
    "align",
    "balanced",
    "digest",
    "fold",
    "known",
    "lines",
    "number",
    "rarity",
    "reverses",
    "sentences",
    "spelling",
    "stretches",
    "tiles",
    "trimmed",
    "words",
]
