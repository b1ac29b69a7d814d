"""Thresholds of ``quotations``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotations:
    """Settings of the stage ``quotations``."""

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

    short_words: int = 8
    """Words below which a quoted sentence is short: two of one speaker easily share half of theirs."""

    shared_share_short: float = 0.75
    """The share that must be shared of a short one. Set after reading 60 AllSides stories, where "We can declare
    a national emergency" met another sentence about declaring one."""

    shared_content: float = 0.55
    """Share of the content words of the shorter that must be shared, so that two sentences built alike
    ("We will mend the light", "We will mend the road") stay two utterances."""

    telling_run: int = 4
    """Words from which a shared run counts though it holds no content word ("I am not going")."""

    shared_words: int = 3
    """Words two quoted sentences must share at least; fewer say nothing unless they are all of a fragment."""

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
