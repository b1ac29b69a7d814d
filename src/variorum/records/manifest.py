"""What a batch made, and of what, in one file beside the tables: ``manifest.json``.

Two runs over the same inputs by the same release and settings have equal manifests but for ``run``, whichever engine
they used, on however many machines.
"""

import json
from typing import Any

import msgspec

from variorum.errors import FormatError
from variorum.records.formed import decoded
from variorum.records.tally import Tally

MANIFEST_FORMAT = "variorum/batch/1"


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record that is read back strictly. Structs, not dataclasses: those would pass over a key nobody knows."""


class Taken(Strict, frozen=True):
    """What went in.

    digest: of the inputs, in no order: of every one its name, its number and its bytes. counts: how many inputs of each
    kind there were.
    """

    digest: str
    counts: dict[str, int]


class Written(Strict, frozen=True):
    """One table.

    rows: how many it has. digest: the sum of its rows' digests, 32 hexadecimal digits; the same for the same rows in
    any order and any files.
    """

    rows: int
    digest: str

    @classmethod
    def of(cls, tally: Tally) -> "Written":
        return cls(tally.rows, tally.digest)


class Made(Strict, frozen=True):
    """The editions. stories: how many have one. digest: the sum over their JSON, as a table's."""

    stories: int
    digest: str


class Stage(Strict, frozen=True):
    """One step on the way. Its result is kept, so that a later run need not take it again.

    name: of the step. digest: of what it was made from and by. rows: how many rows it gave.
    """

    name: str
    digest: str
    rows: int


class Timed(Strict, frozen=True):
    """How long one step took. name: of the step. seconds: by the wall clock, 0 where an earlier run had it
    ready. rows: how many rows it gave."""

    name: str
    seconds: float
    rows: int


class Run(Strict, frozen=True):
    """What depends on the engine and on the clock, and on nothing else.

    engine: ``local`` or ``spark``. partitions: in how many parts the engine divides its work, null where it does not.
    seconds: by the wall clock. stages: the steps of this run, in their order.
    """

    engine: str
    partitions: int | None
    seconds: float
    stages: tuple[Timed, ...] = ()


class Manifest(Strict, frozen=True):
    """A batch.

    release: digest of the program that made it, its weights included. settings: every setting, by its group and name.
    inputs: what went in. tables: what was written, by the table's name. editions: the editions beside the tables.
    refused: how many rows of ``refused`` there are, by the kind of reason. stages: the steps on the way. run: what
    depends on the engine and the clock; everything else is the same on every engine.
    """

    release: str
    settings: dict[str, Any]
    inputs: Taken
    tables: dict[str, Written]
    editions: Made
    refused: dict[str, int]
    stages: tuple[Stage, ...]
    run: Run

    def agrees_with(self, other: "Manifest") -> bool:
        """Whether both tell of the same result, made of the same inputs by the same release and settings."""
        return to_json(self) == to_json(msgspec.structs.replace(other, run=self.run))


def to_json(manifest: Manifest) -> str:
    """The manifest as JSON text, indented by one space, the last line ended; its maps sorted by their keys."""
    told = {"format": MANIFEST_FORMAT, **msgspec.to_builtins(manifest)}
    for name in ("settings", "inputs", "tables", "refused"):
        told[name] = _in_order(told[name])
    return json.dumps(told, ensure_ascii=True, indent=1, allow_nan=False) + "\n"


def from_json(text: str | bytes) -> Manifest:
    """The manifest a JSON text holds.

    Raises FormatError on what is no JSON, of another format, or has a key missing, unknown, given twice or of another
    type.
    """
    read = decoded(text)
    if not isinstance(read, dict) or read.pop("format", None) != MANIFEST_FORMAT:
        raise FormatError(f'$.format: wanted "{MANIFEST_FORMAT}"')
    try:
        return msgspec.convert(read, Manifest)
    except msgspec.ValidationError as error:
        raise FormatError(f"$: no manifest: {error}") from error


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    return [_in_order(inner) for inner in value] if isinstance(value, list | tuple) else value
