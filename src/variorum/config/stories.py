"""Thresholds of ``stories``: what each means, its unit, how it was chosen and on which data.

One value for every collection. Tuned on one half of the stories of ECB+ (by topic, so that its look-alike events
stay together), BASIL, NewsWCL50 and AllSides; ``evals/stories.py`` prints that half and the other one.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stories:
    """Settings of the stage ``stories``."""

    # --- What is kept of an article ---
    # Characters of title, standfirst and body that are read. A report tells its event first and its background
    # last; 3,000 lose half a point of F1 on AllSides, all of a text gain next to nothing over 4,000.
    read_characters: int = 4000
    # Different words kept, the weightiest: 160 do as well as 256 on every set; it bounds a sketch to 2 kB.
    most_terms: int = 160
    # Words of the body, in reading order, that count double, as the title's do: a report leads with its event.
    # 40 loses two points on ECB+, 90 gains nothing.
    lead_words: int = 60
    # Characters of title and lead that a vector is made of: two or three sentences.
    lead_characters: int = 240
    # Rarity (natural logarithms, see ``text.rarity``) that a word must exceed to count, and which is taken
    # off the rest: 1.0 drops the words that stand in more than a third of all news.
    commonest: float = 1.0
    # How much more a word counts that is a name or a number in this report: 0.5 is half as much again.
    name_bonus: float = 0.5

    # --- How alike two reports are: a mean of four cosines, weights that sum to 1 ---
    # All words; names and numbers; words of title and lead; numbers. Found by a random search and then rounded;
    # four times .25 costs half a point on ECB+ and BASIL. Two look-alike events differ in names, and most in numbers.
    body_weight: float = 0.2
    names_weight: float = 0.3
    lead_weight: float = 0.3
    figures_weight: float = 0.2
    # What is added to the squared length of each of the four before it is scaled: 25 is one word of rarity 6, so that
    # a report of few names or numbers does not stake all on them. 0 costs a point of precision on AllSides; more than
    # 25 costs BASIL recall.
    thin: float = 25.0
    # Share of a report's likeness to itself that one word may make: what rests on it alone stays below ``alike``.
    # Two short reports that share one figure and nothing else were .33 alike without it; the gold sets do not notice.
    most_of_one: float = 0.1
    # Days between two reports that cost nothing, and days beyond them after which likeness is halved: the event of
    # a day is followed up for some days, and an event that comes round again is another. On AllSides and BASIL.
    near_days: float = 2.0
    halving_days: float = 1.5
    # What a vector of the lead adds where words leave it open: ``vector_weight`` times its cosine less
    # ``vector_mean``, which is about where reports of one event and of like events part.
    vector_weight: float = 0.43
    vector_mean: float = 0.5
    # Articles of which the leads speak for a story beside another: one lead may be about something else.
    leads_asked: int = 3
    # Vectors that may be made for each article placed, on average; past that, words and days decide alone. A vector
    # costs ten times what all the rest does: .02 keeps an archive at its pace, a folder may ask for all.
    vector_share: float = 1.0
    # Likeness by words below which a vector cannot make two reports one event.
    vector_floor: float = 0.055

    # --- When reports are one story ---
    # Mean likeness, in [0, 1], at which two groups of reports are one story: the best of .12 to .16 on all sets.
    alike: float = 0.135
    # Two groups stay apart, however alike, when they are less alike than this share of how alike each is in itself:
    # two earthquakes share their words, but each its names and numbers as well. Without it ECB+ falls by eight
    # points. .77 gains a point of F1 there and loses one of precision over pairs, and precision comes first; it would
    # keep more of the larger stories whole that benchmarks/gather.py makes (recall .94 for .90).
    contrast: float = 0.81
    # Pairs of likeness ``alike`` that a group's own pairs are averaged with before they count as evidence of
    # contrast, so that two reprints are no event of their own. 1 loses a point on ECB+.
    contrast_pairs: float = 1.5
    # Mean likeness from which reports are reprints of one text, and count as one where contrast is looked for: the
    # copies of two agencies' reports would be two events otherwise. .6 to .7 are the same and gain half a point of F1
    # and one of precision over pairs on ECB+; at .5 reports of one event count as one text, and look-alikes join.
    reprinted: float = 0.65
    # Likeness, either way of ``alike``, within which cheap evidence does not decide and vectors are asked for, and
    # the same for ``contrast``.
    doubt: float = 0.03
    contrast_doubt: float = 0.05

    # Mean likeness by words from which two stories are sorted anew together: what vectors could still make one.
    side_by_side: float = 0.095

    # The same as far as it is known without comparing all pairs: those that were not found alike count as nothing.
    linked: float = 0.055

    # --- What is looked at, and what is held ---
    # Days of a week, as it is held here: an article is looked for in its own and in those before and after. More than
    # 7 days apart only a reprint would still be alike enough.
    window_days: int = 7
    # Articles held at once, some 15 kB each; the weeks used longest ago fall out, never the three around what arrives.
    # A small archive is held whole, so that a crawl may come in any order; what a newsroom takes in fills it in days.
    # With only four weeks held, AllSides in any order but that of its days lost five points of F1.
    held_articles: int = 20_000
    # Words of an article, the weightiest, by which others find it; and how many articles of a week, the latest, one
    # word may propose: a word that more have is no sign of one event.
    posted_terms: int = 24
    most_posted: int = 48
    # Share of its likeness to itself that an article must have in common with another, in those words, for the two to
    # be compared in full.
    least_shared: float = 0.04
    # Articles compared in full with each that arrives, those that share the weightiest words; and articles of a story,
    # the latest, over which the likeness of an arriving one is averaged.
    most_compared: int = 12
    # Stories beside which an article, or a story, is looked at in full.
    most_stories: int = 8
    # Articles that are sorted anew at a time: of a bigger story, the latest.
    most_sorted: int = 120
    # Vectors kept, the latest asked for: 1.5 kB each.
    vectors_held: int = 20000

    # --- Other languages ---
    # Share, in [0, 1], of an English report's names and numbers that must also stand in a report in another
    # language for it to be put beside the story, by weight and on average over the story. Set by hand between
    # the shares of English reports of one event (medians .33 to .45) and of different ones (99 in 100 under
    # .25 on BASIL and AllSides; 85 in 100 of ECB+'s look-alikes under .3): no gold set has other languages.
    foreign_names: float = 0.3
    # English reports a story must have before one in another language is put beside it: a mean over one says little.
    foreign_from: int = 2

    # --- All at once: how the articles of a folder or an archive find each other ---
    # Different words of an article, the weightiest, each of which posts it to a block of two spans of days. Of the
    # pairs of one gold event that are .1 alike and more, 12 find 96 in 100, 16 find 97, 24 find 99; which stories are
    # found is the same from 12 on, and what is passed from machine to machine grows with them.
    block_words: int = 16
    # The same for the blocks over all time, in which dated articles meet those that give no day. The gold sets, half
    # of which give none, are the same with 8 as with 16.
    timeless_words: int = 8
    # Words, the weightiest, by which an article is posted to a share of a block as well. Of 2,000 reprints of one text
    # 750 were found by no other without it.
    shared_words: int = 3
    # Weights of an article's vector that go with it into a block, the heaviest, 4 bytes each: 60 keep what goes into
    # a block below 300 bytes, and tell likeness .03 too low on average, give or take .025.
    slip_weights: int = 60
    # Likeness that a pair one of which gives no day must reach in a block over all time that is full. By hand: above
    # what look-alikes reach, mostly, and below most pairs of one story. No gold set is large enough to tell.
    timeless_alike: float = 0.25
    # Likeness, as it is told in blocks, from which pairs connect articles, ascending; a component that is too large is
    # connected again by those of the next. The first is what a pair of likeness ``alike`` may be told as at worst. The
    # steps between hardly matter on the gold sets: four do as well as twelve.
    rungs: tuple[float, ...] = (0.06, 0.1, 0.13, 0.16, 0.2, 0.26, 0.34, 0.45)
    # Articles a component may have at likeness ``alike`` and below, and more with the cube of what is above; a larger
    # one is taken apart by the next rung. All gold sets together, of which half hangs together on the first rung, make
    # the same stories with 400 and 800 and lose .2 of a point with 60; with 4,000, sorted in parts, precision falls.
    largest_component: int = 400
    # Articles of a component that are sorted at a time, which takes half a second; stories of more are put together.
    most_at_once: int = 400
