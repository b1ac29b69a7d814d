"""Thresholds of ``descent``: what each means, its unit, how it was chosen and on which data.

Two collections decided. *Wire pairs*: ``wire_reuse``, 569 pairs of articles that share many words, 321 of
them in quotations only. *Same event*: BASIL, NewsWCL50 and the first 800 articles of AllSides, 641 pairs of
reports of one event by different outlets that share fewer than 15 words outside quotations.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Descent:
    """Settings of the stage ``descent``."""

    # Words between quotation marks from which a stretch counts as somebody's words and not as a word the
    # reporter keeps at arm's length ("mega-prison").
    quoted_words: int = 4
    # Words in a row that must be the same for a passage to be looked at. 8 misses passages edited every few
    # words; below 6 names with titles ("US Secretary of State Marco Rubio") seed most of what is found.
    seed_words: int = 6
    # Of so many runs of ``seed_words`` that follow each other one is kept for the search: two articles with
    # seed_words + seed_window - 1 words in a row alike meet for certain, and the index is half as large.
    seed_window: int = 3
    # A run whose words are rarer than plain ones by less than this in all (see ``run_weight``) opens no comparison.
    seed_weight: float = 4.0
    # A run of words held by more articles than this joins each of them with the ``key_partners`` next only (in the
    # order of their digests), so that a hundred reprints cost hundreds of comparisons and not thousands.
    key_articles: int = 32
    key_partners: int = 8
    # In a collection no larger than this every run joins all that hold it: a story has its every pair.
    all_pairs_articles: int = 256
    # A run of words is a stock phrase, and no borrowing, when articles on so many different subjects have it. Two
    # articles are on one subject when ``subject_shared`` of the ``subject_words`` words that say most of the first
    # ``subject_lead`` words of each are the same. A passage is stock when this share of its runs is.
    common_subjects: int = 4
    subject_lead: int = 60
    subject_words: int = 16
    subject_shared: int = 4
    common_share: float = 0.5
    # Stock phrases still join articles while no more than this have them, so that a shared notice can be shown.
    common_articles: int = 12
    # Two articles that share stock phrases only are not reported below so many words.
    common_words: int = 30
    # Between stories of an archive one run in so many is looked for: the least passage that counts, ``shared_words``,
    # has 10 to 13, of which 4 in 5 times two are in the sample and 31 in 32 times one; a page of text has scores.
    afar_sample: int = 4
    # Share of the sampled runs in what two such reports share that must be no stock phrase, for it to count.
    afar_share: float = 0.5
    # Memory for what is held of the articles while a collection is compared, in MiB; the rest waits on disk.
    memory_mib: int = 512
    # Processes that read and compare; 1 does all in this one.
    processes: int = 1
    # A passage goes on over an edit of up to ``edit_words`` on either side when ``rejoin_words`` then agree:
    # a name expanded, a word dropped, a figure corrected.
    edit_words: int = 4
    rejoin_words: int = 3
    # A passage counts from ``run_words`` equal words whose rarity (natural logarithms, see ``text.rarity``)
    # above ``plain_rarity`` adds up to ``run_weight``. 8 plain words in a row ("did not immediately respond to
    # a request for comment") stay below 12; 8 words of a told fact reach 15.
    run_words: int = 8
    plain_rarity: float = 1.0
    run_weight: float = 12.0
    # A passage is somebody's speech printed without marks, and no borrowing, when this share of it stands
    # between marks in some report of the story, or this share of its words are first or second person. All 58
    # wire pairs that this parts from those found were posts, statements, transcripts or subscription notices.
    speech_share: float = 0.5
    # Share of the articles holding a run that must have it between marks for it to count as speech everywhere.
    heard_share: float = 0.2
    speaking_words: float = 0.03
    # What makes two reports one borrowed from the other, or both from a third: so many shared words, and such a
    # share of the shorter one's own words, in at least two passages. Read by eye on the wire pairs: with one
    # passage only, half are notes on authors, block quotations and notices; below .08, names with titles; 30
    # words in place of 40 find no more wire pairs, and take two careers told alike for a borrowing.
    shared_words: int = 40
    shared_share: float = 0.08
    shared_passages: int = 2
    # And so many words in a row alike, without any edit: what two reporters take from one press release comes in
    # shorter pieces. Of 102 wire pairs that pass otherwise 1 stays below.
    shared_run: int = 12
    # One passage is enough when it is this share of the shorter report: a reprint without a quotation.
    whole_share: float = 0.4

    # Retelling. Sentences with more than this share of their characters in quotations are left out: speech.
    quoted_share: float = 0.5
    # Shortest sentence, in words, that tells anything.
    told_words: int = 6
    # Cosine of two sentences, less what either has with the other report at large, above which they tell the
    # same; ``usual_likeness`` is what two sentences of one event have by themselves (median, same event pairs).
    told_alike: float = 0.35
    usual_likeness: float = 0.15
    # Cost, in the same unit, of a sentence passed over in either report, and of two that stand in reverse.
    skip_cost: float = 0.05
    swap_cost: float = 0.05
    # Strength of a chain (see ``descent.chains``) from which two reports are looked at closer.
    least_strength: float = 0.1
    # Chains besides the strongest that are shown, and what each must add up to: paragraphs that were moved.
    moved_pieces: int = 4
    moved_gain: float = 0.2
    # One report retells another when at most this share of its details, names, figures and quotations, is its own
    # beside it, and the other has ``fuller_share`` of its own, or the first's share is at most ``fuller_part`` of the
    # other's, or the chain is as strong as ``close_strength``. Of 60 planted retellings 60 pass the first, and of 420
    # pairs of independent accounts beside each other or the report, 10.
    own_share: float = 0.1
    fuller_share: float = 0.3
    fuller_part: float = 0.19
    close_strength: float = 0.9
    # Of several that hold it a report hangs from the nearest, which must be nearer than any stranger to that one by
    # ``nearer_by``. Nearness is the share of its own details, less these weights times how well its clauses are
    # covered, the part of its sentences that follow, and the logarithm of the chain's strength: fitted on 78 planted
    # retellings (evals/retellings) so that the report they were made from is nearer than independent accounts; tried
    # on the third of them left out each time, it is so for 75.
    covered_weight: float = 0.58
    followed_weight: float = 0.3
    chain_weight: float = 0.055
    nearer_by: float = 0.01
    # How near it must be where the story has no stranger to measure by: of the 78, 70 are.
    near: float = -0.32
    # Runs of three quoted words that count as one detail.
    quoted_detail: float = 6.0
    # What a figure counts for beside a name.
    figure_detail: float = 0.5
    # A report so held is said to have been made from the fuller one, where none but this share is its own.
    held_share: float = 0.08
    # Two reports with more of their own retell one when their chain is as strong as this, and ``dense_beyond`` times
    # stronger than three quarters of the story's other pairs, at least ``dense_pairs`` of them, and those are no
    # stronger than ``usual_strength``, below which 19 in 20 independent pairs stay: where a press release makes all
    # reports alike, a dense chain tells nothing.
    chain_strength: float = 0.29
    dense_own_share: float = 0.27
    dense_beyond: float = 2.0
    dense_pairs: int = 3
    usual_strength: float = 0.2
    # How many of how many pairs of independent reports of one event pass for retellings: BASIL, NewsWCL50, AllSides,
    # evals/descent.py --every.
    false_alarm: str = "none of 1,318"
    # Sentences that a chain needs on either side, and share of the shorter report's sentences: two reports that
    # share a paragraph on somebody's career share a press release, not a story.
    chain_sentences: int = 5
    chain_share: float = 0.35

    # One report stands wholly inside another when this share of its words does, and at most that share of the
    # other's words stands in it. Shares between are edits, which tell nothing of direction.
    contained: float = 0.9
    exceeded: float = 0.75
