"""Letters, words, lines and marks: what can be said of a text before any model has read it."""

from variorum.text.align import Block, align
from variorum.text.digest import digest
from variorum.text.lines import lines, trimmed
from variorum.text.marks import Stretch, balanced, stretches
from variorum.text.rarity import rarity
from variorum.text.sentences import sentences
from variorum.text.tiles import Tile, tiles
from variorum.text.words import Word, fold, words

__all__ = [
    "Block",
    "Stretch",
    "Tile",
    "Word",
    "align",
    "balanced",
    "digest",
    "fold",
    "lines",
    "rarity",
    "sentences",
    "stretches",
    "tiles",
    "trimmed",
    "words",
]
