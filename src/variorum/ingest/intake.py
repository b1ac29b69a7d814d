"""Paths to articles: every report of every input, and what is no report refused with the reason."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from variorum.config.ingest import Ingest
from variorum.errors import InputRefused
from variorum.ingest.compose import compose
from variorum.ingest.formats import items
from variorum.ingest.formats.fields import checked
from variorum.ingest.walk import STANDARD_INPUT, walk
from variorum.records import Article, Intake, Received, Refusal


def read(
    paths: Iterable[str | Path],
    *,
    settings: Ingest | None = None,
    stdin: BinaryIO | None = None,
    tick: Callable[[int, int], None] | None = None,
    fields: Mapping[str, str] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Intake:
    """The articles that ``paths`` hold, every line of them labelled, and the inputs that hold none.

    paths: files, folders, ``-`` for standard input. stdin: read in its place. tick: called with the
    number of inputs done and of all. fields: the column or field of an export (CSV, JSON) that holds
    each of ours, by our name; the rest is looked for under customary names. tell: called with one
    sentence for what an input holds that is not read and is no fault. Raises UsageError for a field
    that is none of ours. The order of the answer, and which of two copies of a report is kept, do not
    depend on the order of ``paths``.
    """
    found: list[Received] = []
    turned_away: list[Refusal] = []
    for one in receive(paths, settings=settings, stdin=stdin, tick=tick, fields=fields, tell=tell):
        if isinstance(one, Refusal):
            turned_away.append(one)
        else:
            found.append(one)
    articles = tuple(_without_copies(found, turned_away))
    return Intake(articles, tuple(sorted(turned_away, key=lambda refusal: (refusal.path, refusal.reason))))


def stream(
    paths: Iterable[str | Path],
    *,
    settings: Ingest | None = None,
    stdin: BinaryIO | None = None,
    tick: Callable[[int, int], None] | None = None,
    fields: Mapping[str, str] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Iterator[Article | Refusal]:
    """The articles and the refusals of ``paths`` one by one, in the order of ``paths``, copies and all.

    Arguments as for :func:`read`; one input at a time is held in memory.
    """
    for one in receive(paths, settings=settings, stdin=stdin, tick=tick, fields=fields, tell=tell):
        yield one if isinstance(one, Refusal) else one.article


def receive(
    paths: Iterable[str | Path],
    *,
    settings: Ingest | None = None,
    stdin: BinaryIO | None = None,
    tick: Callable[[int, int], None] | None = None,
    fields: Mapping[str, str] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Iterator[Received | Refusal]:
    """What :func:`stream` gives, each article with the bytes it was read from: what an archive keeps."""
    settings = settings or Ingest()
    fields = checked(fields)
    candidates, refused = walk(paths)
    yield from refused
    for done, candidate in enumerate(candidates, start=1):
        for item in items(candidate, stdin, settings=settings, fields=fields, tell=tell):
            if isinstance(item, Refusal):
                yield item
                continue
            try:
                yield compose(item, settings=settings)
            except InputRefused as refusal:
                yield Refusal(item.shown, refusal.reason, refusal.first_bytes.hex() or None)
        if tick is not None:
            tick(done, len(candidates))


def _without_copies(found: list[Received], refused: list[Refusal]) -> Iterator[Article]:
    """The articles by path, each report once: equal bytes, or equal words of one outlet, are one report.

    Equal words in two outlets are a reprint, which is what an edition is to show.
    """
    by_bytes: dict[str, Article] = {}
    by_words: dict[tuple[str, str], Article] = {}
    for one in sorted(found, key=lambda one: (one.article.path or "", one.article.id)):
        article = one.article
        same = by_bytes.get(article.sha256) or by_words.get((article.outlet, one.folded))
        if same is not None:
            shown = article.path or STANDARD_INPUT
            reason = f"This is the same report as {same.path or 'the one from standard input'}."
            refused.append(Refusal(shown, reason))
            continue
        by_bytes[article.sha256] = article
        by_words[article.outlet, one.folded] = article
        yield article
