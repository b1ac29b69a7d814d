"""Thresholds of ``quotations``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotations:
    """Settings of the stage ``quotations``."""

    quoted_share: float = 0.6
    """Share of the words of a quoted stretch that attributions must hold for the stretch to be one's own."""

    fewest_words_reported: int = 2
    """Words. Reported speech of fewer says nothing ("which")."""

    fewest_words_uncued: int = 6
    """Words. A quoted stretch with no cue in its sentence or beside it and fewer words than this is a name,
    a title or a scare quote, not speech. PolNeAR train: of uncued stretches of five words or fewer, one in
    five is speech; of six or more, four in five."""

    fewest_words_title: int = 3
    """Words. The same for a headline, which has no room for a cue: what it quotes is mostly speech."""

    shared_share: float = 0.5
    """Share of the shorter of two quoted sentences that must stand in shared runs of two words or more
    for them to be readings of one utterance."""

    shared_share_unsure: float = 0.65
    """The same where one of the articles does not say whose words they are. Set, with the next, after reading
    70 AllSides stories: press statements of two people share long runs about one thing."""

    shared_share_apart: float = 0.8
    """The same where the articles name two speakers: one of them is wrong, or these are two statements."""

    short_words: int = 12
    """Words below which a quoted sentence is short: two of one speaker easily share half of theirs. Raised from 8
    after reading BASIL, where two ways of saying what marriage is met."""

    shared_share_short: float = 0.8
    """The share that must be shared of a short one. Set after reading 280 AllSides stories, where "We can declare
    a national emergency" met another sentence about declaring one."""

    shared_share_moved: float = 0.8
    """The share that must be shared where shared runs count that stand in another order: a moved clause leaves the
    rest of its sentence as it was."""

    sentence_words: int = 8
    """Words of a shared passage that nobody hits on twice by chance."""

    shared_content: float = 0.55
    """Share of the content words of the shorter that must be shared, so that two sentences built alike
    ("We will mend the light", "We will mend the road") stay two utterances."""

    shared_nearly_all: float = 0.85
    """Share from which two sentences that share ``sentence_words`` are readings of one utterance whatever word
    differs: a changed word may be the one that tells."""

    telling_run: int = 4
    """Words from which a shared run counts though it holds no content word ("I am not going")."""

    moved_words: int = 3
    """Words, one of them a content word, that two printings of a sentence must share in another order to be
    taken for one clause that was moved."""

    shared_words: int = 3
    """Words two quoted sentences must share at least; fewer say nothing unless they are all of a fragment."""

    unmarked_share: float = 0.8
    """Share of the words of unmarked speech, or of what it is held against, that must stand in shared runs for it
    to be the same words printed without marks."""

    reported_likeness: float = 0.62
    """Cosine of sentence vectors from which an indirect report of the same speaker is a reading of a direct
    one, given shared content words."""

    reported_likeness_pronoun: float = 0.72
    """The same where the report gives the speaker only by a pronoun that could not be resolved."""

    reported_content: float = 0.5
    """Share of the content words of an indirect report that its direct counterpart must hold."""

    content_rarity: float = 2.2
    """Rarity (see ``text.rarity``) from which a word counts as a content word; below it stand the function
    words and the hundred commonest words of news."""
