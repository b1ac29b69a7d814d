"""Settings of ``store``: what each means, its unit, and why it has its value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Store:
    """Settings of an archive."""

    # Seconds a program waits for another that writes before it gives up. A transaction of ours takes well under
    # one; thirty outlast a backup that copies the file.
    busy_seconds: float = 30.0
    # Reports written in one transaction, and seconds after which it is closed however few they are: each costs the
    # disk one wait (5 to 20 ms), and nothing is acknowledged before it.
    batch_articles: int = 100
    batch_seconds: float = 1.0
    # zlib's level: 6 packs pages to a fifth; 9 takes three times as long for two points more.
    packing: int = 6
    # Share, in [0, 1], of the words of the longer text that a file's old and new text must have in common, in their
    # order, for the new one to be a revision of the old, where nothing but the file's name says so: folders everywhere
    # have a "report1.txt", and two court reports of one paper share more than half of their words.
    revised_share: float = 0.8
    # Stories, articles and revisions a list shows unless asked for more.
    listed: int = 30
    # Largest search, in words; more is cut.
    search_words: int = 32
    # Longest comment on a finding and longest name of an editor, in characters: two pages of a letter, and a name with
    # its desk. They travel with every edition, so a pasted report is refused and not cut.
    comment_characters: int = 4000
    editor_characters: int = 100
