"""Thresholds of the pages: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Render:
    """Settings of the pages."""

    # Share of a body before which a claim stands in its lede, and from which on it stands in its last part. A news
    # report is written so that it can be cut from its end: what an editor thinks matters most fills the first
    # paragraphs, what may go the last. A fifth of a report of 400 words is three or four sentences, of a brief of 60
    # words its first one. Chosen for that, not tuned.
    lede_share: float = 0.2
    last_share: float = 0.8

    # Rows of the coverage picture after which the letters of the reports are repeated: so many stand on the
    # screen of a small laptop.
    rows_between_letters: int = 20
