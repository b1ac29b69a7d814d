"""Thresholds of ``claims``: what each means, its unit, how it was chosen and on which data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Claims:
    """Settings of the stage ``claims``.

    Likeness is the probability in [0, 1] that two sentences or clauses state one fact.
    """

    # Words rarer than one article in seven below which a stretch is too slight to be a claim ("He did").
    fewest_words: int = 3
    # Sentences of one report that are compared, so that a hostile one ends in bounded time. The longest report of
    # the gold sets has 430.
    most_sentences: int = 600
    # Logistic regression over likeness.features, in its order, fitted by training/claim_likeness.py on ECB+
    # topics 1 to 24 (pairs that share half of their event chains against pairs that share none), MSRP train
    # and half of the news pairs of STS, each set weighing the same.
    likeness_weights: tuple[float, ...] = (6.45, -1.49, -0.2, 2.4, -0.32, -0.53, 0.51, 0.17, -1.35)
    likeness_bias: float = -4.52
    # Mean likeness from which two groups are one claim. On the pairs of ECB+ topics 25 to 35 of one story 0.5
    # gives precision 0.95 at recall 0.41; 0.6 gave 0.98 at 0.30 and left ledes of one event apart.
    same_claim: float = 0.5
    # What that two statements are both the first of their reports adds to their log odds of being one fact. Of such
    # pairs read in BASIL and AllSides, three in four with a likeness of 0.38 to 0.5 told one fact, one in three below.
    lede_log_odds: float = 0.5
    # Likeness below which nobody would take two stretches for one claim; saves asking what keeps them apart.
    at_all_alike: float = 0.3
    # Likeness of stretches that print one utterance, as the collation found.
    same_utterance: float = 0.9
    # What a whole sentence is worth over its clauses when both find a partner, in likeness.
    whole_sentence: float = 0.05

    # Likeness from which a sentence is shown beside a headline as the nearest in its report. Headlines are short and
    # leave out names, so that even the sentence they are made from is seldom half as likely to be one fact with them.
    same_as_headline: float = 0.15

    # Cosine of sentences below which no values of theirs are held against each other.
    near_sentences: float = 0.35
    # Nearness of two values (0 to 5: twice the likeness of what stands around them, twice that of their statements,
    # half a point for one verb, half a point for one thing counted) from which on one explains the other away.
    related_values: float = 0.6
    # How much less near a report's other day or place may be and still explain the one in dispute.
    explained_within: float = 0.2
    # Nearness from which on two values answer one question, so that they are held against each other. Set on
    # plants in BASIL, NewsWCL50 and AllSides and on reading what is reported in 650 stories of theirs as they are.
    # Whatever stands around them, the statements must be that alike, what may differ set aside. Of the conflicts read
    # in 650 stories none below was one.
    least_alike: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({"number": 0.45, "date": 0.45, "place": 0.45, "name": 0.1})
    )
    # Figures of one counted thing under one verb; amounts under one verb; others, and those of a list.
    same_figure: float = 1.6
    same_measure: float = 2.2
    same_untied_figure: float = 3.4
    # Days of one happening; years and months, of which a report looks back on many; days of an act of saying.
    same_day: float = 1.2
    same_year: float = 2.8
    same_saying: float = 2.1
    same_place: float = 1.4
    # Two persons with one part: each statement, the clearest of them, and all of them added up.
    one_part: float = 0.7
    clear_part: float = 1.3
    same_person: float = 2.1
    # What the kind of a happening and who and what shares in it must tell, for two mentions in any words to be of one:
    # inverse sentence frequencies in the story, summed, in natural logarithms. Of nine pairs found in 650 stories from
    # 5 on, both above 6.4 that dated one happening differently were right; two places with one and the same preposition
    # are less often of two happenings than two days are.
    telling_evidence: float = 6.4
    placing_evidence: float = 5.6
    # Likeness, yes and no aside, from which a statement and its contrary are held against each other.
    same_denied: float = 0.45
    # The same where the verb is "be", "have" or another that says little by itself.
    same_state: float = 0.8
    # Days between two datings of one event beyond which they are rather two events of a kind.
    longest_dispute_days: int = 10
