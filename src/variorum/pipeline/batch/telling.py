"""What a run tells of itself: how much went in, what was refused, the manifest."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
import pyarrow as pa

from variorum.config import Settings
from variorum.pipeline.batch.steps import Steps
from variorum.pipeline.batch.tallying import added_up
from variorum.pipeline.release import release, spelled
from variorum.records.manifest import Made, Manifest, Run, Stage, Taken, Timed, Written

REASONS = pa.schema([("copies", pa.int64()), ("faults", pa.int64()), ("no_reports", pa.int64())])
_COPY = "This is the same report as "
_FAULT = "by a fault of this program"


@dataclass(frozen=True, slots=True)
class Reasoning:
    """Rows of ``refused`` to how many are copies, faults of ours, and no reports that can be read."""

    def __call__(self, rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        reasons = rows.column("reason").to_pylist()
        copies = sum(reason.startswith(_COPY) for reason in reasons)
        faults = sum(_FAULT in reason and not reason.startswith(_COPY) for reason in reasons)
        counted = {"copies": copies, "faults": faults, "no_reports": len(reasons) - copies - faults}
        yield pa.RecordBatch.from_pylist([counted], REASONS)


def copy_of(path: str) -> str:
    """Why a copy is refused. path: of the report that stands."""
    return f"{_COPY}{path or 'one without a path'}."


def fault(what: str, error: Exception) -> str:
    """Why something is refused that the program could not do."""
    return f"{what}, {_FAULT} and not of the report ({type(error).__name__})."


def manifest_of(
    steps: Steps, settings: Settings, inputs: Mapping[str, int], refused: Mapping[str, int], began: float
) -> Manifest:
    """The manifest. inputs: totals of what went in; refused: of why not. began: by the monotonic clock, in seconds."""
    tables = {name: Written.of(tally) for name, tally in steps.tables.items() if name != "editions"}
    editions = steps.tables["editions"]
    stages = tuple(Stage(step.name, step.digest, step.count) for step in steps.done)
    rows = {stage.name: stage.rows for stage in stages} | {
        f"write {name}": tally.rows for name, tally in steps.tables.items()
    }
    timed = tuple(Timed(name, seconds, rows[name]) for name, seconds in steps.seconds.items())
    counts = {name: inputs[name] for name in ("files", "lines", "rows_of_parquet")}
    return Manifest(
        release=release(),
        settings=msgspec.json.decode(spelled(settings)),
        inputs=Taken(added_up(inputs).digest, counts),
        tables=tables,
        editions=Made(editions.rows, editions.digest),
        refused=dict(refused),
        stages=stages,
        run=Run(steps.engine.name, None, round(time.monotonic() - began, 3), timed),
    )
