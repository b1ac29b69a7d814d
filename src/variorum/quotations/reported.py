"""Indirect reports of something that another outlet quotes."""

from collections.abc import Mapping, Sequence

import numpy as np

from variorum.config import Quotations as Settings
from variorum.quotations.speaking import spoken_by_pronoun
from variorum.quotations.units import Unit, content
from variorum.records import Annotation, Quotation
from variorum.text import tiles, words


def reports(
    quotation: Quotation,
    text: str,
    groups: Sequence[Sequence[Unit]],
    speakers: Sequence[str | None],
    annotations: Mapping[str, Annotation],
    settings: Settings,
) -> int | None:
    """The index of the utterance that an indirect quotation reports, or ``None``.

    The speaker must be the same name, the meaning close and the content words mostly shared: one fact
    is often told twice in one speech, and a report of the other telling is none of this one.
    """
    pronoun = quotation.speaker is None and spoken_by_pronoun(quotation)
    if quotation.speaker is None and not pronoun:
        return None
    least = settings.reported_likeness_pronoun if pronoun else settings.reported_likeness
    annotation = annotations[quotation.article]
    vector = _vector(annotation, quotation.spans[0].start)
    wanted = set(
        _stems(
            content(
                [word.key for span in quotation.spans for word in words(text, span.start, span.end)],
                settings.content_rarity,
            )
        )
    )
    if vector is None or len(wanted) < 2:
        return None
    best: tuple[float, int] | None = None
    for index, group in enumerate(groups):
        if speakers[index] is None or (not pronoun and speakers[index] != quotation.speaker):
            continue
        for unit in group:
            other = _vector(annotations[unit.article], unit.spans[0].start)
            held = set(_stems(content(unit.keys, settings.content_rarity)))
            share = len(wanted & held) / len(wanted)
            if other is None or share < settings.reported_content or len(wanted & held) < 2:
                continue
            likeness = float(np.dot(vector, other))
            if likeness >= least and (best is None or likeness > best[0]):
                best = (likeness, index)
    return best[1] if best is not None else None


def in_same_words(made: Unit, groups: Sequence[Sequence[Unit]], settings: Settings) -> int | None:
    """The index of the utterance whose very words an unmarked quotation prints, or ``None``.

    Some outlets drop the marks and keep the words; then neither speaker nor likeness is asked.
    """
    if len(made.keys) < settings.sentence_words:
        return None
    best: tuple[float, int] | None = None
    for index, group in enumerate(groups):
        for unit in group:
            if unit.article == made.article or len(unit.keys) <= settings.telling_run:
                continue
            found = tiles(made.keys, unit.keys, settings.telling_run)
            share = sum(tile.size for tile in found) / min(len(made.keys), len(unit.keys))
            if share >= settings.unmarked_share and (best is None or share > best[0]):
                best = (share, index)
    return best[1] if best is not None else None


def _vector(annotation: Annotation, offset: int) -> "np.ndarray[tuple[int], np.dtype[np.float32]] | None":
    at = annotation.sentence_at(offset)
    return annotation.vectors[at] if at is not None else None


def _stems(keys: Sequence[str]) -> list[str]:
    """Words without the endings that reported speech changes."""
    return [
        key[:-3] if key.endswith("ing") and len(key) > 6 else key.removesuffix("ed").removesuffix("s") for key in keys
    ]
