"""The files behind an edition, where they are at hand: do they still have the bytes that were read?"""

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal

Held = Literal["same", "other", "absent"]
Inside = Callable[[Path, str, Collection[str]], Mapping[str, str]]
"""Reads a file of many reports: the file, its name, names of reports in it; gives the SHA-256 of each it holds."""


@dataclass(frozen=True, slots=True)
class Found:
    """The first bytes and the SHA-256 of a file's bytes, in hexadecimal."""

    first_bytes: str
    sha256: str


def stays_inside(path: str) -> bool:
    """Whether a path is relative and never climbs out of the folder it is read from."""
    absolute = path.startswith(("/", "\\")) or PureWindowsPath(path).is_absolute()
    return bool(path) and not absolute and ".." not in PurePosixPath(path).parts


def found(path: str, folders: Iterable[Path]) -> tuple[Found, ...]:
    """The files of that name under the folders, each once. None for a path that leads out of them.

    A file that is there and cannot be opened counts as not there: who verifies cannot compare it.
    """
    if not stays_inside(path):
        return ()
    seen: dict[str, Found] = {}
    for folder in folders:
        try:
            at = folder / path
            if at.is_file() and os.path.realpath(at) not in seen:
                seen[os.path.realpath(at)] = _read(at)
        except (OSError, ValueError):
            continue
    return tuple(seen.values())


def found_inside(paths: Iterable[str], folders: Sequence[Path], inside: Inside) -> dict[str, tuple[Found, ...]]:
    """Of reports that lie in a file among others (``day.jsonl#12``) what the files of that name now hold there.

    Where such a file is at hand and has no such report, its digest is empty. Each file is read once.
    """
    wanted: dict[tuple[Path, str], set[str]] = {}
    for path in paths:
        for at in (at for at, sign in enumerate(path) if sign == "#"):
            for folder in dict.fromkeys(folders):
                if stays_inside(path[:at]) and _is_file(folder / path[:at]):
                    wanted.setdefault((folder / path[:at], path[:at]), set()).add(path)
    known: dict[str, tuple[Found, ...]] = {}
    for (file, shown), names in wanted.items():
        digests = inside(file, shown, names)
        for name in names:
            known[name] = (*known.get(name, ()), Found("", digests.get(name, "")))
    return known


def held(sha256: str, files: Sequence[Found]) -> Held:
    """Whether one of the files has those bytes."""
    if not files:
        return "absent"
    return "same" if any(file.sha256 == sha256 for file in files) else "other"


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _read(path: Path) -> Found:
    with path.open("rb") as stream:
        first = stream.read(32)
        stream.seek(0)
        return Found(first.hex(), hashlib.file_digest(stream, "sha256").hexdigest())
