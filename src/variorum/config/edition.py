"""Thresholds of ``edition``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """Settings of the stage ``edition``."""

    # Longest headline made of a lede, in letters; titles are printed whole. The length of a long title.
    headline_letters: int = 110

    # Longest digest, in words, and the length below which it is filled up while there is anything to add.
    # The first is fixed by the design; the second is a paragraph.
    digest_words: int = 150
    digest_least_words: int = 80

    # Shortest and longest extract, in words. Below, nothing is told; above, one sentence would fill a third
    # of the digest.
    extract_least_words: int = 7
    extract_words: int = 48

    # Cosine of sentence vectors from which on two extracts say the same, whether or not the claims say so.
    repeat_likeness: float = 0.7

    # How strongly a longer extract must pay for its words: 0 not at all, 1 in full. At 1 the shortest
    # extracts win and the digest falls into crumbs; at 0 one long sentence crowds out three.
    price_of_words: float = 0.75

    # Weight of a claim only one lineage makes, against 1 for each lineage beyond the first.
    single_weight: float = 0.15

    # Share, in [0, 1], of the characters of two stretches of one report, taken together, that must lie in both for a
    # judgement of the one to stand on the other. Above one half, so that of two stretches that do not overlap only one
    # can be meant; at .6 a sentence may gain or lose two fifths, a clause or so, and is still the one that was judged.
    judged_likeness: float = 0.6
    # Longest line, in letters, that says what was judged, and longest note of what a finding holds before a digest
    # stands in its place: a line and a short paragraph.
    finding_letters: int = 240
    holds_letters: int = 400
