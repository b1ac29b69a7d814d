"""Which files a set of paths stands for, in an order that does not hang on the file system's."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from variorum.records import Refusal

# Files that hold one report each; those that hold many; archives, in which no other archive is read.
SINGLE = frozenset((".txt", ".text", ".html", ".htm", ".xhtml", ".mhtml", ".mht"))
MANY = frozenset((".warc", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".rss", ".atom", ".xml", ".opml"))
ARCHIVES = frozenset((".zip",))
SUFFIXES = SINGLE | MANY | ARCHIVES
NO_REPORT = f"There is no report in this folder (files looked for: {', '.join(sorted(SUFFIXES))})."
_PACKED = ".gz"
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be read. path: where it is; shown: its name relative to what was asked for.

    is_asked: whether it was asked for by name, and not found in a folder.
    """

    path: Path
    shown: str
    is_asked: bool = True


def walk(paths: Iterable[str | Path]) -> tuple[tuple[Candidate, ...], tuple[Refusal, ...]]:
    """The files that ``paths`` stand for, sorted within each folder, and what is refused on the way.

    paths: files, folders (taken whole, with the folders in them) and ``-``. Inside a folder, hidden
    files, files with a suffix other than a report's and files called README are passed over; asked for
    by name, any file is a candidate.
    """
    found: list[Candidate] = []
    refused: list[Refusal] = []
    for given in paths:
        path = Path(given)
        if str(given) == STANDARD_INPUT:
            found.append(Candidate(path, STANDARD_INPUT))
        else:
            _look(path, found, refused)
    return tuple(found), tuple(refused)


def _look(path: Path, found: list[Candidate], refused: list[Refusal]) -> None:
    shown = path.name or path.resolve().name or "."
    try:
        is_folder = path.stat() and path.is_dir()
    except FileNotFoundError:
        reason = "This link leads to nothing." if path.is_symlink() else "There is no such file or folder."
        refused.append(Refusal(_as_typed(path), reason))
        return
    except (OSError, ValueError) as error:
        refused.append(Refusal(_as_typed(path), why(error)))
        return
    if not is_folder:
        found.append(Candidate(path, shown))
        return
    before = len(found), len(refused)
    _folder(path, found, refused)
    if (len(found), len(refused)) == before:
        refused.append(Refusal(shown, NO_REPORT))


def _folder(root: Path, found: list[Candidate], refused: list[Refusal]) -> None:
    """Everything under ``root``; a folder met again on its own way down is a loop of links."""
    waiting: list[tuple[Path, tuple[str, ...]]] = [(root, (os.path.realpath(root),))]
    here: list[Candidate] = []
    while waiting:
        folder, above = waiting.pop()
        inside = folder.relative_to(root).as_posix()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            refused.append(Refusal(root.name if inside == "." else inside, why(error)))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            shown = _printable(path.relative_to(root).as_posix())
            if _is_folder(entry):
                real = os.path.realpath(path)
                if real in above:
                    refused.append(Refusal(shown, "This link leads back to a folder it stands in."))
                else:
                    waiting.append((path, (*above, real)))
            elif is_report_name(entry.name):
                here.append(Candidate(path, shown, is_asked=False))
    found.extend(sorted(here, key=lambda candidate: candidate.shown.split("/")))


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link to itself; opening it will say so


def is_report_name(name: str) -> bool:
    """Whether a file of that name, or that lies under it in an archive, is taken for one that holds reports."""
    parts = PurePosixPath(name.removesuffix(_PACKED)).parts
    if not parts or any(part.startswith(".") and part != ".." for part in parts) or parts[0] == "__MACOSX":
        return False
    last = PurePosixPath(parts[-1])
    return last.suffix.lower() in SUFFIXES and last.stem.lower() != "readme"


def why(error: OSError | ValueError) -> str:
    """An operating system's error as one clear sentence, without the path (which may be absolute)."""
    if isinstance(error, PermissionError):
        return "There is no permission to read this."
    if isinstance(error, FileNotFoundError):
        return "This file is gone, or is a link that leads to nothing."
    if isinstance(error, OSError) and error.errno is not None and "symbolic" in os.strerror(error.errno).lower():
        return "This link leads back to itself."
    if isinstance(error, OSError) and error.strerror:
        return f"This cannot be read: {error.strerror}."
    return "This is no path a file can have."


def _as_typed(path: Path) -> str:
    """What was asked for, never absolute."""
    return _printable(path.name if path.is_absolute() else path.as_posix())


def _printable(shown: str) -> str:
    """File names may hold bytes that are no text; they come as lone surrogates, which no JSON takes."""
    return shown.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
