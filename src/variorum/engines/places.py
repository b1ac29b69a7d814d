"""The files of this machine that a batch run was asked for."""

import glob
import os
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from variorum.errors import UsageError
from variorum.ingest.raw import RawInput
from variorum.ingest.walk import NO_REPORT, STANDARD_INPUT, SUFFIXES, Candidate, is_report_name, walk

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?=/)")
_WILD = re.compile(r"[*?\[]")
_UNFINISHED = "._COPYING_"
_NO_TEXT = "The name of this file is no UTF-8, so that it cannot be handed on: rename it."


def scheme_of(place: str) -> str | None:
    """How a place says that it is reached, in lower case (``hdfs``, ``s3a``, ``file``); ``None`` for a plain path."""
    match = _SCHEME.match(place)
    return None if match is None else match[1].lower()


def local_path(place: str) -> str:
    """A plain path, or the path that a ``file:`` address names."""
    if scheme_of(place) is None:
        return place
    rest = place.partition(":")[2]
    return unquote("/" + rest.lstrip("/"))


def whole_inputs(places: Sequence[str]) -> list[RawInput]:
    """The files that ``places`` stand for, each as a place to open, and what is refused on the way.

    places: paths or ``file:`` addresses of files and folders, or patterns of them. Inside a folder, what
    ``ingest.walk`` passes over is passed over, and what is hidden or unfinished by the custom of Hadoop, whose tools
    fill such folders: names that begin with ``_`` and hold no ``=``. Files that a pattern finds are shown relative to
    what of it stands before the first wildcard. Raises UsageError for a place that is not there or holds no report.
    """
    if not places:
        raise UsageError("no input is named")
    return [piece for place in places for piece in _of(place)]


def is_kept(shown: str) -> bool:
    """Whether a file found inside a folder is one to read, by its name relative to that."""
    return not is_hidden(shown) and not shown.endswith(_UNFINISHED) and is_report_name(PurePosixPath(shown).name)


def is_hidden(shown: str) -> bool:
    """Whether a file or folder, by its name relative to one that holds it, is hidden or not finished."""
    return any(
        part.startswith(".") or (part.startswith("_") and "=" not in part) for part in PurePosixPath(shown).parts
    )


def nothing_there(place: str) -> UsageError:
    """For a place where nothing is."""
    return UsageError(f"there is no such file or folder: {place}")


def no_report(place: str) -> UsageError:
    """For a place that is there and holds no report."""
    return UsageError(f"there is no report in {place} (files looked for: {', '.join(sorted(SUFFIXES))})")


def check(place: str) -> None:
    """Raises UsageError for a place that no batch run reads, whatever the engine."""
    if place == STANDARD_INPUT:
        raise UsageError("a batch run reads files, and not standard input")
    if scheme_of(place) in ("http", "https"):
        raise UsageError(f"a batch run does not fetch from the web: {place}")
    if not place or "\x00" in place:
        raise UsageError("the name of a place is not empty, and has no NUL in it")


def fixed_part(pattern: str, wild: re.Pattern[str] = _WILD) -> str:
    """The folder that every match of a pattern lies in: what stands before the first part with a wildcard."""
    first = wild.search(pattern)
    return pattern if first is None else pattern[: pattern.rfind("/", 0, first.start()) + 1] or "."


def _of(place: str) -> list[RawInput]:
    check(place)
    path = local_path(place)
    if not os.path.lexists(path):
        if not _WILD.search(path):
            raise nothing_there(place)
        found = _matched(place, path)
    else:
        found = _asked(path)
    if not found:
        raise no_report(place)
    return found


def _asked(path: str) -> list[RawInput]:
    found, refused = walk([path])
    is_folder = Path(path).is_dir()
    kept = [_piece(one, one.shown) for one in found if not is_folder or is_kept(one.shown)]
    return kept + [_refused(one.path, one.reason) for one in refused if one.reason != NO_REPORT]


def _matched(place: str, pattern: str) -> list[RawInput]:
    """The files that a pattern leads to, each once, however many of its matches hold it."""
    root = fixed_part(pattern)
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not matches:
        raise UsageError(f"nothing has a name like this: {place}")
    found: dict[str, RawInput] = {}
    for match in matches:
        candidates, refused = walk([match])
        for one in candidates:
            shown = _within(one.path, root)
            if is_kept(shown):
                found.setdefault(shown, _piece(one, shown))
        for refusal in refused:
            inside = Path(match) / refusal.path if Path(match).is_dir() else Path(match)
            shown = _within(inside, root)
            if refusal.reason != NO_REPORT and not is_hidden(shown):
                found.setdefault(shown, _refused(shown, refusal.reason))
    return list(found.values())


def _within(path: Path, root: str) -> str:
    return Path(os.path.relpath(path, root)).as_posix()


def _piece(candidate: Candidate, shown: str) -> RawInput:
    # Not resolved: a link is opened as it is named, wherever it leads by then.
    path = os.path.abspath(candidate.path)  # noqa: PTH100
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return _refused(shown, _NO_TEXT)
    return RawInput(shown, "place", place=path)


def _refused(shown: str, reason: str) -> RawInput:
    return RawInput(shown.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), "refused", reason=reason)
