"""Names for inputs that come from several places, so that no two reports have one path."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from variorum.engines.inputs import RAW
from variorum.engines.places import fixed_part, local_path, scheme_of
from variorum.errors import UsageError


def labels(places: Sequence[str]) -> dict[str, str]:
    """A name for each of several places: as many of its last parts as it takes to tell it from the others."""
    parts = {place: [part for part in fixed_part(place).split("/") if part] or [place] for place in places}
    for count in range(1, max(map(len, parts.values())) + 1):
        found = {place: "/".join(names[-count:]) for place, names in parts.items()}
        if max(Counter(found.values()).values()) == 1:
            return found
    return dict(zip(places, places, strict=True))  # one path on two file systems


def keep_apart(places: Sequence[str], out: str) -> None:
    """Raise UsageError where the answer would lie among the inputs, or over one: the next run would read it as news."""
    answer = _whole_path(out)
    for place in places:
        inputs = _whole_path(fixed_part(place))
        if _lies_in(answer, inputs) or _lies_in(inputs, answer):
            raise UsageError(f"the answer may not lie in what is read, nor over it: {out} and {place}")


def _lies_in(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith(f"{outer.rstrip('/')}/")


def _whole_path(place: str) -> str:
    if scheme_of(place) in (None, "file"):
        return os.path.realpath(local_path(place))
    return place.rstrip("/")


@dataclass(frozen=True, slots=True)
class Labelling:
    """Rows of inputs of one place, named under the place as well. name: the last part of the place."""

    label: str
    name: str

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        shown = [self.label if one == self.name else f"{self.label}/{one}" for one in rows.column("shown").to_pylist()]
        at = RAW.get_field_index("shown")
        yield rows.set_column(at, RAW.field("shown"), pa.array(shown, pa.string()))
