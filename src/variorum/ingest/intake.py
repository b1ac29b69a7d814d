"""Paths to articles: every report of every input, and what is no report refused with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from variorum.config.ingest import Ingest
from variorum.ingest.formats.fields import checked
from variorum.ingest.guarded import reports
from variorum.ingest.walk import STANDARD_INPUT, walk
from variorum.records import Article, Intake, Received, Refusal

if TYPE_CHECKING:
    from variorum.ingest.online import Online  # a run over files needs no client

_WEB = ("http://", "https://")


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
    online: Online | None = None,
) -> Iterator[Received | Refusal]:
    """What :func:`stream` gives, each article with the bytes it was read from: what an archive keeps.

    online: reads web addresses among ``paths``, and the pages that feeds only announce; without it they are refused.
    """
    settings = settings or Ingest()
    fields = checked(fields)
    for is_web, places in groupby(paths, key=is_address):
        if is_web:
            yield from _from_web(tuple(map(str, places)), online)
        else:
            yield from _from_files(places, settings, stdin, tick, fields, tell, online)


def is_address(place: str | Path) -> bool:
    """Whether a place is on the web."""
    return str(place).lower().startswith(_WEB)


def _from_web(urls: tuple[str, ...], online: Online | None) -> Iterator[Received | Refusal]:
    if online is not None:
        yield from online.receive(urls)
        return
    for url in urls:
        yield Refusal(url, "This is a web address, and only files are read here; `variorum add` fetches it.")


def _from_files(
    paths: Iterable[str | Path],
    settings: Ingest,
    stdin: BinaryIO | None,
    tick: Callable[[int, int], None] | None,
    fields: Mapping[str, str] | None,
    tell: Callable[[str], None] | None,
    online: Online | None,
) -> Iterator[Received | Refusal]:
    candidates, refused = walk(paths)
    yield from refused
    listed = online.listed if online is not None else None
    for done, candidate in enumerate(candidates, start=1):
        yield from reports(candidate, stdin, settings=settings, fields=fields, tell=tell, listed=listed)
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
