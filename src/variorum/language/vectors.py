"""Sentence and clause vectors from one pass of the encoder.

The encoder is run on one sentence at a time: with 8-bit weights its activations are scaled by what
else is in the batch, and an answer must not depend on a sentence's neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from variorum.language.models import encoder, tokenizer
from variorum.records import Span


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence's word pieces. states: float32, shape (pieces, 384). ends: (start, end) of each piece,
    relative to the sentence; (0, 0) for the marks the encoder adds."""

    states: NDArray[np.float32]
    offsets: tuple[tuple[int, int], ...]


def encode(sentence: str, *, longest: int = 256) -> Encoded:
    """The encoder's last hidden states for one sentence."""
    pieces = tokenizer(longest).encode(sentence)
    ids = np.array([pieces.ids], dtype=np.int64)
    mask = np.ones_like(ids)
    states = encoder().run(
        ["last_hidden_state"], {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    )[0][0]
    return Encoded(np.asarray(states, dtype=np.float32), tuple(pieces.offsets))


def pooled(encoded: Encoded) -> NDArray[np.float32]:
    """The sentence's vector: the mean of its pieces, unit length (as all-MiniLM-L6-v2 was trained)."""
    return _unit(encoded.states.mean(axis=0))


def lead_vector(text: str) -> NDArray[np.float32]:
    """The vector of a few sentences read as one, shape ``(384,)``, unit length: what a report leads with.

    Raises ModelMissing when the encoder is not installed; it is loaded when first asked.
    """
    return pooled(encode(text))


def pooled_within(encoded: Encoded, span: Span) -> NDArray[np.float32]:
    """The vector of a stretch of the sentence: the mean of its pieces, read in the whole sentence's light."""
    rows = [row for row, (start, end) in enumerate(encoded.offsets) if end > start and span.start <= start < span.end]
    return _unit(encoded.states[rows].mean(axis=0)) if rows else pooled(encoded)


def stacked(rows: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """The vectors as one array, shape ``(len(rows), 384)``."""
    return np.stack(rows) if rows else np.zeros((0, 384), dtype=np.float32)


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype(np.float32)
