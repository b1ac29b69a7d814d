"""Annotations as bytes and back: what the language pass said of an article, to be kept and not made again."""

import dataclasses

import msgspec
import numpy as np
from numpy.typing import NDArray

from variorum.errors import FormatError
from variorum.records import (
    Annotation,
    Attribution,
    Clause,
    Figure,
    NameMention,
    Sentence,
    TimeMention,
    Token,
)

_WIDTH = 384  # of a vector


@dataclasses.dataclass(frozen=True, slots=True)
class _Held:
    """An annotation whose vectors are bytes: float32, row after row."""

    article: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    names: tuple[NameMention, ...]
    times: tuple[TimeMention, ...]
    figures: tuple[Figure, ...]
    attributions: tuple[Attribution, ...]
    vectors: bytes
    clause_vectors: bytes


def dumped(annotation: Annotation) -> bytes:
    """The annotation as bytes."""
    fields = {field.name: getattr(annotation, field.name) for field in dataclasses.fields(annotation)}
    vectors = {name: fields[name].astype("<f4").tobytes() for name in ("vectors", "clause_vectors")}
    return msgspec.msgpack.encode(_Held(**(fields | vectors)))


def loaded(held: bytes) -> Annotation:
    """The annotation that :func:`dumped` made bytes of, equal to the last bit. Raises FormatError on other bytes."""
    try:
        found = msgspec.msgpack.decode(held, type=_Held)
        vectors = {"vectors": _rows(found.vectors), "clause_vectors": _rows(found.clause_vectors)}
    except (msgspec.DecodeError, ValueError) as error:
        raise FormatError(f"what is kept of an article's analysis cannot be read: {error}") from error
    fields = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    return Annotation(**(fields | vectors))


def _rows(held: bytes) -> NDArray[np.float32]:
    return np.frombuffer(held, dtype="<f4").astype(np.float32).reshape(-1, _WIDTH)
