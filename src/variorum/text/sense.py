"""Whether two wordings of one thing say contrary things: yes and no, every and none, more and less."""

from collections.abc import Iterator, Sequence

from variorum.text.align import Block, align

_NO = frozenset("no not never none nobody nothing nowhere neither without hardly scarcely barely seldom rarely".split())
_AFTER_NO = frozenset(
    # "no fewer than" is a hedge and "no doubt" a yes; "not only" adds to what it speaks of.
    "fewer less more later earlier sooner doubt wonder matter only just merely simply least mention".split()
)
# After a "no" that answers: "No, we will open".
_ANSWERED = frozenset("i we you he she it they this that there the no but".split())
# They deny without a "not", so that no count of the others can tell what is said beside them.
_IMPLIED = frozenset(
    "fail failed fails refuse refused refuses decline declined declines deny denied denies lack lacked lacks avoid "
    "avoided avoids prevent prevented prevents stop stopped stops unless until except".split()
)
_CONTRARY = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "more/less more/fewer most/least most/few many/few much/little every/few all/few for/against increase/decrease "
        "rise/fall"
    ).split()
)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_FEWEST_LETTERS = 4  # of a word that a prefix turns into its contrary: "legal", "able"
# Words that carry a statement and say little of it. What else differs is another matter than yes and no.
_LIGHT = frozenset(
    "a an the this that these those of to in on at by from with for as be am is are was were been being have has had "
    "having do does did doing will would can could shall should may might must ca wo s t i we you he she it they me us "
    "him her them there here and or but so such very really quite indeed ever yet also still all every each both any "
    "some either anybody anyone anything everybody everyone everything somebody someone something one always often "
    "nor sometimes anywhere everywhere good great full many much most re ve ll d 1".split()
)
_LONGEST = 6  # words on either side of a difference; a longer one is another telling


def reverses(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the words in which two wordings differ turn the sense of one into that of the other.

    one, other: folded words, in reading order. Only differences that consist of words of yes and no, of quantity
    and of grammar are judged: where names, things or acts differ too, it is for others to say whether the two
    tell one thing. Two such differences cancel out: "I do not think it will" and "I think it will not".
    """
    mine, theirs = tuple(_spelled_out(one)), tuple(_spelled_out(other))
    blocks = align(mine, theirs)
    return sum(_turns(block, mine, theirs) for block in blocks if block.kind != "equal") % 2 == 1


def _spelled_out(keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        if key in ("cannot", "can't"):
            yield from ("can", "not")
        elif key in ("n't", "won't"):
            yield from ("will", "not")[key == "n't" :]
        elif key.endswith("n't"):
            yield from (key.removesuffix("n't"), "not")
        else:
            yield from key.split("'")  # "there's"


def _turns(block: Block, one: Sequence[str], other: Sequence[str]) -> bool:
    mine, theirs = one[block.a_start : block.a_end], other[block.b_start : block.b_end]
    if max(len(mine), len(theirs)) > _LONGEST or _IMPLIED & {*mine, *theirs}:
        return False
    noes = [
        {at - first for at in range(first, last) if _is_no(words, at)}
        for words, first, last in ((one, block.a_start, block.a_end), (other, block.b_start, block.b_end))
    ]
    left, right = (
        {word for at, word in enumerate(words) if at not in no} for words, no in zip((mine, theirs), noes, strict=True)
    )
    contraries = [(a, b) for a in left for b in right if _are_contrary(a, b)]
    left -= {a for a, _ in contraries} | _LIGHT
    right -= {b for _, b in contraries} | _LIGHT
    if left and right:
        return False
    # What the "no" stands with is denied and not the rest: "will not reopen at once", "no money for the pier".
    if any(no and rest for no, rest in zip(noes, (left, right), strict=True)):
        return False
    return (len(noes[0]) + len(noes[1]) + len(contraries)) % 2 == 1


def _is_no(words: Sequence[str], at: int) -> bool:
    if words[at] not in _NO:
        return False
    if at and words[at - 1] in ("or", "and"):  # "with or without", "and not the crew"
        return False
    after = words[at + 1] if at + 1 < len(words) else ""
    if words[at] == "no" and (after in _ANSWERED or (after.isdigit() and after != "1")):
        return False
    return after not in _AFTER_NO


def _are_contrary(one: str, other: str) -> bool:
    if frozenset((one, other)) in _CONTRARY:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _FEWEST_LETTERS and any(long == prefix + short for prefix in _PREFIXES)
