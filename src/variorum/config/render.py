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

    # Share of the longer place's words that two joined places must have in common for their differences to be marked
    # word by word. Below it nearly every word would be marked, which shows nothing. Of the joins of the example story
    # and of one real story of five reports, copied passages lie between 0.73 and 1, retold ones between 0.05 and 0.38
    # but for one at 0.61, and nine tenths of the quotations at 0.5 or above: half parts them with room on both sides.
    marked_share: float = 0.5

    # Most reports that are set side by side. Three columns of 1,280 pixels hold nine or ten words a line; four hold
    # six, and no reader follows four texts at once.
    most_beside: int = 3

    # Other voices from which on a sentence of a report is shaded no darker. Five shades are told apart on paper and on
    # both grounds of the screen; the figure beside the shade goes on counting.
    most_shade: int = 5
