"""Critical editions of the news.

    >>> import variorum
    >>> edition = variorum.read(["clippings/"]).only  # doctest: +SKIP
    >>> edition.conflicts  # doctest: +SKIP

``read`` takes files and folders and gives an edition a story; an edition shows itself in a notebook.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from variorum.config import Settings
    from variorum.records import Editions

__version__ = "0.1.0"
__all__ = ["__version__", "read"]


def read(paths: "Iterable[str | Path] | str | Path", *, settings: "Settings | None" = None) -> "Editions":
    """Read reports and make the critical edition of every story among them.

    paths: files and folders, or one of them. Gives ``Editions``: ``editions`` (an edition a story),
    ``alone`` (ids of articles that share no story) and ``refused`` (what could not be read, and why).
    Where there is one story its fields can be had directly: ``read("clippings").claims``.
    Raises UsageError when a path does not exist, and ModelMissing when a pinned model is not installed.
    """
    from variorum import pipeline

    return pipeline.read(paths, settings=settings)
