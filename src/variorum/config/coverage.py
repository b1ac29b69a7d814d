"""Thresholds of ``coverage``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coverage:
    """Settings of the stage ``coverage``."""

    # Words of body below which a report is a stub: too short for a lack to say anything. A news brief has
    # 60 words and more; what is shorter is a headline with a link. Read off, not tuned.
    stub_words: int = 60

    # Lines of a body that begin with a time of day, from which on the page is a live ticker, which prints its
    # newest entries only. Ordinary reports have none, programmes of an event two or three.
    ticker_entries: int = 4

    # Nearness of a claim to a report from which on the report is not said to omit it: the greatest likeness
    # (cosine of sentence vectors) of any of its sentences, plus `presence_words_weight` times the greatest share
    # of the claim's telling words in two neighbouring sentences. At 0.45, on the invented story in examples/, 13 %
    # of 518 facts told in other words would be called omitted and 22 % of 135 true omissions are given up as
    # unknown; on ECB+ dev, 8 % of 400 sentences of one event, and 55 % of 400 of another event much like it.
    presence: float = 0.45
    presence_words_weight: float = 0.2

    # Telling words of a claim below which their share says nothing: one word in common is chance.
    presence_words: int = 3

    # Likeness between a claim and a report's statement from which on a conflict between the two is a
    # contradiction of the claim. As low as two tellings of one thing with other figures may come.
    opposed_likeness: float = 0.4

    # Share of a claim that the statement in conflict must make up for the claim to be about it. In a long
    # sentence with a background clause each clause is a third.
    opposed_share: float = 0.25

    # Longest label, in words. Longer phrases tell a story about somebody and do not name him.
    label_words: int = 9
