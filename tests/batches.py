"""Runs over whole archives for tests: the same inputs laid out in many ways, and the tables that come of them."""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.config import Settings
from variorum.engines import written
from variorum.pipeline import batch
from variorum.records.manifest import Manifest
from variorum.records.tables import TABLES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXAMPLE = Path(__file__).parent.parent / "examples/unlit-reef/reports"


def told(out: Path, *, but: Sequence[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """Every table of an answer, and its editions, row by row in an order of their own. but: columns to leave out."""
    found = {
        name: sorted(
            (
                {key: value for key, value in row.items() if key not in but}
                for row in written.read(out / name, table).to_pylist()
            ),
            key=repr,
        )
        for name, table in TABLES.items()
    }
    lines = [line for file in sorted(out.glob("editions/date=*/*")) for line in _lines(file)]
    found["editions"] = sorted(
        ({"edition": _without(json.loads(line), but)} for line in lines if line.strip()), key=repr
    )
    return found


def _lines(file: Path) -> list[str]:
    return [] if file.name.startswith((".", "_")) else file.read_text("utf-8").splitlines()


def _without(edition: dict[str, Any], but: Sequence[str]) -> dict[str, Any]:
    """An edition without some fields of its articles; its seal, which is over those too, is left out with them."""
    for one in edition["editions"] if but else ():
        one["story"]["id"] = one["story"]["id"].partition("-")[0]
        one["articles"] = [{k: v for k, v in article.items() if k not in but} for article in one["articles"]]
    return edition


def locally(places: Sequence[Path], out: Path, *, processes: int = 1, settings: Settings | None = None) -> Manifest:
    """A run on this machine."""
    with batch.engine("local", str(out), processes=processes, settings=settings) as engine:
        return batch.batch([str(place) for place in places], engine, settings=settings)


def on_spark(
    session: "SparkSession", places: Sequence[Path], out: Path, *, settings: Settings | None = None, **conf: str
) -> Manifest:
    """A run on a Spark session. conf: settings of its SQL for this run, points in their names as ``_``."""
    with _set(session, conf), batch.engine("spark", str(out), session=session, settings=settings) as engine:
        return batch.batch([str(place) for place in places], engine, settings=settings)


@contextmanager
def _set(session: "SparkSession", conf: dict[str, str]) -> Iterator[None]:
    before = {name.replace("_", "."): session.conf.get(name.replace("_", ".")) for name in conf}
    try:
        for name, value in conf.items():
            session.conf.set(name.replace("_", "."), value)
        yield
    finally:
        for name, held in before.items():
            if held is None:
                session.conf.unset(name)
            else:
                session.conf.set(name, held)


def lines_of(rows: Sequence[dict[str, object]], folder: Path, *, files: int = 1, seed: int | None = None) -> Path:
    """Rows as JSON Lines in some files, shuffled where a seed is given."""
    ordered = list(rows)
    if seed is not None:
        random.Random(seed).shuffle(ordered)
    folder.mkdir(parents=True)
    for at in range(files):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ordered[at::files])
        (folder / f"part-{at}.jsonl").write_text(text, "utf-8")
    return folder


def tables_of(manifest: Manifest) -> dict[str, tuple[int, str]]:
    """What a manifest says of the tables: rows and digest."""
    found = {name: (table.rows, table.digest) for name, table in manifest.tables.items()}
    return found | {"editions": (manifest.editions.stories, manifest.editions.digest)}
