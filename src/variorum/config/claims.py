"""Thresholds of ``claims``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


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
    # Likeness below which nobody would take two stretches for one claim; saves asking what keeps them apart.
    at_all_alike: float = 0.3
    # Likeness of stretches that print one utterance, as the collation found.
    same_utterance: float = 0.9
    # What a whole sentence is worth over its clauses when both find a partner, in likeness.
    whole_sentence: float = 0.05

    # Likeness from which two figures of one subject under one verb are held against each other.
    same_figure: float = 0.4
    # The same where nothing but likeness says that they are of one thing. Set after reading the conflicts of 60
    # AllSides stories, where "12-hour sessions" stood against "48 hours" and "seven years" against "ten years".
    same_untied_figure: float = 0.65
    # Likeness from which two mentions of one kind of event, with somebody or something in common, are one;
    # and of any two statements of which one value differs.
    same_statement: float = 0.5
    same_but_for_one: float = 0.5
    # The same where only the place differs. Set after reading the conflicts of 60 AllSides stories: a county
    # against its state, a country under two names.
    same_but_for_place: float = 0.7
    # The same for two acts of saying: one person says many alike things on several days. 0.6 set tweets of one
    # day against a speech of another in AllSides stories; what prints one utterance stands at 0.9.
    same_saying: float = 0.8
    # Likeness, names set aside, of statements that count as evidence that two names have one part, and what
    # the evidence must add up to: one clear case, or two faint ones.
    hardly_the_same: float = 0.3
    same_part: float = 0.6
    # Below that likeness, down to this, what the mentions share must tell the event from the story's others:
    # inverse sentence frequencies of its kind and shared participants, summed, in natural logarithms.
    same_event: float = 0.1
    telling_evidence: float = 3.5
    # The same where the statements that hold the mentions have little else in common.
    plain_evidence: float = 7.0
    # Likeness from which an event and its denial are held against each other.
    same_denied: float = 0.3
    # Days between two datings of one event beyond which they are rather two events of a kind.
    longest_dispute_days: int = 10
