"""Alignment of two sequences of words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from variorum.text.tiles import longest_run

_ANCHOR = 4  # words of a shared run that is matched before anything else is


@dataclass(frozen=True, slots=True)
class Block:
    """A step of an alignment. Indices into the two sequences, ends exclusive.

    kind: ``equal``; ``replace``; ``delete``, only in ``a``; ``insert``, only in ``b``.
    """

    kind: Literal["equal", "replace", "delete", "insert"]
    a_start: int
    a_end: int
    b_start: int
    b_end: int


def align(a: Sequence[str], b: Sequence[str]) -> tuple[Block, ...]:
    """Blocks that turn ``a`` into ``b``, in order, covering both; deletions beside insertions are joined.

    Longest common subsequence (RapidFuzz); of those equally long, the one that matches the longest run first, then
    what stands before and behind it in the same way. So a stretch of ``a`` is matched as a stretch, though its
    first words also stand elsewhere in ``a``.
    """
    blocks: list[Block] = []
    a_at = b_at = 0
    for a_start, b_start, size in _equal(a, b):
        _gap(blocks, a_at, a_start, b_at, b_start)
        if blocks and blocks[-1].kind == "equal":
            last = blocks.pop()
            blocks.append(Block("equal", last.a_start, a_start + size, last.b_start, b_start + size))
        else:
            blocks.append(Block("equal", a_start, a_start + size, b_start, b_start + size))
        a_at, b_at = a_start + size, b_start + size
    _gap(blocks, a_at, len(a), b_at, len(b))
    return tuple(blocks)


def _equal(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where equal runs begin in either sequence, and their lengths, in order: as many words as can be, in long runs."""
    anchored, plain = _anchored(a, b), list(_common(a, b))
    return anchored if _total(anchored) >= _total(plain) else plain


def _total(runs: Sequence[tuple[int, int, int]]) -> int:
    return sum(size for _, _, size in runs)


def _anchored(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    # What stands before a run is read from the run backwards, so that of equal choices the nearest word is taken.
    waiting = [(0, len(a), 0, len(b), False)]
    while waiting:
        a_start, a_end, b_start, b_end, backwards = waiting.pop()
        run = longest_run(a[a_start:a_end], b[b_start:b_end])
        if run is not None and run.size >= _ANCHOR:
            found.append((a_start + run.a, b_start + run.b, run.size))
            waiting.append((a_start, a_start + run.a, b_start, b_start + run.b, True))
            waiting.append((a_start + run.a + run.size, a_end, b_start + run.b + run.size, b_end, False))
        elif backwards:
            found.extend(
                (a_end - start - size, b_end - other - size, size)
                for start, other, size in _common(a[a_start:a_end][::-1], b[b_start:b_end][::-1])
            )
        else:
            found.extend(
                (a_start + start, b_start + other, size)
                for start, other, size in _common(a[a_start:a_end], b[b_start:b_end])
            )
    return sorted(found)


def _common(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            yield op.src_start, op.dest_start, op.src_end - op.src_start


def _gap(blocks: list[Block], a_start: int, a_end: int, b_start: int, b_end: int) -> None:
    if a_start < a_end and b_start < b_end:
        blocks.append(Block("replace", a_start, a_end, b_start, b_end))
    elif a_start < a_end:
        blocks.append(Block("delete", a_start, a_end, b_start, b_end))
    elif b_start < b_end:
        blocks.append(Block("insert", a_start, a_end, b_start, b_end))
