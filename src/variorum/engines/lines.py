"""Editions on the disk: JSON Lines, a folder a day, each line a whole file of the exchange format."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

EDITIONS = pa.schema([("date", pa.string()), ("edition", pa.string())])

_FILE = "part-00000.jsonl"
_AT_ONCE = 16  # lines read as one batch: an edition may have megabytes


def write(folder: Path, batches: Iterable[pa.RecordBatch]) -> None:
    """Write rows of ``EDITIONS``; the folder is there only when all is written, and replaces one that was."""
    making = folder.with_name(f".{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    for batch in batches:
        for row in batch.to_pylist():
            place = making / f"date={row['date']}"
            place.mkdir(exist_ok=True)
            with (place / _FILE).open("a", encoding="utf-8", newline="\n") as file:
                file.write(row["edition"] + "\n")
    shutil.rmtree(folder, ignore_errors=True)
    making.rename(folder)


def read(folder: Path) -> Iterator[pa.RecordBatch]:
    """What :func:`write` has written."""
    for place in sorted(folder.glob("date=*")):
        held: list[dict[str, str]] = []
        with (place / _FILE).open(encoding="utf-8", newline="\n") as file:
            for line in file:
                held.append({"date": place.name.removeprefix("date="), "edition": line.removesuffix("\n")})
                if len(held) >= _AT_ONCE:
                    yield pa.RecordBatch.from_pylist(held, EDITIONS)
                    held = []
        if held:
            yield pa.RecordBatch.from_pylist(held, EDITIONS)
