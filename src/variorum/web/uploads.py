"""What a visitor gives, put by as files that can be read like any others: under their own names, and harmless."""

import json
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

import msgspec

from variorum.config import Web
from variorum.errors import UsageError
from variorum.ingest import is_address
from variorum.ingest.published import published
from variorum.ingest.walk import is_report_name
from variorum.text import digest
from variorum.web.adder import Intake
from variorum.web.jobs import discard

_UNNAMED = "unnamed"
_PASTED = "outlet not given"
# What one system or another takes for a device, whatever follows the dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|\Z)", re.IGNORECASE)
_UNFIT = frozenset('<>:"|?*\0')  # names with one of them cannot be copied to every system


class Text(msgspec.Struct, forbid_unknown_fields=True):
    """A pasted report: plain text or HTML, which its letters tell. The rest only where it is known."""

    text: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None


class Given(msgspec.Struct, forbid_unknown_fields=True):
    """What a program gives to be added."""

    texts: tuple[Text, ...] = ()
    urls: tuple[str, ...] = ()


def trouble(given: Given, web: Web) -> dict[str, str]:
    """One sentence for each field of what was given that cannot be taken, by the field's name."""
    found: dict[str, str] = {}
    for text in given.texts:
        if len(text.text) > web.pasted_characters:
            found["text"] = f"This is longer than {web.pasted_characters:,} characters: give it as a file."
        elif not text.text.strip():
            found["text"] = "There is no text here."
        if text.url and not is_address(text.url.strip()):
            found["url"] = "The address of a report begins with https:// or http://."
        if text.published and published(text.published) is None:
            found["published"] = "This is no date; one looks like 2025-03-31, or 2025-03-31T14:20Z."
    if len(given.texts) + len(given.urls) > web.intake_places:
        found["urls"] = f"No more than {web.intake_places} texts and addresses are taken at a time."
    wrong = next((url for url in given.urls if not is_address(url)), None)
    if wrong is not None:
        found["urls"] = f"“{wrong[:80]}” is no web address: it begins with neither https:// nor http://."
    return found


def put_by(files: Sequence[tuple[str, BinaryIO]], given: Given, web: Web) -> tuple[Intake, Path | None]:
    """What is to be added, and the new folder that holds its files. files: each with the name it was sent under.

    A file of a folder that was sent whole is passed over where it would be in a folder on the disk: the system's own
    files, and what holds no reports. Raises UsageError where nothing is left.
    """
    wanted = [(name, file) for name, file in files if not _is_inside(name) or is_report_name(_relative(name))]
    if not wanted and not given.texts and not given.urls:
        raise UsageError("There is no report in this folder.")
    folder = Path(tempfile.mkdtemp(prefix="variorum-")) if wanted or given.texts else None
    try:
        places = [*_written(wanted, folder, web), *_pasted(given.texts, folder)] if folder is not None else []
    except BaseException:
        discard(folder)
        raise
    return Intake((*places, *given.urls)), folder


def safe_name(given: str, most_bytes: int) -> str:
    """The last part of a name a file was sent under, as every file system takes it: its stem and suffix are kept."""
    bare = "".join(
        char
        for char in unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1])
        if char not in _UNFIT and not unicodedata.category(char).startswith(("C", "Zl", "Zp"))
    )
    bare = " ".join(bare.split()).rstrip(". ")
    if not bare.strip("."):
        return _UNNAMED
    stem, suffix = _parted(bare)
    while stem and len(f"{stem}{suffix}".encode()) > most_bytes:
        stem = stem[:-1]
    name = f"{stem.rstrip() or _UNNAMED}{suffix}"
    return f"_{name}" if _DEVICES.match(name) else name


def _parted(name: str) -> tuple[str, str]:
    """A name's stem, and what says its format: two suffixes where the second says that it is packed."""
    suffixes: list[str] = []
    for _ in range(2):
        stem, dot, suffix = name.rpartition(".")
        if not (dot and stem and suffix.isalnum() and len(suffix.encode()) <= 8):
            break
        name = stem
        suffixes.insert(0, f".{suffix}")
        if suffix.lower() != "gz":
            break
    return name, "".join(suffixes)


def _written(files: Sequence[tuple[str, BinaryIO]], folder: Path, web: Web) -> list[str]:
    """The files' paths. Each lies in a folder of its own, so that two of one name keep it."""
    places: list[str] = []
    for number, (name, file) in enumerate(files):
        inside = folder / str(number)
        inside.mkdir()
        path = inside / safe_name(name, web.name_bytes)
        with path.open("wb") as to:
            copyfileobj(file, to, 1 << 20)
        places.append(str(path))
    return places


def _pasted(texts: Sequence[Text], folder: Path) -> list[str]:
    """The paths of the files with the pasted texts, each a record as an export has them.

    Where nothing tells who printed a text, its file's name is taken for the outlet: each has one of its own, for two
    texts of unnamed outlets are not two of one.
    """
    places: list[str] = []
    for text in texts:
        inside = folder / "pasted" / str(len(places))
        inside.mkdir(parents=True)
        path = inside / f"{_PASTED}, {digest(text.text, length=4)}.json"
        told = {name: value for name, value in msgspec.structs.asdict(text).items() if value}
        path.write_text(json.dumps(told), "utf-8")
        places.append(str(path))
    return places


def _is_inside(name: str) -> bool:
    return "/" in name.replace("\\", "/").strip("/")


def _relative(name: str) -> str:
    """Where a file lies within the folder that was sent."""
    return name.replace("\\", "/").strip("/").partition("/")[2]
