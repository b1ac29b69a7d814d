"""The seal: a digest over a whole edition and the lists it travels with, carried in the edition's own id.

It makes a slip, a broken transfer or a careless edit show: one letter or one offset changed anywhere
in the file no longer fits the id. It is no signature; who changes an edition on purpose can seal
it again, so ``verify`` also holds every citation against the texts, and the texts against the files.
"""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

from variorum.records import Edition, Editions, Refusal
from variorum.records.plain import plain
from variorum.text import digest


def seal(edition: Edition, *, alone: Sequence[str] = (), refused: Sequence[Refusal] = ()) -> Edition:
    """The edition with its id sealed: ``<story digest>-<seal>``. A sealed edition is sealed anew.

    alone, refused: the lists that stand beside the edition in its file.
    Called last: whatever is changed after it breaks the seal.
    """
    story = story_digest(edition.story.id)
    beside = {"alone": plain(tuple(alone)), "refused": plain(tuple(refused))}
    sealed = dataclasses.replace(edition.story, id=f"{story}-{seal_of(plain(edition), beside)}")
    return dataclasses.replace(edition, story=sealed)


def seal_all(editions: Editions) -> Editions:
    """Every edition of a reading sealed together with the lists of what is alone and what was refused."""
    made = (seal(edition, alone=editions.alone, refused=editions.refused) for edition in editions.editions)
    return dataclasses.replace(editions, editions=tuple(made))


def story_digest(id: str) -> str:
    """The part of an edition's id that stands before the seal."""
    return id.partition("-")[0]


def seal_of(edition: Mapping[str, Any], file: Mapping[str, Any]) -> str:
    """The seal of an edition given as plain values, 16 hexadecimal digits, its own seal left out.

    file: what holds the edition, of which ``alone`` and ``refused`` are sealed with it.

    Order of keys, white space and how a number is spelled (1 or 1.0) do not count: programs that
    read and write JSON change them without meaning to.
    """
    blank = {**edition, "story": {**edition["story"], "id": story_digest(edition["story"]["id"])}}
    whole = [blank, file["alone"], file["refused"]]
    return digest(json.dumps(_numbers(whole), ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _numbers(value: Any) -> Any:
    """The value with every whole float as an integer."""
    if isinstance(value, dict):
        return {key: _numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_numbers(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
