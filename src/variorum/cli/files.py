"""Files that a command writes: refused before the work where they cannot be written, ``-`` for standard output."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from variorum.errors import UsageError

STANDARD_OUTPUT = "-"


def refuse_unwritable(targets: Mapping[str, str | None]) -> None:
    """Say at once, and not after the work, that a file cannot be written. targets: by option. Raises UsageError."""
    if list(targets.values()).count(STANDARD_OUTPUT) > 1:
        *most, last = targets
        raise UsageError(f"only one of {', '.join(most)} and {last} can go to standard output")
    named = [Path(file).resolve() for file in targets.values() if file not in (None, STANDARD_OUTPUT) and file]
    if len(set(named)) < len(named):
        raise UsageError("two outputs cannot be written to one file")
    for file in targets.values():
        if file is None or file == STANDARD_OUTPUT:
            continue
        if not Path(file).resolve().parent.is_dir():
            raise UsageError(f"cannot write {file}: the folder does not exist")
        if Path(file).is_dir():
            raise UsageError(f"cannot write {file}: it is a folder")


def write(file: str | None, pieces: Iterable[str]) -> None:
    """Write text piece by piece, as UTF-8. file: ``None`` writes nothing."""
    if file == STANDARD_OUTPUT:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode("utf-8"))
        sys.stdout.buffer.flush()
    elif file is not None:
        with Path(file).open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(pieces)
