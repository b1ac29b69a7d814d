"""The option that every command on an archive has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from variorum.store import Archive

MANY = click.IntRange(1, 1_000_000_000)
"""How many of something a list may have."""

at_archive = click.option(
    "--archive",
    "place",
    default="variorum.db",
    envvar="VARIORUM_ARCHIVE",
    show_envvar=True,
    show_default=True,
    metavar="PATH_OR_URL",
    help="The archive: a file, or postgresql://user@host/name.",
)


def reading(place: str) -> Archive:
    """The archive, which must be there; nothing is written to it."""
    from variorum.store import Archive

    return Archive(place, access="read")


def updating(place: str) -> Archive:
    """The archive, which must be there; results are kept in it where it may be written."""
    from variorum.store import Archive
    from variorum.store.opening import is_url, may_write

    return Archive(place, access="write" if is_url(place) or may_write(Path(place)) else "read")


def writing(place: str) -> Archive:
    """The archive, made where there is none."""
    from variorum.store import Archive

    return Archive(place)
