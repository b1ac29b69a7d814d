"""Reports in a zip archive, which is read as a folder is. Nothing is ever written to disk."""

import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.decode import cleaned
from variorum.ingest.formats.asked import Asked
from variorum.ingest.formats.named import suffix_of
from variorum.ingest.formats.stream import Stream
from variorum.ingest.item import Item
from variorum.ingest.walk import ARCHIVES, is_report_name
from variorum.records import Received, Refusal

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
Inside = Callable[[Stream, str, Asked], Iterator[Item | Received | Refusal]]
"""What reads one member: its bytes, the name it is shown under."""

_END = b"PK\x05\x06"
_END_BYTES = 22
_END_64 = b"PK\x06\x07"
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_DRIVE = re.compile(r"[A-Za-z]:")
_NAME_CHARACTERS = 500
# What a damaged or hostile archive makes the standard library raise.
_FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError, OverflowError,
)  # fmt: skip


def zip_reports(file: BinaryIO, shown: str, asked: Asked, inside: Inside) -> Iterator[Item | Received | Refusal]:
    """The reports of a zip archive, by name, as :mod:`variorum.ingest.walk` takes those of a folder.

    file: the archive, which can be sought in. Members that climb out, are links, are encrypted or are archives
    themselves are refused one by one; so is the rest of an archive that unpacks to more than reports can.
    """
    settings = asked.settings
    size = _checked(file, settings)
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _members(archive, shown, asked, inside, settings.largest_bytes + settings.packed_ratio * size)
    except _FAULTS:
        yield Refusal(shown, "This zip archive is damaged: its list of members cannot be read.")


def _members(
    archive: zipfile.ZipFile, shown: str, asked: Asked, inside: Inside, most: int
) -> Iterator[Item | Received | Refusal]:
    infos = sorted(archive.infolist(), key=lambda info: info.filename.split("/"))
    wanted = [info for info in infos if not info.is_dir() and is_report_name(info.filename)]
    if not wanted:
        yield Refusal(shown, "There is no report in this zip archive.")
    left = most
    for info in wanted:
        at = f"{shown}#{_name(info.filename)}"
        reason = _refused(info)
        if reason is not None:
            yield Refusal(at, reason)
            continue
        if left <= 0:
            yield Refusal(at, "This archive unpacks to more than reports can: from here on it is not read.")
            return
        taken = _Taken()
        yield from _member(archive, info, at, asked, inside, taken)
        left -= taken.size


class _Taken:
    """How much a member unpacked to."""

    def __init__(self) -> None:
        self.size = 0


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, at: str, asked: Asked, inside: Inside, taken: _Taken
) -> Iterator[Item | Received | Refusal]:
    try:
        with archive.open(info) as member:

            def read(most: int) -> bytes:
                try:
                    piece = member.read(most)
                except _FAULTS:
                    raise InputRefused("This member of the archive is damaged, or is not what it says.") from None
                taken.size += len(piece)
                ratio, limit = asked.settings.packed_ratio, asked.settings.largest_bytes
                if taken.size > max(limit, ratio * info.compress_size):
                    raise InputRefused(f"This unpacks to more than {ratio:,} times its size: it is not read further.")
                return piece

            yield from inside(Stream(read), at, replace(asked, name=info.filename))
    except InputRefused as refusal:
        yield Refusal(at, refusal.reason, refusal.first_bytes.hex() or None)
    except _FAULTS:
        yield Refusal(at, "This member of the archive is damaged, or is not what it says.")


def _checked(file: BinaryIO, settings: Ingest) -> int:
    """The archive's size, once its list of members is known to be of a size that can be held."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_BYTES - 65_535 - 20))
    tail = file.read(_END_BYTES + 65_535 + 20)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_BYTES:
        raise InputRefused("This zip archive breaks off: its list of members is missing.")
    if _END_64 in tail[max(0, at - 20) : at]:
        raise InputRefused("This zip archive is of the kind for very many or very large members: unpack it first.")
    if int.from_bytes(tail[at + 12 : at + 16], "little") > settings.archive_list_bytes:
        raise InputRefused("This zip archive has more members than can be read at once: unpack it first.")
    file.seek(0)
    return size


def _refused(info: zipfile.ZipInfo) -> str | None:
    name = info.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name.startswith(("/", "\\")) or _DRIVE.match(name) or ".." in parts:
        return "The name of this member leads out of the archive."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "This member is a link, and links in archives are not followed."
    if suffix_of(name) in ARCHIVES:
        return "This is an archive within an archive, which is not read: unpack it first."
    if info.flag_bits & 1:
        return "This member is encrypted."
    if info.compress_type not in _METHODS:
        return "This member is packed in a way that is not read: only deflate is."
    return None


def _name(name: str) -> str:
    """A member's name as it may be shown: one line, no characters that change how the line reads."""
    return " ".join(cleaned(name[:_NAME_CHARACTERS]).split()) or "(no name)"
