"""Where the arrays of a collection wait while it is compared: in memory up to a bound, then on disk."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from variorum.descent.prose import Prose

_ENDS = "ends.npy"
_COLUMNS = tuple(field.name for field in fields(Prose))


class Shelf:
    """Proses by number, in the order they were put there. In memory until they take ``most_bytes``, then on disk."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder, self._most = folder, most_bytes
        self._held: list[Prose] = []
        self._bytes = 0
        self._ends = [0]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def put(self, prose: Prose) -> None:
        self._held.append(prose)
        self._ends.append(self._ends[-1] + len(prose))
        self._bytes += sum(getattr(prose, name).nbytes for name in _COLUMNS)
        if self._bytes > self._most:
            self._flush()

    def reader(self) -> "Reader | list[Prose]":
        """What gives the proses by number."""
        if len(self._held) == len(self):
            return self._held
        self.to_disk()
        return Reader(self._folder)

    def to_disk(self) -> None:
        """Write all there is, so that another process can open a :class:`Reader` on the folder."""
        self._flush()
        np.save(self._folder / _ENDS, np.array(self._ends))

    def _flush(self) -> None:
        for name in _COLUMNS:
            with (self._folder / f"{name}.bin").open("ab") as file:
                for prose in self._held:
                    file.write(getattr(prose, name).tobytes())
        self._held, self._bytes = [], 0


class Reader:
    """The proses of a shelf on disk, read one at a time: nothing of it counts against a process's memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ends: NDArray[np.int64] = np.load(folder / _ENDS)
        self._files: dict[str, BinaryIO] = {}

    def __getitem__(self, number: int) -> Prose:
        first, last = int(self._ends[number]), int(self._ends[number + 1])
        return Prose(**{name: self._column(name, first, last) for name in _COLUMNS})

    def close(self) -> None:
        for file in self._files.values():
            file.close()
        self._files = {}

    def _column(self, name: str, first: int, last: int) -> NDArray[Any]:
        if name not in self._files:
            self._files[name] = (self._folder / f"{name}.bin").open("rb", buffering=0)
        kind = np.dtype(_KINDS[name])
        file = self._files[name]
        file.seek(first * kind.itemsize)
        return np.frombuffer(file.read((last - first) * kind.itemsize), kind)


_KINDS: dict[str, type[np.generic]] = {
    "starts": np.int32,
    "ends": np.int32,
    "keys": np.uint64,
    "rarities": np.float32,
    "spoken": np.bool_,
    "quoted": np.bool_,
    "stretches": np.int32,
}


class Buckets:
    """Rows of several columns, divided by the upper bits of the first, so that one part at a time fits in memory."""

    def __init__(self, folder: Path, kinds: Sequence[type[np.generic]], *, bits: int, most_bytes: int) -> None:
        folder.mkdir()
        self._folder, self._kinds, self._bits, self._most = folder, tuple(kinds), bits, most_bytes
        self._held: list[list[tuple[NDArray[Any], ...]]] = [[] for _ in range(1 << bits)]
        self._bytes = 0

    def put(self, *columns: NDArray[Any]) -> None:
        """Add rows. columns: shape ``(n,)`` each, the first of ``uint64``."""
        bucket = (columns[0] >> np.uint64(64 - self._bits)).astype(np.int64)
        order = np.argsort(bucket, kind="stable")
        cuts = np.searchsorted(bucket[order], np.arange((1 << self._bits) + 1))
        for number in np.flatnonzero(np.diff(cuts)).tolist():
            rows = order[cuts[number] : cuts[number + 1]]
            self._held[number].append(tuple(column[rows] for column in columns))
        self._bytes += sum(column.nbytes for column in columns)
        if self._bytes > self._most:
            self._flush()

    def take(self) -> Iterator[tuple[NDArray[Any], ...]]:
        """The rows, bucket after bucket; each is forgotten when the next is asked for."""
        for number in range(1 << self._bits):
            held, self._held[number] = self._held[number], []
            yield tuple(
                np.concatenate([self._stored(number, column), *(rows[column] for rows in held)])
                for column in range(len(self._kinds))
            )

    def _stored(self, number: int, column: int) -> NDArray[Any]:
        path = self._folder / f"{number}.{column}"
        return np.fromfile(path, self._kinds[column]) if path.exists() else np.empty(0, self._kinds[column])

    def _flush(self) -> None:
        for number, held in enumerate(self._held):
            for column in range(len(self._kinds) if held else 0):
                with (self._folder / f"{number}.{column}").open("ab") as file:
                    for rows in held:
                        file.write(rows[column].tobytes())
            self._held[number] = []
        self._bytes = 0
