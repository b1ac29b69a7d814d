"""Thresholds of ``stories``: what each means, its unit, how it was chosen and on which data.

One value for every collection. Tuned on ECB+ (train and dev), BASIL, NewsWCL50, the first 400 articles
of the training part of AllSides, and 600 folders of 2 to 20 articles drawn from them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stories:
    """Settings of the stage ``stories``."""

    # Mean likeness, in [0, 1], at which two groups of reports are one story. .14 joins more reports of one
    # event (AllSides recall +2 points) and twice as many look-alike events; .18 splits half the NewsWCL50
    # folders in two. A wrong merge manufactures corroboration, so .16 rather than .14.
    alike: float = 0.16
    # Words of the body, in reading order, that count double, as the title's do: a report leads with its event.
    # 60 beat 0 and 100 on ECB+ and BASIL at every threshold near the best.
    lead_words: int = 60
    # How much more a word counts that is a name or a number in this report: 0.5 is half as much again.
    # 0 loses a point of F1 on BASIL, 1 gains nothing.
    name_bonus: float = 0.5
    # Rarity (natural logarithms, see ``text.rarity``) that a word must exceed to count, and which is taken
    # off the rest: 1.0 drops the words that stand in more than a third of all news.
    commonest: float = 1.0
    # How many articles the background count is worth beside the articles at hand. 50: a folder of five
    # keeps the rarities of news at large, a collection of hundreds mostly its own.
    background_articles: int = 50
    # Reports published further apart than this, in days, are that much less likely one event: the event of
    # a day is followed up for some days, and an event that comes round again is another. Chosen on AllSides.
    far_days: float = 4.0
    far_likeness: float = 0.5
    # Share, in [0, 1], of an English report's names and numbers that must also stand in a report in another
    # language for it to be put beside the story, by weight and on average over the story. Set by hand between
    # the shares of English reports of one event (medians .33 to .45) and of different ones (99 in 100 under
    # .25 on BASIL and AllSides; 85 in 100 of ECB+'s look-alikes under .3): no gold set has other languages.
    foreign_names: float = 0.3
