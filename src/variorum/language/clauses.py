"""Sentences divided into what each part of them says."""

from collections.abc import Sequence

from variorum.records import Clause, Sentence, Token

# Relations whose dependent is a statement of its own: "X did A and did B", "X, who did A, did B",
# "X did A, doing B", "X said that Y did A".
_STATING = frozenset(("conj", "relcl", "advcl", "ccomp", "parataxis", "acl"))


def clauses(tokens: Sequence[Token], sentences: Sequence[Sentence], *, shortest: int) -> tuple[Clause, ...]:
    """The clauses of each sentence, in reading order; at least one a sentence.

    shortest: words below which a clause stays with its governor. A clause reaches from its first own
    word to its last; where another stands in its middle, the outer one holds the inner one's words too.
    """
    found: list[Clause] = []
    for index, sentence in enumerate(sentences):
        found.extend(_of_sentence(tokens, sentence, index, shortest))
    return tuple(found)


def _of_sentence(tokens: Sequence[Token], sentence: Sentence, index: int, shortest: int) -> list[Clause]:
    span = range(sentence.first, sentence.last)
    roots = {at for at in span if _states(tokens, at)} | {at for at in span if tokens[at].head == at}
    owner = {at: _owner(tokens, at, roots) for at in span}
    own: dict[int, list[int]] = {}
    for at in span:
        if tokens[at].pos != "PUNCT":
            own.setdefault(owner[at], []).append(at)
    kept = {root: list(ats) for root, ats in own.items() if len(ats) >= shortest}
    for root, ats in own.items():
        if root not in kept and kept:
            above = _governor(tokens, root, owner, kept)
            if above is not None:
                kept[above].extend(ats)
    if not kept:
        return [Clause(sentence.start, sentence.end, index, _root(tokens, sentence), sentence.first, sentence.last)]
    made = []
    for root, ats in kept.items():
        first, last = min(ats), max(ats) + 1
        while last - first > 1 and tokens[last - 1].pos in ("CCONJ", "PUNCT", "SCONJ"):
            last -= 1
        if last - first > shortest and tokens[last - 1].tag == "VBG" and tokens[last - 2].text == ",":
            last -= 2  # "…, adding" leads over to what is said next
        while last - first > 1 and (tokens[first].pos in ("CCONJ", "PUNCT") or _introduces(tokens[first])):
            first += 1
        made.append(Clause(tokens[first].start, tokens[last - 1].end, index, root, first, last))
    return sorted(made, key=lambda clause: (clause.start, -clause.end))


def _introduces(token: Token) -> bool:
    """Whether the word only says that a clause follows: "said *that* the bridge would close"."""
    return token.dep == "mark" and token.text.casefold() == "that"


def _states(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.dep not in _STATING or token.pos not in ("VERB", "AUX") or token.head == at:
        return False
    infinitive = token.tag == "VB" and at and tokens[at - 1].text.casefold() == "to"
    return not infinitive  # "agreed to take": what was agreed is one statement


def _owner(tokens: Sequence[Token], at: int, roots: set[int]) -> int:
    while at not in roots:
        at = tokens[at].head
    return at


def _governor(tokens: Sequence[Token], root: int, owner: dict[int, int], kept: dict[int, list[int]]) -> int | None:
    at = root
    while tokens[at].head != at:
        at = owner[tokens[at].head]
        if at in kept:
            return at
    return next(iter(kept), None)


def _root(tokens: Sequence[Token], sentence: Sentence) -> int:
    return next((at for at in range(sentence.first, sentence.last) if tokens[at].head == at), sentence.first)
