"""Critical editions of the news.

    >>> import variorum
    >>> edition = variorum.read(["clippings/"]).only  # doctest: +SKIP
    >>> edition.conflicts  # doctest: +SKIP

``read`` takes files and folders and gives an edition a story; an edition shows itself in a notebook.
``quotes`` takes a text and gives its quotations; ``trace`` takes files and folders and tells who borrowed from whom.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from variorum.config import Settings
    from variorum.records import Descended, Editions, Quotation

__version__ = "0.1.0"
__all__ = ["__version__", "quotes", "read", "trace"]


def read(paths: "Iterable[str | Path] | str | Path", *, settings: "Settings | None" = None) -> "Editions":
    """Read reports and make the critical edition of every story among them.

    paths: files and folders, or one of them. Gives ``Editions``: ``editions`` (an edition a story),
    ``alone`` (ids of articles that share no story) and ``refused`` (what could not be read, and why).
    Where there is one story its fields can be had directly: ``read("clippings").claims``.
    Raises UsageError when a path does not exist, and ModelMissing when a pinned model is not installed.
    """
    from variorum import pipeline

    return pipeline.read(paths, settings=settings)


def quotes(text: str, *, settings: "Settings | None" = None) -> "tuple[Quotation, ...]":
    """The quotations of a text, in reading order: whose words, which characters, with or without marks.

    Offsets are those of ``text``. ``speaker`` is the speaker's name where the text allows no other, and
    ``None`` where it does not; ``speaker_text`` is always what the text calls the speaker. A text in another
    language than English has none. Raises ModelMissing when a pinned model is not installed.
    """
    from variorum import pipeline

    (found,) = pipeline.quotes_of_all((text,), settings=settings)
    return found.quotations


def trace(
    paths: "Iterable[str | Path] | str | Path", *, settings: "Settings | None" = None, retellings: bool = True
) -> "Descended":
    """Who borrowed from whom among any articles: shared passages, retellings, and the lineages that follow.

    paths: files and folders, or one of them. retellings: whether paraphrase is looked for too, which needs the
    language models; without it a folder of thousands takes seconds. Raises UsageError when a path does not exist,
    and ModelMissing when a pinned model is wanted and not installed.
    """
    from variorum import pipeline

    return pipeline.trace(paths, settings=settings, retellings=retellings)
