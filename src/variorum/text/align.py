"""Alignment of two sequences of words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq


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

    Longest common subsequence (RapidFuzz), so a sequence aligned with itself is one equal block.
    """
    blocks: list[Block] = []
    a_at = b_at = 0
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            _gap(blocks, a_at, op.src_start, b_at, op.dest_start)
            blocks.append(Block("equal", op.src_start, op.src_end, op.dest_start, op.dest_end))
            a_at, b_at = op.src_end, op.dest_end
    _gap(blocks, a_at, len(a), b_at, len(b))
    return tuple(blocks)


def _gap(blocks: list[Block], a_start: int, a_end: int, b_start: int, b_end: int) -> None:
    if a_start < a_end and b_start < b_end:
        blocks.append(Block("replace", a_start, a_end, b_start, b_end))
    elif a_start < a_end:
        blocks.append(Block("delete", a_start, a_end, b_start, b_end))
    elif b_start < b_end:
        blocks.append(Block("insert", a_start, a_end, b_start, b_end))
