"""Noun phrases read off a parse, cut where they stop naming and begin to tell."""

from bisect import bisect_left, bisect_right

from variorum.records import Annotation, Span, Token

_BEFORE = frozenset("det amod compound nmod poss nummod advmod quantmod predet neg punct case npadvmod".split())
_TRIMMED = frozenset("the a an then now once long also".split())
# After the head, only what is short and belongs to the name of the thing: "leader of the party", "a
# politician in trouble". Relative clauses and participles tell a story of their own.
_AFTER = frozenset("of in for to from at on against with between".split())
_LONGEST_TAIL = 6


class Phrases:
    """An article's tokens with their dependents, and the phrases they make."""

    def __init__(self, annotation: Annotation) -> None:
        self.tokens = annotation.tokens
        self._starts = [token.start for token in self.tokens]
        self._ends = [token.end for token in self.tokens]
        children: list[list[int]] = [[] for _ in self.tokens]
        for at, token in enumerate(self.tokens):
            if token.head != at:
                children[token.head].append(at)
        self.children = tuple(tuple(below) for below in children)

    def inside(self, start: int, end: int) -> range:
        """Indices of the tokens that stand in ``[start, end)``, those only partly inside included."""
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def head_of(self, within: range) -> int | None:
        """The token that governs the others of ``within``; ``None`` when there is not exactly one."""
        heads = [
            at
            for at in within
            if (self.tokens[at].head not in within or self.tokens[at].head == at)
            and self.tokens[at].pos not in ("PART", "PUNCT", "DET")
            and self.tokens[at].dep != "case"
        ]
        return heads[0] if len(heads) == 1 else None

    def child(self, at: int, *deps: str) -> list[int]:
        """The dependents of ``at`` in one of the given relations, in reading order."""
        return [below for below in self.children[at] if self.tokens[below].dep in deps]

    def leftmost(self, at: int) -> int:
        """The first token of what ``at`` governs."""
        first = at
        for below in self.children[at]:
            if below < first:
                first = min(first, self.leftmost(below))
        return first

    def phrase(self, head: int, *, tail: bool = True) -> range | None:
        """The noun phrase of ``head`` without its article or "his": token indices; ``None`` when it is broken up.

        tail: whether to take in the short prepositional phrases that follow the head.
        """
        first = head
        for below in reversed([below for below in self.children[head] if below < head]):
            if self.tokens[below].dep not in _BEFORE or not self._is_whole(below, first):
                break
            first = self.leftmost(below)
        last = self._tail(head) if tail else head
        while first < head and self._is_trimmed(self.tokens[first]):
            first += 1
        first = self._whole_word(first)
        if any(self.tokens[at].pos == "PUNCT" and self.tokens[at].text in ",;:()[]" for at in range(first, head)):
            return None
        return range(first, last + 1)

    def span(self, within: range) -> Span:
        """The characters of a run of tokens."""
        return Span(self.tokens[within.start].start, self.tokens[within.stop - 1].end)

    def lemmas(self, at: int, *deps: str) -> set[str]:
        """Lemmas of the dependents of ``at`` in the given relations."""
        return {self.tokens[below].lemma.lower() for below in self.child(at, *deps)}

    def _is_whole(self, below: int, before: int) -> bool:
        """Whether what ``below`` governs runs up to ``before`` without a gap."""
        return self.rightmost(below) + 1 == before

    def rightmost(self, at: int) -> int:
        """The last token of what ``at`` governs."""
        last = at
        for below in self.children[at]:
            if below > last:
                last = max(last, self.rightmost(below))
        return last

    def _whole_word(self, first: int) -> int:
        """Back to the start of a hyphenated word, which the parser may have taken apart: "mega-prison"."""
        while (
            first >= 2
            and self.tokens[first - 1].text in ("-", "‑")
            and self.tokens[first - 1].end == self.tokens[first].start
            and self.tokens[first - 2].end == self.tokens[first - 1].start
        ):
            first -= 2
        return first

    def _tail(self, head: int) -> int:
        last = head
        for prep in self.children[head]:
            if prep != last + 1 or self.tokens[prep].dep != "prep" or self.tokens[prep].text.lower() not in _AFTER:
                continue
            objects = self.child(prep, "pobj")
            if len(objects) != 1 or self.tokens[objects[0]].pos not in ("NOUN", "PROPN"):
                break
            inner = self.phrase(objects[0])
            if inner is None or self.leftmost(objects[0]) != prep + 1 or inner.stop - prep > _LONGEST_TAIL + 1:
                break
            last = inner.stop - 1
            if self.tokens[prep].text.lower() != "of":
                break
        return last

    @staticmethod
    def _is_trimmed(token: Token) -> bool:
        return token.text.lower() in _TRIMMED or token.pos == "PUNCT" or token.tag == "PRP$"
